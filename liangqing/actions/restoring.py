"""A package of `backup` proved, and put back: every hash, the register's chain, the kept papers, what the witnesses know.

Nothing is written before all is proved, nothing outside of the folder that was named, and all files as one
(`liangqing.base.file_changes`): what is cut off is ended or undone by the next command.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from liangqing import register
from liangqing.actions.archiving.keeping import keep_folder
from liangqing.actions.backing_up import KINDS, LIST, NOTE, Backup, package_of, paths
from liangqing.base import file_changes
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, Severity, reason, refuse
from liangqing.base.file_changes import FileChanges, write_together
from liangqing.base.folders import BACKUPS, DATA, LOCK, REGISTER, TEMPLATES, is_workspace
from liangqing.base.output_files import locked, numbered_names
from liangqing.base.scratch import scratch_folder
from liangqing.register import Register
from liangqing.register.identity import refuse_newer
from liangqing.register.known_lines import KnownLine, Witness, known
from liangqing.register.reading import texts_in
from liangqing.register.witness import lacking, look_at
from liangqing.year.open_workspace import damage, kept_files

_MOST = 4 << 30  # bytes unpacked
_SMALL, _DENSEST = 64 << 20, 100  # bytes, and how many times the package what is unpacked may be beyond that
_LONGEST_LIST = 64 << 20
_NAMED = 5


@dataclass(frozen=True)
class ProvedBackup:
    """A package that is whole: its files by name, its day, and the register that is in it."""

    files: Mapping[str, bytes]
    day: str
    book: Register


@dataclass(frozen=True)
class Restored:
    """What was put back: how many files, how many lines, of which day; the package of what stood there before.

    `lost`: what went out after the backup, and is not in the register any more.
    """

    files: int
    lines: int
    day: str
    before: Backup | None
    lost: tuple[KnownLine, ...]


def restore(package: Path, folder: Path, today: date, *, older: bool = False) -> Restored:
    """Put a package back into a workspace, or into a folder that is new or empty.

    What stood there is packed below 备份/ before. Raises Problems, and writes nothing, where the package is not whole,
    where the folder holds something else, and, but for `older`, where the workspace has issued what the package lacks.
    """
    folder = folder.absolute()
    proved = prove(package)
    if folder.is_dir():
        file_changes.settle(folder)
    if is_workspace(folder):
        return _over(proved, folder, today, older=older)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "这个地方有别的东西，不是工作目录：什么也没有动"
        raise refuse(Code.RESTORE_PLACE_TAKEN, Place(str(folder)), message, "换一个新的文件夹名")
    if folder.exists():
        write_together(folder, FileChanges(dict(proved.files)))
    else:
        keep_folder(proved.files, folder)
    return Restored(len(proved.files), len(proved.book.hashes), proved.day, None, ())


def _over(proved: ProvedBackup, root: Path, today: date, *, older: bool) -> Restored:
    with locked(root / LOCK):
        refuse_newer(root)
        lost = _newer_there(root, proved.book)
        if lost and not older:
            names = "、".join(line.words for line in lost[:_NAMED]) + ("等" if len(lost) > _NAMED else "")
            message = (
                f"这个工作目录在备份以后还发过：{names}，共 {len(lost)} 条。恢复会少了它们，什么也没有动"
            )
            advice = (
                "先想好是不是真要退回去；要退的加 --older，恢复以后运行 recover，把它们的登记和存档找回来"
            )
            raise refuse(Code.BACKUP_IS_BEHIND, Place(str(root)), message, advice)
        register.recover(root)
        data, before = package_of(root, today, _aside(root, today))
        gone = {name: None for name in _present(root) if name not in proved.files}
        aside = {before.place.relative_to(root).as_posix(): data}
        write_together(root, FileChanges({**aside, **gone, **proved.files}))
    return Restored(len(proved.files), len(proved.book.hashes), proved.day, before, tuple(lost))


def _newer_there(root: Path, book: Register) -> list[KnownLine]:
    """What went out of a workspace and is not in a register, as its own register and the witnesses know it."""
    there = register.load(root)
    own = [known(line, digest) for line, digest in zip(there.lines, there.hashes, strict=False)]
    found = lacking(Witness("", "", tuple(own)), book) if there.whole else []
    digests = {line.digest for line in found}
    return [*found, *(line for line in look_at(root).lost(book) if line.digest not in digests)]


def _present(root: Path) -> list[str]:
    """The files that a package would hold."""
    return [path.relative_to(root).as_posix() for path in paths(root)]


def _aside(root: Path, today: date) -> Path:
    names = (root / BACKUPS / f"{name}.zip" for name in numbered_names(f"恢复前-{today}"))
    return next(place for place in names if not place.exists())


def prove(package: Path) -> ProvedBackup:
    """Read a package and prove it: each file by its hash, none more and none less, the register by its chain.

    Raises Problems for what is no package, was changed or damaged, or holds what is written by a later program.
    """
    files, listed = _read(package)
    if not {DATA, TEMPLATES} <= {PurePosixPath(name).parts[0] for name in files}:
        raise _changed(package, f"里面没有 {DATA} 和 {TEMPLATES}")
    with scratch_folder() as root:
        for name, data in files.items():
            if name.startswith(f"{DATA}/"):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(data)
        refuse_newer(root)
        book = register.load(root)
        errors = [problem for problem in damage(book, kept_files(root)) if problem.severity is Severity.ERROR]
        texts = texts_in(root / REGISTER)
    told = listed["登记"] if isinstance(listed["登记"], dict) else {}
    if errors:
        raise Problems([_changed(package, "里面的登记或存档有损").diagnostics[0], *errors])
    if told.get("条数") != len(texts) or told.get("末行") != (book.hashes[-1] if book.hashes else ""):
        raise _changed(package, "登记和清单上写的条数对不上")
    return ProvedBackup(files, str(listed["日期"]), book)


def _read(package: Path) -> tuple[dict[str, bytes], dict[str, Any]]:
    try:
        with zipfile.ZipFile(package) as opened:
            infos = {info.filename: info for info in opened.infolist() if not info.is_dir()}
            size = sum(info.file_size for info in infos.values())
            if size > min(_MOST, _SMALL + _DENSEST * package.stat().st_size):
                raise _changed(package, "解开来大得不像备份")
            if len(infos) != len(opened.infolist()):
                raise _changed(package, "里面有重名的文件或空文件夹")
            if LIST not in infos or infos[LIST].file_size > _LONGEST_LIST:
                raise _no_backup(package)
            listed = _list_of(package, opened.read(LIST))
            names = infos.keys() - {LIST}
            if names != listed["文件"].keys() or not all(map(_fits, names)):
                raise _changed(package, "里面的文件和清单对不上，或有不该有的名称")
            return {name: _proved(package, opened, name, listed) for name in sorted(names)}, listed
    except OSError as problem:
        message = f"文件读不出来（{reason(problem)}）"
        raise refuse(Code.BACKUP_UNREADABLE, Place(str(package)), message, "核对文件名和权限") from None
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ):
        raise _no_backup(package) from None


def _proved(package: Path, opened: zipfile.ZipFile, name: str, listed: dict[str, Any]) -> bytes:
    """A file of a package; raises Problems at the first that is not what was packed."""
    data = opened.read(name)
    if hashlib.sha256(data).hexdigest() != listed["文件"][name]:
        raise _changed(package, f"{name} 和备份时不一样")
    return data


def _list_of(package: Path, data: bytes) -> dict[str, Any]:
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError):
        raise _no_backup(package) from None
    keys = {"文件", "登记", "日期", "格式"}
    if not isinstance(listed, dict) or not keys <= listed.keys() or not isinstance(listed["文件"], dict):
        raise _no_backup(package)
    if listed["格式"] != 1:
        raise _changed(package, "是较新的程序做的，请管理员升级程序再恢复")
    return listed


def _fits(name: str) -> bool:
    """Whether a name stays below the folder, in one of those that a backup has, on every system."""
    parts = name.split("/")
    plain = all(part not in ("", ".", "..") and not set(part) & set('\\:*?"<>|\0') for part in parts)
    return plain and ((parts[0] in KINDS and len(parts) > 1) or name == NOTE)


def _no_backup(package: Path) -> Problems:
    message = "不是本程序做的备份，或已经损坏：什么也没有动"
    return refuse(Code.NO_BACKUP, Place(str(package)), message, "换一份备份；备份是 backup 做出的 .zip")


def _changed(package: Path, what: str) -> Problems:
    message = f"备份不完整或被改过：{what}。什么也没有动"
    return refuse(Code.BACKUP_CHANGED, Place(str(package)), message, "换一份备份再恢复")
