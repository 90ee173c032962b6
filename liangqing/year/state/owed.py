"""What a unit still owes on a day: opinions, self-checks, signatures, rectification, evidence, forms and replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.data.model.duties import DRAFT, Unit
from liangqing.data.model.findings import Finding
from liangqing.year.state import facts
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import APPLIED, CLOSED, Standing

OPINION, SELF_CHECK, SIGNATURE, RECTIFICATION = "征求意见反馈", "自查情况", "双签字", "整改"
EVIDENCE, FORM, REPLY, DEMANDED = "佐证材料", "整改情况反馈表", "回复", "督办事项"


@dataclass(frozen=True)
class Owed:
    """Something a unit owes: of what kind, what exactly, and until when (None: no date was set).

    `late`: for how many days it has been owed past that; None where it is not, or is counted from `due` alone.
    """

    kind: str
    what: str
    due: date | None = None
    late: int | None = None


def owed(at: Standing, unit: Unit) -> list[Owed]:
    """Everything that a unit owes on the day, by kind in the order of the work."""
    return [item for look in _KINDS for item in look(at, unit)]


def _opinions(at: Standing, unit: Unit) -> Iterator[Owed]:
    """征求意见反馈, only while the checklist is a draft: after that nobody waits for it."""
    checklist = at.year.checklist
    if at.stage == DRAFT and checklist.consultation and unit.code in at.silent:
        yield Owed(
            OPINION, f"对《{checklist.title}》的意见，没有意见的也要反馈", checklist.consultation.closes
        )


def _self_checks(at: Standing, unit: Unit) -> Iterator[Owed]:
    """自查情况 of every period that is over, and of the next one to end."""
    missing = [period for period in at.year.checklist.periods if at.owes(unit, period)]
    coming = min((period.due for period in missing if period.due >= at.day), default=date.min)
    for period in sorted(missing, key=lambda period: period.due):
        if period.due < at.day or period.due == coming:
            yield Owed(SELF_CHECK, f"{period.name}自查情况", period.due)


def _signatures(at: Standing, unit: Unit) -> Iterator[Owed]:
    for finding, state in facts.unsigned(at, at.held_by(unit)):
        words = f"{finding.code} {finding.name}{facts.formerly(at, finding)}：双签字确认表{state}"
        yield Owed(SIGNATURE, words)


def _rectification(at: Standing, unit: Unit) -> Iterator[Owed]:
    for finding in _open(at, unit):
        if at.state(finding) != APPLIED:
            limit = finding.limit_on(at.day)
            moved = "（经批准延期）" if limit != finding.limit else ""
            words = f"{finding.code} {finding.name}{facts.formerly(at, finding)}{moved}"
            until = limit if isinstance(limit, date) else None
            yield Owed(RECTIFICATION, words, until, at.days_overdue(finding))


def _evidence(at: Standing, unit: Unit) -> Iterator[Owed]:
    """佐证材料 of open findings whose 进展 was told without any."""
    for finding in _open(at, unit):
        if facts.progress_told(at, finding) and not facts.evidence_told(at, finding):
            words = f"{finding.code} {finding.name}{facts.formerly(at, finding)}：报过进展，没有佐证材料"
            yield Owed(EVIDENCE, words)


def _forms(at: Standing, unit: Unit) -> Iterator[Owed]:
    """整改情况反馈表 on each open finding of a letter that is out."""
    for letter in facts.letters_to(at, unit):
        line, missing = at.letter_line(letter.code), facts.forms_owed(at, letter)
        if line is not None and missing:
            yield Owed(FORM, f"{line.name}：问题 {'、'.join(missing)}", letter.reply_by)


def _replies(at: Standing, unit: Unit) -> Iterator[Owed]:
    for letter in facts.letters_to(at, unit):
        line = facts.reply_owed(at, letter)
        if line is not None:
            yield Owed(REPLY, f"{LETTER} {line.name}", letter.reply_by)


def _demanded(at: Standing, unit: Unit) -> Iterator[Owed]:
    """督办事项: what a 文书 that stands set a new limit for, while one of its findings is open."""
    to = (paper for code in at.stood_for(unit) for paper in at.year.papers_to.get(code, ()))
    for paper in {paper.code: paper for paper in to}.values():
        line = at.register.in_use(paper.kind, paper.code, at.year.year, at.day)
        if line is None or paper.new_limit is None or at.register.corrected(line, at.day):
            continue
        findings = [at.holding(code) for code in paper.findings]
        if any(standing.state(finding) != CLOSED for standing, finding in findings):
            yield Owed(DEMANDED, f"{paper.kind} {line.name}", paper.new_limit)


def _open(at: Standing, unit: Unit) -> Iterator[Finding]:
    """Findings that the unit answers for and that are not closed."""
    for finding in at.held_by(unit):
        if at.state(finding) != CLOSED:
            yield finding


_KINDS: tuple[Callable[[Standing, Unit], Iterator[Owed]], ...] = (
    _opinions,
    _self_checks,
    _signatures,
    _rectification,
    _evidence,
    _forms,
    _replies,
    _demanded,
)
