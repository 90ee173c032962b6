"""The sample, known by what its data say of themselves, wherever they lie. Light: asked by every command."""

from __future__ import annotations

from pathlib import Path

from liangqing.base.diagnostics import Problems
from liangqing.base.folders import DATA, REGISTER
from liangqing.data.yaml import places as source


def is_sample(root: Path) -> bool:
    """Whether the data of the workspace in `root` say that they are the sample (机构.示例).

    Files that can't be read say nothing.
    """
    files = (path for path in (root / DATA).glob("*.yaml") if path != root / REGISTER)
    return any(_says_so(path) for path in files)


def _says_so(path: Path) -> bool:
    try:
        tree = source.load(path, path.name).tree
    except Problems:
        return False
    group = tree.get("机构") if isinstance(tree, dict) else None
    return isinstance(group, dict) and group.get("示例") in ("是", "true")
