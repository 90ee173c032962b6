"""A log that is only ever added to: one JSON object a line, synced to disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from liangqing.base.bounds import is_file
from liangqing.base.plain_json import read_json
from liangqing.base.safe_files import refuse_no_file


class LogRead(NamedTuple):
    """The entries of a log in order, and how many of its lines are no entry."""

    entries: list[dict[str, Any]]
    spoilt: int


def lines_after(path: Path, entries: Iterable[Mapping[str, object]]) -> bytes:
    """A line for each entry, as they are added to a log as it is now; b"" for no entries. Dates are 2021-10-31.

    A line that was cut off before is ended, so that it spoils no other. Raises OSError where it can't be read.
    """
    text = "".join(json.dumps(entry, ensure_ascii=False, default=str) + "\n" for entry in entries)
    return (("" if _is_ended(path) else "\n") + text).encode() if text else b""


def _is_ended(path: Path) -> bool:
    refuse_no_file(path)
    try:
        with path.open("rb") as handle:
            if not handle.seek(0, os.SEEK_END):
                return True
            handle.seek(-1, os.SEEK_END)
            return handle.read(1) == b"\n"
    except FileNotFoundError:
        return True


def read(path: Path) -> LogRead:
    """What was added; nothing where there is no such file. Raises OSError where it can't be read, Problems where it is no file."""
    refuse_no_file(path)
    if not is_file(path):
        return LogRead([], 0)
    lines = [line for line in path.read_text("utf-8", errors="replace").split("\n") if line.strip()]
    entries = [entry for line in lines if isinstance(entry := _entry(line), dict)]
    return LogRead(entries, len(lines) - len(entries))


def _entry(line: str) -> object:
    try:
        return read_json(line)
    except ValueError:
        return None
