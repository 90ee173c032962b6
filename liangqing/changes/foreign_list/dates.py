"""Dates as people write them in lists; what leaves day, month or year open is no date."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

_WRITTEN = (
    re.compile(r"(\d{4})\s*[-/.．。]\s*(\d{1,2})\s*[-/.．。]\s*(\d{1,2})日?"),
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_SERIALS = range(36526, 55153)  # 2000 to 2050, as a spreadsheet counts days
_WIDE = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")


def day_of(value: object) -> date | None:
    """The day that a cell means, or None."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value in _SERIALS:
        found = from_excel(value)
        return found.date() if isinstance(found, datetime) else None
    if not isinstance(value, str):
        return None
    text = value.translate(_WIDE).strip()
    for pattern in _WRITTEN:
        written = pattern.fullmatch(text)
        if written:
            try:
                return date(*map(int, written.groups()))
            except ValueError:
                return None
    return None
