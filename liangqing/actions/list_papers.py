"""The papers of a year, made or not, with what each waits for: nothing is filled in for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from liangqing.actions.build import line_of
from liangqing.actions.choose_papers import numbered_kinds
from liangqing.actions.make_papers import WordGates, closed_gates
from liangqing.base.diagnostics import Diagnostic
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.drift import drifted
from liangqing.papers.rendering import gates_of, subjects_meant, subjects_of, taken_over
from liangqing.register import Line
from liangqing.variables.about import Subject
from liangqing.variables.subjects import DISPATCHES, WRITTEN
from liangqing.year.open_workspace import OpenWorkspace

DRAFT, READY, LACKING, OUT, CHANGED = "草稿", "可以出", "还差什么", "已印发", "印发后数据变了"
STATES = (DRAFT, READY, LACKING, OUT, CHANGED)


@dataclass(frozen=True)
class ListedPaper:
    """A paper of the year: its kind, what it is about, and its line in the register, None where it is not out.

    `goes_out`: it is issued, or goes with what is; else it is made whenever it is wanted. `numbered`: under a number. `lacking` keeps it from being
    made; `changed` says what it would print otherwise today, of one that is out.
    """

    entry: Entry
    subject: Subject
    line: Line | None
    goes_out: bool
    numbered: bool
    lacking: tuple[Diagnostic, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.line is None:
            return LACKING if self.lacking else DRAFT if self.goes_out else READY
        return CHANGED if self.changed else OUT

    @property
    def units(self) -> tuple[str, ...]:
        """The 编号 of the units that it is to or about; none: the whole year."""
        return tuple(unit.code for unit in self.subject.units)

    @property
    def label(self) -> str:
        """What a person calls it: its title where it is out by itself, else what it is about."""
        if self.line is None or self.line.kind != self.entry.name:
            return self.subject.label
        return self.line.title


@dataclass(frozen=True)
class PaperList:
    """The papers of a year; `seen_for` gives the year as papers of a kind see it (some tell of today)."""

    opened: OpenWorkspace
    known: Catalogue
    seen_for: Callable[[Entry], OpenWorkspace]

    @cached_property
    def papers(self) -> tuple[ListedPaper, ...]:
        """All of them, by kind in the order of the catalogue, with what they wait for and what changed since.

        What is carried along with a letter, one for each addressee, has a list of its own (actions/deliver.py).
        """
        kinds = (entry for entry in self.known.entries.values() if entry.subject_kind != DISPATCHES)
        return self._since([paper for entry in kinds for paper in self.of_kind(entry)])

    def one(self, entry: Entry, subject: str) -> ListedPaper | None:
        """That of a kind on the subject of that code; None where the records ask for none."""
        found = [paper for paper in self.of_kind(entry) if paper.subject.code == subject]
        return next(iter(self._since(found)), None)

    def _since(self, found: Sequence[ListedPaper]) -> tuple[ListedPaper, ...]:
        """The same, with what changed since they went out."""
        lines = dict.fromkeys(paper.line for paper in found if paper.line is not None)
        changed = {line: tuple(words) for line, words in drifted(self.opened, lines)}
        return tuple(
            replace(paper, changed=changed.get(paper.line, ())) if paper.line else paper for paper in found
        )

    def of_kind(self, entry: Entry) -> Iterator[ListedPaper]:
        """Those of a kind that `build` makes or keeps back: what went out, and what the records ask for."""
        opened, gates = self.seen_for(entry), gates_of(self.known, entry)
        words, name = WordGates(opened, opened.found), entry.name
        goes_out, numbered = name in self._going_out, name in self._numbered
        meant = {subject.code for subject in subjects_meant(opened, entry)}
        for subject in subjects_of(opened, entry):
            line = line_of(opened, entry, subject)
            if (line is None and subject.code not in meant) or taken_over(opened, entry, subject):
                continue
            closed = () if line else closed_gates(opened, entry, subject, gates, words)
            yield ListedPaper(entry, subject, line, goes_out, numbered, tuple(closed))

    def counted(self) -> Mapping[str, int]:
        """How many are in each state, in the order of STATES."""
        states = [paper.state for paper in self.papers]
        return {state: states.count(state) for state in STATES}

    @cached_property
    def _going_out(self) -> frozenset[str]:
        written = (entry.name for entry in self.known.entries.values() if _is_issued(entry))
        return self._numbered.union(written)

    @cached_property
    def _numbered(self) -> frozenset[str]:
        return numbered_kinds(self.known)


def _is_issued(entry: Entry) -> bool:
    """Whether it is frozen, or decided on by a person and handed over."""
    return entry.kind.freeze or (entry.subject_kind == WRITTEN and entry.kind.follows is None)
