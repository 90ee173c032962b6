"""An office program run for many files: given what it may take, and stopped with all that it started.

What it made is judged by its being there: a program may say that all is well where a file could not be read.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol


class ProgramRun(Protocol):
    """A program for one batch, with a folder of its own."""

    @property
    def folder(self) -> Path:
        """Where the files lie that it is given."""

    def convert(self, files: Sequence[Path]) -> None:
        """Turn them, as far as it can; returns when it has ended, or its time is up."""

    def made(self, file: Path) -> Path:
        """Where that is which it makes of a file."""


def converted(run: ProgramRun, endings: Mapping[str, str], texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """What could be made, by name: a file at which the program ends or hangs twice is left out.

    Once may be the program's fault: after some hundred files it ends at one that it can convert. After two runs in
    succession that made nothing no more is tried. The files are called 0000.docx and so on, whatever their names.
    """
    names = {run.folder / f"{number:04}{endings[name]}": name for number, name in enumerate(texts)}
    for path, name in names.items():
        path.write_bytes(texts[name])
    made: dict[str, bytes] = {}
    waiting, fruitless, suspect = list(names), 0, set[Path]()
    while waiting and fruitless < 2:
        run.convert(waiting)
        fresh = {path: run.made(path).read_bytes() for path in waiting if run.made(path).is_file()}
        made |= {names[path]: data for path, data in fresh.items()}
        fruitless = 0 if fresh else fruitless + 1
        waiting = [path for path in waiting if path not in fresh]
        for path in waiting[:1]:
            waiting = waiting[1:] if path in suspect else [*waiting[1:], path]
            suspect.add(path)
    return made


@contextmanager
def started(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program with all that it starts in a session of its own, none of which outlives the block; no window."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        words,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        env=environment,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # only there on Windows
    )
    try:
        yield process
    finally:
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
