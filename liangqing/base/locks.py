"""Lock files: who holds one is noted in it, who waits is told of it, and nobody waits for ever.

The system lets a lock go when its process ends, however it ends: what a dead program left written is written over.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO, NamedTuple

from liangqing.base.codes import Code
from liangqing.base.command_names import COMMANDS
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.safe_files import made_within, open_to_append, refuse_links, refuse_no_file

TELL_AFTER, PATIENCE = 2.0, 30.0  # seconds
WHILE_BUILDING = 600.0  # a year of a large group takes minutes
WAIT = "LIANGQING_WAIT"  # in the environment: how many seconds to wait, where nobody says it otherwise
_STEP = 0.05  # seconds between two tries, where tries are all that there is
_AT = 1 << 20  # the byte that is locked: Windows lets nobody read one that is
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

Told = Callable[[str], None]


class Holder(NamedTuple):
    """Who holds a lock, as it noted itself: the number of its process, what it does, and since when (10:32:05)."""

    process: int
    program: str
    since: str

    def __str__(self) -> str:
        asked = os.name != "nt"
        gone = "，它已经不在了，锁由它开的程序占着" if asked and not is_alive(self.process) else ""
        return f"{self.program}（进程 {self.process}，{self.since} 开始{gone}）"


class _Waiting:
    """Whom a wait is told to; nobody, until a command says who."""

    def __init__(self) -> None:
        self.tell: Told = lambda words: None


_waiting = _Waiting()


def tell_waits_to(told: Told) -> None:
    """From now on every wait of more than two seconds is told once, in a line of Chinese."""
    _waiting.tell = told


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock file at `path`; while another program holds it this one waits, `patience` seconds at most.

    What `WAIT` says in the environment goes before that. Raises Problems, with who holds it, when the time is over, and
    where a link or no file stands in its place, OSError where the folder can't be written.
    """
    refuse_links(path.parent, path)
    refuse_no_file(path)
    with os.fdopen(made_within(path.parent, lambda: open_to_append(path)), "a+b") as handle:
        _wait_for(handle, path, _told_to_wait(patience))
        try:
            _note(handle)
            yield
        finally:
            with suppress(OSError):
                handle.truncate(0)
            _unlock(handle.fileno())


def holder_of(path: Path) -> Holder | None:
    """Who noted itself in a lock file; None where nobody did."""
    try:
        told = json.loads(path.read_bytes())
        since = time.strftime("%H:%M:%S", time.localtime(path.stat().st_mtime))
        return Holder(int(told["进程"]), str(told["程序"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _wait_for(handle: BinaryIO, path: Path, patience: float) -> None:
    if _is_locked_now(handle.fileno()):
        return
    began = time.monotonic()
    comes_within = _turn(handle.fileno())
    if comes_within(min(TELL_AFTER, patience)):
        return
    if patience > TELL_AFTER:
        left = patience - TELL_AFTER
        _waiting.tell(f"{_who(path)}正占着 {_name_of(path)}，等它做完……最多再等 {left:.0f} 秒")
        if comes_within(left):
            return
    message = f"{_who(path)}占着，等了 {time.monotonic() - began:.0f} 秒还没有放开，没有办"
    advice = "等它做完再运行一次；它停住不动的，关掉那个程序（窗口）再运行"
    raise refuse(Code.LOCK_HELD, Place(_name_of(path)), message, advice)


def _who(path: Path) -> str:
    return str(holder_of(path) or "另一个程序")


def _name_of(path: Path) -> str:
    """The lock as it lies in its folder: the way to that is the person's own."""
    return f"{path.parent.name}/{path.name}"


def _note(handle: BinaryIO) -> None:
    """Who holds the lock, for those who wait; where it can't be noted they are told of another program."""
    words = json.dumps({"进程": os.getpid(), "程序": program_words()}, ensure_ascii=False)
    with suppress(OSError):
        handle.truncate(0)
        handle.write(words.encode())
        handle.flush()


def program_words() -> str:
    """What this process is called: the program and its command, and nothing else of what was typed."""
    names = {*COMMANDS, *(name for names in COMMANDS.values() for name in names)}
    command = next((word for word in sys.argv[1:] if word in names), "")
    return f"{Path(sys.argv[0]).name} {command}".strip() or "python"


def _told_to_wait(usual: float) -> float:
    said = os.environ.get(WAIT, "")
    return float(said) if said.isdecimal() else usual


if sys.platform == "win32":
    import msvcrt

    def _is_locked_now(number: int) -> bool:
        """Whether the lock could be taken at once."""
        os.lseek(number, _AT, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            if problem.errno not in _BUSY:
                raise
            return False
        return True

    def _turn(number: int) -> Callable[[float], bool]:
        """Whether the lock could be taken within so many seconds: here one tries again and again."""
        return partial(_tried_for, number)

    def _tried_for(number: int, seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while not _is_locked_now(number):
            if time.monotonic() >= ends:
                return False
            time.sleep(_STEP)
        return True

    def _unlock(number: int) -> None:
        os.lseek(number, _AT, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)

    def is_alive(process: int) -> bool:
        """Whether there is such a process; on Windows, where nobody can ask without harm, as if there were none."""
        return False

else:
    import fcntl

    def _is_locked_now(number: int) -> bool:
        """Whether the lock could be taken at once."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            if problem.errno not in _BUSY:
                raise
            return False
        return True

    class _Turn:
        """A place among those who wait for a lock, whose turns the system keeps; a thread waits, since only it can stop."""

        def __init__(self, number: int) -> None:
            self._number = os.dup(number)
            self._came = Event()
            Thread(target=self._wait, daemon=True).start()

        def _wait(self) -> None:
            fcntl.flock(self._number, fcntl.LOCK_EX)
            self._came.set()
            os.close(self._number)  # who gave up has closed the file too: that lets the lock go

        def comes_within(self, seconds: float) -> bool:
            """Whether the lock could be taken in that time."""
            return self._came.wait(seconds)

    def _turn(number: int) -> Callable[[float], bool]:
        """Whether the lock could be taken within so many seconds."""
        return _Turn(number).comes_within

    def _unlock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)

    def is_alive(process: int) -> bool:
        """Whether there is such a process."""
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True
