"""What each file of an output folder was made from, so that the next run need not make it again.

The notes are plain data beside the manifest, under a check sum: where they are damaged, of another shape or gone,
every file is made anew, and nothing else depends on them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from liangqing.base.bounds import is_file
from liangqing.base.plain_json import read_json
from liangqing.base.safe_files import write_whole

NOTES = ".inputs.json"


class FileSeen(NamedTuple):
    """A file as the system tells of it without reading it: whoever writes to it changes one of these.

    Size in bytes; times of the last change of content and of anything in nanoseconds; the number of the file.
    """

    size: int
    changed: int
    touched: int
    number: int

    @classmethod
    def of(cls, path: Path | str) -> FileSeen:
        """Raises OSError where there is no such file."""
        told = os.stat(path)  # noqa: PTH116 - a Path for each of thousands of files costs more than the look
        return cls(told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)


class Remembered(NamedTuple):
    """A file that was written: a hash over its inputs, one over its bytes, and how it was seen afterwards."""

    inputs: str
    digest: str
    seen: FileSeen


def remembered(folder: Path) -> Mapping[str, Remembered]:
    """The notes of a folder by path; none where they cannot be trusted."""
    try:
        seen = FileSeen.of(folder / NOTES)
    except OSError:
        return {}
    return _read(folder, seen)


@lru_cache(maxsize=1)
def _read(folder: Path, seen: FileSeen) -> Mapping[str, Remembered]:
    """The notes while their file is `seen` as it was: one build asks for them several times."""
    files = read_notes(folder / NOTES)
    with suppress(TypeError, ValueError, AttributeError, OverflowError):
        return {
            path: Remembered(str(inputs), str(digest), FileSeen(*map(int, seen)))
            for path, (inputs, digest, *seen) in files.items()
        }
    return {}


def remember(folder: Path, files: Mapping[str, Remembered]) -> None:
    """Put the notes down; where the folder can't be written, nothing: the next run makes more anew than it need."""
    rows = {path: (file.inputs, file.digest, *file.seen) for path, file in sorted(files.items())}
    with suppress(OSError):
        write_notes(folder / NOTES, rows)


def read_notes(path: Path) -> Any:
    """What `write_notes` wrote there; an empty dict where it is not there or not as it was written."""
    if not path.is_file():
        return {}
    with suppress(OSError, ValueError):
        if not is_file(path):
            return {}
        told, _, body = path.read_bytes().partition(b"\n")
        if told == sum_of(body):
            return read_json(body)
    return {}


def write_notes(path: Path, notes: Any) -> None:
    """Plain data under a check sum; the file is replaced as a whole. Raises OSError."""
    body = json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, sum_of(body) + b"\n" + body)


def sum_of(body: bytes) -> bytes:
    """The first line of notes, 64 hex digits over what follows it."""
    return hashlib.sha256(body).hexdigest().encode()
