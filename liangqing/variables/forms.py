"""Variables of the forms that units fill in: what is known already, and how much is asked."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.data.model.duties import Task
from liangqing.variables.about import PeriodUnitSubject, Subject, UnitSubject
from liangqing.variables.checklist import TASK, TaskOf
from liangqing.variables.table import VariableTable, number, record, records, text
from liangqing.year.state.standing import Standing

HEAD_FIELDS = 2  # 报送日期 and 签字人
FEEDBACK_FIELDS = 1  # 反馈日期


class AskedTask(NamedTuple):
    """A task that a unit reports on, with the state that it reported last."""

    at: Standing
    task: Task
    said: str


def _tasks(subject: PeriodUnitSubject) -> list[AskedTask]:
    """The unit's tasks in force on the last day of the round."""
    said, due = _last_said(subject), subject.period.due
    tasks = (task for task in subject.at.year.tasks_of(subject.unit) if task.in_force(due))
    return [AskedTask(subject.at, task, said.get(task.code, "—")) for task in tasks]


def _last_said(subject: PeriodUnitSubject) -> dict[str, str]:
    """The states of the last accepted self-check of an earlier round."""
    due = {period.name: period.due for period in subject.at.year.checklist.periods}
    accepted = subject.at.accepted_of(subject.unit)
    earlier = [check for check in accepted if due[check.period] < subject.period.due]
    last = max(earlier, key=lambda check: due[check.period], default=None)
    return {stated.task: stated.state for stated in last.tasks} if last else {}


def _case_name(subject: PeriodUnitSubject) -> str | None:
    case = subject.at.year.case_by_code.get(subject.period.case or "")
    return case.name if case else None


PERIOD_OF_FORM = VariableTable[PeriodUnitSubject](
    "期次",
    {
        "名称": text("期次的名称", lambda subject: subject.period.name),
        "报送截止日期": text("最晚哪天报送", lambda subject: long_date(subject.period.due)),
        "案例": text("这一期对照的典型案例的名称", _case_name, optional=True),
    },
)

ASKED_TASK = VariableTable[AskedTask](
    "自查任务",
    {
        "任务": record(TASK, "清单任务", lambda item: TaskOf(item.at, item.task)),
        "编号": text("任务编号", lambda item: item.task.code),
        "上期状态": text("以前各期最近一份通过的自查里的状态，没有时为 —", lambda item: item.said),
    },
)

SELF_CHECK_FORM = VariableTable[PeriodUnitSubject](
    "自查表",
    {
        "任务": records(ASKED_TASK, "要报状态的任务", _tasks),
        "任务数": number("要报状态的任务的项数", lambda subject: len(_tasks(subject))),
        "应填数": number("必须填的有几项", lambda subject: HEAD_FIELDS + len(_tasks(subject))),
    },
)

FEEDBACK_FORM = VariableTable[Subject](
    "整改反馈表",
    {
        "问题数": number("要反馈的问题", lambda subject: len(subject.findings)),
        "应填数": number("必须填的有几项", lambda subject: FEEDBACK_FIELDS + len(subject.findings)),
    },
)


def is_asked(subject: UnitSubject) -> bool:
    """Whether the draft of the checklist was sent to the unit for its opinion."""
    return subject.at.year.checklist.consultation is not None and subject.unit.code in subject.at.asked
