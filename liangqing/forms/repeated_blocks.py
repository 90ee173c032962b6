"""Rows at the end of a table that are asked again and again: a person copies the last block of them for one more.

The form as it went out is brought to as many blocks as came back, so that the two are compared row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from liangqing.forms.grid import Form, FormCell, Row, Table
from liangqing.forms.mark import squeezed


def as_many_blocks(sent: Form, back: Form) -> Form:
    """`sent` with as many blocks in each of its tables as `back` has, at least one.

    A block is several rows that the table ends with and that stand there twice or more; tables without any are left
    as they are.
    """
    return replace(sent, tables=tuple(_as_many(table, back) for table in sent.tables))


def _as_many(table: Table, back: Form) -> Table:
    rows = [_look(row) for row in table]
    size, times = _blocks(rows)
    if not size:
        return table
    block = table[-size:]
    first = _words(block[0])
    found = sum(_words(row)[: len(first)] == first for other in back.tables for row in other)
    return (*table[: -size * times], *(block * max(found, 1)))


def _blocks(rows: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """How many rows the block at the end has, and how often it stands there; (0, 0) where there is none."""
    for size in range(2, len(rows) // 2 + 1):
        block = rows[-size:]
        times = 1
        while rows[-size * (times + 1) : -size * times] == block:
            times += 1
        if times > 1 and len(set(block)) == size:
            return size, times
    return 0, 0


def _look(row: Row) -> tuple[str, ...]:
    """What a row asks and says, by which it is the same as another."""
    return tuple(f"{_tag(cell)}\n{'' if _tag(cell) else squeezed(cell.text)}" for cell in row)


def _words(row: Row) -> list[str]:
    """The printed words before the first field of a row."""
    asked = next((number for number, cell in enumerate(row) if _tag(cell)), len(row))
    return [squeezed(cell.text) for cell in row[:asked]]


def _tag(cell: FormCell) -> str:
    return cell.control.tag if cell.control and not cell.control.fixed else ""
