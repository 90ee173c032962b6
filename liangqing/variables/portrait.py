"""A task in one unit: what the unit said, what the group saw, what the group saw last year, and by which records."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.duties import Task
from liangqing.data.model.inspections import Inspection, SelfCheck, TaskFound, TaskState
from liangqing.data.model.types import NOT_CONCERNED
from liangqing.variables.duties import TaskOf
from liangqing.variables.inspections import to_check
from liangqing.variables.papers import Subject
from liangqing.variables.table import flag, number, record, table, text
from liangqing.year.state.standing import Standing

NONE, NOT_TOLD, NOT_SEEN = "—", "未报", "未查"


class Said(NamedTuple):
    """What a unit stated of a task, in which self-check."""

    check: SelfCheck
    stated: TaskState


class Seen(NamedTuple):
    """What the group saw of a task, in which inspection, of which year."""

    at: Standing
    inspection: Inspection
    stated: TaskFound


class Compared(NamedTuple):
    """A task as the unit said, as the group saw, and as the group saw the task of last year that it goes on with."""

    at: Standing
    task: Task
    wanted: bool
    said: Said | None
    seen: Seen | None
    before: Seen | None

    @property
    def gap(self) -> str:
        """Which of the two stands higher, by levels; no data is no data."""
        return _difference(
            self.height(self.said), self.height(self.seen), self._concerned, "自查高", "自查低"
        )

    @property
    def movement(self) -> str:
        """What the group saw this year against last year; no data is no data."""
        now, then = self.height(self.seen), self.height(self.before)
        if now is None or then is None:
            return NONE
        return "持平" if now == then else f"{'上升' if now > then else '下降'}{abs(now - then)}级"

    @property
    def _concerned(self) -> bool | None:
        """Whether both say that the task is the unit's; None where one of them says nothing."""
        if self.said is None or self.seen is None:
            return None
        return NOT_CONCERNED not in (self.said.stated.state, self.seen.stated.state)

    def height(self, told: Said | Seen | None) -> int | None:
        """Which level a statement names, from 0; None where there is no data."""
        levels = (told.at if isinstance(told, Seen) else self.at).year.options.levels
        return levels.index(told.stated.state) if told is not None and told.stated.state in levels else None

    @property
    def has_data(self) -> bool:
        return self.height(self.said) is not None or self.height(self.seen) is not None


def _difference(said: int | None, seen: int | None, concerned: bool | None, above: str, below: str) -> str:
    if concerned is None:
        return NONE
    if said == seen:
        return "一致"
    if said is None or seen is None:
        return "口径不同"
    return f"{above}{said - seen}级" if said > seen else f"{below}{seen - said}级"


def compared(it: Subject) -> list[Compared]:
    """Every task in force that the unit carries, that it reported on, or that was looked at."""
    assert it.inspection is not None and it.unit is not None
    year, said, seen = it.at.year, _said(it), _seen(it)
    own = {task.code for task in year.tasks_of(it.unit) if task.in_force(it.inspection.last_day)}
    wanted = {task.code for task in to_check(it.at, it.inspection, it.unit)}
    return [
        Compared(
            it.at, task, task.code in wanted, said.get(task.code), seen.get(task.code), _before(it, task)
        )
        for task in year.checklist.tasks
        if task.code in own | said.keys() | seen.keys()
    ]


def _said(it: Subject) -> dict[str, Said]:
    """The unit's last accepted self-check that was in by the end of the inspection."""
    assert it.inspection is not None and it.unit is not None
    own = [
        each
        for each in it.at.accepted_of.get(it.unit.code, ())
        if (each.handed_in or each.reviewed or date.max) <= it.inspection.last_day
    ]
    last = max(own, key=lambda each: each.handed_in or each.reviewed or date.min, default=None)
    return {each.task: Said(last, each) for each in last.tasks} if last else {}


def _seen(it: Subject) -> dict[str, Seen]:
    """What this inspection saw in the unit by the day."""
    assert it.inspection is not None
    return {
        each.task: Seen(it.at, it.inspection, each)
        for each in it.inspection.results
        if it.at.year.unit(each.unit) == it.unit and (each.day or it.inspection.begins) <= it.at.day
    }


def _before(it: Subject, task: Task) -> Seen | None:
    """What an inspection of last year saw last, in the same unit (by 编号), of the task that this one goes on with."""
    number = it.at.year.year - 1
    if task.continues is None or number not in it.at.years or it.unit is None:
        return None
    at, found = it.at.beside(number), None
    for inspection in sorted(at.inspections_of.get(it.unit.code, ()), key=lambda each: each.begins):
        for each in inspection.results:
            if each.task == task.continues and at.year.unit(each.unit).code == it.unit.code:
                found = Seen(at, inspection, each)
    return found


def _said_where(it: Compared) -> str:
    if it.said is None:
        return NOT_TOLD
    check = it.said.check
    handed_in = f"，{long_date(check.handed_in)}报送" if check.handed_in else ""
    return f"{it.said.stated.state}：{check.code}（{check.period}{handed_in}）"


def _seen_where(told: Seen | None, otherwise: str) -> str:
    if told is None:
        return otherwise
    day = long_date(told.stated.day or told.inspection.begins)
    who = f"，{told.stated.inspector}" if told.stated.inspector else ""
    evidence = enumerate_words(told.stated.evidence)
    shown = f"；佐证：{evidence}" if evidence else ""
    return f"{told.stated.state}：{told.inspection.code}（{day}{who}{shown}）"


def _before_where(it: Compared) -> str:
    if it.task.continues is None:
        return "上年没有这项任务"
    return _seen_where(it.before, "没有记录")


COMPARED = table(
    "任务落实",
    {
        "任务": record("任务", "清单任务", lambda it: TaskOf(it.at, it.task)),
        "应查": flag("这次检查要查的", lambda it: it.wanted),
        "自查状态": text(
            "检查时最近一次通过的自查；没有时为 未报",
            lambda it: it.said.stated.state if it.said else NOT_TOLD,
        ),
        "检查状态": text(
            "检查看到的状态；没有时为 未查", lambda it: it.seen.stated.state if it.seen else NOT_SEEN
        ),
        "上年状态": text(
            "所沿用的任务上年检查看到的状态；没有时为 —",
            lambda it: it.before.stated.state if it.before else NONE,
        ),
        "自查值": number(
            "自查状态是第几级，从0到3；没有数据时没有", lambda it: it.height(it.said), optional=True
        ),
        "检查值": number(
            "检查状态是第几级，从0到3；没有数据时没有", lambda it: it.height(it.seen), optional=True
        ),
        "上年值": number(
            "上年状态是第几级，从0到3；没有数据时没有", lambda it: it.height(it.before), optional=True
        ),
        "差距": text("自查与检查相比", lambda it: it.gap),
        "变化": text("检查看到的与上年相比：上升、持平、下降；没有可比的为 —", lambda it: it.movement),
        "自查出处": text("自查状态和它出自哪份自查；没有时为 未报", _said_where),
        "检查出处": text(
            "检查状态、哪天、谁、有什么佐证；没有时为 未查", lambda it: _seen_where(it.seen, NOT_SEEN)
        ),
        "上年出处": text("上年状态和它出自哪次检查；没有时说明没有", _before_where),
        "说明": text("检查中的说明，没有时为空", lambda it: (it.seen.stated.remark or "") if it.seen else ""),
        "佐证": text(
            "检查中看到的佐证，没有时为空",
            lambda it: enumerate_words(it.seen.stated.evidence) if it.seen else "",
        ),
        "检查人": text(
            "谁检查的，没有时为空", lambda it: (it.seen.stated.inspector or "") if it.seen else ""
        ),
        "检查日期": text(
            "哪天检查的，没有时为空",
            lambda it: long_date(it.seen.stated.day) if it.seen and it.seen.stated.day else "",
        ),
    },
)
