"""A workspace that was opened: its folder, all its data, the register, and one year as it stands on a day."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from unicodedata import normalize

from liangqing import register
from liangqing.base.bounds import is_file
from liangqing.base.chinese import nearest, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse
from liangqing.base.docx_zip import content_hash
from liangqing.base.folders import DATA, KEPT, LOCK
from liangqing.base.output_files import locked
from liangqing.base.output_inputs import FileSeen
from liangqing.base.spans import YEAR as WHOLE_YEAR
from liangqing.base.spans import span_written
from liangqing.data import workspace
from liangqing.data.model.duties import Unit
from liangqing.register import Register, values_hash, witness
from liangqing.register.identity import refuse_newer
from liangqing.year import body_files, evidence_files, rules
from liangqing.year.state.standing import Standing


@dataclass(frozen=True)
class OpenWorkspace:
    """A workspace that was opened for one year and one day.

    `data` holds all years and what could not be read of them; `at` is the chosen year on the chosen day, from which
    every paper and every figure is made. `today` is the day of the clock; None where nobody looked at one. `as_of` is
    the day that a person asked for; None: nobody did, and the year stands on the day of its figures, or today.
    """

    root: Path
    data: workspace.Workspace
    register: Register
    at: Standing
    today: date | None = None
    as_of: date | None = None

    @property
    def asked_on(self) -> date:
        """The day on which it is asked what is in force: the one asked for, else today, whatever day the figures are of."""
        return self.as_of or self.today or self.at.day

    @property
    def year_folder(self) -> str:
        """The name of the year's folder, below checklists/ and below output/."""
        return str(self.at.year.year)

    def where_found(self, codes: Sequence[str], as_of: date | None, today: date) -> OpenWorkspace:
        """The same, opened for the year whose findings are called `codes`, which no two years share, or whose months.

        Itself where they are not all findings (or spans of days, by their last day) of one other year. The day is told
        as in `open_workspace`.
        """
        if not codes:
            return self
        spans = [span_written(code) for code in codes]
        ends = {span.last.year for span in spans if span is not None and span.length != WHOLE_YEAR}
        in_it = {number for number in ends if len(ends) == 1 and None not in spans}
        for number, year in self.data.years.items():
            if number == self.at.year.year:
                continue
            if number in in_it or all(code in year.finding_by_code for code in codes):
                day = as_of or figures_day(year.checklist.figures_date, number, today)
                return replace(self, at=Standing(year, self.register, day, self.data.years))
        return self

    @cached_property
    def found(self) -> list[Diagnostic]:
        """Everything wrong with data, register and kept papers, errors first."""
        return self.judge(kept=True)

    @property
    def errors(self) -> list[Diagnostic]:
        """What stops a build."""
        return [problem for problem in self.found if problem.severity is Severity.ERROR]

    def judge(self, *, kept: bool) -> list[Diagnostic]:
        """Everything wrong with data and register (and with the `kept` papers and files), errors first."""
        found = [*self.data.diagnostics, *self.register.diagnostics]
        found += witness.problems(self.root, self.register)
        if not self.register.whole:  # what went out is not known, and the rules would tell of its absence
            return in_order(found)
        if kept:
            found += register.damaged(self.register, self.kept)
            found += evidence_files.altered(self.root, self.data.years)
        for number, year in self.data.years.items():
            day = (
                self.at.day
                if number == self.at.year.year
                else figures_day(year.checklist.figures_date, number, self.at.day)
            )
            standing = (
                self.at if year is self.at.year else Standing(year, self.register, day, self.data.years)
            )
            found += rules.audit(standing, complete=self.data.complete, today=self.today)
            found += body_files.unfit(self.root, standing) if kept else ()
        return in_order(found)

    @cached_property
    def kept(self) -> dict[str, str]:
        """What is in checklists/发文, as `kept_files` tells it."""
        return kept_files(self.root)

    @cached_property
    def damage(self) -> list[Diagnostic]:
        """What is wrong with register and kept papers, so that nothing may go out."""
        return damage(self.register, self.kept)


def kept_files(root: Path) -> dict[str, str]:
    """What is in checklists/发文, by path below checklists/: the content hash of a .docx, the hash of a .json.

    What Word leaves beside a paper that is open in it (~$…) is no paper.
    """
    folder = root / DATA
    found = sorted((folder / KEPT).glob("[!.~]*/[!.~]*.*"))
    return {
        normalize("NFC", path.relative_to(folder).as_posix()): _print_of(path, FileSeen.of(path))
        for path in found
        if path.suffix in _PRINTS and is_file(path)
    }


@lru_cache(maxsize=1 << 16)
def _print_of(path: Path, seen: FileSeen) -> str:
    """The hash of a kept file, read once while it is `seen` as it was: papers that go out one by one look at all."""
    return _PRINTS[path.suffix](path.read_bytes())


def damage(book: Register, kept: Mapping[str, str]) -> list[Diagnostic]:
    """The errors of a register and of the papers that are kept."""
    found = (*book.diagnostics, *register.damaged(book, kept))
    return in_order(problem for problem in found if problem.severity is Severity.ERROR)


def fingerprint(data: bytes) -> str:
    """Content hash of a .docx as found; of what is no Word file any more, a hash that no line of the register bears."""
    try:
        return content_hash(data)
    except Problems:
        return hashlib.sha256(data).hexdigest()


_PRINTS: dict[str, Callable[[bytes], str]] = {".docx": fingerprint, ".json": values_hash}


def open_workspace(
    root: Path, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = False
) -> OpenWorkspace:
    """Read the data and the register of the workspace in `root`.

    `year` None: the latest year. The day is `as_of`; without it 统计截止日期 of the year (see `figures_day`), or
    `today` where `look_at_today` (`check`, `status`). What is wrong in single records is in `found`.
    Raises Problems when the year can't be read at all, and for a workspace that a later program wrote.
    """
    refuse_newer(root)
    return _opened(
        root, workspace.load(root), register.load(root), year, as_of, today, look_at_today=look_at_today
    )


def opened_again(
    opened: OpenWorkspace, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = False
) -> OpenWorkspace:
    """What was read, as `open_workspace` would open it for another year or day; the files are not looked at again."""
    data, book = opened.data, opened.register
    again = _opened(opened.root, data, book, year, as_of, today, look_at_today=look_at_today)
    again.__dict__["kept"] = opened.kept  # as the property keeps it: the papers are hashed once
    return again


def _opened(
    root: Path,
    data: workspace.Workspace,
    book: Register,
    year: int | None,
    as_of: date | None,
    today: date,
    *,
    look_at_today: bool,
) -> OpenWorkspace:
    try:
        chosen = data.year(year)
    except Problems as problems:
        raise Problems(in_order([*data.diagnostics, *book.diagnostics, *problems.diagnostics])) from None
    day = as_of or (
        today if look_at_today else figures_day(chosen.checklist.figures_date, chosen.year, today)
    )
    return OpenWorkspace(root, data, book, Standing(chosen, book, day, data.years), today, as_of)


def settled_workspace(
    root: Path, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = False
) -> OpenWorkspace:
    """The same, while other programs may be issuing papers: waits for them, and mends what one left half done.

    So the register and the kept papers are of one moment. Where the folder can't be written nobody issues, and
    nothing is mended.
    """
    if not os.access(root / DATA, os.W_OK):
        return open_workspace(root, year, as_of, today, look_at_today=look_at_today)
    with locked(root / LOCK):
        register.recover(root, cut=False)
        opened = open_workspace(root, year, as_of, today, look_at_today=look_at_today)
        _ = opened.kept  # hashed now, while register and papers agree
    return opened


def figures_day(stated: date | None, year: int, today: date) -> date:
    """The day at which figures of `year` stand: `stated` (统计截止日期), without it 31 December.

    `today` while that day is still to come: what has not happened yet is not counted.
    """
    return min(today, stated or date(year, 12, 31))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors, then gates, then warnings; among these by code, file and line. What is said twice is told once."""
    rank = {severity: index for index, severity in enumerate(Severity)}

    def key(problem: Diagnostic) -> tuple[int, str, str, int, int, str]:
        place = problem.place
        return (
            rank[problem.severity],
            problem.code,
            place.file,
            place.line or 0,
            place.column or 0,
            problem.message,
        )

    return sorted(dict.fromkeys(diagnostics), key=key)


def unit_called(opened: OpenWorkspace, word: str) -> Unit:
    """The unit that a person named on the command line, by 编号, 名称, 简称, or a part of a name that no other has.

    Raises Problems when there is none, and when there are several.
    """
    known = opened.at.year.unit_by_ref
    if word in known:
        return known[word]
    found = units_like(opened, word)
    if not found:
        short = [unit.short_name for unit in opened.at.year.units]
        advice = suggestion(word, known if nearest(word, known) else short)
        raise refuse(Code.NO_SUCH_UNIT, Place("--unit"), f"没有单位「{word}」", advice)
    return the_one_unit(found, word, Place("--unit"))


def units_like(opened: OpenWorkspace, word: str) -> list[Unit]:
    """The units whose name begins with a word; where none does, those that have it in their name."""
    called = opened.at.year.unit_by_ref.items()
    begun = {unit.code: unit for name, unit in called if name != unit.code and name.startswith(word)}
    holding = {unit.code: unit for name, unit in called if name != unit.code and word in name}
    return list((begun or holding).values()) if word else []


def the_one_unit(found: Sequence[Unit], word: str, place: Place) -> Unit:
    """The unit that a part of a name means; raises Problems, with all of them, where it may be several."""
    if len(found) == 1:
        return found[0]
    names = "".join(f"「{unit.short_name}」" for unit in found[:10]) + ("等" if len(found) > 10 else "")
    message = f"「{word}」不止指一个单位：{names}"
    raise refuse(Code.UNIT_NOT_UNIQUE, place, message, "多写几个字，或写单位的编号")
