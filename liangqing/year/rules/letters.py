"""Rules over 整改函 and what the register says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.types import Spot
from liangqing.register import DATE_CONFIRMED, ELSEWHERE, Line, place_of
from liangqing.year.rules.findings import day_off
from liangqing.year.state import facts
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing


def letter_to_its_unit(standing: Standing) -> Iterator[Diagnostic]:
    """The letter's unit is its findings' unit, or who took over from it; a finding stands once in it."""
    year = standing.year
    for letter in year.letters:
        for index, code in enumerate(letter.findings):
            finding = year.finding_by_code.get(code)
            if finding and not _answers(standing, letter, finding):
                yield error(
                    Code.LETTER_TO_ANOTHER_UNIT,
                    letter.place("问题", index),
                    f"整改函 {letter.code} 发给「{letter.unit}」，问题 {code} 却是「{finding.unit}」的（{finding.place('单位')}）"
                    + _not_yet(standing, letter, finding),
                    "改「单位」，或把这个问题移到另一封函",
                )
            if code in letter.findings[:index]:
                yield error(
                    Code.FINDING_TWICE_IN_LETTER,
                    letter.place("问题", index),
                    f"整改函 {letter.code} 里问题 {code} 写了两次",
                    "只留一个",
                )


def _answers(standing: Standing, letter: Letter, finding: Finding) -> bool:
    """Whether a letter's unit is that of a finding, or took over from it by the letter's 成文日期 (a draft: at all)."""
    unit, own = standing.year.unit(letter.unit), standing.year.unit(finding.unit)
    line = standing.register.in_use(LETTER, letter.code, standing.year.year)
    if unit == own or line is None:
        return own.code in standing.followed_by(unit.code)
    now = standing.stands_for(own, line.issued)
    return now is not None and now.code == unit.code


def _not_yet(standing: Standing, letter: Letter, finding: Finding) -> str:
    """What else is to be said where the letter's unit took over from the finding's, but not by 成文日期."""
    own = standing.year.unit(finding.unit)
    later = own.code in standing.followed_by(standing.year.unit(letter.unit).code)
    return f"，到成文日期还没有由它承接（{own.place('撤销日期')}）" if later else ""


def finding_in_one_letter(standing: Standing) -> Iterator[Diagnostic]:
    """A finding stands in one letter that is neither void nor 更正."""
    first: dict[str, Letter] = {}
    for letter in standing.year.letters:
        if letter.corrects is not None or _is_void(standing, letter):
            continue
        for index, code in enumerate(letter.findings):
            other = first.setdefault(code, letter)
            if other is not letter:
                yield error(
                    Code.FINDING_IN_TWO_LETTERS,
                    letter.place("问题", index),
                    f"问题 {code} 已在整改函 {other.code} 里（{other.place('问题')}），又在 {letter.code} 里",
                    "只留在一封函里；前一封作废后才能另发",
                )


def _lines(standing: Standing, letter: Letter) -> list[Line]:
    return standing.register.issued_of(LETTER, letter.code, standing.year.year)


def _is_void(standing: Standing, letter: Letter) -> bool:
    """Whether a letter went out, and every time was made void."""
    lines = _lines(standing, letter)
    return bool(lines) and all(standing.register.voided(line, date.max) for line in lines)


def reply_to_what_went_out(standing: Standing) -> Iterator[Diagnostic]:
    """回复 is to a letter that was issued (warning); the order of both dates is a row of `date_order`."""
    for letter in standing.year.letters:
        if letter.reply is not None and not _lines(standing, letter):
            message = f"整改函 {letter.code} 还没有印发，却写了回复（{letter.reply.day}）"
            advice = f"先印发：issue 整改函 {letter.code} --date 成文日期；已经手工发出的，加 --number 和 --file 补录"
            yield warning(Code.REPLY_TO_NOTHING_SENT, letter.place("回复"), message, advice)


def numbers_follow_dates(standing: Standing) -> Iterator[Diagnostic]:
    """In a series a later number does not bear an earlier date."""
    last: dict[tuple[str, int], Line] = {}
    for line in standing.register.issued:
        if line.number is None:
            continue
        series = (line.number.partition("〔")[0], line.issued.year)
        before = last.get(series)
        if before is not None and line.issued < before.issued and DATE_CONFIRMED not in line.notes:
            message = (
                f"{line.number} 的成文日期（{line.issued}）早于前一号 {before.number}（{before.issued}）"
            )
            yield warning(
                Code.NUMBERS_AGAINST_DATES, place_of(standing.register, line), message, "核对；确是如此可不管"
            )
        last[series] = line


def issued_still_there(standing: Standing) -> Iterator[Diagnostic]:
    """A letter that went out is still in the data; one that went out elsewhere never was."""
    for line in standing.register.issued:
        ours = line.kind == LETTER and line.year == standing.year.year and ELSEWHERE not in line.notes
        gone = ours and line.subject not in standing.year.letter_by_code
        if gone and not standing.register.voided(line, date.max):
            yield error(
                Code.ISSUED_LETTER_GONE,
                place_of(standing.register, line),
                f"已印发的 {line.name} 在数据里找不到整改函 {line.subject}",
                "恢复这条整改函；不再有效的用 void 作废",
            )


def reply_overdue(standing: Standing) -> Iterator[Diagnostic]:
    """The reply to a letter came by its 回复期限 (warning)."""
    for letter, line in facts.replies_overdue(standing):
        yield warning(
            Code.REPLY_OVERDUE,
            letter.place("回复期限"),
            f"{line.name} 应于{long_date(letter.reply_by)}前回复，还没有回复",
            "催办；已回复的录入「回复」",
        )


def reply_on_working_day(standing: Standing) -> Iterator[Diagnostic]:
    for letter in standing.year.letters:
        yield from day_off(
            standing, Spot(letter, ("回复期限",)), f"整改函 {letter.code} 的回复期限", letter.reply_by
        )


def new_limit_on_working_day(standing: Standing) -> Iterator[Diagnostic]:
    """The 新时限 of a 文书 falls on a working day (warning; also of one that is out, when a calendar came later)."""
    for paper in standing.year.papers:
        if paper.new_limit is not None:
            spot = Spot(paper, ("新时限",))
            yield from day_off(standing, spot, f"{paper.kind} {paper.code} 的新时限", paper.new_limit)
