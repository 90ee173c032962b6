"""What a unit still owes on a day: opinions, self-checks, signatures, rectification, evidence, forms, replies, projects.

What is open at the turn of the year is owed on: each item is of a year. What has a day stands here once that is past
or near (选项.临期天数); before, nobody can say that it was not done.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

from liangqing.base.chinese import unstopped
from liangqing.data.model.duties import DRAFT, Unit
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import Project
from liangqing.year.state import facts
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import APPLIED, CLOSED, LAPSED, UNSIGNED, Standing

OPINION, SELF_CHECK, SIGNATURE, RECTIFICATION = "征求意见反馈", "自查情况", "双签字", "整改"
EVIDENCE, FORM, REPLY, DEMANDED = "佐证材料", "整改情况反馈表", "回复", "督办事项"
PROJECT = "挂图作战项目"
# What a paper to the unit says of a signature that is missing.
_TO_SIGN = {UNSIGNED: "尚未签字", LAPSED: "已失效，需重新签字"}


@dataclass(frozen=True)
class Owed:
    """Something a unit owes: of what kind, what exactly, and until when (None: no date was set).

    `late`: for how many days it has been owed past that; None where it is not, or is counted from `due` alone.
    `year` is the one in whose records it stands; `what` begins with it where that is an earlier one. `record` is the
    section and 编号 of the record that it is about, None where it is about none. `told` is `what` as a paper to the
    unit says it, without any 编号; "" where that is the same.
    """

    kind: str
    what: str
    due: date | None = None
    late: int | None = None
    year: int = 0
    record: tuple[str, str] | None = None
    told: str = ""


def owed(at: Standing, unit: Unit) -> list[Owed]:
    """Everything that a unit owes on the day, of this year and of earlier ones, by kind in the order of the work.

    A unit is the same over the years by its 编号. Within a kind the oldest comes first.
    """
    found = list[Owed]()
    for then in reversed(at.so_far):
        own = then.year.unit_by_code.get(unit.code, unit)
        found += owed_of_year(then, own, since=at.year.year)
    return sorted(found, key=lambda item: ORDER.index(item.kind))


def owed_of_year(at: Standing, unit: Unit, since: int, kinds: Container[str] | None = None) -> list[Owed]:
    """What a unit owes by the records of one year, as it is told in the year `since`, by kind (None: of all `kinds`)."""
    wanted = ORDER if kinds is None else kinds
    items = [item for kind, look in _BY_DAY.items() if kind in wanted for item in look(at, unit)]
    items = [item for item in items if item.due is None or at.is_near(item.due)]
    items += list(_projects(at, unit, since)) if PROJECT in wanted else []
    return [
        replace(
            item,
            year=at.year.year,
            what=of_year(at, since, item.what),
            told=_in_a_paper(at, since, item.told or item.what),
        )
        for item in items
    ]


def _in_a_paper(at: Standing, since: int, words: str) -> str:
    """The same as a paper says it, without a blank: 2020年度支流巡查没有全覆盖."""
    return words if at.year.year == since else f"{at.year.year}年度{words}"


def _projects(at: Standing, unit: Unit, since: int) -> Iterator[Owed]:
    """挂图作战项目, its own and those of whom it took over from, each once."""
    own = (at.year.unit_by_code[code] for code in at.stood_for(unit))
    listed = (
        project
        for one in own
        for project in at.year.projects_of.get(one.code, ())
        if at.is_meant(one, project.responsible, project.begins)
    )
    for project in {project.code: project for project in listed}.values():
        if is_project_owed(at, project, since):
            yield Owed(PROJECT, f"{project.code} {project.name}", project.due, told=project.name)


def is_project_owed(at: Standing, project: Project, since: int) -> bool:
    """Whether a project that was begun and is not completed is near its day, or of a year before `since`."""
    running = facts.completed_on(at, project) is None and project.begins <= at.day
    return running and (at.is_near(project.due) or at.year.year < since)


def of_year(at: Standing, since: int, words: str) -> str:
    """Words on a record of `at` as they are told in the year `since`: with the year where it is an earlier one."""
    return words if at.year.year == since else f"{at.year.year}年 {words}"


def _name(at: Standing, finding: Finding) -> str:
    """What a finding is called, and under whom it was found where that is another unit."""
    return unstopped(finding.name) + facts.formerly(at, finding)


def _opinions(at: Standing, unit: Unit) -> Iterator[Owed]:
    """征求意见反馈, only while the checklist is a draft: after that nobody waits for it."""
    checklist = at.year.checklist
    if at.stage == DRAFT and checklist.consultation and unit.code in at.silent:
        yield Owed(
            OPINION, f"对《{checklist.title}》的意见，没有意见的也要反馈", checklist.consultation.closes
        )


def _self_checks(at: Standing, unit: Unit) -> Iterator[Owed]:
    """自查情况 of every period."""
    missing = [period for period in at.year.checklist.periods if at.owes(unit, period)]
    for period in sorted(missing, key=lambda period: period.due):
        yield Owed(SELF_CHECK, f"{period.name}自查情况", period.due)


def _signatures(at: Standing, unit: Unit) -> Iterator[Owed]:
    for finding, state in facts.unsigned(at, at.held_by(unit)):
        name = _name(at, finding)
        told = f"{name}：双签字确认表{_TO_SIGN[state]}"
        yield Owed(SIGNATURE, f"{finding.code} {name}：双签字确认表{state}", told=told)


def _rectification(at: Standing, unit: Unit) -> Iterator[Owed]:
    for finding in _open(at, unit):
        if at.state(finding) != APPLIED:
            limit = finding.limit_on(at.day)
            moved = "（经批准延期）" if limit != finding.limit else ""
            words = f"{_name(at, finding)}{moved}"
            until = limit if isinstance(limit, date) else None
            late = at.days_overdue(finding)
            yield Owed(RECTIFICATION, f"{finding.code} {words}", until, late, told=words)


def _evidence(at: Standing, unit: Unit) -> Iterator[Owed]:
    """佐证材料 of open findings whose 进展 was told without any."""
    for finding in _open(at, unit):
        if facts.progress_told(at, finding) and not facts.proofs_told(at, finding):
            name = _name(at, finding)
            words = f"{finding.code} {name}：报过进展，没有佐证材料"
            told = f"{name}：已报送整改进展，尚未附佐证材料"
            yield Owed(EVIDENCE, words, record=("问题", finding.code), told=told)


def _forms(at: Standing, unit: Unit) -> Iterator[Owed]:
    """整改情况反馈表 on each open finding of a letter that is out."""
    for letter in facts.letters_to(at, unit):
        line, missing = at.letter_line(letter.code), facts.forms_owed(at, letter)
        if line is not None and missing:
            words = f"{line.name}：问题 {'、'.join(missing)}"
            names = (unstopped(at.year.finding_by_code[code].name) for code in missing)
            told = f"{line.name}{LETTER}：{'、'.join(names)}"
            yield Owed(FORM, words, letter.reply_by, record=(LETTER, letter.code), told=told)


def _replies(at: Standing, unit: Unit) -> Iterator[Owed]:
    for letter in facts.letters_to(at, unit):
        line = facts.reply_owed(at, letter)
        if line is not None:
            yield Owed(REPLY, f"{LETTER} {line.name}", letter.reply_by, told=f"{line.name}{LETTER}")


def _demanded(at: Standing, unit: Unit) -> Iterator[Owed]:
    """督办事项: what a 文书 that stands set a new limit for, while one of its findings is open."""
    to = (paper for code in at.stood_for(unit) for paper in at.year.papers_to.get(code, ()))
    for paper in {paper.code: paper for paper in to}.values():
        line = at.register.in_use(paper.kind, paper.code, at.year.year, at.day)
        if line is None or paper.new_limit is None or at.register.corrected(line, at.day):
            continue
        findings = [at.holding(code) for code in paper.findings]
        if any(standing.state(finding) != CLOSED for standing, finding in findings):
            told = f"{line.name}{paper.kind}"
            yield Owed(DEMANDED, f"{paper.kind} {line.name}", paper.new_limit, told=told)


def _open(at: Standing, unit: Unit) -> Iterator[Finding]:
    """Findings that the unit answers for and that are not closed."""
    for finding in at.held_by(unit):
        if at.state(finding) != CLOSED:
            yield finding


_BY_DAY: dict[str, Callable[[Standing, Unit], Iterator[Owed]]] = {
    OPINION: _opinions,
    SELF_CHECK: _self_checks,
    SIGNATURE: _signatures,
    RECTIFICATION: _rectification,
    EVIDENCE: _evidence,
    FORM: _forms,
    REPLY: _replies,
    DEMANDED: _demanded,
}
ORDER = (*_BY_DAY, PROJECT)
