"""Folders of a moment: what a command needs on the disk while it runs, and nowhere but where the data may be.

Nothing of a group's goes into the temporary folder of the system, which others read and nobody sweeps. A folder of a
moment is held by a lock as long as its program lives: what one that was killed has left is swept by the next that
makes one at the same place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, reason, refuse
from liangqing.base.folders import OUTPUT, user_state
from liangqing.base.safe_files import made_within

FOLDER = ".临时"  # below the output folder of a workspace, or below what belongs to the person
HELD = ".在用"  # the lock file of such a folder
_PREFIX = "用过即删-"
Told = Callable[[Path], None]
_workspace: ContextVar[Path | None] = ContextVar("_workspace", default=None)


def _nothing(folder: Path) -> None:
    """Nothing is looked at before a folder goes."""


def scratch_belongs_to(workspace: Path) -> None:
    """From now on, in this thread, folders of a moment are made in the output folder of this workspace.

    Those that programs that are gone have left there, or among what belongs to the person, are swept.
    """
    _workspace.set(workspace)
    for home in (workspace / OUTPUT / FOLDER, user_state() / FOLDER):
        if home.is_dir() and not home.is_symlink() and not home.parent.is_symlink():
            sweep_unheld(home, _PREFIX)
            remove_empty(home)


@contextmanager
def scratch_folder(prefix: str = _PREFIX, *, left: bool = False) -> Iterator[Path]:
    """An empty folder that is gone afterwards, in the workspace at work, else among what belongs to the person.

    `left`: it stays until the next of its `prefix` is made, for another program that reads it yet. Raises Problems
    where neither place can be written.
    """
    home = _home()
    try:
        with held_folder(home, prefix, stays=lambda: left) as folder:
            yield folder
    finally:
        remove_empty(home)


def remove_empty(home: Path) -> None:
    """Remove the home of folders of a moment, and what it lies in, where nothing is in them."""
    for empty in (home, home.parent):
        with suppress(OSError):
            empty.rmdir()


def _home() -> Path:
    workspace = _workspace.get()
    places = [workspace / OUTPUT / FOLDER] if workspace is not None and workspace.is_dir() else []
    problem = OSError()
    for home in (*places, user_state() / FOLDER):
        try:
            if home.parent.is_symlink() or home.is_symlink():
                continue
            if made_within(home, partial(os.access, home, os.W_OK | os.X_OK), mode=0o700):
                return home
        except OSError as refused:
            problem = refused
    message = f"没有地方放工作中的文件（{reason(problem)}）"
    raise refuse(Code.NO_SCRATCH, Place(str(home)), message, "检查磁盘空间和这个文件夹的写权限，再运行一次")


@contextmanager
def held_folder(
    parent: Path, prefix: str, *, stays: Callable[[], bool] = bool, before_gone: Told = _nothing
) -> Iterator[Path]:
    """A new folder in `parent` whose name begins with `prefix`, empty but for its lock file, gone afterwards unless it `stays`.

    Those of the same prefix that no program holds any more are swept, `before_gone` each is looked at. Raises OSError.
    """
    sweep_unheld(parent, prefix, before_gone)
    folder, lock = _made(parent, prefix)
    try:
        yield folder
    finally:
        if stays():
            os.close(lock)
        else:
            _let_go(folder, lock)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = made_within(parent, lambda: Path(tempfile.mkdtemp(prefix=prefix, dir=parent)), mode=0o700)
        try:
            lock = os.open(folder / HELD, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:  # swept by another program before it was held
            continue
        except OSError:
            folder.rmdir()
            raise
        if _is_held_now(lock) and (folder / HELD).exists():
            return folder, lock
        os.close(lock)


def sweep_unheld(parent: Path, prefix: str, before_gone: Told = _nothing) -> None:
    """Remove the folders of `prefix` in `parent` that no program holds any more; `before_gone` each is looked at."""
    found: list[Path] = []
    with suppress(FileNotFoundError):  # taken away by another at this moment: nothing is left to sweep
        found = [folder for folder in parent.iterdir() if folder.name.startswith(prefix)]
    for folder in found:
        if not folder.is_symlink() and folder.is_dir():
            _sweep_one(folder, before_gone)


def _sweep_one(folder: Path, before_gone: Told) -> None:
    """Remove the folder of a program that is gone; one without a lock file only where it is empty."""
    with suppress(OSError):
        if not (folder / HELD).exists():
            folder.rmdir()
            return
        lock = os.open(folder / HELD, os.O_RDWR)
        if _is_held_now(lock):
            before_gone(folder)
            _let_go(folder, lock)
        else:
            os.close(lock)


def _let_go(folder: Path, lock: int) -> None:
    """Remove a folder, the lock file last: what can't be removed now is known by it as nobody's later."""
    try:
        _empty(folder)
        if (
            os.name != "nt"
        ):  # while it is held, so that who makes it at this moment sees that it was taken from him
            _remove_lock(folder)
    finally:
        os.close(lock)
    with suppress(OSError):
        _remove_lock(folder)
        folder.rmdir()


def _empty(folder: Path) -> None:
    with suppress(OSError):
        for child in list(folder.iterdir()):
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
            elif child.name != HELD:
                child.unlink()


def _remove_lock(folder: Path) -> None:
    with suppress(OSError):
        if [child.name for child in folder.iterdir()] == [HELD]:
            (folder / HELD).unlink()


if os.name == "nt":
    import msvcrt

    def _is_held_now(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_held_now(number: int) -> bool:
        """Whether the lock could be taken: nobody else holds it."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
