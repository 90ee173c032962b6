"""A file written whole, and never through a link: what stands under its name afterwards is the old file or the new one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse

TEMPORARY = ".tmp"  # how the file ends, beside its place, that a write was killed over
_NOT_THROUGH_LINKS = getattr(
    os, "O_NOFOLLOW", 0
)  # Windows has no such thing; there the file is new or refused
_BINARY = getattr(os, "O_BINARY", 0)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT
_TRIES = 50  # times in a row that another program may take an empty folder away
_Made = TypeVar("_Made")


def made_within(folder: Path, make: Callable[[], _Made], *, mode: int = 0o777) -> _Made:
    """What `make` makes in `folder`, which is made where it is missing.

    And made again where another program, or another page of the desk, found it empty and took it away at this moment.
    Raises OSError.
    """
    tries = 0
    while True:
        try:
            folder.mkdir(mode=mode, parents=True, exist_ok=True)
            return make()
        except (FileNotFoundError, FileExistsError):  # gone before `make`, or between two looks of mkdir
            tries += 1
            if tries == _TRIES:
                raise


def write_durably(path: Path, data: bytes) -> None:
    """Replace `path` as a whole: a temporary file beside it, fsync, rename. On failure the old file stands.

    A link in its place, or in that of the temporary file, is replaced and never followed. Raises OSError, which names `path` itself.
    """
    _replace(path, data, synced=True)
    with suppress(OSError):  # it is in its place; only after a power cut the old one may stand there again
        sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """The same for what may be lost in a power cut: notes of the program for its own next run."""
    _replace(path, data, synced=False)


def _replace(path: Path, data: bytes, *, synced: bool) -> None:
    temporary = temporary_of(path)
    try:
        made_within(path.parent, lambda: _write_anew(temporary, data, synced=synced))
        temporary.replace(path)
    except OSError as problem:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        problem.filename = str(path)
        raise


def _write_anew(path: Path, data: bytes, *, synced: bool) -> None:
    path.unlink(missing_ok=True)
    write_new_file(path, data, synced=synced)


def temporary_of(path: Path) -> Path:
    """The file beside its place that a file is written into first."""
    return path.with_name(f".{path.name.lstrip('.')}{TEMPORARY}")


def sweep_temporaries(folder: Path) -> None:
    """Remove what `write_durably` left in a folder when it was killed: nobody else may be at work there."""
    for left in () if folder.is_symlink() else folder.glob(f".*{TEMPORARY}"):
        with suppress(OSError):
            left.unlink()


def write_new_file(path: Path, data: bytes, *, synced: bool = True) -> None:
    """Write a file that is not there yet, `synced` to disk. Raises OSError, also for a link that leads nowhere."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOT_THROUGH_LINKS | _BINARY
    number = os.open(path, flags, 0o666)
    try:
        write_all(number, data)
        if synced:
            os.fsync(number)
    finally:
        os.close(number)


def write_all(number: int, data: bytes) -> None:
    """Write bytes to a descriptor, nothing kept in a buffer: what fails is not written once more when it is closed."""
    left = memoryview(data)
    while left:
        left = left[os.write(number, left) :]


def sync_file(path: Path) -> None:
    """What was written into a file is on the disk. Raises OSError."""
    number = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def open_to_append(path: Path) -> int:
    """The descriptor of a file that is added to and read, made where it is not there. Raises OSError for a link."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NOT_THROUGH_LINKS | _BINARY, 0o666)


def add_durably(path: Path, data: bytes) -> None:
    """Put bytes at the end of a file, synced to disk. Raises OSError; a part of them may stand there then."""
    number = open_to_append(path)
    try:
        write_all(number, data)
        os.fsync(number)
    finally:
        os.close(number)


def refuse_links(root: Path, path: Path) -> None:
    """Raise Problems where a link stands on the way from `root` (which may be one) down to `path`, or in its place.

    So nothing that is written, moved or removed below a folder lies anywhere else. What is not there yet is no link.
    """
    link = _first_link(root, path)
    if link is not None:
        message = "这是一个链接，指向别的地方，不往里写"
        advice = "删掉这个链接（它指向的东西还在），把文件或文件夹本身放在这里，再做一次"
        raise refuse(Code.LINK_IN_THE_WAY, Place(str(link)), message, advice)


def goes_through_link(root: Path, path: Path) -> bool:
    """The same, told: for what is left undone then, and stops nothing."""
    return _first_link(root, path) is not None


def _first_link(root: Path, path: Path) -> Path | None:
    return next((step for step in _steps(root, path) if step.is_symlink() or _is_junction(step)), None)


def leads_outside(root: Path, path: Path) -> bool:
    """Whether a file that is named as one below `root` lies elsewhere, through a link."""
    return not path.resolve().is_relative_to(root.resolve())


def outside(name: str) -> Problems:
    """That it does, as a person is told."""
    message = "这个文件其实在工作目录以外"
    return refuse(Code.FILE_FROM_OUTSIDE, Place(name), message, "把文件本身放进来，不要用链接")


def _steps(root: Path, path: Path) -> Iterator[Path]:
    step = root
    for part in path.relative_to(root).parts:
        step = step / part
        yield step


def _is_junction(path: Path) -> bool:
    """Windows' own kind of link, which `is_symlink` does not know."""
    try:
        return getattr(os.lstat(path), "st_reparse_tag", 0) == _JUNCTION
    except OSError:
        return False


def refuse_no_file(path: Path) -> None:
    """Raise Problems where something other than a file stands: a folder, a pipe, a device. Nothing there is no problem.

    Asked before a file is read: a pipe would be waited for without end.
    """
    if path.exists() and not path.is_file():
        message = "这里应是一个文件，现在是文件夹、管道或设备"
        raise refuse(Code.NO_PLAIN_FILE, Place(str(path)), message, "把它改名或移走，再做一次")


if os.name == "nt":

    def sync_folder(path: Path) -> None:
        """Windows has no such thing: a rename is in its journal."""

else:

    def sync_folder(path: Path) -> None:
        """What was made or renamed in a folder is on the disk, where the file system can promise that."""
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        except OSError as problem:
            if problem.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(number)
