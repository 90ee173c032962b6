"""The national calendar of days off (chinesecalendar) with a place's own days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

LocalDays: TypeAlias = Mapping[date, bool]


class NoCalendar(LookupError):
    """There is no calendar for the year: what is a day off is not known, and is never guessed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"没有 {year} 年的节假日安排")


def is_day_off(day: date, local: LocalDays | None = None) -> bool:
    """Whether nobody works on `day`; `local` maps a place's own days to 休 (True) or 班 (False).

    Raises NoCalendar for a year that the calendar does not hold.
    """
    if local and day in local:
        return local[day]
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        raise NoCalendar(day.year) from None
