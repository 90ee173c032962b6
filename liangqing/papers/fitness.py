"""Whether a 文书 still has its object: the findings that its kind speaks of, in the state that the kind needs.

What a kind needs stands in the catalogue (必有问题, 问题状态). A draft is judged by the day on which it is looked at, or
by the 成文日期 that it is to bear; one that does not fit is left out, and stops nothing else. What went out was judged
on its day and is not judged again.
"""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, gate
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.kinds import NOT_CLOSED, DocumentKind
from liangqing.papers.catalogue import Catalogue
from liangqing.year.state.standing import CLOSED, Standing


def unfit_drafts(at: Standing, known: Catalogue) -> list[Diagnostic]:
    """What keeps the 文书 of a year that are not out yet from being made, on the day of `at`."""
    return [
        problem
        for paper in at.year.papers
        if paper.kind in known.entries and at.register.in_use(paper.kind, paper.code, at.year.year) is None
        for problem in unfit(at, known.entries[paper.kind].kind, paper)
    ]


def unfit(at: Standing, kind: DocumentKind, paper: WrittenPaper) -> Iterator[Diagnostic]:
    """What keeps a 文书 from going out on the day of `at` as a paper of `kind`: each a gate with its place."""
    if kind.wants_findings and not paper.findings:
        yield gate(
            Code.PAPER_WITHOUT_FINDINGS,
            paper.place(),
            f"{paper.kind} {paper.code} 没有写「问题」，先不生成",
            "补上「问题」，写问题的编号；不涉及问题的，换一个文种",
        )
    if paper.new_limit is not None and paper.new_limit <= at.day:
        yield gate(
            Code.NEW_LIMIT_PAST,
            paper.place("新时限"),
            f"{paper.kind} {paper.code} 还没有印发，新时限（{paper.new_limit}）到 {at.day} 已经到了，先不生成",
            "改「新时限」；不用再发的，删掉这条文书",
        )
    for index, code in enumerate(paper.findings):
        for then, finding in at.held(code):
            yield from _unfit_finding(then, kind, paper, finding, paper.place("问题", index))


def _unfit_finding(
    at: Standing, kind: DocumentKind, paper: WrittenPaper, finding: Finding, place: Place
) -> Iterator[Diagnostic]:
    head = f"{paper.kind} {paper.code} 的问题 {finding.code}（{finding.place()}）"
    if not at.is_found(finding):
        yield gate(
            Code.FINDING_NOT_YET_FOUND,
            place,
            f"{head}在 {at.found_on(finding)} 才发现，到 {at.day} 还没有，先不生成",
            "从「问题」里去掉；日期录错的，改检查的日期或「发现日期」",
        )
        return
    state = at.state(finding)
    wanted = kind.finding_states if paper.corrects is None else ()
    if wanted and state not in wanted and (NOT_CLOSED not in wanted or state == CLOSED):
        yield gate(
            Code.FINDING_NOT_AS_KIND_NEEDS,
            place,
            f"{head}到 {at.day} 是「{state}」，{paper.kind}要的是「{enumerate_words(wanted)}」，先不生成",
            "从「问题」里去掉，或换一个文种；不用再发的，删掉这条文书",
        )
