"""What was judged good written down: all files of a run or none, with backups, originals and the log of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.file_changes import FileChanges, settle, write_together
from liangqing.base.folders import BACKUPS, LOCK
from liangqing.base.output_files import locked, numbered_names
from liangqing.changes import change_log
from liangqing.changes.judging import JudgedRun
from liangqing.year.open_workspace import OpenWorkspace


@dataclass(frozen=True)
class Taken:
    """What was written, by name below the workspace: files of the data, backups of them, originals."""

    files: tuple[str, ...]
    copies: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()


def accept(opened: OpenWorkspace, judged: JudgedRun, today: date) -> Taken:
    """Write what was judged, each file whole, after a copy of what was there was put into 备份/<today>/.

    Raises Problems, and writes nothing, where a file was changed in the meantime; and as `write_together` does.
    """
    root = opened.root
    with locked(root / LOCK):
        settle(root)
        for name, before in _before(judged).items():
            _refuse_changed(root, name, before)
        for name in judged.originals:
            _refuse_changed(root, name, None)
        copies = _copies(root, judged, today)
        files = {name: after for name, (_, after) in judged.files.items()}
        gone = dict.fromkeys(judged.gone)
        log = change_log.lines(root, judged.log)
        write_together(root, FileChanges({**copies, **judged.originals, **files, **gone}, log))
    return Taken((*judged.files, *judged.gone), tuple(copies), tuple(judged.originals))


def _refuse_changed(root: Path, name: str, before: bytes | None) -> None:
    path = root / name
    if (path.read_bytes() if path.exists() else None) != before:
        raise refuse(
            Code.FILE_JUST_CHANGED,
            Place(name),
            "这个文件刚才又被改过，什么也没有写",
            "再做一次刚才的事",
        )


def _copies(root: Path, judged: JudgedRun, today: date) -> Mapping[str, bytes]:
    """The backups that are to be: a folder of the day, which is not there yet."""
    names = numbered_names(today.isoformat())
    folder = next(name for name in names if not (root / BACKUPS / name).exists())
    return {
        f"{BACKUPS}/{folder}/{name}": before for name, before in _before(judged).items() if before is not None
    }


def _before(judged: JudgedRun) -> dict[str, bytes | None]:
    """Each file that is touched, as it is; None: it is not there."""
    return {**{name: before for name, (before, _) in judged.files.items()}, **judged.gone}
