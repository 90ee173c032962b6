"""What was printed: a line for each print, kept in checklists/, as it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from liangqing.base import append_log
from liangqing.base.file_changes import FileChanges, write_together
from liangqing.base.folders import DATA, LOCK
from liangqing.base.output_files import locked

FILE = f"{DATA}/打印记录.jsonl"


def record(workspace: Path, entry: Mapping[str, object]) -> None:
    """Add a line, synced to disk: all of it or nothing. Raises Problems and OSError as `write_together` does."""
    with locked(workspace / LOCK):
        words = append_log.lines_after(workspace / FILE, [entry])
        write_together(workspace, FileChanges({}, {FILE: words}))
