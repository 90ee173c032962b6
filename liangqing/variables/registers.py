"""发文登记簿 and 收文登记簿: a row for each paper that went out under a number, and for each that came in."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.register import ELSEWHERE, Line
from liangqing.variables.table import VariableTable, flag, number, text
from liangqing.year.state.deliveries import delivered_to
from liangqing.year.state.incoming import IncomingLine
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


def _receipts(sent: SentOut) -> str:
    """Who signed for it and when; of several at most three, and how many."""
    found = sent.at.deliveries_on(sent.line)
    told = [
        "".join(
            (
                unit.short_name if len(found) > 1 and (unit := delivered_to(sent.at, record)) else "",
                record.receiver or "",
                f"（{record.day.month}月{record.day.day}日）",
            )
        )
        for record in found
    ]
    return enumerate_words(told[:3]) + (f"等{len(told)}处" if len(told) > 3 else "")


def _remarks(sent: SentOut) -> str:
    line, book = sent.line, sent.at.register
    told = [
        f"{void.day.month}月{void.day.day}日作废" for void in book.voids_of(line) if void.day <= sent.at.day
    ]
    told += [f"更正{line.corrects}"] if line.corrects else []
    told += [ELSEWHERE] if ELSEWHERE in line.notes else []
    return "；".join(told)


SENT_ROW = VariableTable[SentOut](
    "发文",
    {
        "文号": text("发文字号", lambda sent: sent.line.number or ""),
        "日期": text("成文日期", lambda sent: long_date(sent.line.issued)),
        "文种": text("文种", lambda sent: sent.line.kind),
        "题名": text("文书标题", lambda sent: sent.line.title),
        "主送": text("主送机关；没有的是 —", lambda sent: sent.line.addressee or "—"),
        "签发人": text("签发人；没有登记的为空", lambda sent: sent.line.signer),
        "份数": number("印发份数", lambda sent: sent.line.copies),
        "签收": text("签收人和日期；没有登记的为空", _receipts),
        "备注": text("作废、更正等", _remarks),
        "作废": flag("到那一天已经作废", lambda sent: sent.at.register.voided(sent.line, sent.at.day)),
    },
)

INCOMING_ROW = VariableTable[IncomingLine](
    "来文",
    {
        "收文号": text("收文号；收回的表是它的编号", lambda line: line.code),
        "来文单位": text("来文单位全称", lambda line: line.sender),
        "来文字号": text("来文字号；没有的是 —", lambda line: line.number or "—"),
        "题名": text("题名", lambda line: line.title),
        "种类": text(
            "回复、征求意见回复、请示报告、来函、通知、其他，收回的表是 表单", lambda line: line.kind
        ),
        "成文日期": text(
            "来文的成文日期", lambda line: long_date(line.written) if line.written else None, optional=True
        ),
        "收文日期": text("收文日期", lambda line: long_date(line.day)),
        "份数": number("收到的份数", lambda line: line.copies),
        "对应": text("它答复的文号；没有的是 —", lambda line: line.answers or "—"),
        "拟办": text("拟办；没有写的为空", lambda line: line.proposal),
        "承办": text("承办人；没有写的为空", lambda line: line.handler),
        "办结": text("办结日期；没有办结的为空", lambda line: long_date(line.done) if line.done else ""),
    },
)
