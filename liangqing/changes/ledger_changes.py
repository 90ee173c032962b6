"""What a person changed in a ledger, as what they hand over; a change is told by what stood in the cell before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse, warning
from liangqing.changes import accepting, judging
from liangqing.changes.accepting import Taken
from liangqing.changes.judging import JudgedRun
from liangqing.changes.ledger_cells import proposals_of
from liangqing.changes.ledger_workbook import ReturnedLedger, WorkbookReading, read
from liangqing.changes.proposed import AlteredValue, Handed
from liangqing.data.model.types import ModelRecord
from liangqing.outputs.ledger.columns import version
from liangqing.year.open_workspace import OpenWorkspace, in_order, open_workspace

STOP, SKIP, UPDATE = "stop", "skip", "update"  # what becomes of rows whose record was changed since


@dataclass(frozen=True)
class CollectedLedger:
    """A ledger that can be taken: the workbook's name, and what came of judging it."""

    name: str
    opened: OpenWorkspace
    judged: JudgedRun

    @property
    def proposals(self) -> tuple[AlteredValue, ...]:
        """The values that would change."""
        altered = (proposal for handed in self.judged.good for proposal in handed.proposals)
        return tuple(proposal for proposal in altered if isinstance(proposal, AlteredValue))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be told of it."""
        return self.judged.told

    @property
    def files(self) -> Mapping[str, tuple[bytes | None, bytes]]:
        """Before and after, by name."""
        return self.judged.files


def judge(
    root: Path, path: Path, name: str, today: date, *, conflict: str = STOP, year: int | None = None
) -> CollectedLedger:
    """Read a ledger back and judge all of it; nothing is written.

    Raises Problems for a workbook that is not a ledger of this workspace's years, for a value that could not stand
    in YAML, for what may only change in a lawful way, and under STOP for a record that was changed since.
    """
    reading = read(path, name)
    if year not in (None, reading.year):
        message = f"这是 {reading.year} 年的台账，--year 写的是 {year}"
        raise refuse(Code.LEDGER_OF_ANOTHER_YEAR, Place(name), message, "去掉 --year，或换一份台账")
    opened = open_workspace(root, reading.year, None, today, look_at_today=True)
    judged = judging.judge(opened, [_handed(opened, reading, conflict)])
    if judged.refused:
        raise Problems(in_order(judged.refused[name]))
    return CollectedLedger(name, opened, judged)


def accept(root: Path, collected: CollectedLedger, day: date) -> Taken:
    """Write what was judged; see `accepting.accept`."""
    return accepting.accept(collected.opened, collected.judged, day)


def _handed(opened: OpenWorkspace, reading: WorkbookReading, conflict: str) -> Handed:
    """All changes of a ledger; raises Problems with all that keeps it from being taken."""
    found = list(reading.diagnostics)
    proposals: list[AlteredValue] = []
    for row in reading.rows:
        try:
            proposals += _row(opened, row, conflict, found)
        except Problems as problems:
            found += problems.diagnostics
    if any(problem.severity is Severity.ERROR for problem in found):
        raise Problems(in_order(found))
    return Handed(reading.name, tuple(proposals), tuple(found))


def _row(
    opened: OpenWorkspace, row: ReturnedLedger, conflict: str, found: list[Diagnostic]
) -> list[AlteredValue]:
    differing = [
        column
        for column in row.sheet.columns
        if column.head in row.values and row.values[column.head] != row.original.values[column.head]
    ]
    for column in differing:
        if not column.path:
            message = f"这一列不收，改动没有收：「{row.original.values[column.head]}」→「{row.values[column.head]}」"
            found.append(
                warning(
                    Code.LEDGER_CHANGE_NOT_TAKEN, row.places[column.head], message, "要改就改 YAML 里的记录"
                )
            )
    wanted = [column for column in differing if column.path]
    if not wanted:
        return []
    record = _record(opened, row)
    proposals = [proposal for column in wanted for proposal in proposals_of(row, record, column)]
    if proposals and version(record) != row.original.version and not _goes_on(row, record, conflict, found):
        return []
    return proposals


def _record(opened: OpenWorkspace, row: ReturnedLedger) -> ModelRecord:
    for record in row.sheet.rows(opened.at):
        if isinstance(record, ModelRecord) and getattr(record, "code", None) == row.code:
            return record
    advice = "核对编号；记录已删或改过编号的，这一行不能收"
    raise refuse(
        Code.LEDGER_RECORD_GONE,
        row.places[row.sheet.code],
        f"{opened.at.year.year} 年没有{row.sheet.name}「{row.code}」",
        advice,
    )


def _goes_on(row: ReturnedLedger, record: ModelRecord, conflict: str, found: list[Diagnostic]) -> bool:
    """Whether a row is taken though its record was changed since the ledger was made."""
    message = f"{record.label} 在台账生成以后改过（{record.place()}），两边都改了"
    if conflict == STOP:
        advice = (
            "看清两边再定：--conflict skip 放过这些行，--conflict update 以台账里改的为准；或重新生成台账再填"
        )
        found.append(error(Code.CHANGED_ON_BOTH_SIDES, row.places[row.sheet.code], message, advice))
    elif conflict == SKIP:
        found.append(
            warning(Code.LEDGER_CHANGE_NOT_TAKEN, row.places[row.sheet.code], f"{message}，这一行没有收")
        )
    return conflict == UPDATE
