"""今天: what waits by day and week, and where each thing is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions.backing_up import reminder
from liangqing.desk.answering.item_ways import ItemWay, way_of
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere, day_named
from liangqing.desk.answering.page_words import said_on_page
from liangqing.desk.answering.problem_places import placed
from liangqing.desk.answering.showing import PLACES, goto, page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.outputs import waiting
from liangqing.outputs.agenda import GROUPS, AgendaGroup, agenda
from liangqing.outputs.waiting import WaitingItem

ROWS = 100  # of a group at once
FEW_PROBLEMS = 20  # told on this page; the others where the records are


class TodayRow(NamedTuple):
    """Something that waits: when, how far off in words, of which kind and units, what, and where it is done."""

    day: date | None
    off: str
    kind: str
    unit: str
    what: str
    way: ItemWay


class TodayGroup(NamedTuple):
    """Rows under one head; `total` is how many there are in all, `after` the address of those that follow ("": none)."""

    name: str
    total: int
    rows: tuple[TodayRow, ...]
    after: str


def today(look: DeskLook) -> Response:
    """What waits on the day; where the data have errors, these first and alone."""
    opened = look.opened
    if opened.errors:
        return page(look, "today_wrong.html", problems=placed(look, opened.errors))
    asked = look.sent.asked
    unit, person, only = asked.get("unit", ""), asked.get("person", ""), asked.get("group", "")
    every = agenda(opened)
    chosen = every.of(unit, person)
    groups = [group for group in chosen.groups if only in ("", group.name)]
    uninspected = waiting.not_inspected(opened.at, unit or None)
    return page(
        look,
        "today.html",
        groups=[_group(look, group) for group in groups],
        counts=[(group.name, len(group.items)) for group in chosen.groups],
        kinds=waiting.tally(chosen.items),
        units=_units(look, every.items),
        people=sorted({name for item in every.items for name in item.people}),
        unit=unit,
        person=person,
        only=only if only in GROUPS else "",
        aside=chosen.aside,
        uninspected=uninspected,
        backup_due=reminder(opened),
        begins=not opened.at.year.inspections and not opened.register.lines,
        problems=placed(look, opened.found[:FEW_PROBLEMS]),
        problem_count=len(opened.found),
        soon=opened.at.year.options.due_soon_days,
    )


def _units(look: DeskLook, items: Iterable[WaitingItem]) -> list[str]:
    """The units of which something waits, as they stand in 单位."""
    position = {unit.short_name: place for unit, place in look.opened.at.year.unit_position.items()}
    names = dict.fromkeys(name for item in items for name in item.units)
    return sorted(names, key=lambda name: position.get(name, len(position)))


def _group(look: DeskLook, group: AgendaGroup) -> TodayGroup:
    asked = look.sent.asked
    begin = whole_number(asked.get("from", "")) or 0
    shown = group.items[begin : begin + ROWS]
    left = begin + ROWS < len(group.items)
    kept = {key: asked.get(key) or None for key in ("unit", "person")}
    after = look.url("today", group=group.name, **{**kept, "from": begin + ROWS}) if left else ""
    return TodayGroup(group.name, len(group.items), tuple(_row(look, item) for item in shown), after)


def _row(look: DeskLook, item: WaitingItem) -> TodayRow:
    what = said_on_page(item.what)
    return TodayRow(item.day, _off(look, item.day), item.kind, item.unit, what, way_of(look, item))


def _off(look: DeskLook, day: date | None) -> str:
    """How far off a day is."""
    days = 0 if day is None else (day - look.opened.at.day).days
    if day is None:
        return ""
    return f"还有{days}天" if days > 0 else f"过了{-days}天" if days else "就是今天"


def when(look: DeskLook) -> Response:
    """The same page for another year or day, as chosen at the top."""
    year, day = look.sent.asked.get("year", ""), look.sent.asked.get("day", "")
    place = look.sent.asked.get("place", "")
    if place not in {address for address, _, _ in PLACES} or whole_number(year) is None:
        raise NotThere("这个页面")
    return goto(look.url_on(day_named(day) if day else None, whole_number(year), place))


PAGES = (DeskPage("today", today), DeskPage("when", when))
