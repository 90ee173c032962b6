"""Where the year stands today: what is due, overdue, unsigned, not handed in, not issued, drifted (per unit)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.context.findings import person
from liangqing.desk import Desk
from liangqing.drift import drifted
from liangqing.figures import DUE_SOON, LAPSED, OVERDUE, UNSETTLED, UNSIGNED, Standing
from liangqing.wording import long_date

# In the order in which a clerk acts on them.
KINDS = ("逾期", "临期", "待明确", "未签字", "未报自查", "未回复", "未印发", "已漂移")


@dataclass(frozen=True)
class Item:
    """Something that waits: of what kind, whose, and what."""

    kind: str
    unit: str
    what: str


def items(desk: Desk) -> list[Item]:
    """Everything that waits on the desk's day, by kind and then by unit as they stand in 单位."""
    at = desk.at
    found = [*_findings(at), *_unsigned(at), *_not_handed_in(at), *_letters(at), *_drifted(desk)]
    units = [unit.short_name for unit in at.year.units]
    return sorted(
        found, key=lambda each: (KINDS.index(each.kind), units.index(each.unit) if each.unit in units else -1)
    )


def _findings(at: Standing) -> Iterator[Item]:
    for finding in at.found:
        state = at.state(finding)
        if state not in (OVERDUE, DUE_SOON, UNSETTLED):
            continue
        unit, limit = at.year.unit(finding.unit).short_name, finding.limit_on(at.day)
        words = f"{finding.code} {finding.name}"
        if isinstance(limit, date):
            days = abs((at.day - limit).days)
            words += f"，时限{long_date(limit)}，" + (
                f"已超{days}天" if state == OVERDUE else f"还有{days}天"
            )
        owner = finding.owner_on(at.day)
        yield Item(state, unit, words + (f"，责任人{person(owner.person, owner.post)}" if owner else ""))


def _unsigned(at: Standing) -> Iterator[Item]:
    for finding in at.found:
        state, _ = at.signature(finding)
        if state in (UNSIGNED, LAPSED):
            yield Item(
                "未签字", at.year.unit(finding.unit).short_name, f"{finding.code} {finding.name}：{state}"
            )


def _not_handed_in(at: Standing) -> Iterator[Item]:
    for period in at.year.checklist.periods:
        for unit in at.owing(period) if period.due < at.day else ():
            yield Item("未报自查", unit.short_name, f"{period.name}，截止{long_date(period.due)}")


def _letters(at: Standing) -> Iterator[Item]:
    for letter in at.year.letters:
        unit = at.year.unit(letter.unit).short_name
        line = at.letter_line(letter.code)
        if line is None:
            yield Item("未印发", unit, f"整改函 {letter.code} {letter.subject.replace(chr(10), '')}")
        elif at.register.corrected(line, at.day):
            continue  # the reply is owed to the correction
        elif letter.reply_by < at.day and (letter.reply is None or letter.reply.day > at.day):
            yield Item("未回复", unit, f"{line.name}，应于{long_date(letter.reply_by)}前回复")


def _drifted(desk: Desk) -> Iterator[Item]:
    for line, changed in drifted(desk, desk.register.issued):
        yield Item("已漂移", "", f"{line.name} 印发后数据改过：{'；'.join(changed[:3])}")


def tally(found: Iterable[Item]) -> dict[str, int]:
    """How many wait of each kind, in the order of KINDS."""
    kinds = [each.kind for each in found]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
