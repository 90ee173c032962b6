"""Variables of what the yearly summary tells beside figures: its own words, gates waived, cases, earlier years."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.data.model.findings import Finding, Summary
from liangqing.data.model.follow_up import Case
from liangqing.data.model.inspections import SelfCheck
from liangqing.data.model.types import ModelRecord, Waivable, Waiver
from liangqing.variables.audience import GATE
from liangqing.variables.table import VariableTable, number, text, texts
from liangqing.year.rules.forbidden_words import WORDS
from liangqing.year.state.standing import CLOSED, Standing

GUARDED = frozenset({GATE, *(word.kind for word in WORDS if not word.hard)})  # gates of what must not enter


class Waived(NamedTuple):
    """A gate waived on record, and the record that holds the waiver."""

    record: ModelRecord
    waiver: Waiver


def waivers(at: Standing) -> list[Waived]:
    """Every gate waived in the year, in records that are there by the day, in their order; 放行 has no day of its own.

    But those of the guard: what it keeps in must not go out.
    """
    return [
        Waived(record, waiver)
        for record in at.year.records()
        if isinstance(record, Waivable) and _is_there(at, record)
        for waiver in record.waivers
        if waiver.gate not in GUARDED
    ]


def _is_there(at: Standing, record: Waivable) -> bool:
    """Whether a record was there by the day, as far as it says since when."""
    if isinstance(record, Finding):
        return at.is_found(record)
    if isinstance(record, SelfCheck):
        return at.is_in(record)
    if isinstance(record, Case):
        return at.is_published(record)
    since: date | None = getattr(record, "day", None)
    return since is None or since <= at.day


def _before(at: Standing) -> list[Standing]:
    """Earlier years as they stand on the day; 往期 is a view, never a copy."""
    return [at.beside(number) for number in sorted(at.years) if number < at.year.year]


def _closed_before(at: Standing) -> int:
    return sum(year.group_state(group) == CLOSED for year in _before(at) for group in year.counted)


SUMMARY_WORDS = VariableTable[Summary](
    "总结",
    {
        "主要做法": texts("主要做法", lambda words: words.done),
        "存在不足": texts("存在不足", lambda words: words.lacking),
        "下一步": texts("下一步", lambda words: words.next_steps),
    },
)


def _record_named(waived: Waived) -> str:
    """问题 W2021-03：责任未固定到人; the section and 编号 alone of a record that has no 名称."""
    name: str | None = getattr(waived.record, "name", None)
    return f"{waived.record.label}：{name}" if name else waived.record.label


WAIVER_ROW = VariableTable[Waived](
    "放行行",
    {
        "问题": text("哪条记录，有名称的写名称", _record_named),
        "门槛": text("放行的门槛", lambda waived: waived.waiver.gate),
        "理由": text("理由", lambda waived: waived.waiver.reason),
        "批准人": text("批准人", lambda waived: waived.waiver.approver),
    },
)

CASE_ROW = VariableTable[Case](
    "案例行",
    {
        "来源": text("来源", lambda case: case.source),
        "名称": text("名称", lambda case: case.name),
        "案例数": number("案例的起数", lambda case: len(case.cases)),
        "类似问题": text("单位自查摸排的类似问题，概数照写", lambda case: case.similar, optional=True),
    },
)

BEFORE = VariableTable[Standing](
    "往期",
    {
        "问题数": number(
            "以前各年度的问题，共性问题按一个计", lambda at: sum(len(year.counted) for year in _before(at))
        ),
        "已销号数": number("其中到统计日已销号的", _closed_before),
    },
)
