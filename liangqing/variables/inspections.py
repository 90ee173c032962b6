"""Variables of 检查 and of the meetings that end it."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.duties import Task, Unit
from liangqing.data.model.inspections import FeedbackMeeting, Inspection
from liangqing.variables.duties import TaskOf, UnitOf
from liangqing.variables.findings import span
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.table import flag, number, record, records, table, text, texts
from liangqing.year.state.standing import Standing


class MeetingOf(NamedTuple):
    """A feedback meeting with one unit, in its inspection."""

    at: Standing
    inspection: Inspection
    meeting: FeedbackMeeting

    @property
    def unit(self) -> Unit:
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
    return [MeetingOf(at, inspection, each) for each in inspection.meetings if each.day <= at.day]


def _units(it: InspectionOf) -> tuple[Unit, ...]:
    return it.at.year.units_of(it.inspection.units)


def _tasks(it: InspectionOf) -> list[TaskOf]:
    """What is looked at in any of its units, in the order of the checklist."""
    wanted = {task.code for unit in _units(it) for task in to_check(it.at, it.inspection, unit)}
    return [TaskOf(it.at, task) for task in it.at.year.checklist.tasks if task.code in wanted]


def _address(it: InspectionOf) -> str:
    units = _units(it)
    return units[0].address if len(units) == 1 else "你们"


def _told(it: MeetingOf) -> list[FindingOf]:
    """The findings of the inspection in the unit."""
    found = it.at.found_in.get((it.inspection.code, it.unit.code), ())
    return [FindingOf(it.at, each) for each in found]


INSPECTION = table(
    "检查",
    {
        "编号": text("检查编号", lambda it: it.inspection.code),
        "类型": text("单项体检、动态体检、集中清查、专项监督或抽查", lambda it: it.inspection.kind),
        "名称": text("检查名称", lambda it: it.inspection.name),
        "时间": text("起止日期", lambda it: span(it.inspection.begins, it.inspection.last_day)),
        "已开始": flag("到统计日已经开始", lambda it: it.inspection.begins <= it.at.day),
        "依据": text("检查依据", lambda it: it.inspection.basis, optional=True),
        "任务": records("任务", "要查的清单任务", _tasks),
        "准备材料": texts("请单位准备的材料", lambda it: it.inspection.to_prepare),
        "检查组": texts("检查组成员", lambda it: it.inspection.team),
        "方式": texts("检查方式", lambda it: it.inspection.methods),
        "配合单位": texts("室组地联动的配合单位", lambda it: it.inspection.together_with),
        "单位": records("单位", "被检查单位", lambda it: [UnitOf(it.at, each) for each in _units(it)]),
        "单位数": number("被检查单位的家数", lambda it: len(_units(it))),
        "单位名称": text(
            "被检查单位的简称，顿号隔开", lambda it: enumerate_words(each.short_name for each in _units(it))
        ),
        "主送": text(
            "被检查单位的全称，顿号隔开", lambda it: enumerate_words(each.name for each in _units(it))
        ),
        "称谓": text("函中对被检查单位的称呼；几家时是 你们", _address),
        "反馈会": records("反馈会", "已经开过的反馈会", lambda it: meetings(it.at, it.inspection)),
    },
)

MEETING = table(
    "反馈会",
    {
        "单位": record("单位", "向哪个单位反馈", lambda it: UnitOf(it.at, it.unit)),
        "日期": text("日期", lambda it: long_date(it.meeting.day)),
        "地点": text("地点", lambda it: it.meeting.where, optional=True),
        "主持人": text("主持人", lambda it: it.meeting.chair, optional=True),
        "记录人": text("记录人", lambda it: it.meeting.recorder, optional=True),
        "出席": texts("出席", lambda it: it.meeting.present),
        "列席": texts("列席", lambda it: it.meeting.sitting_in),
        "问题": records("问题", "反馈的问题", _told),
        "单位意见": text("单位意见", lambda it: it.meeting.opinion, optional=True),
    },
)
