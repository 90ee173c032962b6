"""A file that was not there before: it appears whole or not at all, whatever becomes of the program meanwhile."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import EEXIST
from pathlib import Path

from liangqing.base.safe_files import temporary_of, write_all, write_durably

_NAMELESS = getattr(os, "O_TMPFILE", 0)  # Linux alone: a file that has no name until it gets one


def write_new_whole(path: Path, data: bytes) -> None:
    """Write a file, and make its folder where there is none, synced to disk. Raises OSError, also where something stands in its place.

    Where the system knows files without a name, nothing is left of one that a program was killed over; elsewhere a
    hidden file may be, which the next one of that name removes.
    """
    if os.path.lexists(path):
        raise FileExistsError(EEXIST, "there already", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    if _NAMELESS and _named_when_done(path, data):
        return
    try:
        write_durably(path, data)
    finally:
        with suppress(OSError):
            temporary_of(path).unlink(missing_ok=True)


def _named_when_done(path: Path, data: bytes) -> bool:
    """Whether it could be done so; not every disk can. Raises OSError where there is no room."""
    try:
        number = os.open(path.parent, _NAMELESS | os.O_WRONLY, 0o666)
    except OSError:
        return False
    try:
        write_all(number, data)
        os.fsync(number)
        return _named(number, path)
    finally:
        os.close(number)


def _named(number: int, path: Path) -> bool:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(
            f"/proc/self/fd/{number}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True
        )
        with suppress(OSError):
            os.fsync(folder)
    except FileExistsError:
        raise
    except OSError:  # no /proc, or a disk without such names
        return False
    finally:
        os.close(folder)
    return True
