"""A ledger as a person reads and changes it: by the codes of rows and the heads of columns."""

from __future__ import annotations

from typing import Any

from liangqing.outputs.ledger.writing import HEAD_ROW


class Sheet:
    """A sheet of a ledger by the codes of its rows and the heads of its columns."""

    def __init__(self, book: Any, name: str) -> None:
        self.page = book[name]
        self.columns: dict[str, int] = {each.value: each.column for each in self.page[HEAD_ROW]}
        code = self.columns.get("编号", 1) - 1
        self.rows: dict[Any, int] = {
            row[code].value: row[0].row for row in self.page.iter_rows(min_row=HEAD_ROW + 1)
        }

    def __setitem__(self, key: tuple[Any, str], value: object) -> None:
        code, head = key
        cell: Any = self.page.cell(self.rows[code], self.columns[head])
        cell.value = value

    def __getitem__(self, key: tuple[Any, str]) -> Any:
        code, head = key
        return self.page.cell(self.rows[code], self.columns[head]).value

    def add(self, **values: object) -> int:
        """Fill in a new row below the last one; its number."""
        filled = [
            cell.row
            for row in self.page.iter_rows(min_row=HEAD_ROW)
            for cell in row
            if cell.value is not None
        ]
        row: int = max(filled) + 1
        for head, value in values.items():
            cell: Any = self.page.cell(row, self.columns[head])
            cell.value = value
        return row
