"""What a run has measured, and how it stands against the targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from benchmarks.load import READERS, Workspaces, ratio
from benchmarks.peers import DOCXTPL, FLOOR, OURS, Engine
from benchmarks.rounds import SIZES, Series
from benchmarks.target import Target
from benchmarks.whole import WholeYear
from benchmarks.whole_targets import targets_of_whole

LONGEST = SIZES[-1]


@dataclass
class Found:
    """Everything of one run. `texts`: how an engine's text differs from ours; "" for equal."""

    letters: dict[Engine, Series] = field(default_factory=dict)
    tables: dict[int, dict[Engine, Series]] = field(default_factory=dict)
    peaks: dict[Engine, tuple[int, int]] = field(default_factory=dict)
    table_peaks: dict[Engine, tuple[int, int]] = field(default_factory=dict)
    texts: dict[Engine, str] = field(default_factory=dict)
    left_out: dict[Engine, str] = field(default_factory=dict)
    processes: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)
    compiles: dict[str, float] = field(default_factory=dict)
    yaml: dict[str, list[float]] = field(default_factory=dict)
    workspaces: list[Workspaces] = field(default_factory=list)
    whole: WholeYear = field(default_factory=WholeYear)
    load: float = 0.0

    @property
    def engines(self) -> list[Engine]:
        """What was measured on letters, the quickest first."""
        return sorted(self.letters, key=lambda each: self.letters[each].middle)

    def best_peer(self) -> Engine:
        return next(each for each in self.engines if each.engine and each != OURS)

    def times(self, engine: Engine) -> float:
        """How many times our time an engine takes for a letter."""
        return self.letters[engine].against(self.letters[OURS])

    def best_times(self, engine: Engine) -> float:
        """The same of the best rounds, the nearest to an idle machine."""
        return min(self.letters[engine].seconds) / min(self.letters[OURS].seconds)

    def speed_up(self, count: int, *, started: bool) -> float:
        """How many times as fast two processes are, with their start or once they are `started`."""
        return median(one / (warm if started else cold) for one, cold, warm in self.processes[count])


def targets(found: Found) -> list[Target]:
    """The targets of the design that this run can judge."""
    return [
        *_of_letters(found),
        *_of_tables(found),
        *_of_the_rest(found),
        *targets_of_whole(found.whole),
    ]


def _of_letters(found: Found) -> Iterator[Target]:
    if DOCXTPL in found.letters:
        yield Target("一封函：比 docxtpl 快", 120, found.times(DOCXTPL), " 倍")
        peer = found.best_peer()
        yield Target(f"一封函：比最快的同类（{peer.key}）快", 20, found.times(peer), " 倍")
    if FLOOR in found.letters:
        yield Target("一封函：用时与下限（压缩和写盘）之比", 2, 1 / found.times(FLOOR), " 倍", at_most=True)


def _of_tables(found: Found) -> Iterator[Target]:
    longest = found.tables.get(LONGEST, {})
    if OURS in longest:
        growth = longest[OURS].middle / found.tables[1000][OURS].middle
        yield Target("长表格：1 万行与 1 千行用时之比", 11, growth, " 倍", at_most=True)
    if DOCXTPL in longest and longest[DOCXTPL].seconds:
        share = longest[OURS].against(longest[DOCXTPL])
        yield Target("1 万行表格：用时与 docxtpl 之比", 0.1, share, "", at_most=True)
    if DOCXTPL in found.table_peaks:
        ours, theirs = found.table_peaks[OURS], found.table_peaks[DOCXTPL]
        yield Target("1 万行表格：内存峰值与 docxtpl 之比", 0.1, ours[1] / theirs[1], "", at_most=True)
        added = (ours[1] - ours[0]) / (theirs[1] - theirs[0])
        yield Target("1 万行表格：填写时增加的内存与 docxtpl 之比", 0.1, added, "", at_most=True)


def _of_the_rest(found: Found) -> Iterator[Target]:
    for count in found.processes:
        yield Target(
            f"{count} 份：两个进程比一个快（含启动）", 1.8, found.speed_up(count, started=False), " 倍"
        )
    for count in found.processes:
        yield Target(
            f"{count} 份：两个进程比一个快（已启动）", 1.8, found.speed_up(count, started=True), " 倍"
        )
    if found.compiles:
        slowest = max(found.compiles, key=lambda each: found.compiles[each])
        name = f"编译一个模板（最慢的是{slowest}）"
        yield Target(name, 50, found.compiles[slowest] * 1000, " 毫秒", at_most=True)


def yaml_rows(found: Found) -> list[tuple[str, float, float]]:
    """Each reader of YAML, how many times our seconds it takes, its median seconds."""
    return [(name, ratio(found.yaml, name), median(found.yaml[name])) for name in READERS if found.yaml]
