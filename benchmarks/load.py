"""Loading: YAML against the bare parser, and workspaces of 1,000 and 10,000 units.

python -m benchmarks.load                 both, as a table on the terminal
python -m benchmarks.load ROOT N STAGE    one stage over the workspace of N units in ROOT, once, as JSON
"""

from __future__ import annotations

import gc
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import yaml

from benchmarks import units
from benchmarks.peers.serve import memory
from benchmarks.places import ROOT, scratch
from liangqing.cli import main as cli
from liangqing.data import workspace
from liangqing.data.yaml import places

SIZE = 5_000_000
YAML_ROUNDS = 7
COUNTS = (1000, 10000)
UNIT_ROUNDS = 2
STAGES = ("load", "check", "build")
_Parser: Any = import_module("yaml.cyaml").CParser


# ---------------------------------------------------------------- YAML


def yaml_text() -> bytes:
    """At least 5 MB of findings as a workspace holds them."""
    one = len(units.section("问题", 1000).encode()) // 1000
    return units.section("问题", SIZE // one + 1).encode()


def _ours(data: bytes) -> None:
    places.parse(data, "问题.yaml")


def _events(data: bytes) -> None:
    parser = _Parser(data)
    while parser.check_event():
        parser.get_event()


def _safe(data: bytes) -> None:
    yaml.load(data, yaml.CSafeLoader)


def _safe_uncollected(data: bytes) -> None:
    gc.disable()
    try:
        yaml.load(data, yaml.CSafeLoader)
    finally:
        gc.enable()


READERS: dict[str, Callable[[bytes], None]] = {
    "两清两跟 source.parse": _ours,
    "PyYAML CParser，只取事件": _events,
    "PyYAML CSafeLoader": _safe,
    "PyYAML CSafeLoader，关掉垃圾回收": _safe_uncollected,
}


def yaml_seconds() -> dict[str, list[float]]:
    """Seconds of each reader, a figure a round."""
    data = yaml_text()
    taken: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(YAML_ROUNDS):
        for name, read in READERS.items():
            gc.collect()
            start = perf_counter()
            read(data)
            taken[name].append(perf_counter() - start)
    return taken


def ratio(taken: dict[str, list[float]], name: str) -> float:
    """How many times our reader's seconds, the median over the rounds."""
    ours = taken[next(iter(READERS))]
    return median(theirs / mine for theirs, mine in zip(taken[name], ours, strict=True))


# ---------------------------------------------------------------- workspaces


@dataclass(frozen=True)
class Workspaces:
    """One size: its YAML, median seconds of each stage, and the most memory of a process, in KB.

    Each stage starts from nothing: `check` loads, `build` loads, checks and makes one letter.
    """

    units: int
    size: int
    seconds: dict[str, float]
    peaks: dict[str, int]


def workspaces() -> list[Workspaces]:
    """Both sizes in turn, each stage in a process of its own."""
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        sizes = {count: units.workspace(Path(folder, str(count)), count) for count in COUNTS}
        runs = [
            (count, stage, _measured(Path(folder, str(count)), count, stage))
            for _ in range(UNIT_ROUNDS)
            for count in COUNTS
            for stage in STAGES
        ]
    return [
        Workspaces(
            count,
            sizes[count],
            {
                each: median(run["seconds"] for c, s, run in runs if (c, s) == (count, each))
                for each in STAGES
            },
            {each: max(run["peak"] for c, s, run in runs if (c, s) == (count, each)) for each in STAGES},
        )
        for count in COUNTS
    ]


def _measured(root: Path, count: int, stage: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.load", str(root), str(count), stage]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure(root: Path, count: int, stage: str) -> dict[str, float]:
    shutil.rmtree(root / "output", ignore_errors=True)
    start = perf_counter()
    if stage == "load":
        assert len(workspace.load(root).years[int(units.YEAR)].units) == count
    else:
        words = ["check", "--as-of", "2021-10-31"] if stage == "check" else ["letters", f"ZG{count // 2}"]
        _run("-C", str(root), *words)
    return {"seconds": perf_counter() - start, "peak": memory()["peak"]}


def _run(*words: str) -> None:
    """The command line in this process; stops with what it said when it fails."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = cli.main(list(words))
    if code:
        raise SystemExit(said.getvalue())


def main() -> None:
    if len(sys.argv) > 1:
        json.dump(_measure(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]), sys.stdout)
        return
    from benchmarks import terminal

    terminal.loading(yaml_seconds(), workspaces())


if __name__ == "__main__":
    main()
