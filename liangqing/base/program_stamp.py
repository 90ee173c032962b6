"""Which program this is: what it once noted down is believed by the very same program alone."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def program_stamp() -> str:
    """32 hex digits that change whenever a file of the package, or Python, is another one."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.suffix not in ("", ".pyc"))
    told = [(path.relative_to(_PACKAGE).as_posix(), *path.stat()[6:9:2]) for path in files]
    return hashlib.sha256(repr((platform.python_version(), told)).encode()).hexdigest()[:32]
