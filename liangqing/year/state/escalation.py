"""选项.督办阶梯: which 文书 the limits of findings call for on a day. It proposes; a person decides.

What was sent is read from the register. A paper that waits to be issued counts as sent, so that nothing is proposed
twice; one that went out before the limit was moved (延期) or before the finding broke open again (反弹) does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.group import LadderStep
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import DUE_SOON, NOT_DUE, OVERDUE, RELAPSED, Standing

LATE_STATES = (OVERDUE, DUE_SOON, NOT_DUE)


@dataclass(frozen=True)
class Proposal:
    """A paper that the ladder calls for: of what kind, to whom, on which findings, with which new limit."""

    code: str
    kind: str
    unit: str
    findings: tuple[str, ...]
    subject: str
    new_limit: date | None

    def record(self) -> Tree:
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
    """The papers that the ladder calls for on the day, one for each kind and unit.

    Raises NoCalendar where a step is counted in working days of a year that nobody knows.
    """
    called: dict[tuple[str, str], tuple[LadderStep, list[Finding]]] = {}
    for finding in at.found:
        step, unit = due_step(at, finding), at.answering(finding)
        if step is not None and unit is not None and unit.code in at.year.unit_by_code:
            key = (step.kind, unit.code)
            called.setdefault(key, (step, []))[1].append(finding)
    taken = {paper.code for paper in at.year.papers}
    return [_proposal(at, step, unit, findings, taken) for (_, unit), (step, findings) in called.items()]


def due_step(at: Standing, finding: Finding) -> LadderStep | None:
    """The step of 督办阶梯 that a finding calls for: the next one after what was sent, once its day has come.

    Steps before the limit are passed over once it is past. None: the finding is closed or has no date as its limit,
    no step's day has come, or a 新时限 that was given with the last paper is still to come.
    Raises NoCalendar.
    """
    limit = finding.limit_on(at.day)
    if at.state(finding) not in LATE_STATES or not isinstance(limit, date):
        return None
    sent = list(_sent(at, finding))
    if any(paper.new_limit is not None and paper.new_limit >= at.day for paper in sent):
        return None
    steps, kinds = at.year.options.ladder, {paper.kind for paper in sent}
    reached = max((place for place, step in enumerate(steps) if step.kind in kinds), default=-1)
    left = [step for step in steps[reached + 1 :] if step.kind not in kinds]
    due = [step for step in left if at.day >= _day_of(at, step, limit)]
    after = [step for step in due if (step.days or step.working_days or 0) >= 0]
    return next(iter(after), due[-1] if due and at.day <= limit else None)


def _day_of(at: Standing, step: LadderStep, limit: date) -> date:
    """The day on which a step is due."""
    if step.working_days is not None:
        return at.year.calendar.after(limit, step.working_days)
    return date.fromordinal(max(1, limit.toordinal() + (step.days or 0)))


def _sent(at: Standing, finding: Finding) -> Iterable[WrittenPaper]:
    """The 文书 on a finding that went out since its limit was last set, or that wait to be issued."""
    since = max(
        (
            *(extension.approved for extension in finding.extensions if extension.approved <= at.day),
            *(
                recheck.day
                for recheck in finding.rechecks
                if recheck.result == RELAPSED and recheck.day <= at.day
            ),
        ),
        default=date.min,
    )
    for year in (at.year, *(year for number, year in at.years.items() if number != at.year.year)):
        for paper in year.papers_on.get(finding.code, ()):
            sent = at.register.issued_of(paper.kind, paper.code, year.year)
            lines = [line for line in sent if line.issued <= at.day]
            standing = at.register.in_use(paper.kind, paper.code, year.year, at.day)
            if not lines or (standing is not None and standing.issued >= since):
                yield paper


def _proposal(
    at: Standing, step: LadderStep, unit: str, findings: list[Finding], taken: set[str]
) -> Proposal:
    number = 1
    while (code := f"{step.kind}-{unit}-{number}") in taken:
        number += 1
    taken.add(code)
    before = (step.days if step.days is not None else step.working_days or 0) < 0
    what = findings[0].name.rstrip("。；") if len(findings) == 1 else f"{len(findings)}个问题"
    limit = None if step.new_limit is None else at.year.calendar.after(at.day, step.new_limit)
    return Proposal(
        code,
        step.kind,
        unit,
        tuple(finding.code for finding in findings),
        f"{what}整改{'即将到期' if before else '逾期'}",
        limit,
    )
