"""The variables at the top of each kind of paper: what all see, and what follows from the subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import Case
from liangqing.data.model.follow_up import WrittenPaper as Written
from liangqing.data.model.inspections import Inspection
from liangqing.data.model.types import ModelRecord
from liangqing.forms.mark import Mark
from liangqing.gbt9704 import signature
from liangqing.gbt9704.standard import length
from liangqing.variables.duties import UnitOf
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.table import Table, flag, number, record, records, table, text, texts
from liangqing.year.state.standing import Standing

CHARACTER = length("版心", "字宽").twips


class Cover(NamedTuple):
    """The numbered paper that a 发文稿纸 goes round with: its kind, its subject's code, title, annexes and copies."""

    kind: str
    code: str
    title: str
    annexes: tuple[str, ...]
    copies: int


@dataclass(frozen=True)
class Subject:
    """What one paper is about: `code` as on the command line and in the register, `label` for people."""

    at: Standing
    code: str
    label: str
    origin: ModelRecord
    unit: Unit | None = None
    inspection: Inspection | None = None
    letter: Letter | None = None
    finding: Finding | None = None
    case: Case | None = None
    written: Written | None = None
    cover: Cover | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that a paper on this subject is to or about; none: the whole year."""
        if self.written is not None:
            return self.at.year.units_of(self.written.units) if self.written.units else ()
        if self.unit is None and self.inspection is not None:
            return self.at.year.units_of(self.inspection.units)
        return () if self.unit is None else (self.unit,)

    @property
    def addressee(self) -> str:
        """主送 of a letter; "" for a paper that is no letter."""
        letter = self.letter or self.written
        return (letter.addressee or enumerate_words(each.name for each in self.units)) if letter else ""

    @property
    def found(self) -> list[FindingOf]:
        """The findings that a paper on this subject rests on, each in its year."""
        if self.written is not None:
            return [FindingOf(*self.at.holding(code)) for code in self.written.findings]
        return [FindingOf(self.at, each) for each in self.findings]

    @property
    def findings(self) -> list[Finding]:
        """The findings that a paper on this subject rests on."""
        year = self.at.year
        if self.written is not None:
            return [each.finding for each in self.found]
        if self.letter is not None:
            return [year.finding_by_code[code] for code in self.letter.findings]
        if self.finding is not None:
            return [self.finding]
        if self.case is not None:
            return []
        if self.unit is None and self.inspection is None:
            return list(self.at.found)
        inspection = self.inspection.code if self.inspection else ""
        return self.at.found_in.get((inspection, self.unit.code if self.unit else ""), [])

    @property
    def corrects(self) -> str:
        """The number of the paper that a paper on this subject corrects (更正), or nothing."""
        record = self.letter or self.written
        return (record.corrects or "") if record is not None else ""

    @property
    def names(self) -> set[str]:
        """What the records are called that a paper on this subject is about."""
        units = {*self.units, *(each.at.year.unit(each.finding.unit) for each in self.found)}
        names = {ref for unit in units for ref in (unit.code, unit.name, unit.short_name)}
        names |= {ref for each in self.findings for ref in (each.code, each.inspection)}
        return names | set(self.code.split("/"))

    def answers_to(self, word: str) -> bool:
        """Whether a person who types `word` means this subject."""
        named = self.units if self.unit is not None or self.written is not None else ()
        names = {self.code, *self.code.split("/")}
        return word in names.union(*((each.code, each.name, each.short_name) for each in named))


class Paper(NamedTuple):
    """A subject with what its kind of paper and the register add."""

    subject: Subject
    title: str = ""
    code_words: str | None = None  # 机关代字 and 代字; None for a paper that takes no number
    number: str | None = None
    issued: date | None = None
    annexes: tuple[str, ...] = ()
    sealed: bool = False
    mark: Mark | None = None  # of a form that comes back

    @property
    def at(self) -> Standing:
        return self.subject.at


def _number_words(paper: Paper) -> str:
    if paper.number or paper.issued:
        return paper.number or ""
    return f"{paper.code_words or ''}〔{paper.at.year.year}〕　号"


def _date_words(paper: Paper) -> str:
    return long_date(paper.issued) if paper.issued else f"{paper.at.year.year}年　月　日"


def _indents(paper: Paper) -> signature.Indents:
    return signature.indents(paper.at.year.group.name, _date_words(paper), sealed=paper.sealed)


COMMON: Table = {
    "年度": number("清单的年度", lambda it: it.at.year.year),
    "截止日期": text("统计截止日期", lambda it: long_date(it.at.day)),
    "标题": text("文书标题", lambda it: it.title),
    "文号": text("发文字号；未印发时没有", lambda it: it.number, optional=True),
    "成文日期": text(
        "成文日期；未印发时没有", lambda it: long_date(it.issued) if it.issued else None, optional=True
    ),
    "文号文字": text("发文字号；未印发时留出序号，印发时不编号的为空", _number_words),
    "成文日期文字": text("成文日期；未印发时留出月日", _date_words),
    "草稿": flag(
        "要编文号而还没有印发",
        lambda it: it.code_words is not None and it.number is None and it.issued is None,
    ),
    "附件": texts("附件名称", lambda it: it.annexes),
    "盖章": flag("署名处盖章；由文种目录的 印章 定，不写的，有文号的盖", lambda it: it.sealed),
    "表单识别": text("回收的表单印的识别行；别的文书为空", lambda it: str(it.mark) if it.mark else ""),
    "表单内容码": text("回收的表单的内容码；别的文书为空", lambda it: it.mark.code if it.mark else ""),
    "署名右空": number(
        "署名的右缩进（twips），按盖不盖章和名称长短算出",
        lambda it: round(_indents(it).signature * CHARACTER),
    ),
    "成文日期右空": number(
        "成文日期的右缩进（twips），同上", lambda it: round(_indents(it).date * CHARACTER)
    ),
    "机构": record("机构", "纪检监察组", lambda it: it.at),
    "选项": record("选项", "选项", lambda it: it.at),
    "清单": record("清单", "年度监督检查清单", lambda it: it.at),
}


# 整改函


def _inspections(it: Subject) -> list[InspectionOf]:
    codes = dict.fromkeys(each.inspection for each in it.findings)
    return [InspectionOf(it.at, it.at.year.inspection_by_code[code]) for code in codes]


def _letter(it: Subject) -> Letter:
    assert it.letter is not None
    return it.letter


LETTER = table(
    "整改函",
    {
        "编号": text("内部编号", lambda it: it.code),
        "单位": record("单位", "收函单位", lambda it: UnitOf(it.at, it.unit)),
        "主送": text("主送机关", lambda it: _letter(it).addressee or it.unit.name),
        "事由": text("标题里的事由", lambda it: _letter(it).subject),
        "依据": text("发函依据", lambda it: _letter(it).basis, optional=True),
        "问题": records("问题", "本函的问题", lambda it: [FindingOf(it.at, each) for each in it.findings]),
        "检查": records("检查", "发现这些问题的检查", _inspections),
        "其他要求": texts("举一反三、建章立制等", lambda it: _letter(it).further_demands),
        "回复期限": text("回复期限", lambda it: long_date(_letter(it).reply_by)),
        "更正": text("所更正的那份函的文号", lambda it: _letter(it).corrects, optional=True),
        "抄送": texts(
            "抄送机关",
            lambda it: it.at.year.group.copies_to if _letter(it).copies_to is None else _letter(it).copies_to,
        ),
    },
)
