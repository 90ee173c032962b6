"""Rows of a list with the cells of each key, and the account of where every cell went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from liangqing.base.diagnostics import Place
from liangqing.changes.foreign_list.names import FINDING, NOWHERE, REMARK
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.changes.foreign_list.rows import (
    NO_VALUE,
    NOTHING_FOUND,
    RECORD,
    SectionRows,
    SheetRow,
    rows_of,
)
from liangqing.changes.foreign_list.sheets import At, ListCell, ListSheet

Spot = tuple[str, str, int, int]  # file, sheet, row, column of the first place of a cell
_SAME = re.compile(r"同上|同前|〃|″|\"|”")
_BETWEEN = re.compile("[、，,；;\n/]")  # what people put between names


def words_in(text: str) -> list[str]:
    """甲、乙，丙/丁 → the names, as they stand."""
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]


@dataclass
class Account:
    """Where the cells went: into a record, beside one, or, as the rows of titles and sums, nowhere with a reason."""

    used: set[Spot] = field(default_factory=set)
    rows: list[tuple[str, str, Place]] = field(
        default_factory=list
    )  # kind, words, place of what is no record
    structure: set[Spot] = field(default_factory=set)

    def use(self, sheet: ListSheet, at: At) -> None:
        """The cell is in a record, or in its remarks."""
        self.used.add((sheet.file, sheet.name, *sheet.anchor(*at)))

    def skip(self, sheet: ListSheet, row: SheetRow) -> None:
        """The row is none of a record; told with its words."""
        cells = sheet.own(row.number)
        self.structure |= {(sheet.file, sheet.name, row.number, column) for column, _ in cells}
        words = "　".join(sheet.cell(row.number, column).text for column, _ in cells)
        if words:
            self.rows.append((row.kind, words, sheet.place(row.number, cells[0][0])))

    def left(self, sheets: Iterable[tuple[ListSheet, SheetPlan]]) -> Iterator[ListCell]:
        """The cells that went nowhere, from above, but for those that only have a stroke in them."""
        for sheet, plan in sheets:
            for row, column in sorted(sheet.values):
                spot = (sheet.file, sheet.name, row, column)
                cell = sheet.cell(row, column, plan.head_of(column) if row >= plan.body else "")
                if (
                    sheet.anchor(row, column) == (row, column)
                    and spot not in self.used | self.structure
                    and not NO_VALUE.fullmatch(cell.text)
                    and not (column in plan.ordinals and row >= plan.body)
                ):
                    yield cell
            yield from _unseen(sheet)


def _unseen(sheet: ListSheet) -> Iterator[ListCell]:
    for at, formula in sorted(sheet.formulas.items()):
        yield ListCell(formula, sheet.place(*at), "没有算好的公式")
    for at, remark in sorted(sheet.remarks.items()):
        yield ListCell(remark, sheet.place(*at), "批注")


@dataclass(frozen=True)
class ListRow:
    """A record's row, or its rows: the cells of each key, the section rows above, and the year of its sheet."""

    sheet: ListSheet
    plan: SheetPlan
    number: int
    part: SectionRows
    cells: Mapping[str, tuple[tuple[At, ListCell], ...]]
    account: Account

    @property
    def place(self) -> Place:
        """Where its first cell stands."""
        return self.sheet.place(self.number, self.sheet.columns(self.number)[0])

    def peek(self, key: str) -> str:
        """The words of a key, those of several cells on lines of their own; empty where there are none."""
        texts = dict.fromkeys(cell.text.strip() for _, cell in self.cells.get(key, ()))
        return "\n".join(text for text in texts if text)

    def text(self, key: str) -> str:
        """The same; the cells are taken into a record."""
        for at, _ in self.cells.get(key, ()):
            self.account.use(self.sheet, at)
        return self.peek(key)

    def values(self, key: str) -> list[object]:
        """What the cells of a key hold, as the workbook has it."""
        return list(dict.fromkeys(cell.value for _, cell in self.cells.get(key, ())))

    def where(self, key: str) -> Place:
        """Where the value of a key stands; the record's place where it has none."""
        cells = self.cells.get(key, ())
        return cells[0][1].place if cells else self.place

    def told(self, key: str) -> str:
        """What a column says, with its head: as a remark beside the record."""
        cells = [cell for _, cell in self.cells.get(key, ())]
        return f"原表「{cells[0].head}」：{self.text(key)}" if cells else ""

    def remarks(self) -> list[str]:
        """What is to stand beside the record, a column each."""
        found = []
        for at, cell in self.cells.get(REMARK, ()):
            self.account.use(self.sheet, at)
            found.append(f"原表「{cell.head}」：{cell.text}")
        return found


def records_of(sheet: ListSheet, plan: SheetPlan, account: Account) -> Iterator[tuple[str, ListRow]]:
    """The rows of a sheet that hold records, with what they are; the others are told in `account`.

    Rows over which the cell of what was found is merged are one record.
    """
    pending: list[int] = []
    above: list[int] = []
    last: SheetRow | None = None
    for row in rows_of(sheet, plan) if plan.section != NOWHERE else ():
        if row.kind not in (RECORD, NOTHING_FOUND):
            account.skip(sheet, row)
            continue
        if last is not None and (row.kind != last.kind or not _is_one(sheet, plan, pending[0], row.number)):
            yield last.kind, _row(sheet, plan, pending, above, last.part, account)
            above += pending
            pending = []
        pending.append(row.number)
        last = row
    if last is not None:
        yield last.kind, _row(sheet, plan, pending, above, last.part, account)


def _is_one(sheet: ListSheet, plan: SheetPlan, first: int, row: int) -> bool:
    """Whether a row goes on with the record that begins in `first`."""
    columns = [column for key in ("事实", "名称") for column in plan.taken.get(key, ())]
    if plan.section != FINDING or not columns:
        return False
    column = columns[0].column
    anchor = sheet.anchor(row, column)
    return anchor == sheet.anchor(first, column) and anchor[0] <= first < row


def _row(
    sheet: ListSheet,
    plan: SheetPlan,
    numbers: Sequence[int],
    above: Sequence[int],
    part: SectionRows,
    account: Account,
) -> ListRow:
    """The record in the rows `numbers`; `above` are the rows of those before it, whose values 同上 repeats."""
    found: dict[str, dict[At, tuple[At, ListCell]]] = {}
    for number in numbers:
        for column in plan.columns:
            at = (number, column.column)
            if column.key == NOWHERE or at not in sheet.values:
                continue
            cell = sheet.cell(*at, column.head)
            if _SAME.fullmatch(cell.text):
                account.use(sheet, at)
                cell = ListCell(_repeated(sheet, above, column.column), cell.place, cell.head)
            if not NO_VALUE.fullmatch(cell.text) and cell.text:
                found.setdefault(column.key, {}).setdefault(sheet.anchor(*at), (at, cell))
    cells = {key: tuple(below.values()) for key, below in found.items()}
    return ListRow(sheet, plan, numbers[0], part, cells, account)


def _repeated(sheet: ListSheet, above: Sequence[int], column: int) -> object:
    """What 同上 stands for: the nearest value above that is none such; empty where there is none."""
    values = (sheet.values.get((row, column)) for row in reversed(above))
    return next(
        (value for value in values if value is not None and not _SAME.fullmatch(str(value).strip())), ""
    )
