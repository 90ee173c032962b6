"""Working days: the national calendar, a year that a person wrote, a place's own days, and no guessing."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from conftest import Run
from records import read
from sample import ROOT
from small import told

from liangqing.base.workdays import Calendar

NATIONAL = Calendar()


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2021-10-01", True),  # National Day
        ("2021-10-08", False),  # Friday after it
        ("2021-10-09", False),  # Saturday that is worked
        ("2021-10-10", True),  # Sunday
    ],
)
def test_the_national_calendar(day: str, off: bool) -> None:
    assert NATIONAL.is_day_off(date.fromisoformat(day)) is off


def test_counting_leaves_out_the_first_day_and_days_off() -> None:
    before, after = date(2021, 9, 30), date(2021, 10, 11)
    assert NATIONAL.after(before, 2) == date(2021, 10, 9)
    assert NATIONAL.after(date(2021, 10, 11), -3) == before
    assert NATIONAL.between(before, after) == 3
    assert NATIONAL.between(after, before) == 0
    assert NATIONAL.after(before, 0) == before


def test_a_count_beyond_all_calendars_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="太远"):
        NATIONAL.after(date(2021, 1, 1), 999_999_999)


def test_a_place_has_days_of_its_own() -> None:
    here = Calendar({date(2021, 4, 14): True, date(2021, 4, 17): False})
    assert here.is_day_off(date(2021, 4, 14)) and not NATIONAL.is_day_off(date(2021, 4, 14))
    assert not here.is_day_off(date(2021, 4, 17)) and NATIONAL.is_day_off(date(2021, 4, 17))


def test_a_year_without_a_calendar_is_counted_by_its_weekends() -> None:
    friday, monday = date(2099, 1, 2), date(2099, 1, 5)
    assert not NATIONAL.knows(2099) and NATIONAL.knows(2021)
    assert NATIONAL.after(friday, 1) == monday
    assert NATIONAL.between(friday, date(2099, 1, 12)) == 6
    assert NATIONAL.is_day_off(date(2099, 1, 3)) and not NATIONAL.is_day_off(date(2099, 10, 1))
    assert Calendar({monday: True}).after(friday, 1) == date(2099, 1, 6)


def test_a_span_is_known_when_all_its_years_are() -> None:
    here = Calendar(stated={2098: {}})
    inside, last = date(2098, 1, 1), date(2098, 12, 31)
    assert not here.presumes(inside, last)
    for first, other in ((last, date(2099, 1, 1)), (date(2099, 1, 1), last), (date(2021, 1, 1), last)):
        assert here.presumes(first, other)
    assert not NATIONAL.presumes(date(2020, 12, 31), date(2021, 1, 1))


def test_the_manual_names_the_last_year_that_is_built_in() -> None:
    last = max(year for year in range(2021, 2100) if NATIONAL.knows(year))
    text = (ROOT / "docs/使用手册/跟进和新年度.md").read_text("utf-8")
    assert f"随程序带的到 {last} 年" in text


WRITTEN = """\
调休:
  - {年度: 2099, 放假: [2099-10-01至2099-10-07, 2099-05-01], 上班: [2099-10-10]}
"""


def test_a_year_that_a_person_wrote(run: Run) -> None:
    finding = "checklists/2021/问题.yaml"
    run.edit(finding, "整改时限: 2021-12-15", "整改时限: 2099-10-10")
    said = run("check")[2]
    assert said.count("D805") == 1 and "D805 没有 2099 年的节假日安排，2099 年的工作日暂按双休推算" in said
    (run.root / "checklists/调休.yaml").write_text(WRITTEN, "utf-8")
    assert "2099" not in run("check")[2]
    run.edit(finding, "整改时限: 2099-10-10", "整改时限: 2099-10-06")
    assert "D804 问题 W2021-08 的时限（2099年10月6日）是休息日" in run("check")[2]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("放假: [2098-10-01]", "「放假」里的日期不是 2099 年的"),
        ("放假: [2099-10-07至2099-10-01]", "应为日期或起止日期"),
        ("放假: [2099-02-30]", "应为日期或起止日期"),
        ("放假: [2099-10-01至]", "应为日期或起止日期"),
        ("放假: []", "「放假」"),
        ("上班: [2099-10-10]", "缺"),
    ],
)
def test_what_is_no_arrangement(written: str, says: str) -> None:
    reading = read(f"调休:\n  - 年度: 2099\n    {written}\n")
    assert says in told(reading.diagnostics)
    assert not reading.records


def test_from_the_first_to_the_last_day_that_there_is_is_counted_at_once() -> None:
    began = time.process_time()
    assert NATIONAL.between(date.min, date.max) > 2_600_000 * 5 // 7
    assert NATIONAL.between(date.max, date.min) == 0
    for day, count in ((date.max, 1), (date.min, -1), (date(9999, 12, 1), 4000)):
        with pytest.raises(ValueError, match="太远"):
            NATIONAL.after(day, count)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("years", [(2001, 2031), (1999, 2040), (2021, 2045)])
def test_a_long_span_is_counted_day_by_day_or_reckoned_with_one_result(years: tuple[int, int]) -> None:
    here = Calendar({date(2035, 3, 1): True, date(2035, 3, 3): False}, {2033: {date(2033, 5, 4): True}})
    first, last = date(years[0], 3, 4), date(years[1], 10, 9)
    days = (first + timedelta(count) for count in range(1, (last - first).days + 1))
    assert here.between(first, last) == sum(not here.is_day_off(day) for day in days)
