"""A task in one unit: what the unit said, what the group saw, what the group saw last year, and by which records."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.data.model.duties import Task
from liangqing.data.model.inspections import Inspection, SelfCheck, TaskFound, TaskState
from liangqing.data.model.types import NOT_CONCERNED
from liangqing.variables.about import InspectedUnitSubject
from liangqing.variables.inspections import to_check
from liangqing.year.state.standing import Standing

NONE, NOT_TOLD, NOT_SEEN = "—", "未报", "未查"


class Said(NamedTuple):
    """What a unit stated of a task, in which self-check."""

    check: SelfCheck
    stated: TaskState


class Seen(NamedTuple):
    """What the group saw of a task, in which inspection, of which year."""

    at: Standing
    inspection: Inspection
    stated: TaskFound


class Compared(NamedTuple):
    """A task as the unit said, as the group saw, and as the group saw the task of last year that it goes on with."""

    at: Standing
    task: Task
    wanted: bool
    said: Said | None
    seen: Seen | None
    before: Seen | None

    @property
    def gap(self) -> str:
        """Which of the two stands higher, by levels; no data is no data."""
        return _difference(
            self.height(self.said), self.height(self.seen), self._concerned, "自查高", "自查低"
        )

    @property
    def movement(self) -> str:
        """What the group saw this year against last year; no data is no data."""
        now, then = self.height(self.seen), self.height(self.before)
        if now is None or then is None:
            return NONE
        return "持平" if now == then else f"{'上升' if now > then else '下降'}{abs(now - then)}级"

    @property
    def _concerned(self) -> bool | None:
        """Whether both say that the task is the unit's; None where one of them says nothing."""
        if self.said is None or self.seen is None:
            return None
        return NOT_CONCERNED not in (self.said.stated.state, self.seen.stated.state)

    def height(self, told: Said | Seen | None) -> int | None:
        """Which level a statement names, from 0; None where there is no data."""
        levels = (told.at if isinstance(told, Seen) else self.at).year.options.levels
        return levels.index(told.stated.state) if told is not None and told.stated.state in levels else None

    @property
    def has_data(self) -> bool:
        """Whether the unit or the group stated a level of the task."""
        return self.height(self.said) is not None or self.height(self.seen) is not None


def _difference(said: int | None, seen: int | None, concerned: bool | None, above: str, below: str) -> str:
    if concerned is None:
        return NONE
    if said == seen:
        return "一致"
    if said is None or seen is None:
        return "口径不同"
    return f"{above}{said - seen}级" if said > seen else f"{below}{seen - said}级"


def compared(subject: InspectedUnitSubject) -> list[Compared]:
    """Every task in force that the unit carries, that it reported on, or that was looked at."""
    year, said, seen = subject.at.year, _said(subject), _seen(subject)
    own = {task.code for task in year.tasks_of(subject.unit) if task.in_force(subject.inspection.last_day)}
    wanted = {task.code for task in to_check(subject.at, subject.inspection, subject.unit)}
    codes = sorted(own | said.keys() | seen.keys(), key=year.task_position.__getitem__)
    before = _before(subject)
    return [
        Compared(
            at=subject.at,
            task=task,
            wanted=task.code in wanted,
            said=said.get(task.code),
            seen=seen.get(task.code),
            before=before.get(task.continues) if task.continues else None,
        )
        for task in map(year.task_by_code.__getitem__, codes)
    ]


def _said(subject: InspectedUnitSubject) -> dict[str, Said]:
    """The unit's last accepted self-check that was in by the end of the inspection."""
    own = [
        check
        for check in subject.at.accepted_of(subject.unit)
        if (check.handed_in or check.reviewed or date.max) <= subject.inspection.last_day
    ]
    last = max(own, key=lambda check: check.handed_in or check.reviewed or date.min, default=None)
    return {stated.task: Said(last, stated) for stated in last.tasks} if last else {}


def _seen(subject: InspectedUnitSubject) -> dict[str, Seen]:
    """What this inspection saw in the unit by the day."""
    return {
        found.task: Seen(subject.at, subject.inspection, found)
        for found in ([] if subject.blank else subject.at.results_in(subject.inspection, subject.unit))
    }


def _before(subject: InspectedUnitSubject) -> dict[str, Seen]:
    """By 编号 of a task of last year what an inspection saw of it last, in the same unit (by 编号)."""
    number = subject.at.year.year - 1
    if number not in subject.at.years:
        return {}
    at = subject.at.beside(number)
    unit = at.year.unit_by_code.get(subject.unit.code)
    if unit is None:
        return {}
    return {
        stated.task: Seen(at, inspection, stated)
        for inspection in sorted(at.inspections_of(unit), key=lambda inspection: inspection.begins)
        for stated in at.results_in(inspection, unit)
    }
