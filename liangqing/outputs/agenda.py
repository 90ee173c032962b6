"""What waits and what comes, by when: past its day, today, this week, next week, later, on no day.

The same things that `waiting` and `due` tell, in the order of the days; what both tell stands here once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from liangqing.outputs import waiting
from liangqing.outputs.dashboard.due import Due, ahead
from liangqing.outputs.waiting import WaitingItem
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing

PAST, TODAY, THIS_WEEK, NEXT_WEEK, LATER, NO_DAY = (
    *("已经过期", "今天要办", "本周", "下周", "以后", "没有期限"),
)
GROUPS = (PAST, TODAY, THIS_WEEK, NEXT_WEEK, LATER, NO_DAY)
WEEKS_AHEAD = 4  # what falls due later than that stands in the calendar alone
COMING = "将到期"  # of what nobody need do yet
_SECTIONS = {
    "整改时限": "问题",
    "回函": "整改函",
    "自查": "期次",
    "项目": "项目",
    "里程碑": "项目",
    "回头看": "问题",
    "检查": "检查",
    "定期任务": "任务",
    "任务": "任务",
    "反馈会": "检查",
    "征求意见": "清单",
    "报送": "典型案例",
}


@dataclass(frozen=True)
class AgendaGroup:
    """What stands under one head, the earliest day first; `name` is one of GROUPS."""

    name: str
    items: tuple[WaitingItem, ...]


@dataclass(frozen=True)
class Agenda:
    """What waits and what comes, by day. `aside`: as in WaitingLook."""

    groups: tuple[AgendaGroup, ...]
    aside: dict[str, int]

    @property
    def items(self) -> tuple[WaitingItem, ...]:
        """All of it."""
        return tuple(item for group in self.groups for item in group.items)

    def of(self, unit: str, person: str) -> Agenda:
        """What is of a unit (简称) and a person responsible; "" for all."""
        groups = tuple(
            AgendaGroup(group.name, tuple(item for item in group.items if _is_of(item, unit, person)))
            for group in self.groups
        )
        return Agenda(tuple(group for group in groups if group.items), {} if unit or person else self.aside)


def _is_of(item: WaitingItem, unit: str, person: str) -> bool:
    return (not unit or unit in item.units) and (not person or person in item.people)


def agenda(opened: OpenWorkspace) -> Agenda:
    """Everything that waits on the day it is opened for, and what falls due within four weeks."""
    found, aside = waiting.look(opened)
    every = [*found, *coming(opened.at, found)]
    grouped: dict[str, list[WaitingItem]] = {}
    for item in every:
        grouped.setdefault(group_of(opened.at.day, item.day), []).append(item)
    groups = (
        AgendaGroup(name, tuple(sorted(grouped[name], key=lambda item: item.day or date.max)))
        for name in GROUPS
        if name in grouped
    )
    return Agenda(tuple(groups), aside)


def group_of(today: date, day: date | None) -> str:
    """Under which head something stands that is to be done until `day`; weeks begin on Monday."""
    if day is None:
        return NO_DAY
    if day <= today:
        return TODAY if day == today else PAST
    monday = today - timedelta(today.weekday())
    weeks = (day - monday).days // 7
    return (THIS_WEEK, NEXT_WEEK)[weeks] if weeks < 2 else LATER


def coming(at: Standing, told: Iterable[WaitingItem]) -> Iterator[WaitingItem]:
    """What falls due within four weeks and is not among what is `told` already for the same record and day."""
    known = {(item.year, item.record[1], item.day) for item in told if item.record}
    for deadline in ahead(at):
        if deadline.day > at.day + timedelta(weeks=WEEKS_AHEAD):
            break
        year, code = year_and_code(deadline)
        if (year, code, deadline.day) not in known:
            yield item_of(at, deadline)


def year_and_code(deadline: Due) -> tuple[int, str]:
    """Of which year's records it is, and the 编号 (or the name) of the one that it is about."""
    year, code, *_ = deadline.record.split("/")
    return int(year), code


def item_of(at: Standing, deadline: Due) -> WaitingItem:
    """Something that falls due, as what waits is told."""
    year, code = year_and_code(deadline)
    units = tuple(filter(None, deadline.unit.split("|")))
    record = (_SECTIONS[deadline.kind], code)
    people: tuple[str, ...] = ()
    if record[0] == "问题":
        owner = at.beside(year).year.finding_by_code[code].owner_on(at.day)
        people = (owner.person,) if owner else ()
    words = f"{deadline.kind}：{deadline.what}"
    return WaitingItem(COMING, units, words, year, day=deadline.day, record=record, people=people)
