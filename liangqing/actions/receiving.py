"""What came back, of whatever kind: forms of several years and workbooks, each judged by the one that knows its kind.

What is written together is a group: the forms of a year, or a workbook. Nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple, TypeAlias

from liangqing import changes
from liangqing.actions import first_workbook
from liangqing.actions.build import output_store
from liangqing.actions.first_workbook import FirstWorkbook
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.folders import DATA
from liangqing.base.output_files import locked
from liangqing.changes import ledger_changes
from liangqing.changes.accepting import Taken
from liangqing.changes.arriving import READ, ArrivedFile, turned
from liangqing.changes.collecting import CollectedForms
from liangqing.changes.judging import JudgedRun
from liangqing.changes.ledger_altered import STOP
from liangqing.changes.ledger_changes import CollectedLedger
from liangqing.changes.ledger_workbook import read_bytes
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

LOCK = f"{DATA}/.收回.lock"  # held by whoever reads and writes what came back
WORKBOOKS = (".xlsx", ".xls", ".et", ".ett", ".xlsm", ".ods")  # files of other endings are read as forms
# What is left to a person, by the section that a form comes back into.
NEXT = {
    "征求意见": "给每条意见写上“处理”，不全采纳的写“理由”",
    "自查": "审核自查，填审核日期、审核人和审核结果",
    "检查": "定下问题的整改类别、整改要求、责任和整改时限，再出双签字确认表",
    "双签": "在确认表的原件上核对签名，扫描件的文件名登记在「扫描件」",
    "整改反馈": "核对反馈，核查后在「问题」的「销号」里登记核查和结论",
}


class FormsOfYear(NamedTuple):
    """The forms of one year, judged for it."""

    opened: OpenWorkspace
    collected: CollectedForms


Group: TypeAlias = FormsOfYear | CollectedLedger | FirstWorkbook


@dataclass(frozen=True)
class Received:
    """What came of files: groups, in the order in which they are written; why workbooks are not taken, by name.

    `skipped` are the names of what is neither a form nor a workbook.
    """

    groups: tuple[Group, ...] = ()
    refused: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()

    @property
    def writable(self) -> tuple[Group, ...]:
        """The groups of which something would be written."""
        return tuple(group for group in self.groups if run_of(group).files)


def run_of(group: Group) -> JudgedRun:
    """What was judged, and would be written."""
    return group.collected.judged if isinstance(group, FormsOfYear) else group.judged


def year_of(group: Group) -> int:
    """The year of a group."""
    return group.opened.at.year.year


def forms_by_year(
    root: Path, came: Sequence[ArrivedFile], day: date, year: int | None, *, one_year: bool = False
) -> list[FormsOfYear]:
    """Forms judged for the year that each says it is of; those that say none for `year` (None: the latest), which is first.

    `one_year`: all of them for that year. Nothing is written. Raises Problems when the data that is there has errors.
    """
    opened = open_workspace(root, year, None, day)
    first, others = opened.at.year.year, () if one_year else opened.data.years.keys()
    found = []
    for number, own in changes.by_year(came, first, others).items():
        then = opened if number == first else open_workspace(root, number, None, day)
        found.append(FormsOfYear(then, changes.collect(then, own)))
    return found


def receive(root: Path, files: Iterable[ArrivedFile], day: date, year: int, conflict: str = STOP) -> Received:
    """Judge whatever came, each file by its kind; nothing is written. No two files have the same name.

    A form that says no year is judged for `year`. In a workspace in which nothing is written yet, a workbook begins it.
    Raises Problems when the data that is there has errors.
    """
    given = list(files)
    skipped = tuple(file.name for file in given if _ending(file) not in READ)
    books = [file for file in given if _ending(file) in WORKBOOKS]
    forms = [file for file in given if _ending(file) in READ and _ending(file) not in WORKBOOKS]
    begins = first_workbook.blank_year(root)
    if begins is not None:
        return _begun(root, books[:1], [*books[1:], *forms], day, skipped)
    groups: list[Group] = [*forms_by_year(root, turned(forms), day, year)] if forms else []
    refused: dict[str, tuple[Diagnostic, ...]] = {}
    for file in books:
        try:
            reading = read_bytes(file.data, file.name)
            groups.append(ledger_changes.judge_reading(root, reading, day, conflict=conflict))
        except Problems as problems:
            refused[file.name] = tuple(problems.diagnostics)
    return Received(tuple(groups), refused, skipped)


def _begun(
    root: Path,
    book: Sequence[ArrivedFile],
    others: Iterable[ArrivedFile],
    day: date,
    skipped: tuple[str, ...],
) -> Received:
    """A workspace begins with one workbook, and with nothing beside it."""
    message, advice = "工作目录里还没有数据，要先收录入表", "先单独收一份录入表，写好以后再收这份"
    refused: dict[str, tuple[Diagnostic, ...]] = {
        file.name: (error(Code.FIRST_WORKBOOK_ALONE, Place(file.name), message, advice),) for file in others
    }
    groups: list[Group] = []
    for file in book:
        try:
            groups.append(first_workbook.judged_reading(root, read_bytes(file.data, file.name), day))
        except Problems as problems:
            refused[file.name] = tuple(problems.diagnostics)
    return Received(tuple(groups), refused, skipped)


def _ending(file: ArrivedFile) -> str:
    return PurePath(file.name).suffix.lower()


def take(root: Path, group: Group, day: date) -> Taken:
    """Write what was judged of a group: all of it or nothing. Raises Problems where a file was changed since, OSError."""
    if isinstance(group, FirstWorkbook):
        return first_workbook.take(group, day)
    if isinstance(group, FormsOfYear):
        return changes.accept(group.opened, group.collected.judged, day)
    taken = ledger_changes.accept(group, day)
    if group.whole:
        count_as_ours(root, group)
    return taken


def count_as_ours(root: Path, collected: CollectedLedger) -> None:
    """The ledger in output/ may be made anew without asking when it is the one of which everything was taken."""
    store = output_store(root, collected.opened.year_folder)
    if store.root.is_dir():
        with locked(store.root / ".lock"):
            store.own_now(collected.reading.digest)


def asked_of(group: Group) -> Iterator[tuple[str, str, str, str]]:
    """Every value that a group changes, in a way that tells two judgements apart: of which record, which, old, new."""
    for change in run_of(group).shown:
        yield change.record_label, change.key, change.before, change.after
