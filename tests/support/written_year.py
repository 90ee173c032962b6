"""Years as plain data (random_year.py), written as files and opened as the program opens them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from random_year import Written
from sample import ROOT

from liangqing.data import workspace
from liangqing.register import Line, Register, Void
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing


def write(root: Path, written: Written) -> None:
    """The workspace as files; JSON is YAML that every scalar of which is quoted."""
    _write(root / "checklists" / "机构.yaml", {"机构": written.group})
    for number, sections in written.years.items():
        _write(root / "checklists" / str(number) / "全年.yaml", sections)


def _write(path: Path, tree: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree, ensure_ascii=False, default=str), "utf-8")


def register_of(written: Written) -> Register:
    """The lines as the program would have written them."""
    return Register(tuple(_line(serial, each) for serial, each in enumerate(written.lines, start=1)))


def _line(serial: int, line: dict[str, Any]) -> Line | Void:
    if "作废" in line:
        return Void(serial, line["作废"], line["日期"], "发错")
    return Line(
        serial=serial,
        number=line["文号"],
        kind=line["文种"],
        subject=line["对象"],
        year=line["年度"],
        issued=line["成文日期"],
        corrects=line.get("更正", ""),
        **dict.fromkeys(("title", "addressee", "file", "content", "values"), ""),  # type: ignore[arg-type]
    )


def open_written(root: Path, written: Written, year: int, day: date) -> OpenWorkspace:
    """One of the years as it stands on a day; what was written must be sound."""
    write(root, written)
    (root / "templates").mkdir(exist_ok=True)
    shutil.copy(ROOT / "templates" / "文种.yaml", root / "templates")
    data = workspace.load(root)
    assert data.diagnostics == (), [*map(str, data.diagnostics)]
    book = register_of(written)
    return OpenWorkspace(root, data, book, Standing(data.years[year], book, day, data.years))
