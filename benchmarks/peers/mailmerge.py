"""docx-mailmerge2: Word's merge fields."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.letter import FINDINGS
from benchmarks.peers.serve import Context, Render

mailmerge: Any = import_module("mailmerge")


def merged(template: Path, _: Sequence[Context]) -> Render:
    def render(context: Context, path: Path) -> None:
        with mailmerge.MailMerge(template) as document:
            values = {name: value for name, value in context.items() if isinstance(value, str)}
            document.merge_rows(FINDINGS.fields[0], context[FINDINGS.name])
            document.merge(**values)
            document.write(path)

    return render
