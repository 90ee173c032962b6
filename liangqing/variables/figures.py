"""Variables of 数字: the counted figures of a year, or of any span of days, each by one rule.

A figure counts what happened (EVENT), the units that it happened in (DISTINCT), or how something stands on the last day
(STATE). Over a span an EVENT counts what is dated in it, so that months add up to their year; what was sent out or
accepted and taken back later (a void letter, a self-check that another one superseded) counts in the span in which
it still held. DISTINCT does not add up: a unit with findings in two months is one in the year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from liangqing.data.model.findings import Finding
from liangqing.data.model.inspections import CONCENTRATED
from liangqing.variables.table import Variable, VariableTable, number, text
from liangqing.year.state import facts
from liangqing.year.state.periods import SpanCounted, YearShare, whole_year
from liangqing.year.state.rates import Rated, is_lasting, rate, rate_in_time
from liangqing.year.state.standing import (
    APPLIED,
    CLOSED,
    CONTINUING,
    DUE_SOON,
    NOT_DUE,
    OVERDUE,
    RELAPSED,
    UNSETTLED,
    Standing,
)

EVENT, DISTINCT, STATE = "本期", "本期，不重复计", "期末"


def _in_force(at: Standing) -> int:
    return sum(unit.in_force(at.day) for unit in at.year.units)


def groups_where(at: Standing, test: Callable[[Finding], object]) -> list[tuple[Finding, ...]]:
    """Counted findings (共性 as one) of which a record passes the test."""
    return [group for group in at.counted if any(test(finding) for finding in group)]


def in_state(at: Standing, state: str) -> int:
    """Counted findings (共性 as one) in a state."""
    return sum(at.group_state(group) == state for group in at.counted)


def rated(at: Standing) -> Rated:
    """All counted findings of the year, as its rates are counted."""
    return Rated(at, at.counted)


def _lasting(at: Standing) -> list[tuple[Finding, ...]]:
    """Counted findings that are 长期坚持; with 应整改 all that are counted."""
    return [group for group in at.counted if is_lasting(group)]


def _lasting_closed(at: Standing) -> int:
    return sum(at.group_state(group) == CLOSED for group in _lasting(at))


def _partly(at: Standing) -> int:
    return sum(
        at.group_state(group) == CONTINUING and any(facts.is_done_in_part(at, finding) for finding in group)
        for group in at.counted
    )


def _extended(share: YearShare) -> int:
    """Counted findings with a 延期 that was approved in the span."""
    return len(
        groups_where(
            share.at,
            lambda finding: any(share.holds(extension.approved) for extension in finding.extensions),
        )
    )


def _broken_open(share: YearShare) -> int:
    """Counted findings that a 回头看 in the span saw broken open again, whatever became of them since."""
    return len(
        groups_where(
            share.at,
            lambda finding: any(
                recheck.result == RELAPSED and share.holds(recheck.day) for recheck in finding.rechecks
            ),
        )
    )


def _closed_late(at: Standing) -> int:
    return sum(
        at.group_state(group) == CLOSED and any(facts.closed_late(at, finding) for finding in group)
        for group in at.counted
    )


def _inspections(concentrated: bool) -> Callable[[YearShare], int]:
    """Inspections begun in the span: 集中清查, or all others."""

    def count(share: YearShare) -> int:
        own = (visit for visit in share.at.begun if (visit.kind == CONCENTRATED) is concentrated)
        return sum(share.holds(visit.begins) for visit in own)

    return count


def _found(share: YearShare) -> int:
    """Counted findings whose first record was found in the span."""
    return sum(share.holds(min(map(share.at.found_on, group))) for group in share.at.counted)


def _units(share: YearShare) -> set[str]:
    """编号 of the units in which something was found in the span."""
    found = (finding for finding in share.at.found if share.holds(share.at.found_on(finding)))
    return {share.at.year.unit(finding.unit).code for finding in found}


@dataclass(frozen=True)
class Figure:
    """A figure: of which sort it is, what it means, how it is counted of one year, and of several (None: added)."""

    sort: str
    help: str
    count: Callable[[YearShare], int]
    of_years: Callable[[Sequence[YearShare]], int] | None = None

    def over(self, counted: SpanCounted) -> int:
        """The figure of a span."""
        return self._of(counted.shares)

    def with_earlier(self, counted: SpanCounted) -> int:
        """The same, what the data of all earlier years say of the span with it."""
        return self._of((*counted.earlier, *counted.shares))

    def _of(self, shares: Sequence[YearShare]) -> int:
        return sum(map(self.count, shares)) if self.of_years is None else self.of_years(shares)


@dataclass(frozen=True)
class RateFigure:
    """A rate over the counted findings of all years that a span touches; a STATE."""

    help: str
    of: Callable[[Iterable[Rated]], str]

    def over(self, counted: SpanCounted) -> str:
        """The rate at the end of a span; — where there is nothing to count."""
        return self.of([rated(share.at) for share in counted.shares])


def _event(help: str, count: Callable[[YearShare], int]) -> Figure:
    return Figure(EVENT, help, count)


def _state(help: str, count: Callable[[Standing], int]) -> Figure:
    return Figure(STATE, help, lambda share: count(share.at))


def _in_state(help: str, name: str) -> Figure:
    return _state(help, lambda at: in_state(at, name))


def _due_in(state: str) -> Callable[[Standing], int]:
    return lambda at: rated(at).due_in(state)


# The states of what is open of 应整改: their figures add up to 未销号数.
DUE_STATES = {
    NOT_DUE: "未到期",
    DUE_SOON: "临期",
    OVERDUE: "逾期",
    APPLIED: "申请销号",
    CONTINUING: "阶段性完成、持续整改",
    UNSETTLED: "还没有时限",
}

# All figures of a year, in the order of the manual and of the ledger.
YEAR_FIGURES: Mapping[str, Figure | RateFigure] = {
    "单位数": Figure(
        STATE,
        "在册单位",
        lambda share: _in_force(share.at),
        lambda shares: _in_force(shares[-1].at),
    ),
    "自查份数": _event(
        "审核通过的自查，替代和退回的不计",
        lambda share: sum(share.holds(check.reviewed) for check in share.at.accepted),
    ),
    "自查问题数": _event(
        "单位自查发现的问题，与检查发现的分开计",
        lambda share: sum(
            len(check.self_found) for check in share.at.accepted if share.holds(check.reviewed)
        ),
    ),
    "集中监督检查次数": _event("集中清查的次数", _inspections(concentrated=True)),
    "其他检查次数": _event("其他类型的检查，分开计", _inspections(concentrated=False)),
    "发现问题数": _event("检查发现的问题，共性问题按一个计", _found),
    "涉及单位数": Figure(
        DISTINCT,
        "问题涉及的单位",
        lambda share: len(_units(share)),
        lambda shares: len(set[str]().union(*map(_units, shares))),
    ),
    "整改函份数": _event(
        "已印发、未作废的整改函",
        lambda share: sum(share.holds(line.issued) for line in share.at.letters_sent),
    ),
    "应整改数": _state("长期坚持以外的问题", lambda at: len(rated(at).due)),
    "已销号数": _state("其中已销号的", lambda at: rated(at).closed),
    "整改率": RateFigure("已销号数÷应整改数；没有应整改的为 —", rate),
    "按期率": RateFigure("应整改里，没有超过原时限就销号的，÷已销号的和逾期的；都没有的为 —", rate_in_time),
    "未销号数": _state(
        "应整改数减已销号数，等于下面六项之和", lambda at: len(rated(at).due) - rated(at).closed
    ),
    **{
        f"应整改{state}数": _state(f"应整改的问题里{words}的", _due_in(state))
        for state, words in DUE_STATES.items()
    },
    "逾期数": _in_state("逾期的问题", OVERDUE),
    "临期数": _in_state("临期的问题", DUE_SOON),
    "未到期数": _in_state("未到期的问题", NOT_DUE),
    "待明确数": _in_state("还没有时限的问题", UNSETTLED),
    "申请销号数": _in_state("申请销号的问题", APPLIED),
    "持续整改数": _in_state("长期坚持或阶段性完成的问题", CONTINUING),
    "长期坚持数": _state("整改类别是长期坚持的问题", lambda at: len(_lasting(at))),
    "长期坚持已销号数": _state("其中已销号的，不计入已销号数", _lasting_closed),
    "长期坚持未销号数": _state("其中没有销号的", lambda at: len(_lasting(at)) - _lasting_closed(at)),
    "阶段性完成数": _state("结论是阶段性完成的问题", _partly),
    "延期数": _event("经批准延期的问题", _extended),
    "反弹数": _state("回头看反弹、没有再销号", lambda at: len(groups_where(at, at.relapse))),
    "逾期销号数": _state("超过原时限才销号的问题", _closed_late),
}

# What only a span tells besides.
SPAN_FIGURES: Mapping[str, Figure] = {
    "销号数": _event("本期销号、到期末没有反弹的问题，长期坚持的也算", lambda share: share.closed),
    "新反弹数": _event("本期回头看反弹的问题，后来再销号的也算", _broken_open),
    "没有销号数": _state("各类没有销号的问题，长期坚持的也算", lambda at: whole_year(at).open),
}


def _of_year(figure: Figure | RateFigure) -> Variable[Standing]:
    if isinstance(figure, Figure):
        return number(figure.help, lambda at: figure.count(whole_year(at)))
    return text(figure.help, lambda at: figure.of([rated(at)]))


def _of_span(figure: Figure | RateFigure) -> Variable[SpanCounted]:
    if isinstance(figure, Figure):
        return number(f"{figure.sort}：{figure.help}", figure.over)
    return text(f"{STATE}：{figure.help}", figure.over)


FIGURES = VariableTable[Standing]("数字", {name: _of_year(figure) for name, figure in YEAR_FIGURES.items()})
FIGURES_OVER = VariableTable[SpanCounted](
    "期间数字", {name: _of_span(figure) for name, figure in {**YEAR_FIGURES, **SPAN_FIGURES}.items()}
)
