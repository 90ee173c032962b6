"""Variables of 机构, 选项, 清单, 任务 and 单位."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.data.model.duties import DRAFT, Task, Unit
from liangqing.data.model.types import head_on
from liangqing.variables.table import number, record, records, table, text, texts
from liangqing.year.state.owed import Owed, owed
from liangqing.year.state.standing import Standing


class TaskOf(NamedTuple):
    """A task in the year that it belongs to; `place` where it stands in a list of its own."""

    at: Standing
    task: Task
    place: int | None = None

    @property
    def position(self) -> int:
        return self.place or self.at.year.checklist.tasks.index(self.task) + 1


class UnitOf(NamedTuple):
    """A unit in the year that it belongs to."""

    at: Standing
    unit: Unit

    @property
    def party(self) -> Unit:
        """The party organisation whose head signs: its own, or itself."""
        return self.at.year.unit(self.unit.party) if self.unit.party else self.unit


def day_or_text(value: date | str) -> str:
    """A limit as it is printed."""
    return long_date(value) if isinstance(value, date) else value


def names_of(at: Standing, responsible: Iterable[str]) -> str:
    """责任主体 as it is printed: groups of units by their word, single ones by 简称."""
    known = at.year.unit_by_ref
    return enumerate_words(
        known[word].short_name if word in known else word for word in dict.fromkeys(responsible)
    )


def _tasks(at: Standing) -> list[TaskOf]:
    """Tasks in force, of the draft as it was sent out while opinions are asked on it."""
    draft = at.stage == DRAFT
    return [
        TaskOf(at, task.as_drafted() if draft else task, place)
        for place, task in enumerate(at.year.checklist.tasks, 1)
        if task.in_force(at.day)
    ]


def _content(at: Standing) -> list[tuple[str, list[TaskOf]]]:
    """The same, consecutive ones of one 监督内容 together."""
    return _grouped(_tasks(at))


def _revised(at: Standing) -> list[str]:
    """What was changed in the draft: 第2项完成时限由“…”改为“…”."""
    changes: list[str] = []
    for place, task in enumerate(at.year.checklist.tasks, 1):
        before, after = (TaskOf(at, each, place) for each in (task.as_drafted(), task))
        for key in REVISABLE:
            old, new = (str(TASK[key].value(each)) for each in (before, after))
            if old != new:
                changes.append(f"第{place}项{key}由“{unstopped(old)}”改为“{unstopped(new)}”")
    return changes


def _grouped(tasks: Iterable[TaskOf]) -> list[tuple[str, list[TaskOf]]]:
    return [(content, list(group)) for content, group in groupby(tasks, key=lambda each: each.task.content)]


def _carried(it: UnitOf) -> list[TaskOf]:
    """Tasks in force that the unit carries, numbered from 1."""
    tasks = (task for task in it.at.year.tasks_of(it.unit) if task.in_force(it.at.day))
    return [TaskOf(it.at, task, place) for place, task in enumerate(tasks, 1)]


class OwedOn(NamedTuple):
    """Something that is owed, as seen on a day."""

    day: date
    owed: Owed


def _owed(it: UnitOf) -> list[OwedOn]:
    return [OwedOn(it.at.day, each) for each in owed(it.at, it.unit)]


def _left_in_words(it: OwedOn) -> str:
    if it.owed.due is None:
        return "—"
    days = (it.owed.due - it.day).days
    return f"还有{days}天" if days >= 0 else f"已超{-days}天"


OWED = table(
    "欠项",
    {
        "类别": text(
            "征求意见反馈、自查情况、双签字、整改、佐证材料、整改情况反馈表、回复或督办事项",
            lambda it: it.owed.kind,
        ),
        "事项": text("欠的是什么", lambda it: it.owed.what),
        "期限": text("期限", lambda it: long_date(it.owed.due) if it.owed.due else None, optional=True),
        "余天": text("还有几天，已超几天；没有期限的是 —", _left_in_words),
    },
)

PERSON = table(
    "人员",
    {
        "姓名": text("可以空着待手写", lambda it: it.name, optional=True),
        "职务": text("职务", lambda it: it.post),
    },
)

CONTACT = table(
    "联系人",
    {
        "姓名": text("姓名", lambda it: it.name, optional=True),
        "电话": text("办公电话", lambda it: it.telephone, optional=True),
    },
)

GROUP = table(
    "机构",
    {
        "全称": text("纪检监察组全称，落款用", lambda at: at.year.group.name),
        "标志": text("发文机关标志上的名称", lambda at: at.year.group.mark or at.year.group.name),
        "简称": text("行文中的自称", lambda at: at.year.group.short_name),
        "派出机关": text("派出机关", lambda at: at.year.group.authority),
        "机关代字": text("文号里的机关代字", lambda at: at.year.group.code),
        "负责人": record("人员", "成文当日在任的负责人", lambda at: head_on(at.year.group.heads, at.day)),
        "联系人": record("联系人", "附注里的联系人", lambda at: at.year.group.contact, optional=True),
        "抄送": texts("各函默认抄送", lambda at: at.year.group.copies_to),
    },
)

OPTIONS = table(
    "选项",
    {
        "一式份数": number("双签字确认表的份数", lambda at: at.year.options.signoff_copies),
        "临期天数": number("距时限几天以内算临期", lambda at: at.year.options.due_soon_days),
        "四级状态": texts("任务落实的四级，从低到高", lambda at: at.year.options.levels),
        "一级": text("四级状态中最低的一级", lambda at: at.year.options.levels[0]),
        "二级": text("四级状态的第二级", lambda at: at.year.options.levels[1]),
        "三级": text("四级状态的第三级", lambda at: at.year.options.levels[2]),
        "四级": text("四级状态中最高的一级", lambda at: at.year.options.levels[3]),
    },
)

TASK = table(
    "任务",
    {
        "序号": number("在清单里的次序；单位.任务、单位.内容 里是本单位的次序", lambda it: it.position),
        "编号": text("任务编号", lambda it: it.task.code),
        "监督内容": text("所属的监督内容", lambda it: it.task.content),
        "具体任务": text("具体任务", lambda it: it.task.task),
        "责任主体": text("责任主体，顿号隔开", lambda it: names_of(it.at, it.task.responsible)),
        "监督方式": text("监督方式，顿号隔开", lambda it: enumerate_words(it.task.methods)),
        "完成时限": text("日期或文字", lambda it: day_or_text(it.task.due)),
        "佐证材料": text("要备的材料，没有时为空", lambda it: enumerate_words(it.task.evidence)),
        "备注": text("备注，没有时为空", lambda it: it.task.note or ""),
    },
)

CONTENT = table(
    "监督内容",
    {
        "监督内容": text("监督内容（大项）", lambda it: it[0]),
        "任务": records("任务", "这一大项的任务", lambda it: it[1]),
    },
)

PERIOD = table(
    "自查期次",
    {
        "名称": text("名称", lambda it: it.name),
        "报送截止日期": text("报送截止日期", lambda it: long_date(it.due)),
    },
)

REVISABLE = ("具体任务", "责任主体", "监督方式", "完成时限", "佐证材料", "备注")

CHECKLIST = table(
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
        "内容": records("监督内容", "按监督内容分组的任务", _content),
        "任务": records("任务", "全部任务", _tasks),
        "任务数": number("任务的项数", lambda at: len(_tasks(at))),
        "修改": texts("征求意见稿里后来改了的，每处一句", _revised),
        "自查期次": records("自查期次", "自查的各期", lambda at: at.year.checklist.periods),
    },
)

UNIT = table(
    "单位",
    {
        "编号": text("单位编号", lambda it: it.unit.code),
        "名称": text("全称", lambda it: it.unit.name),
        "简称": text("简称", lambda it: it.unit.short_name),
        "称谓": text("函中对它的称呼", lambda it: it.unit.address),
        "类型": text("党组、党委、党总支、党支部或单位", lambda it: it.unit.kind),
        "党组织": text("签字的党组织名称", lambda it: it.party.name),
        "负责人": record("人员", "当日在任的负责人", lambda it: head_on(it.unit.heads, it.at.day)),
        "基本情况": text("单位自己的情况", lambda it: it.unit.situation, optional=True),
        "任务": records("任务", "它承担的任务", _carried),
        "任务数": number("它承担的任务的项数", lambda it: len(_carried(it))),
        "欠项": records("欠项", "到统计日还欠的自查、签字、整改、佐证、反馈表、回复等", _owed),
        "内容": records("监督内容", "按监督内容分组的它承担的任务", lambda it: _grouped(_carried(it))),
    },
)
