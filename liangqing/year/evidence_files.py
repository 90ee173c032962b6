"""Files of evidence: where they are kept, and whether each is still the one that was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.base.file_names import as_on_disk
from liangqing.base.folders import DATA
from liangqing.data.model.findings import Evidence, Finding
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.year import Year
from liangqing.data.workspace import EVIDENCE
from liangqing.data.yaml.places import Step


class KeptEvidence(NamedTuple):
    """A piece of evidence with a file: in which record of which year, at which path below it."""

    year: int
    record: ModelRecord
    path: tuple[Step, ...]
    evidence: Evidence

    @property
    def name(self) -> str:
        """Where the file is kept, below the workspace."""
        return f"{folder_of(self.year)}/{self.evidence.file}"


def folder_of(year: int) -> str:
    """The folder of a year's evidence, below the workspace."""
    return f"{DATA}/{year}/{EVIDENCE}"


def of_finding(year: Year, finding: Finding) -> list[KeptEvidence]:
    """The evidence with files of a finding: from the site, of its own 进展, then of what the unit told of it."""
    told = [
        KeptEvidence(year.year, finding, ("现场佐证", index), evidence)
        for index, evidence in enumerate(finding.seen_on_site)
    ]
    told += [
        KeptEvidence(year.year, finding, ("进展", number, "佐证", index), evidence)
        for number, progress in enumerate(finding.progress)
        for index, evidence in enumerate(progress.evidence)
    ]
    told += [
        KeptEvidence(year.year, form, ("佐证", index), evidence)
        for letter in year.letters_with.get(finding.code, ())
        for form in year.feedbacks_on.get((letter.code, finding.code), ())
        for index, evidence in enumerate(form.evidence)
    ]
    return [kept for kept in told if kept.evidence.file]


def of_year(year: Year) -> Iterator[KeptEvidence]:
    """The evidence with files of a year, each once, and the files of what came in (收文)."""
    for finding in year.findings:
        yield from of_finding(year, finding)
    yield from of_incoming(year)


def of_incoming(year: Year) -> Iterator[KeptEvidence]:
    """The scans of the papers that came in (收文)."""
    for paper in year.incoming:
        if paper.file:
            kept = Evidence.model_construct(name=paper.title, file=paper.file, digest=paper.digest)
            yield KeptEvidence(year.year, paper, (), kept)


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file, in hex; None where it is not there. A file that has the same size and time is read once."""
    path = as_on_disk(path)
    try:
        seen = path.stat()
    except OSError:
        return None
    return _digest(path, seen.st_mtime_ns, seen.st_size) if path.is_file() else None


@lru_cache(maxsize=8192)
def _digest(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def altered(root: Path, years: Mapping[int, Year]) -> Iterator[Diagnostic]:
    """A warning for each file of evidence that is gone, or is another one than was taken in."""
    for kept in (kept for year in years.values() for kept in of_year(year)):
        yield from _judged(root, kept)


def altered_incoming(root: Path, year: Year) -> Iterator[Diagnostic]:
    """The same of the scans of what came in (收文) alone."""
    for kept in of_incoming(year):
        yield from _judged(root, kept)


def _judged(root: Path, kept: KeptEvidence) -> Iterable[Diagnostic]:
    now, name = digest_of(root / kept.name), kept.evidence.name
    if now is None:
        message = f"佐证「{name}」的文件不见了：{kept.name}"
        advice = "从备份或者原来的地方找回来，照原名放回去"
        return [warning(Code.EVIDENCE_FILE_ALTERED, _place(kept, "文件"), message, advice)]
    if kept.evidence.digest is None or now == kept.evidence.digest:
        return []
    message = f"佐证「{name}」的文件和登记时不一样了：{kept.name}"
    advice = "找回原来的文件放回去；确实要换的，把新文件另收一份，再删去这一条"
    return [warning(Code.EVIDENCE_FILE_ALTERED, _place(kept, "校验码"), message, advice)]


def _place(kept: KeptEvidence, key: str) -> Place:
    return kept.record.place(*kept.path, key)
