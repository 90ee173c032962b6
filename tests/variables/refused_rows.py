"""Rows that mypy refuses, one for each mistake that would print in a signed paper.

Nothing here is run. Each line has an ignore for the one error that it must be; mypy is strict, so that an ignore
which is not needed is an error too: `make check` fails as soon as a mistake is let through.
"""

from __future__ import annotations

from liangqing.variables.about import Subject, UnitSubject
from liangqing.variables.closing import ROUND, RoundOf, rounds
from liangqing.variables.findings import FINDING, letter_number
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.subjects import SubjectKind
from liangqing.variables.table import Rows, VariableTable, build, number, record, records, text, texts
from liangqing.variables.units import UNIT, UnitOf


def of_inspection(visit: InspectionOf) -> str:
    return visit.inspection.name


WRONG_ROWS: Rows[FindingOf] = {
    "函数要的是别的主体": text("", of_inspection),  # type: ignore[arg-type]
    "没有这个字段": text("", lambda found: found.inspection.name),  # type: ignore[attr-defined]
    "可能没有，却没有写可空": text("", letter_number),  # type: ignore[arg-type]
    "数字给了文字": number("", lambda found: found.finding.name),  # type: ignore[arg-type, return-value]
    "一段文字当成几段": texts("", lambda found: found.finding.name),  # type: ignore[arg-type, return-value]
    "给的不是那一组的主体": record(UNIT, "", lambda found: found),  # type: ignore[arg-type, return-value]
    "可能没有的一组，却没有写可空": record(FINDING, "", lambda found: None),  # type: ignore[arg-type, return-value]
    "列表里不是那一组的主体": records(UNIT, "", rounds),  # type: ignore[arg-type]
}
WRONG_TABLE = VariableTable[UnitOf]("单位", FINDING.rows)  # type: ignore[arg-type]
WRONG_KIND = SubjectKind[UnitSubject](UnitSubject, lambda at: (), FINDING.rows)  # type: ignore[arg-type]


def wrong_owner(attempt: RoundOf, subject: Subject) -> None:
    build(ROUND.rows, attempt, {})
    build(FINDING.rows, attempt, {})  # type: ignore[misc]
    build(FINDING.rows, subject, {})  # type: ignore[misc]
