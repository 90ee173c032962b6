"""What a loop or a lambda goes over is called by a noun, so that a line can be read by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sample import ROOT

NAMELESS = {"each", "it"}


def bound(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names that are bound anywhere in a module, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def test_nothing_is_called_each_or_it() -> None:
    paths = sorted((ROOT / "liangqing").rglob("*.py"))
    names = [(path.name, *found) for path in paths for found in bound(ast.parse(path.read_text("utf-8")))]
    assert len(names) > 5000
    assert [found for found in names if found[1] in NAMELESS] == []
