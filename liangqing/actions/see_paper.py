"""One paper as it stands: made in memory, as it went out, or as a person changed its draft; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from liangqing.actions import build as building
from liangqing.actions.build import Built, BuiltPaper
from liangqing.actions.comparing import WordChange, changes, passages
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.folders import DATA
from liangqing.base.output_files import CONFLICT, Store, locked
from liangqing.gbt9704.check.corrections import corrections
from liangqing.gbt9704.check.judge import Report, check
from liangqing.papers.format_check import own_deviations
from liangqing.papers.rendering import compile_entries, load_catalogue, render, subjects_of
from liangqing.register import Line
from liangqing.year.open_workspace import OpenWorkspace


@dataclass(frozen=True)
class SeenPaper:
    """A paper as a person would get it in the output folder, below which `path` is its place.

    `data` are its bytes: those kept, of one that went out; a person's own, where the draft was `edited` in Word; else
    as the program makes them, which `made` always are. `with_it` are kind and subject of what goes along.
    """

    title: str
    path: str
    data: bytes = field(repr=False)
    made: bytes = field(repr=False)
    copies: int
    duplex: bool
    edited: bool
    issued: Line | None
    with_it: tuple[tuple[str, str], ...]

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file: else a workbook, a page or a calendar."""
        return self.path.endswith(".docx")


@dataclass(frozen=True)
class LookedAt:
    """What came of looking: the paper, or why there is none; and what is worth knowing of its records."""

    paper: SeenPaper | None
    lacking: tuple[Diagnostic, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def see(opened: OpenWorkspace, kind: str, subject: str, store: Store) -> LookedAt:
    """The paper of a kind on a subject. Raises Problems as a build does, where an error bears on it."""
    request = building.Request((kind,), (subject,))
    try:
        built = building.build(opened, request, store, dry_run=True, keep=True, processes=1)
    except Problems as refused:
        return LookedAt(None, tuple(refused.diagnostics))
    found = tuple(building.about(opened, request, opened.found))
    own = next((paper for paper in built.made if _is(paper, kind, subject)), None)
    if own is None:
        return LookedAt(None, tuple(built.left_out), found)
    return LookedAt(_seen(own, built, store), (), found)


def _is(paper: BuiltPaper, kind: str, subject: str) -> bool:
    return (paper.entry.name, paper.subject.code) == (kind, subject)


def _seen(paper: BuiltPaper, built: Built, store: Store) -> SeenPaper:
    states = {outcome.path: outcome.state for outcome in built.outcomes}
    made, edited = paper.read(store), states[paper.path] == CONFLICT and paper.issued is None
    annexes = {name for other in built.made for name in other.entry.kind.annexes}
    with_it = tuple(
        (other.entry.name, other.subject.code)
        for other in built.made
        if other is not paper and other.entry.name in annexes
    )
    return SeenPaper(
        title=paper.title,
        path=paper.path,
        data=(store.root / paper.path).read_bytes() if edited else made,
        made=made,
        copies=paper.issued.copies if paper.issued else paper.copies,
        duplex=paper.entry.kind.duplex,
        edited=edited,
        issued=paper.issued,
        with_it=with_it,
    )


def edits(paper: SeenPaper) -> list[WordChange]:
    """The words that a person changed in the draft, from what the program makes. Raises Problems for no Word file."""
    return changes(passages(paper.made, paper.path), passages(paper.data, paper.path))


def since_issued(opened: OpenWorkspace, kind: str, line: Line) -> list[WordChange] | None:
    """The words that a paper would have otherwise, were it made anew of today's records and template under its number.

    From what was kept to what would be made, as of the day that it tells of. None where it can't be made any more, or
    was issued elsewhere and nothing is kept.
    """
    known = load_catalogue(opened.root)
    entry = known.entry(kind)
    its_day = bool(line.number) or entry.of_its_day
    then = replace(opened, at=opened.at.as_issued(line.issued, numbered=its_day), as_of=line.issued)
    subjects = (subject for subject in subjects_of(then, entry) if subject.code == line.subject)
    subject = next(subjects, None)
    if subject is None or not line.file or not entry.kind.in_word:
        return None
    compiled = compile_entries(then, known, (kind,))[kind]
    try:
        anew = render(compiled, subject, line.number, line.issued).artifact.data
    except Problems:
        return None
    name = line.file_of(kind)
    kept = (opened.root / DATA / name).read_bytes()
    return changes(passages(kept, name), passages(anew, name))


def judged(opened: OpenWorkspace, paper: SeenPaper, kind: str | None = None) -> Report:
    """The paper held against GB/T 9704, as one of a kind of KINDS where a person names it.

    Raises Problems for what is no Word file, or deviations that can't be read.
    """
    return check(paper.data, paper.path, own_deviations(opened.root), corrections(kind, ()))


def put_in_folder(opened: OpenWorkspace, kind: str, subject: str, store: Store) -> Path:
    """The file of a paper in the output folder, made there or brought up to date; a draft edited in Word is left as it is.

    Raises Problems where it can't be made, or is kept back by what is lacking.
    """
    request = building.Request((kind,), (subject,))
    with locked(store.root / ".lock"):
        built = building.build(opened, request, store, processes=1)
    own = next((paper for paper in built.made if _is(paper, kind, subject)), None)
    if own is None:
        raise Problems(built.left_out)
    return store.root / own.path
