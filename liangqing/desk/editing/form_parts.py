"""The fields of a form and the rows of its lists, as data/fields.py reads them off the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from liangqing.data.fields import WAIVERS, EntryField, EntryTable, table_of, tables
from liangqing.data.key_meanings import MEANINGS


@dataclass(frozen=True)
class FormPart:
    """What is filled in together: the record itself (`key` ""), or each row of a list `key` within it.

    `parts` are the lists within. `single` says that there is one such row at most, which stands without a list;
    `alone` that one row alone is written without a list; `required` that there must be a row; `beside` that its rows are
    small and stand with the fields of their owner (负责人, 佐证).
    """

    key: str
    name: str
    help: str
    fields: tuple[EntryField, ...]
    parts: tuple[FormPart, ...] = ()
    single: bool = False
    alone: bool = False
    required: bool = False
    beside: bool = False

    @property
    def coded(self) -> bool:
        """Whether its rows bear a 编号."""
        return any(field.path == ("编号",) for field in self.fields)


@cache
def form_of(section: str) -> FormPart:
    """The form of the records of a section; raises LookupError where there is none."""
    own = _part(table_of(section))
    lists = [_part(table) for table in tables() if table.section == section and table.inside]
    waived_last = sorted(lists, key=lambda part: part.key == WAIVERS)
    return replace(own, parts=(*own.parts, *waived_last))


def _part(table: EntryTable) -> FormPart:
    plain = tuple(field for field in table.fields if not field.per_entry)
    beside = tuple(_beside(table))
    return FormPart(table.inside, table.name, table.help, plain, beside, single=table.single)


def _beside(table: EntryTable) -> Iterator[FormPart]:
    """The small lists (负责人, 佐证) that a ledger has as lines of columns: rows like those of any list."""
    grouped: dict[str, list[EntryField]] = {}
    for field in table.fields:
        if field.per_entry:
            grouped.setdefault(field.path[0], []).append(field)
    for key, fields in grouped.items():
        first = fields[0]
        rows = tuple(
            replace(
                field,
                label=field.path[1],
                path=field.path[1:],
                per_entry=False,
                alone=False,
                help=MEANINGS.get(field.path[1], ""),
            )
            for field in fields
        )
        yield FormPart(
            key, key, MEANINGS.get(key, ""), rows, alone=first.alone, required=first.required, beside=True
        )
