"""docxtpl and the engines that take its place under the same import name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.peers.serve import Context, Render

docxtpl: Any = import_module("docxtpl")  # whichever of them this environment holds


def reused(template: Path, _: Sequence[Context]) -> Render:
    """One object, rendered again and again (docxtpl's documentation, "Multiple rendering")."""
    document = docxtpl.DocxTemplate(template)

    def render(context: Context, path: Path) -> None:
        document.render(context, autoescape=True)
        document.save(path)

    return render


def fresh(template: Path, _: Sequence[Context]) -> Render:
    """A new object for each document."""

    def render(context: Context, path: Path) -> None:
        document = docxtpl.DocxTemplate(template)
        document.render(context, autoescape=True)
        document.save(path)

    return render


def reloaded(template: Path, _: Sequence[Context]) -> Render:
    """docxtpl-ng: one object that keeps its compiled program, taken back to the template each time."""
    document = docxtpl.Template(str(template))

    def render(context: Context, path: Path) -> None:
        document.reload()
        document.render(context)
        document.save(str(path))

    return render
