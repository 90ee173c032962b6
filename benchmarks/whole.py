"""A whole year built: workspaces of 10 to 10,000 units, beside docxtpl filling as many letters and beside the floor.

python -m benchmarks.whole               every size; writes docs/整年基准.md
python -m benchmarks.whole --largest N   those of at most N units; tables on the terminal alone
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeAlias

from benchmarks import data, package, whole_year
from benchmarks.costs import Cost, Peak, cost, peak
from benchmarks.floor import floor
from benchmarks.install import Unavailable
from benchmarks.peers import DOCXTPL
from benchmarks.places import CACHE, WHOLE_REPORT, scratch
from benchmarks.rounds import Say
from benchmarks.syntaxes import SYNTAXES
from benchmarks.units import YEAR
from benchmarks.workers import Worker

LETTERS = 100  # filled by docxtpl in a round
WARM = 20
DAY = "2021-10-31"
ISSUED = "2021-04-20"

Processes: TypeAlias = int | None  # as given to --jobs; None: it is not given, the program chooses


class Step(StrEnum):
    """What is measured, in the order in which it is done in a workspace."""

    FRESH = "新生成"
    SAME = "没有改"
    CHANGED = "改了一个问题"
    FLOOR = "下限"
    OPEN = "读入"
    CHECK = "check"
    STATUS = "status"
    LETTER = "letters"
    ISSUE = "issue"


COMMANDS = (Step.CHECK, Step.STATUS, Step.LETTER, Step.ISSUE)
_WORDS: dict[Step, tuple[str, ...]] = {
    Step.CHECK: ("check", "--as-of", DAY),
    Step.STATUS: ("status", "--as-of", DAY),
    Step.LETTER: ("letters", "ZG5"),
    Step.ISSUE: ("issue", "整改函", "ZG5", "--date", ISSUED),
}


@dataclass(frozen=True)
class Size:
    """How many units, in how many rounds, with how many processes."""

    units: int
    rounds: int
    processes: tuple[Processes, ...] = (1, 2)


SIZES = (
    Size(10, 3),
    Size(40, 5, (None,)),  # as a person types it
    Size(100, 3),
    Size(400, 5),
    Size(1000, 2),
    Size(4000, 1),
    Size(10000, 1),
)
LARGE = 1000  # units; of these and more the memory is measured


class Case(NamedTuple):
    """A step in a workspace of so many units."""

    units: int
    processes: Processes
    step: Step


@dataclass
class WholeYear:
    """What a run has measured of whole years; large sizes have fewer rounds, the first ones.

    `papers`: files that are made of so many units. `costs`: a figure a round. `letter`: CPU seconds that docxtpl
    takes for a letter, a figure a round; empty where it does not run here, `left_out` then says why. `peaks`:
    memory of a fresh build, by units and processes.
    """

    papers: dict[int, int] = field(default_factory=dict)
    costs: dict[Case, list[Cost]] = field(default_factory=dict)
    letter: list[float] = field(default_factory=list)
    left_out: str = ""
    peaks: dict[tuple[int, Processes], Peak] = field(default_factory=dict)

    def builds(self) -> list[tuple[int, Processes]]:
        """Units and processes of what was built, in the order of measuring."""
        return [(case.units, case.processes) for case in self.costs if case.step is Step.FRESH]

    def alone(self) -> list[int]:
        """The numbers of units that were built by one process."""
        return [units for units, processes in self.builds() if processes == 1]

    def cpu(self, units: int, processes: Processes, step: Step) -> float:
        """Seconds, the median over the rounds."""
        return median(spent.cpu for spent in self.costs[Case(units, processes, step)])

    def wall(self, units: int, processes: Processes, step: Step) -> float:
        """The same by the clock."""
        return median(spent.wall for spent in self.costs[Case(units, processes, step)])

    def times(self, more: Case, less: Case, *, clock: bool = False) -> float:
        """How many times `less` the other case takes, of the CPU or by the `clock`: the median of the ratio within
        a round, over the rounds that both have."""
        return median(
            dear.wall / cheap.wall if clock else dear.cpu / cheap.cpu
            for dear, cheap in zip(self.costs[more], self.costs[less], strict=False)
        )

    def growth(self, small: int, large: int) -> float:
        """The exponent of the growth of a fresh build's CPU seconds with the units; 1 is linear."""
        ratio = self.times(Case(large, 1, Step.FRESH), Case(small, 1, Step.FRESH))
        return math.log(ratio) / math.log(large / small)

    def docxtpl(self, units: int) -> float:
        """CPU seconds that docxtpl would take for as many letters as papers are made of so many units."""
        return median(self.letter) * self.papers[units]

    def over_docxtpl(self, units: int) -> float:
        """How many times the CPU of a fresh build by one process that is."""
        fresh = self.costs[Case(units, 1, Step.FRESH)]
        return median(
            letter * self.papers[units] / ours.cpu for letter, ours in zip(self.letter, fresh, strict=False)
        )


def measure(sizes: Sequence[Size], say: Say) -> WholeYear:
    """Every size in rounds, docxtpl beside them; the memory at the end, in builds of their own."""
    found = WholeYear()
    with tempfile.TemporaryDirectory(dir=scratch()) as folder, ExitStack() as stack:
        work = Path(folder)
        _warm_up(work)
        letters = list(_docxtpl(found, work, stack, say))
        for number in range(max(size.rounds for size in sizes)):
            for worker in letters:
                first = WARM + number * LETTERS
                found.letter.append(worker.cpu(work / "letters", first, LETTERS) / LETTERS)
            for size in sizes:
                if number < size.rounds:
                    say(f"整年生成：{size.units} 个单位，第 {number + 1}/{size.rounds} 轮")
                    _round(found, size, work)
        _peaks(found, sizes, work, say)
    return found


def _warm_up(work: Path) -> None:
    """The program's files are read and compiled once before anything is measured."""
    root = _workspace(work, 1)
    cost(_build(root, 1))
    shutil.rmtree(root)


def _docxtpl(found: WholeYear, work: Path, stack: ExitStack, say: Say) -> Iterator[Worker]:
    """The process of docxtpl, warm; none where it can't be had."""
    template = package.write(work / "letter.docx", SYNTAXES[DOCXTPL.syntax])
    contexts = data.write(work / "letters.json", data.letters(500))
    try:
        worker = stack.enter_context(Worker(DOCXTPL, template, contexts))
        worker.cpu(work / "letters", 0, WARM)
    except Unavailable as problem:
        found.left_out = f"{DOCXTPL.title} 没有测：{problem}"
        say(found.left_out)
    else:
        yield worker


def _round(found: WholeYear, size: Size, work: Path) -> None:
    """All steps, once for each number of processes; commands and floor only once, after the first builds."""
    for processes in size.processes:
        root = _workspace(work, size.units)
        taken = dict(_builds(root, processes))
        output = root / "output" / YEAR
        found.papers[size.units] = len(list(output.glob("[!.]*/*")))
        if processes == size.processes[0]:
            taken[Step.FLOOR] = floor(output, work / "floor")
            taken |= _commands(root)
        for step, spent in taken.items():
            found.costs.setdefault(Case(size.units, processes, step), []).append(spent)
        shutil.rmtree(root)


def _builds(root: Path, processes: Processes) -> Iterator[tuple[Step, Cost]]:
    build = _build(root, processes)
    yield Step.FRESH, cost(build)
    yield Step.SAME, cost(build)
    whole_year.change_a_finding(root, 1)
    yield Step.CHANGED, cost(build)


def _commands(root: Path) -> Iterator[tuple[Step, Cost]]:
    """In a workspace that was built: it is opened, looked at; then a finding is changed, its letter made and issued."""
    yield Step.OPEN, cost([sys.executable, "-m", "benchmarks.opening", str(root)])
    for step in COMMANDS:
        if step is Step.LETTER:
            whole_year.change_a_finding(root, 2)
        yield step, cost(_program(root, *_WORDS[step]))


def _peaks(found: WholeYear, sizes: Sequence[Size], work: Path, say: Say) -> None:
    for size in sizes:
        if size.units < LARGE:
            continue
        say(f"整年生成：{size.units} 个单位的内存")
        for processes in size.processes:
            root = _workspace(work, size.units)
            found.peaks[size.units, processes] = peak(_build(root, processes))
            shutil.rmtree(root)


def _workspace(work: Path, units: int) -> Path:
    """A workspace at a place of its own: this machine knows by its place what went out of it."""
    root = Path(tempfile.mkdtemp(prefix=f"{units}-", dir=work))
    whole_year.workspace(root, units)
    return root


def _build(root: Path, processes: Processes) -> list[str]:
    return _program(root, "build", *([] if processes is None else ["--jobs", str(processes)]))


def _program(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "liangqing", "-C", str(root), *words]


def main(argv: Sequence[str] | None = None) -> None:
    from benchmarks import report, terminal
    from benchmarks.found import Found

    parser = argparse.ArgumentParser(description="整年生成")
    counts = [size.units for size in SIZES]
    parser.add_argument("--largest", type=int, choices=counts, help="不测单位比这更多的；只在终端上显示")
    largest = parser.parse_args(argv).largest
    CACHE.mkdir(exist_ok=True)
    load = os.getloadavg()[0]
    found = Found(
        whole=measure([size for size in SIZES if size.units <= (largest or size.units)], terminal.say)
    )
    found.load = max(load, os.getloadavg()[0] - 2)  # its own two processes apart
    terminal.show(found)
    if largest is None:
        report.write_whole(WHOLE_REPORT, found, date.today())


if __name__ == "__main__":
    main()
