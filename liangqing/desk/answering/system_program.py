"""A file that this program made, opened with what the person's system has for it (Word, WPS)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_STARTERS = {"darwin": "open", "linux": "xdg-open"}


def opened_by_system(file: Path) -> bool:
    """Have the system open a file; False where it has no program for it, or no screen."""
    if sys.platform == "win32":
        start: Callable[[str], object] = getattr(os, "startfile")  # noqa: B009 - only there on Windows
        try:
            start(str(file))
        except OSError:
            return False
        return True
    program = shutil.which(_STARTERS.get(sys.platform, "xdg-open"))
    if program is None:
        return False
    quiet = subprocess.DEVNULL
    try:
        ran = subprocess.run(
            [program, str(file)], stdin=quiet, stdout=quiet, stderr=quiet, check=False, timeout=10
        )
    except subprocess.TimeoutExpired:  # it stays in front of the program that it started
        return True
    return ran.returncode == 0
