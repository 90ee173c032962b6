"""PDFs beside the Word files that they were made from: judged, then written; a person's PDF is never lost.

Which PDF is ours, and of what, stands in the PDF itself (`copy_stamp`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, refuse
from liangqing.base.left_behind import place_file
from liangqing.base.output_files import CONFLICT, CREATE, IDENTICAL, STALE, UPDATE, Outcome
from liangqing.base.safe_files import refuse_links
from liangqing.pdf import copy_stamp
from liangqing.pdf.converting import Batch, Converted, WordFile, read, turn
from liangqing.pdf.font_files import Substitution

OUTDATED = "过时"  # a PDF beside a Word file that was written anew


@dataclass(frozen=True)
class ConversionJob:
    """A Word file to be converted: `name` is what messages call the PDF, `target` where it goes, `file` the Word file."""

    name: str
    data: bytes
    target: Path
    file: str = ""


@dataclass(frozen=True)
class Shelved:
    """What became, or would become, of the PDFs; what could not be converted; the faces that were replaced.

    `by`: the program that makes them, as it is called; "" where none was asked for.
    """

    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    by: str = ""


def put(
    jobs: Sequence[ConversionJob],
    chosen: Mapping[str, str] | None = None,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    program: str | None = None,
) -> Shelved:
    """Make the PDFs that are not there or not of the same content and by the same program, in one run of it.

    Each is written as a whole. Raises Problems where the `program` (as `converters.choose` takes it) is not there,
    or one can't be written.
    """
    batch = read([WordFile(job.name, job.data, job.file) for job in jobs], chosen, program)
    sound = {job.name: job for job in jobs if job.name in batch.papers}
    states = {name: _state(batch, job, overwrite) for name, job in sound.items()}
    if dry_run:
        return Shelved(_outcomes(states), batch.faults, batch.substitutions, batch.by.name)
    done = turn(batch, [name for name, state in states.items() if state in (CREATE, UPDATE)])
    for name, pdf in done.pdfs.items():
        _write(sound[name], pdf)
    failed = {fault.place.file for fault in done.faults}
    kept = {name: state for name, state in states.items() if name not in failed}
    return Shelved(_outcomes(kept), batch.faults + done.faults, batch.substitutions, batch.by.name)


def at_hand(
    jobs: Sequence[ConversionJob], chosen: Mapping[str, str] | None = None, program: str | None = None
) -> Converted:
    """The PDFs of all jobs, by name: those that lie there as they would be made, else made anew. Writes nothing.

    Raises Problems where there is no program and one has to be made, and where the one that is named is not there.
    """
    batch = read([WordFile(job.name, job.data, job.file) for job in jobs], chosen, program)
    there = {
        job.name: job.target.read_bytes()
        for job in jobs
        if job.name in batch.papers and _state(batch, job, overwrite=False) == IDENTICAL
    }
    done = turn(batch, [name for name in batch.papers if name not in there])
    return replace(done, pdfs={**there, **done.pdfs}, faults=batch.faults + done.faults)


def sweep(root: Path, name: str, folders: Iterable[str], *, dry_run: bool = False) -> tuple[Outcome, ...]:
    """Remove the PDFs of ours in `folders` of `root`, called `name`, whose Word file is gone."""
    for folder in folders:
        refuse_links(root, root / folder)
    gone = [pdf for folder in folders for pdf in _strays(root / folder)]
    if not dry_run:
        for pdf in gone:
            pdf.unlink()
            if not any(pdf.parent.iterdir()):
                pdf.parent.rmdir()
    return tuple(Outcome(f"{name}/{pdf.relative_to(root).as_posix()}", STALE) for pdf in gone)


def outdated(paths: Iterable[Path]) -> list[Path]:
    """Of Word files that were just written anew, the PDFs of ours beside them: they are of an earlier text."""
    beside = (path.with_suffix(".pdf") for path in paths)
    return [pdf for pdf in beside if pdf.is_file() and copy_stamp.source(pdf.read_bytes())]


def _strays(folder: Path) -> Iterator[Path]:
    for pdf in sorted(folder.glob("*.pdf")):
        if not pdf.with_suffix(".docx").exists() and copy_stamp.source(pdf.read_bytes()):
            yield pdf


def _state(batch: Batch, job: ConversionJob, overwrite: bool) -> str:
    if not job.target.exists():
        return CREATE
    made_from = copy_stamp.source(job.target.read_bytes())
    if made_from == batch.key(job.name):
        return IDENTICAL
    return UPDATE if made_from or overwrite else CONFLICT


def _outcomes(states: Mapping[str, str]) -> tuple[Outcome, ...]:
    return tuple(Outcome(name, state) for name, state in states.items())


def _write(job: ConversionJob, pdf: bytes) -> None:
    try:
        place_file(job.target, pdf)
    except PermissionError:
        place = Place(job.name)
        raise refuse(
            Code.FILE_OPEN,
            place,
            "文件正被打开，或文件夹不让写",
            "关掉打开它的程序，或用 --out 换一个文件夹，再运行一次",
        ) from None
