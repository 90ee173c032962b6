"""Rules over 收文: what it answers went out, and to who answers. What must not be entered there: scan_texts.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.base.chinese import suggestion, year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.follow_up import ANSWER
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing

_LIKE_A_CODE = re.compile(r"[A-Za-z0-9_.-]+")


def incoming_from_somebody(standing: Standing) -> Iterator[Diagnostic]:
    """来文单位 is a unit, or another organ in words: a 编号 that no unit has would be printed as the name of one."""
    known = standing.year.unit_by_ref
    for paper in standing.year.incoming:
        if paper.sender not in known and _LIKE_A_CODE.fullmatch(paper.sender):
            message = (
                f"收文 {paper.code} 的来文单位「{paper.sender}」像是编号，单位里没有，会照样印在收文登记簿上"
            )
            advice = f"{suggestion(paper.sender, standing.year.unit_by_code)}；外单位的写全称"
            yield error(Code.INCOMING_FROM_NOBODY, paper.place("来文单位"), message, advice)


def incoming_answers_what_went_out(standing: Standing) -> Iterator[Diagnostic]:
    """对应 is the 文号 of a paper of ours; a 回复 to a 整改函 comes from who has to answer it."""
    year, book = standing.year, standing.register
    for paper in year.incoming:
        if paper.answers is None:
            continue
        line = next(iter(book.by_number.get(paper.answers, ())), None)
        if line is None:
            message = f"收文 {paper.code} 的「对应」写的是「{paper.answers}」，本组没有发过这个文号"
            advice = year_in_brackets(paper.answers) or suggestion(paper.answers, book.by_number)
            yield error(Code.INCOMING_ANSWERS_NOTHING_SENT, paper.place("对应"), message, advice)
            continue
        sender = year.unit_by_ref.get(paper.sender)
        letter = standing.letter_of(line) if line.kind == LETTER and line.year == year.year else None
        if paper.kind != ANSWER or letter is None or sender is None:
            continue
        if year.unit(letter.unit).code not in standing.followed_by(sender.code):
            message = f"{line.name} 发给「{letter.unit}」（{letter.place('单位')}），回复它的来文却是「{paper.sender}」的"
            advice = "改「来文单位」或「对应」；确是别的单位来文谈到它的，「种类」写 来函"
            yield error(Code.INCOMING_FROM_ANOTHER_UNIT, paper.place("来文单位"), message, advice)
