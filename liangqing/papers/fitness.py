"""Whether a 文书 still has its object: the findings that its kind speaks of, in the state that the kind needs.

What a kind needs stands in the catalogue (必有问题, 必写, 问题状态). A draft is judged by the day on which it is looked at, or
by the 成文日期 that it is to bear; one that does not fit is left out, and stops nothing else. What went out was judged
on its day and is not judged again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, gate
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.kinds import NOT_CLOSED, PAPER_PARTS, DocumentKind
from liangqing.papers.catalogue import Catalogue
from liangqing.year.state.standing import CLOSED, Standing

_UNDER = {"主送": ""}  # what has no heading of its own
# Of each key that a kind may want, what can be copied.
EXAMPLES = {
    "主送": "主送: 某某市纪委监委",
    "未完成事项": "未完成事项: [按月抽查制度尚未建立]",
    "要求": "要求: [明确责任人，按月抽查]",
    "原因": "原因: 责任没有落实到岗位",
    "建议": "建议: [逐站明确管护责任人]",
    "新时限": "新时限: 2021-11-30",
}


class Misfit(NamedTuple):
    """A finding that is nothing for a 文书: why (code and words that go on after its 编号), which one, and the mend."""

    code: Code
    finding: Finding
    position: int  # in 问题 of the 文书
    words: str
    advice: str


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
    if lacks_findings(kind, paper):
        yield gate(
            Code.PAPER_WITHOUT_FINDINGS,
            paper.place(),
            f"{paper.kind} {paper.code} 没有写「问题」，先不生成",
            "补上「问题」，写问题的编号；不涉及问题的，换一个文种",
        )
    for key in parts_lacking(kind, paper):
        yield gate(
            Code.PAPER_WITHOUT_PART,
            paper.place(),
            f"{paper.kind} {paper.code} 没有写「{key}」，印出来「{key}」{_UNDER.get(key, '的标题下面')}是空的，先不生成",
            f"在这条文书里补上「{key}」，如 {EXAMPLES[key]}；没有可写的，换一个文种",
        )
    if paper.new_limit is not None and paper.new_limit <= at.day:
        yield gate(
            Code.NEW_LIMIT_PAST,
            paper.place("新时限"),
            f"{paper.kind} {paper.code} 还没有印发，新时限（{paper.new_limit}）到 {at.day} 已经到了，先不生成",
            "改「新时限」；不用再发的，删掉这条文书",
        )
    for misfit in misfits(at, kind, paper):
        finding = misfit.finding
        yield gate(
            misfit.code,
            paper.place("问题", misfit.position),
            f"{paper.kind} {paper.code} 的问题 {finding.code}（{finding.place()}）{misfit.words}，先不生成",
            misfit.advice,
        )


def lacks_findings(kind: DocumentKind, paper: WrittenPaper) -> bool:
    """Whether a paper of `kind` speaks of findings and names none."""
    return kind.wants_findings and not paper.findings


def parts_lacking(kind: DocumentKind, paper: WrittenPaper) -> list[str]:
    """The keys that a paper of `kind` has to have (必写) and that nobody wrote."""
    return [key for key in kind.wanted_parts if not getattr(paper, PAPER_PARTS[key])]


def misfits(at: Standing, kind: DocumentKind, paper: WrittenPaper) -> Iterator[Misfit]:
    """The findings of a 文书 that are nothing for a paper of `kind` on the day of `at`, in their order."""
    wanted = kind.finding_states if paper.corrects is None else ()
    for index, code in enumerate(paper.findings):
        for then, finding in at.held(code):
            state = then.state(finding)
            if not then.is_found(finding):
                yield Misfit(
                    Code.FINDING_NOT_YET_FOUND,
                    finding,
                    index,
                    f"在 {then.found_on(finding)} 才发现，到 {then.day} 还没有",
                    "从「问题」里去掉；日期录错的，改检查的日期或「发现日期」",
                )
            elif wanted and state not in wanted and (NOT_CLOSED not in wanted or state == CLOSED):
                yield Misfit(
                    Code.FINDING_NOT_AS_KIND_NEEDS,
                    finding,
                    index,
                    f"到 {then.day} 是「{state}」，{paper.kind}要的是「{enumerate_words(wanted)}」",
                    "从「问题」里去掉，或换一个文种；不用再发的，删掉这条文书",
                )
