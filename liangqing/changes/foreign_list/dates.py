"""Dates in the cells of lists; what leaves day, month or year open is no date."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

from liangqing.base.dates import day_written

_SERIALS = range(36526, 55153)  # 2000 to 2050, as a spreadsheet counts days
_BEFORE = re.compile(r"\s*(?:前|之前|以前|底前完成|前完成|止)$")
_BETWEEN = re.compile(r"\s*(?:至|到|—+|–|~|～|-{2}|-(?=\s*[0-9]{1,4}\s*[年月日.]))\s*")
_MONTH = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*月?(?![0-9])")


def day_of(value: object) -> date | None:
    """The day that a cell means, or None."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        found = from_excel(value) if value in _SERIALS else None
        return found.date() if isinstance(found, datetime) else day_written(str(value))
    return day_written(value) if isinstance(value, str) else None


def limit_of(value: object) -> date | None:
    """The day of a limit: 2026年8月31日前 is that day."""
    return day_of(_BEFORE.sub("", value)) if isinstance(value, str) else day_of(value)


def span_of(value: object) -> tuple[date, date] | None:
    """First and last day that a cell means: one day, or from one to another (2026年4月16日至17日)."""
    day = day_of(value)
    if day or not isinstance(value, str):
        return (day, day) if day else None
    pieces = _BETWEEN.split(value.strip())
    if len(pieces) != 2:
        return None
    first = day_of(pieces[0])
    last = first and _later(first, pieces[1])
    return (first, last) if first and last and first <= last else None


def _later(first: date, text: str) -> date | None:
    """The day that a text names after `first`, whose year and month it may leave out."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    if day_of(text) or len(numbers) not in (1, 2):
        return day_of(text)
    month, day = (first.month, numbers[0]) if len(numbers) == 1 else numbers
    try:
        return date(first.year, month, day)
    except ValueError:
        return None


def month_of(text: str) -> tuple[int, int] | None:
    """Year and month that a text names, though it leaves the day open; None where it does not."""
    found = _MONTH.match(text.strip())
    return (int(found[1]), int(found[2])) if found else None


def year_in(text: str) -> int | None:
    """The one year that a text names (2025年遗留); None for none and for several."""
    years = set(re.findall(r"(?<![0-9])(20[0-9]{2})(?=\s*年|年度|[^0-9]|$)", text))
    return int(years.pop()) if len(years) == 1 else None
