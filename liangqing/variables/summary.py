"""Variables of the yearly summary: counted figures, and the list behind each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, percentage
from liangqing.data.model.duties import Task, Unit
from liangqing.data.model.findings import ONGOING, Finding
from liangqing.data.model.inspections import CONCENTRATED, INSPECTION_KINDS, Inspection, SelfCheck
from liangqing.data.model.types import ModelRecord, Waivable, Waiver
from liangqing.register import Line
from liangqing.variables.duties import TaskOf, UnitOf
from liangqing.variables.findings import span
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import number, record, table, text
from liangqing.year.state import facts
from liangqing.year.state.standing import (
    APPLIED,
    CLOSED,
    CONTINUING,
    DUE_SOON,
    NOT_DUE,
    OVERDUE,
    UNSETTLED,
    Standing,
)


class Of(NamedTuple):
    """A thing in its year; `what` is a unit, a task, a kind of inspection, or a record."""

    at: Standing
    what: object


def in_state(at: Standing, state: str) -> int:
    """Counted findings (共性 as one) in a state."""
    return sum(at.group_state(group) == state for group in at.counted)


def _due(at: Standing) -> list[tuple[Finding, ...]]:
    """应整改: counted findings that are not 长期坚持."""
    return [group for group in at.counted if not all(each.category == ONGOING for each in group)]


def _closed(at: Standing) -> int:
    return sum(at.group_state(group) == CLOSED for group in _due(at))


def _partly(at: Standing) -> int:
    return sum(
        at.group_state(group) == CONTINUING and any(facts.is_done_in_part(at, finding) for finding in group)
        for group in at.counted
    )


def _extended(at: Standing) -> int:
    return sum(any(e.approved <= at.day for f in group for e in f.extensions) for group in at.counted)


def _state(name: str) -> Callable[[Standing], int]:
    return lambda at: in_state(at, name)


FIGURES = table(
    "数字",
    {
        "单位数": number("在册单位", lambda at: sum(unit.in_force(at.day) for unit in at.year.units)),
        "自查份数": number("审核通过的自查，替代和退回的不计", lambda at: len(at.accepted)),
        "自查问题数": number(
            "单位自查发现的问题，与检查发现的分开计",
            lambda at: sum(len(each.self_found) for each in at.accepted),
        ),
        "集中监督检查次数": number("集中清查的次数", lambda at: len(at.concentrated)),
        "其他检查次数": number("其他类型的检查，分开计", lambda at: len(at.begun) - len(at.concentrated)),
        "发现问题数": number("检查发现的问题，共性问题按一个计", lambda at: len(at.counted)),
        "涉及单位数": number(
            "问题涉及的单位", lambda at: len({at.year.unit(each.unit).code for each in at.found})
        ),
        "整改函份数": number("已印发、未作废的整改函", lambda at: len(at.letters_sent)),
        "应整改数": number("长期坚持以外的问题", lambda at: len(_due(at))),
        "已销号数": number("其中已销号的", _closed),
        "整改率": text(
            "已销号数÷应整改数；没有应整改的为 —", lambda at: percentage(_closed(at), len(_due(at)))
        ),
        "逾期数": number("逾期的问题", _state(OVERDUE)),
        "临期数": number("临期的问题", _state(DUE_SOON)),
        "未到期数": number("未到期的问题", _state(NOT_DUE)),
        "待明确数": number("还没有时限的问题", _state(UNSETTLED)),
        "申请销号数": number("申请销号的问题", _state(APPLIED)),
        "持续整改数": number("长期坚持或阶段性完成的问题", _state(CONTINUING)),
        "长期坚持数": number("整改类别是长期坚持的问题", lambda at: len(at.counted) - len(_due(at))),
        "阶段性完成数": number("结论是阶段性完成的问题", _partly),
        "延期数": number("经批准延期的问题", _extended),
        "反弹数": number("回头看反弹、没有再销号", lambda at: len(_groups_where(at, at.relapse))),
        "逾期销号数": number(
            "超过原时限才销号的问题",
            lambda at: sum(
                at.group_state(group) == CLOSED and any(facts.closed_late(at, finding) for finding in group)
                for group in at.counted
            ),
        ),
    },
)


# tables by kind, unit and task


def _groups_where(at: Standing, test: Callable[[Finding], object]) -> list[tuple[Finding, ...]]:
    return [group for group in at.counted if any(test(each) for each in group)]


def kinds(at: Standing) -> list[Of]:
    """The kinds of inspection, in the order of the contract."""
    return [Of(at, kind) for kind in INSPECTION_KINDS]


def units(at: Standing) -> list[Of]:
    """The units that were in force at some time of the year, so that the rows add up."""
    first = date(at.year.year, 1, 1)
    return [
        Of(at, unit)
        for unit in at.year.units
        if unit.in_force(at.day) or (unit.abolished is not None and first < unit.abolished <= at.day)
    ]


def tasks(at: Standing) -> list[Of]:
    """The tasks in force."""
    return [Of(at, task) for task in at.year.checklist.tasks if task.in_force(at.day)]


def _found_in(it: Of) -> int:
    of_kind = {each.code for each in it.at.year.inspections if each.kind == it.what}
    first = [min(group, key=it.at.found_on) for group in it.at.counted]
    return sum(each.inspection in of_kind for each in first)


def _of_unit(it: Of) -> list[tuple[Finding, ...]]:
    assert isinstance(it.what, Unit)
    own = it.at.found_in.get(("", it.what.code), ())
    return [it.at.counted[index] for index in dict.fromkeys(it.at.group_of[each.code] for each in own)]


def _letters_to(it: Of) -> int:
    assert isinstance(it.what, Unit)
    return it.at.letters_sent_to[it.what.code]


def _inspections_of(it: Of) -> int:
    assert isinstance(it.what, Unit)
    return len(it.at.inspections_of.get(it.what.code, ()))


def _closed_of(it: Of) -> int:
    assert isinstance(it.what, Unit)
    own = it.at.found_in.get(("", it.what.code), ())
    return len({each.common or each.code for each in own if it.at.state(each) == CLOSED})


def levels_seen(at: Standing, task: Task) -> dict[str, int]:
    """Units by the level at which the task was last seen in an inspection begun by the day."""
    last: dict[str, str] = {}
    for inspection in sorted(at.begun, key=lambda each: each.begins):
        for each in inspection.results:
            if each.task == task.code:
                last[at.year.unit(each.unit).code] = each.state
    return {level: list(last.values()).count(level) for level in at.year.options.levels}


def _level(index: int) -> Callable[[Of], int]:
    def count(it: Of) -> int:
        assert isinstance(it.what, Task)
        return levels_seen(it.at, it.what)[it.at.year.options.levels[index]]

    return count


KIND_ROW = table(
    "检查分类行",
    {
        "类型": text("检查类型", lambda it: it.what),
        "次数": number("次数", lambda it: len(it.at.of_kind(it.what))),
        "问题数": number("发现的问题，共性问题计入先发现的一类", _found_in),
    },
)

UNIT_ROW = table(
    "单位行",
    {
        "单位": record("单位", "单位", lambda it: UnitOf(it.at, it.what)),
        "自查份数": number("通过的自查", lambda it: len(it.at.accepted_of.get(it.what.code, ()))),
        "检查次数": number("涉及它的各类检查", _inspections_of),
        "问题数": number("它的问题", lambda it: len(_of_unit(it))),
        "整改函份数": number("发给它的整改函", _letters_to),
        "已销号数": number("它已销号的问题", _closed_of),
    },
)

TASK_ROW = table(
    "任务行",
    {
        "任务": record("任务", "任务", lambda it: TaskOf(it.at, it.what)),
        "问题数": number(
            "对应的问题", lambda it: len(_groups_where(it.at, lambda each: each.task == it.what.code))
        ),
        "一级数": number("最近一次检查处在最低一级的单位数", _level(0)),
        "二级数": number("处在第二级的单位数", _level(1)),
        "三级数": number("处在第三级的单位数", _level(2)),
        "四级数": number("处在最高一级的单位数", _level(3)),
    },
)


# lists behind the figures


def self_checks(at: Standing) -> list[Of]:
    """By period and unit, whatever the files are called."""
    periods = list(at.year.period_by_name)
    units = list(at.year.units)

    def key(each: SelfCheck) -> tuple[int, int]:
        return periods.index(each.period), units.index(at.year.unit(each.unit))

    return [Of(at, each) for each in sorted(at.accepted, key=key)]


def inspections(at: Standing) -> list[Of]:
    return [Of(at, each) for each in at.begun]


def findings(at: Standing) -> list[FindingOf]:
    """Every record, those that count as one beside each other."""
    return [FindingOf(at, each) for group in at.counted for each in group]


def letters(at: Standing) -> list[Of]:
    return [Of(at, line) for line in at.letters_sent]


class Waived(NamedTuple):
    """A gate waived on record."""

    record: ModelRecord
    waiver: Waiver


def waivers(at: Standing) -> list[Waived]:
    return [
        Waived(each, waiver)
        for each in at.year.records()
        if isinstance(each, Waivable)
        for waiver in each.waivers
    ]


def _unit_name(it: Of) -> str:
    assert isinstance(it.what, SelfCheck)
    return it.at.year.unit(it.what.unit).short_name


def _units_inspected(it: Of) -> str:
    assert isinstance(it.what, Inspection)
    return enumerate_words(unit.short_name for unit in it.at.year.units_of(it.what.units))


def _findings_in(it: Of) -> int:
    assert isinstance(it.what, Line)
    letter = it.at.letter_of(it.what)
    return len(letter.findings) if letter else 0


SELF_CHECK_ROW = table(
    "自查明细行",
    {
        "编号": text("自查编号", lambda it: it.what.code),
        "单位": text("单位简称", _unit_name),
        "期次": text("期次", lambda it: it.what.period),
        "报送日期": text(
            "报送日期，没有时为空", lambda it: long_date(it.what.handed_in) if it.what.handed_in else ""
        ),
        "审核日期": text("审核日期", lambda it: long_date(it.what.reviewed)),
    },
)

INSPECTION_ROW = table(
    "检查明细行",
    {
        "编号": text("检查编号", lambda it: it.what.code),
        "类型": text("检查类型", lambda it: it.what.kind),
        "名称": text("检查名称", lambda it: it.what.name),
        "时间": text("起止日期", lambda it: span(it.what.begins, it.what.last_day)),
        "单位": text("被检查单位", _units_inspected),
        "计入集中": text("集中清查为 是", lambda it: "是" if it.what.kind == CONCENTRATED else ""),
    },
)

LETTER_ROW = table(
    "整改函明细行",
    {
        "文号": text("发文字号", lambda it: it.what.number),
        "标题": text("标题", lambda it: it.what.title),
        "主送": text("主送机关", lambda it: it.what.addressee),
        "成文日期": text("成文日期", lambda it: long_date(it.what.issued)),
        "问题数": number("函中的问题", _findings_in),
    },
)

WAIVER_ROW = table(
    "放行行",
    {
        "问题": text("哪条记录", lambda it: it.record.label),
        "门槛": text("放行的门槛", lambda it: it.waiver.gate),
        "理由": text("理由", lambda it: it.waiver.reason),
        "批准人": text("批准人", lambda it: it.waiver.approver),
    },
)


def _before(at: Standing) -> list[tuple[Standing, Finding]]:
    """Findings of earlier years; 往期 is a view, never a copy."""
    years = [at.beside(number) for number in sorted(at.years) if number < at.year.year]
    return [(year, each) for year in years for each in year.found]


CASE_ROW = table(
    "案例行",
    {
        "来源": text("来源", lambda it: it.source),
        "名称": text("名称", lambda it: it.name),
        "案例数": number("案例的起数", lambda it: len(it.cases)),
        "类似问题": text("单位自查摸排的类似问题，概数照写", lambda it: it.similar, optional=True),
    },
)

BEFORE = table(
    "往期",
    {
        "问题数": number("以前各年度的问题", lambda at: len(_before(at))),
        "已销号数": number(
            "其中到统计日已销号的", lambda at: sum(y.state(f) == CLOSED for y, f in _before(at))
        ),
    },
)
