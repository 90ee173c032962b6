"""A template to begin with, its entry in the catalogue, and a new version in the place of one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, reason, refuse
from liangqing.base.file_changes import FileChanges, settle, write_together
from liangqing.base.file_names import fault_of
from liangqing.base.folders import BACKUPS, CATALOGUE, LOCK, TEMPLATES
from liangqing.base.left_behind import place_file
from liangqing.base.output_files import locked, numbered_names
from liangqing.base.safe_files import refuse_links
from liangqing.papers.catalogue import template_at
from liangqing.papers.rendering import load_catalogue
from liangqing.papers.starters import NUMBERED, starter
from liangqing.papers.template_check import kinds_by_file, template_faults
from liangqing.variables.subjects import variables

DEFAULT_SUBJECT = "单位"


@dataclass(frozen=True)
class NewTemplate:
    """A template that was written: its place below the workspace, and the lines of a kind that the catalogue lacks."""

    file: str
    lines: tuple[str, ...]


def is_name_of_kind(name: str) -> bool:
    """Whether a kind of paper may be called so: its name becomes that of a file."""
    return fault_of(f"{name}.docx" if name else name) is None and fault_of(name) is None


def new_template(root: Path, name: str, layout: str, subject: str) -> NewTemplate:
    """Write the starter of a format as the template of a kind; `subject` is the value of its 对象 or 逐.

    Raises Problems where there is such a template, and where it can't be written.
    """
    known = load_catalogue(root).entries
    path = template_at(root, f"{name}.docx")
    if path.exists():
        raise refuse(
            Code.TEMPLATE_EXISTS,
            Place(f"{TEMPLATES}/{path.name}"),
            "已经有这个模板，不覆盖",
            "换一个文种名，或先把它改名",
        )
    refuse_links(root, path)
    try:
        place_file(path, starter(layout, variables(subject).keys()))
    except OSError as problem:
        raise refuse(
            Code.COPY_NOT_WRITTEN, Place(str(path)), f"写不进去（{reason(problem)}）", "看看磁盘和权限"
        ) from problem
    lines: tuple[str, ...] = ()
    if name not in known:
        taken = {entry.kind.command for entry in known.values()}
        command = next(
            f"paper-{number}" for number in range(1, len(taken) + 2) if f"paper-{number}" not in taken
        )
        lines = tuple(_entry(name, command, subject, numbered=layout in NUMBERED))
    return NewTemplate(f"{TEMPLATES}/{path.name}", lines)


def _entry(kind: str, command: str, subject: str, *, numbered: bool) -> Iterator[str]:
    """The lines of a kind of paper in the catalogue."""
    code = "文号 or '草稿-' ~ 对象编号" if numbered else "对象编号"
    name = f"{kind}-{{{{ {code} }}}}"
    yield f"{kind}:"
    yield f"  命令: {command}"
    yield "  阶段: 清查确责"
    yield f"  说明: {kind}"
    yield f"  模板: {kind}.docx"
    host, _, below = subject.partition(".")
    yield f"  对象: {host}"
    if below:
        yield f"  逐: {subject}"
    yield f'  标题: "{kind}"'
    yield f'  文件名: "{name}"'
    yield "  文号: {代字: 函}" if numbered else "  定稿: 是"


def enter_kind(root: Path, lines: tuple[str, ...], today: date) -> None:
    """Add the lines of a kind to the end of the catalogue, after a copy of it was put into 备份.

    Raises Problems, with the catalogue as it was, where it can't be read with them, and as `write_together` does.
    """
    path = root / CATALOGUE
    with locked(root / LOCK):
        settle(root)
        before = path.read_bytes()
        ending = b"" if before.endswith(b"\n") else b"\n"
        after = before + ending + "\n".join((*lines, "")).encode()
        load_catalogue(root, after)
        write_together(root, FileChanges({_backup(root, CATALOGUE, today): before, CATALOGUE: after}))


def replace_template(root: Path, file: str, data: bytes, today: date) -> tuple[Diagnostic, ...]:
    """Put a new version of a template of the catalogue in its place, after a copy of the old one was put into 备份.

    What is to be known of it (warnings). Raises Problems, and changes nothing, where it is wrong for a kind that
    uses it.
    """
    name = f"{TEMPLATES}/{file}"
    kinds = kinds_by_file(load_catalogue(root))[file]
    subjects = dict.fromkeys(entry.subject_kind for entry in kinds)
    found = tuple(
        dict.fromkeys(fault for subject in subjects for fault in template_faults(data, name, subject))
    )
    if any(fault.severity is Severity.ERROR for fault in found):
        raise Problems(found)
    with locked(root / LOCK):
        settle(root)
        path = root / name
        before = {_backup(root, name, today): path.read_bytes()} if path.exists() else {}
        write_together(root, FileChanges({**before, name: data}))
    return found


def _backup(root: Path, name: str, today: date) -> str:
    """Where a copy of a file of the workspace goes, in a folder of the day that is not there yet."""
    folders = (f"{BACKUPS}/{folder}" for folder in numbered_names(today.isoformat()))
    return f"{next(folder for folder in folders if not (root / folder).exists())}/{name}"
