"""Faults put between a command and its disk: the n-th call that changes a file fails, or is the last of its process.

`Faults` compiles `disk_faults.c`, starts one process with that library loaded before libc and all of the program imported,
and forks it for each run: a run costs what the command costs, and not the start of Python.

    with Faults(folder) as faults:
        calls = faults.run(words, below=folder).calls
        for at in range(1, calls + 1):
            faults.run(words, below=folder, at=at, how="kill")

`below` is the folder whose files count (a workspace, and what lies beside it). `how` is one of HOW: "kill" ends the
process by SIGKILL at the call, which is not carried out (of a write, the first half is); "full" fails it and every later
call that needs room with ENOSPC, as a disk that is full; an errno by name (EIO, EACCES) fails this one alone. Calls are
those that change something; with `reads`, those that open and read files too. Only Linux with gcc: `can_inject`.

`points` says which calls to try: a sample, spread evenly, else all of them, where the environment says FAULTS=all.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).resolve().parent
HOW = ("kill", "full", "EIO", "EACCES")
TODAY = date(2021, 11, 1)
_NUMBERS = {"kill": 0, "full": errno.ENOSPC}  # else an errno by its name


def can_inject() -> bool:
    """Whether this machine can: Linux, with a compiler."""
    return sys.platform == "linux" and shutil.which("gcc") is not None


def points(calls: int, most: int) -> list[int]:
    """The numbers of the calls to try, from 1: at most `most` of them, spread evenly over all."""
    if calls <= most:
        return list(range(1, calls + 1))
    return sorted({1 + int((step + 0.5) * calls / most) for step in range(most)})


@dataclass(frozen=True)
class Ran:
    """What came of a run: its exit code (negative: the signal that ended it), what it said, how many calls it made."""

    code: int
    out: str
    err: str
    calls: int


class Faults:
    """A process that carries out commands of the program with faults; to be used in a `with` statement."""

    def __init__(self, folder: Path) -> None:
        """`folder` is for the library and what commands print; nothing below it may be counted."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._until_closed = folder, ExitStack()
        library = folder / "disk_faults.so"
        words = [
            "gcc",
            "-shared",
            "-fPIC",
            "-O1",
            "-w",
            "-o",
            str(library),
            str(HERE / "disk_faults.c"),
            "-ldl",
        ]
        subprocess.run(words, check=True)
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={
                **os.environ,
                "LD_PRELOAD": str(library),
                "LIANGQING_JOBS": "1",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
        )

    def __enter__(self) -> Faults:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(
        self,
        words: Sequence[str],
        *,
        below: Path,
        at: int = 0,
        how: str = "kill",
        reads: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        """Carry a command out (as generate.py with `words`), with a fault at its call number `at`; 0: with none."""
        assert how in HOW
        assert self._process.stdin and self._process.stdout
        asked = {
            "words": [*words],
            "below": str(below.resolve()),
            "at": at,
            "how": how,
            "reads": reads,
            "environment": dict(environment or {}),
        }
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        out, err = ((self._folder / name).read_text("utf-8", "replace") for name in ("out", "err"))
        return Ran(told["code"], out, err, told["calls"])


# ---------------------------------------------------------------- the process


def _serve(folder: Path) -> None:
    """Answer each line of stdin: fork, carry out, tell."""
    _warm()
    for line in sys.stdin:
        asked = json.loads(line)
        (folder / "calls").write_text("0", "ascii")
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                _carry_out(asked, folder)
            os._exit(70)
        _, status = os.waitpid(child, 0)
        told = {
            "code": os.waitstatus_to_exitcode(status),
            "calls": int((folder / "calls").read_text("ascii")),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _carry_out(asked: Mapping[str, Any], folder: Path) -> None:
    os.environ.update(asked["environment"])
    for number, name, flags in (
        (0, Path(os.devnull), os.O_RDONLY),
        (1, folder / "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, folder / "err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    from stand_ins import put_stand_ins

    from liangqing.cli import main as cli

    cli.today = lambda: TODAY
    put_stand_ins()
    shim = ctypes.CDLL(None)
    how = asked["how"]
    injected: int = _NUMBERS[how] if how in _NUMBERS else getattr(errno, how)
    shim.fault_arm(
        asked["below"].encode(), ctypes.c_long(asked["at"]), injected, how == "full", asked["reads"]
    )
    code = 71
    try:
        code = cli.main(asked["words"])
    finally:
        shim.fault_disarm()
        (folder / "calls").write_text(str(shim.fault_count()), "ascii")
        sys.stdout.flush()
        sys.stderr.flush()
        if code == 71:
            import traceback

            os.write(2, traceback.format_exc().encode())
        os._exit(code)


def _warm() -> None:
    """All modules of the program are there before the first command."""
    import importlib
    import pkgutil

    import stand_ins  # noqa: F401

    import liangqing

    for module in pkgutil.walk_packages(liangqing.__path__, "liangqing."):
        if "__main__" not in module.name and "com_" not in module.name:
            with suppress(ImportError):
                importlib.import_module(module.name)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
