"""A project as it stands on a day: its state, how far it is past its limit, and many of them in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.follow_up import Project
from liangqing.year.state import facts
from liangqing.year.state.standing import Standing


class ProjectOf(NamedTuple):
    """A project in the year that it belongs to."""

    at: Standing
    project: Project

    @property
    def done(self) -> date | None:
        """The day on which it was completed, when that is not after the day told of."""
        return facts.completed_on(self.at, self.project)

    @property
    def state(self) -> str:
        """未启动, 推进中 or 已完成 as of the day; 未登记 where nobody said and it has begun."""
        return facts.project_state(self.at, self.project)

    @property
    def days_over(self) -> int:
        """Calendar days past its limit, up to the day or its completion."""
        return facts.project_days_over(self.at, self.project)

    @property
    def overdue(self) -> bool:
        """Whether it is past its limit and not completed."""
        return facts.project_is_overdue(self.at, self.project)

    @property
    def last(self) -> date:
        """The end of its bar: its limit, or later where it ran over."""
        return max(self.project.due, self.done or (self.at.day if self.overdue else self.project.due))


def totals(projects: Sequence[ProjectOf]) -> str:
    """已完成2个、推进中3个（其中逾期1个）、未启动1个: only what there is; the parts add up to the whole."""
    parts = []
    for state in facts.PROJECT_STATES:
        rows = [row for row in projects if row.state == state]
        late = sum(row.overdue for row in rows)
        if rows:
            parts.append(f"{state}{len(rows)}个" + (f"（其中逾期{late}个）" if late else ""))
    return enumerate_words(parts)
