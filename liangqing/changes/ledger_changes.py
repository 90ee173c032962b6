"""What a person changed in a ledger, judged against the records, and put into their YAML.

A change is told by what stood in the cell when the ledger was made. Nothing is written before everything is judged:
values as if they stood in YAML, and the whole data with the changes in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse, warning
from liangqing.base.folders import DATA, LOCK
from liangqing.base.output_files import locked, numbered_names, write_durably
from liangqing.changes import change_log
from liangqing.changes.change_log import Taking
from liangqing.changes.ledger_cells import ProposedChange, proposals_of
from liangqing.changes.ledger_workbook import ReturnedLedger, read
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS, validate
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit, changed
from liangqing.data.yaml.places import Source
from liangqing.outputs.ledger.columns import Column, LedgerRow, version
from liangqing.outputs.ledger.findings import is_settled
from liangqing.year.open_workspace import OpenWorkspace, in_order, open_workspace

STOP, SKIP, UPDATE = "stop", "skip", "update"  # what becomes of rows whose record was changed since
BACKUPS = "备份"
_MODELS = {section.key: section.model for section in SECTIONS}


@dataclass(frozen=True)
class CollectedLedger:
    """What would be written: the changes, what was left out, and the files as they would be."""

    name: str  # of the workbook
    proposals: tuple[ProposedChange, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    files: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)  # before and after, by name


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
    found = list(reading.diagnostics)
    proposals: list[ProposedChange] = []
    for row in reading.rows:
        try:
            proposals += _row(opened, row, conflict, found)
        except Problems as problems:
            found += problems.diagnostics
    wrong = [problem for problem in found if problem.severity is Severity.ERROR]
    if wrong:
        raise Problems(in_order(found))
    files = _files(opened, proposals)
    found += _prove(opened, files, today)
    return CollectedLedger(name, tuple(proposals), tuple(in_order(found)), files)


def accept(root: Path, collected: CollectedLedger, day: date) -> list[Path]:
    """Write what was judged, each file whole, after a copy of it was put into 备份/; the copies.

    Raises Problems, and writes nothing, when a file was changed in the meantime.
    """
    with locked(root / LOCK):
        for name, (before, _) in collected.files.items():
            if (root / name).read_bytes() != before:
                raise refuse(
                    Code.FILE_JUST_CHANGED,
                    Place(name),
                    "这个文件刚才又被改过，什么也没有写",
                    "再运行一次 collect",
                )
        names = numbered_names(day.isoformat())
        folder = next(path for path in (root / BACKUPS / name for name in names) if not path.exists())
        copies = [folder / name for name in collected.files]
        for copied, (before, _) in zip(copies, collected.files.values(), strict=True):
            write_durably(copied, before)
        _write(root, collected, day)
    return copies


def _write(root: Path, collected: CollectedLedger, day: date) -> None:
    """All files and the log of changes, or nothing: what was written before one fails is put back."""
    files, taking = collected.files, Taking(day, collected.name)
    noted = [
        change for name, (before, after) in files.items() for change in taking.between(name, before, after)
    ]
    written: list[str] = []
    try:
        for name, (_, after) in files.items():
            write_durably(root / name, after)
            written.append(name)
        change_log.record(root, noted)
    except OSError:
        for name in written:
            write_durably(root / name, files[name][0])
        raise


def _row(
    opened: OpenWorkspace, row: ReturnedLedger, conflict: str, found: list[Diagnostic]
) -> list[ProposedChange]:
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
    _refuse_settled(opened, row, record, wanted)
    _refuse_values(row, record, proposals)
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


def _refuse_settled(
    opened: OpenWorkspace, row: ReturnedLedger, record: ModelRecord, wanted: list[Column]
) -> None:
    if row.sheet.name != "问题" or not is_settled(LedgerRow(opened.at, record)):
        return
    ways = {
        "延期": "经批准延期的，在问题记录里写「延期: [{批准日期: …, 新时限: …, 理由: …, 批准人: …}]」",
        "责任变更": "责任人换了的，在问题记录里写「责任变更: [{日期: …, 责任人: …, 理由: …}]」",
    }
    wrong = [
        error(
            Code.SETTLED_VALUE_CHANGED,
            row.places[column.head],
            f"{record.label} 已经签字或发函，「{column.head}」不能直接改",
            ways.get(column.frozen, "重新反馈、重新签字后再改记录"),
        )
        for column in wanted
        if column.frozen
    ]
    if wrong:
        raise Problems(wrong)


def _refuse_values(row: ReturnedLedger, record: ModelRecord, proposals: list[ProposedChange]) -> None:
    """The record with the new values must be one that could stand in YAML; told with the cell."""
    source, path, tree = record.written_in, record.written_at, record.tree
    for proposal in proposals:
        tree = changed(tree, Edit(proposal.change.path[len(path) :], proposal.change.value))
    try:
        validate(_MODELS[row.sheet.name], source, path, tree)
    except Problems as problems:
        raise Problems(_in_cells(problems.diagnostics, proposals)) from None


def _in_cells(diagnostics: tuple[Diagnostic, ...], proposals: list[ProposedChange]) -> Iterator[Diagnostic]:
    for problem in diagnostics:
        keys = {str(step): proposal for proposal in proposals for step in proposal.change.path}
        named = [proposal for key, proposal in keys.items() if f"「{key}」" in problem.message]
        cell = (named or proposals)[-1].cell
        yield error(problem.code, cell, problem.message, problem.advice)


def _files(opened: OpenWorkspace, proposals: list[ProposedChange]) -> dict[str, tuple[bytes, bytes]]:
    by_file: dict[str, list[Edit]] = {}
    for proposal in proposals:
        by_file.setdefault(proposal.place.file, []).append(proposal.change)
    sources: Mapping[str, Source] = opened.data.sources
    return {
        name: (sources[name].data, apply_edits(sources[name], changes)) for name, changes in by_file.items()
    }


def _prove(opened: OpenWorkspace, files: Mapping[str, tuple[bytes, bytes]], today: date) -> list[Diagnostic]:
    """What `check` would newly say of the data with the changes; raises Problems when there is an error among it."""
    if not files:
        return []
    with tempfile.TemporaryDirectory(prefix="台账-") as folder:
        trial = Path(folder)
        shutil.copytree(opened.root / DATA, trial / DATA, copy_function=_link)
        for name, (_, after) in files.items():
            write_durably(trial / name, after)
        fresh = open_workspace(trial, opened.at.year.year, opened.at.day, today, look_at_today=True)
        known = {(problem.code, problem.message) for problem in opened.found}
        new = [problem for problem in fresh.found if (problem.code, problem.message) not in known]
    if any(problem.severity is Severity.ERROR for problem in new):
        raise Problems(in_order(new))
    return new


def _link(source: str, target: str) -> None:
    """The same file under another name where the disk can; writing replaces names, never what they share."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
