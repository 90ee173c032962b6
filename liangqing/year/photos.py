"""Pictures of findings: which there are on a day, and which stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import NamedTuple

from liangqing.data.model.findings import AFTER, BEFORE, Finding
from liangqing.data.model.follow_up import Feedback
from liangqing.engine import PICTURE_ENDINGS
from liangqing.year.evidence_files import KeptEvidence, of_finding
from liangqing.year.state.standing import Standing


class Photo(NamedTuple):
    """A picture that is kept as evidence, and whether it shows a finding 整改前 or 整改后; None: nobody says."""

    kept: KeptEvidence
    phase: str | None


class PhotoRow(NamedTuple):
    """Two pictures side by side, 整改前 at the left of 整改后 where both are there; `right` is None for the last of an odd number."""

    left: Photo
    right: Photo | None


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by the ending of its name."""
    return PurePosixPath(name).suffix.lower() in PICTURE_ENDINGS


def photos_of(at: Standing, finding: Finding) -> list[Photo]:
    """The pictures of a finding handed in by the day, each file once, in the order of the records."""
    found: dict[str | None, Photo] = {}
    for kept in of_finding(at.year, finding):
        if is_picture(kept.evidence.file or "") and _told_on(at, kept) <= at.day:
            found.setdefault(kept.evidence.digest or kept.evidence.file, Photo(kept, _phase(kept)))
    return list(found.values())


def _told_on(at: Standing, kept: KeptEvidence) -> date:
    """The day from which a piece of evidence is on record."""
    record = kept.record
    if isinstance(record, Feedback):
        return record.day
    assert isinstance(record, Finding)
    section, index = kept.path[0], kept.path[1]
    if section == "进展":
        assert isinstance(index, int)
        return record.progress[index].day
    return max(at.found_on(record), kept.evidence.day or date.min)


def _phase(kept: KeptEvidence) -> str | None:
    """What is taken on the site shows how it was before, unless it says otherwise."""
    return kept.evidence.phase or (BEFORE if kept.path[0] == "现场佐证" else None)


def photo_rows(photos: Sequence[Photo]) -> list[PhotoRow]:
    """整改前 beside 整改后: those of one 名称, then the others one by one as they come; what is left, two by two."""
    before = [photo for photo in photos if photo.phase == BEFORE]
    after = [photo for photo in photos if photo.phase == AFTER]
    pairs = [*_of_one_name(before, after)]
    taken = {photo.kept.name for pair in pairs for photo in pair}
    pairs += zip(_without(before, taken), _without(after, taken), strict=False)
    taken = {photo.kept.name for pair in pairs for photo in pair}
    left = list(_without(photos, taken))
    return [
        *(PhotoRow(*pair) for pair in pairs),
        *(PhotoRow(one, other) for one, other in zip_longest(left[::2], left[1::2])),
    ]


def _of_one_name(before: Iterable[Photo], after: Iterable[Photo]) -> Iterator[tuple[Photo, Photo]]:
    named: dict[str, list[Photo]] = {}
    for photo in after:
        named.setdefault(photo.kept.evidence.name, []).append(photo)
    for photo in before:
        if others := named.get(photo.kept.evidence.name):
            yield photo, others.pop(0)


def _without(photos: Iterable[Photo], taken: set[str]) -> Iterator[Photo]:
    return (photo for photo in photos if photo.kept.name not in taken)
