"""Variables of the tables of the yearly summary: the figures by kind of inspection, by unit and by task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from liangqing.data.model.findings import Finding
from liangqing.data.model.inspections import INSPECTION_KINDS
from liangqing.variables.checklist import TASK, TaskOf
from liangqing.variables.table import VariableTable, number, record, text
from liangqing.variables.units import UNIT, UnitOf
from liangqing.year.state.rates import Rated
from liangqing.year.state.standing import CLOSED, Standing


class KindOf(NamedTuple):
    """A kind of inspection in a year."""

    at: Standing
    kind: str


def kinds(at: Standing) -> list[KindOf]:
    """The kinds of inspection, in the order of the contract."""
    return [KindOf(at, kind) for kind in INSPECTION_KINDS]


def units(at: Standing) -> list[UnitOf]:
    """The units that were in force at some time of the year, and who else findings stand under: the rows add up."""
    first = date(at.year.year, 1, 1)
    told = {unit.code for unit in at.units_told}
    own = [
        unit
        for unit in at.year.units
        if unit.code in told or (unit.abolished is not None and first < unit.abolished <= at.day)
    ]
    others = (unit for unit in at.units_told if unit.code not in at.year.unit_by_code)
    return [UnitOf(at, unit) for unit in (*own, *others)]


def tasks(at: Standing) -> list[TaskOf]:
    """The tasks in force."""
    return [TaskOf(at, task) for task in at.year.checklist.tasks if task.in_force(at.day)]


def _found_in(row: KindOf) -> int:
    of_kind = {inspection.code for inspection in row.at.year.inspections if inspection.kind == row.kind}
    first = [min(group, key=row.at.found_on) for group in row.at.counted]
    return sum(finding.inspection in of_kind for finding in first)


def _counted_of(office: UnitOf) -> list[list[Finding]]:
    """The findings of a unit, its records of one 共性 mark together as one."""
    return office.at.as_one(office.at.answered_by(office.unit.code))


def found_of(office: UnitOf) -> int:
    """How many findings a unit has, its records of one 共性 mark counted as one."""
    return len(_counted_of(office))


def closed_of(office: UnitOf) -> int:
    """How many of them are 已销号: all its records of each."""
    return sum(office.at.group_state(group) == CLOSED for group in _counted_of(office))


def rated_of(office: UnitOf) -> Rated:
    """The findings of a unit, as its rates are counted."""
    return Rated(office.at, _counted_of(office))


def counted_twice(at: Standing) -> str:
    """Why the findings by unit are more than those of the year, as a sentence; "" where they are not.

    A 共性 finding is one in the year, and one in each unit that has it.
    """
    more = sum(map(found_of, units(at))) - len(at.counted)
    return (
        f"共性问题在各有关单位各算一个，合计算一个，所以各单位的问题数相加比合计多 {more} 个。"
        if more
        else ""
    )


def _letters_to(office: UnitOf) -> int:
    return office.at.letters_sent_to[office.unit.code]


def _level(index: int) -> Callable[[TaskOf], int]:
    return lambda duty: _units_at(duty, duty.at.year.options.levels[index])


def _units_at(duty: TaskOf, level: str) -> int:
    """Units in which the task was last seen at the level, in an inspection begun by the day."""
    seen = duty.at.levels_seen.get(duty.task.code)
    return seen[level] if seen else 0


def _findings_on(duty: TaskOf) -> int:
    return duty.at.findings_on[duty.task.code]


KIND_ROW = VariableTable[KindOf](
    "检查分类行",
    {
        "类型": text("检查类型", lambda row: row.kind),
        "次数": number("次数", lambda row: len(row.at.of_kind(row.kind))),
        "问题数": number("发现的问题，共性问题计入先发现的一类", _found_in),
    },
)

UNIT_ROW = VariableTable[UnitOf](
    "单位行",
    {
        "单位": record(UNIT, "单位", lambda office: office),
        "自查份数": number("通过的自查", lambda office: len(office.at.accepted_of(office.unit))),
        "检查次数": number("涉及它的各类检查", lambda office: len(office.at.inspections_of(office.unit))),
        "问题数": number("它的问题", found_of),
        "整改函份数": number("发给它的整改函", _letters_to),
        "已销号数": number("它已销号的问题", closed_of),
        "应整改数": number("它的问题里长期坚持以外的", lambda office: len(rated_of(office).due)),
        "应整改已销号数": number("其中已销号的", lambda office: rated_of(office).closed),
        "整改率": text("应整改已销号数÷应整改数；没有应整改的为 —", lambda office: rated_of(office).rate),
        "按期率": text(
            "应整改里，没有超过原时限就销号的，÷已销号的和逾期的；都没有的为 —",
            lambda office: rated_of(office).rate_in_time,
        ),
        "逾期数": number("它逾期的问题", lambda office: rated_of(office).overdue),
    },
)

TASK_ROW = VariableTable[TaskOf](
    "任务行",
    {
        "任务": record(TASK, "任务", lambda duty: duty),
        "问题数": number("对应的问题", _findings_on),
        "一级数": number("最近一次检查处在最低一级的单位数", _level(0)),
        "二级数": number("处在第二级的单位数", _level(1)),
        "三级数": number("处在第三级的单位数", _level(2)),
        "四级数": number("处在最高一级的单位数", _level(3)),
    },
)
