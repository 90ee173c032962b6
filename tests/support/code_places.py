"""Places in the code that docs/开发说明.md names, `path.py:line` `name`, with the line where the name stands: `make docs`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/开发说明.md"
PLACE = re.compile(r"`((?:liangqing|tests|template_sources)/[\w/]+\.py)(?::\d+)?` `([\w.]+)`")


def places(text: str) -> list[tuple[str, str]]:
    """The places that a text names: file and name."""
    return PLACE.findall(text)


def page(text: str) -> str:
    """The text with a fresh line at each place. Raises LookupError for a name that does not stand in its file."""
    return PLACE.sub(lambda found: f"`{found[1]}:{line_of(found[1], found[2])}` `{found[2]}`", text)


def line_of(file: str, name: str) -> int:
    """The line in which a function, class or constant of a file begins; `Class.method` for what is in a class."""
    known = _names(file)
    if name not in known:
        raise LookupError(f"{file} has no {name}")
    return known[name]


@cache
def _names(file: str) -> dict[str, int]:
    return dict(_defined(ast.parse((ROOT / file).read_text("utf-8")), ""))


def _defined(tree: ast.Module | ast.ClassDef, above: str) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield f"{above}{node.name}", node.lineno
        if isinstance(node, ast.ClassDef):
            yield from _defined(node, f"{above}{node.name}.")
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from ((f"{above}{name.id}", node.lineno) for name in targets if isinstance(name, ast.Name))


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
