"""`make bench`: our engine against every other, on one letter; writes docs/基准.md.

python -m benchmarks.run               everything
python -m benchmarks.run --only NAME…  these engines alone; nothing but a table on the terminal
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import data, load, package, report, rounds, terminal, texts
from benchmarks.found import Found
from benchmarks.install import Unavailable, environment
from benchmarks.peers import FLOOR, OURS, PEERS, Engine
from benchmarks.places import CACHE, REPORT, ROOT, TEMPLATES, scratch
from benchmarks.syntaxes import SYNTAXES
from benchmarks.workers import Worker
from liangqing.base.chinese import FILTERS
from liangqing.engine import compile_template

LETTERS = 500
COMPARED = 12
COMPILES = 9


def main(argv: Sequence[str] | None = None) -> None:
    options = _options(argv)
    CACHE.mkdir(exist_ok=True)
    found = Found(load=os.getloadavg()[0])
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        peers = [each for each in PEERS if not options.only or each.key in options.only]
        _measure(found, peers, Path(folder))
        if not options.only:
            _measure_the_rest(found, Path(folder))
    found.load = max(found.load, os.getloadavg()[0])
    terminal.show(found)
    if not options.only:
        report.write(REPORT, found, date.today())


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="docxtpl 等引擎与本引擎的比较")
    parser.add_argument("--only", nargs="+", metavar="引擎", choices=[each.key for each in PEERS], default=[])
    return parser.parse_args(argv)


def _measure(found: Found, peers: Iterable[Engine], work: Path) -> None:
    engines = [OURS, FLOOR, *_installed(found, peers)]
    templates = {each: package.write(work / f"{each.syntax}.docx", SYNTAXES[each.syntax]) for each in engines}
    contexts = data.write(work / "letters.json", data.letters(LETTERS))
    with ExitStack() as stack:
        team = list(_started(found, engines, templates, contexts, stack))
        team = [each for each in team if _compared(found, each, work / "texts")]
        found.letters = rounds.letters(team, work / "letters", terminal.say)
    fillers = [each for each in found.letters if each.engine]
    long = data.write(work / "tables.json", [data.with_rows(size) for size in rounds.SIZES])
    with ExitStack() as stack:
        team = list(_started(found, fillers, templates, long, stack))
        found.tables = rounds.tables(team, work / "tables", terminal.say)
    found.peaks = rounds.peaks(fillers, templates, contexts, work / "memory", 100, terminal.say)
    longest = data.write(work / "longest.json", [data.with_rows(rounds.SIZES[-1])])
    able = [each for each, series in found.tables[rounds.SIZES[-1]].items() if series.seconds]
    found.table_peaks = rounds.peaks(able, templates, longest, work / "table-memory", 1, terminal.say)


def _measure_the_rest(found: Found, work: Path) -> None:
    template, contexts = work / f"{OURS.syntax}.docx", work / "letters.json"
    terminal.say("编译")
    found.compiles = {name: _compile(path) for name, path in _templates(template)}
    terminal.say("两个进程")
    found.processes = _processes(template, contexts, work / "processes")
    terminal.say("读入")
    found.yaml = load.yaml_seconds()
    found.workspaces = load.workspaces()


def _installed(found: Found, engines: Iterable[Engine]) -> Iterator[Engine]:
    for engine in engines:
        try:
            environment(engine)
        except Unavailable as problem:
            _leave_out(found, engine, problem)
        else:
            yield engine


def _started(
    found: Found, engines: Iterable[Engine], templates: dict[Engine, Path], contexts: Path, stack: ExitStack
) -> Iterator[Worker]:
    for engine in engines:
        try:
            yield stack.enter_context(Worker(engine, templates[engine], contexts))
        except Unavailable as problem:
            _leave_out(found, engine, problem)


def _leave_out(found: Found, engine: Engine, problem: Unavailable) -> None:
    found.left_out[engine] = str(problem)
    terminal.say(f"{engine.title} 没有测：{problem}")


def _compared(found: Found, worker: Worker, folder: Path) -> bool:
    """Notes how the engine's texts differ from ours (which come first); False when it cannot render."""
    try:
        worker.render(folder / worker.engine.key, 0, COMPARED)
    except Unavailable as problem:
        _leave_out(found, worker.engine, problem)
        return False
    if worker.engine.engine:
        found.texts[worker.engine] = _difference(folder, worker.engine)
        terminal.say(f"{worker.engine.title}：文字{found.texts[worker.engine]}")
    return True


def _difference(folder: Path, engine: Engine) -> str:
    if engine == OURS:
        return "—"
    pairs = [
        [texts.paragraphs((folder / each.key / f"{number}.docx").read_bytes()) for each in (OURS, engine)]
        for number in range(COMPARED)
    ]
    said = dict.fromkeys(filter(None, (texts.difference(ours, theirs) for ours, theirs in pairs)))
    return "；".join(said) if said else "相同"


def _templates(letter: Path) -> Iterator[tuple[str, Path]]:
    yield "基准的函", letter
    yield from ((f"templates/{path.name}", path) for path in sorted(TEMPLATES.glob("*.docx")))


def _compile(path: Path) -> float:
    taken = []
    for _ in range(COMPILES):
        start = perf_counter()
        compile_template(path, name=path.name, filters=FILTERS)
        taken.append(perf_counter() - start)
    return median(taken)


def _processes(template: Path, contexts: Path, folder: Path) -> dict[int, list[tuple[float, float, float]]]:
    folder.mkdir()
    command = [sys.executable, "-m", "benchmarks.processes", str(template), str(contexts), str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return {int(count): [(a, b, c) for a, b, c in runs] for count, runs in json.loads(done.stdout).items()}


if __name__ == "__main__":
    main()
