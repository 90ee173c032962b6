"""What went out and nobody was told of: the command may have been ended, or its words lost, after the line was entered.

A note beside the kept papers says from which line on. It is written before the line is entered and goes as soon as the
person was told; the next command finds it, where it was not.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from liangqing.base.folders import UNTOLD
from liangqing.base.locks import is_alive
from liangqing.base.safe_files import goes_through_link, write_whole
from liangqing.register.lines import Line, Register, Void
from liangqing.register.reading import load


def about_to_enter(workspace: Path, serial: int) -> None:
    """Note that the line of that number is about to be entered; what was noted before and not told stays noted.

    Where it can't be noted the line is entered all the same.
    """
    first = min((serial, *_noted(workspace)[:1]))
    path = workspace / UNTOLD
    with suppress(OSError):
        if not goes_through_link(workspace, path.parent):
            write_whole(path, json.dumps({"从": first, "进程": os.getpid()}).encode())


def told(workspace: Path) -> None:
    """Whoever asked for what went out knows of it now."""
    with suppress(OSError):
        (workspace / UNTOLD).unlink(missing_ok=True)


def untold(workspace: Path) -> tuple[Line | Void, ...]:
    """The lines that stand in the register and that nobody was told of; none while the program that enters them runs."""
    if not is_over(workspace):
        return ()
    first, _ = _noted(workspace)
    book: Register = load(workspace)
    return tuple(line for line in book.lines if line.serial >= first)


def is_over(workspace: Path) -> bool:
    """Whether something is noted that no program is about to enter any more: it was entered, or never will be."""
    noted = _noted(workspace)
    return bool(noted) and (noted[1] == os.getpid() or not is_alive(noted[1]))


def _noted(workspace: Path) -> tuple[int, ...]:
    """The first line that nobody was told of, and the process that entered it; () where nothing is noted."""
    try:
        noted = json.loads((workspace / UNTOLD).read_text("utf-8"))
        first, process = noted["从"], noted["进程"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()
    return (first, process) if type(first) is int and type(process) is int else ()
