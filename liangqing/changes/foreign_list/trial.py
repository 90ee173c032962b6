"""The new workspace on trial: what is wrong with what the lists say, though places are still to be filled in.

Data with gaps can't be judged. So a copy is judged in which every gap has something in it that breaks no rule, and what
is told of a record with such a gap, or of one that hangs on it, is left out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from liangqing.base.diagnostics import Diagnostic, Problems, Severity
from liangqing.base.folders import DATA
from liangqing.base.scratch import scratch_folder
from liangqing.changes.foreign_list.imported import ImportedList
from liangqing.changes.foreign_list.names import FINDING, INSPECTION
from liangqing.year.open_workspace import open_workspace

BLANK = re.compile(r"^(?P<head>\s*(?:- )?(?P<key>[^\s#:]+):)\s+# 填：.*$", re.MULTILINE)
# What stands in a gap, by file and key, else by key; {year} is that of the folder.
_FILLED = {
    "检查/类型": "抽查",
    "检查/单位": "[U01]",
    "问题/单位": "U01",
    "单位/类型": "单位",
    "负责人": "{{职务: 某某}}",
    "依据": "[某某]",
    "责任单位": "[U01]",
    "开始日期": "{year}-01-01",
    "完成时限": "{year}-12-31",
}


def blanks(root: Path) -> int:
    """How many places of a workspace a person has to fill in."""
    return sum(len(BLANK.findall(path.read_text("utf-8"))) for path in (root / DATA).rglob("*.yaml"))


def wrong_in(root: Path, imported: ImportedList, today: date) -> list[Diagnostic]:
    """The errors of a new workspace in `root` that no gap explains, each with the cell that it comes from."""
    with scratch_folder() as trial:
        shutil.copytree(root / DATA, trial / DATA)
        for path in (trial / DATA).rglob("*.yaml"):
            path.write_text(_filled(path), "utf-8", newline="\n")
        try:
            found = open_workspace(trial, None, None, today).judge(kept=False)
        except Problems as problems:
            found = list(problems.diagnostics)
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        unsure = set(_with_gaps(imported))
        return [
            imported.at_cell(trial, problem)
            for problem in errors
            if imported.entry_at(trial, problem.place) not in unsure
        ]


def _filled(path: Path) -> str:
    def value(found: re.Match[str]) -> str:
        key = found["key"]
        word = _FILLED.get(f"{path.stem}/{key}") or _FILLED.get(key, "某某")
        return f"{found['head']} {word.format(year=path.parent.name)}"

    return BLANK.sub(value, path.read_text("utf-8"))


def _with_gaps(imported: ImportedList) -> Iterator[int]:
    """The records that have gaps, and the findings of inspections that have, by identity."""
    gaps: set[tuple[int, object]] = set()
    for year, section, entry in imported.entries():
        if entry.to_fill:
            yield id(entry)
        if entry.to_fill and section == INSPECTION:
            gaps.add((year, entry.values["编号"]))
    for year, section, entry in imported.entries():
        if section == FINDING and (year, entry.values["检查"]) in gaps:
            yield id(entry)
