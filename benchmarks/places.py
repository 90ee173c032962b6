"""Where the benchmarks keep what they install and write; git knows nothing of it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "benchmarks" / ".cache"
REPORT = ROOT / "docs" / "基准.md"
WHOLE_REPORT = ROOT / "docs" / "整年基准.md"
TEMPLATES = ROOT / "templates"
_IN_MEMORY = Path("/dev/shm")


def scratch() -> Path:
    """Where documents are written and thrown away: in memory where that can be had, so that the engines are
    measured and not the journal of a disk that others use too."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else CACHE
