"""What is due within a week and within a month of the day.

These are the limits of findings, replies, self-checks, projects and tasks, with the rounds of those that come round,
and what the group has planned itself: 回头看 and inspections.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.year.state import facts, planned, recurring
from liangqing.year.state.owed import of_year
from liangqing.year.state.standing import APPLIED, CLOSED, Standing

WEEK, MONTH = 7, 30  # days, the day itself among them


class Due(NamedTuple):
    """Something that is due on a day."""

    day: date
    kind: str
    unit: str
    what: str
    record: str = ""  # by which it is known again on another day: the year, and what is due in it


class Window(NamedTuple):
    """What is due in some days from now on."""

    name: str
    until: str
    items: list[Due]


def due(at: Standing) -> list[Window]:
    """This week, and the rest of the month, by day."""
    found = ahead(at)
    week, month = (at.day + timedelta(days - 1) for days in (WEEK, MONTH))
    return [
        Window(
            "本周",
            f"{long_date(at.day)}起 {WEEK} 天",
            [deadline for deadline in found if deadline.day <= week],
        ),
        Window(
            "本月",
            f"其后至{long_date(month)}，共 {MONTH} 天",
            [deadline for deadline in found if week < deadline.day <= month],
        ),
    ]


def ahead(at: Standing) -> list[Due]:
    """Everything that is due on the day or later, by day."""
    return sorted(deadline for deadline in _all(at) if deadline.day >= at.day)


def _all(at: Standing) -> Iterator[Due]:
    """Every deadline of the year, and those of earlier years that are still open, which say their year."""
    for then in at.so_far:
        for look in (_findings, _replies, _self_checks, _projects, _rechecks, _inspections, _rounds):
            for deadline in look(then):
                yield deadline._replace(what=of_year(then, at.year.year, deadline.what))
    for task in at.year.checklist.tasks:
        if isinstance(task.due, date) and task.in_force(at.day):
            yield Due(task.due, "任务", "", f"{task.code} {task.task}", f"{at.year.year}/{task.code}")


def _findings(at: Standing) -> Iterator[Due]:
    for finding in at.found:
        limit = finding.limit_on(at.day)
        if isinstance(limit, date) and at.state(finding) not in (APPLIED, CLOSED):
            words = f"{finding.code} {finding.name}{facts.formerly(at, finding)}"
            yield Due(limit, "整改时限", facts.under(at, finding), words, f"{at.year.year}/{finding.code}")


def _replies(at: Standing) -> Iterator[Due]:
    for letter in at.year.letters:
        line = facts.reply_owed(at, letter)
        if line is not None:
            record = f"{at.year.year}/{letter.code}"
            yield Due(letter.reply_by, "回函", facts.to_unit(at, letter), f"{line.name} 回复", record)


def _self_checks(at: Standing) -> Iterator[Due]:
    for period in at.year.checklist.periods:
        names = [unit.short_name for unit in at.owing(period)]
        if names:
            words = f"{period.name}，还有 {len(names)} 个单位未报：{enumerate_words(names)}"
            yield Due(period.due, "自查", "|".join(names), words, f"{at.year.year}/{period.name}")


def _projects(at: Standing) -> Iterator[Due]:
    for project in at.year.projects:
        if facts.completed_on(at, project):
            continue
        units = "|".join(unit.short_name for unit in facts.responsible(at, project))
        record = f"{at.year.year}/{project.code}"
        yield Due(project.due, "项目", units, f"{project.code} {project.name}", record)
        for milestone in project.milestones:
            if not milestone.done and milestone.day != project.due:
                words = f"{project.code} {milestone.name}"
                yield Due(milestone.day, "里程碑", units, words, f"{record}/{milestone.name}")


def _rechecks(at: Standing) -> Iterator[Due]:
    for finding, day in planned.rechecks_planned(at):
        unit = planned.recheck_at(at, finding).short_name
        yield Due(day, "回头看", unit, f"{finding.code} {finding.name}", f"{at.year.year}/{finding.code}")


def _inspections(at: Standing) -> Iterator[Due]:
    for inspection in planned.inspections_ahead(at):
        names = [unit.short_name for unit in at.year.units_of(inspection.units)]
        to = f"：{enumerate_words(names)}" if len(names) > 1 else ""
        words = planned.inspection_words(at, inspection) + to
        yield Due(inspection.begins, "检查", "|".join(names), words, f"{at.year.year}/{inspection.code}")


def _rounds(at: Standing) -> Iterator[Due]:
    for occurrence in recurring.occurrences(at):
        shown = (recurring.told(at, occurrence), recurring.on_a_day_off(at, occurrence.due))
        words = "；".join(
            (f"{recurring.title(occurrence)} {unstopped(occurrence.task.task)}", *filter(None, shown))
        )
        units = "|".join(unit.short_name for unit, _ in occurrence.shown)
        record = f"{at.year.year}/{occurrence.task.code}/{occurrence.name}"
        yield Due(occurrence.due, "定期任务", units, words, record)
