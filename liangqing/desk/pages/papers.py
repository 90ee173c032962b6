"""文书: all papers of the year with what they wait for, and all of them made into the output folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions import build as building
from liangqing.actions.list_papers import ListedPaper, PaperList
from liangqing.base.output_files import CONFLICT, STALE, locked
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.paper_keys import paper_key, seen_for
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.papers.catalogue import STAGES
from liangqing.papers.rendering import load_catalogue

ROWS = 100  # papers on a page
FEW = 2  # units that are named one by one


class PaperFilter(NamedTuple):
    """What a person wants to see of the list, as it stands in the address; "" where it does not matter."""

    stage: str = ""
    kind: str = ""
    unit: str = ""
    state: str = ""
    words: str = ""

    def takes(self, paper: ListedPaper) -> bool:
        """Whether a paper is wanted."""
        wanted = (
            (self.stage, (paper.entry.kind.stage,)),
            (self.kind, (paper.entry.name,)),
            (self.unit, paper.units),
            (self.state, (paper.state,)),
        )
        return all(not word or word in among for word, among in wanted) and self._says(paper)

    def _says(self, paper: ListedPaper) -> bool:
        said = " ".join(
            (paper.entry.name, paper.subject.code, paper.subject.label, paper.label, *_names(paper))
        )
        return all(word in said for word in self.words.split())

    def asked(self, **changed: str | int | None) -> dict[str, str | int | None]:
        """The same as part of an address, with what is `changed`."""
        return {**{name: value or None for name, value in self._asdict().items()}, **changed}


class PaperRow(NamedTuple):
    """A paper as the list shows it."""

    key: str
    paper: ListedPaper
    unit: str


def listed(look: DeskLook) -> PaperList:
    """The papers of the year that is looked at."""
    return PaperList(look.figures, load_catalogue(look.folder), lambda entry: seen_for(look, entry))


def papers(look: DeskLook) -> Response:
    """The list, as it is filtered, a hundred rows at a time."""
    everything = listed(look)
    chosen = PaperFilter(**{name: look.sent.asked.get(name, "") for name in PaperFilter._fields})
    wanted = [paper for paper in everything.papers if chosen.takes(paper)]
    number, pages = page_number(look, len(wanted))
    return page(
        look,
        "papers.html",
        rows=[_row(paper) for paper in wanted[(number - 1) * ROWS : number * ROWS]],
        found=len(wanted),
        number=number,
        pages=pages,
        chosen=chosen,
        counts=everything.counted(),
        stages=_staged(everything.papers),
        kinds=list(dict.fromkeys(paper.entry.name for paper in everything.papers)),
        units=look.figures.at.year.units,
        errors=look.figures.errors,
    )


def page_number(look: DeskLook, count: int) -> tuple[int, int]:
    """The page of a list of `count` rows that the address asks for, and how many there are."""
    pages = max(1, -(-count // ROWS))
    return min(whole_number(look.sent.asked.get("page", "")) or 1, pages), pages


def _staged(papers: Sequence[ListedPaper]) -> list[tuple[str, int]]:
    counts = Counter(paper.entry.kind.stage for paper in papers)
    return [(stage, counts[stage]) for stage in STAGES if counts[stage]]


def _row(paper: ListedPaper) -> PaperRow:
    names = _names(paper)
    unit = "、".join(names) if len(names) <= FEW else f"{names[0]}等{len(names)}家"
    return PaperRow(paper_key(paper.entry.name, paper.subject.code), paper, unit)


def _names(paper: ListedPaper) -> list[str]:
    return [unit.short_name for unit in paper.subject.units]


def build_all(look: DeskLook) -> Response:
    """All papers made and written, and what came of it; by one process, since the desk answers on others of its threads."""
    opened = look.writing
    store = building.output_store(look.folder, opened.year_folder)
    request = building.Request()
    with locked(store.root / ".lock"):
        built = building.build(opened, request, store, processes=1)
        report = building.report_of(opened, request, built)
    return page(
        look,
        "built.html",
        report=report,
        folder=store.root,
        counts=Counter(outcome.state for outcome in report.outcomes),
        left_alone=[outcome for outcome in report.outcomes if outcome.state in (CONFLICT, STALE)],
    )


PAGES: tuple[DeskPage, ...] = (
    DeskPage("papers", papers),
    DeskPage("papers-made", build_all, posts=True),
)
