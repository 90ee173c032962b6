"""Inputs that coverage guides: what leads to a new line of the program is kept and spoilt further (libFuzzer, by atheris).

`python tests/support/fuzzing_guided.py --cases 20000` (`--seed`, `--only yaml tags=500`, `--found FOLDER`); the suite runs a short form.
The targets are those of `fuzzing_readers`, each in a process of its own, with what its reader takes as the first seeds.
A target holds as it does there; a process that dies, or takes more than `MOST_MEMORY`, does not hold either.
"""

from __future__ import annotations

import argparse
import gc
import json
import mmap
import os
import re
import struct
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from types import FunctionType
from zipfile import BadZipFile

import atheris
import spoiling
from fuzzing import _alone, within_patience
from fuzzing_ground import Ground, prepare
from fuzzing_readers import READERS, ReaderTarget

MOST_MEMORY = 800  # MB of a process, of which the instrumented program is a good part
LONGEST = 1 << 17  # bytes of an input
PLANTED = "planted"  # a target that falls, and only for who is guided to it


@dataclass(frozen=True)
class GuidedFault:
    """What did not hold: of which target, why, and the input in hex."""

    target: str
    why: str
    spoilt: str


@dataclass(frozen=True)
class GuidedTarget:
    """What came of a target: how many inputs were tried, how many places of the program they led to, the faults."""

    name: str
    tried: int
    places: int
    faults: tuple[GuidedFault, ...]


def _planted(data: bytes) -> None:
    """Falls where nobody gets by chance: doors one behind the other."""
    if data[:1] == b"l" and data[1:2] == b"q":
        raise ZeroDivisionError("planted")


def _planted_target(_: Ground) -> ReaderTarget:
    return ReaderTarget((b"0000",), spoiling.data, _planted)


_YAML = ("liangqing.data.yaml",)
_WORD = ("liangqing.base.docx_zip", "liangqing.base.word_", "liangqing.base.wordprocessingml")
_TAGS = ("liangqing.engine.language", "liangqing.engine.expressions", "liangqing.engine.filling.render")
_BOOK = ("liangqing.base.docx_zip", "liangqing.changes.sheet_bounds", "liangqing.changes.ledger_workbook")
_LISTS = ("liangqing.changes.foreign_list", "liangqing.changes.table_heads")
# Where it is looked which lines an input leads to: what reads it.
ROOMS: dict[str, tuple[str, ...]] = {
    "yaml": _YAML,
    "written": _YAML,
    "records": (*_YAML, "liangqing.data.model"),
    "year": ("liangqing.data", "liangqing.year.rules"),
    "register": (*_YAML, "liangqing.register"),
    "catalogue": (*_YAML, "liangqing.papers.catalogue", "liangqing.data.model.kinds"),
    "json": ("liangqing.base.plain_json",),
    "tags": _TAGS,
    "expression": _TAGS,
    "words": ("liangqing.base.dates", "liangqing.base.spans", "liangqing.base.chinese"),
    "pasted": ("liangqing.changes",),
    "template": (*_TAGS, *_WORD, "liangqing.engine"),
    "form": (*_WORD, "liangqing.forms", "liangqing.changes.returned", "liangqing.engine.admission"),
    "word": (*_WORD, "liangqing.gbt9704.word", "liangqing.actions.comparing"),
    "zip": ("liangqing.base.docx_zip",),
    "ledger": _BOOK,
    "list": (*_BOOK, *_LISTS),
    "csv": _LISTS,
    "book template": (*_TAGS, "liangqing.engine.workbook"),
    "picture": ("liangqing.engine.filling", "liangqing.engine.parts"),
    PLANTED: (__name__,),
}
TARGETS: dict[str, Callable[[Ground], ReaderTarget]] = {**READERS, PLANTED: _planted_target}


def _watch(rooms: tuple[str, ...]) -> None:
    """Lets libFuzzer see each jump and comparison of the functions in some rooms."""
    for found in gc.get_objects():
        if type(found) is FunctionType and (found.__module__ or "").startswith(rooms):
            atheris.instrument_func(found)


def tried(ground: Ground, name: str, runs: int, seed: int, place: Path) -> GuidedTarget:
    """One target in a process of its own; its corpus, log and faults are in `place`."""
    place.mkdir()
    count = mmap.mmap(-1, 8)
    child = os.fork()
    if not child:
        target = TARGETS[name](ground)
        _watch(ROOMS[name])
        _fuzz(target, runs, seed, place, count)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = (place / "log").read_text("utf-8", "replace")
    faults = [
        GuidedFault(name, path.with_suffix(".txt").read_text("utf-8"), path.read_bytes().hex())
        for path in sorted(place.glob("fault-*.bin"))
    ]
    if status:
        died = next(iter(place.glob("died-*")), None)
        faults.append(
            GuidedFault(name, f"exit code {status}\n{said[-2000:]}", died.read_bytes().hex() if died else "")
        )
    covered = [int(number) for number in re.findall(r"\bcov: (\d+)", said)]
    return GuidedTarget(name, struct.unpack("q", count)[0], max(covered, default=0), tuple(faults))


def _fuzz(target: ReaderTarget, runs: int, seed: int, place: Path, count: mmap.mmap) -> None:
    """Does not come back: libFuzzer ends the process after so many runs."""
    corpus = place / "corpus"
    corpus.mkdir()
    for number, data in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(data)
    log = os.open(place / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    known: set[str] = set()

    def one(data: bytes) -> None:
        count[:] = struct.pack("q", struct.unpack("q", count)[0] + 1)
        if why := within_patience(target, data):
            _keep(place, why, data, known)

    def mutated(data: bytes, most: int, number: int) -> bytes:
        return _mutated(target, data, Random(number))[:most]

    options = [
        f"-runs={runs}", f"-seed={seed}", f"-max_len={LONGEST}", "-len_control=0", "-timeout=0",
        f"-rss_limit_mb={MOST_MEMORY}", f"-artifact_prefix={place}/died-", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutated)
    atheris.Fuzz()


def _mutated(target: ReaderTarget, data: bytes, random: Random) -> bytes:
    """Half of them as accidents spoil such a file, half of them as libFuzzer does, which knows no files."""
    if random.random() < 0.5:
        try:
            return target.spoil(data, random)
        except (ValueError, IndexError, BadZipFile):  # what was spoilt before is no such file any more
            return spoiling.data(data, random)
    return bytes(atheris.Mutate(data, LONGEST))


def _keep(place: Path, why: str, data: bytes, known: set[str]) -> None:
    """Each kind of fault once."""
    kind = "\n".join(why.splitlines()[-3:])
    if kind not in known:
        known.add(kind)
        path = place / f"fault-{len(known)}.bin"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(why, "utf-8")


def run(cases: Mapping[str, int], seed: int, ready: Path | None = None) -> list[GuidedTarget]:
    """So many cases of each target.

    `ready` is a folder in which the ground is prepared already; it is changed.
    """
    with tempfile.TemporaryDirectory() as folder, _alone(Path(folder)):
        ground = Ground(ready) if ready else prepare(Path(folder))
        return [
            tried(ground, name, number, seed, Path(folder, f"of-{place}"))
            for place, (name, number) in enumerate(cases.items())
        ]


def _share(words: Sequence[str], cases: int) -> dict[str, int]:
    """How many cases each target gets: what is said of it (`yaml=300`), else the same share of all."""
    said = dict(word.partition("=")[::2] for word in words)
    return {name: int(number) if number else max(1, cases // len(said)) for name, number in said.items()}


def main() -> int:
    """The command line of it: what was tried, as JSON, and each fault once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", nargs="*", default=list(READERS), metavar="TARGET[=CASES]")
    options.add_argument("--found", type=Path, help="a folder in which the input of each fault is put")
    options.add_argument("--ground", type=Path, help="the folder of a ground that is prepared already")
    asked = options.parse_args()
    results = run(_share(asked.only, asked.cases), asked.seed, asked.ground)
    for number, fault in enumerate(fault for result in results for fault in result.faults):
        if asked.found:
            asked.found.mkdir(parents=True, exist_ok=True)
            (asked.found / f"{fault.target}-{number}").write_bytes(bytes.fromhex(fault.spoilt))
    print(json.dumps([asdict(result) for result in results], ensure_ascii=False))  # noqa: T201
    return 1 if any(result.faults for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
