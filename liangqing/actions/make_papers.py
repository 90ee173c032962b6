"""The papers of a build, made one by one, in this process or in several: the same papers and words for any number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.folders import TEMPLATES
from liangqing.base.output_files import Artifact, Judged, OutputRun
from liangqing.base.processes import mapped, worth
from liangqing.base.program_stamp import program_stamp
from liangqing.papers import fitness, rendering
from liangqing.papers.catalogue import Entry
from liangqing.papers.rendering import Compiled
from liangqing.register import Line
from liangqing.variables.about import Subject
from liangqing.variables.audience import mentions
from liangqing.variables.subjects import OF_ALL_UNITS
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace

# Told how many papers are done, of how many.
Progress: TypeAlias = Callable[[int, int], None]

BATCH = 128  # papers that a process is given at a time
PAYS_FROM = 60  # papers; below that, starting another process takes longer than it saves


@dataclass(frozen=True)
class PaperJob:
    """A paper to be made: its kind, what it is about, and its line in the register where it went out."""

    compiled: Compiled
    subject: Subject
    line: Line | None


@dataclass(frozen=True)
class PaperDone:
    """What came of a job: the paper, or why it is left out (gates) or can't be made (problems).

    `data` is kept only where somebody asked for it.
    """

    judged: Judged | None = None
    title: str = ""
    copies: int = 1
    left_out: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    data: bytes | None = None


class PaperMaker:
    """Makes the papers of one build; each job is by itself, so that any process may do it."""

    def __init__(
        self, opened: OpenWorkspace, jobs: Sequence[PaperJob], run: OutputRun, *, keep: bool
    ) -> None:
        self.jobs, self._opened, self._run, self._keep = jobs, opened, run, keep

    def make(self, number: int) -> PaperDone:
        """The job of that number; never raises Problems."""
        try:
            return self._made(self.jobs[number])
        except Problems as refused:
            return PaperDone(problems=refused.diagnostics)

    def make_batch(self, numbers: range) -> list[PaperDone]:
        """Several jobs."""
        return [self.make(number) for number in numbers]

    def _made(self, job: PaperJob) -> PaperDone:
        compiled, subject, line = job.compiled, job.subject, job.line
        if line is not None:
            return self._copied(compiled, subject, line)
        if not rendering.holds(compiled, subject):
            return PaperDone()
        closed = closed_gates(self._opened, compiled.entry, subject, compiled.gates, self._word_gates)
        if closed:
            return PaperDone(left_out=tuple(closed))
        if compiled.template is None:
            return self._written(compiled, subject)
        planned = rendering.plan(compiled, subject)
        named = mentions(subject, compiled.entry.name, compiled.entry.kind.audience, planned.values)
        if named:
            return PaperDone(left_out=tuple(named))
        inputs = planned.inputs
        return self._put(
            PaperDone(title=planned.title, copies=planned.copies),
            planned.path,
            inputs,
            lambda: planned.render().artifact,
        )

    def _copied(self, compiled: Compiled, subject: Subject, line: Line) -> PaperDone:
        path = rendering.path_of_copy(compiled, subject, line)
        inputs = f"{line.content}{line.values}{line.file_of(compiled.entry.name)}"
        return self._put(
            PaperDone(title=line.title),
            path,
            inputs,
            lambda: rendering.copy(self._opened, compiled, subject, line).artifact,
        )

    def _written(self, compiled: Compiled, subject: Subject) -> PaperDone:
        title, path = rendering.title_and_path(compiled, subject)
        return self._put(
            PaperDone(title=title),
            path,
            self._all_inputs,
            lambda: (
                rendering.written(compiled, subject, _write(self._opened, compiled.entry, subject)).artifact
            ),
        )

    def _put(self, done: PaperDone, path: str, inputs: str, artifact: Callable[[], Artifact]) -> PaperDone:
        """Make and put the file, unless it is known to be as it would be made."""
        known = None if self._keep else self._run.unchanged(path, inputs)
        if known is not None:
            return replace(done, judged=known)
        made = artifact()
        return replace(done, judged=self._run.put(made, inputs), data=made.data if self._keep else None)

    @cached_property
    def _all_inputs(self) -> str:
        """A hash over all that the whole folder says: what a view of the whole year follows from."""
        opened, digest = self._opened, hashlib.sha256(program_stamp().encode())
        digest.update(
            repr((opened.at.day, opened.at.year.year, opened.register.hashes, opened.kept)).encode()
        )
        for name, source in sorted(opened.data.sources.items()):
            digest.update(name.encode() + hashlib.sha256(source.data).digest())
        for path in sorted((opened.root / TEMPLATES).iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    @cached_property
    def _word_gates(self) -> WordGates:
        return WordGates(self._opened, self._opened.found)


class WordGates:
    """Gates that are about what a record says, whatever the kind of paper, found by the names of a paper's records."""

    def __init__(self, opened: OpenWorkspace, found: Sequence[Diagnostic]) -> None:
        self._all = [diagnostic for diagnostic in found if diagnostic.code == Code.NEEDS_APPROVAL]
        self._always: list[int] = []
        self._by_name: dict[str, list[int]] = {}
        for number, diagnostic in enumerate(self._all):
            names = opened.data.named_at(diagnostic.place)
            if names is None:
                self._always.append(number)
            for name in names or ():
                self._by_name.setdefault(name, []).append(number)

    def on(self, entry: Entry, subject: Subject) -> list[Diagnostic]:
        """Those that bear on a paper; on one of the whole year all do."""
        if not self._all:
            return []
        if entry.subject_kind in OF_ALL_UNITS:
            return self._all
        numbers = {number for name in subject.names for number in self._by_name.get(name, ())}
        return [self._all[number] for number in sorted(numbers.union(self._always))]


def closed_gates(
    opened: OpenWorkspace, entry: Entry, subject: Subject, gates: Sequence[str], words: WordGates
) -> list[Diagnostic]:
    """What keeps a paper back that may be told before its values are worked out; `gates` are those of its kind."""
    return [
        *rules.open_gates(opened.at, subject.findings, gates),
        *rules.gone_units(opened.at, subject.origin),
        *words.on(entry, subject),
        *_unfit(entry, subject),
    ]


def _unfit(entry: Entry, subject: Subject) -> Iterator[Diagnostic]:
    """What its kind asks of a 文书 and does not find; a paper that follows one (约谈记录) is not judged."""
    if isinstance(subject, WrittenSubject) and subject.written_as == entry.name:
        yield from fitness.unfit(subject.at, entry.kind, subject.written)


def _write(opened: OpenWorkspace, entry: Entry, subject: Subject) -> bytes:
    """What the program writes by itself (生成); the libraries are loaded by who needs them."""
    if entry.kind.writer == "html":
        from liangqing.outputs import dashboard

        return dashboard.write(replace(opened, at=subject.at))
    if entry.kind.writer == "ics":
        from liangqing.outputs import calendar_file

        return calendar_file.write(subject.at)
    from liangqing.outputs import ledger

    return ledger.write(subject.at)


def make_all(maker: PaperMaker, processes: int | None, progress: Progress) -> list[PaperDone]:
    """What came of each job, in the order of the jobs; `processes`: how many (None: as many as pay)."""
    count = len(maker.jobs)
    workers = worth(count, PAYS_FROM) if processes is None else processes
    done: list[PaperDone] = [PaperDone()] * count
    finished = 0
    batches = _batches(maker.jobs)
    with closing(mapped(maker.make_batch, batches, workers)) as results:
        for batch, made in zip(batches, results, strict=True):
            done[batch.start : batch.stop] = made
            finished += len(batch)
            progress(finished, count)
    return done


def _batches(jobs: Sequence[PaperJob]) -> list[range]:
    """Papers of one kind together, so that few processes compile its template; what takes longest comes first."""
    starts = [
        number
        for number, job in enumerate(jobs)
        if number == 0 or job.compiled is not jobs[number - 1].compiled
    ]
    kinds = [range(start, end) for start, end in zip(starts, [*starts[1:], len(jobs)], strict=True)]
    pieces = [
        range(first, min(first + BATCH, kind.stop))
        for kind in kinds
        for first in range(kind.start, kind.stop, BATCH)
    ]
    return sorted(pieces, key=lambda piece: _turn(jobs[piece.start].compiled))


def _turn(compiled: Compiled) -> int:
    """What the program writes by itself takes longest, then what tells of all units."""
    if compiled.template is None:
        return 0
    return 1 if compiled.entry.subject_kind in OF_ALL_UNITS else 2
