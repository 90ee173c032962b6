"""Rules over 清单 and 单位."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.errors import Diagnostic, error
from liangqing.figures import Standing
from liangqing.model.duties import Unit
from liangqing.model.group import Arrangement, Group


def year_of_checklist(standing: Standing) -> Iterator[Diagnostic]:
    """A year's folder holds the cycle of its own checklist."""
    checklist, folder = standing.year.checklist, standing.year.year
    if checklist.year != folder:
        yield error(
            "D301",
            checklist.place("年度"),
            f"清单是 {checklist.year} 年的，却放在 {folder} 文件夹里",
            "改「年度」，或把文件移到对应年度的文件夹",
        )


def heads_have_dates(standing: Standing) -> Iterator[Diagnostic]:
    """With several heads, each but the first says from when."""
    records: tuple[Group | Unit, ...] = (standing.year.group, *standing.year.units)
    for record in records:
        for index, head in enumerate(record.heads[1:], start=1):
            before = record.heads[index - 1].since
            if head.since is None or (before is not None and head.since <= before):
                yield error(
                    "D302",
                    record.place("负责人", index),
                    "先后有几位负责人时，从第二位起都要写「起」，按先后排",
                    "补上任职起始日期",
                )


def one_arrangement_a_year(standing: Standing) -> Iterator[Diagnostic]:
    """调休 of a year stands once: of two, nobody could say which holds."""
    first: dict[int, Arrangement] = {}
    for each in standing.year.arrangements:
        other = first.setdefault(each.year, each)
        if other is not each:
            message = f"{each.year} 年的调休写了两次，另一处在 {other.place()}"
            yield error("D341", each.place("年度"), message, "合并成一条")


def dates_in_order(standing: Standing) -> Iterator[Diagnostic]:
    """Nothing ends before it begins."""
    for unit in standing.year.units:
        if unit.founded and unit.abolished and unit.abolished < unit.founded:
            yield error("D303", unit.place("撤销日期"), "撤销日期早于成立日期", "核对两个日期")
    for index, task in enumerate(standing.year.checklist.tasks):
        if task.added and task.stopped and task.stopped < task.added:
            place = standing.year.checklist.place("任务", index, "停止日期")
            yield error("D303", place, "停止日期早于增补日期", "核对两个日期")
