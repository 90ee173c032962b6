"""Papers made: the kinds and subjects that were asked for, their gates, the rendered papers, the output folder.

Nothing is written before all is judged; what is wrong comes in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, gate
from liangqing.base.folders import OUTPUT
from liangqing.base.output_files import CREATE, UPDATE, Outcome, Store
from liangqing.data.model.kinds import BY_NAME
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.format_check import Deviations, own_deviations, proofread
from liangqing.papers.rendering import Compiled, Made, compile_entries, holds, load_catalogue, subjects_of
from liangqing.register import Line
from liangqing.variables.about import Subject
from liangqing.variables.audience import mentions
from liangqing.variables.subjects import SUBJECTS
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace, fingerprint, in_order, unit_called

# Told how many papers are done, of how many.
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True)
class Request:
    """What was asked for: kinds (None: all), subjects and a unit (none: all), for which day."""

    kinds: tuple[str, ...] | None = None
    subjects: tuple[str, ...] = ()
    unit: str | None = None
    dated: bool = False  # for a day of its own: what that day does not have is not in the way


@dataclass
class Built:
    """What came of a build."""

    made: list[Made] = field(default_factory=list)
    left_out: list[Diagnostic] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    misprints: list[Diagnostic] = field(default_factory=list)


def build(
    opened: OpenWorkspace,
    request: Request,
    store: Store,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Built:
    """Make what was asked for and write it; all is judged before anything is written.

    Raises Problems for any error of the data, the register, the catalogue, a template or a render.
    """
    if opened.errors and not request.subjects:
        raise Problems(opened.errors)
    known, own = load_catalogue(opened.root), own_deviations(opened.root)
    entries = _entries(known, request)
    compiled = compile_entries(opened, known, entries)
    unknown = unknown_kinds(opened, known)
    _refuse_concerned(
        opened, compiled, request, [problem for problem in unknown if problem.severity is Severity.ERROR]
    )
    built = _make(opened, compiled, request, progress)
    whole = not request.subjects and request.unit is None and not request.dated

    def covers(path: str) -> bool:
        kind = path.split("/")[0]
        return whole and (kind not in _by_name(known) if request.kinds is None else kind in entries)

    if whole and request.kinds is None:
        built.left_out += unknown
    artifacts = [paper.artifact for paper in built.made]
    built.outcomes = store.judge(artifacts, covers=covers, overwrite=overwrite)
    built.misprints = _misprints(built, store, own)
    if not dry_run:
        store.commit(artifacts, built.outcomes)
    return built


def _misprints(built: Built, store: Store, own: Deviations) -> list[Diagnostic]:
    """What breaks a rule of GB/T 9704 in the papers that are new or changed; those that went out are not judged."""
    fresh = {outcome.path for outcome in built.outcomes if outcome.state in (CREATE, UPDATE)}
    papers = [
        (paper.artifact.path, paper.artifact.data)
        for paper in built.made
        if paper.issued is None and paper.artifact.path in fresh and paper.artifact.path.endswith(".docx")
    ]
    return proofread(papers, store.name, own)


def about(opened: OpenWorkspace, request: Request, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is worth telling to who asked for some papers: every error, and what else bears on them."""
    if not request.subjects and request.unit is None:
        return list(found)
    words = {*request.subjects, *([request.unit] if request.unit else [])}
    subjects = [subject for kind in SUBJECTS.values() for subject in kind.list(opened.at)]
    names = words | {
        name for subject in subjects for word in words if subject.answers_to(word) for name in subject.names
    }
    return [
        problem
        for problem in found
        if problem.severity is Severity.ERROR or opened.data.concerns(problem.place, names)
    ]


def _refuse_concerned(
    opened: OpenWorkspace, compiled: dict[str, Compiled], request: Request, unknown: list[Diagnostic]
) -> None:
    """Papers asked for by name are stopped by the errors of what they rest on; figures need a clean year."""
    errors = [*opened.errors, *unknown]
    if not errors:
        return
    wanted = [
        subject
        for document in compiled.values()
        for subject in subjects_of(opened, document.entry)
        if _wanted(subject, request)
    ]
    yearly = any(document.entry.subject_kind == "年度" for document in compiled.values())
    names = {name for subject in wanted for name in subject.names} | set(request.subjects)
    concerned = [
        problem for problem in errors if yearly or not wanted or opened.data.concerns(problem.place, names)
    ]
    if concerned:
        raise Problems(concerned)


def _entries(known: Catalogue, request: Request) -> dict[str, Entry]:
    """The kinds asked for, with their annexes; of all, those that have to be asked for by name are left out."""
    names = [name for name in known.entries if name not in _by_name(known)]
    if request.kinds is not None:
        names = list(request.kinds)
    for name in names:
        names += [annex for annex in known.entry(name).kind.annexes if annex not in names]
    return {name: known.entry(name) for name in names}


def _by_name(known: Catalogue) -> set[str]:
    return {name for name, entry in known.entries.items() if entry.kind.when == BY_NAME}


def unknown_kinds(opened: OpenWorkspace, known: Catalogue) -> list[Diagnostic]:
    """文书 of a kind that the catalogue does not have can't be made; nor can such a thing have been delivered."""
    options = opened.at.year.options
    numbered = [
        error(
            Code.RECORD_OF_UNKNOWN_KIND,
            options.place("文号起始"),
            f"「文号起始」里的「{kind}」不是文种",
            suggestion(kind, known.entries),
        )
        for kind in options.first_numbers
        if kind not in known.entries
    ]
    delivered = [delivery for delivery in opened.at.year.deliveries if delivery.kind is not None]
    return (
        numbered
        + [
            error(
                Code.RECORD_OF_UNKNOWN_KIND,
                delivery.place("文种"),
                f"文种目录里没有「{delivery.kind}」",
                suggestion(delivery.kind or "", known.entries),
            )
            for delivery in delivered
            if delivery.kind not in known.entries
        ]
        + [
            gate(
                Code.RECORD_OF_UNKNOWN_KIND,
                paper.place("文种"),
                f"文种目录里没有「{paper.kind}」，文书 {paper.code} 先不生成",
                suggestion(paper.kind, known.entries),
            )
            for paper in opened.at.year.papers
            if paper.kind not in known.entries
        ]
    )


def _make(
    opened: OpenWorkspace,
    compiled: dict[str, Compiled],
    request: Request,
    progress: Progress,
) -> Built:
    built = Built()
    problems: list[Diagnostic] = []
    _refuse_unknown(opened, compiled, request)
    jobs = [
        (document, subject)
        for document in compiled.values()
        for subject in subjects_of(opened, document.entry)
        if _wanted(subject, request)
        and (_line_of(opened, document.entry, subject) is not None or holds(document, subject))
    ]
    for done, (document, subject) in enumerate(jobs):
        progress(done, len(jobs))
        try:
            paper = _make_one(opened, document, subject, built)
        except Problems as refused:
            problems += refused.diagnostics
            continue
        if paper is not None:
            built.made.append(paper)
    if problems:
        raise Problems(in_order(problems))
    built.left_out = in_order(built.left_out)
    return built


def _make_one(opened: OpenWorkspace, document: Compiled, subject: Subject, built: Built) -> Made | None:
    line = _line_of(opened, document.entry, subject)
    if line is not None:
        return rendering.copy(opened, document, subject, line)
    closed = [
        *rules.open_gates(opened.at, subject.findings, document.gates),
        *gates_of_words(opened, document, subject),
    ]
    if closed:
        built.left_out += closed
        return None
    if document.template is None:
        return rendering.written(document, subject, _write(opened, document.entry, subject))
    paper = rendering.render(document, subject)
    named = mentions(subject, document.entry.name, document.entry.kind.audience, paper.reads)
    if named:
        built.left_out += named
        return None
    return paper


def _write(opened: OpenWorkspace, entry: Entry, subject: Subject) -> bytes:
    """What the program writes by itself (生成); the libraries are loaded by who needs them."""
    if entry.kind.writer == "html":
        from liangqing.outputs import dashboard

        return dashboard.write(replace(opened, at=subject.at))
    from liangqing.outputs import ledger

    return ledger.write(subject.at)


def gates_of_words(
    opened: OpenWorkspace, document: Compiled, subject: Subject, found: Iterable[Diagnostic] | None = None
) -> list[Diagnostic]:
    """Gates that are about what a record says, whatever the kind of paper; `found`: what was judged already."""
    yearly = document.entry.subject_kind == "年度"
    words = (
        problem
        for problem in (opened.found if found is None else found)
        if problem.code == Code.NEEDS_APPROVAL
    )
    return [found for found in words if yearly or opened.data.concerns(found.place, subject.names)]


def _line_of(opened: OpenWorkspace, entry: Entry, subject: Subject) -> Line | None:
    """The register's line of a paper, or of the letter that an annex went out with."""
    return opened.register.in_use(entry.name, subject.code, opened.at.year.year)


def _wanted(subject: Subject, request: Request) -> bool:
    if request.subjects and not any(subject.answers_to(word) for word in request.subjects):
        return False
    return request.unit is None or subject.is_of_unit(request.unit)


def _refuse_unknown(opened: OpenWorkspace, compiled: dict[str, Compiled], request: Request) -> None:
    """A word that names no subject, and a unit that is none, are mistakes of the person who typed them."""
    if request.unit is not None:
        unit_called(opened, request.unit)
    everything = [
        subject for document in compiled.values() for subject in subjects_of(opened, document.entry)
    ]
    problems = [
        error(
            Code.NO_SUCH_SUBJECT,
            Place(word),
            f"「{word}」不是{'、'.join(compiled)}的对象",
            suggestion(word, dict.fromkeys(subject.code for subject in everything)),
        )
        for word in request.subjects
        if not any(subject.answers_to(word) for subject in everything)
    ]
    if problems:
        raise Problems(problems)


def output_store(root: Path, year: str, out: Path | None = None) -> Store:
    """The store of a year's output; `out` in place of the workspace's output/."""
    folder = (out or root / OUTPUT) / year
    name = f"{OUTPUT}/{year}" if out is None else folder.as_posix()
    return Store(folder, name, fingerprint)
