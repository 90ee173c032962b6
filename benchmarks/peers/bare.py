"""python-docx alone: the floor under everything that is built on it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.peers.serve import Context, Render

docx: Any = import_module("docx")


def resaved(template: Path, _: Sequence[Context]) -> Render:
    """Open and save, nothing changed."""

    def render(_context: Context, path: Path) -> None:
        docx.Document(str(template)).save(str(path))

    return render
