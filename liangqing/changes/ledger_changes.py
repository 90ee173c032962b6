"""A ledger that a person changed, as what it hands over: changed cells, rows struck out, new rows; judged like all else.

A change is told by what stood in the cell when the ledger was made. The workbook is taken as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse
from liangqing.changes import accepting, judging
from liangqing.changes.accepting import Taken
from liangqing.changes.judging import JudgedRun
from liangqing.changes.ledger_altered import STOP, AlteredRows
from liangqing.changes.ledger_new import NewRows
from liangqing.changes.ledger_workbook import WorkbookReading, read
from liangqing.changes.proposed import Handed, Proposal
from liangqing.year.open_workspace import OpenWorkspace, in_order, open_workspace

_BEGINNING = ("机构", "清单")  # the sheets of one row that a workspace begins with


@dataclass(frozen=True)
class CollectedLedger:
    """A ledger and what came of judging it; `whole` says that nothing which a person changed in it is left out."""

    reading: WorkbookReading
    opened: OpenWorkspace
    judged: JudgedRun

    @property
    def name(self) -> str:
        """What messages call the workbook."""
        return self.reading.name

    @property
    def whole(self) -> bool:
        """Whether all that a person changed in it is in the data once it is accepted."""
        left_out = {Code.LEDGER_CHANGE_NOT_TAKEN, Code.LEDGER_PART_GONE}
        return not self.reading.remarks and left_out.isdisjoint(problem.code for problem in self.judged.told)


def judge(
    root: Path, path: Path, name: str, today: date, *, conflict: str = STOP, year: int | None = None
) -> CollectedLedger:
    """Read a ledger back and judge all of it; nothing is written.

    Raises Problems for a workbook that is not a ledger of this workspace's years, for a value that could not stand
    in YAML, for what may only change in a lawful way, and under STOP for a record that was changed since.
    """
    reading = read_of_year(path, name, year)
    _refuse_begun_again(reading)
    opened = open_workspace(root, reading.year, None, today, look_at_today=True)
    judged = judging.judge(opened, [handed(opened, reading, conflict)])
    if judged.refused:
        raise Problems(in_order(in_its_words(reading, judged.refused[name])))
    return CollectedLedger(reading, opened, judged)


def read_of_year(path: Path, name: str, year: int | None) -> WorkbookReading:
    """A ledger as it came back; raises Problems for what is none, and for one of another year than `year` (None: any)."""
    reading = read(path, name)
    if year not in (None, reading.year):
        message = f"这是 {reading.year} 年的台账，要的是 {year} 年的"
        advice = "写了 --year 的，改对或去掉；不然换一份台账"
        raise refuse(Code.LEDGER_OF_ANOTHER_YEAR, Place(name), message, advice)
    return reading


def _refuse_begun_again(reading: WorkbookReading) -> None:
    """Raises Problems for the empty workbook of a new workspace, filled in, where there is data already."""
    first = next((row for row in reading.rows if row.sheet.name in _BEGINNING), None)
    if first is not None and not any(reading.originals.values()):
        message = f"这是空白录入表填的「{first.sheet.name}」，工作目录里已经写了数据：没有做任何改动"
        raise refuse(
            Code.BLANK_WORKBOOK_AGAIN,
            Place(reading.name),
            message,
            "先 check，没有写完的写完；再用 ledger（台账）生成台账，新的内容在台账里接着填",
        )


def in_its_words(reading: WorkbookReading, problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is missing in a row, by the head of its column: the person has no key to write."""
    sheets = {row.place: row.sheet for row in reading.rows}
    for problem in problems:
        sheet = sheets.get(problem.place)
        heads = (
            {f"缺「{column.path[-1]}」": column.head for column in sheet.columns if column.field}
            if sheet
            else {}
        )
        if problem.code == Code.KEY_MISSING and problem.message in heads:
            head = heads[problem.message]
            problem = replace(problem, message=f"缺「{head}」", advice=f"在这一行的「{head}」列填上")
        yield problem


def accept(collected: CollectedLedger, day: date) -> Taken:
    """Write what was judged; see `accepting.accept`."""
    return accepting.accept(collected.opened, collected.judged, day)


def handed(opened: OpenWorkspace, reading: WorkbookReading, conflict: str = STOP) -> Handed:
    """What a workbook asks for, judged by nobody yet.

    Raises Problems where a cell or a row can't be understood, with all that is wrong of the kind, and under STOP for
    a record that was changed since the ledger was made.
    """
    told: list[Diagnostic] = list(reading.diagnostics)
    fresh = NewRows(opened.at, reading, told)
    altered = AlteredRows(fresh.names, reading.originals, conflict, told)
    proposals: list[Proposal] = []
    for row in reading.rows:
        if row.original is not None and row.sheet.table is not None:
            try:
                proposals += altered.proposals(row)
            except Problems as problems:
                told += problems.diagnostics
    proposals += fresh.proposals()
    told += fresh.errors
    if any(problem.severity is Severity.ERROR for problem in told):
        raise Problems(in_order(told))
    return Handed(reading.name, tuple(proposals), tuple(told))
