"""From what a person put into a form to changes of its record, each value with its field as its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.changes.ledger_altered import END
from liangqing.changes.proposed import AlteredValue, Handed, NewRecord, Path, Proposal, Withdrawn
from liangqing.data.field_values import at_path, entries_at
from liangqing.data.fields import EntryField
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.desk.editing.filled_form import BEGIN, ROWS, FieldTexts, FilledRow, FormValues
from liangqing.desk.editing.form_parts import FormPart

FORM = "工作台表单"  # what messages, and the log of changes, call a form of the desk


@dataclass(frozen=True)
class FormSpot:
    """Somewhere on a form: the path below the record, how names of fields begin there, what people call it."""

    path: Path = ()
    begin: str = BEGIN
    words: str = ""

    def within(self, part: FormPart) -> FormSpot:
        """That of a list."""
        return FormSpot((*self.path, part.key), f"{self.begin}{part.key}.", f"{self.words}{part.name} ")

    def row(self, row: FilledRow, path: Path, number: int | None) -> FormSpot:
        """That of a row of this list, which stands (or will) at `path`; `number` counts from 0, None: there is but one."""
        counted = "" if number is None else f"第{number + 1}条 "
        return FormSpot(path, f"{self.begin}{row.mark}.", f"{self.words}{counted}")


@dataclass
class _WrittenAnew:
    """What is being written anew at the path `top`: where each value in it was handed over."""

    top: Path
    places: dict[Path, Place] = field(default_factory=dict)

    def put(self, path: Path, place: Place) -> None:
        self.places[path[len(self.top) :]] = place


@dataclass
class FormChanges:
    """Makes the proposals of one form; `fields` is by place the name of the field on the page that stands there."""

    section: str
    texts: FieldTexts
    fields: dict[Place, str] = field(default_factory=dict)

    def new(self, part: FormPart, filled: FormValues) -> Handed:
        """The record that an empty form was filled in for."""
        made = _WrittenAnew((), {(): Place(FORM)})
        tree = self._built(part, filled, None, FormSpot(), made)
        return Handed(FORM, (NewRecord(self.section, tree, made.places),), section=self.section)

    def altered(self, part: FormPart, filled: FormValues, record: ModelRecord) -> Handed:
        """What differs from the record as it is; without proposals where nothing does.

        Raises Problems where a list whose rows have 编号 was put in another order and lost rows at the same time.
        """
        found = self._of_part(part, filled, record, FormSpot())
        return Handed(FORM, tuple(found), section=self.section)

    def _place(self, spot: FormSpot, one: EntryField | None = None) -> Place:
        """The place of a field; None: of the row or list itself."""
        name, words = (ROWS, "") if one is None else (".".join(one.path), one.label)
        place = Place(FORM, detail=f"{spot.words}{words}".strip())
        self.fields.setdefault(place, spot.begin + name)
        return place

    # ---------------------------------------------------------------- a record that is there

    def _of_part(
        self, part: FormPart, filled: FormValues, record: ModelRecord, spot: FormSpot
    ) -> Iterator[Proposal]:
        tree = _at(record.tree, spot.path)
        for one in part.fields:
            text, place = filled.texts.get(one.path), self._place(spot, one)
            if text is not None and not self.texts.unchanged(one, tree, text):
                value, path = self.texts.value(one, text), (*spot.path, *one.path)
                yield AlteredValue(record, path, value, {(): place}, one.label)
        for inner in part.parts:
            if inner.key in filled.rows:
                rows = [row for row in filled.rows[inner.key] if not row.filled.blank]
                yield from self._of_list(inner, rows, record, spot.within(inner))

    def _of_list(
        self, part: FormPart, rows: Sequence[FilledRow], record: ModelRecord, spot: FormSpot
    ) -> Iterator[Proposal]:
        """Row by row where those that were there stay in their order, and new ones come last; else the list as a whole."""
        count = len(entries_at(_at(record.tree, spot.path[:-1]), part.key))
        kept = [row.origin for row in rows if row.origin is not None]
        gone = sorted({*range(count)} - {*kept})
        stays = all(one < other for one, other in pairwise(kept))
        fresh_last = all(row.origin is None for row in rows[len(kept) :])
        if part.single or (not part.alone and stays and (fresh_last or part.coded)):
            yield from self._row_by_row(part, rows, record, spot)
            for number in gone if not (part.single and rows) else ():
                path = spot.path if part.single else (*spot.path, number)
                yield Withdrawn(record, self._place(spot), path)
        elif part.coded:
            if gone or not fresh_last:
                message = f"「{part.name}」的次序改了，同时又有删去或添在中间的"
                raise refuse(
                    Code.ROWS_MOVED_AND_GONE, self._place(spot), message, "先只改次序，保存；再删、再添"
                )
            yield from self._as_a_whole(part, rows[: len(kept)], record, spot)
            yield from self._row_by_row(part, rows[len(kept) :], record, spot)
        else:
            yield from self._as_a_whole(part, rows, record, spot)

    def _row_by_row(
        self, part: FormPart, rows: Sequence[FilledRow], record: ModelRecord, spot: FormSpot
    ) -> Iterator[Proposal]:
        single_there = part.single and _at(record.tree, spot.path) is not None
        for number, row in enumerate(rows):
            counted = None if part.single else number
            if row.origin is not None or single_there:
                path = spot.path if part.single else (*spot.path, row.origin or 0)
                yield from self._of_part(part, row.filled, record, spot.row(row, path, counted))
                continue
            here = spot.row(row, spot.path if part.single else (*spot.path, END), counted)
            made = _WrittenAnew(here.path, {(): self._place(here)})
            entry = self._built(part, row.filled, None, here, made)
            yield AlteredValue(record, here.path, entry, made.places)

    def _as_a_whole(
        self, part: FormPart, rows: Sequence[FilledRow], record: ModelRecord, spot: FormSpot
    ) -> Iterator[Proposal]:
        """All rows anew; what of them is unchanged stays as it was written."""
        made = _WrittenAnew(spot.path)
        value = self._built_list(part, rows, _at(record.tree, spot.path[:-1]), spot, made)
        if value != _at(record.tree, spot.path):
            yield AlteredValue(record, spot.path, value, made.places, part.name)

    # ---------------------------------------------------------------- what is written anew

    def _built(
        self, part: FormPart, filled: FormValues, before: Tree, spot: FormSpot, made: _WrittenAnew
    ) -> dict[str, Tree]:
        """A record or entry of the texts; `made` gets the place of each field, of those that were left empty too."""
        tree: dict[str, Tree] = dict(before) if isinstance(before, dict) else {}
        for one in part.fields:
            text = filled.texts.get(one.path)
            made.put((*spot.path, *one.path), self._place(spot, one))
            if text is not None and not self.texts.unchanged(one, before, text):
                tree = _put(tree, one.path, self.texts.value(one, text))
        for inner in part.parts:
            if inner.key in filled.rows:
                rows = filled.rows[inner.key]
                value = self._built_list(inner, rows, before, spot.within(inner), made)
                tree = _put(tree, (inner.key,), value)
        return tree

    def _built_list(
        self, part: FormPart, rows: Sequence[FilledRow], before: Tree, spot: FormSpot, made: _WrittenAnew
    ) -> Tree:
        made.put(spot.path, self._place(spot))
        entries, now = entries_at(before, part.key), at_path(before, (part.key,))
        wanted = [row for row in rows if not row.filled.blank]
        alone = part.single or (part.alone and not isinstance(now, list) and len(wanted) <= 1)
        built: list[Tree] = []
        for number, row in enumerate(wanted):
            entry = entries[row.origin] if row.origin is not None else None
            path = spot.path if alone else (*spot.path, number)
            here = spot.row(row, path, None if part.single else number)
            built.append(self._built(part, row.filled, entry, here, made))
        return None if not built else built[0] if alone else built


def _at(tree: Tree, path: Path) -> Tree:
    """What stands at a path of a record; a list that was written as a single entry is passed over."""
    for step in path:
        if isinstance(step, str):
            tree = at_path(tree, (step,))
        elif isinstance(tree, list):
            tree = tree[step] if step < len(tree) else None
    return tree


def _put(tree: dict[str, Tree], path: tuple[str, ...], value: Tree) -> dict[str, Tree]:
    """The mapping with a value at a path; without its key where the value is None, and without what is left empty."""
    first, rest = path[0], path[1:]
    if rest:
        below = tree.get(first)
        inner = _put(dict(below) if isinstance(below, dict) else {}, rest, value)
        value = inner or None
    if value is None:
        return {key: old for key, old in tree.items() if key != first}
    return {**tree, first: value}
