"""The tables of a workbook: where the head is, of one row or two, and the rows under it with merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.changes.foreign_list.names import SECTIONS, key_of, plain
from liangqing.changes.ledger_workbook import cell_text
from liangqing.changes.table_heads import TableHead, Values, heads_in, heads_over, values_of

HEAD_WITHIN = 15  # rows, in which the head is looked for
LONGEST_HEAD = 16  # characters; what is longer is text


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
    values = _filled(page)
    found = [(section, head) for section in SECTIONS for head in _heads(values, page, section)]
    if not found:
        return None
    section, head = max(found, key=lambda pair: _fit(page, *pair))
    heads = {
        column: "/".join(dict.fromkeys(heads_over(values, head.row, head.height, column)))
        for column in range(1, page.max_column + 1)
    }
    rows = [
        {
            column: ListCell(
                values[row, column], f"{page.title}!{get_column_letter(column)}{row}", heads[column]
            )
            for column in heads
            if (row, column) in values
        }
        for row in range(head.row + head.height, page.max_row + 1)
    ]
    return ListTable(page.title, section, heads, head.keys, [row for row in rows if row])


def _fit(page: Worksheet, section: str, head: TableHead) -> tuple[int, bool, int, int]:
    """How well a head serves: many keys, then a sheet called after the section, then far above, then of one row."""
    return len(head.keys), section == page.title, -head.row, -head.height


def _filled(page: Worksheet) -> Values:
    """What stands in a sheet; a merged cell counts in all of its places."""
    values = values_of(page)
    for merged in page.merged_cells.ranges:
        value = values.get((merged.min_row, merged.min_col))
        if value is not None:
            for row in range(merged.min_row, merged.max_row + 1):
                for column in range(merged.min_col, merged.max_col + 1):
                    values[row, column] = value
    return values


def _heads(values: Values, page: Worksheet, section: str) -> Iterator[TableHead]:
    """Where a table of the section could begin: every column under texts that are no longer than a head is."""

    def meaning(texts: tuple[str, ...]) -> str | None:
        return key_of(texts, section) if all(len(plain(text)) <= LONGEST_HEAD for text in texts) else None

    rows = range(1, min(page.max_row, HEAD_WITHIN) + 1)
    _, needed = SECTIONS[section]
    return heads_in(values, rows, page.max_column, heights=(1, 2), meaning=meaning, needed=needed)
