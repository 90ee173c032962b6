"""Working days: the national calendar (chinesecalendar), what a person wrote of a year, and a place's own days.

A year that neither knows is counted by its weekends, and whatever is computed so is told as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

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
        return _is_national_day_off(day)

    def after(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day` (negative: before); the day itself is not counted.

        Raises ValueError for a count beyond all calendars, and for a day beyond the last that there is.
        """
        if abs(count) > FURTHEST:
            raise ValueError(f"{count} 个工作日太远")
        step = timedelta(1 if count > 0 else -1)
        left = abs(count)
        try:
            while left:
                day += step
                left -= not self.is_day_off(day)
        except OverflowError:
            raise ValueError(f"{count} 个工作日太远") from None
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first`, up to `last` and with it; none where `last` is not later."""
        length = (last - first).days
        if length <= FURTHEST:
            return sum(not self.is_day_off(first + timedelta(count)) for count in range(1, length + 1))
        begun, ended = date(first.year, 12, 31), date(last.year - 1, 12, 31)
        whole = sum(map(self._in_year, range(first.year + 1, last.year)))
        return self.between(first, begun) + whole + self.between(ended, last)

    def _in_year(self, year: int) -> int:
        """Working days of a year; of one that nobody has arranged anything for they are reckoned, not counted."""
        before, last = date(year, 1, 1) - timedelta(1), date(year, 12, 31)
        if self.knows(year) or year in self._own_years:
            return self.between(before, last)
        return _weekdays(before, last)

    @cached_property
    def _own_years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.local)


def _weekdays(first: date, last: date) -> int:
    """Mondays to Fridays after `first`, up to `last` and with it."""
    (weeks, left), (weeks_before, left_before) = divmod(last.toordinal(), 7), divmod(first.toordinal(), 7)
    return 5 * (weeks - weeks_before) + min(left, SATURDAY) - min(left_before, SATURDAY)


@cache
def _is_national_day_off(day: date) -> bool:
    """Whether nobody works on a day of a year whose national arrangement is built in."""
    import chinese_calendar

    return bool(chinese_calendar.is_holiday(day))


@cache
def _came_with_the_program(year: int) -> bool:
    """Whether the national arrangement of a year is built in."""
    import chinese_calendar

    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
