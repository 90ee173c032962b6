"""What a person is told of a build, as plain data; and the same again where nothing was changed since.

A build whose folder, request, day and program are those of the build before, and whose files lie as they were
written, would make the same papers again: it is told from the notes of that one, and nothing is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from liangqing.base.bounds import is_file
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity
from liangqing.base.folders import DATA, TEMPLATES
from liangqing.base.output_files import CONFLICT, IDENTICAL, JOURNAL, MANIFEST, STALE, Outcome
from liangqing.base.output_inputs import FileSeen, Remembered, read_notes, remembered, write_notes
from liangqing.base.program_stamp import program_stamp

NOTES = ".report.json"
MOST_BUILDS = 3  # that are noted: of the whole year, and of parts of it
_CODES = {code.value: code for code in Code}


@dataclass(frozen=True)
class ReportedPaper:
    """A paper that was made: its kind, the code of its subject, its title, its 文号 and where it lies."""

    kind: str
    subject: str
    title: str
    number: str | None
    path: str


@dataclass(frozen=True)
class BuildReport:
    """What came of a build of one year, whose figures stand at `day` (2021-10-31).

    `left_out` counts the gates that kept papers back; `found` has these and all else that is worth telling, of which
    `told_once` is of papers that are new or changed; `drifted` are issued papers with what changed since; `first` is the
    paper to open first, `draft` kind and subject of one that may be issued next.
    """

    year: int
    day: str
    papers: tuple[ReportedPaper, ...]
    outcomes: tuple[Outcome, ...]
    left_out: int
    found: tuple[Diagnostic, ...]
    told_once: tuple[Diagnostic, ...]
    drifted: tuple[tuple[str, tuple[str, ...]], ...]
    first: str | None = None
    draft: tuple[str, str] | None = None


@dataclass(frozen=True)
class Inputs:
    """All that a build follows from, as it stood at one moment: `told` is request, day and program.

    `files` are what lies in the data, the register and the templates: name, what it holds, and how it was seen.
    """

    root: Path
    told: str
    files: tuple[tuple[str, str, FileSeen], ...]

    @property
    def key(self) -> str:
        """A hash over what was told and what the files hold, wherever the workspace lies."""
        held = [self.told, *(f"{name}\n{content}" for name, content, _ in self.files)]
        return hashlib.sha256("\n".join(held).encode()).hexdigest()

    def are_as_they_were(self) -> bool:
        """Whether nothing was saved since; also what was changed and changed back has another time."""
        return _files(self.root) == self.files


def inputs_of(root: Path, request: Mapping[str, object], today: str) -> Inputs:
    """What a build of the workspace in `root` follows from now."""
    return Inputs(root, json.dumps([program_stamp(), today, dict(request)], default=str), _files(root))


def _files(root: Path) -> tuple[tuple[str, str, FileSeen], ...]:
    """Everything in data and templates, but for lock files; a year's folder may be a link, as for who reads it."""
    found = [path for folder in (DATA, TEMPLATES) for path in (root / folder).iterdir()]
    found += [path for top in found if top.is_dir() for path in top.rglob("*")]
    with_names = sorted((path.relative_to(root).as_posix(), path) for path in found if path.suffix != ".lock")
    return tuple((name, *_held(path)) for name, path in with_names)


def _held(path: Path) -> tuple[str, FileSeen]:
    """What a file holds, where a link leads; nothing of a folder, whose files come by themselves."""
    link = f"@{path.readlink()}" if path.is_symlink() else ""
    try:
        if path.is_dir():
            return f"folder{link}", FileSeen(0, 0, 0, 0)
        if not is_file(path):  # a pipe would keep us waiting
            return f"unreadable{link}", FileSeen(0, 0, 0, 0)
        return hashlib.sha256(path.read_bytes()).hexdigest() + link, FileSeen.of(path)
    except OSError:  # why it can't be read is told by who has to read it
        return f"unreadable{link}", FileSeen(0, 0, 0, 0)


def told_before(folder: Path, inputs: Inputs) -> BuildReport | None:
    """The report of the last build into `folder`, where one from these inputs would find every file as it would make it.

    None where that is not sure.
    """
    if (folder / JOURNAL).exists():
        return None
    with suppress(OSError, KeyError, TypeError, ValueError):
        noted = next((build for build in _noted(folder) if build["key"] == inputs.key), None)
        if noted is None:
            return None
        files, report = remembered(folder), _report_of(noted["report"])
        if all(_is_as_written(folder, outcome.path, files) for outcome in report.outcomes):
            return report
    return None


def _noted(folder: Path) -> list[dict[str, Any]]:
    """What is noted of the last builds, the newest first; of those alone after which nothing else was written.

    Raises OSError, KeyError or TypeError where there is nothing, or nothing of ours.
    """
    notes, manifest = read_notes(folder / NOTES), _hash_of(folder / MANIFEST)
    return [build for build in notes["builds"] if build["manifest"] == manifest]


def note(folder: Path, inputs: Inputs, report: BuildReport) -> None:
    """Puts down what was told of a build that wrote all it made; where the folder can't be written, nothing.

    Nor where something was saved since the inputs were looked at: nobody knows which of the two was read.
    """
    if any(outcome.state == CONFLICT for outcome in report.outcomes) or not inputs.are_as_they_were():
        return
    settled = replace(
        report,
        outcomes=tuple(
            replace(outcome, state=IDENTICAL) for outcome in report.outcomes if outcome.state != STALE
        ),
        found=tuple(problem for problem in report.found if problem not in report.told_once),
        told_once=(),
    )
    others: list[dict[str, Any]] = []
    with suppress(OSError, KeyError, TypeError):
        others = [build for build in _noted(folder) if build["key"] != inputs.key]
    with suppress(OSError):
        told = {"key": inputs.key, "manifest": _hash_of(folder / MANIFEST), "report": asdict(settled)}
        write_notes(folder / NOTES, {"builds": [told, *others][:MOST_BUILDS]})


def _is_as_written(folder: Path, path: str, files: Mapping[str, Remembered]) -> bool:
    return files[path].seen == FileSeen.of(folder / path)


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _report_of(told: Any) -> BuildReport:
    """The report that `asdict` told; raises KeyError, TypeError or ValueError for anything else."""
    found = [
        Diagnostic(
            code=_CODES[problem["code"]],
            severity=Severity(problem["severity"]),
            place=Place(**problem["place"]),
            message=problem["message"],
            advice=problem["advice"],
        )
        for problem in told["found"]
    ]
    return BuildReport(
        **{
            **told,
            "papers": tuple(ReportedPaper(**paper) for paper in told["papers"]),
            "outcomes": tuple(Outcome(**outcome) for outcome in told["outcomes"]),
            "found": tuple(found),
            "drifted": tuple((name, tuple(words)) for name, words in told["drifted"]),
            "told_once": (),
            "draft": tuple(told["draft"]) if told["draft"] else None,
        }
    )
