"""The workspaces of a person: those that were open, the last first, and those that lie where workspaces are made.

The former stand in a small file of the person's own, with nothing of the work. It is also how a desk that runs learns
of one that is opened by a second start: no path comes with a request.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from liangqing.base.folders import is_workspace
from liangqing.base.plain_json import load_json

MOST = 12
MOST_FOLDERS = 400  # that are looked into for workspaces


def recent(file: Path) -> list[Path]:
    """Those that are still there; a file that can't be read says nothing."""
    try:
        noted = load_json(file)
    except (OSError, ValueError):
        return []
    paths = [Path(name) for name in noted if isinstance(name, str)] if isinstance(noted, list) else []
    return [path for path in paths if path.is_absolute() and is_workspace(path)]


def remember(file: Path, root: Path) -> None:
    """Put a workspace at the head of the list; where it can't be written, nothing is remembered."""
    names = [str(root), *(str(path) for path in recent(file) if path != root)][:MOST]
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(names, ensure_ascii=False), "utf-8")
        beside.replace(file)


def found_beside(places: Iterable[Path]) -> list[Path]:
    """The workspaces in each of `places` and one folder deeper; what may not be read says nothing."""
    return list(dict.fromkeys(root for place in places for root in _within(place)))


def _within(place: Path) -> Iterator[Path]:
    for folder in _folders(place):
        if is_workspace(folder):
            yield folder
        else:
            yield from (inner for inner in _folders(folder) if is_workspace(inner))


def _folders(place: Path) -> list[Path]:
    try:
        with os.scandir(place) as found:
            names = [entry.name for entry in islice(found, MOST_FOLDERS) if _is_folder(entry)]
    except OSError:
        return []
    return [place / name for name in sorted(names)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
