"""Workspaces that are open on the desk: read anew as soon as one of their files changed, else kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TypeAlias

from liangqing.base.folders import DATA, TEMPLATES
from liangqing.year.open_workspace import OpenWorkspace, settled_workspace

Stamp: TypeAlias = frozenset[tuple[str, int, int]]  # path, time of change in nanoseconds, size in bytes
_Key: TypeAlias = tuple[Path, int | None, date | None, date, bool]
MOST = 8  # openings that are kept: a year on some days


@dataclass
class OpenedWorkspaces:
    """What was read, by workspace, year and day; the files on the disk decide whether it still holds."""

    kept: dict[_Key, tuple[Stamp, OpenWorkspace]] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def opened(
        self, root: Path, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = True
    ) -> OpenWorkspace:
        """As `settled_workspace`, which is asked only when a file changed since it was last."""
        key = (root, year, as_of, today, look_at_today)
        with self.lock:
            now = stamp_of(root)
            if key not in self.kept or self.kept[key][0] != now:
                opened = settled_workspace(root, year, as_of, today, look_at_today=look_at_today)
                self.kept.pop(key, None)
                self.kept[key] = (now, opened)
                while len(self.kept) > MOST:
                    self.kept.pop(next(iter(self.kept)))
            return self.kept[key][1]


def stamp_of(root: Path) -> Stamp:
    """What tells one state of the files of a workspace from another: those of data, kept papers and templates."""
    return frozenset(entry for folder in (DATA, TEMPLATES) for entry in _entries(root / folder))


def _entries(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path)
            else:
                seen = entry.stat(follow_symlinks=False)
                yield entry.path, seen.st_mtime_ns, seen.st_size


def name_of(root: Path) -> str:
    """The short name by which addresses call a workspace: no path stands in an address."""
    return hashlib.sha256(str(root).encode()).hexdigest()[:10]
