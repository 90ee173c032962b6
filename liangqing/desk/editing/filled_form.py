"""What stands in the fields of a form: read out of a record to be shown, or out of what a browser sent.

A field is called by its path in the record, a row by a mark of its own: v.责任.部门, v.进展.2.内容, v.进展.2.佐证.0.名称.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from liangqing.changes.ledger_altered import same
from liangqing.changes.ledger_references import RecordNames
from liangqing.data.field_values import at_path, entries_at, text_of, value_of
from liangqing.data.fields import LEVELS, PAIRS, EntryField
from liangqing.data.yaml.places import Tree
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.editing.form_parts import FormPart
from liangqing.outputs.ledger.offered import AFTER_CODE

BEGIN = "v."  # of the names of all fields of the record
ROWS = "#"  # the field that says that a list was on the form, and the one of a row with the number it had
PLAIN = ("", LEVELS, "期次")  # what names no record that has a 编号


@dataclass(frozen=True)
class FilledRow:
    """A row of a list; `mark` tells it from the others on the form, `origin` is its number in the record (None: new)."""

    mark: str
    origin: int | None
    filled: FormValues


@dataclass(frozen=True)
class FormValues:
    """The texts of the fields of a part by path, and the rows of its lists by key; what was not on the form is not there."""

    texts: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    rows: Mapping[str, tuple[FilledRow, ...]] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in at all."""
        return not any(text.strip() for text in self.texts.values()) and not any(
            not row.filled.blank for rows in self.rows.values() for row in rows
        )


@dataclass(frozen=True)
class FieldTexts:
    """Values as texts and back, records called by what a drop-down of `offered` calls them.

    `offered` is by what a field refers to: the 编号 → what is shown for it.
    """

    names: RecordNames
    offered: Mapping[str, Mapping[str, str]]

    def shown(self, field: EntryField, tree: Tree) -> str:
        """What stands in a field of a part that is written as `tree`; of several records a line each."""
        if field.refers in PLAIN:
            return text_of(field, tree)
        now = at_path(tree, field.path)
        listed = now if isinstance(now, list) else [now]
        return "\n".join(self._called(field.refers, item) for item in listed if isinstance(item, str))

    def _called(self, target: str, text: str) -> str:
        return self.offered.get(target, {}).get(self.names.code(target, text), text)

    def value(self, field: EntryField, text: str) -> Tree:
        """What a text asks for, as YAML would have it; None for an empty one."""
        if field.refers in PLAIN:
            return value_of(field, text if field.several else text.strip(" \t\n"))
        lines = [line.partition(AFTER_CODE)[0].strip() for line in text.split("\n")]
        return self.names.value(field, "\n".join(line for line in lines if line))

    def unchanged(self, field: EntryField, tree: Tree, text: str) -> bool:
        """Whether a text says what stands in the record already, however that is written there."""
        if text == self.shown(field, tree):
            return True
        now, then = at_path(tree, field.path), self.value(field, text)
        if field.count == PAIRS:
            return (now or None) == then
        if field.several:
            listed = [now] if isinstance(now, str) else list(now or ())
            known = [
                item if field.refers in PLAIN else self.names.code(field.refers, item) for item in listed
            ]
            return known == (then or [])
        if field.refers not in PLAIN and isinstance(now, str):
            now = self.names.code(field.refers, now)
        return same(field, now, then)


def filled_of(part: FormPart, tree: Tree, texts: FieldTexts) -> FormValues:
    """What a form shows of a record, or a row of it, that is written as `tree`; None: of a new one."""
    return FormValues(
        {one.path: texts.shown(one, tree) for one in part.fields},
        {inner.key: _rows_of(inner, tree, texts) for inner in part.parts},
    )


def _rows_of(part: FormPart, tree: Tree, texts: FieldTexts) -> tuple[FilledRow, ...]:
    return tuple(
        FilledRow(str(number), number, filled_of(part, entry, texts))
        for number, entry in enumerate(entries_at(tree, part.key))
    )


def filled_in(part: FormPart, form: Mapping[str, tuple[str, ...]], begin: str = BEGIN) -> FormValues:
    """What a browser sent; rows stand in the order in which they came."""
    texts = {
        one.path: "\n".join(form[name]).replace("\r", "\n")
        for one in part.fields
        if (name := begin + ".".join(one.path)) in form
    }
    rows = {
        inner.key: tuple(_sent_rows(inner, form, f"{begin}{inner.key}."))
        for inner in part.parts
        if f"{begin}{inner.key}.{ROWS}" in form
    }
    return FormValues(texts, rows)


def _sent_rows(part: FormPart, form: Mapping[str, tuple[str, ...]], begin: str) -> list[FilledRow]:
    found = []
    for name, values in form.items():
        mark, dot, rest = name.removeprefix(begin).partition(".")
        if name.startswith(begin) and dot and rest == ROWS and mark.isalnum():
            found.append(FilledRow(mark, whole_number(values[0]), filled_in(part, form, f"{begin}{mark}.")))
    return found
