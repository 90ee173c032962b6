"""Figures over a span of days: by the rules of the year, over random years and against a count of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from random_year import Count, Written, found_on, generate, unit_called
from written_year import register_of, write

from liangqing.base.spans import HALF, MONTH, QUARTER, TimeSpan, in_year, of_calendar, span_written
from liangqing.data import workspace
from liangqing.variables.figures import (
    DISTINCT,
    EVENT,
    FIGURES,
    FIGURES_OVER,
    SPAN_FIGURES,
    STATE,
    YEAR_FIGURES,
    Figure,
)
from liangqing.variables.table import build
from liangqing.year.state.periods import SpanCounted, over, span_before, span_year_before
from liangqing.year.state.standing import Standing

YEARS = 60
PARTS = 2
# Events that nothing takes back: over the months of a year they come to exactly the figure of the year.
ADDED_UP = ("集中监督检查次数", "其他检查次数", "发现问题数")
# Events that may be counted in two months (sent anew, superseded, extended twice): together never less than the year.
AT_LEAST = ("自查份数", "自查问题数", "整改函份数", "延期数", "销号数", "新反弹数")


def years_of(root: Path, seed: int) -> tuple[Written, dict[int, Standing]]:
    """The years of a random group, each on 31 December of the last of them."""
    written = generate(seed)
    write(root, written)
    read, book = workspace.load(root), register_of(written)
    assert read.diagnostics == ()
    last = date(max(read.years), 12, 31)
    return written, {number: Standing(year, book, last, read.years) for number, year in read.years.items()}


def figures(counted: SpanCounted | None) -> dict[str, object]:
    assert counted is not None
    return build(FIGURES_OVER.rows, counted, {name: {} for name in FIGURES_OVER.rows})


def of_year(at: Standing) -> dict[str, object]:
    return build(FIGURES.rows, at, {name: {} for name in FIGURES.rows})


def numbers(counted: SpanCounted | None) -> dict[str, int]:
    return {name: value for name, value in figures(counted).items() if isinstance(value, int)}


def random_groups(tmp_path: Path, part: int) -> Iterator[tuple[Written, dict[int, Standing]]]:
    for seed in range(part, YEARS, PARTS):
        yield years_of(tmp_path / str(seed), seed)


@pytest.mark.many
@pytest.mark.parametrize("part", range(PARTS))
def test_a_whole_year_as_a_span_gives_exactly_the_figures_of_the_year(tmp_path: Path, part: int) -> None:
    for _, years in random_groups(tmp_path, part):
        for number, at in years.items():
            told = figures(over(at, of_calendar(number, 12, 1)))
            year = of_year(at.on(date(number, 12, 31)))
            assert {name: told[name] for name in year} == year


@pytest.mark.many
@pytest.mark.parametrize("part", range(PARTS))
def test_months_quarters_and_halves_add_up_where_a_figure_is_additive(tmp_path: Path, part: int) -> None:
    for _, years in random_groups(tmp_path, part):
        for number, at in years.items():
            year = numbers(over(at, of_calendar(number, 12, 1)))
            for months in (MONTH, QUARTER, HALF):
                parts = [numbers(over(at, span)) for span in in_year(number, months)]
                sums = {name: sum(each[name] for each in parts) for name in year}
                assert {name: sums[name] for name in ADDED_UP} == {name: year[name] for name in ADDED_UP}
                assert all(sums[name] >= year[name] for name in AT_LEAST)
                most = max(each["涉及单位数"] for each in parts)
                assert most <= year["涉及单位数"] <= sums["涉及单位数"]


@pytest.mark.many
@pytest.mark.parametrize("part", range(PARTS))
def test_what_stands_is_told_of_the_last_day_as_the_year_tells_it(tmp_path: Path, part: int) -> None:
    states = [
        name
        for name, figure in YEAR_FIGURES.items()
        if not isinstance(figure, Figure) or figure.sort == STATE
    ]
    for _, years in random_groups(tmp_path, part):
        for number, at in years.items():
            for span in in_year(number, QUARTER):
                told, year = figures(over(at, span)), of_year(at.on(span.last))
                assert {name: told[name] for name in states} == {name: year[name] for name in states}


def test_every_figure_is_of_a_sort_that_the_tests_know() -> None:
    sorts = {
        name: figure.sort
        for name, figure in {**YEAR_FIGURES, **SPAN_FIGURES}.items()
        if isinstance(figure, Figure)
    }
    assert {name for name, sort in sorts.items() if sort == EVENT} == {*ADDED_UP, *AT_LEAST}
    assert [name for name, sort in sorts.items() if sort == DISTINCT] == ["涉及单位数"]


def counted_by_hand(written: Written, number: int, span: TimeSpan) -> dict[str, int]:
    """Some figures of a span inside one year, straight from what was written."""
    count = Count(written, number, span.last)
    first = date.min if span.first == date(number, 1, 1) else span.first

    def within(day: date) -> bool:
        return first <= day <= span.last

    sections = written.years[number]
    found = [group for group in count.found() if within(min(found_on(sections, each) for each in group))]
    units = {
        unit_called(sections, each["单位"])["编号"]
        for group in count.found()
        for each in group
        if within(found_on(sections, each))
    }
    return {
        "自查份数": sum(within(each["审核日期"]) for each in count.self_checks()),
        "集中监督检查次数": sum(
            within(each["开始日期"]) for each in count.begun() if each["类型"] == "集中清查"
        ),
        "其他检查次数": sum(within(each["开始日期"]) for each in count.begun() if each["类型"] != "集中清查"),
        "发现问题数": len(found),
        "涉及单位数": len(units),
        "整改函份数": sum(within(line["成文日期"]) for line in count.letters()),
        "没有销号数": sum(not count.closed(group) for group in count.found()),
    }


@pytest.mark.many
@pytest.mark.parametrize("part", range(PARTS))
def test_the_figures_of_a_span_are_those_counted_by_hand(tmp_path: Path, part: int) -> None:
    for written, years in random_groups(tmp_path, part):
        for number, at in years.items():
            odd = TimeSpan(date(number, 3, 10), date(number, 10, 20))
            for span in (*in_year(number, QUARTER), odd):
                wanted = counted_by_hand(written, number, span)
                told = numbers(over(at, span))
                assert {name: told[name] for name in wanted} == wanted


def two_years(tmp_path: Path) -> dict[int, Standing]:
    """The first random group with two years."""
    for seed in range(YEARS):
        _, years = years_of(tmp_path / str(seed), seed)
        if len(years) == 2:
            return years
    raise AssertionError("no group of two years")


def test_a_span_over_two_years_counts_both_and_its_states_on_the_last_day(tmp_path: Path) -> None:
    years = two_years(tmp_path)
    first, second = sorted(years)
    whole = TimeSpan(date(first, 1, 1), date(second, 12, 31))
    told = numbers(over(years[second], whole))
    day = date(second, 12, 31)
    apart = [of_year(years[number].on(day)) for number in (first, second)]
    for name in (*ADDED_UP, "应整改数", "已销号数", "逾期数"):
        assert told[name] == sum(year[name] for year in apart)  # type: ignore[misc]
    assert told["单位数"] == apart[1]["单位数"]
    rolling = over(years[second], TimeSpan(date(first, 7, 1), date(second, 6, 30)))
    assert rolling is not None and [share.at.year.year for share in rolling.shares] == [first, second]


def test_what_is_still_to_come_is_not_counted_and_compared_with_as_many_days(tmp_path: Path) -> None:
    _, years = years_of(tmp_path, 3)
    number, at = max(years.items())
    then = at.on(date(number, 5, 20))
    may = of_calendar(number, MONTH, 5)
    told = over(then, may)
    assert told is not None and (told.whole, told.span.last) == (may, date(number, 5, 20))
    assert span_before(told).last == date(number, 4, 20)
    assert span_year_before(told).last == date(number - 1, 5, 20)
    assert over(then, of_calendar(number, MONTH, 6)) is None
    assert over(then, may.year_before) is None or number - 1 in years


def test_a_year_without_data_is_named_as_missing(tmp_path: Path) -> None:
    _, years = years_of(tmp_path, 3)
    number, at = min(years.items())
    span = span_written(f"{number - 1}-07至{number}-06")
    assert span is not None
    told = over(at, span)
    assert told is not None and told.missing == [number - 1]
    assert told.shares[0].since == date.min
    assert over(at, of_calendar(number - 1, 12, 1)) is None


def test_an_event_on_the_first_and_on_the_last_day_counts_and_the_days_beside_do_not(tmp_path: Path) -> None:
    _, years = years_of(tmp_path, 3)
    number, at = max(years.items())
    day = min(visit.begins for visit in at.year.inspections if visit.begins > date(number, 1, 2))
    names = ("集中监督检查次数", "其他检查次数")

    def begun(first: date, last: date) -> int:
        told = numbers(over(at, TimeSpan(first, last)))
        return sum(told[name] for name in names)

    wanted = sum(visit.begins == day for visit in at.year.inspections)
    assert begun(day, day) == wanted
    one = timedelta(1)
    assert begun(day - one, day) - begun(day - one, day - one) == wanted
    assert begun(day, day + one) - begun(day + one, day + one) == wanted
