"""A paper goes out: the next number, the register's line, the paper and its values kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.issuing import numbering
from liangqing.actions.issuing.draft_edited_in_word import as_edited
from liangqing.actions.issuing.freezing import freeze
from liangqing.actions.issuing.paper_issued_elsewhere import paper_of_hand
from liangqing.actions.issuing.preparing import IssueOrder, PreparedIssue, prepare, stop
from liangqing.base.diagnostics import Diagnostic
from liangqing.base.folders import LOCK
from liangqing.base.output_files import locked
from liangqing.register import EDITED, Line
from liangqing.year.open_workspace import open_workspace


@dataclass(frozen=True)
class Issued:
    """A paper that went out: its line in the register, and what a person should know of it (warnings)."""

    line: Line
    told: tuple[Diagnostic, ...] = ()


def issue(root: Path, order: IssueOrder, today: date) -> Issued:
    """Freeze a paper: take the next number, append the register's line, keep the paper and its values.

    Raises Problems and changes nothing when the data has an error, a gate is open, the paper is out already,
    its date is in the future, out of order, or before what the paper rests on, its number by hand is taken or leaves
    a gap, or a draft of it was corrected in Word (the problems say which words; with `as_edited`: when that touches
    责任 or 整改时限).
    """
    if not order.force_date:
        numbering.refuse_future(order.day, today)
    with locked(root / LOCK):
        register.recover(root)
        paper = prepare(open_workspace(root, order.year, None, today), order, today, stop)
        return Issued(_frozen(paper, order), paper.told)


def _frozen(paper: PreparedIssue, order: IssueOrder) -> Line:
    """The paper and its annexes kept, with what a person changed in them; the line as it was written."""
    made = [planned.render() for planned in paper.planned]
    if order.file is not None:
        source = order.file if order.data is None else order.data
        return freeze(paper.opened, paper.line, [paper_of_hand(made[0], order.file, source, paper.line.name)])
    drafts = paper.drafts
    made = [
        as_edited(drafts[name], paper) if (name := paper.entry.name) in drafts else paper for paper in made
    ]
    edits = {kind: [str(change) for change in draft.changes] for kind, draft in drafts.items()}
    notes = (*paper.line.notes, *([EDITED] if drafts else []))
    return freeze(paper.opened, replace(paper.line, notes=notes), made, edits)
