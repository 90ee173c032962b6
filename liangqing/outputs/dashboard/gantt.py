"""挂图作战: the projects of the year on a line of months, drawn as SVG; patterns and words, never colour alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.follow_up import Project
from liangqing.year.state import facts
from liangqing.year.state.standing import OVERDUE, Standing

WIDTH, LEFT, RIGHT = 1080, 300, 130  # units of the drawing: all, for the names, for the states
ROW, HEAD = 46, 34
NAME = 19  # Chinese characters in a line of the name


class GanttMonth(NamedTuple):
    """A month's line and its name."""

    x: float
    name: str


class GanttMark(NamedTuple):
    """A milestone."""

    x: float
    done: bool
    words: str


class Bar(NamedTuple):
    """A project: from beginning to limit, and beyond it as long as it is late."""

    name: list[str]
    owner: str
    state: str
    late: str
    y: float
    x: float
    width: float
    beyond: float
    marks: list[GanttMark]
    units: str
    words: str


class Gantt(NamedTuple):
    """The whole drawing."""

    width: int
    height: int
    left: int
    months: list[GanttMonth]
    bars: list[Bar]
    now: float
    now_name: str


def chart(at: Standing) -> Gantt | None:
    """The drawing as the projects stand on the day; None where there are none."""
    projects = at.year.projects
    if not projects:
        return None
    first = min(project.begins for project in projects).replace(day=1)
    last = max(max(project.due, facts.completed_on(at, project) or project.due) for project in projects)
    scale = _Scale(first, _month_after(max(last, at.day)))
    bars = [_bar(at, scale, number, project) for number, project in enumerate(projects)]
    return Gantt(
        width=WIDTH,
        height=HEAD + ROW * len(bars) + 8,
        left=LEFT,
        months=scale.months(),
        bars=bars,
        now=scale.x(at.day),
        now_name=f"{at.day.month}月{at.day.day}日",
    )


class _Scale(NamedTuple):
    first: date
    end: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.end - self.first).days
        return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)

    def months(self) -> list[GanttMonth]:
        """A line each month; of a long time only every second or third is named."""
        found: list[date] = [self.first]
        while _month_after(found[-1]) < self.end:
            found.append(_month_after(found[-1]))
        step = max(1, round(len(found) / 14))
        return [
            GanttMonth(self.x(day), f"{day.month}月" if day.month > 1 or not number else f"{day.year}年")
            for number, day in enumerate(found)
            if number % step == 0
        ]


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def _bar(at: Standing, scale: _Scale, number: int, project: Project) -> Bar:
    state = facts.project_in_a_word(at, project)
    beyond = at.day if state == OVERDUE else project.due
    days = facts.project_days_over(at, project)
    units = [unit.short_name for unit in facts.responsible(at, project)]
    owner = f"责任人 {project.owner}" if project.owner else enumerate_words(units)
    return Bar(
        name=[project.name[:NAME], *([project.name[NAME:]] if project.name[NAME:] else [])],
        owner=owner,
        state=state,
        late=f"已超 {days} 天" if state == OVERDUE else "",
        y=HEAD + ROW * number,
        x=scale.x(project.begins),
        width=round(scale.x(project.due) - scale.x(project.begins), 1),
        beyond=round(scale.x(beyond) - scale.x(project.due), 1),
        marks=[
            GanttMark(
                scale.x(milestone.day),
                milestone.done,
                f"{milestone.day} {milestone.name}（{'已完成' if milestone.done else '未完成'}）",
            )
            for milestone in project.milestones
        ],
        units="|".join(units),
        words=f"{project.code} {project.name}：{project.begins} 至 {project.due}，{state}",
    )
