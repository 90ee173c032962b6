"""Working days: the national calendar (chinesecalendar), what a person wrote of a year, and a place's own days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, error

FILE = "checklists/调休.yaml"
SATURDAY = 5
FURTHEST = 4000  # days: further than any deadline counts, and within two calendars


class NoCalendar(Problems):
    """There is no calendar for the year: what is a day off is not known, and is never guessed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            [
                error(
                    Code.NO_HOLIDAYS_OF_YEAR,
                    Place(FILE),
                    f"没有 {year} 年的节假日安排，算不出工作日",
                    f"放假安排公布后升级程序，或在 {FILE} 的「调休」里写上 {year} 年的「放假」和「上班」",
                )
            ]
        )


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `local`: a place's own days → 休; `stated`: years that a person wrote, day → 休.

    What a person wrote of a year stands for it; its other days are worked from Monday to Friday.
    """

    local: Mapping[date, bool] = field(default_factory=dict)
    stated: Mapping[int, Mapping[date, bool]] = field(default_factory=dict)

    def is_day_off(self, day: date) -> bool:
        """Whether nobody works on `day`. Raises NoCalendar for a year that nobody knows."""
        if day in self.local:
            return self.local[day]
        if day.year in self.stated:
            return self.stated[day.year].get(day, day.weekday() >= SATURDAY)
        import chinese_calendar

        try:
            return bool(chinese_calendar.is_holiday(day))
        except NotImplementedError:
            raise NoCalendar(day.year) from None

    def after(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day` (negative: before); the day itself is not counted.

        Raises NoCalendar as `is_day_off`, and ValueError for a count beyond all calendars.
        """
        if abs(count) > FURTHEST:
            raise ValueError(f"{count} 个工作日太远")
        step = timedelta(1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= not self.is_day_off(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first`, up to `last` and with it; none where `last` is not later."""
        days = (first + timedelta(count) for count in range(1, (last - first).days + 1))
        return sum(not self.is_day_off(day) for day in days)
