"""Variables of 单位: who it is, which tasks it carries, and what it still owes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.data.model.duties import Unit
from liangqing.data.model.types import head_on
from liangqing.variables.checklist import CONTENT, TASK, TaskOf, grouped
from liangqing.variables.group import PERSON
from liangqing.variables.table import VariableTable, number, record, records, text
from liangqing.year.state.owed import Owed, owed
from liangqing.year.state.standing import Standing


class UnitOf(NamedTuple):
    """A unit in the year that it belongs to."""

    at: Standing
    unit: Unit

    @property
    def party(self) -> Unit:
        """The party organisation whose head signs: its own, or itself."""
        return self.at.year.unit(self.unit.party) if self.unit.party else self.unit


def _carried(office: UnitOf) -> list[TaskOf]:
    """Tasks in force that the unit carries, numbered from 1."""
    tasks = (task for task in office.at.year.tasks_of(office.unit) if task.in_force(office.at.day))
    return [TaskOf(office.at, task, place) for place, task in enumerate(tasks, 1)]


class OwedOn(NamedTuple):
    """Something that is owed, as seen on a day."""

    day: date
    owed: Owed


def _owed(office: UnitOf) -> list[OwedOn]:
    return [OwedOn(office.at.day, item) for item in owed(office.at, office.unit)]


def _left_in_words(debt: OwedOn) -> str:
    if debt.owed.due is None:
        return "—"
    days = (debt.owed.due - debt.day).days
    return f"还有{days}天" if days >= 0 else f"已超过{debt.owed.late or -days}天"


OWED = VariableTable[OwedOn](
    "欠项",
    {
        "类别": text(
            "征求意见反馈、自查情况、双签字、整改、佐证材料、整改情况反馈表、回复、督办事项或挂图作战项目",
            lambda debt: debt.owed.kind,
        ),
        "事项": text("欠的是什么，带记录的编号；以前年度的写明年度", lambda debt: debt.owed.what),
        "事项名称": text("同上，不带编号，发给单位的文书用", lambda debt: debt.owed.told or debt.owed.what),
        "期限": text("期限", lambda debt: long_date(debt.owed.due) if debt.owed.due else None, optional=True),
        "余天": text("还有几天，已超过几天；没有期限的是 —", _left_in_words),
    },
)

UNIT = VariableTable[UnitOf](
    "单位",
    {
        "编号": text("单位编号", lambda office: office.unit.code),
        "名称": text("全称", lambda office: office.unit.name),
        "简称": text("简称", lambda office: office.unit.short_name),
        "称谓": text("函中对它的称呼", lambda office: office.unit.address),
        "类型": text("党组、党委、党总支、党支部或单位", lambda office: office.unit.kind),
        "党组织": text("签字的党组织名称", lambda office: office.party.name),
        "负责人": record(
            PERSON, "当日在任的负责人", lambda office: head_on(office.unit.heads, office.at.day)
        ),
        "基本情况": text("单位自己的情况", lambda office: office.unit.situation, optional=True),
        "任务": records(TASK, "它承担的任务", _carried),
        "任务数": number("它承担的任务的项数", lambda office: len(_carried(office))),
        "欠项": records(OWED, "到统计日已过期限、临近期限或没有期限还欠的，以前年度的也在内", _owed),
        "内容": records(CONTENT, "按监督内容分组的它承担的任务", lambda office: grouped(_carried(office))),
    },
)
