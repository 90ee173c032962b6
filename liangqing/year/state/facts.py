"""One answer to each question that several views put: letters and forms, ledger, overview, 清欠单, status, check.

A view prints an answer in its own words and never works it out again. All answers are as of the day of the
`Standing`: what is dated later did not happen yet. What has an answer of its own there (state, signature, 销号日期,
反弹, days overdue) is asked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import (
    ClosingRound,
    Evidence,
    Extension,
    Finding,
    Letter,
    Progress,
    Reply,
)
from liangqing.data.model.follow_up import ANSWER, Project
from liangqing.register import Line
from liangqing.year.state.standing import AGREED, CLOSED, CONTINUING, LAPSED, OVERDUE, UNSIGNED, Standing
from liangqing.year.state.succession import NOBODY

# The states of a project. 未登记: its 开始日期 is reached and nobody wrote 状态; whether it runs is not guessed.
NOT_BEGUN, UNDER_WAY, DONE, NOT_TOLD = "未启动", "推进中", "已完成", "未登记"
PROJECT_STATES = (DONE, UNDER_WAY, NOT_BEGUN, NOT_TOLD)


# letters


def letters_to(at: Standing, unit: Unit) -> list[Letter]:
    """整改函, issued or not, that a unit has to answer on the day: its own, and those to whom it took over from."""
    return [letter for code in at.stood_for(unit) for letter in at.year.letters_to.get(code, ())]


def letter_with(at: Standing, finding: Finding) -> Line | None:
    """The register's line of the letter in force that the finding went out in; None: it is in none yet.

    Where a 更正 repeats the finding, it is the letter that is corrected.
    """
    return at.first_letter_with(finding.code)


def reply_to(at: Standing, line: Line) -> Reply | None:
    """回复 to a letter, by its line in the register, that came in by the day.

    It is what stands in the letter's 回复, else the first 收文 that answers it (种类 回复, 对应). Where nobody entered one
    that came in by then, the 反馈表 of the unit are the reply, once there is one on each
    finding of the letter that was not closed before: of the day on which the last of them first came (or was closed).
    What comes in is to the letter of the record that was out when it came: not to one that went out in its place later.
    """
    letter = at.letter_of(line)
    if letter is None:
        return None
    typed = letter.reply
    if typed is not None and typed.day <= at.day and _is_to(at, line, typed.day):
        return typed
    then = at.beside(line.year)
    entered = _entered_reply(at, then, line)
    if entered is not None:
        return entered
    forms = {code: _first_form(then, line, code) for code in letter.findings}
    days = [day or _first_closed(then, code) for code, day in forms.items()]
    last = max((day for day in days if day is not None), default=None)
    if last is None or None in days or not any(forms.values()):
        return None
    return Reply.model_construct(day=last, number=None)


def _entered_reply(at: Standing, then: Standing, line: Line) -> Reply | None:
    """The first 收文 of the kind 回复 that names the letter; it may be entered in the year of the letter or of the day."""
    years = {standing.year.year: standing.year for standing in (then, at)}.values()
    papers = (paper for year in years for paper in year.incoming_on.get(line.number or "", ()))
    days = [paper for paper in papers if paper.kind == ANSWER and line.issued <= paper.day <= at.day]
    first = min(days, key=lambda paper: paper.day, default=None)
    return None if first is None else Reply.model_construct(day=first.day, number=first.number)


def _is_to(at: Standing, line: Line, day: date) -> bool:
    return at.register.answered(line.kind, line.subject, line.year, day) == line


def _first_form(at: Standing, line: Line, finding: str) -> date | None:
    """The day on which the first 反馈表 on a finding of that very letter came in; None: none by the day."""
    forms = at.year.feedbacks_on.get((line.subject, finding), ())
    days = (form.day for form in forms if line.issued <= form.day <= at.day)
    return min((day for day in days if _is_to(at, line, day)), default=None)


def _first_closed(at: Standing, finding: str) -> date | None:
    """The day on which a finding (编号) was first closed, whatever became of it since; None: never by the day."""
    for then, record in at.held(finding):
        rounds = (closing.closed for closing in record.closings if closing.conclusion == AGREED)
        days = sorted(day for day in rounds if day is not None and day <= at.day)
        return next((day for day in days if then.on(day).state(record) == CLOSED), None)
    return None


def standing_line(at: Standing, letter: Letter) -> Line | None:
    """The register's line of a letter that a unit has to heed: in force on the day, and not corrected (更正)."""
    line = at.letter_line(letter.code)
    return None if line is None or at.register.corrected(line, at.day) else line


def reply_owed(at: Standing, letter: Letter) -> Line | None:
    """The register's line of a letter whose reply is still owed; None: no reply is owed (yet, or any more).

    Owed is the reply to a letter in force that was not answered. Once a 更正 of it is in force, the reply is owed
    to that alone.
    """
    line = standing_line(at, letter)
    return None if line is None or reply_to(at, line) is not None else line


def forms_owed(at: Standing, letter: Letter) -> list[str]:
    """编号 of the findings of a letter of which its 整改情况反馈表 is still owed: open, and nothing handed in.

    [] too for a letter that is not in force, or that a 更正 in force took the place of.
    """
    line = standing_line(at, letter)
    if line is None:
        return []
    missing = [code for code in letter.findings if not at.told_back(line, code)]
    return [code for code in missing if at.state(at.year.finding_by_code[code]) != CLOSED]


def replies_overdue(at: Standing) -> Iterator[tuple[Letter, Line]]:
    """The letters whose 回复期限 is past and whose reply is still owed, each with its line in the register."""
    for letter in at.year.letters:
        line = reply_owed(at, letter) if letter.reply_by < at.day else None
        if line is not None:
            yield letter, line


def unsigned(at: Standing, findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Those of some findings that are open and not signed for, each with 未签字 or 已失效: what is closed needs none."""
    for finding in findings:
        state, _ = at.signature(finding)
        if state in (UNSIGNED, LAPSED) and at.state(finding) != CLOSED:
            yield finding, state


# who answers for a finding


def under(at: Standing, finding: Finding) -> str:
    """Under which unit lists show a finding: 简称 of who answers for it, or 已撤销单位."""
    return at.stands_under(finding).short_name


def formerly(at: Standing, finding: Finding) -> str:
    """（原甲支部）, to be put behind a finding that stands under another unit than its own; else ""."""
    own = at.year.unit(finding.unit)
    return "" if at.stands_under(finding).code == own.code else f"（原{own.short_name}）"


def own_unit(at: Standing, finding: Finding) -> str:
    """简称 of the unit of a finding, and who answers for it now where that is another."""
    own, now = at.year.unit(finding.unit), at.answering(finding)
    if now is None:
        return f"{own.short_name}（已撤销）"
    return own.short_name if now.code == own.code else f"{own.short_name}（现由{now.short_name}承接）"


def to_unit(at: Standing, letter: Letter) -> str:
    """简称 of the unit that has to answer a letter on the day, or 已撤销单位."""
    return (at.stands_for(at.year.unit(letter.unit)) or NOBODY).short_name


# how a finding goes on


def progress_told(at: Standing, finding: Finding) -> tuple[Progress, ...]:
    """进展 told by the day, in the order of their dates; what only the unit told, in its 反馈表, says so."""
    return at.progress(finding)


def evidence_told(at: Standing, finding: Finding) -> list[Evidence]:
    """佐证 handed in by the day, in order; from 反馈表 where no 进展 that was typed has any."""
    return at.evidence(finding)


def proofs_told(at: Standing, finding: Finding) -> list[Evidence]:
    """Of that, what may show that the finding was put right."""
    return at.proofs(finding)


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


def verified(at: Standing, closing: ClosingRound) -> bool:
    """Whether the day has come to which 核查人, 核查方式 and 核查情况 of a round belong."""
    return (closing.verified or closing.begun or date.min) <= at.day


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


def responsible(at: Standing, project: Project) -> tuple[Unit, ...]:
    """The units that answer for a project: its 责任单位, or who took over from them by the day (NOBODY: nobody did).

    One that is completed stays with who answered for it then.
    """
    meant = at.units_meant(project.responsible, project.begins)
    day = completed_on(at, project)
    return tuple(dict.fromkeys(at.stands_for(unit, day) or NOBODY for unit in meant))


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
    return state_written(at, project) or NOT_TOLD


def state_written(at: Standing, project: Project) -> str | None:
    """状态 of a project as it was written; 推进中 where it says 已完成 of a later day. It has no day of its own."""
    return UNDER_WAY if project.state == DONE and not completed_on(at, project) else project.state


def project_days_over(at: Standing, project: Project) -> int:
    """Calendar days from 完成时限 to 完成日期, or to the day while it is not completed; 0: not past its limit."""
    return max(((completed_on(at, project) or at.day) - project.due).days, 0)


def project_is_overdue(at: Standing, project: Project) -> bool:
    """Whether a project is past its limit and not completed."""
    return completed_on(at, project) is None and project.due < at.day


def project_in_a_word(at: Standing, project: Project) -> str:
    """逾期 where a project is overdue, else its state: for views that print one word."""
    return OVERDUE if project_is_overdue(at, project) else project_state(at, project)
