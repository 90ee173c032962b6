"""Variables of 跟进问责: talks and circulars counted from the register, what has no paper here as it was told."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.variables.table import VariableTable, number, text
from liangqing.year.state.standing import Standing


class Counted(NamedTuple):
    """A class of 问责统计 and how many by the day; classes overlap and are never summed."""

    kind: str
    times: int


# Classes that have a paper here are counted from the register, never typed (docs/使用手册/数据.md, 问责统计).
BY_PAPER = {"约谈": "约谈通知书", "通报": "通报"}


def accountability(at: Standing) -> list[Counted]:
    """What was sent, by class, then what was told; a class with none is not named."""
    sent = [Counted(word, len(at.sent(kind))) for word, kind in BY_PAPER.items()]
    return [*(row for row in sent if row.times), *_told(at)]


def _told(at: Standing) -> list[Counted]:
    told = [entry for entry in at.year.accountability if entry.day <= at.day]
    kinds = dict.fromkeys(entry.kind for entry in told)
    return [Counted(kind, sum(entry.count for entry in told if entry.kind == kind)) for kind in kinds]


ACCOUNTABILITY_ROW = VariableTable[Counted](
    "问责行",
    {
        "类别": text("类别", lambda counted: counted.kind),
        "数量": number("数量；各类有交叉，不相加", lambda counted: counted.times),
    },
)
