"""All papers of a kind that were handed over and not kept, issued at once, each on the day on which it was handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liangqing.actions.issuing.issuing import Issued, issue
from liangqing.actions.issuing.preparing import IssueOrder
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse
from liangqing.papers.drafts import drafts
from liangqing.papers.rendering import load_catalogue
from liangqing.year.open_workspace import open_workspace


@dataclass
class KeptAtOnce:
    """The papers that were kept, in the order of the data, and why others were not."""

    issued: list[Issued] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def keep_handed_over(root: Path, kind: str, year: int | None, signer: str, today: date) -> KeptAtOnce:
    """Issue each paper of the kind that waits to be kept (待定稿); one that is refused keeps no other back.

    Raises Problems for a kind that is none, and where none of it waits.
    """
    opened = open_workspace(root, year, None, today, look_at_today=True)
    entry = load_catalogue(root).entry(kind, opened.at.year.unit_by_ref)
    waiting = [draft for draft in drafts(opened) if draft.kind == kind and draft.handed_over]
    if not waiting:
        message = f"没有已经交出、等着定稿存档的{kind}"
        example = "ZG1" if entry.kind.number else "JZ01/U11"
        advice = f"写明是哪一份和成文日期，如 issue {kind} {example} --date 2021-04-20"
        raise refuse(Code.NOTHING_TO_KEEP, Place(kind), message, advice)
    kept = KeptAtOnce()
    for draft in waiting:
        order = IssueOrder(
            kind, draft.subject.code, draft.subject.at.day, year=draft.at.year.year, signer=signer
        )
        try:
            if not draft.command:
                message = f"{kind} {draft.subject.code} {draft.waits_for}"
                raise refuse(Code.NOT_KEPT_YET, draft.subject.origin.place(), message, "补上再定稿")
            kept.issued.append(issue(root, order, today))
        except Problems as refused:
            kept.problems += refused.diagnostics
    return kept
