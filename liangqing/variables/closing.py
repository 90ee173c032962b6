"""Variables of how a finding goes on: what is late, what was handed in, each round of 销号, and 反弹."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date, unstopped
from liangqing.data.model.findings import ClosingRound, Evidence, Progress, Recheck
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import (
    Rows,
    VariableTable,
    beside_meaning,
    flag,
    number,
    record,
    records,
    text,
    texts,
)
from liangqing.year.state import facts
from liangqing.year.state.standing import ONE_DAY, RELAPSED

# The results of 回头看 as a sentence says them.
RECHECKED = {"巩固": "整改成效巩固", "反弹": "问题反弹"}


class RoundOf(NamedTuple):
    """A round of 销号 of a finding, and which one of its rounds that were begun by the day: from 1."""

    found: FindingOf
    place: int
    closing: ClosingRound


def limit_now(found: FindingOf) -> date | None:
    """The limit as it stands on the day, where it is a date."""
    limit = found.finding.limit_on(found.at.day)
    return limit if isinstance(limit, date) else None


def working_days_overdue(found: FindingOf) -> int | None:
    """Working days that it was open past the limit as it stands; None unless 逾期. See `overdue_presumed`."""
    spans = found.at.overdue_spans(found.finding)
    between = found.at.year.calendar.between
    return sum(between(first - ONE_DAY, last) for first, last in spans) if spans else None


def overdue_presumed(found: FindingOf) -> bool:
    """Whether those working days rest on a year whose days off are not known yet."""
    presumes = found.at.year.calendar.presumes
    return any(presumes(first - ONE_DAY, last) for first, last in found.at.overdue_spans(found.finding))


def _days_left(found: FindingOf) -> int | None:
    limit = limit_now(found)
    open_still = found.at.closed_on(found.finding) is None
    return (limit - found.at.day).days if limit and open_still and limit >= found.at.day else None


def closed_late(found: FindingOf) -> str | None:
    """Of what was closed after its original limit: limit, extensions, real date and the delay, in one sentence.

    The delay is in working days; where these are not known for sure, in days of the calendar.
    """
    late = facts.closed_late(found.at, found.finding)
    if late is None:
        return None
    told = [f"原时限{long_date(late.limit)}"]
    told += [
        f"{long_date(extension.approved)}批准延期至{long_date(extension.limit)}"
        for extension in late.extensions
    ]
    told.append(f"{long_date(late.closed)}销号")
    calendar = found.at.year.calendar

    def delay(limit: date) -> str:
        if calendar.presumes(limit, late.closed):
            return f"{(late.closed - limit).days}天"
        return f"{calendar.between(limit, late.closed)}个工作日"

    told.append(f"超过原时限{delay(late.limit)}")
    if late.extensions:
        last = late.extensions[-1].limit
        over = f"超过延期后的时限{delay(last)}"
        told.append(over if late.closed > last else "没有超过延期后的时限")
    return "，".join(told)


def _relapse(found: FindingOf) -> str | None:
    """The last 反弹, unless it was closed again since."""
    last = found.at.relapse(found.finding)
    if last is None:
        return None
    seen = f"（{unstopped(last.remark)}）" if last.remark else ""
    return f"{long_date(last.day)}回头看发现反弹{seen}，重新列入整改"


def _issued(found: FindingOf) -> str | None:
    line = facts.letter_with(found.at, found.finding)
    return long_date(line.issued) if line else None


def _progress(found: FindingOf) -> Sequence[Progress]:
    return facts.progress_told(found.at, found.finding)


def _evidence(found: FindingOf) -> Sequence[Evidence]:
    return facts.evidence_told(found.at, found.finding)


def rounds(found: FindingOf) -> list[RoundOf]:
    """The rounds of 销号 begun by the day, each with its place."""
    begun = facts.rounds_begun(found.at, found.finding)
    return [RoundOf(found, place, closing) for place, closing in enumerate(begun, 1)]


def _last_round(found: FindingOf) -> RoundOf | None:
    begun = rounds(found)
    return begun[-1] if begun else None


def rechecked(recheck: Recheck) -> str:
    """A 回头看 as a sentence: 2021年9月14日回头看，整改成效巩固（标识牌完好）."""
    again = "，重新列入整改" if recheck.result == RELAPSED else ""
    words = RECHECKED.get(recheck.result, recheck.result)
    seen = f"（{unstopped(recheck.remark)}）" if recheck.remark else ""
    return f"{long_date(recheck.day)}回头看，{words}{seen}{again}"


def _rechecks_about(attempt: RoundOf) -> list[str]:
    """回头看 before the round, and a 反弹 after it: the others that came later are nothing that it was decided on."""
    begun, relapse = attempt.closing.begun, attempt.found.at.relapse(attempt.found.finding)
    return [
        rechecked(recheck)
        for recheck in attempt.found.finding.rechecks
        if (begun is not None and recheck.day <= begun) or recheck == relapse
    ]


def _until(attempt: RoundOf, day: date | None) -> str | None:
    return long_date(day) if day is not None and day <= attempt.found.at.day else None


def _conclusion(attempt: RoundOf) -> str | None:
    return facts.conclusion(attempt.found.at, attempt.closing)


def _verified(value: Callable[[ClosingRound], str | None]) -> Callable[[RoundOf], str | None]:
    """What is told of the verification of a round, once its day has come."""
    return lambda attempt: (
        value(attempt.closing) if facts.verified(attempt.found.at, attempt.closing) else None
    )


def _approver(attempt: RoundOf) -> str | None:
    ended = attempt.closing.concluded
    return None if ended is not None and ended > attempt.found.at.day else attempt.closing.approver


EVIDENCE = VariableTable[Evidence](
    "佐证材料",
    {
        "名称": text("材料名称", lambda evidence: evidence.name),
        "日期": text(
            "材料的日期",
            lambda evidence: None if evidence.day is None else long_date(evidence.day),
            optional=True,
        ),
        "说明": text("说明", lambda evidence: evidence.remark, optional=True),
        "阶段": text(
            "照片是整改前还是整改后的；没有写的没有", lambda evidence: evidence.phase, optional=True
        ),
    },
)

PROGRESS = VariableTable[Progress](
    "进展",
    {
        "日期": text("日期", lambda progress: long_date(progress.day)),
        "内容": text("进展的内容", lambda progress: progress.what),
        "佐证": records(EVIDENCE, "佐证材料", lambda progress: progress.evidence),
    },
)

ROUND = VariableTable[RoundOf](
    "销号轮次",
    {
        "轮次": number("第几轮", lambda attempt: attempt.place),
        "申请日期": text(
            "申请销号的日期", lambda attempt: _until(attempt, attempt.closing.applied), optional=True
        ),
        "核查日期": text(
            "核查日期", lambda attempt: _until(attempt, attempt.closing.verified), optional=True
        ),
        "核查人": text("核查人", _verified(lambda closing: closing.verifier), optional=True),
        "核查方式": text("核查方式", _verified(lambda closing: closing.method), optional=True),
        "核查情况": text("核查看到的情况", _verified(lambda closing: closing.seen), optional=True),
        "审批人": text("审批人", _approver, optional=True),
        "有关回头看": texts("这一轮申请以前的回头看，和这一轮以后的反弹，每次一句", _rechecks_about),
        "结论": text("同意销号、退回或阶段性完成；没有定的没有", _conclusion, optional=True),
        "销号日期": text("销号日期", lambda attempt: _until(attempt, attempt.closing.closed), optional=True),
    },
)

ROWS: Rows[FindingOf] = {
    "原函日期": text("写入的整改函的成文日期", _issued, optional=True),
    "逾期工作日": beside_meaning(number("超过时限的工作日", working_days_overdue, optional=True)),
    "工作日是推算": beside_meaning(
        flag("逾期工作日里有还没有节假日安排的年度，暂按双休推算", overdue_presumed)
    ),
    "剩余天数": number("离时限还有几天；已过时限或已销号的没有", _days_left, optional=True),
    "超期销号": text(
        "超过原时限才销号的：原时限、延期、销号日期和超过的工作日（没有节假日安排的写天数）",
        closed_late,
        optional=True,
    ),
    "反弹": text("回头看反弹、重新打开的：一句话", _relapse, optional=True),
    "进展": records(PROGRESS, "到统计日的进展", _progress),
    "佐证": records(EVIDENCE, "各次进展的佐证材料", _evidence),
    "佐证有说明": flag(
        "佐证材料里有没有写了说明的", lambda found: any(piece.remark for piece in _evidence(found))
    ),
    "销号轮次": records(ROUND, "到统计日的各轮销号", rounds),
    "本轮销号": record(ROUND, "最近一轮销号", _last_round, optional=True),
}
