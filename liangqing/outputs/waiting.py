"""Where the year stands today: what is due, overdue, unsigned, not handed in, not issued, drifted (per unit)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.papers.drift import Drift, drifts
from liangqing.variables.findings import person
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import facts
from liangqing.year.state.escalation import proposals
from liangqing.year.state.owed import EVIDENCE, FORM, OPINION, owed
from liangqing.year.state.repeats import repeats
from liangqing.year.state.standing import (
    APPLIED,
    CLOSED,
    DUE_SOON,
    LAPSED,
    OVERDUE,
    UNSETTLED,
    UNSIGNED,
    Standing,
)

# In the order in which a clerk acts on them.
KINDS = (
    *("逾期", "临期", "待明确", "未签字", "未反馈意见", "未报自查", "未回复", "未交反馈表", "缺佐证"),
    *("待处理意见", "待审核自查", "待核查"),
    *("未印发", "建议发文", "疑似重复", "往期未销号", "已漂移"),
)
# What waits for the group itself, though it is told with a unit: the unit has done its part.
OURS = ("待处理意见", "待审核自查", "待核查")
# What a unit owes that is not told by the lists of their own below.
OWED = {OPINION: "未反馈意见", FORM: "未交反馈表", EVIDENCE: "缺佐证"}


@dataclass(frozen=True)
class WaitingItem:
    """Something that waits: of what kind, whose, and what."""

    kind: str
    unit: str
    what: str


class WaitingLook(NamedTuple):
    """What waits, by kind and then by unit as they stand in 单位; and what issued papers print otherwise without harm.

    `aside` are changes of the office itself since papers went out, each with how many papers it stands in.
    """

    items: list[WaitingItem]
    aside: dict[str, int]


def items(opened: OpenWorkspace) -> list[WaitingItem]:
    """Everything that waits on the day it is opened for."""
    return look(opened).items


def look(opened: OpenWorkspace) -> WaitingLook:
    """Everything that waits on the day it is opened for, and what need not."""
    at = opened.at
    changed = list(drifts(opened, opened.register.issued))
    found = [*_findings(at), *_unsigned(at), *_not_handed_in(at), *_letters(at), *_drifted(changed)]
    found += [*_undecided(at), *_owed(at), *_proposed(at), *_alike(at), *_before(at)]
    units: dict[str, int] = {}
    for unit, position in at.year.unit_position.items():
        units.setdefault(unit.short_name, position)
    found.sort(key=lambda item: (KINDS.index(item.kind), units.get(item.unit, -1)))
    return WaitingLook(found, dict(Counter(words for drift in changed for words in drift.aside)))


def _findings(at: Standing) -> Iterator[WaitingItem]:
    for finding in at.found:
        state = at.state(finding)
        if state not in (OVERDUE, DUE_SOON, UNSETTLED):
            continue
        unit, limit = at.year.unit(finding.unit).short_name, finding.limit_on(at.day)
        words = f"{finding.code} {finding.name}"
        if isinstance(limit, date):
            days = (limit - at.day).days
            words += f"，时限{long_date(limit)}，"
            words += f"已超{-days}天" if days < 0 else f"还有{days}天" if days else "今天到期"
        relapse = at.relapse(finding)
        words += f"，{long_date(relapse.day)}回头看反弹" if relapse else ""
        owner = finding.owner_on(at.day)
        yield WaitingItem(
            state, unit, words + (f"，责任人{person(owner.person, owner.post)}" if owner else "")
        )


def _unsigned(at: Standing) -> Iterator[WaitingItem]:
    for finding in at.found:
        state, _ = at.signature(finding)
        if state in (UNSIGNED, LAPSED):
            yield WaitingItem(
                "未签字", at.year.unit(finding.unit).short_name, f"{finding.code} {finding.name}：{state}"
            )


def _not_handed_in(at: Standing) -> Iterator[WaitingItem]:
    for period in at.year.checklist.periods:
        for unit in at.owing(period) if period.due < at.day else ():
            yield WaitingItem("未报自查", unit.short_name, f"{period.name}，截止{long_date(period.due)}")


def _letters(at: Standing) -> Iterator[WaitingItem]:
    for letter in facts.drafts(at):
        words = f"整改函 {letter.code} {letter.subject.replace(chr(10), '')}"
        yield WaitingItem("未印发", at.year.unit(letter.unit).short_name, words)
    for letter, line in facts.replies_overdue(at):
        words = f"{line.name}，应于{long_date(letter.reply_by)}前回复"
        yield WaitingItem("未回复", at.year.unit(letter.unit).short_name, words)


def _owed(at: Standing) -> Iterator[WaitingItem]:
    for unit in at.year.units:
        for reply in owed(at, unit) if unit.in_force(at.day) else ():
            if reply.kind in OWED:
                due = f"，期限{long_date(reply.due)}" if reply.due else ""
                yield WaitingItem(OWED[reply.kind], unit.short_name, reply.what + due)


def _undecided(at: Standing) -> Iterator[WaitingItem]:
    """What came in and waits for the group itself."""
    name = at.year.unit
    for opinion in at.year.opinions:
        if opinion.decision is None and (opinion.day or date.min) <= at.day:
            yield WaitingItem("待处理意见", name(opinion.unit).short_name, f"征求意见 {opinion.code}")
    for check in at.year.self_checks:
        if check.result is None and (check.handed_in or date.min) <= at.day:
            yield WaitingItem("待审核自查", name(check.unit).short_name, f"{check.period} {check.code}")
    asking = {
        feedback.finding
        for feedback in at.year.feedbacks
        if feedback.asks_to_close and feedback.day <= at.day
    }
    for finding in at.found:
        applied = at.state(finding) == APPLIED
        if applied or (finding.code in asking and not facts.rounds_begun(at, finding)):
            words = "申请销号，还没有结论或没有达到销号门槛" if applied else "反馈表申请销号，还没有登记销号"
            yield WaitingItem(
                "待核查", name(finding.unit).short_name, f"{finding.code} {finding.name}：{words}"
            )


def _proposed(at: Standing) -> Iterator[WaitingItem]:
    for proposal in proposals(at):
        limit = f"，新时限{long_date(proposal.new_limit)}{proposal.limit_note}" if proposal.new_limit else ""
        words = f"{proposal.kind}：{'、'.join(proposal.findings)} {proposal.subject}{limit}"
        yield WaitingItem("建议发文", at.year.unit(proposal.unit).short_name, words)


def _alike(at: Standing) -> Iterator[WaitingItem]:
    for repeat in repeats(at):
        of = "" if repeat.year == at.year.year else f"{repeat.year}年的"
        words = f"{repeat.finding.code} {repeat.finding.name}，与{of} {repeat.earlier.code} 相似，是不是重复由人判断"
        yield WaitingItem("疑似重复", at.year.unit(repeat.finding.unit).short_name, words)


def _before(at: Standing) -> Iterator[WaitingItem]:
    """Findings of earlier years that are not closed; they are kept up in their own folders."""
    for number in sorted(year for year in at.years if year < at.year.year):
        then = at.beside(number)
        for finding in then.found:
            state = then.state(finding)
            if state != CLOSED:
                words = f"{number}年 {finding.code} {finding.name}：{state}"
                yield WaitingItem("往期未销号", then.year.unit(finding.unit).short_name, words)


def _drifted(found: Iterable[Drift]) -> Iterator[WaitingItem]:
    for drift in found:
        if drift.changed:
            words = f"{drift.line.name} 印发后数据改过：{'；'.join(drift.changed[:3])}"
            yield WaitingItem("已漂移", "", words)


def tally(found: Iterable[WaitingItem]) -> dict[str, int]:
    """How many wait of each kind, in the order of KINDS."""
    kinds = [item.kind for item in found]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
