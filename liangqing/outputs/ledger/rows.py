"""The rows of a list of the ledger and what stands in their cells, for every view that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liangqing.outputs.ledger.columns import Column, LedgerRow, Sheet, Value
from liangqing.outputs.ledger.entered import cell
from liangqing.year.state.standing import Standing


def rows_of(sheet: Sheet, at: Standing) -> Iterator[LedgerRow]:
    """The rows of a list in their order: those that are there by the day, then those that are not there yet."""
    for record in sheet.rows(at):
        yield as_row(at, record)
    for record in sheet.later(at):
        yield LedgerRow(at, record, later=True)


def as_row(at: Standing, record: Any) -> LedgerRow:
    """What `Sheet.rows` gives, as a row."""
    return record if isinstance(record, LedgerRow) else LedgerRow(at, record)


def value_in(column: Column, row: LedgerRow) -> Value:
    """What stands in a cell; of a record that is not there yet by the day only what is filled in."""
    if not row.later:
        return column.value(row)
    return cell(column.field, row.tree) if column.field else None


def as_text(value: Value) -> str:
    """A value as it is compared: dates as in YAML, nothing as an empty text."""
    return "" if value is None else str(value)
