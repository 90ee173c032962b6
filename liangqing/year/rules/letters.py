"""Rules over 整改函 and what the register says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.findings import IMMEDIATE, Letter
from liangqing.data.model.types import Spot
from liangqing.register import DATE_CONFIRMED, Line, place_of
from liangqing.year.rules.findings import day_off
from liangqing.year.state import facts
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing


def letter_to_its_unit(standing: Standing) -> Iterator[Diagnostic]:
    """The letter's unit is its findings' unit; a finding stands once in it."""
    year = standing.year
    for letter in year.letters:
        for index, code in enumerate(letter.findings):
            finding = year.finding_by_code.get(code)
            if finding and year.unit(finding.unit) != year.unit(letter.unit):
                yield error(
                    Code.LETTER_TO_ANOTHER_UNIT,
                    letter.place("问题", index),
                    f"整改函 {letter.code} 发给「{letter.unit}」，问题 {code} 却是「{finding.unit}」的（{finding.place('单位')}）",
                    "改「单位」，或把这个问题移到另一封函",
                )
            if code in letter.findings[:index]:
                yield error(
                    Code.FINDING_TWICE_IN_LETTER,
                    letter.place("问题", index),
                    f"整改函 {letter.code} 里问题 {code} 写了两次",
                    "只留一个",
                )


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


def _in_use(standing: Standing) -> Iterator[tuple[Letter, Line]]:
    """The letters of the year that are out and not void, on whatever day, each with its line in the register."""
    for letter in standing.year.letters:
        line = standing.register.in_use(LETTER, letter.code, standing.year.year)
        if line is not None:
            yield letter, line


def reply_after_issue(standing: Standing) -> Iterator[Diagnostic]:
    """回复期限 not before the letter's 成文日期."""
    for letter, line in _in_use(standing):
        if letter.reply_by < line.issued:
            yield error(
                Code.REPLY_BEFORE_ISSUE,
                letter.place("回复期限"),
                f"整改函 {letter.code} 的回复期限（{letter.reply_by}）早于成文日期（{line.issued}，{place_of(standing.register, line)}）",
                "改回复期限",
            )


def limit_after_issue(standing: Standing) -> Iterator[Diagnostic]:
    """整改时限 not before the letter's 成文日期, but for 立行立改 and what was closed by then."""
    year = standing.year
    for letter, line in _in_use(standing):
        then = standing.on(line.issued)
        for finding in (
            year.finding_by_code[code] for code in letter.findings if code in year.finding_by_code
        ):
            limit = finding.limit_on(line.issued)
            if finding.category == IMMEDIATE or not isinstance(limit, date) or then.closed_on(finding):
                continue
            if limit < line.issued:
                yield error(
                    Code.LIMIT_BEFORE_ISSUE,
                    finding.place("整改时限"),
                    f"问题 {finding.code} 的整改时限（{limit}）早于整改函 {letter.code} 的成文日期"
                    f"（{line.issued}，{letter.place()}）",
                    "改整改时限，或换成文日期",
                )


def issue_after_finding(standing: Standing) -> Iterator[Diagnostic]:
    """成文日期 of a letter is not before 发现日期 of a finding in it."""
    for letter, line in _in_use(standing):
        for index, code in enumerate(letter.findings):
            finding = standing.year.finding_by_code.get(code)
            if finding is not None and standing.found_on(finding) > line.issued:
                yield error(
                    Code.ISSUE_BEFORE_FINDING,
                    letter.place("问题", index),
                    f"整改函 {letter.code} 的成文日期（{line.issued}，{place_of(standing.register, line)}）"
                    f"早于问题 {code} 的发现日期（{standing.found_on(finding)}，{finding.place()}）",
                    "换成文日期，或改发现日期",
                )


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
    """A letter that went out is still in the data."""
    for line in standing.register.issued:
        ours = line.kind == LETTER and line.year == standing.year.year
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
