"""Duties that come round: a 任务 whose 完成时限 is 每月, 每季度, 每半年 or 每年, as dated occurrences.

What is known of an occurrence is what records show that are dated within it. Where there is none nobody can say that
the duty was not done: it is 尚无记录.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from liangqing.base.chinese import enumerate_words
from liangqing.base.workdays import PRESUMED
from liangqing.data.model.duties import Task, Unit
from liangqing.year.state.standing import Standing
from liangqing.year.state.succession import NOBODY
from liangqing.year.state.task_records import TaskRecord

# 完成时限 → for how many months an occurrence lasts, and what those of a year are called.
ROUNDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "每月": (1, tuple(f"{month}月" for month in range(1, 13))),
    "每季度": (3, ("第一季度", "第二季度", "第三季度", "第四季度")),
    "每半年": (6, ("上半年", "下半年")),
    "每年": (12, ("全年",)),
}


@dataclass(frozen=True)
class Occurrence:
    """A duty in one of its rounds: from which day to which (by then it is due), and what of it is on record.

    `shown`: each unit that carries it, with the records dated within the round; `silent`: those of them without any.
    A unit that is gone is told by who took over from it.
    """

    task: Task
    name: str
    begins: date
    due: date
    shown: tuple[tuple[Unit, tuple[TaskRecord, ...]], ...]

    @property
    def silent(self) -> tuple[Unit, ...]:
        return tuple(unit for unit, records in self.shown if not records)


def occurrences(at: Standing) -> Iterator[Occurrence]:
    """Every round of every recurring duty of the year, by task and then by day; those to come too.

    A round counts where the task is in force on the day and on the round's last day, and somebody carries it then.
    """
    for task in at.year.checklist.tasks:
        months, names = ROUNDS.get(str(task.due).strip(), (12, ()))
        for place, name in enumerate(names if task.in_force(at.day) else ()):
            begins, due = _span(at.year.year, place * months + 1, months)
            shown = _shown(at, task, begins, due) if task.in_force(due) else ()
            if shown:
                yield Occurrence(task, name, begins, due, shown)


def _span(year: int, month: int, months: int) -> tuple[date, date]:
    last = month + months - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


def _shown(
    at: Standing, task: Task, begins: date, due: date
) -> tuple[tuple[Unit, tuple[TaskRecord, ...]], ...]:
    """Who carries a task in a round, in the order of 单位, each with its own records and those of whom it follows."""
    day = min(due, at.day)
    carried: dict[str, list[TaskRecord]] = {}
    who: dict[str, Unit] = {}
    for unit in at.year.units_of(task.responsible):
        if unit.founded is not None and unit.founded > day:
            continue
        now = at.stands_for(unit, day) or NOBODY
        who.setdefault(now.code, now)
        own = at.task_records.get((task.code, unit.code), ())
        carried.setdefault(now.code, []).extend(record for record in own if begins <= record.day <= due)
    return tuple((who[code], tuple(carried[code])) for code in who)


def next_due(at: Standing, occurrence: Occurrence) -> date:
    """The last day of the round after an occurrence."""
    months, _ = ROUNDS[str(occurrence.task.due).strip()]
    begins = occurrence.due + timedelta(1)
    return _span(begins.year, begins.month, months)[1]


def waiting(at: Standing, since: int) -> list[Occurrence]:
    """The rounds that are over, or near their end (选项.临期天数), and of which some unit has no record.

    Of a year before `since` only the last round, until the next one is over in its turn.
    """
    found = [occurrence for occurrence in occurrences(at) if occurrence.silent and at.is_near(occurrence.due)]
    if at.year.year == since:
        return found
    return [
        occurrence
        for occurrence in found
        if _ends_its_year(occurrence) and at.day <= next_due(at, occurrence)
    ]


def _ends_its_year(occurrence: Occurrence) -> bool:
    return (occurrence.due.month, occurrence.due.day) == (12, 31)


# in words


def title(occurrence: Occurrence) -> str:
    """R1 每季度（第三季度）."""
    return f"{occurrence.task.code} {str(occurrence.task.due).strip()}（{occurrence.name}）"


def told(at: Standing, occurrence: Occurrence) -> str:
    """What is on record of an occurrence that has begun; "" for one that is to come."""
    if occurrence.begins > at.day:
        return ""
    count, silent = len(occurrence.shown), occurrence.silent
    known = [(unit, records) for unit, records in occurrence.shown if records]
    if not known:
        return f"{count}个单位都尚无记录"
    names = "；".join(f"{unit.short_name}：{records[-1].words}" for unit, records in known[:FEW])
    more = "等" if len(known) > FEW else ""
    lacking = (
        f"，{len(silent)}个尚无记录：{enumerate_words(unit.short_name for unit in silent)}" if silent else ""
    )
    return f"{count}个单位里{len(known)}个有记录（{names}{more}）{lacking}"


FEW = 2  # units whose record is told


def on_a_day_off(at: Standing, day: date) -> str:
    """Where a round ends on a day off: that, and the last working day before it; else ""."""
    calendar = at.year.calendar
    if not calendar.is_day_off(day):
        return ""
    before = calendar.after(day, -1)
    presumed = f"（{PRESUMED}）" if calendar.presumes(before, day) else ""
    return f"当天休息，前一个工作日是{before.month}月{before.day}日{presumed}"
