"""Papers chosen to be seen or printed: what there is, in which state, how many copies and on how many sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liangqing.actions import build as building
from liangqing.actions.build import BuiltPaper, Request
from liangqing.base.output_files import CONFLICT, Store
from liangqing.papers.catalogue import Catalogue
from liangqing.papers.rendering import load_catalogue
from liangqing.year.open_workspace import OpenWorkspace

DRAFT, EDITED, PLAIN = "草稿", "改过的草稿", "未印发"


@dataclass(frozen=True)
class ChosenPaper:
    """A paper as it would be printed.

    `path` is its place below the output folder; `data` its Word file: the one kept, for one that is issued, else
    the draft, as a person changed it where one did. `state` is its 文号, or what it is instead.
    """

    kind: str
    subject: str
    title: str
    path: str
    data: bytes
    state: str
    issued: bool
    numbered: bool
    copies: int
    duplex: bool

    @property
    def label(self) -> str:
        """What messages and the queue call it: kind and subject, without what is written in it."""
        return f"{self.kind} {self.subject}"

    @property
    def draft(self) -> bool:
        """Whether a number is still to come, of its own or of the paper that it goes out with."""
        return self.numbered and not self.issued


def pieces(opened: OpenWorkspace, request: Request, store: Store) -> list[ChosenPaper]:
    """The papers asked for, each followed by its annexes. Nothing is written. Raises Problems as a build does."""
    built = building.build(opened, request, store, dry_run=True, keep=True)
    states = {outcome.path: outcome.state for outcome in built.outcomes}
    papers = [paper for paper in built.made if paper.path.endswith(".docx")]
    numbered = numbered_kinds(load_catalogue(opened.root))
    hosts = {name: paper.entry.name for paper in papers for name in paper.entry.kind.annexes}
    of = {(paper.entry.name, paper.subject.code): paper for paper in papers}

    def piece(paper: BuiltPaper) -> ChosenPaper:
        host = of.get((hosts.get(paper.entry.name, ""), paper.subject.code))
        edited = states[paper.path] == CONFLICT and paper.issued is None
        path = store.root / paper.path
        return ChosenPaper(
            kind=paper.entry.name,
            subject=paper.subject.code,
            title=paper.title,
            path=paper.path,
            data=path.read_bytes() if edited else paper.read(store),
            state=_state(paper, numbered=paper.entry.name in numbered, edited=edited),
            issued=paper.issued is not None,
            numbered=paper.entry.name in numbered,
            copies=_copies(host or paper),
            duplex=paper.entry.kind.duplex,
        )

    return [piece(paper) for paper in _in_hand(papers, of)]


def numbered_kinds(known: Catalogue) -> frozenset[str]:
    """The kinds that go out under a number, their own or that of the paper that they are an annex of.

    An annex that is one for each unit is sent on its own (a form to be filled in), whatever the number is.
    """
    taking = [entry for entry in known.entries.values() if entry.kind.number is not None]
    annexes = ((entry, known.entries[name]) for entry in taking for name in entry.kind.annexes)
    bound = (annex.name for entry, annex in annexes if annex.subject_kind == entry.subject_kind)
    return frozenset((*(entry.name for entry in taking), *bound))


def _in_hand(papers: list[BuiltPaper], of: dict[tuple[str, str], BuiltPaper]) -> Iterator[BuiltPaper]:
    """In the order in which they lie in the hand: a letter, its annexes, the next letter."""
    seen: set[tuple[str, str]] = set()
    annexes = {name for paper in papers for name in paper.entry.kind.annexes}
    mains = [paper for paper in papers if paper.entry.name not in annexes]
    for paper in (*mains, *papers):
        names = (paper.entry.name, *paper.entry.kind.annexes)
        for key in ((name, paper.subject.code) for name in names):
            if key in of and key not in seen:
                seen.add(key)
                yield of[key]


def _state(paper: BuiltPaper, *, numbered: bool, edited: bool) -> str:
    if paper.issued is not None:
        return paper.issued.number or "已定稿"
    if edited:
        return EDITED
    return DRAFT if numbered else PLAIN


def _copies(paper: BuiltPaper) -> int:
    return paper.issued.copies if paper.issued is not None else paper.copies
