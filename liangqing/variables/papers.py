"""A paper before it is rendered, and the variables that every kind of paper has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.forms.mark import Mark
from liangqing.gbt9704 import signature
from liangqing.gbt9704.standard import length
from liangqing.variables.about import Subject
from liangqing.variables.checklist import CHECKLIST
from liangqing.variables.group import GROUP, OPTIONS
from liangqing.variables.table import Rows, beside_meaning, flag, number, record, text, texts
from liangqing.year.state.standing import Standing

CHARACTER = length("版心", "字宽").twips


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
        """The year of the subject, as it stands on the day that the paper tells of."""
        return self.subject.at


def _number_words(paper: Paper) -> str:
    if paper.number or paper.issued:
        return paper.number or ""
    return f"{paper.code_words or ''}〔{paper.at.year.year}〕　号"


def _date_words(paper: Paper) -> str:
    return long_date(paper.issued) if paper.issued else f"{paper.at.year.year}年　月　日"


def _indents(paper: Paper) -> signature.Indents:
    return signature.indents(paper.at.year.group.name, _date_words(paper), sealed=paper.sealed)


MARKS = ("表单识别", "表单内容码")  # what a form is known by, which follows from what it prints
COMMON: Rows[Paper] = {
    "年度": number("清单的年度", lambda paper: paper.at.year.year),
    "截止日期": text("统计截止日期", lambda paper: long_date(paper.at.day)),
    "标题": text("文书标题", lambda paper: paper.title),
    "文号": text("发文字号；未印发时没有", lambda paper: paper.number, optional=True, instead="文号文字"),
    "成文日期": text(
        "成文日期；未印发时没有",
        lambda paper: long_date(paper.issued) if paper.issued else None,
        optional=True,
        instead="成文日期文字",
    ),
    "文号文字": text("发文字号；未印发时留出序号，印发时不编号的为空", _number_words),
    "成文日期文字": text("成文日期；未印发时留出月日", _date_words),
    "草稿": flag(
        "要编文号而还没有印发",
        lambda paper: paper.code_words is not None and paper.number is None and paper.issued is None,
    ),
    "附件": texts("附件名称", lambda paper: paper.annexes),
    "盖章": beside_meaning(
        flag("署名处盖章；由文种目录的 印章 定，不写的，有文号的盖", lambda paper: paper.sealed)
    ),
    "表单识别": text(
        "回收的表单印的识别行；别的文书为空", lambda paper: str(paper.mark) if paper.mark else ""
    ),
    "表单内容码": text(
        "回收的表单的内容码；别的文书为空", lambda paper: paper.mark.code if paper.mark else ""
    ),
    "署名右空": beside_meaning(
        number(
            "署名的右缩进（twips），按盖不盖章和名称长短算出",
            lambda paper: round(_indents(paper).signature * CHARACTER),
        )
    ),
    "成文日期右空": beside_meaning(
        number("成文日期的右缩进（twips），同上", lambda paper: round(_indents(paper).date * CHARACTER))
    ),
    "机构": beside_meaning(record(GROUP, "纪检监察组", lambda paper: paper.at)),
    "选项": beside_meaning(record(OPTIONS, "选项", lambda paper: paper.at)),
    "清单": record(CHECKLIST, "年度监督检查清单", lambda paper: paper.at),
}
# Those that tell of a form's mark, which is known when the others are.
OF_MARK = frozenset({"表单识别", "表单内容码"})
