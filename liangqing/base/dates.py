"""Dates as people write them: the one reader of YAML, workbooks, forms, lists of others and the command line.

Year, month and day have to be there, in this order; the rest of the writing is free. Nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from liangqing.base.characters import plain

FIRST_YEAR, LAST_YEAR = 1900, 2200  # of all days that are read: what lies beyond is a slip of the pen

_HALF = str.maketrans("０１２３４５６７８９－／．。–—‐−", "0123456789-/..----")
_WHOLE = (
    re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*日?"),
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_PART = r"\s*([0-9]{1,2})\s*"
# Writings that leave something open: what is missing, and what to write ({0}, {1}: their own numbers).
_OPEN = (
    (
        re.compile(rf"{_PART}[-/.月]{_PART}[日号]?"),
        "没有写年",
        "前面补上四位的年，写成「四位年-{0:02d}-{1:02d}」",
    ),
    (
        re.compile(rf"([0-9]{{4}})\s*[-/.年]{_PART}月?"),
        "没有写是哪一天",
        "补上日，写成「{0}-{1:02d}-两位日」",
    ),
    (re.compile(r"([0-9]{4})([0-9]{2})"), "没有写是哪一天", "补上日，写成「{0}-{1:02d}-两位日」"),
    (
        re.compile(rf"{_PART}[-/.]{_PART}[-/.]\s*([0-9]{{4}})"),
        "年没有写在前面",
        "按年、月、日的次序写，如 2021-09-30",
    ),
    (
        re.compile(rf"([0-9]{{2}})\s*[-/.年]{_PART}[-/.月]{_PART}[日号]?"),
        "年只有两位",
        "年写四位，如 2021-09-30",
    ),
    (
        re.compile(r".*[底初旬前后末内].*|.*(左右|季度|半年).*"),
        "没有说是哪一天",
        "定下是哪一天再写，如 2021-09-30",
    ),
)
WRITE = "年、月、日写全，如 2021-09-30（2021.9.30、2021年9月30日 也可以）"


def day_written(text: str) -> date | None:
    """The day that a text names; None where it leaves year, month or day open, or where there is no such day, or
    its year is not from FIRST_YEAR to LAST_YEAR.

    2026-08-31, 2026.8.31, 2026/8/31, 2026年8月31日 and 20260831 are read, with full-width digits too and with
    blanks around.
    """
    day = _in_the_calendar(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _in_the_calendar(text: str) -> date | None:
    if len(text) == 10 and text[4] == "-" == text[7]:  # nearly all of them, at once
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    numbers = _numbers(text)
    try:
        return date(*numbers) if numbers else None
    except ValueError:
        return None


def as_written_by_us(text: str) -> str:
    """2026年8月31日 → 2026-08-31; what is no date stays what it is."""
    day = day_written(text)
    return text if day is None else day.isoformat()


def is_complete(text: str) -> bool:
    """Whether a text has year, month and day, though there may be no such day."""
    return _numbers(text) is not None


def why_no_day(text: str) -> tuple[str, str]:
    """Of a text that names no day: what is the matter (in a half sentence) and what to write."""
    numbers = _numbers(text)
    if _in_the_calendar(text) is not None:
        year = numbers[0] if numbers else 0
        return f"{year}年不像是真的", f"核对年份，写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的"
    if numbers:
        return _not_in_the_calendar(*numbers), "查一查是哪一天"
    short = plain(text).translate(_HALF)
    for pattern, matter, write in _OPEN:
        found = pattern.fullmatch(short)
        if found:
            numbers_there = (int(part) for part in found.groups() if part and part.isdigit())
            return matter, write.format(*numbers_there)
    return "看不出是哪一天", WRITE


def _numbers(text: str) -> tuple[int, int, int] | None:
    short = plain(text).translate(_HALF)
    for pattern in _WHOLE:
        found = pattern.fullmatch(short)
        if found:
            year, month, day = map(int, found.groups())
            return year, month, day
    return None


def _not_in_the_calendar(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    if day < 1:
        return "没有0日"
    if year < 1:
        return "没有0年"
    last = monthrange(year, month)[1]
    return f"{year}年2月只有{last}天" if month == 2 else f"{month}月只有{last}天"
