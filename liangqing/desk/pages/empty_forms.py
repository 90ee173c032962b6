"""要填的表: empty forms to send to units, and the ledger or 录入表 to fill in; made in memory, output/ is left alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions import first_workbook
from liangqing.actions.new_workspace import entry_workbook
from liangqing.changes.returned import as_sent_out
from liangqing.desk.answering.downloads import download
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.outputs import ledger
from liangqing.papers import rendering
from liangqing.papers.catalogue import Entry
from liangqing.papers.rendering import Compiled, Made
from liangqing.variables.about import Subject
from liangqing.year.blank_year import blank_workspace

A_PAGE = 100  # forms


class BlankForm(NamedTuple):
    """A form that can be fetched, or `waits` for the letter that it goes out with."""

    subject: Subject
    waits: bool


def ledger_file(look: DeskLook) -> Response:
    """The ledger as of today; of a workspace in which nothing is written yet, the workbook with which it begins."""
    begins = first_workbook.blank_year(look.folder)
    if begins is not None:
        blank = blank_workspace(look.folder, begins, date(begins, 1, 1))
        return download(ledger.write(blank.at), entry_workbook(begins))
    now = replace(look, day=None).opened.at
    return download(ledger.write(now), f"{now.year.year}年台账.xlsx")


def blanks(look: DeskLook) -> Response:
    """The forms of a kind, a hundred a page."""
    kinds = _kinds(look)
    chosen = _kind(look, kinds)
    compiled = _compiled(look, chosen)
    subjects = rendering.subjects_of(look.figures, chosen)
    at = _page(look.sent.asked.get("page", ""), len(subjects))
    rows = list(_rows(look, compiled, subjects[(at - 1) * A_PAGE : at * A_PAGE]))
    pages = max(1, -(-len(subjects) // A_PAGE))
    return page(look, "blanks.html", kinds=list(kinds), kind=chosen.name, rows=rows, at=at, pages=pages)


def blank(look: DeskLook) -> Response:
    """One form as a Word file, as it is sent to its unit."""
    entry = _kind(look, _kinds(look))
    wanted = look.sent.asked.get("of", "")
    compiled = _compiled(look, entry)
    subject = next((one for one in rendering.subjects_of(look.figures, entry) if one.code == wanted), None)
    made = None if subject is None else _made(look, compiled, subject)
    if made is None:
        raise NotThere(f"{entry.name}「{wanted}」")
    return download(made.artifact.data, PurePosixPath(made.artifact.path).name)


def blanks_zip(look: DeskLook) -> Response:
    """The forms of a page of the list in one ZIP; the same forms give the same bytes."""
    entry = _kind(look, _kinds(look))
    compiled = _compiled(look, entry)
    subjects = rendering.subjects_of(look.figures, entry)
    at = _page(look.sent.asked.get("page", ""), len(subjects))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:  # what is in it is packed itself
        for subject in subjects[(at - 1) * A_PAGE : at * A_PAGE]:
            made = _made(look, compiled, subject)
            if made is not None:
                package.writestr(zipfile.ZipInfo(PurePosixPath(made.artifact.path).name), made.artifact.data)
    return download(packed.getvalue(), f"{look.figures.at.year.year}年{entry.name}.zip")


def _kinds(look: DeskLook) -> dict[str, Entry]:
    known = rendering.load_catalogue(look.folder)
    return {name: entry for name, entry in known.entries.items() if entry.kind.form is not None}


def _kind(look: DeskLook, kinds: dict[str, Entry]) -> Entry:
    name = look.sent.asked.get("kind") or next(iter(kinds), "")
    if name not in kinds:
        raise NotThere(f"表单「{name}」")
    return kinds[name]


def _compiled(look: DeskLook, entry: Entry) -> Compiled:
    return rendering.compile_entries(look.figures, rendering.load_catalogue(look.folder), [entry.name])[
        entry.name
    ]


def _made(look: DeskLook, compiled: Compiled, subject: Subject) -> Made | None:
    return as_sent_out(look.figures, compiled, subject) if rendering.holds(compiled, subject) else None


def _rows(look: DeskLook, compiled: Compiled, subjects: list[Subject]) -> Iterator[BlankForm]:
    book, year = look.figures.register, look.figures.at.year.year
    for subject in subjects:
        if rendering.holds(compiled, subject):
            line = book.in_use(compiled.entry.name, subject.code, year)
            yield BlankForm(subject, line is None and compiled.code_words is not None)


def _page(asked: str, count: int) -> int:
    return min(whole_number(asked) or 1, max(1, -(-count // A_PAGE)))


PAGES = (
    DeskPage("take/ledger", ledger_file),
    DeskPage("take/blanks", blanks),
    DeskPage("take/blanks.zip", blanks_zip),
    DeskPage("take/blank", blank),
)
