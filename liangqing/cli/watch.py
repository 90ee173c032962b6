"""What a person saves in a workspace, noticed by looking at names, sizes and times: works on a shared drive too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from liangqing.base.folders import DATA, TEMPLATES

PAUSE = 0.4  # seconds between two looks
_WATCHED = ((DATA, ".yaml"), (TEMPLATES, ".yaml"), (TEMPLATES, ".docx"), (TEMPLATES, ".xlsx"))


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Data and templates by name: time of the last change, size. Lock and backup files of editors are passed over."""
    found: dict[str, tuple[int, int]] = {}
    for folder, suffix in _WATCHED:
        for path in (root / folder).rglob(f"*{suffix}"):
            if path.name.startswith((".", "~$")):
                continue
            try:
                seen = path.stat()
            except FileNotFoundError:  # between the listing and the look
                continue
            found[path.relative_to(root).as_posix()] = seen.st_mtime_ns, seen.st_size
    return found


def changes(root: Path, *, wait: Callable[[float], None] = time.sleep) -> Iterator[tuple[str, ...]]:
    """The names of what is saved, added or removed from this call on, each time that nothing changes any more.

    Does not end. What is saved while the caller works on one is the next. `wait` is given the seconds between looks.
    """
    return _looks(root, snapshot(root), wait)


def _looks(
    root: Path, settled: dict[str, tuple[int, int]], wait: Callable[[float], None]
) -> Iterator[tuple[str, ...]]:
    last = settled
    while True:
        wait(PAUSE)
        now = snapshot(root)
        if now == last and now != settled:
            changed = _differ(settled, now)
            settled = now
            yield changed
        last = now


def _differ(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {**before, **after} if before.get(name) != after.get(name)))
