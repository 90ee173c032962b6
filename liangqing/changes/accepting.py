"""What was judged good written down: all files of a run or none, with backups, originals and the log of changes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse
from liangqing.base.folders import LOCK
from liangqing.base.output_files import locked, numbered_names, write_durably
from liangqing.changes import change_log
from liangqing.changes.judging import JudgedRun
from liangqing.year.open_workspace import OpenWorkspace

BACKUPS = "备份"


@dataclass(frozen=True)
class Taken:
    """What was written, by name below the workspace: files of the data, backups of them, originals."""

    files: tuple[str, ...]
    copies: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()


def accept(opened: OpenWorkspace, judged: JudgedRun, today: date) -> Taken:
    """Write what was judged, each file whole, after a copy of what was there was put into 备份/<today>/.

    Raises Problems, and writes nothing, where a file was changed in the meantime; OSError, with everything put back,
    where one can't be written, and Problems with those that could not be put back either.
    """
    root = opened.root
    with locked(root / LOCK):
        for name, (before, _) in judged.files.items():
            _refuse_changed(root, name, before)
        for name in judged.originals:
            _refuse_changed(root, name, None)
        copies = _copies(root, judged, today)
        _write(root, judged, copies)
    return Taken(tuple(judged.files), tuple(copies), tuple(judged.originals))


def _refuse_changed(root: Path, name: str, before: bytes | None) -> None:
    path = root / name
    if (path.read_bytes() if path.exists() else None) != before:
        raise refuse(
            Code.FILE_JUST_CHANGED,
            Place(name),
            "这个文件刚才又被改过，什么也没有写",
            "再运行一次刚才的命令",
        )


def _copies(root: Path, judged: JudgedRun, today: date) -> Mapping[str, bytes]:
    """The backups that are to be: a folder of the day, which is not there yet."""
    names = numbered_names(today.isoformat())
    folder = next(name for name in names if not (root / BACKUPS / name).exists())
    return {
        f"{BACKUPS}/{folder}/{name}": before
        for name, (before, _) in judged.files.items()
        if before is not None
    }


def _write(root: Path, judged: JudgedRun, copies: Mapping[str, bytes]) -> None:
    """Backups, originals, files and log, or nothing: what was written before one fails is put back.

    Raises Problems with each file that could not be put back; the backups of these stay.
    """
    beside = {**copies, **judged.originals}
    try:
        for name, data in beside.items():
            write_durably(root / name, data)
        for name, (_, after) in judged.files.items():
            write_durably(root / name, after)
        change_log.record(root, judged.log)
    except OSError as failed:
        backups = {name.split("/", 2)[2]: name for name in copies}
        files = {name: before for name, (before, _) in judged.files.items()}
        stuck = [name for name, before in files.items() if not _is_put_back(root, root / name, before)]
        for name in beside.keys() - {backups.get(name) for name in stuck}:
            _is_put_back(root, root / name, None)
        if stuck:
            raise Problems([_not_put_back(name, backups.get(name)) for name in stuck]) from failed
        raise


def _not_put_back(name: str, backup: str | None) -> Diagnostic:
    message = (
        "写到一半出错（磁盘满，或文件正被打开），这个文件没能恢复成原来的样子，别的文件都已恢复或在这里列出"
    )
    if backup is None:
        return error(Code.NOT_PUT_BACK, Place(name), message, "原来没有这个文件：先腾出磁盘空间，再删掉它")
    advice = f"原来的内容备份在 {backup}：先腾出磁盘空间、关掉打开着的文件，再把备份拷回来盖掉它"
    return error(Code.NOT_PUT_BACK, Place(name), message, advice)


def _is_put_back(root: Path, path: Path, before: bytes | None) -> bool:
    """Put a file back as it was (None: it was not there); whether that could be done."""
    try:
        if before is None:
            _take_back(root, path)
        elif path.read_bytes() != before:
            write_durably(path, before)
    except OSError:
        return False
    return True


def _take_back(root: Path, path: Path) -> None:
    """Remove a file that was not there, and the folders that were made for it."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root:
            break
        with suppress(OSError):
            folder.rmdir()
