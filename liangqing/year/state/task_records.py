"""What records show of each task in each unit by the end of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from liangqing.data.model.inspections import SelfCheck
from liangqing.year.state.records import YearRecords


class TaskRecord(NamedTuple):
    """What shows how far a unit is with a task: of which day, and in words which record it is and what it says."""

    day: date
    words: str


@dataclass(frozen=True)
class RecordsOfTasks(YearRecords):
    """The records of a year by the day, and those of them that tell of tasks."""

    @cached_property
    def task_records(self) -> dict[tuple[str, str], list[TaskRecord]]:
        """By 编号 of a task and of a unit what records say of both by the day, in order of date.

        These are 自查 that were not sent back, of the day on which they were handed in or, where that is later, the
        last day of their period; 任务落实 of inspections; 监督记录 that name the task.
        """
        found: dict[tuple[str, str], list[TaskRecord]] = {}
        for task, unit, record in sorted(
            (*self._stated(), *self._seen(), *self._noted()), key=lambda told: told[2].day
        ):
            found.setdefault((task, self.year.unit(unit).code), []).append(record)
        return found

    def _stated(self) -> Iterator[tuple[str, str, TaskRecord]]:
        for check in self.checks_in:
            if self._counts(check) and not any(map(self._counts, self.year.superseding.get(check.code, ()))):
                due = self.year.period_by_name[check.period].due
                day = min(check.known_since, due) if check.known_since > date.min else due
                for stated in check.tasks:
                    words = f"自查{check.code}报{stated.state}"
                    yield stated.task, check.unit, TaskRecord(day, words)

    def _counts(self, check: SelfCheck) -> bool:
        return self.is_in(check) and self.verdict(check) != "退回补充"

    def _seen(self) -> Iterator[tuple[str, str, TaskRecord]]:
        for inspection in self.begun:
            for seen in inspection.results:
                if self.is_seen(inspection, seen):
                    words = f"检查{inspection.code}看到{seen.state}"
                    yield seen.task, seen.unit, TaskRecord(seen.day or inspection.begins, words)

    def _noted(self) -> Iterator[tuple[str, str, TaskRecord]]:
        for noted in self.year.observations:
            if noted.task and noted.day <= self.day:
                words = f"{noted.day.month}月{noted.day.day}日监督记录（{noted.method}）"
                yield noted.task, noted.unit, TaskRecord(noted.day, words)
