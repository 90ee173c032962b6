"""The process of one Python engine: a command a line on stdin, an answer a line on stdout, all in JSON.

    python -m benchmarks.peers.serve MODULE:FUNCTION TEMPLATE CONTEXTS

`{"do": "render", "folder": …, "first": i, "count": n}` renders the contexts i, i + 1, … (round again after
the last) to `folder/<number>.docx` and answers with the seconds by the clock and those of the CPU;
`{"do": "memory"}` answers with KB.
The clock runs over rendering and writing alone, never over imports, loading or the first preparation.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeAlias

Context: TypeAlias = dict[str, Any]
Render: TypeAlias = Callable[[Context, Path], None]
Driver: TypeAlias = Callable[[Path, Sequence[Context]], Render]


def main(driver: str, template: str, contexts: str) -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what an engine prints is no answer
    values: list[Context] = json.loads(Path(contexts).read_text("utf-8"))
    module, function = driver.split(":")
    prepare: Driver = getattr(import_module(f"benchmarks.peers.{module}"), function)
    render = prepare(Path(template), values)
    _answer(answers, {"ready": True, **memory()})
    for line in sys.stdin:
        command = json.loads(line)
        _answer(answers, _render(render, values, command) if command["do"] == "render" else memory())


def _answer(stream: Any, answer: object) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


def _render(render: Render, values: Sequence[Context], command: dict[str, Any]) -> dict[str, float]:
    first, folder = command["first"], Path(command["folder"])
    work = [
        (values[number % len(values)], folder / f"{number}.docx")
        for number in range(first, first + command["count"])
    ]
    start, busy = perf_counter(), process_time()
    for context, path in work:
        render(context, path)
    return {"seconds": perf_counter() - start, "cpu": process_time() - busy}


def memory() -> dict[str, int]:
    """The most memory that this process has held, and what it holds, in KB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    figures = {
        name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.split()
    }
    return {"peak": int(figures["VmHWM"]), "now": int(figures["VmRSS"])}


def write_file(path: Path, data: bytes) -> None:
    """The cheapest write of a new file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)


if __name__ == "__main__":
    main(*sys.argv[1:])
