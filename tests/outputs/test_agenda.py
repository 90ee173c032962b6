"""The agenda: what waits and what comes, under the week in which its day falls, each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from liangqing.outputs import waiting
from liangqing.outputs.agenda import COMING, GROUPS, agenda, group_of
from liangqing.outputs.month import next_month, weeks_of
from liangqing.year.open_workspace import OpenWorkspace

MONDAY = date(2021, 11, 1)


@pytest.mark.parametrize(
    ("today", "day", "group"),
    [
        (MONDAY, date(2021, 10, 31), "已经过期"),
        (MONDAY, MONDAY, "今天要办"),
        (MONDAY, date(2021, 11, 7), "本周"),
        (MONDAY, date(2021, 11, 8), "下周"),
        (MONDAY, date(2021, 11, 14), "下周"),
        (MONDAY, date(2021, 11, 15), "以后"),
        (MONDAY, None, "没有期限"),
        (date(2021, 11, 7), date(2021, 11, 8), "下周"),  # a Sunday: the week ends with it
        (date(2021, 12, 31), date(2022, 1, 2), "本周"),
        (date(2021, 12, 31), date(2022, 1, 3), "下周"),
    ],
)
def test_a_day_stands_under_its_week(today: date, day: date | None, group: str) -> None:
    assert group_of(today, day) == group


def test_everything_that_waits_is_in_the_agenda_once(sample_year: OpenWorkspace) -> None:
    found = waiting.items(on(sample_year, MONDAY))
    told = agenda(on(sample_year, MONDAY)).items
    assert sorted(map(str, found)) == sorted(str(item) for item in told if item.kind != COMING)
    waits = {(item.year, item.record, item.day) for item in told if item.kind != COMING}
    assert [
        item for item in told if item.kind == COMING and (item.year, item.record, item.day) in waits
    ] == []
    assert len({(item.year, item.kind, item.units, item.what) for item in told}) == len(told)


def test_groups_stand_in_order_and_the_earliest_day_first(sample_year: OpenWorkspace) -> None:
    groups = agenda(on(sample_year, MONDAY)).groups
    names = [group.name for group in groups]
    assert names == [name for name in GROUPS if name in names]
    assert len(names) >= 4
    for group in groups:
        days = [item.day or date.max for item in group.items]
        assert days == sorted(days)
        assert {group_of(MONDAY, item.day) for item in group.items} == {group.name}


def test_an_item_knows_its_day_record_paper_and_person(sample_year: OpenWorkspace) -> None:
    found = {(item.kind, item.record or item.paper): item for item in agenda(on(sample_year, MONDAY)).items}
    late = found["逾期", ("问题", "W2021-06")]
    assert (late.day, late.people, late.unit) == (date(2021, 10, 15), ("袁某某",), "兴安局党支部")
    assert found["未回复", ("整改函", "ZG3")].day == date(2021, 10, 20)
    assert found["未印发", ("督办函", "DB1")].command.startswith("issue ")
    assert found["未完成项目", ("项目", "XM02")].day == date(2021, 9, 30)
    assert found["计划检查", ("检查", "CC02")].day == date(2021, 11, 16)


def test_what_falls_due_soon_is_told_before_it_waits(sample_year: OpenWorkspace) -> None:
    early = agenda(on(sample_year, date(2021, 10, 1)))
    coming = [item for item in early.items if item.kind == COMING]
    assert ("整改函", "ZG3") in {item.record for item in coming}  # the reply that is due on 20 October
    assert all(date(2021, 10, 1) <= (item.day or date.min) <= date(2021, 10, 29) for item in coming)


def test_the_agenda_of_one_unit_and_of_one_person(sample_year: OpenWorkspace) -> None:
    every = agenda(on(sample_year, MONDAY))
    unit, person = every.of("兴安局党支部", ""), every.of("", "袁某某")
    assert unit.items
    assert {"兴安局党支部" in item.units for item in unit.items} == {True}
    assert {item.people for item in person.items} == {("袁某某",)}
    assert every.of("", "").items == every.items
    assert not every.of("没有这个单位", "").groups


def test_a_month_has_its_limits_on_their_days_and_knows_rest_days(sample_year: OpenWorkspace) -> None:
    weeks = weeks_of(on(sample_year, MONDAY).at, date(2021, 11, 15))
    days = {day.day: day for week in weeks for day in week}
    assert {len(week) for week in weeks} == {7}
    assert all(week[0].day.weekday() == 0 for week in weeks)
    assert [item.record for item in days[date(2021, 11, 5)].items] == [("问题", "W2021-07")]
    assert {day.day.day for day in days.values() if day.inside and day.off} == {6, 7, 13, 14, 20, 21, 27, 28}
    outside = [day for day in days.values() if not day.inside]
    assert outside
    assert not any(day.items for day in outside)


def test_a_month_tells_meetings_and_inspections_that_were_held(sample_year: OpenWorkspace) -> None:
    weeks = weeks_of(on(sample_year, MONDAY).at, date(2021, 4, 1))
    told = [item.what for week in weeks for day in week for item in day.items]
    assert any(words.startswith("反馈会：") for words in told)
    assert any(words.startswith("检查：") for words in told)
    assert next_month(date(2021, 12, 31)) == date(2022, 1, 1)


def on(opened: OpenWorkspace, day: date) -> OpenWorkspace:
    """The year on a day."""
    return replace(opened, at=opened.at.on(day))
