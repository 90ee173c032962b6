"""A command of ours in a process of its own, and what it took: seconds of the processor and memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY, MOST_SECONDS = 500 << 20, 10  # bytes and seconds, of whatever is refused
_CEILING = 4 << 30  # bytes of address space: whatever goes beyond is stopped before the machine is


@dataclass(frozen=True)
class Spent:
    """What a process said and took; `code` below 0: it was stopped, as it took or waited too long."""

    code: int
    said: str
    seconds: float
    memory: int

    @property
    def within(self) -> bool:
        """Whether it kept within the bounds of what is refused."""
        return self.code >= 0 and self.seconds <= MOST_SECONDS and self.memory <= MOST_MEMORY


def spent(*words: str, environment: Mapping[str, str] | None = None, patience: int = 60) -> Spent:
    """Run generate.py with `words`.

    A small process of Python starts it and measures it: what is forked of a large one counts as large (getrusage, 2).
    """
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-I", __file__, told.name, str(patience), *words],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        stopper = threading.Timer(patience, os.killpg, (process.pid, signal.SIGKILL))
        stopper.start()
        process.wait()
        stopper.cancel()
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
        measured = json.loads(told.read() or "[-9, 0, 0]")
    code, seconds, memory = measured
    return Spent(code, text, seconds, memory)


def _started(place: str, patience: int, words: list[str]) -> None:
    """Run it within the ceilings, and write into `place` its exit code, its seconds and its bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (_CEILING, _CEILING))
    resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
    process = subprocess.Popen([sys.executable, str(ROOT / "generate.py"), *words], stdin=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    spent_here = (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss << 10)
    Path(place).write_text(json.dumps(spent_here), "ascii")


if __name__ == "__main__":
    _started(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
