"""A block of cells pasted into the table of a section: read, shown with what is wrong at each cell, saved in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from starlette.responses import Response

from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity
from liangqing.changes.judging import JudgedRun
from liangqing.changes.pasted_table import NAME, PastedTable, handed_by, in_words_of, read, targets
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.saving import judged, saved, seen_as
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.pages.records import called

SHOWN_ROWS = 100  # beyond these, only rows with something to be told
_YES, _NO = "是", "否"


@dataclass(frozen=True)
class PastePreview:
    """What was pasted as it would be taken: the run, and every message by its place (cell, row, or anywhere else)."""

    table: PastedTable
    run: JudgedRun
    problems: tuple[Diagnostic, ...]

    def at(self, number: int, head: str = "") -> tuple[Diagnostic, ...]:
        """What is told of a cell, or of a row as a whole."""
        return tuple(self._by_place.get(self.table.place(number, head), ()))

    @cached_property
    def _by_place(self) -> Mapping[Place, list[Diagnostic]]:
        found: dict[Place, list[Diagnostic]] = {}
        for problem in self.problems:
            found.setdefault(problem.place, []).append(problem)
        return found

    @cached_property
    def elsewhere(self) -> tuple[Diagnostic, ...]:
        """What is told of no cell that is shown."""
        heads = ("", *filter(None, self.table.columns))
        shown = {self.table.place(number, head) for number in self.numbers for head in heads}
        return tuple(problem for problem in self.problems if problem.place not in shown)

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The rows that are shown: the first ones, and all of which something is told."""
        rows = range(1, len(self.table.rows) + 1)
        told = {problem.place.detail.partition("行")[0] for problem in self.problems}
        return [number for number in rows if number <= SHOWN_ROWS or f"第{number}" in told]

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right first."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def paste(look: DeskLook) -> Response:
    """Show what was pasted; with `save`, write it if it is still what was shown."""
    name = look.sent.parts["section"]
    preview = previewed(look, name)
    seen = seen_as(preview.run)
    if look.sent.one("save") and look.sent.one("seen") == seen and preview.run.files and not preview.wrong:
        saved(look, preview.run)
        return goto(look.url(f"records/{name}", saved=len(preview.table.rows), undo=look.desk.saves.given))
    return page(
        look,
        "pasted.html",
        preview=preview,
        seen=seen,
        targets=targets(preview.table.sheet),
        text=look.sent.one("text"),
        name=name,
    )


def previewed(look: DeskLook, name: str) -> PastePreview:
    """Read and judge what was sent for a list; raises Problems where nothing can be read at all."""
    sheet = called(name)
    columns = look.sent.form.get("column")
    headed = {_YES: True, _NO: False}.get(look.sent.one("headed"))
    table = read(sheet, look.sent.one("text"), columns, headed)
    try:
        run = judged(look, [handed_by(look.writing, table)])
    except Problems as problems:
        return PastePreview(table, JudgedRun(), problems.diagnostics)
    told = tuple(in_words_of(table, (*run.refused.get(NAME, ()), *run.told)))
    return PastePreview(table, run, told)


PAGES = (DeskPage("records/{section}/paste", paste, posts=True),)
