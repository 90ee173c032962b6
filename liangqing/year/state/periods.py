"""The years over a span of days: what happened from one day to another, and how matters stood at its end.

A figure of a span is counted by the very rule of the year's (variables/figures.py). What happened counts in the span
that holds its day; how something stands is told of the span's last day. The data of the years that the span touches
count, so that a whole year as a span gives exactly the year's figures; what the data of earlier years say of the same
days (a finding of last year that was closed in May) is told beside, never added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from liangqing.base.spans import TimeSpan
from liangqing.data.model.findings import Finding
from liangqing.year.state.standing import CLOSED, ONE_DAY, Standing


@dataclass(frozen=True)
class YearShare:
    """What the data of one year say of a span: the year at the end of the last day, and from which day events count.

    `since` is the first of all days where the span reaches back to the beginning of the year: what its data date
    earlier still (an inspection begun in December) belongs to its first days.
    """

    at: Standing
    since: date

    def holds(self, day: date | None) -> bool:
        """Whether something of that day happened in the span; None, for what has no day, did not."""
        return day is not None and self.since <= day <= self.at.day

    @cached_property
    def closed(self) -> int:
        """Counted findings that are 已销号 at the end and came to it in the span.

        They were not the day before the span, or their last record was closed in it (again, after 反弹).
        """
        return sum(
            self.at.group_state(group) == CLOSED and self._came_to_it(group) for group in self.at.counted
        )

    def _came_to_it(self, group: Sequence[Finding]) -> bool:
        if self.since == date.min or self.at.on(self.since - ONE_DAY).group_state(group) != CLOSED:
            return True
        days = [day for finding in group if (day := self.at.closed_on(finding))]
        return self.holds(max(days, default=None))

    @property
    def open(self) -> int:
        """Counted findings that are not 已销号 at the end."""
        return sum(self.at.group_state(group) != CLOSED for group in self.at.counted)


@dataclass(frozen=True)
class SpanCounted:
    """A span that has begun, as far as it is over, with the years that it touches and the years before.

    `whole` is the span that was asked for, `span` what of it is over; `shares` are of the years with data, the earliest
    first, never empty; `earlier` are of the years before those that the span touches.
    """

    whole: TimeSpan
    span: TimeSpan
    shares: tuple[YearShare, ...]
    earlier: tuple[YearShare, ...]

    @property
    def missing(self) -> list[int]:
        """The years that the span touches and of which there are no data."""
        known = {share.at.year.year for share in self.shares}
        return [number for number in self.span.years if number not in known]


def whole_year(at: Standing) -> YearShare:
    """The year up to its day: all that happened in it."""
    return YearShare(at, date.min)


def over(at: Standing, whole: TimeSpan) -> SpanCounted | None:
    """A span as it can be counted by the day of `at`; None where it has not begun, or no year that it touches has data."""
    if at.day < whole.first:
        return None
    span = whole.until(at.day)
    then = at.on(span.last)
    numbers = sorted({*at.years, at.year.year})
    shares = tuple(
        YearShare(then.beside(number), date.min if span.first <= date(number, 1, 1) else span.first)
        for number in numbers
        if number in span.years
    )
    earlier = tuple(
        YearShare(then.beside(number), span.first) for number in numbers if number < span.first.year
    )
    return SpanCounted(whole, span, shares, earlier) if shares else None


def span_before(counted: SpanCounted) -> TimeSpan:
    """The span before, as many days of it as are over of this one."""
    return _as_far(counted, counted.whole.before)


def span_year_before(counted: SpanCounted) -> TimeSpan:
    """The same span of last year, likewise."""
    return _as_far(counted, counted.whole.year_before)


def _as_far(counted: SpanCounted, other: TimeSpan) -> TimeSpan:
    if counted.span == counted.whole:
        return other
    return other.until(other.first + (counted.span.last - counted.span.first))
