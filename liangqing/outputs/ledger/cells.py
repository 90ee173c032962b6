"""Cells of the ledger: how they look, and how a value goes into one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.outputs.ledger.columns import Value

Properties = Mapping[str, object]  # what XlsxWriter calls the properties of a format

_RISKY = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for the beginning of a formula

_DIGIT = 7  # pixels, as XlsxWriter counts

# No family and no theme colour, so that the face alone says which font it is, and the text is black.
_FACE: Properties = {"font_name": "宋体", "font_family": 0, "theme": -1}
_FRAME: Properties = {"border": 1, "border_color": "#BFBFBF"}
TITLE: Properties = {**_FACE, "font_size": 16, "bold": True}
NOTE: Properties = {**_FACE, "font_size": 10, "theme": 0, "font_color": "#595959"}
BODY: Properties = {**_FACE, **_FRAME, "font_size": 10, "align": "left", "valign": "vcenter"}
HEAD: Properties = {**BODY, "bold": True, "align": "center", "bg_color": "#E7E6E6"}


class CellLook(NamedTuple):
    """The format of a cell, and that of one whose text a spreadsheet might take for a formula."""

    plain: Format
    quoted: Format


def look(book: Workbook, properties: Properties) -> CellLook:
    """A look by its properties; {} is that of a new workbook."""
    return CellLook(*(book.add_format({**properties, "quote_prefix": quoted}) for quoted in (False, True)))


def put(target: Worksheet, row: int, place: int, value: Value, shown: CellLook) -> None:
    """Write a value into a cell, both counted from 0; None and an empty text leave it blank.

    A text stays text, whatever it begins with. Rows of a sheet are to be written from the top.
    """
    if value is None or value == "":
        target.write_blank(row, place, None, shown.plain)
    elif isinstance(value, str):
        _put_text(target, row, place, value, shown)
    elif isinstance(value, date):
        target.write_datetime(row, place, value, shown.plain)
    else:
        target.write_number(row, place, value, shown.plain)


def set_width(
    target: Worksheet, place: int, digits: float, *, hidden: bool = False, shown: CellLook | None = None
) -> None:
    """Make a column as wide as so many digits, the margins of its cells included; `shown` is how empty cells look."""
    look_of = None if shown is None else shown.plain
    target.set_column_pixels(place, place, digits * _DIGIT, look_of, {"hidden": hidden})


def set_height(target: Worksheet, row: int, points: float, *, shown: CellLook | None = None) -> None:
    """Make a row as high as that, to be said before it is written; `shown` is how its empty cells look."""
    look_of = None if shown is None else shown.plain
    target.set_row_pixels(row, points * 4 / 3, look_of)  # 96 pixels to 72 points


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text.startswith(_RISKY)


def _put_text(target: Worksheet, row: int, place: int, text: str, shown: CellLook) -> None:
    chosen = shown.quoted if is_risky(text) else shown.plain
    if text.startswith("<r>"):  # XlsxWriter would take it for the XML of a text in parts: give it such a text
        parts = (chosen, text[0], chosen, text[1:])
        target.write_rich_string(row, place, *parts, chosen)
    else:
        target.write_string(row, place, text, chosen)
