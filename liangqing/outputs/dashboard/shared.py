"""What stands on the page, in the order of the page; every figure is a counted one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.findings import Finding
from liangqing.outputs import waiting as status
from liangqing.outputs.dashboard.due import due
from liangqing.outputs.dashboard.gantt import chart
from liangqing.outputs.dashboard.persons import persons
from liangqing.outputs.dashboard.progress import chain, findings
from liangqing.outputs.dashboard.units import total, units
from liangqing.variables import counted_lists
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import Owner, VariableTable, build
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import facts as facts_of
from liangqing.year.state.facts import PROJECT_STATES
from liangqing.year.state.standing import STATES, Standing

DRIFTED = "印发后改过"


class DashboardLine(NamedTuple):
    """A row of a list: its cells, and by which unit and state it is filtered ("": by none)."""

    cells: Sequence[str]
    unit: str = ""
    state: str = ""


class Listed(NamedTuple):
    """A figure and the list behind it."""

    key: str
    name: str
    number: int
    measure: str
    note: str
    heads: Sequence[str]
    lines: Sequence[DashboardLine]


def facts(opened: OpenWorkspace) -> dict[str, object]:
    """All that the page prints."""
    at, waiting = opened.at, status.items(opened)
    told = [unit.short_name for unit in at.units_told]
    return {
        "year": at.year.year,
        "group": at.year.group.name,
        "day": long_date(at.day),
        "figures": [_self_checks(at), _inspections(at), _findings(at), _letters(at)],
        "rates": _rates(at),
        "chain": chain(at),
        "progress": findings(at),
        "units": units(at, waiting),
        "total": total(at),
        "gantt": chart(at),
        "due": due(at),
        "not_inspected": status.not_inspected(at),
        "persons": persons(at),
        "owed": [item for item in waiting if item.kind != DRIFTED],
        "drifted": [item.what for item in waiting if item.kind == DRIFTED],
        "unit_names": [*dict.fromkeys((*told, *(name for item in waiting for name in item.units)))],
        "levels": at.year.options.levels,
        "states": [*STATES, *PROJECT_STATES],
    }


def _shown(table: VariableTable[Owner], owner: Owner, names: Sequence[str]) -> list[str]:
    values = build(table.rows, owner, {name: {} for name in names})
    return ["" if value is None else str(value) for value in values.values()]


def _figure(at: Standing, name: str) -> int:
    counted = FIGURES.rows[name].read(at, {})
    assert isinstance(counted, int)
    return counted


def _self_checks(at: Standing) -> Listed:
    heads = ("编号", "单位", "期次", "报送日期", "审核日期")
    rows = (_shown(counted_lists.SELF_CHECK_ROW, row, heads) for row in counted_lists.self_checks(at))
    lines = [DashboardLine(cells, unit=cells[1]) for cells in rows]
    note = "收到并审核通过，退回的、被替代的不计"
    return Listed(
        key="self-checks",
        name="自查情况",
        number=_figure(at, "自查份数"),
        measure="份",
        note=note,
        heads=heads,
        lines=lines,
    )


def _inspections(at: Standing) -> Listed:
    lines = []
    for inspection in at.concentrated:
        names = [unit.short_name for unit in at.year.units_of(inspection.units)]
        cells = (
            inspection.code,
            inspection.name,
            _span(inspection.begins, inspection.last_day),
            enumerate_words(names),
        )
        lines.append(DashboardLine(cells, unit="|".join(names)))
    others = _figure(at, "其他检查次数")
    note = f"集中清查，一次组织算一次；其他检查{others}次另计"
    heads = ("编号", "名称", "时间", "单位")
    return Listed(
        key="inspections",
        name="集中监督检查",
        number=_figure(at, "集中监督检查次数"),
        measure="次",
        note=note,
        heads=heads,
        lines=lines,
    )


def _span(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} 至 {last}"


def _findings(at: Standing) -> Listed:
    heads = ("序号", "编号", "单位", "问题", "发现日期", "状态")
    lines = [
        _finding_line(at, index, finding) for index, group in enumerate(at.counted, 1) for finding in group
    ]
    note = f"检查发现的问题；共性问题按一个计，共{len(at.found)}条记录"
    return Listed(
        key="findings",
        name="发现问题",
        number=_figure(at, "发现问题数"),
        measure="个",
        note=note,
        heads=heads,
        lines=lines,
    )


def _finding_line(at: Standing, serial: int, finding: Finding) -> DashboardLine:
    unit, state = facts_of.under(at, finding), at.state(finding)
    name = finding.name + facts_of.formerly(at, finding)
    cells = (str(serial), finding.code, unit, name, str(at.found_on(finding)), state)
    return DashboardLine(cells, unit=unit, state=state)


def _letters(at: Standing) -> Listed:
    heads = ("文号", "标题", "主送", "成文日期", "问题数")
    lines = []
    for sent in counted_lists.letters(at):
        letter = at.letter_of(sent.line)
        unit = at.year.unit(letter.unit).short_name if letter and letter.unit in at.year.unit_by_ref else ""
        lines.append(DashboardLine(_shown(counted_lists.LETTER_ROW, sent, heads), unit=unit))
    note = "已印发、没有作废的整改函"
    return Listed(
        key="letters",
        name="整改函",
        number=_figure(at, "整改函份数"),
        measure="份",
        note=note,
        heads=heads,
        lines=lines,
    )


def _rates(at: Standing) -> list[tuple[str, str]]:
    names = (
        *("整改率", "已销号数", "长期坚持已销号数"),
        *("申请销号数", "未到期数", "临期数", "逾期数", "持续整改数", "待明确数"),
    )
    values = build(FIGURES.rows, at, {name: {} for name in names})
    return [(name.removesuffix("数"), str(value)) for name, value in values.items()]
