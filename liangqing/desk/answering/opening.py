"""Workspaces that are open on the desk: read anew as soon as one of their files changed, else kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TypeAlias, TypeVar

from liangqing.base.file_changes import is_cut_off
from liangqing.base.folders import DATA, TEMPLATES
from liangqing.base.scratch import scratch_belongs_to
from liangqing.year.open_workspace import OpenWorkspace, opened_again, settled_workspace

Stamp: TypeAlias = frozenset[tuple[str, int, int]]  # path, time of change in nanoseconds, size in bytes
_Name = TypeVar("_Name")
_Value = TypeVar("_Value")
_View: TypeAlias = tuple[
    int | None, date | None, date, bool
]  # year, chosen day, today, whether to look at today
MOST = 3  # workspaces that are kept
MOST_VIEWS = 8  # of each: a year on a day, with what was counted there


@dataclass
class KeptWorkspace:
    """What was read of a workspace while its files were as `stamp` says, and how it was looked at since."""

    stamp: Stamp
    views: dict[_View, OpenWorkspace] = field(default_factory=dict)


@dataclass
class OpenedWorkspaces:
    """What was read, by workspace, year and day; the files on the disk decide whether it still holds.

    The data of a workspace are read once for all years and days. Two requests at once read them once.
    """

    kept: dict[Path, KeptWorkspace] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def opened(
        self, root: Path, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = True
    ) -> OpenWorkspace:
        """As `settled_workspace`, which is asked only when a file changed since it was last."""
        scratch_belongs_to(root)
        view = (year, as_of, today, look_at_today)
        with self.lock:
            now = stamp_of(root)
            kept = self.kept.get(root)
            if kept is None or kept.stamp != now or is_cut_off(root):
                opened = settled_workspace(root, year, as_of, today, look_at_today=look_at_today)
                kept = KeptWorkspace(now, {view: opened})
            elif view not in kept.views:
                first = next(iter(kept.views.values()))
                kept.views[view] = opened_again(first, year, as_of, today, look_at_today=look_at_today)
            opened = _put_last(kept.views, view, MOST_VIEWS)
            self.kept[root] = kept
            _put_last(self.kept, root, MOST)
            return opened


def _put_last(kept: dict[_Name, _Value], name: _Name, most: int) -> _Value:
    """Make the entry the last, so that it stays longest, and drop the first ones beyond `most`; the entry."""
    value = kept[name] = kept.pop(name)
    while len(kept) > most:
        del kept[next(iter(kept))]
    return value


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
                continue
            with suppress(FileNotFoundError):  # what an editor writes beside a file comes and goes
                seen = entry.stat(follow_symlinks=False)
                yield entry.path, seen.st_mtime_ns, seen.st_size


def name_of(root: Path) -> str:
    """The short name by which addresses call a workspace: no path stands in an address."""
    return hashlib.sha256(str(root).encode()).hexdigest()[:10]
