"""Working days: the national calendar (chinesecalendar), what a person wrote of a year, and a place's own days.

A year that neither knows is counted by its weekends, and whatever is computed so is told as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

FILE = "checklists/调休.yaml"
PRESUMED = "暂按双休推算"  # said wherever a reader sees what rests on a year that has no arrangement yet
SATURDAY = 5
FURTHEST = 4000  # days: further than any deadline counts, and within two calendars


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `local`: a place's own days → 休; `stated`: years that a person wrote, day → 休.

    What a person wrote of a year stands for it; its other days are worked from Monday to Friday. So are all days of a
    year that nobody knows yet, as each December the next one: see `presumes`.
    """

    local: Mapping[date, bool] = field(default_factory=dict)
    stated: Mapping[int, Mapping[date, bool]] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        """Whether the arrangement of a year is known: a person wrote it, or it came with the program."""
        return year in self.stated or _came_with_the_program(year)

    def presumes(self, first: date, last: date) -> bool:
        """Whether what is computed from one day to another, in either order, rests on a year that nobody knows yet."""
        years = sorted((first.year, last.year))
        return not all(self.knows(year) for year in range(years[0], years[1] + 1))

    def is_day_off(self, day: date) -> bool:
        """Whether nobody works on `day`; in a year that nobody knows, Saturdays and Sundays are off."""
        if day in self.local:
            return self.local[day]
        if day.year in self.stated or not _came_with_the_program(day.year):
            return self.stated.get(day.year, {}).get(day, day.weekday() >= SATURDAY)
        import chinese_calendar

        return bool(chinese_calendar.is_holiday(day))

    def after(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day` (negative: before); the day itself is not counted.

        Raises ValueError for a count beyond all calendars.
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


@cache
def _came_with_the_program(year: int) -> bool:
    """Whether the national arrangement of a year is built in."""
    import chinese_calendar

    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
