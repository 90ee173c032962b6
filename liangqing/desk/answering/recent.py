"""The workspaces that a person had open, the last first: in a small file of the person's own, with nothing of the work."""

from __future__ import annotations

import json
from pathlib import Path

from liangqing.base.folders import is_workspace

MOST = 12


def recent(file: Path) -> list[Path]:
    """Those that are still there; a file that can't be read says nothing."""
    try:
        noted = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    paths = [Path(name) for name in noted if isinstance(name, str)] if isinstance(noted, list) else []
    return [path for path in paths if path.is_absolute() and is_workspace(path)]


def remember(file: Path, root: Path) -> None:
    """Put a workspace at the head of the list."""
    names = [str(root), *(str(path) for path in recent(file) if path != root)][:MOST]
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(json.dumps(names, ensure_ascii=False), "utf-8")
    beside.replace(file)
