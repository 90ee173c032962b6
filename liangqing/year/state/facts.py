"""One answer to each question that several views put: letters and forms, ledger, overview, 清欠单, status, check.

A view prints an answer in its own words and never works it out again. All answers are as of the day of the
`Standing`: what is dated later did not happen yet. What has an answer of its own there (state, signature, 销号日期,
反弹, days overdue) is asked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.data.model.findings import (
    ClosingRound,
    Evidence,
    Extension,
    Finding,
    Letter,
    Progress,
    Reply,
)
from liangqing.data.model.follow_up import Project
from liangqing.register import Line
from liangqing.year.state.standing import CLOSED, CONTINUING, OVERDUE, Standing

# The states of a project. 未登记: its 开始日期 is reached and nobody wrote 状态; whether it runs is not guessed.
NOT_BEGUN, UNDER_WAY, DONE, NOT_TOLD = "未启动", "推进中", "已完成", "未登记"
PROJECT_STATES = (DONE, UNDER_WAY, NOT_BEGUN, NOT_TOLD)


# letters


def letter_with(at: Standing, finding: Finding) -> Line | None:
    """The register's line of the letter in force that the finding went out in; None: it is in none yet.

    Where a 更正 repeats the finding, it is the letter that is corrected.
    """
    return at.first_letter_with(finding.code)


def reply(at: Standing, letter: Letter) -> Reply | None:
    """回复 to a letter that came in by the day.

    Where nobody typed one that came in by then, the 反馈表 of the unit are the reply, once there is one on each
    finding of the letter, of the day on which the last of them first came. One from before the letter that is in
    force went out is none on it.
    """
    if letter.reply is not None and letter.reply.day <= at.day:
        return letter.reply
    line = at.letter_line(letter.code)
    answered = [_first_form(at, letter, code, line.issued) for code in letter.findings] if line else []
    days = [day for day in answered if day is not None]
    whole = days and len(days) == len(answered)
    return Reply.model_construct(day=max(days), number=None) if whole else None


def _first_form(at: Standing, letter: Letter, finding: str, since: date) -> date | None:
    """The day on which the first 反馈表 on a finding of a letter came in, not before `since`; None: none by the day."""
    forms = at.year.feedbacks_on.get((letter.code, finding), ())
    return min((form.day for form in forms if since <= form.day <= at.day), default=None)


def reply_owed(at: Standing, letter: Letter) -> Line | None:
    """The register's line of a letter whose reply is still owed; None: no reply is owed (yet, or any more).

    Owed is the reply to a letter in force that was not answered. Once a 更正 of it is in force, the reply is owed
    to that alone.
    """
    line = at.letter_line(letter.code)
    if line is None or reply(at, letter) is not None:
        return None
    return None if at.register.corrected(line, at.day) else line


def forms_owed(at: Standing, letter: Letter) -> list[str]:
    """编号 of the findings of a letter of which its 整改情况反馈表 is still owed: open, and nothing handed in.

    [] too for a letter that is not in force. Of a finding that a 更正 in force repeats, the form is owed to that alone.
    """
    line = at.letter_line(letter.code)
    if line is None:
        return []
    correction = at.register.corrected(line, at.day)
    repeating = at.letter_of(correction) if correction else None
    repeated = repeating.findings if repeating else ()
    missing = [
        code for code in letter.findings if code not in repeated and not at.told_back(letter.code, code)
    ]
    return [code for code in missing if at.state(at.year.finding_by_code[code]) != CLOSED]


def replies_overdue(at: Standing) -> Iterator[tuple[Letter, Line]]:
    """The letters whose 回复期限 is past and whose reply is still owed, each with its line in the register."""
    for letter in at.year.letters:
        line = reply_owed(at, letter) if letter.reply_by < at.day else None
        if line is not None:
            yield letter, line


# how a finding goes on


def progress_told(at: Standing, finding: Finding) -> tuple[Progress, ...]:
    """进展 told by the day, in the order of their dates; what only the unit told, in its 反馈表, says so."""
    return at.progress(finding)


def evidence_told(at: Standing, finding: Finding) -> list[Evidence]:
    """佐证 handed in by the day, in order; from 反馈表 where no 进展 that was typed has any."""
    return at.evidence(finding)


def measures_told(at: Standing, finding: Finding) -> tuple[str, ...]:
    """整改措施; from 反馈表 received by the day where none was typed."""
    return at.measures(finding)


def rounds_begun(at: Standing, finding: Finding) -> tuple[ClosingRound, ...]:
    """Rounds of 销号 begun by the day, in the order of their dates, however they stand in YAML."""
    return at.rounds(finding)


def last_round(at: Standing, finding: Finding) -> ClosingRound | None:
    """The round of 销号 that was begun last; None: nobody has applied yet."""
    return next(reversed(rounds_begun(at, finding)), None)


def conclusion(at: Standing, closing: ClosingRound) -> str | None:
    """结论 of a round once the day of it has come; before, the round is still open."""
    ended = closing.concluded
    return closing.conclusion if ended is not None and ended <= at.day else None


def is_done_in_part(at: Standing, finding: Finding) -> bool:
    """Whether 阶段性完成 is what holds on the day: no later round has begun, and nothing broke open again (反弹)."""
    return at.closing_state(finding) == CONTINUING


@dataclass(frozen=True)
class LateClosing:
    """A finding closed after its original limit: that limit, the 延期 approved until it was closed, and 销号日期."""

    limit: date
    extensions: tuple[Extension, ...]
    closed: date


def closed_late(at: Standing, finding: Finding) -> LateClosing | None:
    """How a finding that is closed on the day missed its original limit; None: it is open, or was closed in time.

    An approved 延期 does not wash it away. A limit in words (长期坚持) can't be missed.
    """
    closed = at.closed_on(finding)
    if closed is None or not isinstance(finding.limit, date) or closed <= finding.limit:
        return None
    return LateClosing(finding.limit, finding.extensions_by(closed), closed)


# projects


def completed_on(at: Standing, project: Project) -> date | None:
    """完成日期 of a project that is completed by the day."""
    return project.done if project.done is not None and project.done <= at.day else None


def project_state(at: Standing, project: Project) -> str:
    """One of PROJECT_STATES.

    已完成 from 完成日期 on, 未启动 until 开始日期; in between what was written (推进中 where it says 已完成 of a later
    day), and 未登记 where nothing was.
    """
    if completed_on(at, project):
        return DONE
    if project.begins > at.day:
        return NOT_BEGUN
    return UNDER_WAY if project.state == DONE else project.state or NOT_TOLD


def project_days_over(at: Standing, project: Project) -> int:
    """Calendar days from 完成时限 to 完成日期, or to the day while it is not completed; 0: not past its limit."""
    return max(((completed_on(at, project) or at.day) - project.due).days, 0)


def project_is_overdue(at: Standing, project: Project) -> bool:
    """Whether a project is past its limit and not completed."""
    return completed_on(at, project) is None and project.due < at.day


def project_in_a_word(at: Standing, project: Project) -> str:
    """逾期 where a project is overdue, else its state: for views that print one word."""
    return OVERDUE if project_is_overdue(at, project) else project_state(at, project)
