"""Reads what was made before it is handed out: a 规定 of GB/T 9704 that a paper breaks is told, and stops nothing."""

from __future__ import annotations

from collections.abc import Iterable
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
FEW = 8  # papers of a kind that are read: they come from one template, and differ in length most


def own_deviations(root: Path) -> Deviations:
    """What the unit of a workspace has decided for itself. Raises Problems for a file with mistakes in it."""
    path = root / TEMPLATES / OWN
    if not path.is_file():
        return NONE
    from liangqing.gbt9704.check.rules import RULES

    return read_deviations(path, f"{TEMPLATES}/{OWN}", (rule.code for rule in RULES))


def proofread(papers: Iterable[tuple[str, bytes]], folder: str, deviations: Deviations) -> list[Diagnostic]:
    """A warning for each 规定 that is broken: once a kind, at the first paper; kinds are the folders of the paths.

    Of each kind at most `FEW` papers are read, from the shortest to the longest.
    """
    kinds: dict[str, list[tuple[str, bytes]]] = {}
    for path, data in papers:
        kinds.setdefault(path.partition("/")[0], []).append((path, data))
    if not kinds:
        return []
    from liangqing.gbt9704.check.judge import check  # a build that changes nothing does not need it

    found: dict[tuple[str, str], tuple[str, FormatFinding, int]] = {}
    for kind, of_kind in kinds.items():
        for path, data in _few(of_kind):
            for finding in check(data, path, deviations).findings:
                if finding.broken:
                    key = (kind, finding.rule.code)
                    first = found.get(key, (path, finding, 0))
                    found[key] = (first[0], first[1], first[2] + 1)
    return [_told(folder, *case) for case in found.values()]


def _few(papers: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The shortest, the longest and some between, in the order of the paths."""
    if len(papers) <= FEW:
        return papers
    by_length = sorted(papers, key=lambda paper: (len(paper[1]), paper[0]))
    step = (len(by_length) - 1) / (FEW - 1)
    return sorted({by_length[round(index * step)] for index in range(FEW)})


def _told(folder: str, path: str, finding: FormatFinding, count: int) -> Diagnostic:
    rule = finding.rule
    more = f"；这个文种另有 {count - 1} 份也是" if count > 1 else ""
    message = f"{rule.name}（{rule.clause} {rule.strength.value}）：现为{finding.found}，应为{finding.expected}{more}"
    advice = f"在模板里改：{finding.mend}；本单位另有规定的写进 {TEMPLATES}/{OWN}（{rule.code}）"
    return warning(Code.STANDARD_BROKEN, Place(f"{folder}/{path}", detail=finding.place), message, advice)
