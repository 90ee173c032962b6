"""Dates in the cells of lists; what leaves day, month or year open is no date."""

from __future__ import annotations

from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

from liangqing.base.dates import day_written

_SERIALS = range(36526, 55153)  # 2000 to 2050, as a spreadsheet counts days


def day_of(value: object) -> date | None:
    """The day that a cell means, or None."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value in _SERIALS:
        found = from_excel(value)
        return found.date() if isinstance(found, datetime) else None
    return day_written(value) if isinstance(value, str) else None
