"""One record on a form: what it shows, what a person put in, what came of judging that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity
from liangqing.changes.judging import JudgedRun
from liangqing.changes.ledger_references import RecordNames
from liangqing.changes.proposed import AlteredValue, Handed, NewRecord, Path, Proposal
from liangqing.data.fields import EntryField
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.desk.answering.page_words import in_page_words
from liangqing.desk.editing.filled_form import BEGIN, PLAIN, FieldTexts, FormValues, filled_of
from liangqing.desk.editing.form_changes import FORM, FormChanges
from liangqing.desk.editing.form_parts import FormPart, form_of
from liangqing.outputs.ledger.offered import AFTER_CODE, words_offered
from liangqing.year.open_workspace import OpenWorkspace


@dataclass(frozen=True)
class RecordEditing:
    """The form of a record of an opened year; `record` None: of a new one. Raises LookupError for no section."""

    opened: OpenWorkspace
    section: str
    record: ModelRecord | None

    @cached_property
    def part(self) -> FormPart:
        """What is on the form."""
        return form_of(self.section)

    @cached_property
    def texts(self) -> FieldTexts:
        """How values are told on it."""
        offered = {target: dict(self._called(target)) for target in self.offers if target not in PLAIN}
        return FieldTexts(RecordNames(self.opened.at, ()), offered)

    @cached_property
    def offers(self) -> dict[str, tuple[str, ...]]:
        """What the drop-downs of the form offer, by what a field refers to."""
        targets = {one.refers for one in _fields(self.part) if one.refers}
        return {target: tuple(words_offered(self.opened.at, target)) for target in sorted(targets)}

    def _called(self, target: str) -> Iterator[tuple[str, str]]:
        for word in self.offers[target]:
            code, mark, _ = word.partition(AFTER_CODE)
            if mark:
                yield code, word

    @property
    def tree(self) -> Tree:
        """The record as it is written; None of a new one."""
        return None if self.record is None else self.record.tree

    def shown(self) -> FormValues:
        """What the form shows before anything was put in."""
        return filled_of(self.part, self.tree, self.texts)

    def preset(self, asked: Mapping[str, str]) -> FormValues:
        """An empty form with what an address puts in, by labels."""
        filled = self.shown()
        known = {one.label: one for one in self.part.fields if asked.get(one.label)}
        trees = {one.path: (one, _nested(one, asked[label])) for label, one in known.items()}
        texts = {path: self.texts.shown(one, tree) for path, (one, tree) in trees.items()}
        return replace(filled, texts={**filled.texts, **texts})

    def was(self) -> str:
        """The record as it was read, for the form to carry."""
        return json.dumps(self.tree, ensure_ascii=False)

    def changed_since(self, was: str) -> bool:
        """Whether the record is another by now than the form carries."""
        return self.record is not None and was != self.was()

    def asked(self, filled: FormValues) -> Asked:
        """What a filled form asks for. Raises Problems where that can't be told."""
        changes = FormChanges(self.section, self.texts)
        if self.record is None:
            return Asked(changes.new(self.part, filled), changes.fields)
        return Asked(changes.altered(self.part, filled, self.record), changes.fields)

    def told_now(self) -> list[Diagnostic]:
        """What is to be said of the record as it stands: what `check` says at its lines."""
        if self.record is None:
            return []
        source, path = self.record.written_in, self.record.written_at
        return [
            problem
            for problem in self.opened.found
            if problem.place.file == source.name
            and problem.place.line is not None
            and source.item_at(problem.place.line)[: len(path)] == path
        ]

    def where(self, problems: Iterable[Diagnostic], fields: Mapping[Place, str]) -> list[FieldMessage]:
        """Each problem with the field that it stands at; "" where it belongs to none."""
        found = list(problems)
        own = self._own_places() if any(self._is_own(problem.place) for problem in found) else {}
        return [
            FieldMessage({**own, **fields}.get(problem.place, ""), _in_its_words(problem))
            for problem in found
        ]

    def _is_own(self, place: Place) -> bool:
        return self.record is not None and place.file == self.record.written_in.name

    def _own_places(self) -> dict[Place, str]:
        """By place in the file the names of the fields whose values stand there."""
        assert self.record is not None
        return {
            self.record.place(*path): name for path, name in _names_of(self.part, self.shown(), (), BEGIN)
        }


@dataclass(frozen=True)
class FieldMessage:
    """A problem, and the name of the field that it stands at ("": it belongs to none)."""

    name: str
    problem: Diagnostic

    @property
    def label(self) -> str:
        """What a person calls the field: the last key of its path."""
        return self.problem.place.detail or self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Judgement:
    """What is said of a form: at its fields, elsewhere, and what would be written; `seen` is the digest of what was
    shown, "" as long as it may not be saved at once; `warned` says that what would be written brings warnings.
    """

    at_fields: tuple[FieldMessage, ...] = ()
    elsewhere: tuple[Diagnostic, ...] = ()
    run: JudgedRun | None = None
    seen: str = ""
    words: str = ""
    warned: bool = False

    @property
    def wrong(self) -> int:
        """How many errors there are."""
        found = [*self.elsewhere, *(message.problem for message in self.at_fields)]
        return sum(problem.severity is Severity.ERROR for problem in found)

    @property
    def changes(self) -> int:
        """How many values would change."""
        return len(self.run.shown) if self.run else 0


@dataclass(frozen=True)
class Asked:
    """What a form asks for; `fields` is by place the field that stands there."""

    handed: Handed
    fields: Mapping[Place, str] = field(repr=False)

    @property
    def nothing(self) -> bool:
        """Whether nothing would change."""
        return not self.handed.proposals

    @cached_property
    def touched(self) -> set[str]:
        """The names of the fields whose values change."""
        return {self.fields.get(place, "") for one in self.handed.proposals for place in _places(one)}

    def problems(self, run: JudgedRun) -> Sequence[Diagnostic]:
        """What was said of it when it was judged, errors first."""
        return [*run.refused.get(FORM, ()), *run.told]


def _places(proposal: Proposal) -> Iterable[Place]:
    return proposal.places.values() if isinstance(proposal, AlteredValue | NewRecord) else [proposal.place]


def _in_its_words(problem: Diagnostic) -> Diagnostic:
    """A problem as a form tells it: nobody has a key to write, or braces."""
    (said,) = in_page_words([problem])
    if problem.code == Code.KEY_MISSING and problem.place.file == FORM:
        return replace(said, advice=f"在「{problem.place.detail}」里填上" if problem.place.detail else "填上")
    return replace(said, advice=_BRACES.sub(lambda found: _named_keys(found[1]), said.advice))


_BRACES = re.compile(r"\{([^{}]*: …[^{}]*)\}")  # what is to be written, as YAML has it


def _named_keys(written: str) -> str:
    """批准日期: …, 新时限: … → 批准日期、新时限 ."""
    return written.replace(": …", "").replace(", ", "、")


def _fields(part: FormPart) -> Iterator[EntryField]:
    yield from part.fields
    for inner in part.parts:
        yield from _fields(inner)


def _names_of(part: FormPart, filled: FormValues, path: Path, begin: str) -> Iterator[tuple[Path, str]]:
    """The path of each field below the record, and its name on the form, as long as no row was moved."""
    for one in part.fields:
        if filled.texts.get(one.path):
            yield (*path, *one.path), begin + ".".join(one.path)
    for inner in part.parts:
        for row in filled.rows.get(inner.key, ()):
            here: Path = (*path, inner.key) if inner.single else (*path, inner.key, row.origin or 0)
            yield from _names_of(inner, row.filled, here, f"{begin}{inner.key}.{row.mark}.")


def _nested(one: EntryField, text: str) -> Tree:
    value: Tree = [word for word in text.split("、") if word] if one.several else text
    for key in reversed(one.path):
        value = {key: value}
    return value
