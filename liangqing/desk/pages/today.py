"""今天: what waits, and where each thing is done."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.showing import PLACES, goto, page
from liangqing.outputs import waiting


def today(look: DeskLook) -> Response:
    """What waits on the day."""
    found, aside = waiting.look(look.opened)
    return page(look, "today.html", items=found, aside=aside)


def when(look: DeskLook) -> Response:
    """The same page for another year or day, as chosen at the top."""
    year, day = look.sent.asked.get("year", ""), look.sent.asked.get("day", "")
    place = look.sent.asked.get("place", "")
    if place not in {address for address, _, _ in PLACES} or not year.isdecimal():
        raise NotThere("这个页面")
    try:
        chosen = date.fromisoformat(day) if day else None
    except ValueError:
        raise NotThere(f"日期「{day}」") from None
    return goto(look.url_on(chosen, int(year), place))


PAGES = (DeskPage("today", today), DeskPage("when", when))
