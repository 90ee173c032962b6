"""Variables of how a finding goes on: what is late, what was handed in, each round of 销号, and 反弹."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from liangqing.base.chinese import long_date, unstopped
from liangqing.data.model.findings import ClosingRound, Evidence, Progress
from liangqing.variables.table import number, record, records, table, text
from liangqing.year.state import facts
from liangqing.year.state.standing import OVERDUE

if TYPE_CHECKING:
    from liangqing.variables.owners import FindingOf


def limit_now(it: FindingOf) -> date | None:
    """The limit as it stands on the day, where it is a date."""
    limit = it.finding.limit_on(it.at.day)
    return limit if isinstance(limit, date) else None


def working_days_overdue(it: FindingOf) -> int | None:
    """Working days past the limit as it stands; None unless 逾期. Raises NoCalendar."""
    limit = limit_now(it)
    if limit is None or it.at.state(it.finding) != OVERDUE:
        return None
    return it.at.year.calendar.between(limit, it.at.day)


def _days_left(it: FindingOf) -> int | None:
    limit = limit_now(it)
    open_still = it.at.closed_on(it.finding) is None
    return (limit - it.at.day).days if limit and open_still and limit >= it.at.day else None


def closed_late(it: FindingOf) -> str | None:
    """Of what was closed after its original limit: limit, extensions, real date and the delay, in one sentence.

    Raises NoCalendar.
    """
    late = facts.closed_late(it.at, it.finding)
    if late is None:
        return None
    told = [f"原时限{long_date(late.limit)}"]
    told += [
        f"{long_date(extension.approved)}批准延期至{long_date(extension.limit)}"
        for extension in late.extensions
    ]
    told.append(f"{long_date(late.closed)}销号")
    days = it.at.year.calendar.between
    told.append(f"超过原时限{days(late.limit, late.closed)}个工作日")
    if late.extensions:
        last = late.extensions[-1].limit
        over = f"超过延期后的时限{days(last, late.closed)}个工作日"
        told.append(over if late.closed > last else "没有超过延期后的时限")
    return "，".join(told)


def _relapse(it: FindingOf) -> str | None:
    """The last 反弹, unless it was closed again since."""
    last = it.at.relapse(it.finding)
    if last is None:
        return None
    seen = f"（{unstopped(last.remark)}）" if last.remark else ""
    return f"{long_date(last.day)}回头看反弹{seen}，按原编号重新打开"


def _issued(it: FindingOf) -> str | None:
    line = facts.letter_with(it.at, it.finding)
    return long_date(line.issued) if line else None


def _progress(it: FindingOf) -> Sequence[Progress]:
    return facts.progress_told(it.at, it.finding)


def _evidence(it: FindingOf) -> Sequence[Evidence]:
    return facts.evidence_told(it.at, it.finding)


def rounds(it: FindingOf) -> list[tuple[FindingOf, int, ClosingRound]]:
    """The rounds of 销号 begun by the day, each with its place."""
    return [(it, place, closing) for place, closing in enumerate(facts.rounds_begun(it.at, it.finding), 1)]


def _last_round(it: FindingOf) -> tuple[FindingOf, int, ClosingRound] | None:
    begun = rounds(it)
    return begun[-1] if begun else None


def _until(it: tuple[FindingOf, int, ClosingRound], day: date | None) -> str | None:
    return long_date(day) if day is not None and day <= it[0].at.day else None


def _conclusion(it: tuple[FindingOf, int, ClosingRound]) -> str | None:
    return facts.conclusion(it[0].at, it[2])


EVIDENCE = table(
    "佐证材料",
    {
        "名称": text("材料名称", lambda it: it.name),
        "日期": text("材料的日期", lambda it: None if it.day is None else long_date(it.day), optional=True),
        "说明": text("说明", lambda it: it.remark, optional=True),
    },
)

PROGRESS = table(
    "进展",
    {
        "日期": text("日期", lambda it: long_date(it.day)),
        "内容": text("进展的内容", lambda it: it.what),
        "佐证": records("佐证材料", "佐证材料", lambda it: it.evidence),
    },
)

ROUND = table(
    "销号轮次",
    {
        "轮次": number("第几轮", lambda it: it[1]),
        "申请日期": text("申请销号的日期", lambda it: _until(it, it[2].applied), optional=True),
        "核查日期": text("核查日期", lambda it: _until(it, it[2].verified), optional=True),
        "核查人": text("核查人", lambda it: it[2].verifier, optional=True),
        "核查方式": text("核查方式", lambda it: it[2].method, optional=True),
        "核查情况": text("核查看到的情况", lambda it: it[2].seen, optional=True),
        "审批人": text("审批人", lambda it: it[2].approver, optional=True),
        "结论": text("同意销号、退回或阶段性完成；没有定的没有", _conclusion, optional=True),
        "销号日期": text("销号日期", lambda it: _until(it, it[2].closed), optional=True),
    },
)

ROWS = {
    "原函日期": text("写入的整改函的成文日期", _issued, optional=True),
    "逾期工作日": number("超过时限的工作日；没有当年的节假日安排是错误", working_days_overdue, optional=True),
    "剩余天数": number("离时限还有几天；已过时限或已销号的没有", _days_left, optional=True),
    "超期销号": text("超过原时限才销号的：原时限、延期、销号日期和超过的工作日", closed_late, optional=True),
    "反弹": text("回头看反弹、重新打开的：一句话", _relapse, optional=True),
    "进展": records("进展", "到统计日的进展", _progress),
    "佐证": records("佐证材料", "各次进展的佐证材料", _evidence),
    "销号轮次": records("销号轮次", "到统计日的各轮销号", rounds),
    "本轮销号": record("销号轮次", "最近一轮销号", _last_round, optional=True),
}
