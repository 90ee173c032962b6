"""Papers chosen to be seen or printed: what there is, in which state, how many copies and on how many sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liangqing.actions import build as pipeline
from liangqing.actions.build import Request
from liangqing.base.output_files import CONFLICT, Store
from liangqing.papers.catalogue import Catalogue
from liangqing.papers.rendering import Made, load_catalogue
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
    built = pipeline.build(opened, request, store, dry_run=True)
    states = {each.path: each.state for each in built.outcomes}
    papers = [each for each in built.made if each.artifact.path.endswith(".docx")]
    numbered = _numbered(load_catalogue(opened.root))
    hosts = {name: each.entry.name for each in papers for name in each.entry.kind.annexes}
    of = {(each.entry.name, each.subject.code): each for each in papers}

    def piece(each: Made) -> ChosenPaper:
        host = of.get((hosts.get(each.entry.name, ""), each.subject.code))
        edited = states[each.artifact.path] == CONFLICT and each.issued is None
        path = store.root / each.artifact.path
        return ChosenPaper(
            each.entry.name,
            each.subject.code,
            each.title,
            each.artifact.path,
            path.read_bytes() if edited else each.artifact.data,
            _state(each, numbered=each.entry.name in numbered, edited=edited),
            each.issued is not None,
            each.entry.name in numbered,
            _copies(host or each),
            each.entry.kind.duplex,
        )

    return [piece(each) for each in _in_hand(papers, of)]


def _numbered(known: Catalogue) -> frozenset[str]:
    """The kinds that go out under a number, their own or that of the paper that they are an annex of.

    An annex that is one for each unit is sent on its own (a form to be filled in), whatever the number is.
    """
    taking = [entry for entry in known.entries.values() if entry.kind.number is not None]
    annexes = ((entry, known.entries[name]) for entry in taking for name in entry.kind.annexes)
    bound = (annex.name for entry, annex in annexes if annex.subject_kind == entry.subject_kind)
    return frozenset((*(entry.name for entry in taking), *bound))


def _in_hand(papers: list[Made], of: dict[tuple[str, str], Made]) -> Iterator[Made]:
    """In the order in which they lie in the hand: a letter, its annexes, the next letter."""
    seen: set[tuple[str, str]] = set()
    annexes = {name for each in papers for name in each.entry.kind.annexes}
    mains = [each for each in papers if each.entry.name not in annexes]
    for each in (*mains, *papers):
        names = (each.entry.name, *each.entry.kind.annexes)
        for key in ((name, each.subject.code) for name in names):
            if key in of and key not in seen:
                seen.add(key)
                yield of[key]


def _state(each: Made, *, numbered: bool, edited: bool) -> str:
    if each.issued is not None:
        return each.issued.number or "已定稿"
    if edited:
        return EDITED
    return DRAFT if numbered else PLAIN


def _copies(each: Made) -> int:
    return each.issued.copies if each.issued is not None else each.copies
