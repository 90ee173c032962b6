"""Where the head of a table stands in a sheet that people have worked on, and which key each of its columns means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from openpyxl.worksheet.worksheet import Worksheet

# What stands in a sheet, by row and column, both from 1; cells that show nothing are left out.
Values: TypeAlias = dict[tuple[int, int], Any]


@dataclass(frozen=True)
class TableHead:
    """A head of `height` rows that begins in `row` (from 1), and the keys that it gives: by column, each once."""

    row: int
    height: int
    keys: dict[int, str]


def values_of(page: Worksheet, last_row: int | None = None) -> Values:
    """What stands in a sheet, up to `last_row` where that is given; a merged cell counts in its first place only."""
    return {
        (cell.row, cell.column): cell.value
        for cell in cells_there(page)
        if cell.value is not None and str(cell.value).strip() and (last_row is None or cell.row <= last_row)
    }


def cells_there(page: Worksheet) -> Iterator[Any]:
    """The cells that a sheet has, row by row; `iter_rows` would make one of every place up to the last of them."""
    kept = page._cells
    return (kept[at] for at in sorted(kept))


def heads_over(values: Values, row: int, height: int, column: int) -> tuple[str, ...]:
    """The texts that a head of `height` rows has over a column, from the outer to the inner one."""
    found = (values.get((number, column)) for number in range(row, row + height))
    return tuple(str(value).strip() for value in found if value is not None)


def heads_in(
    values: Values,
    rows: range,
    width: int,
    heights: Sequence[int],
    meaning: Callable[[tuple[str, ...]], str | None],
    needed: Sequence[Sequence[str]],
) -> Iterator[TableHead]:
    """Each head that could begin in one of `rows` of a sheet `width` columns wide, from above.

    `meaning` tells the key of a column by the texts over it, or None. A head has a key of each group of `needed`.
    """
    filled: dict[int, set[int]] = {}  # a sheet may be thousands of columns wide, and nearly all of them empty
    for number, column in values:
        filled.setdefault(number, set()).add(column)
    for row in rows:
        for height in heights:
            keys: dict[int, str] = {}
            below = (filled.get(number, set()) for number in range(row, row + height))
            for column in sorted(column for column in set().union(*below) if column <= width):
                texts = heads_over(values, row, height, column)
                key = meaning(texts) if texts else None
                if key is not None and key not in keys.values():
                    keys[column] = key
            if all(any(key in keys.values() for key in group) for group in needed):
                yield TableHead(row, height, keys)
