"""Rules over 文书: to the units of their findings, each finding once."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.year.state.standing import Standing


def paper_to_its_units(standing: Standing) -> Iterator[Diagnostic]:
    """A 文书 that names units names those of its findings, or who took over from them; a finding stands once."""
    for paper in standing.year.papers:
        units = standing.year.units_of(paper.units) if paper.units else ()
        line = standing.register.in_use(paper.kind, paper.code, standing.year.year)
        then = None if line is None else standing.on(line.issued)
        for index, code in enumerate(paper.findings):
            for at, finding in (then or standing).held(code):
                if units and not _answers(at, finding, units, is_out=then is not None):
                    yield _to_another(paper, index, at, finding, units)
            if code in paper.findings[:index]:
                yield error(
                    Code.FINDING_TWICE_IN_PAPER,
                    paper.place("问题", index),
                    f"{paper.kind} {paper.code} 里问题 {code} 写了两次",
                    "只留一个",
                )


def _answers(at: Standing, finding: Finding, units: tuple[Unit, ...], *, is_out: bool) -> bool:
    """Whether one of the units answers for a finding on the day of `at`; for a draft, on whatever day."""
    own, named = at.year.unit(finding.unit).code, [unit.code for unit in units]
    if not is_out:
        return any(own in at.followed_by(code) for code in named)
    answering = at.answering(finding)
    return own in named or (answering is not None and answering.code in named)


def _to_another(
    paper: WrittenPaper, index: int, at: Standing, finding: Finding, units: tuple[Unit, ...]
) -> Diagnostic:
    to = "、".join(f"「{unit.short_name}」" for unit in units)
    own = at.year.unit(finding.unit).short_name
    return error(
        Code.PAPER_TO_ANOTHER_UNIT,
        paper.place("问题", index),
        f"{paper.kind} {paper.code} 写给{to}，问题 {finding.code} 却是「{own}」的（{finding.place('单位')}）",
        "改「单位」，或把这个问题移到另一份文书",
    )
