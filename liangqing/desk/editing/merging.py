"""A record that was changed on both sides: on the form, and meanwhile in its file by someone else.

What one side alone changed is taken from that side; of what both changed the form keeps what was typed, and both others
are shown beside it. Nothing is written by this.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from liangqing.data.fields import EntryField
from liangqing.desk.editing.filled_form import BEGIN, FilledRow, FormValues
from liangqing.desk.editing.form_parts import FormPart

Plain = dict[str, object]


@dataclass(frozen=True)
class TwoSides:
    """A field, or a list as a whole, that others changed: what was there when the form was opened, what is there now,
    what was typed. `both` says that the form changed it as well, otherwise than the others did.
    """

    name: str
    label: str
    mine: str
    now: str
    before: str
    both: bool
    listed: bool = False


@dataclass
class Merging:
    """Puts together a form, the record as it was read for it (`before`) and as it is (`now`)."""

    sides: list[TwoSides] = field(default_factory=list)

    def merged(
        self, part: FormPart, mine: FormValues, before: FormValues, now: FormValues, begin: str = BEGIN
    ) -> FormValues:
        """What the form shall show now; rows count as in the record as it is. `sides` gets what others changed."""
        texts = {one.path: self._text(one, mine, before, now, begin) for one in part.fields}
        rows = {
            inner.key: self._rows(inner, mine, before, now, f"{begin}{inner.key}.") for inner in part.parts
        }
        return FormValues(texts, rows)

    def _text(
        self, one: EntryField, mine: FormValues, before: FormValues, now: FormValues, begin: str
    ) -> str:
        was, there = before.texts[one.path], now.texts[one.path]
        typed = mine.texts.get(one.path, was)
        if there == was:
            return typed
        both = typed not in (was, there)
        self.sides.append(TwoSides(begin + ".".join(one.path), one.label, typed, there, was, both))
        return typed if both else there

    def _rows(
        self, part: FormPart, mine: FormValues, before: FormValues, now: FormValues, begin: str
    ) -> tuple[FilledRow, ...]:
        was, there = before.rows[part.key], now.rows[part.key]
        typed = mine.rows.get(part.key, was)
        plain = [_plain(part, rows) for rows in (typed, there, was)]
        if plain[1] == plain[2]:
            return typed
        found, both = _together(part, typed, there, was)
        told = [
            "\n".join(f"{number}. {text}" for number, text in enumerate(map(_told, one), 1)) for one in plain
        ]
        self.sides.append(TwoSides(f"{begin}#", part.name, told[0], told[1], told[2], both, listed=True))
        return found


def _together(
    part: FormPart,
    typed: tuple[FilledRow, ...],
    there: tuple[FilledRow, ...],
    was: tuple[FilledRow, ...],
) -> tuple[tuple[FilledRow, ...], bool]:
    """The rows that the form shall show, and whether both sides changed what was there, so that a person must choose."""
    mine, now, old = (_plain(part, rows) for rows in (typed, there, was))
    if mine in (old, now):
        return there, False
    kept = [row.origin for row in typed if row.origin is not None]
    added = [row for row in typed if row.origin is None]
    if now[: len(old)] == old:  # others added rows: theirs go between what was there and what is new here
        own = [row for row in typed if row.origin is not None]
        return _marked([*own, *there[len(old) :], *added]), False
    if kept == list(range(len(old))) and mine[: len(old)] == old:  # the form only added rows
        return _marked([*there, *added]), False
    return _marked([replace(row, origin=None) for row in typed]), True


def _marked(rows: list[FilledRow]) -> tuple[FilledRow, ...]:
    return tuple(replace(row, mark=str(number)) for number, row in enumerate(rows))


def _plain(part: FormPart, rows: tuple[FilledRow, ...]) -> list[Plain]:
    """What rows say, whatever they are called on a form."""
    return [_said(part, row.filled) for row in rows if not row.filled.blank]


def _said(part: FormPart, filled: FormValues) -> Plain:
    texts: Plain = {one.label: filled.texts.get(one.path, "") for one in part.fields}
    lists: Plain = {inner.name: _plain(inner, filled.rows.get(inner.key, ())) for inner in part.parts}
    return {**texts, **lists}


def _told(said: Plain) -> str:
    """A row in a line: what is filled in."""
    words = [f"{name} {text}" for name, text in said.items() if isinstance(text, str) and text]
    for name, rows in said.items():
        words += (
            [f"{name} {_told(row)}" for row in rows if isinstance(row, dict)]
            if isinstance(rows, list)
            else []
        )
    return "；".join(words)


def renumbered(filled: FormValues, count_of: FormValues) -> FormValues:
    """The rows with a number that the record has, each once; what claims another is new."""
    return replace(
        filled,
        rows={
            key: _once(rows, {row.origin: row.filled for row in count_of.rows.get(key, ())})
            for key, rows in filled.rows.items()
        },
    )


def _once(rows: tuple[FilledRow, ...], there: dict[int | None, FormValues]) -> tuple[FilledRow, ...]:
    made: list[FilledRow] = []
    left = dict(there)
    for row in rows:
        known = left.pop(row.origin, None) if row.origin is not None else None
        inner = renumbered(row.filled, known or FormValues())
        made.append(FilledRow(row.mark, None if known is None else row.origin, inner))
    return tuple(made)
