"""What a cell of a ledger calls another record, as its 编号: one of the year, or one that is new in the same workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from liangqing.changes.ledger_workbook import ReturnedRow
from liangqing.data.field_values import at_path, value_of
from liangqing.data.fields import LEVELS, EntryField
from liangqing.data.model.findings import Letter
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.entered import identified, records
from liangqing.outputs.ledger.offered import AFTER_CODE
from liangqing.year.state.deliveries import letter_by
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing

_BETWEEN = re.compile("[、，,；;\\s]+")
_SECTION = {"责任主体": "单位"}
_NAMES = ("编号", "名称", "简称", "项目")  # of a 项目 its name is 项目


class RecordNames:
    """The records of a year, and those of new rows of a workbook, by what a cell may call them.

    `at` is None where no year is there; `taken` are further names by section, each with the 编号 that it stands for.
    """

    def __init__(
        self,
        at: Standing | None,
        fresh: Iterable[ReturnedRow],
        taken: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._at, self._rows = at, tuple(fresh)
        self.taken = {section: dict(names) for section, names in (taken or {}).items()}
        self._records: dict[str, dict[str, ModelRecord]] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def call(self, section: str, name: str, code: str) -> None:
        """From now on `name` stands for the record of a section that has this 编号."""
        self.taken.setdefault(section, {})[name] = code
        self._codes.pop(section, None)

    def records(self, section: str) -> dict[str, ModelRecord]:
        """The records of a section by what their rows are known by."""
        if section not in self._records:
            found = records(self._at, section) if self._at else ()
            self._records[section] = dict(identified(section, found))
        return self._records[section]

    def value(self, field: EntryField, text: str) -> Tree:
        """The value of a field, records called by their 编号."""
        value = value_of(field, text)
        if not field.refers or field.refers == LEVELS or value is None:
            return value
        if isinstance(value, list):
            return [code for item in value for code in self._several(field.refers, str(item))]
        return self.code(field.refers, str(value))

    def code(self, target: str, text: str) -> str:
        """The 编号 that is meant by a text; the text where it is none of ours."""
        name = _named(text)
        known = self._known(target).get(name)
        if known is None and target == LETTER:
            known = self._by_number(name)
        return name if known is None else known

    def letter(self, text: str) -> Letter | None:
        """The letter that a text calls by its 文号, of whatever year; None: there is none."""
        return letter_by(self._at, _named(text)) if self._at and text else None

    def _by_number(self, name: str) -> str | None:
        """The 编号 of the letter of this year that is called by its 文号; None: there is none."""
        letter = self.letter(name)
        known = self.records(LETTER).values()
        return letter.code if letter is not None and any(record is letter for record in known) else None

    def _several(self, target: str, text: str) -> Iterable[str]:
        """One name, or several where a line of a cell holds them."""
        known = self._known(target)
        parts = [_named(part) for part in _BETWEEN.split(text) if part]
        if _named(text) in known or not all(part in known for part in parts):
            return (self.code(target, text),)
        return [known[part] for part in parts]

    def _known(self, target: str) -> Mapping[str, str]:
        section = _SECTION.get(target, target)
        if section not in self._codes:
            self._codes[section] = self._of(section)
        return self._codes[section]

    def _of(self, section: str) -> dict[str, str]:
        """Whatever a record of a section may be called → its 编号, or the name that its new row has; of two of one name, none."""
        taken = self.taken.get(section, {})
        if section in ("任务", "期次"):
            return taken
        trees: list[tuple[Mapping[str, str], str]] = [
            (_names(record.tree), str(at_path(record.tree, ("编号",)) or ""))
            for record in self.records(section).values()
        ]
        for row in self._fresh.get(section, ()):
            names = _names_in(row)
            trees.append((names, next(iter(names.values()), "")))
        found: dict[str, set[str]] = {}
        for names, code in trees:
            for name in names.values():
                found.setdefault(name, set()).add(code)
        codes = {name: next(iter(meant)) for name, meant in found.items() if len(meant) == 1}
        return {**codes, **{code: code for _, code in trees if code}, **taken}

    @cached_property
    def _fresh(self) -> dict[str, list[ReturnedRow]]:
        """The new rows of records by section."""
        found: dict[str, list[ReturnedRow]] = {}
        for row in self._rows:
            table = row.sheet.table
            if table is not None and not table.inside:
                found.setdefault(table.section, []).append(row)
        return found


def _named(text: str) -> str:
    """A text without what a drop-down says after the 编号."""
    return text.partition(AFTER_CODE)[0].strip()


def called(tree: Tree) -> list[str]:
    """What a record, or a task, may be called by."""
    return list(_names(tree).values())


def _names(tree: Tree) -> Mapping[str, str]:
    return {key: text for key in _NAMES if isinstance(text := at_path(tree, (key,)), str)}


def _names_in(row: ReturnedRow) -> Mapping[str, str]:
    """What a new row calls its record, by key."""
    heads = {
        column.path[0]: column.head for column in row.sheet.columns if column.field and len(column.path) == 1
    }
    told = {key: row.values.get(heads[key], "") for key in _NAMES if key in heads}
    return {key: text for key, text in told.items() if text}
