"""What a command costs: seconds of the CPU, seconds by the clock, memory of all its processes. Linux only."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import IO

from benchmarks.places import ROOT
from liangqing.base.processes import JOBS

# Not handed on: it chooses how many processes, and its files are compiled but once, as where it is installed.
_LEFT_OUT = {JOBS, "PYTHONDONTWRITEBYTECODE"}
INTERVAL = 0.05  # seconds between two looks at the memory
_PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """`cpu`: seconds, user and system, of a process and of those that it started and waited for; `wall`: seconds
    by the clock from its start to its end."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Peak:
    """In KB: `largest`, the most that one of the processes held; `together`, the most that all held at one moment,
    what they share counted once (PSS)."""

    largest: int
    together: int


def cost(command: Sequence[str]) -> Cost:
    """Runs a command in the folder of the project; stops the benchmark with what it said when it fails."""
    with tempfile.TemporaryFile() as said:
        began = perf_counter()
        process = _started(command, said)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        _refuse_failure(process, said)
    return Cost(used.ru_utime + used.ru_stime, wall)


def peak(command: Sequence[str]) -> Peak:
    """The memory of a command that is run as by `cost`; looking at it slows the command down."""
    largest = together = 0
    with tempfile.TemporaryFile() as said:
        process = _started(command, said)
        while process.poll() is None:
            held = [_held(folder) for folder in _of_session(process.pid)]
            largest = max([largest, *(most for most, _ in held)])
            together = max(together, sum(share for _, share in held))
            sleep(INTERVAL)
        _refuse_failure(process, said)
    return Peak(largest, together)


def _started(command: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    """In a session of its own, by which its processes are known."""
    around = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return subprocess.Popen(
        command, cwd=ROOT, env=around, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
    )


def _refuse_failure(process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if process.returncode:
        said.seek(0)
        raise SystemExit(f"{process.args!r}：退出码 {process.returncode}\n{said.read().decode()}")


def _of_session(leader: int) -> Iterator[Path]:
    """The folders below /proc of the processes that a leader started, and its own."""
    for folder in _PROCESSES.glob("[0-9]*"):
        with suppress(ProcessLookupError):
            if os.getsid(int(folder.name)) == leader:
                yield folder


def _held(process: Path) -> tuple[int, int]:
    """KB: the most that a process has held, and its share of what is held now; nothing of one that has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return _kilobytes(process / "status", "VmHWM"), _kilobytes(process / "smaps_rollup", "Pss")
    return 0, 0


def _kilobytes(path: Path, name: str) -> int:
    """The figure of one line of a file of /proc, 0 where it has no such line."""
    for line in path.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
