"""The papers that wait to be issued or kept, as rows of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_words import said_on_page
from liangqing.desk.answering.paper_keys import paper_key
from liangqing.papers.drafts import WaitingPaper, drafts


class WaitingRow(NamedTuple):
    """A paper that waits to be issued: its key in the form, what it is, what it waits for, whether it can go out.

    `handed_over`: it went out without a number, and is to be kept as it did.
    """

    key: str
    kind: str
    label: str
    unit: str
    waits: str
    ready: bool
    handed_over: bool
    address: str


def waiting_papers(look: DeskLook) -> list[WaitingPaper]:
    """The papers that wait now, whatever day is looked at."""
    return drafts(replace(look, day=None).opened)


def waiting_rows(look: DeskLook) -> list[WaitingRow]:
    """A row for each of them, in their order."""
    return [waiting_row(look, paper) for paper in waiting_papers(look)]


def waiting_row(look: DeskLook, paper: WaitingPaper) -> WaitingRow:
    """The row of one of them."""
    subject, year = paper.subject, paper.at.year.year
    key = paper_key(paper.kind, subject.code)
    ready = paper.command.startswith("issue ")
    return WaitingRow(
        key=f"{year}/{key}",
        kind=paper.kind,
        label=f"{subject.code} {subject.label}",
        unit="、".join(unit.short_name for unit in subject.units[:3]),
        waits=said_on_page(paper.waits_for),
        ready=ready,
        handed_over=paper.handed_over,
        address=look.url_on(None, year, f"{'issue' if ready or paper.too_late else 'papers'}/{key}"),
    )


def ready_words(look: DeskLook) -> str:
    """How many papers can be issued now, and how many kept; "" where none can."""
    ready = [row for row in waiting_rows(look) if row.ready]
    kept = sum(row.handed_over for row in ready)
    counted = {"等印发": len(ready) - kept, "等定稿": kept}
    return "、".join(f"{count} 份{words}" for words, count in counted.items() if count)
