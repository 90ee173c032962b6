"""期限日历: the limits of a month on their days, to be looked at, printed, or taken into another calendar."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from liangqing.desk.answering.item_ways import ItemWay, way_of
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, day_named
from liangqing.desk.answering.page_words import said_on_page
from liangqing.desk.answering.showing import page
from liangqing.outputs import calendar_file
from liangqing.outputs.month import MonthDay, month_before, next_month, weeks_of
from liangqing.outputs.waiting import WaitingItem


class CalendarItem(NamedTuple):
    """Something that falls on a day: in words, whose, and where it is looked at."""

    what: str
    unit: str
    way: ItemWay


class CalendarDay(NamedTuple):
    """A day of the sheet with what falls on it."""

    about: MonthDay
    today: bool
    items: tuple[CalendarItem, ...]


def calendar(look: DeskLook) -> Response:
    """A month, that of the day that is looked at where none is asked for."""
    first = _month(look)
    weeks = [
        [
            CalendarDay(day, day.day == look.opened.at.day, tuple(_item(look, item) for item in day.items))
            for day in week
        ]
        for week in weeks_of(look.opened.at, first)
    ]
    return page(
        look,
        "calendar.html",
        first=first,
        weeks=weeks,
        count=sum(len(day.items) for week in weeks for day in week),
        presumed=not look.opened.at.year.calendar.knows(first.year),
        before=look.url("calendar", month=f"{month_before(first):%Y-%m}"),
        after=look.url("calendar", month=f"{next_month(first):%Y-%m}"),
    )


def _month(look: DeskLook) -> date:
    """The first day of the month that is asked for. Raises NotThere for what is none."""
    asked = look.sent.asked.get("month", "")
    if not asked:
        return look.opened.at.day.replace(day=1)
    return day_named(f"{asked}-01")


def _item(look: DeskLook, item: WaitingItem) -> CalendarItem:
    return CalendarItem(said_on_page(item.what), item.unit, way_of(look, item))


def calendar_download(look: DeskLook) -> Response:
    """What falls due from the day on, for the calendar of a telephone or a mail program."""
    data = calendar_file.write(look.opened.at)
    head = {"content-disposition": f'attachment; filename="{look.opened.at.year.year}.ics"'}
    return Response(data, media_type="text/calendar; charset=utf-8", headers=head)


PAGES = (DeskPage("calendar", calendar), DeskPage("calendar.ics", calendar_download))
