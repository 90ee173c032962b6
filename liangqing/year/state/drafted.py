"""The checklist as units were asked their opinions on it: the draft that went out with the 征求意见函."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from liangqing.data.model.duties import FINAL, Task
from liangqing.register import BY_HAND, EDITED
from liangqing.year.state.task_records import RecordsOfTasks

CONSULTATION = "征求意见函"
_ALIKE = 0.5  # how much of their words two versions of a task have in common
_Row: TypeAlias = Mapping[str, Any]


class DraftedTask(NamedTuple):
    """A task of the draft: its number there, from 1, its words there, and what became of it.

    `now`: number and task of the checklist as it is; None: the task was dropped.
    """

    place: int
    task: Task
    now: tuple[int, Task] | None


@dataclass(frozen=True)
class DraftOfChecklist(RecordsOfTasks):
    """What the draft said, by the archive of the 征求意见函 that is out, and by what a person typed of it."""

    @cached_property
    def draft(self) -> tuple[DraftedTask, ...]:
        """The tasks of the draft, in its order.

        Once the checklist is final they are as the issued 征求意见函 was kept; what a person typed under 征求意见稿
        goes before that. Where no letter is out, or what was kept of it is lost, damaged, or was changed by hand, they
        are those of the checklist, each as 征求意见稿 says it was.
        """
        tasks = list(enumerate(self.year.checklist.tasks, 1))
        rows = self._rows_kept() if self.year.checklist.stage == FINAL else {}
        if not rows:
            return tuple(DraftedTask(place, task.as_drafted(), (place, task)) for place, task in tasks)
        now = _followed(rows, dict(tasks))
        return tuple(
            DraftedTask(place, _as_kept(row, now[place][1] if place in now else None), now.get(place))
            for place, row in rows.items()
        )

    @cached_property
    def added_since_draft(self) -> tuple[tuple[int, Task], ...]:
        """The tasks, with their numbers, that the draft did not have; not what was added later with an 增补日期."""
        kept = {drafted.now[0] for drafted in self.draft if drafted.now is not None}
        tasks = enumerate(self.year.checklist.tasks, 1)
        return tuple((place, task) for place, task in tasks if place not in kept and task.added is None)

    def _rows_kept(self) -> dict[int, _Row]:
        """By its number what the letter that is in force printed of each task; {} where that is not known."""
        year = self.year.year
        line = self.register.in_use(CONSULTATION, str(year), year, self.day)
        if line is None or BY_HAND in line.notes:
            return {}
        kept = self.register.values_of(line)
        told = (_rows(kept[kind]) for kind in line.kinds if kind in kept and kind not in kept.get(EDITED, {}))
        return next(filter(None, told), {})


def _rows(printed: _Row) -> dict[int, _Row]:
    """The tasks among the values that a document was made from, by number: of 清单.内容, else of 清单.任务."""
    checklist = printed.get("清单", {})
    rows = [
        {"监督内容": group["监督内容"], **row} if "监督内容" in group else row
        for group in checklist.get("内容", ())
        for row in group.get("任务", ())
    ]
    rows = rows or checklist.get("任务", [])
    return {row.get("序号", place): row for place, row in enumerate(rows, 1) if "具体任务" in row}


# What a key of a printed task is in the record: its field, and how the words are read.
_Reader: TypeAlias = Callable[[str], object]


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split("、")) if words else ()


_KEYS: Mapping[str, tuple[str, _Reader]] = {
    "监督内容": ("content", str),
    "具体任务": ("task", str),
    "责任主体": ("responsible", _listed),
    "监督方式": ("methods", _listed),
    "完成时限": ("due", str),
    "佐证材料": ("evidence", _listed),
    "备注": ("note", lambda words: words or None),
}
_DROPPED = Task.model_construct(code="", content="", task="", responsible=(), methods=(), due="")


def _as_kept(row: _Row, now: Task | None) -> Task:
    """A task as it was printed; what a person typed under 征求意见稿 goes before, what was not printed is as now."""
    read = {_KEYS[key][0]: _KEYS[key][1](row[key]) for key in _KEYS if isinstance(row.get(key), str)}
    if now is None:
        return _DROPPED.model_copy(update=read)
    typed = {} if now.draft is None else {name: said for name, said in now.draft if said is not None}
    return now.model_copy(update={**read, **typed})


def _followed(rows: Mapping[int, _Row], tasks: Mapping[int, Task]) -> dict[int, tuple[int, Task]]:
    """By number in the draft the task, with its number, that each became; none for what was dropped.

    A task is known by its words; else, of those left over, by its number and the like words; by like words; by its
    number alone under one 监督内容.
    """
    found: dict[int, tuple[int, Task]] = {}
    taken: set[int] = set()
    for pairs in (_same_words, _like_in_place, _like, _in_place):
        left = {place: row for place, row in rows.items() if place not in found}
        open_ones = {
            place: task for place, task in tasks.items() if place not in taken and task.added is None
        }
        for place, now in pairs(left, open_ones):
            if place not in found and now not in taken:
                found[place] = (now, tasks[now])
                taken.add(now)
    return found


_Pairs: TypeAlias = Iterable[tuple[int, int]]


def _same_words(rows: Mapping[int, _Row], tasks: Mapping[int, Task]) -> _Pairs:
    by_words: dict[str, list[int]] = {}
    for now, task in tasks.items():
        for words in dict.fromkeys((task.as_drafted().task, task.task)):
            by_words.setdefault(words, []).append(now)
    for place, row in rows.items():
        yield from ((place, now) for now in by_words.get(row["具体任务"], ())[:1])
        if by_words.get(row["具体任务"]):
            by_words[row["具体任务"]].pop(0)


def _like_in_place(rows: Mapping[int, _Row], tasks: Mapping[int, Task]) -> _Pairs:
    return (
        (place, place) for place in rows if place in tasks and _likeness(rows[place], tasks[place]) >= _ALIKE
    )


def _like(rows: Mapping[int, _Row], tasks: Mapping[int, Task]) -> Iterator[tuple[int, int]]:
    near = ((_likeness(row, task), place, now) for place, row in rows.items() for now, task in tasks.items())
    for likeness, place, now in sorted(near, key=lambda pair: -pair[0]):
        if likeness >= _ALIKE:
            yield place, now


def _in_place(rows: Mapping[int, _Row], tasks: Mapping[int, Task]) -> _Pairs:
    return (
        (place, place)
        for place, row in rows.items()
        if place in tasks and row.get("监督内容", tasks[place].content) == tasks[place].content
    )


def _likeness(row: _Row, task: Task) -> float:
    return SequenceMatcher(None, row["具体任务"], task.task, autojunk=False).ratio()
