"""Spans of days that figures are asked for: a month, a quarter, half a year, a year, or from one day to another.

Whole months are known as such however they were written, so 2021-05-01至2021-05-31 is 2021年5月. The span before one
of whole months has as many months; before any other it has as many days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from liangqing.base.characters import plain
from liangqing.base.chinese import half_width, long_date, numeral
from liangqing.base.dates import day_written

MONTH, QUARTER, HALF, YEAR = 1, 3, 6, 12  # months
_HALVES = ("上半年", "下半年")
_BETWEEN = re.compile(r"\s*(?:至|到|\.\.+|~|～|—+|–)\s*")
_YEAR = r"(?:(?P<year>[12][0-9]{3})\s*[-/.年]?度?\s*)?"
_QUARTER = re.compile(rf"{_YEAR}(?:Q(?P<a>[1-4])|第?(?P<b>[1-4一二三四])季度?)", re.IGNORECASE)
_HALF = re.compile(rf"{_YEAR}(?:H(?P<a>[12])|(?P<b>上半年|下半年))", re.IGNORECASE)
_MONTH = re.compile(r"(?P<year>[12][0-9]{3})(?:\s*[-/.年]\s*(?P<a>[0-9]{1,2})\s*月?|(?P<b>[0-9]{2}))")
_MONTH_ALONE = re.compile(r"(?P<a>[0-9]{1,2})\s*月(?P<year>)(?P<b>)")
_YEAR_ALONE = re.compile(r"(?P<year>[12][0-9]{3})\s*年?度?")
_ORDINALS: Mapping[str, int] = {
    **{sign: number for number, sign in enumerate("一二三四", 1)},
    **{sign: number for number, sign in enumerate(_HALVES, 1)},
}


@dataclass(frozen=True)
class TimeSpan:
    """The days from `first` to `last`, both with; `last` is not before `first`."""

    first: date
    last: date

    @property
    def months(self) -> int | None:
        """How many whole months it is; None where it does not begin and end with one."""
        if self.first.day != 1 or (self.last + timedelta(1)).day != 1:
            return None
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def length(self) -> int | None:
        """MONTH, QUARTER, HALF or YEAR where it is one of the calendar's; None for any other span."""
        months = self.months
        of_calendar = months in (MONTH, QUARTER, HALF, YEAR) and (self.first.month - 1) % months == 0
        return months if of_calendar else None

    @property
    def name(self) -> str:
        """2021年5月, 2021年第二季度, 2021年上半年, 2021年; else 2021年3月10日至2021年4月20日."""
        year, month = f"{self.first.year}年", self.first.month
        names: Mapping[int | None, Callable[[], str]] = {
            MONTH: lambda: f"{year}{month}月",
            QUARTER: lambda: f"{year}第{numeral(self._ordinal)}季度",
            HALF: lambda: f"{year}{_HALVES[self._ordinal - 1]}",
            YEAR: lambda: year,
        }
        if self.length:
            return names[self.length]()
        first, last = long_date(self.first), long_date(self.last)
        return first if first == last else f"{first}至{last}"

    @property
    def code(self) -> str:
        """How a command, the register and a file call it: 2021-05, 2021-2季度, 2021-上半年, 2021, 2021-03-10至2021-04-20."""
        year, month = self.first.year, self.first.month
        codes: Mapping[int | None, Callable[[], str]] = {
            MONTH: lambda: f"{year}-{month:02d}",
            QUARTER: lambda: f"{year}-{self._ordinal}季度",
            HALF: lambda: f"{year}-{_HALVES[self._ordinal - 1]}",
            YEAR: lambda: str(year),
        }
        if self.length:
            return codes[self.length]()
        return str(self.first) if self.first == self.last else f"{self.first}至{self.last}"

    @property
    def _ordinal(self) -> int:
        return (self.first.month - 1) // (self.length or MONTH) + 1

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def before(self) -> TimeSpan:
        """The span of the same length that ends on the day before; itself cut where the calendar begins."""
        months = self.months
        if months:
            return TimeSpan(_moved(self.first, -months), self.first - timedelta(1))
        days = (self.last - self.first).days
        last = self.first - timedelta(1)
        return TimeSpan(last - timedelta(days), last)

    @property
    def year_before(self) -> TimeSpan:
        """The same span of the year before; 29 February becomes 28 February, and a month's end stays one."""
        last = _moved(self.last, -YEAR)
        return TimeSpan(_moved(self.first, -YEAR), _month_end(last) if self.months else last)

    def until(self, day: date) -> TimeSpan:
        """What of it is over by the end of `day`, which is not before `first`; the whole where all is."""
        return self if self.last <= day else TimeSpan(self.first, day)


def month(year: int, number: int) -> TimeSpan:
    """The month `number` (1 to 12) of a year."""
    return of_calendar(year, MONTH, number)


def of_calendar(year: int, months: int, number: int) -> TimeSpan:
    """The `number`th span (from 1) of a year that is cut into spans of so many months."""
    first = date(year, (number - 1) * months + 1, 1)
    return TimeSpan(first, _month_end(date(year, number * months, 1)))


def in_year(year: int, months: int) -> list[TimeSpan]:
    """All spans of a year that have so many months, in order."""
    return [of_calendar(year, months, number) for number in range(1, YEAR // months + 1)]


def span_written(text: str, year: int | None = None) -> TimeSpan | None:
    """The span that a text names; None where it names none, or where it ends before it begins.

    2021-05, 2021年5月, 2021-2季度, 2021年第二季度, 2021Q2, 2021-上半年, 2021H1, 2021, 2021-03-10至2021-04-20 (with days or
    months on both sides), 2021-03-10. Without its year (5月, 二季度, 上半年) it is of `year`, and none where that is None.
    """
    short = half_width(plain(text))
    parts = _BETWEEN.split(short)
    if len(parts) == 1:
        return _day_or_span(short, year)
    if len(parts) == 2:
        first, last = (_day_or_span(part, year) for part in parts)
        return (
            None
            if first is None or last is None or last.last < first.first
            else TimeSpan(first.first, last.last)
        )
    return None


def _day_or_span(text: str, year: int | None) -> TimeSpan | None:
    day = day_written(text)
    return TimeSpan(day, day) if day else _of_calendar_written(text, year)


def _of_calendar_written(text: str, year: int | None) -> TimeSpan | None:
    for pattern, months in ((_QUARTER, QUARTER), (_HALF, HALF), (_MONTH, MONTH), (_MONTH_ALONE, MONTH)):
        found = pattern.fullmatch(text)
        if found:
            of = int(found["year"]) if found["year"] else year
            word = found["a"] or found["b"]
            number = _ORDINALS.get(word) or int(word)
            return of_calendar(of, months, number) if of and 1 <= number <= YEAR // months else None
    found = _YEAR_ALONE.fullmatch(text)
    return of_calendar(int(found["year"]), YEAR, 1) if found else None


def _moved(day: date, months: int) -> date:
    """The same day so many months on; the month's last where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
