"""送文书: the letters that went out, to whom each goes, and the papers carried along, to be printed at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions.deliver import delivery_kinds, dispatched
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.paper_keys import paper_key, seen_for
from liangqing.desk.answering.showing import page
from liangqing.papers.rendering import load_catalogue
from liangqing.variables.dispatch import DispatchSubject


class DispatchRow(NamedTuple):
    """A letter to one addressee: the keys of what is carried along by kind, and where 送达 is entered or stands."""

    subject: DispatchSubject
    keys: tuple[tuple[str, str], ...]
    deliveries: str


def delivering(look: DeskLook) -> Response:
    """What has no 送达 yet, or all that went out (all=1), or one 文号 (number), with boxes to be ticked."""
    known = load_catalogue(look.folder)
    carried, registers = delivery_kinds(known)
    opened = seen_for(look, carried[0]) if carried else look.opened
    found = dispatched(opened)
    number, everything = look.sent.asked.get("number", ""), look.sent.asked.get("all") == "1"
    wanted = [
        subject
        for subject in found
        if (subject.line.number == number if number else everything or subject.delivery is None)
    ]
    year = str(opened.at.year.year)
    return page(
        look,
        "delivering.html",
        rows=[_row(look, subject, [entry.name for entry in carried]) for subject in wanted],
        registers=[(entry.name, paper_key(entry.name, year)) for entry in registers],
        kinds=[entry.name for entry in carried],
        number=number,
        everything=everything,
        left=sum(subject.delivery is None for subject in found),
        count=len(found),
    )


def _row(look: DeskLook, subject: DispatchSubject, kinds: Sequence[str]) -> DispatchRow:
    keys = tuple((kind, paper_key(kind, subject.code)) for kind in kinds)
    preset = {"文号": subject.line.number or ""}
    if subject.unit is not None:
        preset["单位"] = subject.unit.code
    return DispatchRow(subject, keys, look.url("records/送达/new", **preset))


PAGES: tuple[DeskPage, ...] = (DeskPage("delivering", delivering),)
