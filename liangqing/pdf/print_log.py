"""What was printed: one line of JSON each, only ever added to, in checklists/, as it is a record and is to be kept."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from liangqing.base.folders import DATA
from liangqing.base.output_files import locked

FILE = f"{DATA}/打印记录.jsonl"
LOCK = f"{DATA}/.打印记录.lock"


def record(workspace: Path, entry: Mapping[str, object]) -> None:
    """Add a line, synced to disk. A line that was cut off before is ended, so that it spoils no other."""
    path = workspace / FILE
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    with locked(workspace / LOCK), path.open("a+b") as handle:
        if handle.tell():
            handle.seek(-1, os.SEEK_END)
            line = ("" if handle.read(1) == b"\n" else "\n") + line
        handle.write(line.encode())
        handle.flush()
        os.fsync(handle.fileno())
