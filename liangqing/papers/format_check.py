"""Reads what was made before it is handed out: a 规定 of GB/T 9704 that a paper breaks is told, and stops nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.base.folders import TEMPLATES
from liangqing.gbt9704.check.deviations import NONE, Deviations, read_deviations

if TYPE_CHECKING:
    from liangqing.gbt9704.check.judge import FormatFinding

__all__ = ["Deviations", "own_deviations", "proofread"]

OWN = "版式偏离.yaml"  # of a workspace, in templates/


def own_deviations(root: Path) -> Deviations:
    """What the unit of a workspace has decided for itself. Raises Problems for a file with mistakes in it."""
    path = root / TEMPLATES / OWN
    if not path.is_file():
        return NONE
    from liangqing.gbt9704.check.rules import RULES

    return read_deviations(path, f"{TEMPLATES}/{OWN}", (rule.code for rule in RULES))


def proofread(
    papers: Iterable[tuple[str, bytes | None]],
    staged: Callable[[str], Path],
    folder: str,
    deviations: Deviations,
) -> list[Diagnostic]:
    """A warning for each 规定 that is broken: once a kind, at the first paper; kinds are the folders of the paths.

    A paper comes with its bytes, or without and is read where it is `staged`. They come from one template and differ
    in length most: of each kind and class of length one is read.
    """
    chosen: dict[tuple[str, int], tuple[str, bytes]] = {}
    for path, kept in papers:
        size = staged(path).stat().st_size if kept is None else len(kept)
        key = path.partition("/")[0], length_class(size)
        if key not in chosen:
            chosen[key] = path, staged(path).read_bytes() if kept is None else kept
    if not chosen:
        return []
    from liangqing.gbt9704.check.judge import check  # a build that changes nothing does not need it

    found: dict[tuple[str, str], tuple[str, FormatFinding, int]] = {}
    for (kind, _), (path, data) in chosen.items():
        for finding in check(data, path, deviations).findings:
            if finding.broken:
                key_of_rule = (kind, finding.rule.code)
                first = found.get(key_of_rule, (path, finding, 0))
                found[key_of_rule] = (first[0], first[1], first[2] + 1)
    return [_told(folder, *broken) for broken in found.values()]


def length_class(size: int) -> int:
    """Files of one class differ in bytes by a fifth at most."""
    return round(math.log(max(size, 1), 1.2))


def _told(folder: str, path: str, finding: FormatFinding, count: int) -> Diagnostic:
    rule = finding.rule
    more = f"；这个文种另有 {count - 1} 份也是" if count > 1 else ""
    message = f"{rule.name}（{rule.clause} {rule.strength.value}）：现为{finding.found}，应为{finding.expected}{more}"
    advice = f"在模板里改：{finding.mend}；本单位另有规定的写进 {TEMPLATES}/{OWN}（{rule.code}）"
    return warning(Code.STANDARD_BROKEN, Place(f"{folder}/{path}", detail=finding.place), message, advice)
