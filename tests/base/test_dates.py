"""Dates as people write them: read where they leave nothing open, else told what is missing; the same everywhere."""

from __future__ import annotations

from datetime import date

import pytest

from liangqing.base.dates import as_written_by_us, day_written, why_no_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-31",
        "2026-8-31",
        "2026.8.31",
        "2026.08.31",
        "2026/8/31",
        "2026年8月31日",
        "2026年08月31日",
        "2026 年 8 月 31 日",
        "2026年8月31号",
        "20260831",
        "２０２６年８月３１日",
        "２０２６．８．３１",
        "2026–8–31",
        " 2026-08-31 ",
        "\u30002026-08-31\u00a0",
        "2026-08-31\u200b",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert day_written(text) == date(2026, 8, 31)
    assert as_written_by_us(text) == "2026-08-31"


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("8/31", "没有写年"),
        ("8月31日", "没有写年"),
        ("2026.8", "没有写是哪一天"),
        ("2026年8月", "没有写是哪一天"),
        ("202608", "没有写是哪一天"),
        ("31.8.2026", "年没有写在前面"),
        ("26.8.31", "年只有两位"),
        ("9月底", "没有说是哪一天"),
        ("9月30日前", "没有说是哪一天"),
        ("2026-09-31", "9月只有30天"),
        ("2026年2月29日", "2026年2月只有28天"),
        ("20261301", "没有13月"),
        ("2026-08-00", "没有0日"),
        ("2021-W01-1", "看不出是哪一天"),
        ("尽快", "看不出是哪一天"),
        ("", "看不出是哪一天"),
    ],
)
def test_what_leaves_something_open_is_not_guessed(text: str, matter: str) -> None:
    assert day_written(text) is None
    assert as_written_by_us(text) == text
    said, write = why_no_day(text)
    assert said == matter
    assert write


def test_what_is_missing_is_told_with_the_numbers_that_are_there() -> None:
    assert why_no_day("8/1")[1] == "前面补上四位的年，写成「四位年-08-01」"
    assert why_no_day("2026.8")[1] == "补上日，写成「2026-08-两位日」"


@pytest.mark.parametrize(
    "text", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "9999年1月1日", "00210304"]
)
def test_a_day_that_no_office_means_is_none(text: str) -> None:
    assert day_written(text) is None
    matter, write = why_no_day(text)
    assert "年不像是真的" in matter and "1900 到 2200" in write


@pytest.mark.parametrize("text", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_read(text: str) -> None:
    assert day_written(text) == date.fromisoformat(text)
