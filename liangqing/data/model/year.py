"""A year of records, and how one finds a record by what a person calls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from liangqing.base.find_names import NameFinder
from liangqing.base.workdays import Calendar
from liangqing.data.model.duties import Checklist, Period, Task, Unit
from liangqing.data.model.findings import DualSign, Finding, Letter, Summary
from liangqing.data.model.follow_up import (
    Accountability,
    Case,
    Delivery,
    Feedback,
    Observation,
    Opinion,
    Project,
    WrittenPaper,
)
from liangqing.data.model.group import Arrangement, Group, Options
from liangqing.data.model.inspections import Inspection, Portrait, SelfCheck
from liangqing.data.model.types import EVERY_UNIT, ModelRecord
from liangqing.data.model.validate import LISTS
from liangqing.data.yaml.places import Step, texts

R = TypeVar("R", SelfCheck, Inspection, Finding, DualSign, Letter)


@dataclass(frozen=True)
class Year:
    """The cycle of one checklist; every list is in the order in which it was written."""

    year: int
    group: Group
    options: Options
    checklist: Checklist
    arrangements: tuple[Arrangement, ...] = ()
    units: tuple[Unit, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    cases: tuple[Case, ...] = ()
    self_checks: tuple[SelfCheck, ...] = ()
    observations: tuple[Observation, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    findings: tuple[Finding, ...] = ()
    dual_signs: tuple[DualSign, ...] = ()
    portraits: tuple[Portrait, ...] = ()
    letters: tuple[Letter, ...] = ()
    papers: tuple[WrittenPaper, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    projects: tuple[Project, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    summary: Summary | None = None

    @cached_property
    def calendar(self) -> Calendar:
        """Which days are worked, by what the group and the years know."""
        local = {exception.day: exception.off for exception in self.group.local_days}
        return Calendar(local, {arrangement.year: arrangement.days() for arrangement in self.arrangements})

    @cached_property
    def unit_by_ref(self) -> dict[str, Unit]:
        """Units by 编号, 名称 and 简称."""
        return {
            ref: unit for unit in self.units for ref in (unit.code, unit.name, unit.short) if ref is not None
        }

    @cached_property
    def units_called(self) -> dict[str, tuple[Unit, ...]]:
        """Whatever a text may call a unit → the units that it may mean."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in unit.called():
                found.setdefault(name, []).append(unit)
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def unit_names(self) -> NameFinder:
        """Finds in a text what it calls units."""
        return NameFinder(self.units_called)

    @cached_property
    def texts_naming(self) -> dict[str, list[tuple[ModelRecord, tuple[Step, ...], str]]]:
        """Name of a unit, or of a person in charge → each text of a record that it stands in, with its path."""
        persons = (name for finding in self.findings for name in finding.persons)
        finder = NameFinder((*self.units_called, *persons))
        found: dict[str, list[tuple[ModelRecord, tuple[Step, ...], str]]] = {}
        for record in self.records():
            for path, words in texts(record.tree):
                for name in finder.all(words):
                    found.setdefault(name, []).append((record, path, words))
        return found

    @cached_property
    def task_by_code(self) -> dict[str, Task]:
        return {task.code: task for task in self.checklist.tasks}

    @cached_property
    def period_by_name(self) -> dict[str, Period]:
        return {period.name: period for period in self.checklist.periods}

    @cached_property
    def inspection_by_code(self) -> dict[str, Inspection]:
        return _by_code(self.inspections)

    @cached_property
    def finding_by_code(self) -> dict[str, Finding]:
        return _by_code(self.findings)

    @cached_property
    def self_check_by_code(self) -> dict[str, SelfCheck]:
        return _by_code(self.self_checks)

    @cached_property
    def letter_by_code(self) -> dict[str, Letter]:
        return _by_code(self.letters)

    def unit(self, ref: str) -> Unit:
        """The unit called `ref`; references are proved before anything asks."""
        return self.unit_by_ref[ref]

    def units_of(self, refs: Iterable[str] | None) -> tuple[Unit, ...]:
        """The units meant by refs, 全体单位 (also None) or a 类型, once each, in the order of 单位."""
        words = (EVERY_UNIT,) if refs is None else tuple(refs)
        found = self._units_of.get(words)
        if found is None:
            meant = {unit for word in words for unit in self._units_called(word)}
            found = self._units_of[words] = tuple(sorted(meant, key=self._position.__getitem__))
        return found

    def _units_called(self, word: str) -> tuple[Unit, ...]:
        if word == EVERY_UNIT:
            return self.units
        named = self.unit_by_ref.get(word)
        return (named,) if named else tuple(unit for unit in self.units if unit.kind == word)

    @cached_property
    def _units_of(self) -> dict[tuple[str, ...], tuple[Unit, ...]]:
        return {}

    @cached_property
    def _position(self) -> dict[Unit, int]:
        return {unit: index for index, unit in enumerate(self.units)}

    def tasks_of(self, unit: Unit) -> tuple[Task, ...]:
        """The tasks that a unit carries, in the order of the checklist."""
        return tuple(task for task in self.checklist.tasks if unit in self._carriers[task.code])

    @cached_property
    def _carriers(self) -> dict[str, frozenset[Unit]]:
        return {task.code: frozenset(self.units_of(task.responsible)) for task in self.checklist.tasks}

    def records(self) -> Iterable[ModelRecord]:
        """Every record of the year."""
        yield from (self.group, self.options, self.checklist)
        for name in LISTS:
            yield from getattr(self, name)
        if self.summary is not None:
            yield self.summary


def _by_code(records: Iterable[R]) -> dict[str, R]:
    return {record.code: record for record in records}
