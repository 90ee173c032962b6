"""A year of records, and how one finds a record by what a person calls it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
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
from liangqing.data.model.inspections import FeedbackMeeting, Inspection, Portrait, SelfCheck, TaskFound
from liangqing.data.model.names_whole import NamesWhole
from liangqing.data.model.texts_naming import TextsNaming
from liangqing.data.model.types import EVERY_UNIT, ModelRecord
from liangqing.data.model.validate import LISTS
from liangqing.data.yaml.places import texts

R = TypeVar("R", SelfCheck, Inspection, Finding, DualSign, Letter)
Of = TypeVar("Of")
Key = TypeVar("Key", bound=Hashable)


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
    def unit_by_code(self) -> dict[str, Unit]:
        """Units by 编号 alone, by which one is the same over the years."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def dissolved(self) -> dict[str, Unit]:
        """By 编号 the units that have a 撤销日期, come yet or not."""
        return {unit.code: unit for unit in self.units if unit.abolished is not None}

    @cached_property
    def taken_over_by(self) -> dict[str, list[Unit]]:
        """By 编号 of a unit those that name it as their 承接单位, dissolved yet or not."""
        return _grouped(self.units, lambda unit: [self.unit(unit.successor).code] if unit.successor else [])

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
    def called_after_units(self) -> dict[Inspection, list[str]]:
        """Inspections whose 名称 names units → those names in it that are of none of the units it goes to."""
        found: dict[Inspection, list[str]] = {}
        for inspection, inside in self._inspected.items():
            names = self.unit_names.longest(inspection.name)
            if names:
                foreign = [name for name in names if inside.isdisjoint(self.units_called[name])]
                found[inspection] = foreign
        return found

    @cached_property
    def texts_naming(self) -> dict[str, TextsNaming]:
        """Name of a unit, or of a person in charge → the texts of the year's records that it stands in."""
        persons = (name for finding in self.findings for name in finding.persons)
        finder = NameFinder((*self.units_called, *persons))
        found: dict[str, TextsNaming] = {}
        for record in self.records():
            for path, words in texts(record.tree):
                for name in finder.all(words):
                    found.setdefault(name, TextsNaming(name)).add(record, path, words)
        return found

    @cached_property
    def names_whole(self) -> NamesWhole:
        """What a title is not broken in: names of units, tasks, projects, persons; rather not those of cases and the like."""
        group, tasks = self.group, self.checklist.tasks
        heads = (
            head.name
            for heads in (group.heads, *(unit.heads for unit in self.units))
            for head in heads
            if head.name
        )
        persons = (name for finding in self.findings for name in finding.persons)
        names = (
            *(group.name, group.authority, group.short_name, *group.copies_to),
            *(*self.units_called, *heads, *persons),
            *(words for task in tasks for words in (task.task, task.content)),
            *(project.name for project in self.projects),
        )
        phrases = (
            *(inspection.name for inspection in self.inspections),
            *(finding.name for finding in self.findings),
            *(case.name for case in self.cases),
            *(period.name for period in self.checklist.periods),
        )
        return NamesWhole(names, phrases)

    # records by their 编号

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

    @cached_property
    def paper_by_code(self) -> dict[str, WrittenPaper]:
        return {paper.code: paper for paper in self.papers}

    @cached_property
    def case_by_code(self) -> dict[str, Case]:
        return {case.code: case for case in self.cases}

    @cached_property
    def task_position(self) -> dict[str, int]:
        """By 编号 of a task its index in the checklist."""
        return {code: index for index, code in enumerate(self.task_by_code)}

    @cached_property
    def finding_position(self) -> dict[str, int]:
        """By 编号 of a finding its index among those of the year."""
        return {code: index for index, code in enumerate(self.finding_by_code)}

    # records by what they are of, each list in the order in which it was written; a unit stands by its 编号

    @cached_property
    def self_checks_of(self) -> dict[str, list[SelfCheck]]:
        """Self-checks by their unit."""
        return _grouped(self.self_checks, lambda check: [self.unit(check.unit).code])

    @cached_property
    def superseding(self) -> dict[str, list[SelfCheck]]:
        """By 编号 of a self-check those that take its place (替代)."""
        return _grouped(self.self_checks, lambda check: [check.supersedes] if check.supersedes else [])

    @cached_property
    def observations_of(self) -> dict[str, list[Observation]]:
        """监督记录 by their unit, in order of date."""
        seen = sorted(self.observations, key=lambda observation: observation.day)
        return _grouped(seen, lambda observation: [self.unit(observation.unit).code])

    @cached_property
    def inspections_of(self) -> dict[str, list[Inspection]]:
        """Inspections by each of their units."""
        return _grouped(
            self.inspections, lambda inspection: [unit.code for unit in self.units_of(inspection.units)]
        )

    @cached_property
    def results_in(self) -> dict[tuple[Inspection, Unit], list[TaskFound]]:
        """任务落实 by inspection and unit."""
        found: dict[tuple[Inspection, Unit], list[TaskFound]] = {}
        for inspection in self.inspections:
            for result in inspection.results:
                found.setdefault((inspection, self.unit(result.unit)), []).append(result)
        return found

    @cached_property
    def result_positions(self) -> dict[tuple[Inspection, Unit, str], int]:
        """Where in its inspection a 任务落实 stands, by inspection, unit and 编号 of the task."""
        return {
            (inspection, self.unit(result.unit), result.task): position
            for inspection in self.inspections
            for position, result in enumerate(inspection.results)
        }

    @cached_property
    def meeting_positions(self) -> dict[tuple[Inspection, Unit], int]:
        """Where in its inspection the last 反馈会 with a unit stands, by inspection and unit."""
        return {
            (inspection, self.unit(meeting.unit)): position
            for inspection in self.inspections
            for position, meeting in enumerate(inspection.meetings)
        }

    @cached_property
    def meetings_in(self) -> dict[tuple[Inspection, Unit], list[FeedbackMeeting]]:
        """反馈会 by inspection and unit."""
        found: dict[tuple[Inspection, Unit], list[FeedbackMeeting]] = {}
        for inspection in self.inspections:
            for meeting in inspection.meetings:
                found.setdefault((inspection, self.unit(meeting.unit)), []).append(meeting)
        return found

    @cached_property
    def portraits_in(self) -> dict[tuple[str, str], list[Portrait]]:
        """画像 by 编号 of the inspection and unit."""
        return _grouped(
            self.portraits, lambda portrait: [(portrait.inspection, self.unit(portrait.unit).code)]
        )

    @cached_property
    def findings_in(self) -> dict[tuple[str, str], list[Finding]]:
        """Findings by 编号 of the inspection and unit; "" for either stands for any."""

        def places(finding: Finding) -> list[tuple[str, str]]:
            unit = self.unit(finding.unit).code
            return [(finding.inspection, unit), ("", unit), (finding.inspection, "")]

        return _grouped(self.findings, places)

    @cached_property
    def findings_marked(self) -> dict[str, list[Finding]]:
        """Findings by their 共性 mark."""
        return _grouped(self.findings, lambda finding: [finding.common] if finding.common else [])

    @cached_property
    def signs_on(self) -> dict[str, list[DualSign]]:
        """双签 by 编号 of each of their findings, in order of date; those of a day by 编号."""
        signed = sorted(self.dual_signs, key=lambda sign: (sign.day, len(sign.code), sign.code))
        return _grouped(signed, lambda sign: dict.fromkeys(sign.findings))

    @cached_property
    def letters_with(self) -> dict[str, list[Letter]]:
        """整改函, issued or not, by 编号 of each of their findings."""
        return _grouped(self.letters, lambda letter: letter.findings)

    @cached_property
    def letters_to(self) -> dict[str, list[Letter]]:
        """整改函, issued or not, by their unit."""
        return _grouped(self.letters, lambda letter: [self.unit(letter.unit).code])

    @cached_property
    def papers_on(self) -> dict[str, list[WrittenPaper]]:
        """文书 by 编号 of each of their findings, of whatever year."""
        return _grouped(self.papers, lambda paper: dict.fromkeys(paper.findings))

    @cached_property
    def papers_to(self) -> dict[str, list[WrittenPaper]]:
        """文书 by each of their units."""
        return _grouped(self.papers, lambda paper: [unit.code for unit in self.units_of(paper.units or ())])

    @cached_property
    def projects_of(self) -> dict[str, list[Project]]:
        """项目 by each of their 责任单位."""
        return _grouped(
            self.projects, lambda project: [unit.code for unit in self.units_of(project.responsible)]
        )

    @cached_property
    def deliveries_of(self) -> dict[object, list[tuple[int, Delivery]]]:
        """送达, each with its index, by the number of the paper, or by (kind, subject) where it names none."""
        return _grouped(
            enumerate(self.deliveries), lambda pair: [pair[1].number or (pair[1].kind, pair[1].subject)]
        )

    @cached_property
    def feedbacks_on(self) -> dict[tuple[str, str], list[Feedback]]:
        """整改反馈 by 编号 of the letter and of the finding."""
        return _grouped(self.feedbacks, lambda feedback: [(feedback.letter, feedback.finding)])

    @cached_property
    def feedbacks_of(self) -> dict[str, list[Feedback]]:
        """整改反馈 by 编号 of the finding, in order of date."""
        received = sorted(self.feedbacks, key=lambda feedback: feedback.day)
        return _grouped(received, lambda feedback: [feedback.finding])

    # units

    def unit(self, ref: str) -> Unit:
        """The unit called `ref`; references are proved before anything asks."""
        return self.unit_by_ref[ref]

    def units_of(self, refs: Iterable[str] | None) -> tuple[Unit, ...]:
        """The units meant by refs, 全体单位 (also None) or a 类型, once each, in the order of 单位."""
        words = (EVERY_UNIT,) if refs is None else tuple(refs)
        found = self._units_of.get(words)
        if found is None:
            meant = {unit for word in words for unit in self._units_called(word)}
            found = self._units_of[words] = tuple(sorted(meant, key=self.unit_position.__getitem__))
        return found

    def is_inspected(self, inspection: Inspection, unit: Unit) -> bool:
        """Whether a unit is one of those that an inspection lists."""
        return unit in self._inspected[inspection]

    @cached_property
    def _inspected(self) -> dict[Inspection, frozenset[Unit]]:
        return {inspection: frozenset(self.units_of(inspection.units)) for inspection in self.inspections}

    def is_asked_in(self, period: Period, unit: Unit) -> bool:
        """Whether a unit is one of those that a period lists."""
        return unit in self._asked_in[period.name]

    @cached_property
    def _asked_in(self) -> dict[str, frozenset[Unit]]:
        return {period.name: frozenset(self.units_of(period.units)) for period in self.checklist.periods}

    def _units_called(self, word: str) -> tuple[Unit, ...]:
        if word == EVERY_UNIT:
            return self.units
        named = self.unit_by_ref.get(word)
        return (named,) if named else tuple(self._units_of_kind.get(word, ()))

    @cached_property
    def _units_of_kind(self) -> dict[str, list[Unit]]:
        return _grouped(self.units, lambda unit: [unit.kind])

    @cached_property
    def _units_of(self) -> dict[tuple[str, ...], tuple[Unit, ...]]:
        return {}

    @cached_property
    def unit_position(self) -> dict[Unit, int]:
        """The index of each unit in 单位."""
        return {unit: index for index, unit in enumerate(self.units)}

    def tasks_of(self, unit: Unit) -> tuple[Task, ...]:
        """The tasks that a unit carries, in the order of the checklist."""
        return tuple(self._tasks_of.get(unit, ()))

    @cached_property
    def _tasks_of(self) -> dict[Unit, list[Task]]:
        return _grouped(self.checklist.tasks, lambda task: self.units_of(task.responsible))

    def records(self) -> Iterable[ModelRecord]:
        """Every record of the year."""
        yield from (self.group, self.options, self.checklist)
        for name in LISTS:
            yield from getattr(self, name)
        if self.summary is not None:
            yield self.summary


def _grouped(records: Iterable[Of], keys: Callable[[Of], Iterable[Key]]) -> dict[Key, list[Of]]:
    """By each of its `keys` the records that have it, in their order."""
    found: dict[Key, list[Of]] = {}
    for record in records:
        for key in keys(record):
            found.setdefault(key, []).append(record)
    return found


def _by_code(records: Iterable[R]) -> dict[str, R]:
    return {record.code: record for record in records}
