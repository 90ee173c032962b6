"""Where the year stands today: what is due, overdue, unsigned, not handed in, not issued, drifted (per unit)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from liangqing import documents
from liangqing.context.findings import person
from liangqing.context.papers import Paper
from liangqing.context.subjects import values, variables
from liangqing.desk import Desk
from liangqing.engine import Reads
from liangqing.errors import Problems
from liangqing.figures import CLOSED, DUE_SOON, LAPSED, OVERDUE, UNSETTLED, UNSIGNED, Standing
from liangqing.ladder import proposals
from liangqing.layout import DATA
from liangqing.owing import EVIDENCE, FORM, OPINION, owed
from liangqing.register import Line
from liangqing.repeats import repeats
from liangqing.wording import long_date

# In the order in which a clerk acts on them.
KINDS = (
    *("逾期", "临期", "待明确", "未签字", "未反馈意见", "未报自查", "未回复", "未交反馈表", "缺佐证"),
    *("未印发", "建议发文", "疑似重复", "往期未销号", "已漂移"),
)
# What a unit owes that is not told by the lists of their own below.
OWED = {OPINION: "未反馈意见", FORM: "未交反馈表", EVIDENCE: "缺佐证"}


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
    found += [*_owed(at), *_proposed(at), *_alike(at), *_before(at)]
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


def _owed(at: Standing) -> Iterator[Item]:
    for unit in at.year.units:
        for each in owed(at, unit) if unit.in_force(at.day) else ():
            if each.kind in OWED:
                due = f"，期限{long_date(each.due)}" if each.due else ""
                yield Item(OWED[each.kind], unit.short_name, each.what + due)


def _proposed(at: Standing) -> Iterator[Item]:
    for each in proposals(at):
        limit = f"，新时限{long_date(each.new_limit)}" if each.new_limit else ""
        words = f"{each.kind}：{'、'.join(each.findings)} {each.subject}{limit}"
        yield Item("建议发文", at.year.unit(each.unit).short_name, words)


def _alike(at: Standing) -> Iterator[Item]:
    for each in repeats(at):
        of = "" if each.year == at.year.year else f"{each.year}年的"
        words = (
            f"{each.finding.code} {each.finding.name}，与{of} {each.earlier.code} 相似，是不是重复由人判断"
        )
        yield Item("疑似重复", at.year.unit(each.finding.unit).short_name, words)


def _before(at: Standing) -> Iterator[Item]:
    """Findings of earlier years that are not closed; they are kept up in their own folders."""
    for number in sorted(each for each in at.years if each < at.year.year):
        then = at.beside(number)
        for finding in then.found:
            state = then.state(finding)
            if state != CLOSED:
                words = f"{number}年 {finding.code} {finding.name}：{state}"
                yield Item("往期未销号", then.year.unit(finding.unit).short_name, words)


def _drifted(desk: Desk) -> Iterator[Item]:
    for line in desk.register.issued:
        if line.year == desk.at.year.year and not desk.register.voided(line, date.max):
            changed = drift(desk, line)
            if changed:
                yield Item("已漂移", "", f"{line.name} 印发后数据改过：{'；'.join(changed[:3])}")


def drift(desk: Desk, line: Line) -> list[str]:
    """What a paper printed when it was issued and would not print today; the template does not matter.

    Only names that the template read are compared, as of the day on which it was issued.
    """
    path = (desk.root / DATA / line.file).with_suffix(".json")
    catalogue = documents.load_catalogue(desk.root)
    known = catalogue.entries
    if not path.is_file() or line.kind not in known:
        return []
    entry = known[line.kind]
    at = desk.at.as_issued(line.issued, numbered=bool(line.number))
    subjects = documents.subjects_of(replace(desk, at=at), entry)
    subject = next((each for each in subjects if each.code == line.subject), None)
    if subject is None:
        return [f"对象 {line.subject} 不在了"]
    kind = entry.kind
    words = "" if line.number else None
    paper = Paper(subject, "", words, line.number, line.issued, (), kind.under_seal)
    paper = documents.listed(documents.annexes_of(catalogue, entry), entry.subject_kind, paper)
    paper = documents.titled(documents.compile_title(entry), entry.subject_kind, paper)
    then = json.loads(path.read_text("utf-8"))[line.kind]
    names = {name: below for name, below in reads_of(then).items() if name in variables(entry.subject_kind)}
    try:
        now = values(entry.subject_kind, paper, names)
    except (KeyError, Problems):
        return ["所用的变量不在了"]
    return list(differences({name: then[name] for name in names}, now))


def reads_of(value: object) -> Reads:
    """The names that stand in kept values."""
    if isinstance(value, dict):
        return {name: reads_of(below) for name, below in value.items() if name != "有"}
    if isinstance(value, list):
        merged: Reads = {}
        for each in value:
            merged = _merge(merged, reads_of(each))
        return {"[]": merged} if merged else {}
    return {}


def _merge(one: Reads, other: Reads) -> Reads:
    return {name: _merge(one.get(name, {}), other.get(name, {})) for name in {**one, **other}}


def differences(then: object, now: object, path: str = "") -> Iterator[str]:
    """Where two values differ, in words: 整改函.回复期限 由「…」变为「…」."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*then, *now]):
            yield from differences(then.get(name), now.get(name), f"{path}.{name}" if path else name)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, (one, other) in enumerate(zip(then, now, strict=True), start=1):
            yield from differences(one, other, f"{path}第{index}项")
    elif then != now:
        yield f"{path} 由「{_shown(then)}」变为「{_shown(now)}」"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)}项"
    return "" if value is None else str(value)


def tally(found: Iterable[Item]) -> dict[str, int]:
    """How many wait of each kind, in the order of KINDS."""
    kinds = [each.kind for each in found]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
