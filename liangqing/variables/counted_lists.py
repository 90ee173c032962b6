"""Variables of the lists behind the figures: what each of them was counted from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.inspections import CONCENTRATED, SelfCheck
from liangqing.register import Line
from liangqing.variables.findings import span
from liangqing.variables.inspections import inspected_units
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.table import VariableTable, number, text
from liangqing.year.state.standing import Standing


class SelfCheckOf(NamedTuple):
    """A self-check in the year that it belongs to."""

    at: Standing
    check: SelfCheck


class LetterSent(NamedTuple):
    """The register's line of a letter, in the year in which it counts."""

    at: Standing
    line: Line


def self_checks(at: Standing) -> list[SelfCheckOf]:
    """Those that were accepted, by period and unit, whatever the files are called."""
    periods = {name: index for index, name in enumerate(at.year.period_by_name)}

    def place(check: SelfCheck) -> tuple[int, int]:
        return periods[check.period], at.year.unit_position[at.year.unit(check.unit)]

    return [SelfCheckOf(at, check) for check in sorted(at.accepted, key=place)]


def inspections(at: Standing) -> list[InspectionOf]:
    """Of every kind, begun by the day."""
    return [InspectionOf(at, inspection) for inspection in at.begun]


def findings(at: Standing) -> list[FindingOf]:
    """Every record, those that count as one beside each other."""
    return [FindingOf(at, finding) for group in at.counted for finding in group]


def letters(at: Standing) -> list[LetterSent]:
    """The letters that count in the year."""
    return [LetterSent(at, line) for line in at.letters_sent]


def _units_inspected(visit: InspectionOf) -> str:
    return enumerate_words(unit.short_name for unit in inspected_units(visit))


def _findings_in(sent: LetterSent) -> int:
    letter = sent.at.letter_of(sent.line)
    return len(letter.findings) if letter else 0


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


SELF_CHECK_ROW = VariableTable[SelfCheckOf](
    "自查明细行",
    {
        "编号": text("自查编号", lambda row: row.check.code),
        "单位": text("单位简称", lambda row: row.at.year.unit(row.check.unit).short_name),
        "期次": text("期次", lambda row: row.check.period),
        "报送日期": text("报送日期，没有时为空", lambda row: _day(row.check.handed_in)),
        "审核日期": text("审核日期", lambda row: _day(row.check.reviewed)),
    },
)

INSPECTION_ROW = VariableTable[InspectionOf](
    "检查明细行",
    {
        "编号": text("检查编号", lambda visit: visit.inspection.code),
        "类型": text("检查类型", lambda visit: visit.inspection.kind),
        "名称": text("检查名称", lambda visit: visit.inspection.name),
        "时间": text("起止日期", lambda visit: span(visit.inspection.begins, visit.inspection.last_day)),
        "单位": text("被检查单位", _units_inspected),
        "计入集中": text(
            "集中清查为 是", lambda visit: "是" if visit.inspection.kind == CONCENTRATED else ""
        ),
    },
)

LETTER_ROW = VariableTable[LetterSent](
    "整改函明细行",
    {
        "文号": text("发文字号", lambda sent: sent.line.number or "—"),
        "标题": text("标题", lambda sent: sent.line.title),
        "主送": text("主送机关", lambda sent: sent.line.addressee),
        "成文日期": text("成文日期", lambda sent: long_date(sent.line.issued)),
        "问题数": number("函中的问题", _findings_in),
    },
)
