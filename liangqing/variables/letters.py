"""整改函: the letter as the subject of a paper, and its variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liangqing.base.chinese import long_date
from liangqing.data.model.findings import Finding, Letter
from liangqing.variables.about import Masthead, UnitSubject, copies_of, masthead_of
from liangqing.variables.findings import FINDING, INSPECTION
from liangqing.variables.owners import InspectionOf
from liangqing.variables.photos import photo_count
from liangqing.variables.table import VariableTable, beside_meaning, number, record, records, text, texts
from liangqing.variables.units import UNIT, UnitOf


@dataclass(frozen=True)
class LetterSubject(UnitSubject):
    """整改函: a rectification letter to a unit, on the findings that it names."""

    letter: Letter

    @property
    def addressee(self) -> str:
        return self.letter.addressee or self.unit.name

    @property
    def in_title(self) -> str:
        return self.letter.subject

    @property
    def copies_to(self) -> tuple[str, ...]:
        return copies_of(self.at, self.letter)

    @property
    def masthead(self) -> Masthead:
        return masthead_of(self.letter)

    @property
    def corrects(self) -> str:
        return self.letter.corrects or ""

    @property
    def findings(self) -> Sequence[Finding]:
        return [self.at.year.finding_by_code[code] for code in self.letter.findings]


def _inspections(subject: LetterSubject) -> list[InspectionOf]:
    codes = dict.fromkeys(finding.inspection for finding in subject.findings)
    return [InspectionOf(subject.at, subject.at.year.inspection_by_code[code]) for code in codes]


LETTER = VariableTable[LetterSubject](
    "整改函",
    {
        "编号": text("内部编号", lambda subject: subject.code),
        "单位": record(UNIT, "收函单位", lambda subject: UnitOf(subject.at, subject.unit)),
        "主送": text("主送机关", lambda subject: subject.addressee),
        "事由": text("标题里的事由，不分行", lambda subject: subject.in_title.replace("\n", "")),
        "依据": text("发函依据", lambda subject: subject.letter.basis, optional=True),
        "问题": records(FINDING, "本函的问题", lambda subject: subject.found),
        "检查": records(INSPECTION, "发现这些问题的检查", _inspections),
        "照片数": number("本函问题的照片", lambda subject: photo_count(subject.found)),
        "其他要求": texts("举一反三、建章立制等", lambda subject: subject.letter.further_demands),
        "回复期限": text("回复期限", lambda subject: long_date(subject.letter.reply_by)),
        "更正": text("所更正的那份函的文号", lambda subject: subject.letter.corrects, optional=True),
        "抄送": beside_meaning(
            texts("抄送机关", lambda subject: subject.copies_to),
            lambda subject: subject.letter.copies_to is None,  # what 机构 says, for all
        ),
    },
)
