"""The order of dates: one table of what comes before what, over every date that a record may hold.

A row reads 问题.发现日期 ≤ 双签.日期 (< where the same day won't do); the second date is the one that a person is to
look at, so some rows read 检查.结束日期 ≥ 问题.发现日期. Things are read by `dated_things` and `derived_dates`. What
contradicts itself is an error, what is merely unlikely a warning. A test goes through the model: a key with a date that
neither ORDERS nor OF_YEAR names must be one of FREE, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Severity
from liangqing.data.model.types import Waivable
from liangqing.data.model.validate import SECTIONS
from liangqing.year.rules.dated_things import Dated, DaySpan

ISSUED = "成文日期"  # how the things end that stand in the register
CHECK_BOTH = "核对两个日期"
MAY_BE_SO = "核对两个日期；确是如此可不管"


@dataclass(frozen=True)
class Order:
    """A row: `earlier` is not after `later` (`strict`: before it), each a thing of its section.

    `looks_at_earlier`: the earlier one is likely wrong. `reason` is a key beside a date; where it is written, the row
    says nothing.
    """

    code: Code
    severity: Severity
    advice: str
    earlier: str = ""
    later: str = ""
    strict: bool = False
    looks_at_earlier: bool = False
    reason: str | None = None

    def broken_by(self, earlier: Dated, later: Dated) -> bool:
        """Whether two dates stand in the wrong order."""
        return later.day < earlier.day or (self.strict and later.day == earlier.day)

    def may_be_broken_by(self, earlier: DaySpan | None, later: DaySpan | None) -> bool:
        """Whether any two dates within these days, of records that belong together, can stand in the wrong order."""
        if earlier is None or later is None:
            return False
        return later[0] < earlier[1] or (self.strict and later[0] == earlier[1])


def _orders(
    code: Code, rows: str, *, likely: bool = False, advice: str | None = None, reason: str | None = None
) -> tuple[Order, ...]:
    """Rows of one code, a line each; `likely`: what breaks them is unlikely, not impossible (a warning)."""
    common = Order(
        code=code,
        severity=Severity.WARNING if likely else Severity.ERROR,
        advice=advice or (MAY_BE_SO if likely else CHECK_BOTH),
        reason=reason,
    )
    return tuple(_order(common, *row.split()) for row in rows.strip().splitlines())


def _order(common: Order, first: str, sign: str, second: str) -> Order:
    if sign == "≥":
        return replace(common, earlier=second, later=first, looks_at_earlier=True)
    return replace(common, earlier=first, later=second, strict=sign == "<")


ORDERS: tuple[Order, ...] = (
    *_orders(
        Code.HEAD_WITHOUT_START,
        """
        机构.负责人.前一位的起 < 机构.负责人.起
        单位.负责人.前一位的起 < 单位.负责人.起
        """,
        advice="先后有几位负责人的，按任职先后排，核对「起」",
    ),
    *_orders(
        Code.DATES_REVERSED,
        """
        单位.成立日期 ≤ 单位.撤销日期
        清单.任务.增补日期 ≤ 清单.任务.停止日期
        检查.开始日期 ≤ 检查.结束日期
        自查.报送日期 ≤ 自查.审核日期
        典型案例.通报日期 ≤ 典型案例.学习期限
        典型案例.通报日期 ≤ 典型案例.报送期限
        项目.开始日期 ≤ 项目.完成时限
        项目.开始日期 ≤ 项目.完成日期
        收文.成文日期 ≤ 收文.收文日期
        收文.收文日期 ≤ 收文.办结日期
        """,
    ),
    *_orders(
        Code.CLOSING_DATES_REVERSED,
        """
        问题.销号.申请日期 ≤ 问题.销号.核查日期
        问题.销号.核查日期 ≤ 问题.销号.销号日期
        问题.销号.申请日期 ≤ 问题.销号.销号日期
        """,
    ),
    *_orders(
        Code.EXTENSION_NOT_LATER,
        """
        问题.延期.原时限 < 问题.延期.新时限
        """,
        advice="核对日期；原时限在签字后不改",
    ),
    *_orders(
        Code.EXTENSION_OVER_WHEN_APPROVED,
        """
        问题.延期.批准日期 ≤ 问题.延期.新时限
        """,
    ),
    *_orders(
        Code.DATED_BEFORE_FINDING,
        """
        问题.发现日期 ≤ 双签.日期
        问题.最早发现日期 ≤ 问题.责任变更.日期
        问题.最早发现日期 ≤ 问题.延期.批准日期
        问题.最早发现日期 ≤ 问题.进展.日期
        问题.最早发现日期 ≤ 问题.销号.申请日期
        问题.最早发现日期 ≤ 问题.销号.核查日期
        问题.最早发现日期 ≤ 问题.销号.销号日期
        问题.最早发现日期 ≤ 问题.回头看.日期
        """,
        advice="核对两个日期；是检查以前发现的，在问题里写「发现日期」",
    ),
    *_orders(
        Code.LIMIT_BEFORE_FINDING,
        """
        问题.最早发现日期 ≤ 问题.整改时限
        """,
        advice="核对两个日期；已经双签的，时限照纸上的，核对「发现日期」",
    ),
    *_orders(
        Code.SIGNED_BEFORE_INSPECTION,
        """
        检查.开始日期 ≤ 双签.日期
        """,
    ),
    *_orders(
        Code.DATED_BEFORE_INSPECTION,
        """
        检查.开始日期 ≤ 检查.任务落实.日期
        检查.开始日期 ≤ 检查.反馈会.日期
        检查.开始日期 ≤ 画像.日期
        """,
    ),
    *_orders(
        Code.ISSUE_BEFORE_FINDING,
        """
        整改函.问题的发现日期 ≤ 整改函.成文日期
        """,
        advice="核对「发现日期」；还没有印发的，换成文日期",
    ),
    *_orders(
        Code.PAPER_BEFORE_FINDING,
        """
        文书.问题的发现日期 ≤ 文书.成文日期
        """,
        advice="核对「发现日期」；还没有印发的，换成文日期，或改「问题」",
    ),
    *_orders(
        Code.REPLY_BEFORE_ISSUE,
        """
        整改函.成文日期 ≤ 整改函.回复期限
        """,
        advice="改回复期限",
    ),
    *_orders(
        Code.LIMIT_BEFORE_ISSUE,
        """
        整改函.成文日期 ≤ 整改函.问题的整改时限
        """,
        advice="核对整改时限；还没有印发的，换成文日期",
    ),
    *_orders(
        Code.REPLY_BEFORE_LETTER,
        """
        整改函.所答复的成文日期 ≤ 整改函.回复.日期
        收文.所答复的成文日期 ≤ 收文.收文日期
        """,
    ),
    *_orders(
        Code.DELIVERY_BEFORE_ISSUE,
        """
        送达.所送文书的成文日期 ≤ 送达.日期
        """,
    ),
    *_orders(
        Code.FEEDBACK_BEFORE_LETTER,
        """
        整改反馈.所答复的成文日期 ≤ 整改反馈.日期
        """,
    ),
    *_orders(
        Code.NEW_LIMIT_NOT_LATER,
        """
        文书.成文日期 < 文书.新时限
        """,
        advice="核对「新时限」；还没有印发的，也可以换成文日期",
    ),
    *_orders(
        Code.DEADLINE_BEFORE_ISSUE,
        """
        文书.成文日期 ≤ 文书.时间
        典型案例.通知的成文日期 ≤ 典型案例.学习期限
        典型案例.通知的成文日期 ≤ 典型案例.报送期限
        清单.征求意见函的成文日期 ≤ 清单.征求意见.截止日期
        """,
        advice="核对这个时间；还没有印发的，也可以换成文日期",
    ),
    *_orders(
        Code.CORRECTED_BEFORE_IT_WENT_OUT,
        """
        整改函.所更正文书的成文日期 ≤ 整改函.成文日期
        文书.所更正文书的成文日期 ≤ 文书.成文日期
        """,
        advice="核对更正的文号和成文日期",
    ),
    *_orders(
        Code.LATE_WITHOUT_REASON,
        """
        问题.延期.原时限 ≥ 问题.延期.批准日期
        """,
        likely=True,
        reason="补批原因",
        advice="核对「批准日期」；确是过了时限才批的，在这条延期里写「补批原因」",
    ),
    *_orders(
        Code.LATE_WITHOUT_REASON,
        """
        检查.开始日期 ≤ 问题.发现日期
        检查.最后一天 ≥ 问题.发现日期
        """,
        likely=True,
        reason="发现说明",
        advice="核对「发现日期」；确不在检查的那几天发现的，在问题里写「发现说明」",
    ),
    *_orders(
        Code.DATES_UNLIKELY,
        """
        单位.成立日期 ≤ 单位.负责人.起
        单位.撤销日期 ≥ 单位.负责人.起
        清单.任务.增补日期 ≤ 清单.任务.完成时限
        清单.征求意见函的成文日期 ≤ 征求意见.日期
        清单.征求意见.截止日期 ≥ 征求意见.日期
        清单.征求意见.截止日期 ≤ 清单.印发通知的成文日期
        典型案例.学习期限 ≤ 典型案例.报送期限
        自查.期次的开始 ≤ 自查.报送日期
        检查.通知的成文日期 ≤ 检查.开始日期
        检查.最后一天 ≥ 检查.任务落实.日期
        检查.反馈会.日期 ≤ 检查.反馈会纪要的成文日期
        问题.进展.日期 ≥ 问题.进展.佐证.日期
        问题.首次销号日期 ≥ 问题.现场佐证.日期
        问题.最后销号日期 ≥ 问题.进展.日期
        问题.最后销号日期 ≥ 问题.责任变更.日期
        问题.最后销号日期 ≥ 问题.延期.批准日期
        问题.销号.上一轮结论 ≤ 问题.销号.申请日期
        问题.首次销号日期 ≤ 问题.回头看.日期
        问题.销号.销号日期 ≤ 问题.销号.回头看计划
        问题.回头看.日期 ≤ 问题.回头看.回头看计划
        整改函.问题的双签日期 ≤ 整改函.成文日期
        整改函.送达日期 ≤ 整改函.回复.日期
        文书.问题的整改时限 ≤ 文书.新时限
        问题.最早发现日期 ≤ 整改反馈.完成日期
        整改反馈.日期 ≥ 整改反馈.完成日期
        整改反馈.日期 ≥ 整改反馈.佐证.日期
        项目.开始日期 ≤ 项目.里程碑.日期
        项目.完成时限 ≥ 项目.里程碑.日期
        """,
        likely=True,
    ),
)


@dataclass(frozen=True)
class OfYear:
    """A row: a thing is not before the first day of its folder's year; `whole`: nor after the last."""

    thing: str
    whole: bool
    severity: Severity


OF_YEAR: tuple[OfYear, ...] = (
    *(OfYear(thing, True, Severity.ERROR) for thing in ("检查.开始日期", "监督记录.日期", "问责统计.日期")),
    *(
        OfYear(thing, False, Severity.WARNING)
        for thing in (
            "清单.统计截止日期",
            "清单.自查期次.报送截止日期",
            "清单.任务.完成时限",
            *(f"{row.key}.放行.有效期至" for row in SECTIONS if issubclass(row.model, Waivable)),
        )
    ),
)

# What is said to have happened; a date after today is told.
HAPPENED: tuple[str, ...] = (
    *("征求意见.日期", "自查.报送日期", "自查.审核日期", "监督记录.日期", "检查.任务落实.日期", "画像.日期"),
    *("问题.发现日期", "问题.责任变更.日期", "问题.延期.批准日期", "问题.进展.日期", "问题.进展.佐证.日期"),
    "问题.现场佐证.日期",
    *("问题.销号.申请日期", "问题.销号.核查日期", "问题.销号.销号日期", "问题.回头看.日期", "双签.日期"),
    *("整改函.回复.日期", "送达.日期", "整改反馈.日期", "整改反馈.完成日期", "整改反馈.佐证.日期"),
    *("收文.成文日期", "收文.收文日期", "收文.办结日期"),
    *("典型案例.通报日期", "项目.完成日期", "问责统计.日期", "整改函.成文日期", "文书.成文日期"),
)

# Keys with a date that nothing is held against, and why.
FREE: Mapping[str, str] = {
    "机构.地方假日.日期": "日历上的一天，没有先后",
    "调休.放假": "日历上的日子，是不是这一年的读的时候就查",
    "调休.上班": "日历上的日子，是不是这一年的读的时候就查",
    "清单.任务.征求意见稿.完成时限": "征求意见时怎样写的，后来改了，不再作数",
    "自查.自查问题.时限": "单位自己找的问题，照它写的录",
}
