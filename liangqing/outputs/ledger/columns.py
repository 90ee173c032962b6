"""What a sheet of the ledger is made of: a table of columns over the records of one section."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from liangqing.data.fields import EntryField, EntryTable
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Step, Tree
from liangqing.year.state.standing import Standing

Value: TypeAlias = date | str | int | None

TEXT, DAY, NUMBER = "文字", "日期", "数字"


def nothing(at: Standing) -> Sequence[Any]:
    """No records."""
    return ()


class LedgerRow(NamedTuple):
    """A record in the year that it belongs to, or the entry at `path` below it.

    `written` is the entry as it stands in YAML where that is at hand; `identity` what its row is known by when it
    comes back, "" where the column of its 编号 says so; `later` that the record is not there yet by the day of the year.
    """

    at: Standing
    record: Any
    path: tuple[Step, ...] = ()
    written: Tree = None
    identity: str = ""
    later: bool = False

    @property
    def tree(self) -> Tree:
        """What a person wrote of it."""
        return self.record.tree if self.written is None else self.written


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in digits (a Chinese character is two), and how its value is got from a row.

    `path` is where a change goes in the record's YAML; () for what is not taken back. `field` is what is filled in
    there; None of a column that is taken back in a way of its own. `owner` marks one that says whose entry a row is.
    """

    head: str
    width: int
    value: Callable[[LedgerRow], Value]
    kind: str = TEXT
    path: tuple[Step, ...] = ()
    choices: tuple[str, ...] = ()
    frozen: str = ""  # one of the reasons of `freezes`: after a signature it changes only in the lawful way
    field: EntryField | None = None
    owner: bool = False

    @property
    def filled_in(self) -> bool:
        """Whether a person fills it in."""
        return bool(self.path) or self.owner

    @property
    def required(self) -> bool:
        """Whether a row can't do without it."""
        return self.field is not None and self.field.required


@dataclass(frozen=True)
class Sheet:
    """A list of the ledger; `code` is the head of the column by which its rows come back, "" where none tells.

    `table` is what is filled in there, None of a list that is only looked at; `later` are the records that are not
    there yet by the day, of which only what is filled in is shown.
    """

    name: str
    rows: Callable[[Standing], Sequence[Any]]
    columns: tuple[Column, ...]
    code: str
    colours: str = ""  # the head of the column whose words are coloured
    table: EntryTable | None = None
    later: Callable[[Standing], Sequence[Any]] = nothing
    printed: int = 0  # how many columns are printed; 0: all

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of all columns, in their order."""
        return tuple(column.head for column in self.columns)

    @property
    def accepted(self) -> tuple[Column, ...]:
        """The columns that are taken back."""
        return tuple(column for column in self.columns if column.path)

    @property
    def owners(self) -> tuple[Column, ...]:
        """The columns that say whose entry a row is; none where each row is a record."""
        return tuple(column for column in self.columns if column.owner)


def lines(items: Iterable[str]) -> str:
    """Several texts in one cell, each in a line."""
    return "\n".join(items)


def version(record: ModelRecord) -> str:
    """Twelve hex digits over what a person wrote of a record; another value when it was changed since."""
    text = json.dumps(record.tree, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
