"""The days of a year for the date picker: which nobody works on, which weekend days are worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from starlette.responses import JSONResponse, Response

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere


def days(look: DeskLook) -> Response:
    """As JSON: today, the days off of the year, and whether its arrangement is known."""
    word = look.sent.parts["number"]
    if not (len(word) == 4 and word.isascii() and word.isdecimal() and word > "0000"):
        raise NotThere(f"「{word}」年")
    calendar = look.opened.at.year.calendar
    off = [day.isoformat() for day in _days_of(int(word)) if calendar.is_day_off(day)]
    return JSONResponse({"today": look.today.isoformat(), "off": off, "known": calendar.knows(int(word))})


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    for count in range((date(year, 12, 31) - day).days + 1):
        yield day + timedelta(count)


PAGES = (DeskPage("days/{number}", days),)
