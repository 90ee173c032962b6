"""A new workspace from lists that a group already keeps: how each column comes in, shown, changed on the page, made.

Nothing is kept between the two steps: the lists stay in the form of the page, and come again with the choices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from liangqing.actions import new_workspace
from liangqing.actions.new_workspace import ListsIn
from liangqing.base.diagnostics import Place, Problems
from liangqing.changes.foreign_list import Choices, Vocabulary
from liangqing.changes.foreign_list.choices import ColumnChoice, SheetChoice
from liangqing.changes.foreign_list.names import FINDING, NOWHERE
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.desk.answering.files_for_now import files_for_now
from liangqing.desk.answering.look import DeskLook, Sent, Upload
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.recent import remember
from liangqing.desk.answering.showing import page, told
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.pages.new_workspace import new_folder, year_given

MOST_SHOWN = 40  # cells that came in nowhere, told one by one


@dataclass(frozen=True)
class ShownSheet:
    """A sheet with what may be chosen for its columns, and what had been proposed for each."""

    plan: SheetPlan
    keys: tuple[str, ...]
    saved: dict[str, str]


def lists(look: DeskLook) -> Response:
    """The page for lists."""
    return page(look, "new_lists.html", year=look.today.year)


def take_lists(look: DeskLook) -> Response:
    """How the lists come in; or, when the person has seen it, the workspace made of them."""
    uploads = look.sent.files.get("台账", ())
    digest = _digest(uploads)
    making = look.sent.one("do") == "make" and look.sent.one("seen") == digest
    said = _choices(look.sent) if look.sent.one("seen") == digest else None
    folder = new_folder(look)
    try:
        with files_for_now(uploads, "台账") as paths:
            came_in = new_workspace.from_lists(
                folder, paths, year_given(look), look.today, accept=making, said=said
            )
    except Problems as problems:
        return _beside(told(look, problems.diagnostics))
    if making:
        remember(look.desk.recent, folder)
        return page(look, "new_lists_made.html", came_in=came_in, folder=folder, open=look.desk.name(folder))
    return _seen(look, came_in, said or Choices(), digest)


def _beside(answer: Response) -> Response:
    """Say it above the choices, which stay."""
    answer.headers["hx-retarget"] = "#refused"
    return answer


def _digest(uploads: Sequence[Upload]) -> str:
    digest = hashlib.sha256()
    for upload in uploads:
        digest.update(hashlib.sha256(upload.name.encode() + b"\n" + upload.data).digest())
    return digest.hexdigest()


def _seen(look: DeskLook, came_in: ListsIn, said: Choices, digest: str) -> Response:
    vocabulary = Vocabulary()
    sheets = [_shown(plan, said, vocabulary) for plan in came_in.imported.plans]
    return page(
        look,
        "new_lists_seen.html",
        came_in=came_in.imported,
        sheets=sheets,
        sections=(*vocabulary.sections(), NOWHERE),
        nowhere=NOWHERE,
        units=_units(came_in, said),
        seen=digest,
        most=MOST_SHOWN,
    )


def _shown(plan: SheetPlan, said: Choices, vocabulary: Vocabulary) -> ShownSheet:
    keys = vocabulary.keys(FINDING if plan.section == NOWHERE else plan.section)
    saved = {}
    for column in plan.columns:
        before = said.columns.get((plan.file, plan.sheet, column.letter))
        proposed = "" if column.key == NOWHERE else column.key
        saved[column.letter] = before.saved if before else proposed
    return ShownSheet(plan, keys, saved)


def _units(came_in: ListsIn, said: Choices) -> dict[tuple[str, str], bool]:
    """Names that may be those of one unit, and whether the person said that they are."""
    alike = dict.fromkeys(came_in.imported.alike, False)
    return alike | dict.fromkeys(said.same_units.items(), True)


def _choices(sent: Sent) -> Choices:
    """What was chosen on the page, by the numbers of the sheets in its form."""
    files, names = sent.form.get("file", ()), sent.form.get("sheet", ())
    sheets: dict[tuple[str, str], SheetChoice] = {}
    columns: dict[tuple[str, str, str], ColumnChoice] = {}
    for number, here in enumerate(zip(files, names, strict=False)):
        sheets[here] = _sheet(sent, number, here)
        for letter in sent.form.get(f"letter.{number}", ()):
            place = Place(here[0], detail=f"{here[1]} {letter}列")
            key, saved = sent.one(f"key.{number}.{letter}"), sent.one(f"saved.{number}.{letter}")
            columns[*here, letter] = ColumnChoice(key, saved, place)
    same = dict(zip(sent.form.get("unit", ()), sent.form.get("same", ()), strict=False))
    return Choices(sheets, columns, {name: other for name, other in same.items() if other})


def _sheet(sent: Sent, number: int, here: tuple[str, str]) -> SheetChoice:
    def counted(name: str, otherwise: int | None) -> int | None:
        given = whole_number(sent.one(f"{name}.{number}"))
        return otherwise if given is None else given

    chosen = sent.one(f"as.{number}")
    section = chosen if chosen in Vocabulary().sections() else NOWHERE
    first, height = counted("first", 1) or 1, counted("height", 0) or 0
    return SheetChoice(section, counted("year", None), first, height, Place(here[0], detail=here[1]))


PAGES = (
    DeskPage("new/lists", lists, in_workspace=False),
    DeskPage("new/lists/take", take_lists, posts=True, in_workspace=False),
)
