"""One process against two: `python -m benchmarks.processes TEMPLATE CONTEXTS FOLDER` prints JSON.

The second process is made by spawn, as on every system; it gets the template once, pickled, and the values
of each document with the work.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from benchmarks import data
from benchmarks.peers.serve import write_file
from liangqing.engine import Template, compile_template

COUNTS = (3000, 10000)
ROUNDS = 5
CHUNK = 100

_made: Template


def _take(template: Template) -> None:
    global _made
    _made = template


def _work(folder: str, first: int, contexts: list[data.Context]) -> int:
    for number, context in enumerate(contexts, first):
        write_file(Path(folder, f"{number}.docx"), _made.render(context))
    return len(contexts)


def _chunks(contexts: list[data.Context], count: int) -> Iterator[tuple[int, list[data.Context]]]:
    for first in range(0, count, CHUNK):
        yield first, [contexts[number % len(contexts)] for number in range(first, min(first + CHUNK, count))]


def _one(contexts: list[data.Context], count: int, folder: Path) -> float:
    folder.mkdir()
    start = perf_counter()
    for first, chunk in _chunks(contexts, count):
        _work(str(folder), first, chunk)
    return perf_counter() - start


def _two(template: Template, contexts: list[data.Context], count: int, folder: Path) -> tuple[float, float]:
    """Seconds with the start of the processes and without."""
    folder.mkdir()
    start = perf_counter()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, spawn, initializer=_take, initargs=(template,)) as pool:
        list(pool.map(_work, [str(folder)] * 2, [0] * 2, [[], []]))
        ready = perf_counter()
        firsts, chunks = zip(*_chunks(contexts, count), strict=True)
        done = sum(pool.map(_work, [str(folder)] * len(chunks), firsts, chunks))
        end = perf_counter()
    assert done == count
    return end - start, end - ready


def main(template: str, contexts: str, folder: str) -> None:
    made = compile_template(Path(template), name=Path(template).name)
    _take(made)
    values = data.read(Path(contexts))
    _one(values, 200, Path(folder, "warm"))
    found: dict[int, list[tuple[float, float, float]]] = {count: [] for count in COUNTS}
    for number in range(ROUNDS):
        for count in COUNTS:
            place = Path(folder, f"{count}-{number}")
            one = _one(values, count, place)
            shutil.rmtree(place)
            found[count].append((one, *_two(made, values, count, place)))
            shutil.rmtree(place)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
