"""Papers made: the kinds and subjects that were asked for, their gates, the rendered papers, the output folder.

Nothing is written before all is judged; what is wrong comes in one run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from liangqing.actions.build_report import BuildReport, ReportedPaper
from liangqing.actions.make_papers import PaperJob, PaperMaker, Progress, WordGates, make_all
from liangqing.actions.unknown_papers import told_of_unknown, unknown_papers
from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, gate, refuse
from liangqing.base.folders import BACKUPS, DATA, TEMPLATES, output_folder
from liangqing.base.output_files import CREATE, UPDATE, Judged, Outcome, OutputRun, Store
from liangqing.base.spans import span_written
from liangqing.data.model.kinds import BY_NAME
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.drafts import can_go_out
from liangqing.papers.drift import drifted
from liangqing.papers.format_check import Deviations, own_deviations, proofread
from liangqing.papers.named_subjects import meant, names_of
from liangqing.papers.own_day import made_otherwise
from liangqing.papers.rendering import Compiled, compile_entries, load_catalogue, subjects_of, taken_over
from liangqing.papers.same_names import same_names
from liangqing.register import Line
from liangqing.variables import periods
from liangqing.variables.about import Subject
from liangqing.variables.subjects import ANY_SPAN, OF_ALL_UNITS, SPAN_LENGTHS, SUBJECTS
from liangqing.year.open_workspace import OpenWorkspace, fingerprint, in_order, unit_called, units_like

# Entered with its name while a stage of the work goes on.
Stage: TypeAlias = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Request:
    """What was asked for: kinds (None: all), subjects and a unit (none: all), for which day."""

    kinds: tuple[str, ...] | None = None
    subjects: tuple[str, ...] = ()
    unit: str | None = None
    dated: bool = False  # for a day of its own: what that day does not have is not in the way


@dataclass(frozen=True)
class BuiltPaper:
    """A paper of a build as it lies, or would lie, below the output folder; `issued`: its line, where it went out."""

    entry: Entry
    subject: Subject
    title: str
    path: str
    copies: int
    issued: Line | None
    kept: bytes | None = None

    def read(self, store: Store) -> bytes:
        """Its bytes as they were made."""
        return (store.root / self.path).read_bytes() if self.kept is None else self.kept


@dataclass
class Built:
    """What came of a build."""

    made: list[BuiltPaper] = field(default_factory=list)
    left_out: list[Diagnostic] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    misprints: list[Diagnostic] = field(default_factory=list)
    unknown: list[Diagnostic] = field(default_factory=list)


def build(
    opened: OpenWorkspace,
    request: Request,
    store: Store,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    keep: bool = False,
    fresh: bool = False,
    processes: int | None = None,
    progress: Progress = lambda done, total: None,
    stage: Stage = lambda name: nullcontext(),
) -> Built:
    """Make what was asked for and write it; all is judged before anything is written.

    A paper whose inputs are what they were is not made again, but where `fresh`; `keep` holds all bytes in memory.
    `processes`: how many work on it (None: as many as pay); what comes out is the same for any number. `progress` is
    told how many papers are done, `stage` is entered for 检查, 编译, 生成, 校对 and 写入.
    Raises Problems for any error of the data, the register, the catalogue, a template or a render.
    """
    with stage("检查"):
        errors = opened.errors
    if errors and not request.subjects:
        raise Problems(errors)
    known, own = load_catalogue(opened.root), own_deviations(opened.root)
    entries = _entries(known, request, opened)
    with stage("编译"):
        compiled = compile_entries(opened, known, entries, note=not dry_run, fresh=fresh, processes=processes)
    unknown = unknown_kinds(opened, known)
    _refuse_concerned(
        opened, compiled, request, [problem for problem in unknown if problem.severity is Severity.ERROR]
    )
    spared = unknown_papers(store, opened.register, known)
    run = store.begin(overwrite=overwrite, dry_run=dry_run, fresh=fresh or keep, spared=spared)
    try:
        with stage("生成"):
            built, judged = _make(
                opened, compiled, request, run, keep=keep, processes=processes, progress=progress
            )
        whole = not request.subjects and request.unit is None and not request.dated

        by_name = _by_name(known)

        def covers(path: str) -> bool:
            kind = path.split("/")[0]
            return kind not in by_name if request.kinds is None else kind in entries

        if whole and request.kinds is None:
            built.left_out += unknown
        built.unknown = told_of_unknown(spared, store.name)
        built.outcomes = run.outcomes(judged, covers=covers if whole else None)
        with stage("校对"):
            built.misprints = _misprints(built, run, own, processes)
        if not dry_run:
            with stage("写入"):
                built.outcomes = run.commit(judged, built.outcomes)
                if opened.data.trees is not None:
                    opened.data.trees.save()
    finally:
        run.drop()
    return built


def report_of(opened: OpenWorkspace, request: Request, built: Built) -> BuildReport:
    """What a person is told of a build."""
    annexes = {name for paper in built.made for name in paper.entry.kind.annexes}
    own = [
        paper for paper in built.made if paper.entry.kind.when is None and paper.entry.name not in annexes
    ] or built.made
    first = next((paper.path for paper in own if paper.entry is own[-1].entry), None)
    drafts = (paper for paper in own if paper.entry.kind.number and paper.issued is None)
    draft = next((paper for paper in drafts if can_go_out(opened, paper.entry, paper.subject)), None)
    changed = drifted(opened, dict.fromkeys(paper.issued for paper in built.made if paper.issued))
    once = [*built.misprints, *([] if request.dated else _made_anew(built))]
    remarks = [*once, *built.unknown, *same_names((paper.entry, paper.path) for paper in built.made)]
    return BuildReport(
        year=opened.at.year.year,
        day=opened.at.day.isoformat(),
        papers=tuple(_reported(paper) for paper in built.made),
        outcomes=tuple(built.outcomes),
        left_out=len(built.left_out),
        found=tuple(in_order([*built.left_out, *remarks, *about(opened, request, opened.found)])),
        told_once=tuple(once),
        drifted=tuple((line.name, tuple(words)) for line, words in changed),
        first=first,
        draft=(draft.entry.name, draft.subject.code) if draft else None,
    )


def _made_anew(built: Built) -> list[Diagnostic]:
    """Papers that were handed over, that nobody kept, and that this build makes otherwise than the last one did."""
    updated = {outcome.path for outcome in built.outcomes if outcome.state == UPDATE}
    papers = (paper for paper in built.made if paper.issued is None and paper.path in updated)
    return made_otherwise((paper.entry, paper.subject, paper.path) for paper in papers)


def _reported(paper: BuiltPaper) -> ReportedPaper:
    return ReportedPaper(
        kind=paper.entry.name,
        subject=paper.subject.code,
        title=paper.title,
        number=paper.issued.number if paper.issued else None,
        path=paper.path,
    )


def _misprints(built: Built, run: OutputRun, own: Deviations, processes: int | None) -> list[Diagnostic]:
    """What breaks a rule of GB/T 9704 in the papers that are new or changed; those that went out are not judged."""
    fresh = {outcome.path for outcome in built.outcomes if outcome.state in (CREATE, UPDATE)}
    papers = [
        (paper.path, paper.kept)
        for paper in built.made
        if paper.issued is None and paper.path in fresh and paper.path.endswith(".docx")
    ]
    return proofread(papers, run.staged, run.store.name, own, processes)


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
        if problem.severity is Severity.ERROR or opened.data.concerns(problem.places, names)
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
        for subject in subjects_of(opened, document.entry, request.subjects)
        if _wanted(subject, request)
    ]
    yearly = any(document.entry.subject_kind in OF_ALL_UNITS for document in compiled.values())
    names = {name for subject in wanted for name in subject.names} | set(request.subjects)
    concerned = [
        problem for problem in errors if yearly or not wanted or opened.data.concerns(problem.places, names)
    ]
    if concerned:
        raise Problems(concerned)


def understood(opened: OpenWorkspace, request: Request) -> Request:
    """The request with units and subjects as the data call them, where a person typed a part of a name.

    Raises Problems where that may be several, and for a kind or a unit that there is none of.
    """
    unit = None if request.unit is None else unit_called(opened, request.unit).code
    if not any(word != word.upper() or units_like(opened, word) for word in request.subjects):
        return replace(request, unit=unit)
    entries = _entries(load_catalogue(opened.root), request, opened)
    subjects = [
        subject for entry in entries.values() for subject in subjects_of(opened, entry, request.subjects)
    ]
    words = dict.fromkeys(meant(opened, subjects, word) for word in request.subjects)
    return replace(request, unit=unit, subjects=tuple(words))


def _entries(known: Catalogue, request: Request, opened: OpenWorkspace) -> dict[str, Entry]:
    """The kinds asked for, with their annexes; of all, those that have to be asked for by name are left out."""
    names = [name for name in known.entries if name not in _by_name(known)]
    if request.kinds is not None:
        names = list(request.kinds)
    for name in names:
        names += [
            annex
            for annex in known.entry(name, opened.at.year.unit_by_ref).kind.annexes
            if annex not in names
        ]
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
    run: OutputRun,
    *,
    keep: bool,
    processes: int | None,
    progress: Progress,
) -> tuple[Built, list[Judged]]:
    """Every paper asked for, and how its file was judged. Raises Problems with those of all papers."""
    _refuse_unknown(opened, compiled, request)
    wanted = [
        (document, subject, taken_over(opened, document.entry, subject))
        for document in compiled.values()
        for subject in subjects_of(opened, document.entry, request.subjects)
        if _wanted(subject, request)
    ]
    jobs = [
        PaperJob(document, subject, line_of(opened, document.entry, subject))
        for document, subject, instead in wanted
        if instead is None
    ]
    done = make_all(PaperMaker(opened, jobs, run, keep=keep), processes, progress) if jobs else []
    problems = [problem for paper in done for problem in paper.problems]
    if problems:
        raise Problems(in_order(problems))
    built = Built(left_out=in_order(gate for paper in done for gate in paper.left_out))
    if request.subjects:  # who asks for the form by name is told why there is none
        built.left_out += [
            _not_asked_for(document.entry, subject, *instead)
            for document, subject, instead in wanted
            if instead
        ]
    judged: list[Judged] = []
    for job, paper in zip(jobs, done, strict=True):
        if paper.judged is not None:
            judged.append(paper.judged)
            entry = job.compiled.entry
            built.made.append(
                BuiltPaper(
                    entry=entry,
                    subject=job.subject,
                    title=paper.title,
                    path=paper.judged.path,
                    copies=paper.copies,
                    issued=job.line,
                    kept=paper.data,
                )
            )
    return built, judged


def _not_asked_for(entry: Entry, subject: Subject, old: Line, new: Line) -> Diagnostic:
    return gate(
        Code.FORM_NOT_ASKED_FOR,
        subject.origin.place(),
        f"{old.name}（{subject.code}）已由 {new.name}（{new.subject}）更正，它的{entry.name}不再填，先不生成",
        f"请单位填随 {new.name} 发的：{entry.name} {new.subject}",
    )


def gates_of_words(
    opened: OpenWorkspace, document: Compiled, subject: Subject, found: Iterable[Diagnostic] | None = None
) -> list[Diagnostic]:
    """Gates that are about what a record says, whatever the kind of paper; `found`: what was judged already."""
    return WordGates(opened, list(opened.found if found is None else found)).on(document.entry, subject)


def line_of(opened: OpenWorkspace, entry: Entry, subject: Subject) -> Line | None:
    """The register's line of a paper, or of the letter that an annex went out with."""
    return opened.register.in_use(entry.name, subject.code, opened.at.year.year)


def _wanted(subject: Subject, request: Request) -> bool:
    if request.subjects and not any(subject.answers_to(word) for word in request.subjects):
        return False
    return request.unit is None or subject.is_of_unit(request.unit)


def _refuse_unknown(opened: OpenWorkspace, compiled: dict[str, Compiled], request: Request) -> None:
    """A word that names no subject, a unit that is none or of no matter here, are mistakes of the person who typed them."""
    if request.unit is not None:
        unit_called(opened, request.unit)
        if OF_ALL_UNITS.issuperset(document.entry.subject_kind for document in compiled.values()):
            message = f"{'、'.join(compiled)}各单位合在一份，不分单位"
            advice = "去掉 --unit；一个单位的情况用 status --unit 看，欠的用 owed 出清欠单"
            raise refuse(Code.NOT_BY_UNIT, Place("--unit"), message, advice)
    for document in compiled.values():
        _refuse_spans(opened, document.entry, request)
    if not request.subjects:
        return
    everything = [
        subject
        for document in compiled.values()
        for subject in subjects_of(opened, document.entry, request.subjects)
    ]
    problems = [
        error(
            Code.NO_SUCH_SUBJECT,
            Place(word),
            f"「{word}」不是{'、'.join(compiled)}的对象",
            _advice_on(word, everything),
        )
        for word in request.subjects
        if not any(subject.answers_to(word) for subject in everything)
    ]
    if problems:
        raise Problems(problems)


def _refuse_spans(opened: OpenWorkspace, entry: Entry, request: Request) -> None:
    """Words that a paper on any span of days can't be made for, and months that have not begun or have no data."""
    if entry.subject_kind == ANY_SPAN:
        for word in request.subjects:
            periods.asked(opened.at, word)
    length = SPAN_LENGTHS.get(entry.subject_kind)
    for word in request.subjects if length else ():
        span = span_written(word, opened.at.year.year)
        if span is not None and span.length == length:
            periods.asked(opened.at, span.code)


def _advice_on(word: str, subjects: list[Subject]) -> str:
    """What to type for a word that is no subject: several of them apart, or one that there is."""
    parts = [part for part in re.split(r"[，、；,;]", word) if part]
    if len(parts) > 1 and all(any(subject.answers_to(part) for subject in subjects) for part in parts):
        return f"这是 {len(parts)} 个，中间用空格隔开：{' '.join(parts)}"
    return suggestion(word, names_of(subjects))


def output_store(root: Path, year: str, out: Path | None = None) -> Store:
    """The store of a year's output; `out` in place of the workspace's output/.

    Raises Problems where that is, or leads to, a folder of what people keep.
    """
    folder, name = output_folder(root, year, out)
    real = folder.resolve()
    for kept in (DATA, TEMPLATES, BACKUPS):
        if real.is_relative_to((root / kept).resolve()):
            message = f"文书会写进 {kept}，那里是自己的数据，不写"
            advice = "用 --out 另写一个地方，如 --out 给局里的；output 是链接的，删掉链接"
            raise refuse(Code.OUTPUT_IN_DATA, Place(name), message, advice)
    return Store(folder, name, fingerprint)
