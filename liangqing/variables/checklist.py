"""Variables of 清单 and 任务: the tasks in force, grouped by what they are about, and what opinions changed in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.data.model.duties import DRAFT, Period, Task
from liangqing.variables.table import VariableTable, number, records, text, texts
from liangqing.year.state.drafted import DraftedTask
from liangqing.year.state.standing import Standing


class TaskOf(NamedTuple):
    """A task in the year that it belongs to; `place` is its number in a list of its own, None in that of the year."""

    at: Standing
    task: Task
    place: int | None = None

    @property
    def position(self) -> int:
        """Its number, from 1."""
        return self.place or self.at.year.task_position[self.task.code] + 1


class ContentOf(NamedTuple):
    """A 监督内容 with tasks that stand under it one after the other."""

    name: str
    tasks: list[TaskOf]


def day_or_text(value: date | str) -> str:
    """A limit as it is printed."""
    return long_date(value) if isinstance(value, date) else value


def names_of(at: Standing, responsible: Iterable[str]) -> str:
    """责任主体 as it is printed: groups of units by their word, single ones by 简称."""
    known = at.year.unit_by_ref
    return enumerate_words(
        known[word].short_name if word in known else word for word in dict.fromkeys(responsible)
    )


def grouped(tasks: Iterable[TaskOf]) -> list[ContentOf]:
    """The tasks in their order, consecutive ones of one 监督内容 together."""
    groups = groupby(tasks, key=lambda duty: duty.task.content)
    return [ContentOf(name, list(group)) for name, group in groups]


def _tasks(at: Standing) -> list[TaskOf]:
    """Tasks in force, of the draft as it was sent out while opinions are asked on it."""
    if at.stage == DRAFT:
        listed = [(drafted.place, drafted.task) for drafted in at.draft]
    else:
        listed = list(enumerate(at.year.checklist.tasks, 1))
    return [TaskOf(at, task, place) for place, task in listed if task.in_force(at.day)]


def _revised(at: Standing) -> list[str]:
    """What was changed in the draft: 第2项完成时限由“…”改为“…”, what was added to it and what was dropped."""
    told = [(drafted.now[0], _changes(at, drafted)) for drafted in at.draft if drafted.now is not None]
    told += [(place, [f"增加第{place}项“{unstopped(task.task)}”"]) for place, task in at.added_since_draft]
    dropped = [drafted for drafted in at.draft if drafted.now is None]
    return [
        *(words for _, changes in sorted(told) for words in changes),
        *(f"删去原第{drafted.place}项“{unstopped(drafted.task.task)}”" for drafted in dropped),
    ]


def _changes(at: Standing, drafted: DraftedTask) -> list[str]:
    """How a task reads otherwise than in the draft, by the number that it has now."""
    if drafted.now is None:
        return []
    place, task = drafted.now
    duties = [TaskOf(at, version, place) for version in (drafted.task, task)]
    words = {key: [str(TASK.rows[key].read(duty, {})) for duty in duties] for key in REVISABLE}
    return [
        f"第{place}项{key}由“{unstopped(old)}”改为“{unstopped(new)}”"
        for key, (old, new) in words.items()
        if old != new
    ]


TASK = VariableTable[TaskOf](
    "任务",
    {
        "序号": number("在清单里的次序；单位.任务、单位.内容 里是本单位的次序", lambda duty: duty.position),
        "编号": text("任务编号", lambda duty: duty.task.code),
        "监督内容": text("所属的监督内容", lambda duty: duty.task.content),
        "具体任务": text("具体任务", lambda duty: duty.task.task),
        "责任主体": text("责任主体，顿号隔开", lambda duty: names_of(duty.at, duty.task.responsible)),
        "监督方式": text("监督方式，顿号隔开", lambda duty: enumerate_words(duty.task.methods)),
        "完成时限": text("日期或文字", lambda duty: day_or_text(duty.task.due)),
        "佐证材料": text("要备的材料，没有时为空", lambda duty: enumerate_words(duty.task.evidence)),
        "备注": text("备注，没有时为空", lambda duty: duty.task.note or ""),
    },
)

CONTENT = VariableTable[ContentOf](
    "监督内容",
    {
        "监督内容": text("监督内容（大项）", lambda content: content.name),
        "任务": records(TASK, "这一大项的任务", lambda content: content.tasks),
    },
)

PERIOD = VariableTable[Period](
    "自查期次",
    {
        "名称": text("名称", lambda period: period.name),
        "报送截止日期": text("报送截止日期", lambda period: long_date(period.due)),
    },
)

REVISABLE = ("监督内容", "具体任务", "责任主体", "监督方式", "完成时限", "佐证材料", "备注")

CHECKLIST = VariableTable[Standing](
    "清单",
    {
        "标题": text("清单标题", lambda at: at.year.checklist.title),
        "阶段": text("征求意见稿（到征求意见截止那天为止）或 正式稿", lambda at: at.stage),
        "征求意见截止": text(
            "征求意见的截止日期",
            lambda at: (
                long_date(at.year.checklist.consultation.closes)
                if at.year.checklist.consultation and at.year.checklist.consultation.closes
                else None
            ),
            optional=True,
        ),
        "依据": texts("制度全称，不带书名号", lambda at: at.year.checklist.basis),
        "印发要求": texts("印发要求", lambda at: at.year.checklist.requirements),
        "内容": records(CONTENT, "按监督内容分组的任务", lambda at: grouped(_tasks(at))),
        "任务": records(TASK, "全部任务", _tasks),
        "任务数": number("任务的项数", lambda at: len(_tasks(at))),
        "修改": texts("征求意见稿里后来改了的，每处一句", _revised),
        "自查期次": records(PERIOD, "自查的各期", lambda at: at.year.checklist.periods),
    },
)
