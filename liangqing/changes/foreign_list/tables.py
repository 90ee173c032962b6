"""The tables of a workbook: where the head is, of one row or two, and the rows under it with merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.changes.foreign_list.names import SECTIONS, key_of, plain
from liangqing.changes.ledger_workbook import cell_text

HEAD_WITHIN = 15  # rows, in which the head is looked for


@dataclass(frozen=True)
class ListCell:
    """A value and where it stands."""

    value: Any
    place: str
    head: str

    @property
    def text(self) -> str:
        """As text; a value that has none as it is shown."""
        text = cell_text(self.value)
        return str(self.value) if text is None else text


@dataclass(frozen=True)
class ListTable:
    """A sheet that holds records of a section: keys by column, and what stands above the rows."""

    sheet: str
    section: str
    heads: dict[int, str]
    keys: dict[int, str]
    rows: list[dict[int, ListCell]]


def table_of(page: Worksheet) -> ListTable | None:
    """The table of a sheet; None where no section's columns are found."""
    grid = _filled(page)
    found = [
        (len(set(keys.values())), section == page.title, -number, section, number, height, keys)
        for number in range(1, min(page.max_row, HEAD_WITHIN) + 1)
        for height in (1, 2)
        for section in SECTIONS
        if (keys := _keys(grid, number, height, section, page.max_column)) is not None
    ]
    if not found:
        return None
    *_, section, number, height, keys = max(found, key=lambda candidate: (*candidate[:3], -candidate[5]))
    heads = {
        column: "/".join(dict.fromkeys(_heads(grid, number, height, column)))
        for column in range(1, page.max_column + 1)
    }
    rows = [
        {
            column: ListCell(
                grid.get((row, column)), f"{page.title}!{get_column_letter(column)}{row}", heads[column]
            )
            for column in heads
            if grid.get((row, column)) is not None
        }
        for row in range(number + height, page.max_row + 1)
    ]
    return ListTable(page.title, section, heads, keys, [row for row in rows if row])


def _filled(page: Worksheet) -> dict[tuple[int, int], Any]:
    """Values by row and column; a merged cell counts in all of its places."""
    grid = {
        (cell.row, cell.column): cell.value
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    for merged in page.merged_cells.ranges:
        value = grid.get((merged.min_row, merged.min_col))
        if value is not None:
            for row in range(merged.min_row, merged.max_row + 1):
                for column in range(merged.min_col, merged.max_col + 1):
                    grid[row, column] = value
    return grid


def _heads(grid: dict[tuple[int, int], Any], number: int, height: int, column: int) -> Iterator[str]:
    for row in range(number, number + height):
        value = grid.get((row, column))
        if value is not None:
            yield str(value).strip()


def _keys(
    grid: dict[tuple[int, int], Any], number: int, height: int, section: str, width: int
) -> dict[int, str] | None:
    """Keys by column, each once, where a head of `height` rows begins in row `number`; None where it does not."""
    keys: dict[int, str] = {}
    for column in range(1, width + 1):
        heads = tuple(_heads(grid, number, height, column))
        key = key_of(heads, section) if heads and all(len(plain(head)) <= 16 for head in heads) else None
        if key is not None and key not in keys.values():
            keys[column] = key
    _, needed = SECTIONS[section]
    return keys if all(any(key in keys.values() for key in group) for group in needed) else None
