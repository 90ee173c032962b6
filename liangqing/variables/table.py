"""Variables as rows: Chinese name → shape → function. Schema, documentation and values are read from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from liangqing.engine import Flag, List, Number, Reads, Record, Shape, Text


@dataclass(frozen=True)
class Variable:
    """A name that a template may read: its shape, what it means, and how it is got from the thing it belongs to."""

    shape: Shape
    help: str
    value: Callable[[Any], object]


Table = dict[str, Variable]
TABLES: dict[str, Table] = {}

# Read though nothing in it is: so that `{% if 联系人 %}` holds.
PRESENT = {"有": True}


def table(name: str, rows: Table) -> Table:
    """Enter a table under its name (once)."""
    if name in TABLES:
        raise AssertionError(f"two tables called {name}")
    TABLES[name] = rows
    return rows


def text(help: str, value: Callable[[Any], str | None], *, optional: bool = False) -> Variable:
    return Variable(Text(optional=optional), help, value)


def number(help: str, value: Callable[[Any], int | None], *, optional: bool = False) -> Variable:
    return Variable(Number(optional=optional), help, value)


def flag(help: str, value: Callable[[Any], bool]) -> Variable:
    return Variable(Flag(), help, value)


def texts(help: str, value: Callable[[Any], object]) -> Variable:
    return Variable(List(Text()), help, value)


def record(name: str, help: str, value: Callable[[Any], object], *, optional: bool = False) -> Variable:
    return Variable(_record(name, optional), help, value)


def records(name: str, help: str, value: Callable[[Any], object]) -> Variable:
    return Variable(List(_record(name, False)), help, value)


def _record(name: str, optional: bool) -> Record:
    return Record(name, lambda: shapes(TABLES[name]), optional=optional)


def shapes(rows: Mapping[str, Variable]) -> dict[str, Shape]:
    """The shapes of a table's variables."""
    return {name: variable.shape for name, variable in rows.items()}


def build(rows: Mapping[str, Variable], subject: object, reads: Reads) -> dict[str, object]:
    """The values that `reads` names, and no others: plain text, numbers, lists and dicts, fit for JSON."""
    return {name: _value(rows[name].shape, rows[name].value(subject), below) for name, below in reads.items()}


def _value(shape: Shape, raw: Any, reads: Reads) -> object:
    if raw is None or not isinstance(shape, List | Record):
        return raw
    if isinstance(shape, Record):
        return build(TABLES[shape.name], raw, reads) or dict(PRESENT)
    return [_value(shape.item, each, reads.get("[]", {})) for each in raw]


def in_words(shape: Shape, group: str = "{}") -> str:
    """A shape as a person reads it; `group` is how the name of a group of variables is written."""
    if isinstance(shape, List):
        return f"列表：{in_words(shape.item, group)}"
    if isinstance(shape, Record):
        words = f"一组「{group.format(shape.name)}」"
    else:
        words = {Number: "数字", Flag: "是否"}.get(type(shape), "文字")
    return f"{words}，可空" if getattr(shape, "optional", False) else words
