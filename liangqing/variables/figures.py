"""Variables of 数字: the counted figures of the yearly summary, ledger and overview."""

from __future__ import annotations

from collections.abc import Callable

from liangqing.data.model.findings import Finding
from liangqing.variables.table import VariableTable, number, text
from liangqing.year.state import facts
from liangqing.year.state.rates import Rated, is_lasting
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


def _due_in(state: str) -> Callable[[Standing], int]:
    return lambda at: rated(at).due_in(state)


def _partly(at: Standing) -> int:
    return sum(
        at.group_state(group) == CONTINUING and any(facts.is_done_in_part(at, finding) for finding in group)
        for group in at.counted
    )


def _extended(at: Standing) -> int:
    return sum(
        any(extension.approved <= at.day for finding in group for extension in finding.extensions)
        for group in at.counted
    )


def _state(name: str) -> Callable[[Standing], int]:
    return lambda at: in_state(at, name)


# The states of what is open of 应整改: their figures add up to 未销号数.
DUE_STATES = {
    NOT_DUE: "未到期",
    DUE_SOON: "临期",
    OVERDUE: "逾期",
    APPLIED: "申请销号",
    CONTINUING: "阶段性完成、持续整改",
    UNSETTLED: "还没有时限",
}

FIGURES = VariableTable[Standing](
    "数字",
    {
        "单位数": number("在册单位", lambda at: sum(unit.in_force(at.day) for unit in at.year.units)),
        "自查份数": number("审核通过的自查，替代和退回的不计", lambda at: len(at.accepted)),
        "自查问题数": number(
            "单位自查发现的问题，与检查发现的分开计",
            lambda at: sum(len(check.self_found) for check in at.accepted),
        ),
        "集中监督检查次数": number("集中清查的次数", lambda at: len(at.concentrated)),
        "其他检查次数": number("其他类型的检查，分开计", lambda at: len(at.begun) - len(at.concentrated)),
        "发现问题数": number("检查发现的问题，共性问题按一个计", lambda at: len(at.counted)),
        "涉及单位数": number(
            "问题涉及的单位", lambda at: len({at.year.unit(finding.unit).code for finding in at.found})
        ),
        "整改函份数": number("已印发、未作废的整改函", lambda at: len(at.letters_sent)),
        "应整改数": number("长期坚持以外的问题", lambda at: len(rated(at).due)),
        "已销号数": number("其中已销号的", lambda at: rated(at).closed),
        "整改率": text("已销号数÷应整改数；没有应整改的为 —", lambda at: rated(at).rate),
        "按期率": text(
            "应整改里，没有超过原时限就销号的，÷已销号的和逾期的；都没有的为 —",
            lambda at: rated(at).rate_in_time,
        ),
        "未销号数": number(
            "应整改数减已销号数，等于下面六项之和", lambda at: len(rated(at).due) - rated(at).closed
        ),
        **{
            f"应整改{state}数": number(f"应整改的问题里{words}的", _due_in(state))
            for state, words in DUE_STATES.items()
        },
        "逾期数": number("逾期的问题", _state(OVERDUE)),
        "临期数": number("临期的问题", _state(DUE_SOON)),
        "未到期数": number("未到期的问题", _state(NOT_DUE)),
        "待明确数": number("还没有时限的问题", _state(UNSETTLED)),
        "申请销号数": number("申请销号的问题", _state(APPLIED)),
        "持续整改数": number("长期坚持或阶段性完成的问题", _state(CONTINUING)),
        "长期坚持数": number("整改类别是长期坚持的问题", lambda at: len(_lasting(at))),
        "长期坚持已销号数": number("其中已销号的，不计入已销号数", _lasting_closed),
        "长期坚持未销号数": number("其中没有销号的", lambda at: len(_lasting(at)) - _lasting_closed(at)),
        "阶段性完成数": number("结论是阶段性完成的问题", _partly),
        "延期数": number("经批准延期的问题", _extended),
        "反弹数": number("回头看反弹、没有再销号", lambda at: len(groups_where(at, at.relapse))),
        "逾期销号数": number(
            "超过原时限才销号的问题",
            lambda at: sum(
                at.group_state(group) == CLOSED and any(facts.closed_late(at, finding) for finding in group)
                for group in at.counted
            ),
        ),
    },
)
