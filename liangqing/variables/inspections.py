"""An inspection: its units, the tasks that it looks at, and the meetings that end it (their tables: findings.py)."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.duties import Task, Unit
from liangqing.data.model.inspections import FeedbackMeeting, Inspection
from liangqing.variables.checklist import TaskOf
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.year.state.standing import Standing


class MeetingOf(NamedTuple):
    """A feedback meeting with one unit, in its inspection."""

    at: Standing
    inspection: Inspection
    meeting: FeedbackMeeting

    @property
    def unit(self) -> Unit:
        """The unit that was told its findings."""
        return self.at.year.unit(self.meeting.unit)


def to_check(at: Standing, inspection: Inspection, unit: Unit) -> list[Task]:
    """The tasks that an inspection looks at in a unit: of those that it carries, the ones named, by default all."""
    named = set(inspection.tasks)
    return [
        task
        for task in at.year.tasks_of(unit)
        if task.in_force(inspection.last_day) and (not named or task.code in named)
    ]


def meetings(at: Standing, inspection: Inspection) -> list[MeetingOf]:
    """The feedback meetings that were held by the day."""
    return [MeetingOf(at, inspection, meeting) for meeting in inspection.meetings if meeting.day <= at.day]


def inspected_units(visit: InspectionOf) -> tuple[Unit, ...]:
    """The units that an inspection is in."""
    return visit.at.year.units_of(visit.inspection.units)


def tasks_inspected(visit: InspectionOf) -> list[TaskOf]:
    """What is looked at in any of its units, in the order of the checklist."""
    wanted = {
        task.code for unit in inspected_units(visit) for task in to_check(visit.at, visit.inspection, unit)
    }
    return [TaskOf(visit.at, task) for task in visit.at.year.checklist.tasks if task.code in wanted]


def together_with(visit: InspectionOf) -> list[str]:
    """配合单位: units of the year by their full names, others as they are written."""
    known = visit.at.year.unit_by_ref
    return [known[word].name if word in known else word for word in visit.inspection.together_with]


def present(feedback: MeetingOf) -> str:
    """Who was there, with the name of the unit, and the inspectors: 甲局党支部韦某某、卢某某；检查组张某某."""
    team = feedback.inspection.team
    theirs = [name for name in feedback.meeting.present if name not in team]
    ours = [name for name in team if name not in feedback.meeting.sitting_in]
    groups = {feedback.unit.name: theirs, "检查组": ours}
    return "；".join(name + enumerate_words(people) for name, people in groups.items() if people)


def address(visit: InspectionOf) -> str:
    """称谓 of the units of an inspection: its own of the only one, 你们 of more."""
    units = inspected_units(visit)
    return units[0].address if len(units) == 1 else "你们"


def findings_told(feedback: MeetingOf) -> list[FindingOf]:
    """The findings of the inspection in the unit."""
    found = feedback.at.found_in(inspection=feedback.inspection.code, unit=feedback.unit.code)
    return [FindingOf(feedback.at, finding) for finding in found]
