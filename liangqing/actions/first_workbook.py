"""A workspace begun from a workbook or a form: what is filled in becomes its first YAML, judged as if it stood there."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from liangqing.actions import new_workspace
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.folders import CARD, DATA
from liangqing.base.scratch import scratch_folder
from liangqing.changes import JudgedRun, judging
from liangqing.changes.accepting import Taken, accept
from liangqing.changes.ledger_changes import handed, in_its_words, read_of_year
from liangqing.changes.ledger_workbook import WorkbookReading
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.year.blank_year import blank_workspace
from liangqing.year.open_workspace import OpenWorkspace, in_order

_Worded: TypeAlias = Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]]  # in words of what was filled in
# Without these no paper can be made, and the teaching files ask for them.
NEEDED = ("机构", "单位", "清单", "任务")
_ADVICE = "在表头下面的第一个空行里填，带＊的列都要填，再交一次"
_ABOVE = ("机构", "选项", "调休")  # kept above the years


@dataclass(frozen=True)
class FirstWorkbook:
    """What a workspace can begin with, judged, and the blank year that it was judged for."""

    opened: OpenWorkspace
    judged: JudgedRun

    @property
    def year(self) -> int:
        return self.opened.at.year.year

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """What is to be known of it, though it can be taken."""
        return self.judged.told

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records of each section it brings."""
        return Counter(
            proposal.section
            for one in self.judged.good
            for proposal in one.proposals
            if isinstance(proposal, NewRecord)
        )


def from_workbook(folder: Path, path: Path, year: int | None, today: date) -> FirstWorkbook:
    """Make `folder` a workspace with what is filled in in a workbook, which is kept in it.

    Raises Problems, and makes nothing, as `new_workspace.make` and `judged` do.
    """
    reading = read_of_year(path, path.name, year)
    made: list[FirstWorkbook] = []

    def fill(new: Path) -> None:
        new_workspace.write_teaching(new, reading.year)
        made.append(judged_reading(new, reading, today))
        take(made[0], today)
        new_workspace.keep_originals(new, path)

    new_workspace.make(folder, fill)
    return made[0]


def looked_into(path: Path, today: date) -> FirstWorkbook:
    """What `from_workbook` would make of a workbook; nothing is made. Raises Problems as that does."""
    reading = read_of_year(path, path.name, None)
    with scratch_folder() as root:
        new_workspace.write_teaching(root, reading.year)
        return judged_reading(root, reading, today)


def from_records(folder: Path, given: Handed, year: int, today: date) -> FirstWorkbook:
    """Make `folder` a workspace of `year` with the new records that a person filled in elsewhere than in a workbook.

    Raises Problems, and makes nothing, as `new_workspace.make` does, and for what could not stand in YAML.
    """
    made: list[FirstWorkbook] = []

    def fill(new: Path) -> None:
        new_workspace.write_teaching(new, year)
        made.append(_judged_records(blank_workspace(new, year, today), given, lambda problems: problems))
        take(made[0], today)

    new_workspace.make(folder, fill)
    return made[0]


def blank_year(root: Path) -> int | None:
    """The year for which `init` made the workspace in `root`, when nothing was written in it yet; None for any other.

    Files are as they were when but their line ends changed.
    """
    found = {path for path in (root / DATA).rglob("*") if path.is_file() and not path.name.startswith(".")}
    years = {path.parent.name for path in found if path.parent != root / DATA}
    if len(years) != 1 or not (year := years.pop()).isdecimal():
        return None
    taught = new_workspace.teaching_of_group(int(year)) | new_workspace.teaching_files(int(year))
    untouched = found - {root / CARD} == {root / name for name in taught} and all(
        _plain((root / name).read_bytes()) == text.encode() for name, text in taught.items()
    )
    return int(year) if untouched else None


def _plain(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def judged(root: Path, path: Path, name: str, year: int | None, today: date) -> FirstWorkbook:
    """All that a workbook holds as the records of a workspace in which nothing is written yet; nothing is written.

    Raises Problems, with the cells, for what is no workbook of ours or of another year than `year` (None: any), for
    whatever could not stand in YAML, and where one of NEEDED is not filled in.
    """
    return judged_reading(root, read_of_year(path, name, year), today)


def judged_reading(root: Path, reading: WorkbookReading, today: date) -> FirstWorkbook:
    """The same of a workbook that was read."""
    opened = blank_workspace(root, reading.year, today)
    given = handed(opened, reading.as_new())
    return _judged_records(opened, given, lambda problems: in_its_words(reading, problems))


def _judged_records(opened: OpenWorkspace, given: Handed, worded: _Worded) -> FirstWorkbook:
    records = tuple(_in_its_file(record) for record in _needed(given))
    judged = judging.judge(opened, [replace(given, proposals=records)])
    if judged.refused:
        raise Problems(in_order(worded(judged.refused[given.name])))
    return FirstWorkbook(opened, judged)


def take(first: FirstWorkbook, today: date) -> Taken:
    """Write it in place of the teaching files of its sections; copies of these are kept."""
    root, files = first.opened.root, first.judged.files
    there = {name: (_bytes(root / name), after) for name, (_, after) in files.items()}
    return accept(first.opened, replace(first.judged, files=there), today)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _needed(given: Handed) -> tuple[NewRecord, ...]:
    """The records of the workbook; raises Problems where one is missing without which nothing can be made."""
    records = tuple(proposal for proposal in given.proposals if isinstance(proposal, NewRecord))
    filled = {record.section for record in records}
    filled |= {"任务" for record in records if record.section == "清单" and record.tree.get("任务")}
    missing = [
        error(Code.FIRST_WORKBOOK_INCOMPLETE, Place(given.name, detail=name), "这张表还没有填", _ADVICE)
        for name in NEEDED
        if name not in filled
    ]
    if missing:
        raise Problems(missing)
    return records


def _in_its_file(record: NewRecord) -> NewRecord:
    return replace(record, file=f"{DATA}/{new_workspace.GROUP}") if record.section in _ABOVE else record
