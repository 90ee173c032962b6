"""Variables as rows: Chinese name → shape, help, and how it is read. Schema, manual and values come from the same rows.

A table belongs to an owner: `VariableTable[FindingOf]` holds what may be printed of a finding, and mypy refuses a
row whose function takes another owner, or gives None where the row is not `optional`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, Literal, Never, TypeAlias, TypeVar, overload

from liangqing.engine import (
    Flag,
    Image,
    Inset,
    List,
    Number,
    PictureFile,
    Reads,
    Record,
    Shape,
    SubDocumentFile,
    Text,
)

Owner = TypeVar("Owner")
Below = TypeVar("Below")  # the owner of a table that is read through another
OwnerOf = TypeVar("OwnerOf", contravariant=True)

# Stands for a record of which a template reads nothing but whether it is there: so that `{% if 联系人 %}` holds.
PRESENT = {"有": True}


@dataclass(frozen=True)
class Variable(Generic[OwnerOf]):
    """A name that a template may read: its shape, what it means, and how its value is got from the owner.

    `read` takes the owner and, of a record or a list of them, what is read of each; what it gives is plain:
    text (a picture is one), number, bool, list or dict, fit for JSON. `below` is the table of a record or of a list of records, and `under`
    gives their owners. `aside`: of which owners the value stands beside what a paper means, see `beside_meaning`.
    """

    shape: Shape
    help: str
    read: Callable[[OwnerOf, Reads], object]
    below: VariableTable[Never] | None = None
    under: Callable[[OwnerOf], Sequence[object]] | None = None
    aside: Callable[[OwnerOf], bool] = lambda owner: False


Rows: TypeAlias = Mapping[str, Variable[OwnerOf]]


def build(rows: Rows[Owner], owner: Owner, reads: Reads) -> dict[str, object]:
    """The values that `reads` names, in its order, and no others. Raises KeyError for a name that is no row."""
    return {name: rows[name].read(owner, below) for name, below in reads.items()}


def selected(taken: Mapping[str, object], reads: Reads) -> dict[str, object]:
    """Of values that were built for more names, those that `reads` names: the same as building them for these alone."""
    return {name: _selected(taken[name], below) for name, below in reads.items()}


def _selected(value: object, reads: Reads) -> object:
    if isinstance(value, dict):
        return selected(value, reads) or dict(PRESENT)
    if isinstance(value, list):
        below = reads.get("[]", {})
        return [_selected(item, below) for item in value]
    return value


def shapes(rows: Rows[Never]) -> dict[str, Shape]:
    """The shapes of rows, by name, as the engine checks templates against them."""
    return {name: variable.shape for name, variable in rows.items()}


@dataclass(frozen=True)
class VariableTable(Generic[OwnerOf]):
    """A group of variables under its name in the manual.

    Rows that name a table further down in the module, or the table itself, are given as a function.
    """

    name: str
    given: Rows[OwnerOf] | Callable[[], Rows[OwnerOf]]

    @cached_property
    def rows(self) -> Rows[OwnerOf]:
        """The variables by name, in the order of the manual."""
        return self.given() if callable(self.given) else self.given

    def record(self, *, optional: bool = False) -> Record:
        """The shape of one owner of the table."""
        return Record(self.name, lambda: shapes(self.rows), optional=optional)

    def present(self, owner: OwnerOf, reads: Reads) -> dict[str, object]:
        """What `build` gives of one owner; never empty, so that a template can test that it is there."""
        return build(self.rows, owner, reads) or dict(PRESENT)


def groups(tops: Iterable[Rows[Never]]) -> list[VariableTable[Never]]:
    """The tables that can be read through rows, nearest first, each once."""
    found: dict[str, VariableTable[Never]] = {}
    waiting = [variable for rows in tops for variable in rows.values()]
    for variable in waiting:  # grows while it is read
        table = variable.below
        if table is not None and table.name not in found:
            found[table.name] = table
            waiting += table.rows.values()
    return list(found.values())


def _plain(shape: Shape, help: str, value: Callable[[Owner], object]) -> Variable[Owner]:
    return Variable(shape, help, lambda owner, _: value(owner))


@overload
def text(help: str, value: Callable[[Owner], str]) -> Variable[Owner]: ...
@overload
def text(
    help: str, value: Callable[[Owner], str | None], *, optional: Literal[True], instead: str = ""
) -> Variable[Owner]: ...
def text(
    help: str, value: Callable[[Owner], str | None], *, optional: bool = False, instead: str = ""
) -> Variable[Owner]:
    """A text; None where there is none, of an `optional` row alone. `instead`: the row to be printed then."""
    return _plain(Text(optional=optional, instead=instead), help, value)


@overload
def number(help: str, value: Callable[[Owner], int]) -> Variable[Owner]: ...
@overload
def number(
    help: str, value: Callable[[Owner], int | None], *, optional: Literal[True]
) -> Variable[Owner]: ...
def number(help: str, value: Callable[[Owner], int | None], *, optional: bool = False) -> Variable[Owner]:
    """A whole number; None where there is none, of an `optional` row alone."""
    return _plain(Number(optional=optional), help, value)


def flag(help: str, value: Callable[[Owner], bool]) -> Variable[Owner]:
    """Whether something is so: a template may test it, never print it."""
    return _plain(Flag(), help, value)


def texts(help: str, value: Callable[[Owner], list[str] | tuple[str, ...]]) -> Variable[Owner]:
    """A list of texts; not any iterable of them, for a text is one of its own signs."""
    return _plain(List(Text()), help, lambda owner: list(value(owner)))


def picture(help: str, value: Callable[[Owner], PictureFile]) -> Variable[Owner]:
    """A picture in a file; a template prints it, and asks nothing of it."""
    return _plain(Image(), help, value)


def word_file(help: str, value: Callable[[Owner], SubDocumentFile | None]) -> Variable[Owner]:
    """A Word file whose text is put into a paper; None where there is none."""
    return _plain(Inset(optional=True), help, value)


@overload
def record(table: VariableTable[Below], help: str, value: Callable[[Owner], Below]) -> Variable[Owner]: ...
@overload
def record(
    table: VariableTable[Below],
    help: str,
    value: Callable[[Owner], Below | None],
    *,
    optional: Literal[True],
) -> Variable[Owner]: ...
def record(
    table: VariableTable[Below],
    help: str,
    value: Callable[[Owner], Below | None],
    *,
    optional: bool = False,
) -> Variable[Owner]:
    """Variables of another table; None where there is nothing that they could be of, of an `optional` row alone."""

    def read(owner: Owner, reads: Reads) -> object:
        found = value(owner)
        return None if found is None else table.present(found, reads)

    def under(owner: Owner) -> list[object]:
        return [value(owner)]

    return Variable(table.record(optional=optional), help, read, table, under)


def records(
    table: VariableTable[Below], help: str, value: Callable[[Owner], Iterable[Below]]
) -> Variable[Owner]:
    """A list of variables of another table."""

    def read(owner: Owner, reads: Reads) -> object:
        below = reads.get("[]", {})
        return [table.present(found, below) for found in value(owner)]

    return Variable(List(table.record()), help, read, table, lambda owner: list(value(owner)))


def beside_meaning(
    variable: Variable[Owner], when: Callable[[Owner], bool] = lambda owner: True
) -> Variable[Owner]:
    """A variable that tells no more than how the office stands today: its telephone, head and options, layout, holidays.

    When it changes after a paper went out, the paper means what it meant, and no correction is sent. `when`: of which owners.
    """
    return replace(variable, aside=when)


def in_words(shape: Shape, group: str = "{}") -> str:
    """A shape as a person reads it; `group` is how the name of a group of variables is written."""
    if isinstance(shape, List):
        return f"列表：{in_words(shape.item, group)}"
    if isinstance(shape, Record):
        words = f"一组「{group.format(shape.name)}」"
    else:
        words = {Number: "数字", Flag: "是否", Image: "图片", Inset: "Word 文件"}.get(type(shape), "文字")
    return f"{words}，可空" if getattr(shape, "optional", False) else words
