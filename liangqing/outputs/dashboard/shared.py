"""What stands on the page, in the order of the page; every figure is a counted one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
    """A row of a list: its cells, by which unit and state it is filtered ("": by none), and which record it is of.

    The record is told by the cell that names it, its section and what it is called there.
    """

    cells: Sequence[str]
    unit: str = ""
    state: str = ""
    names: str = ""
    section: str = ""
    code: str = ""


class Listed(NamedTuple):
    """A figure and the list behind it."""

    key: str
    name: str
    number: int
    measure: str
    note: str
    heads: Sequence[str]
    lines: Sequence[DashboardLine]


class _FigureRow(NamedTuple):
    """A figure of the year: which it is, how it is called, and how the lines behind it are made."""

    figure: str
    name: str
    measure: str
    note: Callable[[Standing], str]
    heads: Sequence[str]
    lines: Callable[[Standing, Sequence[str]], Iterable[DashboardLine]]


@dataclass(frozen=True)
class _Overview:
    """What the facts of a page are told of."""

    opened: OpenWorkspace

    @property
    def at(self) -> Standing:
        return self.opened.at

    @cached_property
    def waiting(self) -> list[status.WaitingItem]:
        return status.items(self.opened)


def facts(opened: OpenWorkspace, *names: str) -> dict[str, object]:
    """All that the page prints, or what is named of it."""
    overview = _Overview(opened)
    return {name: _FACTS[name](overview) for name in names or _FACTS}


def _unit_names(overview: _Overview) -> list[str]:
    told = [unit.short_name for unit in overview.at.units_told]
    return [*dict.fromkeys((*told, *(name for item in overview.waiting for name in item.units)))]


_FACTS: Mapping[str, Callable[[_Overview], object]] = {
    "year": lambda overview: overview.at.year.year,
    "group": lambda overview: overview.at.year.group.name,
    "day": lambda overview: long_date(overview.at.day),
    "figures": lambda overview: [listed(overview.at, key) for key in LISTS],
    "numbers": lambda overview: [listed(overview.at, key, with_lines=False) for key in LISTS],
    "rates": lambda overview: _rates(overview.at),
    "chain": lambda overview: chain(overview.at),
    "progress": lambda overview: findings(overview.at),
    "units": lambda overview: units(overview.at, overview.waiting),
    "total": lambda overview: total(overview.at),
    "gantt": lambda overview: chart(overview.at),
    "due": lambda overview: due(overview.at),
    "not_inspected": lambda overview: status.not_inspected(overview.at),
    "persons": lambda overview: persons(overview.at),
    "owed": lambda overview: [item for item in overview.waiting if item.kind != DRIFTED],
    "drifted": lambda overview: [item.what for item in overview.waiting if item.kind == DRIFTED],
    "unit_names": _unit_names,
    "levels": lambda overview: overview.at.year.options.levels,
    "states": lambda _: [*STATES, *PROJECT_STATES],
}


def listed(at: Standing, key: str, *, with_lines: bool = True) -> Listed:
    """A figure of LISTS by its key, with the list behind it."""
    row = LISTS[key]
    return Listed(
        key=key,
        name=row.name,
        number=_figure(at, row.figure),
        measure=row.measure,
        note=row.note(at),
        heads=row.heads,
        lines=list(row.lines(at, row.heads)) if with_lines else (),
    )


def _shown(table: VariableTable[Owner], owner: Owner, names: Sequence[str]) -> list[str]:
    values = build(table.rows, owner, {name: {} for name in names})
    return ["" if value is None else str(value) for value in values.values()]


def _figure(at: Standing, name: str) -> int:
    counted = FIGURES.rows[name].read(at, {})
    assert isinstance(counted, int)
    return counted


def _self_checks(at: Standing, heads: Sequence[str]) -> Iterator[DashboardLine]:
    for check in counted_lists.self_checks(at):
        cells = _shown(counted_lists.SELF_CHECK_ROW, check, heads)
        yield DashboardLine(cells, unit=cells[1], names=cells[0], section="自查", code=cells[0])


def _inspections(at: Standing, _: Sequence[str]) -> Iterator[DashboardLine]:
    for inspection in at.concentrated:
        names, code = [unit.short_name for unit in at.year.units_of(inspection.units)], inspection.code
        span = _span(inspection.begins, inspection.last_day)
        cells = (code, inspection.name, span, enumerate_words(names))
        yield DashboardLine(cells, unit="|".join(names), names=code, section="检查", code=code)


def _span(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} 至 {last}"


def _findings(at: Standing, _: Sequence[str]) -> Iterator[DashboardLine]:
    for index, group in enumerate(at.counted, 1):
        yield from (_finding_line(at, index, finding) for finding in group)


def _finding_line(at: Standing, serial: int, finding: Finding) -> DashboardLine:
    unit, state = facts_of.under(at, finding), at.state(finding)
    name = finding.name + facts_of.formerly(at, finding)
    cells = (str(serial), finding.code, unit, name, str(at.found_on(finding)), state)
    return DashboardLine(cells, unit, state, names=finding.code, section="问题", code=finding.code)


def _letters(at: Standing, heads: Sequence[str]) -> Iterator[DashboardLine]:
    for sent in counted_lists.letters(at):
        letter = at.letter_of(sent.line)
        unit = at.year.unit(letter.unit).short_name if letter and letter.unit in at.year.unit_by_ref else ""
        cells = _shown(counted_lists.LETTER_ROW, sent, heads)
        yield DashboardLine(cells, unit, names=cells[0], section="整改函", code=sent.line.subject)


LISTS: Mapping[str, _FigureRow] = {
    "self-checks": _FigureRow(
        figure="自查份数",
        name="自查情况",
        measure="份",
        note=lambda _: "收到并审核通过，退回的、被替代的不计",
        heads=("编号", "单位", "期次", "报送日期", "审核日期"),
        lines=_self_checks,
    ),
    "inspections": _FigureRow(
        figure="集中监督检查次数",
        name="集中监督检查",
        measure="次",
        note=lambda at: f"集中清查，一次组织算一次；其他检查{_figure(at, '其他检查次数')}次另计",
        heads=("编号", "名称", "时间", "单位"),
        lines=_inspections,
    ),
    "findings": _FigureRow(
        figure="发现问题数",
        name="发现问题",
        measure="个",
        note=lambda at: f"检查发现的问题；共性问题按一个计，共{len(at.found)}条记录",
        heads=("序号", "编号", "单位", "问题", "发现日期", "状态"),
        lines=_findings,
    ),
    "letters": _FigureRow(
        figure="整改函份数",
        name="整改函",
        measure="份",
        note=lambda _: "已印发、没有作废的整改函",
        heads=("文号", "标题", "主送", "成文日期", "问题数"),
        lines=_letters,
    ),
}


def _rates(at: Standing) -> list[tuple[str, str]]:
    names = (
        *("整改率", "已销号数", "长期坚持已销号数"),
        *("申请销号数", "未到期数", "临期数", "逾期数", "持续整改数", "待明确数"),
    )
    values = build(FIGURES.rows, at, {name: {} for name in names})
    return [(name.removesuffix("数"), str(value)) for name, value in values.items()]
