"""Timing in rounds: A B C, A B C, …; medians over the rounds, and ratios of what was measured side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.install import Unavailable
from benchmarks.peers import Engine
from benchmarks.workers import Worker

ROUNDS = 7
SECONDS = 1.0  # what a round of one engine should take
MOST = 1000  # documents a round

STEP = 10
SIZES = (10, 100, 1000, 10000)
TABLE_ROUNDS = 3
TABLE_DOCUMENTS = {10: 20, 100: 10, 1000: 3, 10000: 1}
BOUND = 30.0  # seconds: a longer document is not waited for

Say = Callable[[str], None]


@dataclass(frozen=True)
class Series:
    """Seconds for one document, a figure a round. `skipped`: what one would take, too long to be measured."""

    seconds: tuple[float, ...] = ()
    skipped: float = 0.0

    @property
    def middle(self) -> float:
        return median(self.seconds)

    def against(self, other: Series) -> float:
        """How many times `other` this one took: the median over the rounds of the ratio within a round."""
        return median(ours / theirs for ours, theirs in zip(self.seconds, other.seconds, strict=True))


def letters(team: Sequence[Worker], folder: Path, say: Say) -> dict[Engine, Series]:
    """All engines in turn, round by round; as many documents as fill a second."""
    counts = {worker: _warm_up(worker, folder) for worker in team}
    taken: dict[Worker, list[float]] = {worker: [] for worker in team}
    for number in range(ROUNDS):
        say(f"一封函：第 {number + 1}/{ROUNDS} 轮")
        for worker in team:
            count = counts[worker]
            place = folder / f"{worker.engine.key}-{number}"
            taken[worker].append(worker.time(place, number * count, count) / count)
    return {worker.engine: Series(tuple(seconds)) for worker, seconds in taken.items()}


def _warm_up(worker: Worker, folder: Path) -> int:
    """How many documents fill a round; node's compiler has seen enough of them by then."""
    place = folder / f"{worker.engine.key}-warm"
    worker.time(place, 0, 20)
    seconds = worker.time(place, 20, 20) / 20
    return min(MOST, max(10, round(SECONDS / seconds)))


def tables(team: Sequence[Worker], folder: Path, say: Say) -> dict[int, dict[Engine, Series]]:
    """One document with a table of each size; the contexts of the workers are those of SIZES."""
    found: dict[int, dict[Engine, Series]] = {}
    for index, size in enumerate(SIZES):
        say(f"长表格：{size} 行")
        before = [found[each] for each in SIZES[:index]]
        found[size] = _table(team, folder / str(size), index, before)
    return found


def _table(
    team: Sequence[Worker], folder: Path, index: int, before: Sequence[dict[Engine, Series]]
) -> dict[Engine, Series]:
    series = {worker.engine: Series(skipped=_projected(worker.engine, before)) for worker in team}
    able = [worker for worker in team if series[worker.engine].skipped <= BOUND]
    taken: dict[Worker, list[float]] = {worker: [] for worker in able}
    documents = TABLE_DOCUMENTS[SIZES[index]]
    for number in range(TABLE_ROUNDS):
        for worker in able:
            firsts = [index + len(SIZES) * (number * documents + each) for each in range(documents)]
            place = folder / worker.engine.key
            seconds = sum(worker.time(place, first, 1) for first in firsts)
            taken[worker].append(seconds / documents)
    return series | {worker.engine: Series(tuple(seconds)) for worker, seconds in taken.items()}


def _projected(engine: Engine, before: Sequence[dict[Engine, Series]]) -> float:
    """What a document would take if the time grew as it last did, and no less than with the rows."""
    times = [row[engine].middle if row[engine].seconds else row[engine].skipped for row in before]
    if not times:
        return 0.0
    return times[-1] * max([STEP, *(last / first for first, last in pairwise(times[-2:]))])


def peaks(
    engines: Sequence[Engine],
    templates: dict[Engine, Path],
    contexts: Path,
    folder: Path,
    count: int,
    say: Say,
) -> dict[Engine, tuple[int, int]]:
    """KB that a fresh process of each engine held at most: before the first document, and after `count`."""
    found = {}
    for engine in engines:
        say(f"内存：{engine.key}")
        try:
            with Worker(engine, templates[engine], contexts) as worker:
                worker.time(folder / engine.key, 0, count)
                found[engine] = int(worker.ready["peak"]), worker.peak()
        except Unavailable as problem:
            say(f"{engine.title}：{problem}")
    return found
