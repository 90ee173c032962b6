"""Spans of days: read as people write them, named, and set beside the one before and that of last year."""

from __future__ import annotations

from datetime import date

import pytest

from liangqing.base.spans import HALF, MONTH, QUARTER, YEAR, in_year, of_calendar, span_written

# What is written; the name, the code, the one before, that of last year. None: it names no span.
WRITTEN = {
    "2021-05": ("2021年5月", "2021-05", "2021-04", "2020-05"),
    "2021年5月": ("2021年5月", "2021-05", "2021-04", "2020-05"),
    "202105": ("2021年5月", "2021-05", "2021-04", "2020-05"),
    "２０２１年１月": ("2021年1月", "2021-01", "2020-12", "2020-01"),
    "5月": ("2022年5月", "2022-05", "2022-04", "2021-05"),
    "2021-2季度": ("2021年第二季度", "2021-2季度", "2021-1季度", "2020-2季度"),
    "2021年第二季度": ("2021年第二季度", "2021-2季度", "2021-1季度", "2020-2季度"),
    "2021Q1": ("2021年第一季度", "2021-1季度", "2020-4季度", "2020-1季度"),
    "二季度": ("2022年第二季度", "2022-2季度", "2022-1季度", "2021-2季度"),
    "2021年上半年": ("2021年上半年", "2021-上半年", "2020-下半年", "2020-上半年"),
    "2021H2": ("2021年下半年", "2021-下半年", "2021-上半年", "2020-下半年"),
    "2021年度": ("2021年", "2021", "2020", "2020"),
    "2021-05-01至2021-05-31": ("2021年5月", "2021-05", "2021-04", "2020-05"),
    "2021.3.10～2021.4.20": (
        "2021年3月10日至2021年4月20日",
        "2021-03-10至2021-04-20",
        "2021-01-27至2021-03-09",
        "2020-03-10至2020-04-20",
    ),
    "2020-07至2021-06": (
        "2020年7月1日至2021年6月30日",
        "2020-07-01至2021-06-30",
        "2019-07-01至2020-06-30",
        "2019-07-01至2020-06-30",
    ),
    "2020-02-29至2020-03-02": (
        "2020年2月29日至2020年3月2日",
        "2020-02-29至2020-03-02",
        "2020-02-26至2020-02-28",
        "2019-02-28至2019-03-02",
    ),
    "2021年5月9日": ("2021年5月9日", "2021-05-09", "2021-05-08", "2020-05-09"),
    "2021-02": ("2021年2月", "2021-02", "2021-01", "2020-02"),
    "2021-04-20至2021-03-10": None,
    "2021-13": None,
    "2021-5季度": None,
    "0001-05": None,
    "ZG1": None,
    "": None,
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_span_is_read_as_people_write_it(text: str) -> None:
    span = span_written(text, 2022)
    told = span and (span.name, span.code, span.before.code, span.year_before.code)
    assert told == WRITTEN[text]
    assert span is None or span_written(span.code) == span


def test_without_its_year_it_is_of_no_year_of_itself() -> None:
    assert [span_written(text) for text in ("5月", "二季度", "上半年")] == [None] * 3


def test_february_of_last_year_ends_where_it_ended() -> None:
    assert of_calendar(2021, MONTH, 2).year_before.last == date(2020, 2, 29)
    assert of_calendar(2020, MONTH, 2).year_before.last == date(2019, 2, 28)


@pytest.mark.parametrize("months", [MONTH, QUARTER, HALF, YEAR])
def test_the_spans_of_a_year_stand_one_after_the_other(months: int) -> None:
    spans = in_year(2024, months)
    assert (spans[0].first, spans[-1].last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert [span.before for span in spans[1:]] == spans[:-1]
    assert {span.length for span in spans} == {months}


def test_what_is_over_of_a_span() -> None:
    may = of_calendar(2021, MONTH, 5)
    assert may.until(date(2021, 6, 3)) == may
    assert may.until(date(2021, 5, 20)).code == "2021-05-01至2021-05-20"
