"""选项.督办阶梯: which 文书 the limits of findings call for on a day. It proposes; a person decides.

What was sent is read from the register; a paper that went out before the limit was moved (延期) or before the finding
broke open again (反弹) does not count. One that waits to be issued was not sent: it is not proposed twice, nor does it
stop what else falls due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from liangqing.base.workdays import PRESUMED
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.group import LadderStep
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import DUE_SOON, NOT_DUE, OVERDUE, RELAPSED, Standing

LATE_STATES = (OVERDUE, DUE_SOON, NOT_DUE)


@dataclass(frozen=True)
class Proposal:
    """A paper that the ladder calls for: of what kind, to whom, on which findings, with which new limit.

    `presumed`: the new limit was counted in a year whose days off are not known yet.

    `year` is the one where the 文书 belongs: in whose folder the findings stand, and which knows the unit.
    """

    year: int
    code: str
    kind: str
    unit: str
    findings: tuple[str, ...]
    subject: str
    new_limit: date | None
    presumed: bool = False

    @property
    def limit_note(self) -> str:
        """（暂按双休推算） where the new limit is; "" else."""
        return f"（{PRESUMED}）" if self.presumed else ""

    def record(self) -> dict[str, Tree]:
        """The 文书 record that a person may keep, change or throw away."""
        tree: dict[str, Tree] = {
            "编号": self.code,
            "文种": self.kind,
            "单位": self.unit,
            "问题": list(self.findings),
            "事由": self.subject,
        }
        return tree | ({"新时限": self.new_limit.isoformat()} if self.new_limit else {})


def proposals(at: Standing) -> list[Proposal]:
    """The papers that the ladder calls for on the day, one for each kind and unit, of this year and then of earlier ones."""
    taken = {paper.code for year in {**at.years, at.year.year: at.year}.values() for paper in year.papers}
    return [proposal for then in at.so_far for proposal in _proposals_of(then, taken)]


def _proposals_of(at: Standing, taken: set[str]) -> list[Proposal]:
    called: dict[tuple[str, str], tuple[LadderStep, list[Finding]]] = {}
    for finding in at.found:
        step, unit = due_step(at, finding), at.answering(finding)
        if step is not None and unit is not None:
            key = (step.kind, unit.code)
            called.setdefault(key, (step, []))[1].append(finding)
    return [
        replace(_proposal(at, step, unit, findings, taken), year=_home(at, unit))
        for (_, unit), (step, findings) in called.items()
    ]


def _home(at: Standing, unit: str) -> int:
    """The year for a 文书: that of its findings; where that does not know who took over, the first later one that does."""
    later = (number for number in sorted(at.years) if number > at.year.year)
    known = (number for number in later if unit in at.years[number].unit_by_code)
    return at.year.year if unit in at.year.unit_by_code else next(known)


def due_step(at: Standing, finding: Finding) -> LadderStep | None:
    """The step of 督办阶梯 that is to be proposed for a finding: the next one after what was sent, once its day has come.

    Steps before the limit are passed over once it is past. None: a paper of that step waits to be issued already; the
    finding is closed, its unit has applied for that, or it has no date as its limit; no step's day has come; or a 新时限
    that was given with a paper that is out is still to come.
    """
    step = next(iter(steps_due(at, finding)), None)
    drawn_up = {paper.kind for paper in _on(at, finding, _waits)} if step else ()
    return None if step is None or step.kind in drawn_up else step


def steps_due(at: Standing, finding: Finding) -> list[LadderStep]:
    """The steps of 督办阶梯 whose day has come and that were not sent, the next one first; whatever waits to be issued.

    Before the limit it is one step at most, the last that is due. Empty in the cases of `due_step`.
    """
    limit = finding.limit_on(at.day)
    if at.state(finding) not in LATE_STATES or not isinstance(limit, date):
        return []
    sent = list(_on(at, finding, _went_out))
    if any(paper.new_limit is not None and paper.new_limit >= at.day for paper in sent):
        return []
    steps, kinds = at.year.options.ladder, {paper.kind for paper in sent}
    reached = max((place for place, step in enumerate(steps) if step.kind in kinds), default=-1)
    left = [step for step in steps[reached + 1 :] if step.kind not in kinds]
    due = [step for step in left if at.day >= _day_of(at, step, limit)]
    after = [step for step in due if _days_of(step) >= 0]
    return after or (due[-1:] if at.day <= limit else [])


def overtaken_by(at: Standing, paper: WrittenPaper) -> str | None:
    """The kind of a later step of 督办阶梯 that was sent, or is the next to be, on a finding of a paper that waits.

    None: there is none, or the ladder does not know the paper's kind. Raises NoCalendar.
    """
    return next(_later(at, paper, lambda then, finding: steps_due(then, finding)[:1]), None)


def followed_by(at: Standing, paper: WrittenPaper) -> str | None:
    """The kind of a later step whose day has come too while a paper waits to be issued; None: none. Raises NoCalendar."""
    return next(_later(at, paper, steps_due), None)


def _later(
    at: Standing, paper: WrittenPaper, due: Callable[[Standing, Finding], list[LadderStep]]
) -> Iterator[str]:
    """The kinds of steps after that of a paper that were sent on its findings, or are among `due`."""
    for code in paper.findings:
        then, finding = at.holding(code)
        kinds = [step.kind for step in then.year.options.ladder]
        later = kinds[kinds.index(paper.kind) + 1 :] if paper.kind in kinds else []
        reached = [sent.kind for sent in _on(then, finding, _went_out)]
        reached += [step.kind for step in due(then, finding)]
        yield from (kind for kind in reached if kind in later)


def is_before_the_limit(at: Standing, kind: str) -> bool:
    """Whether 督办阶梯 has a kind of paper for the time before the limit."""
    return any(step.kind == kind and _days_of(step) < 0 for step in at.year.options.ladder)


def _days_of(step: LadderStep) -> int:
    """How many days after the limit a step is due, of whatever kind; negative: before it."""
    return step.days if step.days is not None else step.working_days or 0


def _day_of(at: Standing, step: LadderStep, limit: date) -> date:
    """The day on which a step is due."""
    if step.working_days is not None:
        return at.year.calendar.after(limit, step.working_days)
    return date.fromordinal(max(1, limit.toordinal() + (step.days or 0)))


def _on(
    at: Standing, finding: Finding, wanted: Callable[[Standing, int, WrittenPaper, date], bool]
) -> Iterator[WrittenPaper]:
    """The 文书 on a finding, of whatever year's records, for which `wanted` holds since the finding's limit was set."""
    since = _limit_set(at, finding)
    for number, year in {at.year.year: at.year, **at.years}.items():
        for paper in year.papers_on.get(finding.code, ()):
            if wanted(at, number, paper, since):
                yield paper


def _limit_set(at: Standing, finding: Finding) -> date:
    """The day on which the limit was last set: 延期 was approved, or it broke open again; the first of all days: never."""
    days = [extension.approved for extension in finding.extensions]
    days += [recheck.day for recheck in finding.rechecks if recheck.result == RELAPSED]
    return max((day for day in days if day <= at.day), default=date.min)


def _went_out(at: Standing, year: int, paper: WrittenPaper, since: date) -> bool:
    """Whether it went out since then, and stands: one that was corrected asks for nothing, its 更正 does."""
    line = at.register.in_use(paper.kind, paper.code, year, at.day)
    return line is not None and line.issued >= since and not at.register.corrected(line, at.day)


def _waits(at: Standing, year: int, paper: WrittenPaper, since: date) -> bool:
    """Whether it is written and was never issued by the day; one that is void was taken back, and waits no more."""
    return not any(line.issued <= at.day for line in at.register.issued_of(paper.kind, paper.code, year))


def _proposal(
    at: Standing, step: LadderStep, unit: str, findings: list[Finding], taken: set[str]
) -> Proposal:
    number = 1
    while (code := f"{step.kind}-{unit}-{number}") in taken:
        number += 1
    taken.add(code)
    limit = None if step.new_limit is None else at.year.calendar.after(at.day, step.new_limit)
    return Proposal(
        year=at.year.year,
        code=code,
        kind=step.kind,
        unit=unit,
        findings=tuple(finding.code for finding in findings),
        subject=_subject(step, findings),
        new_limit=limit,
        presumed=limit is not None and at.year.calendar.presumes(at.day, limit),
    )


def _subject(step: LadderStep, findings: list[Finding]) -> str:
    """事由, as it stands in a title (关于…的督办函) and in a sentence (就…进行约谈)."""
    one = findings[0].name.rstrip("。；").removesuffix("问题").removesuffix("的")
    what = f"{one}问题" if len(findings) == 1 else f"{len(findings)}个问题"
    return f"{what}{'整改即将到期' if _days_of(step) < 0 else '逾期未完成整改'}"
