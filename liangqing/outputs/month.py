"""A month day by day: what falls due on each, what was planned or held, and which days are off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from liangqing.base.chinese import long_date
from liangqing.outputs.agenda import item_of
from liangqing.outputs.dashboard.due import Due, every
from liangqing.outputs.waiting import WaitingItem
from liangqing.year.state import planned
from liangqing.year.state.owed import of_year
from liangqing.year.state.standing import Standing

DAYS = 7


@dataclass(frozen=True)
class MonthDay:
    """A day of a month's sheet: whether it is of the month, whether nobody works on it, and what falls on it."""

    day: date
    inside: bool
    off: bool
    items: tuple[WaitingItem, ...]


def weeks_of(at: Standing, first: date) -> list[tuple[MonthDay, ...]]:
    """The weeks, from Monday, that the month of `first` touches; days outside of it hold nothing."""
    begin = first.replace(day=1)
    end = next_month(begin)
    fallen: dict[date, list[WaitingItem]] = {}
    for deadline in sorted({*every(at), *held(at)}):
        if begin <= deadline.day < end:
            fallen.setdefault(deadline.day, []).append(item_of(at, deadline))
    monday = begin - timedelta(begin.weekday())
    weeks = []
    while monday < end:
        days = (monday + timedelta(count) for count in range(DAYS))
        weeks.append(
            tuple(
                MonthDay(
                    day, begin <= day < end, at.year.calendar.is_day_off(day), tuple(fallen.get(day, ()))
                )
                for day in days
            )
        )
        monday += timedelta(DAYS)
    return weeks


def next_month(day: date) -> date:
    """The first of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(31)).replace(day=1)


def month_before(day: date) -> date:
    """The first of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(1)).replace(day=1)


def held(at: Standing) -> Iterator[Due]:
    """What has a day and is nobody's debt: inspections that began, 反馈会, 征求意见, 报送 of a circulated case."""
    for then in at.so_far:
        for deadline in (*_inspections(then), *_meetings(then), *_hand_ins(then)):
            yield deadline._replace(what=of_year(then, at.year.year, deadline.what))


def _inspections(at: Standing) -> Iterator[Due]:
    ahead = {inspection.code for inspection in planned.inspections_ahead(at)}
    for inspection in at.year.inspections:
        if inspection.code not in ahead:
            units = "|".join(unit.short_name for unit in at.year.units_of(inspection.units))
            until = f"，到{long_date(inspection.ends)}" if inspection.ends else ""
            words, record = f"{inspection.name}{until}", f"{at.year.year}/{inspection.code}"
            yield Due(inspection.begins, "检查", units, words, record)


def _meetings(at: Standing) -> Iterator[Due]:
    for inspection in at.year.inspections:
        for meeting in inspection.meetings:
            unit = at.year.unit(meeting.unit).short_name
            yield Due(meeting.day, "反馈会", unit, inspection.name, f"{at.year.year}/{inspection.code}")


def _hand_ins(at: Standing) -> Iterator[Due]:
    consultation = at.year.checklist.consultation
    if consultation is not None and consultation.closes is not None:
        words = f"{at.year.checklist.title}征求意见截止"
        yield Due(consultation.closes, "征求意见", "", words, f"{at.year.year}/全部")
    for case in at.year.cases:
        if case.hand_in_by is not None:
            record = f"{at.year.year}/{case.code}"
            yield Due(case.hand_in_by, "报送", "", f"{case.code} 以案促改自查情况报送", record)
