"""The sheets of a file that others made: what stands in them, merged, hidden, or in a .csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base import bounds
from liangqing.base.bounds import read_file
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.changes.ledger_workbook import cell_text, open_book
from liangqing.changes.table_heads import Values, cells_there, values_of
from liangqing.changes.workbook_bytes import as_xlsx, data_of, not_a_workbook
from liangqing.outputs.ledger.sheets import ORIGINALS

At = tuple[int, int]  # row and column, both from 1
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class ListCell:
    """A value, where it stands, and the heads over it (empty where it stands under none)."""

    value: Any
    place: Place
    head: str = ""

    @property
    def text(self) -> str:
        """As text; a value that has none as it is shown."""
        text = cell_text(self.value)
        return str(self.value) if text is None else text

    def __str__(self) -> str:
        head = f"「{self.head}」" if self.head else ""
        return f"{self.place.detail or self.place}{head}：{self.text}".replace("\n", "　")


@dataclass(frozen=True)
class ListSheet:
    """A sheet: values by row and column. A merged cell counts in all of its places; `anchor` tells which is its first."""

    file: str
    name: str
    values: Values
    anchors: Mapping[At, At] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    formulas: Mapping[At, str] = field(default_factory=dict)  # those that were never worked out
    remarks: Mapping[At, str] = field(default_factory=dict)  # 批注
    in_ledger: bool = False  # whether it stands in a ledger of ours

    @cached_property
    def height(self) -> int:
        """The last row with anything in it."""
        return max((row for row, _ in self.values), default=0)

    @cached_property
    def width(self) -> int:
        """The last column with anything in it."""
        return max((column for _, column in self.values), default=0)

    @cached_property
    def _columns_of(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.values):
            found.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in found.items()}

    def anchor(self, row: int, column: int) -> At:
        """The first place of the cell: its own, unless it is merged."""
        return self.anchors.get((row, column), (row, column))

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands, as a person finds it."""
        return Place(self.file, detail=f"{self.name}!{get_column_letter(column)}{row}")

    def cell(self, row: int, column: int, head: str = "") -> ListCell:
        """The cell at a place; merged, it is called by its first one."""
        return ListCell(self.values.get((row, column)), self.place(*self.anchor(row, column)), head)

    def columns(self, row: int) -> tuple[int, ...]:
        """The columns of a row that show anything."""
        return self._columns_of.get(row, ())

    def own(self, row: int) -> list[tuple[int, Any]]:
        """What a row shows, each cell once: a merged one where it begins in this row, from left to right."""
        return [
            (column, self.values[row, column])
            for column in self.columns(row)
            if self.anchor(row, column) == (row, column)
        ]

    def texts(self, row: int) -> list[str]:
        """The texts that a row shows, each cell once, also what hangs down into it from a merged cell above."""
        anchors = dict.fromkeys(self.anchor(row, column) for column in self.columns(row))
        return [ListCell(self.values[anchor], Place("")).text for anchor in anchors]


def sheets_of(path: Path) -> Iterator[ListSheet]:
    """The sheets of a workbook or .csv. Raises Problems for a file that can't be read."""
    if path.suffix.lower() in (".csv", ".txt"):
        yield _of_csv(path)
        return
    data = as_xlsx(data_of(path, path.name), path.name)
    book, formulas = open_book(data, path.name, values_only=True), open_book(data, path.name)
    for page in book.worksheets:
        made = _of_page(path.name, page, formulas[page.title])
        yield replace(made, in_ledger=ORIGINALS in book.sheetnames)


def _of_page(file: str, page: Worksheet, written: Worksheet) -> ListSheet:
    values = {
        at: value for at, value in values_of(page).items() if not isinstance(value, str) or value.strip()
    }
    anchors: dict[At, At] = {}
    for merged in page.merged_cells.ranges:
        first = (merged.min_row, merged.min_col)
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                anchors[row, column] = first
                if first in values:
                    values[row, column] = values[first]
    formulas = {
        at: str(value)
        for at, value in values_of(written).items()
        if at not in values and written.cell(*at).data_type == "f"
    }
    remarks = {
        (cell.row, cell.column): cell.comment.text.strip()
        for cell in cells_there(written)
        if cell.comment is not None
    }
    return ListSheet(
        file=file,
        name=page.title,
        values=values,
        anchors=anchors,
        hidden_rows=frozenset(row for row, size in page.row_dimensions.items() if size.hidden),
        hidden_columns=frozenset(_hidden_columns(page)),
        hidden=page.sheet_state != "visible",
        formulas=formulas,
        remarks=remarks,
    )


def _hidden_columns(page: Worksheet) -> Iterator[int]:
    for size in page.column_dimensions.values():
        if size.hidden and size.min and size.max:
            yield from range(size.min, min(size.max, page.max_column) + 1)


def _of_csv(path: Path) -> ListSheet:
    text = _text_of(path)
    if text.count(delimiter := _delimiter(text)) + text.count("\n") > bounds.BOOK_CELLS:
        message = f"表格太大：超过 {bounds.BOOK_CELLS} 格"
        advice = "删去多余的空行空列，或拆成几个文件"
        raise refuse(Code.SHEET_TOO_LARGE, Place(path.name), message, advice)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:  # a quote that never ends
        message = "这个 .csv 文件读不出来：引号有头没有尾，或有一格太长"
        raise not_a_workbook(path.name, message) from None
    values = {
        (row, column): text.strip()
        for row, cells in enumerate(rows, start=1)
        for column, text in enumerate(cells, start=1)
        if text.strip()
    }
    return ListSheet(path.name, path.stem, values)


def _text_of(path: Path) -> str:
    data = read_file(path, Place(path.name), bounds.LIST_FILE)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise not_a_workbook(path.name, "这个 .csv 文件的文字认不出来")


def _delimiter(text: str) -> str:
    head = text[:4000]
    return max(",\t;，", key=head.count)
