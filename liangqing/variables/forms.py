"""Variables of the forms that units fill in: what is known already, and how much is asked."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.data.model.duties import Period, Task
from liangqing.data.model.inspections import SelfCheck
from liangqing.variables.duties import TaskOf
from liangqing.variables.papers import Subject
from liangqing.variables.table import Table, flag, number, record, records, table, text
from liangqing.year.state.owed import asked
from liangqing.year.state.standing import Standing

HEAD_FIELDS = 2  # 报送日期 and 签字人
FEEDBACK_FIELDS = 1  # 反馈日期


class AskedTask(NamedTuple):
    """A task that a unit reports on, with the state that it reported last."""

    at: Standing
    task: Task
    said: str


def period_of(it: Subject) -> Period:
    """The round of self-checks that a form is for."""
    return it.at.year.period_by_name[it.code.rpartition("/")[0]]


def _tasks(it: Subject) -> list[AskedTask]:
    """The unit's tasks in force on the last day of the round."""
    assert it.unit is not None
    said, due = _last_said(it), period_of(it).due
    tasks = (task for task in it.at.year.tasks_of(it.unit) if task.in_force(due))
    return [AskedTask(it.at, task, said.get(task.code, "—")) for task in tasks]


def _last_said(it: Subject) -> dict[str, str]:
    """The states of the last accepted self-check of an earlier round."""
    assert it.unit is not None
    due = {period.name: period.due for period in it.at.year.checklist.periods}
    before = due[period_of(it).name]
    earlier = [each for each in it.at.accepted_of.get(it.unit.code, ()) if due[each.period] < before]

    def order(each: SelfCheck) -> object:
        return due[each.period]

    last = max(earlier, key=order, default=None)  # type: ignore[arg-type]
    return {each.task: each.state for each in last.tasks} if last else {}


PERIOD = table(
    "期次",
    {
        "名称": text("期次的名称", lambda it: period_of(it).name),
        "报送截止日期": text("最晚哪天报送", lambda it: long_date(period_of(it).due)),
        "案例": text("这一期对照的典型案例的名称", lambda it: _case_name(it), optional=True),
    },
)


def _case_name(it: Subject) -> str | None:
    case = period_of(it).case
    return next((each.name for each in it.at.year.cases if each.code == case), None)


ASKED_TASK = table(
    "自查任务",
    {
        "任务": record("任务", "清单任务", lambda it: TaskOf(it.at, it.task)),
        "编号": text("任务编号", lambda it: it.task.code),
        "上期状态": text("以前各期最近一份通过的自查里的状态，没有时为 —", lambda it: it.said),
    },
)

SELF_CHECK_FORM = table(
    "自查表",
    {
        "任务": records("自查任务", "要报状态的任务", _tasks),
        "任务数": number("要报状态的任务的项数", lambda it: len(_tasks(it))),
        "应填数": number("必须填的有几项", lambda it: HEAD_FIELDS + len(_tasks(it))),
    },
)

FEEDBACK_FORM = table(
    "整改反馈表",
    {
        "问题数": number("要反馈的问题", lambda it: len(it.findings)),
        "应填数": number("必须填的有几项", lambda it: FEEDBACK_FIELDS + len(it.findings)),
    },
)


def _is_asked(it: Subject) -> bool:
    return it.at.year.checklist.consultation is not None and it.unit in asked(it.at)


OF_PERIOD: Table = {
    "期次": record("期次", "自查的期次", lambda it: it.subject),
    "自查表": record("自查表", "这个单位这一期的自查情况表", lambda it: it.subject),
}
OF_UNIT: Table = {"征求它的意见": flag("清单征求意见时有没有征求这个单位", lambda it: _is_asked(it.subject))}
OF_LETTER: Table = {"整改反馈表": record("整改反馈表", "本函的整改情况反馈表", lambda it: it.subject)}
