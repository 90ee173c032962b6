"""Rules over 文书: to the units of their findings, each finding once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.year.state.standing import Standing


def day_of_paper(standing: Standing, paper: WrittenPaper) -> date:
    """成文日期 of a 文书 that is out and not void, by which it is judged; of a draft the day itself."""
    line = standing.register.in_use(paper.kind, paper.code, standing.year.year)
    return standing.day if line is None else line.issued


def paper_to_its_units(standing: Standing) -> Iterator[Diagnostic]:
    """A 文书 that names units names those of its findings, or who answered for them on its day; a finding stands once."""
    for paper in standing.year.papers:
        then = standing.on(day_of_paper(standing, paper))
        named = {unit.code for unit in then.year.units_of(paper.units)} if paper.units else set()
        for index, code in enumerate(paper.findings):
            for at, finding in then.held(code):
                if not named or not named.isdisjoint(_answering(at, finding)):
                    continue
                yield error(
                    Code.PAPER_TO_ANOTHER_UNIT,
                    paper.place("问题", index),
                    f"{paper.kind} {paper.code} 写给{enumerate_words(paper.units)}，"
                    f"问题 {code} 却是「{at.year.unit(finding.unit).short_name}」的（{finding.place('单位')}）",
                    "改「单位」，或把这个问题移到另一份文书",
                )
            if code in paper.findings[:index]:
                yield error(
                    Code.FINDING_TWICE_IN_PAPER,
                    paper.place("问题", index),
                    f"{paper.kind} {paper.code} 里问题 {code} 写了两次",
                    "只留一个",
                )


def _answering(at: Standing, finding: Finding) -> set[str]:
    """编号 of the unit of a finding, and of the one that answers for it on the day."""
    units = (at.year.unit(finding.unit), at.answering(finding))
    return {unit.code for unit in units if unit is not None}
