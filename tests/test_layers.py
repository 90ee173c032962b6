"""Imports point strictly downwards; what stands in one layer does not import its neighbours (docs/开发说明.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "liangqing"

# From the top down. A name is a module or a sub-package of liangqing.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("build_cli", "issuing_cli", "printing_cli"),
    ("collect_cli", "completion_cli", "following_cli", "format_cli", "press_cli", "templates_cli"),
    ("console",),
    ("lifecycle", "collecting", "new_year", "printing", "proposing", "start", "verify"),
    ("pipeline",),
    ("dashboard",),
    ("adopt", "status"),
    ("drift",),
    ("documents",),
    ("ledger",),
    ("context", "catalogue", "house", "opened"),
    ("rules", "owing", "ladder", "repeats"),
    ("figures",),
    ("workspace", "register", "proof", "press", "watching", "forms"),
    ("references",),
    ("model", "store", "splice", "engine", "gbt9704", "compare"),
    ("source", "ooxml", "layout", "workdays", "yaml_text"),
    ("errors", "guard", "wording"),
)
LEVEL = {name: depth for depth, names in enumerate(LAYERS) for name in names}


def modules() -> dict[str, list[Path]]:
    """The files of each unit of a layer."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts != ("__init__",):
            found.setdefault(parts[0], []).append(path)
    return found


def imported(path: Path) -> Iterator[str]:
    """The units of liangqing that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("liangqing.") and name.count("."))


def test_every_module_stands_in_a_layer() -> None:
    assert set(modules()) == set(LEVEL)


def test_imports_point_down() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for unit, paths in modules().items()
        for path in paths
        for name in imported(path)
        if name not in (unit, "__version__") and LEVEL[name] <= LEVEL[unit]
    ]
    assert wrong == []


def test_the_engine_knows_nothing_of_the_domain() -> None:
    allowed = {"engine", "errors", "ooxml"}
    seen = {name for path in modules()["engine"] for name in imported(path)}
    assert "errors" in seen
    assert seen <= allowed


def test_only_the_command_line_prints_exits_or_reads_the_clock() -> None:
    forbidden = {"print", "exit", "today", "now"}
    wrong = [
        f"{path.name}:{node.lineno}"
        for unit, paths in modules().items()
        if LEVEL[unit] > LEVEL["console"]
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) in forbidden or getattr(node.func, "attr", None) in forbidden)
    ]
    assert wrong == []
