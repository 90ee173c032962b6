"""Rows of the ledger written whole: the same XML that XlsxWriter makes cell by cell, in a fraction of its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TextIO

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from liangqing.outputs.ledger.cells import CellLook, is_risky, put, set_height
from liangqing.outputs.ledger.columns import Value

_SERIAL_FROM, _DAY_NOUGHT = date(1900, 3, 1), date(1899, 12, 30)  # Excel takes 1900 for a leap year
# What XlsxWriter writes otherwise than it stands.
_ODD = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class RowWriter:
    """Writes rows of a sheet of a workbook in constant memory; cells look as `looks` says for each column from the first.

    None and an empty text leave a cell blank, but for those of the two that are `skipped`: there is no cell then.
    """

    def __init__(self, target: Worksheet, looks: Sequence[CellLook], skipped: tuple[Value, ...] = ()) -> None:
        self._target, self._looks, self._skipped = target, looks, skipped
        self._columns: dict[tuple[int, bool], tuple[str, str]] = {}

    def write(self, row: int, values: Sequence[Value], points: float | None = None) -> None:
        """A row, counted from 0, below all that were written; `points` is its height, None as usual."""
        if any(map(_is_odd, values)):
            self._put(row, values, points)
            return
        file = self._begun(row, len(values))
        height = "" if points is None else f' ht="{points:.16g}" customHeight="1"'
        number, skipped = row + 1, self._skipped
        cells = [
            self._cell(place, number, value) for place, value in enumerate(values) if value not in skipped
        ]
        file.write(f'<row r="{number}"{height}>{"".join(cells)}</row>')

    def _begun(self, row: int, width: int) -> TextIO:
        """Where the XML of a row of so many columns goes, when all before it is written; nothing else is put into it."""
        target = self._target
        for place in (0, width - 1):
            target._check_dimensions(row, place)
        if row > target.previous_row:
            target._write_single_row(row)
        file: TextIO = target.fh
        return file

    def _cell(self, place: int, number: int, value: Value) -> str:
        if value is None or value == "":
            name, style = self._column(place, False)
            return f'<c r="{name}{number}" s="{style}"/>'
        if isinstance(value, str):
            name, style = self._column(place, is_risky(value))
            return f'<c r="{name}{number}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
        told = (value - _DAY_NOUGHT).days if isinstance(value, date) else value
        name, style = self._column(place, False)
        return f'<c r="{name}{number}" s="{style}"><v>{told:.16G}</v></c>'

    def _column(self, place: int, quoted: bool) -> tuple[str, str]:
        """The letters of a column and the number of its style; styles are numbered as they are first used."""
        key = place, quoted
        if key not in self._columns:
            self._columns[key] = xl_col_to_name(place), str(self._looks[place][quoted]._get_xf_index())
        return self._columns[key]

    def _put(self, row: int, values: Sequence[Value], points: float | None) -> None:
        if points is not None:
            set_height(self._target, row, points)
        for place, value in enumerate(values):
            if value not in self._skipped:
                put(self._target, row, place, value, self._looks[place])


def _is_odd(value: Value) -> bool:
    """Whether it is left to XlsxWriter."""
    if isinstance(value, str):
        return _ODD.search(value) is not None
    return isinstance(value, date) and value < _SERIAL_FROM
