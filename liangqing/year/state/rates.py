"""整改率, 按期率 and what they are made of, of any counted findings: a year's, or those of one unit.

A counted finding is a group of records: those of one 共性 mark are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from liangqing.base.chinese import percentage
from liangqing.data.model.findings import ONGOING, Finding
from liangqing.year.state import facts
from liangqing.year.state.standing import CLOSED, OVERDUE, Standing

Group = Sequence[Finding]


@dataclass(frozen=True)
class Rated:
    """Counted findings on the day of their year, and how far they are put right."""

    at: Standing
    groups: Sequence[Group]

    @cached_property
    def due(self) -> list[Group]:
        """应整改: those that are not 长期坚持."""
        return [group for group in self.groups if not is_lasting(group)]

    def due_in(self, state: str) -> int:
        """How many of `due` are in a state."""
        return self._states.count(state)

    @property
    def closed(self) -> int:
        """How many of `due` are 已销号: all records of each."""
        return self.due_in(CLOSED)

    @property
    def overdue(self) -> int:
        """How many of all are 逾期, a 长期坚持 with a date among them."""
        return sum(self.at.group_state(group) == OVERDUE for group in self.groups)

    @property
    def closed_in_time(self) -> int:
        """How many of `due` are 已销号 and none of their records later than its original limit."""
        return sum(
            state == CLOSED and not any(facts.closed_late(self.at, finding) for finding in group)
            for state, group in zip(self._states, self.due, strict=True)
        )

    @property
    def rate(self) -> str:
        """整改率: `closed` of `due`; — where there are none."""
        return rate([self])

    @property
    def rate_in_time(self) -> str:
        """按期率: `closed_in_time` of those of `due` that are 已销号 or 逾期; — where there are none."""
        return rate_in_time([self])

    @cached_property
    def _states(self) -> list[str]:
        return [self.at.group_state(group) for group in self.due]


def rate(several: Iterable[Rated]) -> str:
    """整改率 of the findings of several years together; — where there are none."""
    all_of = list(several)
    return percentage(sum(one.closed for one in all_of), sum(len(one.due) for one in all_of))


def rate_in_time(several: Iterable[Rated]) -> str:
    """按期率 likewise."""
    all_of = list(several)
    counted = sum(one.closed + one.due_in(OVERDUE) for one in all_of)
    return percentage(sum(one.closed_in_time for one in all_of), counted)


def is_lasting(group: Group) -> bool:
    """Whether a counted finding is 长期坚持: all of its records."""
    return all(finding.category == ONGOING for finding in group)
