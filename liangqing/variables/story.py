"""The story of one finding: all that happened to it by the day, in order of date, with the paper or record it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.data.model.findings import ClosingRound, DualSign, Evidence
from liangqing.data.model.types import Waiver
from liangqing.register import Line
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import VariableTable, text
from liangqing.year.state import facts
from liangqing.year.state.deliveries import delivered_to
from liangqing.year.state.records import LETTER


class StoryEvent(NamedTuple):
    """Something that happened to a finding: when, of what kind, what exactly, and the number or 编号 it rests on."""

    day: date
    kind: str
    what: str
    source: str = ""

    @property
    def number(self) -> str:
        """The 文号 that it rests on; "" where that is a record of the data."""
        return self.source if "〔" in self.source else ""


def events(found: FindingOf) -> list[StoryEvent]:
    """Everything dated by the day that is on record of a finding, by day; of one day in the order of the work."""
    told = [event for look in _KINDS for event in look(found) if event.day <= found.at.day]
    return sorted(told, key=lambda event: event.day)


def _with(*parts: str | None) -> str:
    """What is given, as one text: 甲；乙."""
    return "；".join(unstopped(" ".join(part.split())) for part in parts if part)


def _named(evidence: tuple[Evidence, ...]) -> str | None:
    """佐证：甲（2021年4月29日）、乙."""
    names = (piece.name + (f"（{long_date(piece.day)}）" if piece.day else "") for piece in evidence)
    return f"佐证：{enumerate_words(names)}" if evidence else None


# ---------------------------------------------------------------- found and signed


def _found(found: FindingOf) -> Iterator[StoryEvent]:
    visit = found.at.year.inspection_by_code[found.finding.inspection]
    yield StoryEvent(found.at.found_on(found.finding), "发现", f"{visit.name}中发现", visit.code)


def _meetings(found: FindingOf) -> Iterator[StoryEvent]:
    year = found.at.year
    visit, unit = year.inspection_by_code[found.finding.inspection], year.unit(found.finding.unit)
    for meeting in found.at.meetings_in(visit, unit):
        opinion = f"单位意见：{meeting.opinion}" if meeting.opinion else None
        yield StoryEvent(meeting.day, "反馈会", _with(f"向{unit.short_name}反馈", opinion), visit.code)


def _signs(found: FindingOf) -> Iterator[StoryEvent]:
    for sign in found.at.year.signs_on.get(found.finding.code, ()):
        opinion = sign.opinion.remark if sign.opinion else None
        words = _with(_signers(sign), f"单位意见：{opinion}" if opinion else None)
        yield StoryEvent(sign.day, "双签字", words, sign.code)


def _signers(sign: DualSign) -> str:
    if sign.result != "签字":
        return f"拒签：{sign.reason}"
    names = (("党组织", sign.party_signer), ("纪检监察组", sign.group_signer))
    signed = [f"{side}{name}" for side, name in names if name]
    return f"{enumerate_words(signed)}签字" if signed else "双方签字"


# ---------------------------------------------------------------- papers


def _papers(found: FindingOf) -> Iterator[StoryEvent]:
    """Issued papers about it, each with what became of it: 送达, 作废."""
    year, register = found.at.year, found.at.register
    visit, unit = found.finding.inspection, year.unit(found.finding.unit).code
    subjects = [(year.year, code) for code in (found.finding.code, visit, f"{visit}/{unit}")]
    subjects += [(year.year, letter.code) for letter in year.letters_with.get(found.finding.code, ())]
    years = {**found.at.years, year.year: year}
    subjects += [
        (number, paper.code)
        for number in years
        for paper in years[number].papers_on.get(found.finding.code, ())
    ]
    lines = {line.serial: line for subject in subjects for line in register.about.get(subject, ())}
    for line in lines.values():
        if line.issued >= found.at.found_on(found.finding) or line.subject not in (visit, f"{visit}/{unit}"):
            yield from _paper(found, line)


def _paper(found: FindingOf, line: Line) -> Iterator[StoryEvent]:
    title = f"《{''.join(line.title.split())}》" if line.title else ""
    corrects = f"更正 {line.corrects}" if line.corrects else None
    yield StoryEvent(line.issued, "印发", _with(line.kind + title, corrects), line.number or line.kind)
    then = found.at.beside(line.year) if line.year in found.at.years else found.at
    delivery = then.delivered(line) if line.year == then.year.year else None
    if delivery is not None:
        unit = delivered_to(then, delivery)
        receiver = f"，{delivery.receiver}签收" if delivery.receiver else ""
        words = f"送达{unit.short_name if unit else ''}{receiver}"
        yield StoryEvent(delivery.day, "送达", words, line.number or line.kind)
    for void in found.at.register.voids_of(line):
        yield StoryEvent(
            void.day, "作废", f"{line.kind}作废：{unstopped(void.reason)}", line.number or line.kind
        )


def _replies(found: FindingOf) -> Iterator[StoryEvent]:
    for letter in found.at.year.letters_with.get(found.finding.code, ()):
        if letter.reply is not None:
            number = f"，文号{letter.reply.number}" if letter.reply.number else ""
            late = "，超过回复期限" if letter.reply.day > letter.reply_by else ""
            yield StoryEvent(letter.reply.day, "回复", f"单位回复{LETTER}{number}{late}", letter.code)


def _feedback(found: FindingOf) -> Iterator[StoryEvent]:
    letters = found.at.year.letters_with.get(found.finding.code, ())
    for letter in letters:
        for told in found.at.year.feedbacks_on.get((letter.code, found.finding.code), ()):
            asks = "申请销号" if told.asks_to_close else None
            measures = f"措施：{told.measures}" if told.measures else None
            words = _with(f"完成情况：{told.outcome}", measures, _named(told.evidence), asks)
            yield StoryEvent(told.day, "单位反馈", words, told.code)


# ---------------------------------------------------------------- how it went on


def _changes(found: FindingOf) -> Iterator[StoryEvent]:
    finding = found.finding
    for extension in finding.extensions:
        words = _with(
            f"延期至{long_date(extension.limit)}", f"理由：{extension.reason}", f"{extension.approver}批准"
        )
        yield StoryEvent(extension.approved, "延期", words)
    for change in finding.changes:
        person = change.person + (f"（{change.post}）" if change.post else "")
        department = f"责任部门：{change.department}" if change.department else None
        yield StoryEvent(
            change.day, "责任变更", _with(f"责任人变更为{person}", department, f"理由：{change.reason}")
        )


def _progress(found: FindingOf) -> Iterator[StoryEvent]:
    """进展 that was typed; what a unit told in a form is told as that."""
    for progress in found.finding.progress_by(found.at.day):
        yield StoryEvent(progress.day, "进展", _with(progress.what, _named(progress.evidence)))


def _rounds(found: FindingOf) -> Iterator[StoryEvent]:
    for place, closing in enumerate(facts.rounds_begun(found.at, found.finding), 1):
        round_name = f"第{place}轮：" if place > 1 else ""
        if closing.applied:
            yield StoryEvent(closing.applied, "申请销号", f"{round_name}单位申请销号")
        if closing.verified:
            seen = _with(
                closing.seen,
                f"核查方式：{closing.method}" if closing.method else None,
                f"核查人：{closing.verifier}" if closing.verifier else None,
            )
            yield StoryEvent(closing.verified, "核查", f"{round_name}{seen or '核查'}")
        ended = closing.concluded
        if closing.conclusion and ended:
            yield StoryEvent(ended, closing.conclusion, _conclusion(found, closing, round_name))


def _conclusion(found: FindingOf, closing: ClosingRound, round_name: str) -> str:
    approver = f"{closing.approver}审批" if closing.approver else None
    ended = closing.concluded or found.at.day
    late = facts.closed_late(found.at.on(ended), found.finding) if ended <= found.at.day else None
    over = f"超过原时限{(late.closed - late.limit).days}天" if late else None
    told = _with(approver, over, _again_on(closing.recheck_on))
    return f"{round_name}{told or closing.conclusion}"


def _again_on(day: date | None) -> str | None:
    return f"计划{long_date(day)}回头看" if day else None


def _rechecks(found: FindingOf) -> Iterator[StoryEvent]:
    for recheck in found.finding.rechecks:
        yield StoryEvent(
            recheck.day,
            "回头看",
            _with(f"结果：{recheck.result}", recheck.remark, _again_on(recheck.recheck_on)),
        )


_KINDS = (
    _found,
    _meetings,
    _signs,
    _papers,
    _changes,
    _progress,
    _feedback,
    _replies,
    _rounds,
    _rechecks,
)

# ---------------------------------------------------------------- tables


STORY_EVENT = VariableTable[StoryEvent](
    "经过",
    {
        "日期": text("日期", lambda event: long_date(event.day)),
        "事项": text(
            "发现、反馈会、双签字、印发、送达、进展、延期、核查、同意销号、回头看等", lambda event: event.kind
        ),
        "内容": text("一句话", lambda event: event.what),
        "文号": text(
            "印发、送达、作废的那份文书的文号；没有的没有", lambda event: event.number or None, optional=True
        ),
        "出处": text("文号，或记录的编号；没有的没有", lambda event: event.source or None, optional=True),
    },
)

WAIVER = VariableTable[Waiver](
    "问题放行",
    {
        "门槛": text("放行的门槛", lambda waiver: waiver.gate),
        "理由": text("理由", lambda waiver: waiver.reason),
        "批准人": text("批准人", lambda waiver: waiver.approver),
        "有效期至": text(
            "放行到哪一天；没有期限的没有",
            lambda waiver: long_date(waiver.until) if waiver.until else None,
            optional=True,
        ),
    },
)
