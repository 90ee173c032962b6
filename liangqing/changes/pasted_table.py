"""A block of cells copied out of Excel or WPS, as rows of a list of the ledger: new ones, and by 编号 those that are there.

What comes of the rows is told by the same readers as of a ledger that came back. A cell that is left empty says
nothing of a record that is there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse
from liangqing.changes.foreign_list.names import SURE, Vocabulary, plain
from liangqing.changes.ledger_changes import handed, in_its_words
from liangqing.changes.ledger_workbook import ROW, Original, ReturnedRow, WorkbookReading
from liangqing.changes.proposed import Handed
from liangqing.outputs.ledger.columns import DAY, Column, LedgerRow, Sheet, version
from liangqing.outputs.ledger.entered import WITHDRAWN
from liangqing.outputs.ledger.rows import as_text, rows_of, value_in
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing

NAME = "粘贴的表"  # what messages call it
MOST_ROWS = 2000
_FEWEST_HEADS = 2  # recognised, from which a first row of several cells may be the head


@dataclass(frozen=True)
class PastedTable:
    """The cells as text, and over each column the head of ours that it goes to ("": it is not taken).

    `heads` is the person's own first row; () where it is a row like the others.
    """

    sheet: Sheet
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @staticmethod
    def place(number: int, head: str = ROW) -> Place:
        """The place of a cell, or of a whole row; rows count from 1, without the head."""
        return Place(NAME, detail=f"第{number}行" + (f"「{head}」" if head else ""))


def read(
    sheet: Sheet, text: str, chosen: Sequence[str] | None = None, headed: bool | None = None
) -> PastedTable:
    """Read what was pasted for a list.

    `chosen` are the heads of ours by column that a person chose, `headed` whether the first row is a head; None: both
    are told by what stands there. Raises Problems where there is no cell, or too many rows.
    """
    cells = cells_of(text)
    if not cells:
        raise refuse(
            Code.PASTE_UNREADABLE,
            Place(NAME),
            "没有粘贴任何内容",
            "在 Excel 里选中一片格子，复制，再粘贴到这里",
        )
    if len(cells) > MOST_ROWS + 1:
        message = f"粘贴了 {len(cells)} 行，一次最多 {MOST_ROWS} 行"
        raise refuse(Code.PASTE_UNREADABLE, Place(NAME), message, "分几次粘贴")
    known = [_recognised(sheet, cell) for cell in cells[0]]
    if headed is None:
        headed = _is_head(cells[0], known)
    usual = known if headed else [column.head for column in targets(sheet)]
    wanted = usual if chosen is None else chosen
    columns = _each_once(
        [*wanted, *[""] * len(cells[0])][: len(cells[0])], {column.head for column in targets(sheet)}
    )
    heads, body = (cells[0], cells[1:]) if headed else ((), cells)
    return PastedTable(sheet, columns, tuple(heads), tuple(map(tuple, body)))


def targets(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a list that can be pasted."""
    return tuple(column for column in sheet.columns if column.filled_in and column.head != WITHDRAWN)


def cells_of(text: str) -> list[list[str]]:
    """Rows of the same width; a cell with line breaks stands in quotes. Rows in which nothing stands are left out."""
    plain_text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    try:
        rows = list(csv.reader(io.StringIO(plain_text, newline=""), delimiter="\t", strict=True))
    except csv.Error:  # a quote that is a sign like others
        rows = [line.split("\t") for line in plain_text.split("\n")]
    stripped = [[cell.strip() for cell in row] for row in rows]
    said = [row for row in stripped if any(row)]
    width = max(map(len, said), default=0)
    return [[*row, *[""] * (width - len(row))] for row in said]


def _is_head(row: Sequence[str], known: Sequence[str]) -> bool:
    said = sum(1 for cell in row if cell)
    found = sum(1 for head in known if head)
    return found * 2 >= said and (found >= _FEWEST_HEADS or found == said)


def _recognised(sheet: Sheet, cell: str) -> str:
    """The head of ours that a person's head means; "" where it means none."""
    wanted = plain(cell)
    for names in (_by_head, _by_label):
        if wanted in (found := names(sheet)):
            return found[wanted]
    meaning = Vocabulary().meaning([cell], sheet.name) if wanted else None
    by_key = {column.path[-1]: column.head for column in targets(sheet) if len(column.path) == 1}
    return (
        _by_head(sheet).get(meaning.key) or by_key.get(meaning.key, "")
        if meaning and meaning.how == SURE
        else ""
    )


def _by_head(sheet: Sheet) -> dict[str, str]:
    return {plain(column.head): column.head for column in targets(sheet)}


def _by_label(sheet: Sheet) -> dict[str, str]:
    return {plain(column.field.label): column.head for column in targets(sheet) if column.field}


def _each_once(heads: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """Of two columns that would go to the same head, the first."""
    return tuple(
        head if head in known and head not in heads[:number] else "" for number, head in enumerate(heads)
    )


# ---------------------------------------------------------------- what it hands over


def handed_by(opened: OpenWorkspace, table: PastedTable) -> Handed:
    """What the rows ask for, judged by nobody yet; raises Problems with all that can't be understood, each at its cell."""
    rows = tuple(_PastedRows(opened.at, table).rows())
    reading = WorkbookReading(NAME, opened.at.year.year, opened.at.day, list(rows))
    try:
        return handed(opened, reading)
    except Problems as problems:
        raise Problems(in_words_of(table, problems.diagnostics)) from None


def in_words_of(table: PastedTable, problems: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Messages of the readers of ledgers and of the data, in words for what was pasted."""
    rows = [
        ReturnedRow(table.sheet, None, {}, {ROW: table.place(number + 1)})
        for number in range(len(table.rows))
    ]
    reading = WorkbookReading(NAME, date.min.year, date.min, rows)
    for problem in in_its_words(reading, problems):
        advice = _ADVICE.get(problem.code)
        yield replace(problem, advice=advice) if advice else problem


class _PastedRows:
    """The rows of a pasted table, as a ledger would bring them back."""

    def __init__(self, at: Standing, table: PastedTable) -> None:
        self.at, self.table, self.sheet = at, table, table.sheet
        self.own = {column.head: column for column in targets(table.sheet)}

    @cached_property
    def _there(self) -> Mapping[str, LedgerRow]:
        """The rows that are there, by 编号; none of a list whose rows have none."""
        code = next((column for column in self.sheet.columns if column.head == self.sheet.code), None)
        if code is None or self.sheet.code not in self.table.columns:
            return {}
        return {as_text(value_in(code, row)): row for row in rows_of(self.sheet, self.at)}

    def rows(self) -> Iterator[ReturnedRow]:
        """Each row; raises Problems for a 编号 that stands in two."""
        seen: set[str] = set()
        for number, cells in enumerate(self.table.rows, 1):
            given = {head: self._text(head, cell) for head, cell in self._pairs(cells)}
            code = given.get(self.sheet.code, "")
            if code and code in seen:
                place = self.table.place(number, self.sheet.code)
                raise refuse(Code.LEDGER_ROW_TWICE, place, f"「{code}」有两行", "只留一行")
            seen.add(code)
            places = {head: self.table.place(number, head) for head in ("", *self.own)}
            yield self._row(given, places, self._there.get(code) if code else None)

    def _pairs(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        return ((head, cell) for head, cell in zip(self.table.columns, cells, strict=True) if head)

    def _text(self, head: str, cell: str) -> str:
        return as_written_by_us(cell) if self.own[head].kind == DAY else cell

    def _row(self, given: dict[str, str], places: dict[str, Place], there: LedgerRow | None) -> ReturnedRow:
        if there is None:
            return ReturnedRow(self.sheet, None, given, places)
        before = {head: as_text(value_in(column, there)) for head, column in self.own.items()}
        original = Original(given[self.sheet.code], version(there.record), before)
        said = {head: text for head, text in given.items() if text}
        return ReturnedRow(self.sheet, original, {**before, **said}, places)


_ADVICE = {
    Code.LEDGER_ROW_TAKEN_BEFORE: "要改那一条的，在这一行的编号栏写上它的编号；确是另外一条的，写得不一样些；不要的，在粘贴前删去这一行",
    Code.LEDGER_OWNER_CHANGED: "改回去；是另外一条记录的，编号栏空着，当新的一条",
}
