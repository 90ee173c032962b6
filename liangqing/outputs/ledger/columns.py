"""What a sheet of the ledger is made of: a table of columns over the records of one section."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Step
from liangqing.year.state.standing import Standing

Value: TypeAlias = date | str | int | None

TEXT, DAY, NUMBER = "文字", "日期", "数字"


class LedgerRow(NamedTuple):
    """A record in the year that it belongs to."""

    at: Standing
    record: Any


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in digits (a Chinese character is two), and how its value is got from a row.

    `path` is where a change goes in the record's YAML; () for what is not taken back.
    """

    head: str
    width: int
    value: Callable[[LedgerRow], Value]
    kind: str = TEXT
    path: tuple[Step, ...] = ()
    choices: tuple[str, ...] = ()
    frozen: str = ""  # one of the reasons of `freezes`: after a signature it changes only in the lawful way


@dataclass(frozen=True)
class Sheet:
    """A list of the ledger; `code` is the head of the column by which its rows come back."""

    name: str
    rows: Callable[[Standing], Sequence[Any]]
    columns: tuple[Column, ...]
    code: str
    colours: str = ""  # the head of the column whose words are coloured

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of all columns, in their order."""
        return tuple(column.head for column in self.columns)

    @property
    def accepted(self) -> tuple[Column, ...]:
        """The columns that are taken back."""
        return tuple(column for column in self.columns if column.path)


def lines(items: Iterable[str]) -> str:
    """Several texts in one cell, each in a line."""
    return "\n".join(items)


def version(record: ModelRecord) -> str:
    """Twelve hex digits over what a person wrote of a record; another value when it was changed since."""
    text = json.dumps(record.tree, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
