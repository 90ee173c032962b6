"""发文登记簿 and 收文登记簿: a row for each paper that went out under a number, and for each that came in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.data.model.follow_up import Delivery
from liangqing.register import ELSEWHERE, Line
from liangqing.variables.table import VariableTable, flag, number, text
from liangqing.year.state.deliveries import delivered_to, sent_to
from liangqing.year.state.incoming import IncomingLine, incoming_register
from liangqing.year.state.records import MINUTES
from liangqing.year.state.standing import Standing


class SentOut(NamedTuple):
    """A line of the register in a year as it stands on a day."""

    at: Standing
    line: Line


def sent_out(at: Standing) -> list[SentOut]:
    """Every paper of the year that has a 文号, by the day, void or not, in the order of the register."""
    return [
        SentOut(at, line)
        for line in at.register.issued
        if line.number and line.year == at.year.year and line.issued <= at.day
    ]


def _day(day: date, year: int) -> str:
    """A day as a register of that year writes it: 4月20日; the year stands with it where it is another one."""
    return f"{day.month}月{day.day}日" if day.year == year else long_date(day)


def _to(sent: SentOut) -> str:
    """Whom a paper went to: its unit, or the first of several and how many; else its 主送, — where nobody is known.

    Minutes stay in the group.
    """
    units = () if sent.line.kind == MINUTES else sent_to(sent.at, sent.line)
    if not units:
        return sent.line.addressee or "—"
    first = units[0].short_name
    return f"{first}等{len(units)}家单位" if len(units) > 1 else first


class CameIn(NamedTuple):
    """A line of the 收文登记簿, in the year of that name."""

    year: int
    line: IncomingLine


def came_in(at: Standing) -> list[CameIn]:
    """Every paper that came in by the day."""
    return [CameIn(at.year.year, line) for line in incoming_register(at)]


def _receipts(sent: SentOut) -> str:
    """Who signed for it and when, a line each; of more than three the first three and how many."""
    found = sent.at.deliveries_on(sent.line)
    told = [_receipt(sent, record, named=len(found) > 1) for record in found]
    return "\n".join(told[:3]) + (f"\n等{len(told)}处" if len(told) > 3 else "")


def _receipt(sent: SentOut, record: Delivery, *, named: bool) -> str:
    """Who signed and on which day, on two lines; `named`: with the unit, on one."""
    day = _day(record.day, sent.at.year.year)
    unit = delivered_to(sent.at, record) if named else None
    if unit is None:
        return "\n".join(filter(None, (record.receiver, day)))
    return f"{unit.short_name}{record.receiver or ''}{day}"


def _remarks(sent: SentOut) -> str:
    line, book = sent.line, sent.at.register
    told = [
        f"{_day(void.day, sent.at.year.year)}作废" for void in book.voids_of(line) if void.day <= sent.at.day
    ]
    told += [f"更正{line.corrects}"] if line.corrects else []
    told += [ELSEWHERE] if ELSEWHERE in line.notes else []
    return "；".join(told)


SENT_ROW = VariableTable[SentOut](
    "发文",
    {
        "文号": text("发文字号", lambda sent: sent.line.number or ""),
        "日期": text("成文日期；本年度的不写年", lambda sent: _day(sent.line.issued, sent.at.year.year)),
        "文种": text("文种", lambda sent: sent.line.kind),
        "题名": text("文书标题", lambda sent: sent.line.title),
        "主送": text("送给的单位，简称；几个单位的写第一个和家数；没有的是 —", _to),
        "签发人": text("签发人；没有登记的为空", lambda sent: sent.line.signer),
        "份数": number("印发份数", lambda sent: sent.line.copies),
        "签收": text("签收人和日期；没有登记的为空", _receipts),
        "备注": text("作废、更正等", _remarks),
        "作废": flag("到那一天已经作废", lambda sent: sent.at.register.voided(sent.line, sent.at.day)),
    },
)

INCOMING_ROW = VariableTable[CameIn](
    "来文",
    {
        "收文号": text("收文号；收回的表是它的编号", lambda came: came.line.code),
        "来文单位": text("来文单位，本年度单位写简称", lambda came: came.line.sender),
        "来文字号": text("来文字号；没有的是 —", lambda came: came.line.number or "—"),
        "题名": text("题名", lambda came: came.line.title),
        "种类": text(
            "回复、征求意见回复、请示报告、来函、通知、其他；收回的表是 表单", lambda came: came.line.kind
        ),
        "成文日期": text(
            "来文的成文日期；没有登记的为空",
            lambda came: _day(came.line.written, came.year) if came.line.written else "",
        ),
        "收文日期": text("收文日期；本年度的不写年", lambda came: _day(came.line.day, came.year)),
        "份数": number("收到的份数", lambda came: came.line.copies),
        "对应": text("它答复的文号；没有的是 —", lambda came: came.line.answers or "—"),
        "拟办": text("拟办；没有写的为空", lambda came: came.line.proposal),
        "承办": text("承办人；没有写的为空", lambda came: came.line.handler),
        "办结": text(
            "办结日期；没有办结的为空", lambda came: _day(came.line.done, came.year) if came.line.done else ""
        ),
    },
)
