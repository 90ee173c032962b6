"""A small valid workspace (tests/bad_input/small), and faults put into it: rows of tests/bad_input/*.yaml."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from liangqing import register
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.folders import user_state
from liangqing.register import Line, Void, witness
from liangqing.year.open_workspace import open_workspace

HERE = Path(__file__).resolve().parents[1]
BAD_INPUT = HERE / "bad_input"
CATALOGUE = HERE.parent / "templates" / "文种.yaml"
DAY = date(2021, 6, 1)


@dataclass(frozen=True)
class Change:
    """In `file` (below checklists/) the text `old` becomes `new`; without `old` the file is written anew."""

    file: str
    new: str
    old: str | None = None


@dataclass(frozen=True)
class Row:
    """A fault, and exactly what is said of it."""

    fault: str
    says: str
    about: str = ""
    text: str = ""
    changes: tuple[Change, ...] = ()
    issued: Mapping[str, date] = field(default_factory=dict)
    void: Mapping[str, date] = field(default_factory=dict)
    corrects: Mapping[str, str] = field(default_factory=dict)
    day: date = DAY


def rows(name: str) -> list[Row]:
    """The rows of tests/bad_input/<name>.yaml."""
    return [
        _row(each) for each in yaml.load((BAD_INPUT / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    ]


def cases(name: str) -> list[Any]:
    """The rows as parameters."""
    return [pytest.param(each, id=each.fault) for each in rows(name)]


def _row(tree: dict[str, Any]) -> Row:
    kinds: dict[str, Callable[[Any], Any]] = {
        "says": str.rstrip,
        "changes": _changes,
        "issued": _days,
        "void": _days,
        "corrects": dict,
        "day": date.fromisoformat,
    }
    return Row(**{"says": "", **{key: kinds.get(key, str)(each) for key, each in tree.items()}})


def _changes(tree: list[dict[str, str]]) -> tuple[Change, ...]:
    return tuple(Change(**each) for each in tree)


def _days(tree: Mapping[str, str]) -> dict[str, date]:
    return {key: date.fromisoformat(each) for key, each in tree.items()}


def told(diagnostics: Iterable[Diagnostic]) -> str:
    """Diagnostics as they are printed."""
    return "\n".join(map(str, diagnostics))


def write_small(root: Path, *changes: Change) -> Path:
    """The small workspace in `root`, with faults."""
    shutil.copytree(BAD_INPUT / "small", root / "checklists")
    (root / "templates").mkdir()
    shutil.copy(CATALOGUE, root / "templates")
    for change in changes:
        _apply(root / "checklists" / change.file, change)
    return root


def _apply(path: Path, change: Change) -> None:
    if change.old is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change.new, "utf-8")
        return
    before = path.read_text("utf-8")
    assert before.count(change.old) == 1, (change, before.count(change.old))
    path.write_text(before.replace(change.old, change.new), "utf-8")


def write_row(root: Path, row: Row) -> Path:
    """The small workspace with the faults of a row and what its register holds."""
    write_small(root, *row.changes)
    for subject, day in row.issued.items():
        book = register.load(root)
        line = letter_line(len(book.lines) + 1, subject, day)
        register.append(root, replace(line, corrects=row.corrects.get(subject, "")), book)
    for target, day in row.void.items():
        book = register.load(root)
        register.append(root, Void(len(book.lines) + 1, target, day, "发错"), book)
    return root


def forget_witnesses(root: Path) -> None:
    """Let nobody know what went out of a workspace: for a test that puts its register back by itself."""
    shutil.rmtree(root / witness.FOLDER, ignore_errors=True)
    shutil.rmtree(user_state() / "见证", ignore_errors=True)


def letter_line(serial: int, subject: str, day: date) -> Line:
    """A line for a letter of 2021 (`subject`: 整改函 ZG1, or ZG1) that went out as number `serial`; no paper is kept."""
    kind, _, code = subject.rpartition(" ")
    return Line(
        serial=serial,
        kind=kind or "整改函",
        subject=code,
        title="关于排污口的整改函",
        addressee="水生态科党支部",
        year=2021,
        issued=day,
        file=f"发文/2021/{serial}.docx",
        content="c" * 32,
        values="v" * 32,
        number=f"市纪驻某整〔2021〕{serial}号",
    )


def diagnose(root: Path, day: date = DAY) -> str:
    """Everything that `check` says of a workspace on a day."""
    try:
        return told(open_workspace(root, None, day, day).found)
    except Problems as problems:
        return told(problems.diagnostics)
