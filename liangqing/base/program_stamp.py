"""Which program this is: what it once noted down is believed by the very same program alone."""

from __future__ import annotations

import hashlib
import platform
import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def program_stamp() -> str:
    """32 hex digits that change whenever a file of the package, Python, or a library beside it is another one."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.suffix not in ("", ".pyc"))
    told = [(path.relative_to(_PACKAGE).as_posix(), *_seen(path)) for path in files]
    return hashlib.sha256(repr((platform.python_version(), told, libraries())).encode()).hexdigest()[:32]


def libraries() -> list[str]:
    """The installed distributions with their versions (lxml-5.2.1.dist-info), ours among them, without importing any."""
    folders = [Path(folder) for folder in sys.path]
    return sorted(path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info"))


def _seen(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns
