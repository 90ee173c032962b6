"""What was printed: a line for each print, kept in checklists/, as it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from liangqing.base import append_log
from liangqing.base.folders import DATA

FILE = f"{DATA}/打印记录.jsonl"


def record(workspace: Path, entry: Mapping[str, object]) -> None:
    """Add a line, synced to disk."""
    append_log.append(workspace / FILE, [entry])
