"""收文登记簿: what came in by the day, whether it was entered as 收文 or taken in as a form or a 回复."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.data.model.findings import Letter
from liangqing.data.model.follow_up import INCOMING_KINDS, OPINIONS_ANSWER, Incoming
from liangqing.data.model.types import ModelRecord
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing

FORM = "表单"  # what `collect` takes in; it has no 收文号, and stands under the 编号 of its first record
REPLY = INCOMING_KINDS[0]


@dataclass(frozen=True)
class IncomingLine:
    """A line of the register: 收文号 (of a form or a 回复 its 编号), from whom (简称 of a unit), which paper, when, and what became of it.

    `record` is where the line was written; "" and None stand for what is not known.
    """

    code: str
    sender: str
    number: str
    title: str
    day: date
    kind: str
    record: ModelRecord
    written: date | None = None
    copies: int = 1
    answers: str = ""
    proposal: str = ""
    handler: str = ""
    done: date | None = None

    @property
    def is_paper(self) -> bool:
        """Whether it is a letter or the like, and no form that was taken in."""
        return isinstance(self.record, Incoming | Letter)


def incoming_register(at: Standing) -> list[IncomingLine]:
    """All lines by the day, in the order of 收文日期; what was entered as 收文 is not told again as a form or 回复."""
    entered = [_entered(at, paper) for paper in at.year.incoming if paper.day <= at.day]
    known = {_same(line) for line in entered}
    others = [line for line in _others(at) if _same(line) not in known]
    return sorted([*entered, *others], key=lambda line: line.day)


def _same(line: IncomingLine) -> tuple[str, str, date]:
    """Which paper a line is of: what it answers, from whom, on what day."""
    return line.answers or line.kind, line.sender, line.day


def _entered(at: Standing, paper: Incoming) -> IncomingLine:
    unit = at.year.unit_by_ref.get(paper.sender)
    return IncomingLine(
        code=paper.code,
        sender=unit.short_name if unit else paper.sender,
        number=paper.number or "",
        title=paper.title,
        day=paper.day,
        kind=paper.kind,
        record=paper,
        written=paper.written,
        copies=paper.copies,
        answers=paper.answers or "",
        proposal=paper.proposal or "",
        handler=paper.handler or "",
        done=paper.done if paper.done and paper.done <= at.day else None,
    )


def _others(at: Standing) -> Iterator[IncomingLine]:
    yield from _opinions(at)
    yield from _self_checks(at)
    yield from _replies(at)
    yield from _feedbacks(at)


def _opinions(at: Standing) -> Iterator[IncomingLine]:
    """One line for the form of a unit, which may hold several opinions."""
    seen: set[tuple[str, date]] = set()
    for opinion in at.opinions:
        if opinion.day is None or (opinion.unit, opinion.day) in seen:
            continue
        seen.add((opinion.unit, opinion.day))
        yield IncomingLine(
            code=opinion.code,
            sender=at.year.unit(opinion.unit).short_name,
            number="",
            title=f"{at.year.year}年度监督检查清单征求意见反馈表",
            day=opinion.day,
            kind=OPINIONS_ANSWER,
            record=opinion,
        )


def _self_checks(at: Standing) -> Iterator[IncomingLine]:
    for check in at.checks_in:
        if check.handed_in is not None and check.handed_in <= at.day:
            yield IncomingLine(
                code=check.code,
                sender=at.year.unit(check.unit).short_name,
                number="",
                title=f"{at.year.year}年{check.period}自查情况表",
                day=check.handed_in,
                kind=FORM,
                record=check,
                handler=check.reviewer or "",
                done=check.reviewed if check.reviewed and check.reviewed <= at.day else None,
            )


def _replies(at: Standing) -> Iterator[IncomingLine]:
    """回复 that was written in the 整改函 itself."""
    for letter in at.year.letters:
        reply = letter.reply
        if reply is None or reply.day > at.day:
            continue
        line = at.register.answered(LETTER, letter.code, at.year.year, reply.day)
        of = f"{line.number}" if line and line.number else letter.code
        yield IncomingLine(
            code=letter.code,
            sender=at.year.unit(letter.unit).short_name,
            number=reply.number or "",
            title=f"关于{of}整改情况的回复",
            day=reply.day,
            kind=REPLY,
            record=letter,
            answers=line.number or "" if line else "",
        )


def _feedbacks(at: Standing) -> Iterator[IncomingLine]:
    """One line for the form of a letter, which holds a row for each finding."""
    seen: set[tuple[str, date]] = set()
    for feedback in at.year.feedbacks:
        if feedback.day > at.day or (feedback.letter, feedback.day) in seen:
            continue
        seen.add((feedback.letter, feedback.day))
        letter = at.year.letter_by_code[feedback.letter]
        line = at.register.answered(LETTER, letter.code, at.year.year, feedback.day)
        yield IncomingLine(
            code=feedback.code,
            sender=at.year.unit(letter.unit).short_name,
            number="",
            title="整改情况反馈表",
            day=feedback.day,
            kind=FORM,
            record=feedback,
            answers=line.number or "" if line else "",
        )
