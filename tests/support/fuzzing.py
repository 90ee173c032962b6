"""Inputs spoilt at random, put through the real commands: each is refused or taken, in words, and never with a traceback.

`python tests/support/fuzzing.py --cases 20000` (`--seed`, `--only`); the suite runs a short form. A case is a target and
a number, which alone decide what is spoilt: `--only form --seed 4711 --cases 1` does the same again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from types import FrameType

import spoiling
from fuzzing_ground import DAY, Ground, prepare
from fuzzing_readers import READERS, ReaderTarget, found_wrong, spoilt_for

from liangqing.base.processes import JOBS
from liangqing.cli import main as cli

PATIENCE = 10  # seconds for one case
SUFFICIENT = {0, 1, 2, 3}  # the exit codes that there are

Words = tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """What is spoilt and what reads it: files below the ground by a pattern, how, and the commands in turn.

    `{file}` in a command is the spoilt file. `told`: a refusal names it.
    """

    name: str
    files: tuple[str, ...]
    spoil: Callable[[bytes, Random], bytes]
    commands: tuple[Words, ...]
    told: bool = False


_FORMS = "收到/*.docx"
TARGETS = (
    Target("data", ("工作/checklists/*.yaml", "工作/checklists/2021/*.yaml"), spoiling.yaml_text,
           (("status",), ("check",), ("find", "排污"), ("build", "整改函", "--dry-run"))),
    Target("catalogue", ("工作/templates/文种.yaml",), spoiling.yaml_text, (("status",), ("check",), ("--help",))),
    Target("register", ("工作/checklists/发文登记.yaml",), spoiling.yaml_text, (("check",), ("status",))),
    Target("kept", ("工作/checklists/发文/*.json", "工作/checklists/发文/2021/*.json"), spoiling.json_text,
           (("check",), ("status",), ("build", "整改函"))),
    Target("notes", ("工作/output/.*.json", "工作/output/2021/.*.json", "工作/output/2021/.*.yaml"),
           spoiling.json_text, (("build", "整改函"), ("check",))),
    Target("form", (_FORMS,), spoiling.package, (("collect", "{file}"),), told=True),
    Target("paper", (_FORMS,), spoiling.package, (("format", "{file}"), ("verify", "{file}")), told=True),
    Target("template", ("工作/templates/整改函.docx", "工作/templates/自查情况表.docx"), spoiling.package,
           (("template", "check", "{name}"), ("build", "{stem}", "--dry-run"))),
    Target("ledger", ("收到/台账.xlsx",), spoiling.workbook, (("collect", "{file}"),), told=True),
    Target("list", ("收到/名单.xlsx",), spoiling.workbook, (("init", "{fresh}", "--from", "{file}"),), told=True),
    Target("csv", ("收到/名单.csv",), spoiling.text, (("init", "{fresh}", "--from", "{file}"),), told=True),
    Target("archive", ("收到/归档.zip",), spoiling.package, (("verify", "{file}"),)),
    Target("words", ("收到/词.txt",), spoiling.text, (("{words}",),)),
)  # fmt: skip
BY_NAME = {target.name: target for target in TARGETS}
READER = "reader:"  # before the name of a target of fuzzing_readers, which is given to no command
NAMES = (*BY_NAME, *(f"{READER}{name}" for name in READERS))


@dataclass(frozen=True)
class Fault:
    """A case that did not hold: what it was, and what happened."""

    target: str
    seed: int
    words: Words
    why: str
    spoilt: bytes = field(repr=False)


class _Overdue(BaseException):
    """A case took too long."""


@dataclass
class Tally:
    """What came of many cases: how many there were by target and exit code, and those that did not hold."""

    tried: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        names = dict.fromkeys(name for name, _ in self.tried)
        rows = [
            f"{name:21} " + "  ".join(f"{code}: {self.tried[name, code]}" for code in range(4))
            for name in names
        ]
        total = sum(self.tried.values())
        last = f"tried {total}, faults {len(self.faults)}, {total / max(self.seconds, 0.001):.0f} a second"
        return "\n".join([*rows, last])


def run(cases: int, seed: int, only: Sequence[str] = (), place: Path | None = None) -> Tally:
    """Try so many cases, the targets in turn, from number `seed` on, in a ground that is made below `place`."""
    names = list(only or NAMES)
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=place) as folder, _alone(Path(folder)):
        ground = prepare(Path(folder))
        readers = {
            name: READERS[name.removeprefix(READER)](ground) for name in names if name.startswith(READER)
        }
        began = time.monotonic()
        for number in range(cases):
            name, own = names[number % len(names)], seed + number // len(names)
            code, fault = (
                read(readers[name], name, own) if name in readers else tried(ground, BY_NAME[name], own)
            )
            tally.tried[name, code] += 1
            tally.faults += [fault] if fault else []
        tally.seconds = time.monotonic() - began
    return tally


def read(target: ReaderTarget, name: str, seed: int) -> tuple[int, Fault | None]:
    """One case of a reader: 0, or 1 where it did not hold; and what did not."""
    spoilt = spoilt_for(target, name, seed)
    why = within_patience(target, spoilt)
    return int(bool(why)), Fault(name, seed, (), why, spoilt) if why else None


def within_patience(target: ReaderTarget, data: bytes) -> str:
    """Why an input of a reader did not hold ("": it did), which takes too long too."""
    try:
        with _within(PATIENCE):
            return found_wrong(target.read, data)
    except _Overdue:
        return f"more than {PATIENCE} seconds"


def tried(ground: Ground, target: Target, seed: int) -> tuple[int, Fault | None]:
    """One case: the exit code, and what did not hold; the ground is afterwards as it was."""
    random = Random(f"{target.name}-{seed}")
    file = random.choice(ground.files(target.files))
    whole = file.read_bytes()
    spoilt = target.spoil(whole, random)
    words = _words(ground, random.choice(target.commands), file, spoilt)
    file.write_bytes(spoilt)
    try:
        code, why = _carried_out(ground, target, words, file)
    finally:
        ground.restore()
    return code, Fault(target.name, seed, words, why, spoilt) if why else None


def _words(ground: Ground, pattern: Words, file: Path, spoilt: bytes) -> Words:
    if pattern == ("{words}",):
        typed = os.fsdecode(spoilt.replace(b"\0", b"")).split("\n")
        return tuple(word for word in typed if not word.startswith("-C"))[:8]
    known = {
        "file": str(file),
        "name": file.name,
        "stem": file.stem,
        "fresh": str(ground.root / "新"),
    }
    return tuple(word.format(**known) for word in pattern)


def _carried_out(ground: Ground, target: Target, words: Words, file: Path) -> tuple[int, str]:
    """The exit code, and why the case did not hold ("": it did)."""
    out, err = _stream(), _stream()
    where = [] if words[:1] == ("init",) else ["-C", str(ground.workspace)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _within(PATIENCE):
            code = cli.main([*where, *words])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except _Overdue as overdue:
        return 1, f"more than {PATIENCE} seconds\n{''.join(traceback.format_tb(overdue.__traceback__)[-4:])}"
    except BaseException:  # noqa: BLE001 - whatever it is, it is a fault, and the next case goes on
        return 1, _short(traceback.format_exc())
    said = _text(out) + _text(err)
    if code not in SUFFICIENT:
        return 1, f"exit code {code}"
    if "Traceback" in said:
        return code, f"a traceback is shown\n{said}"
    if code and not said.strip():
        return code, "refused without a word"
    if code == 1 and target.told and file.name not in said and "checklists/" not in said:
        return code, f"the refusal does not name the file\n{said}"
    return code, ""


def _short(trace: str) -> str:
    """The end of a traceback."""
    return "\n".join(trace.rstrip().splitlines()[-14:])


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    return stream.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined,no-any-return]


@contextlib.contextmanager
def _within(seconds: int) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise _Overdue

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """On a day of its own, in one process, with nothing of the person who runs it."""
    day, kept, here = cli.today, dict(os.environ), Path.cwd()

    def on_that_day() -> date:
        return DAY

    cli.today = on_that_day
    os.environ |= {JOBS: "1", "HOME": str(place), "XDG_STATE_HOME": str(place / "state")}
    os.chdir(place)
    try:
        yield
    finally:
        cli.today = day
        os.environ.clear()
        os.environ.update(kept)
        os.chdir(here)


def main() -> int:
    """The command line of it: what was tried, and each fault once, with the numbers that bring it about again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", nargs="*", default=[], choices=NAMES)
    options.add_argument("--keep", type=Path, help="a folder in which the spoilt file of each fault is put")
    asked = options.parse_args()
    tally = run(asked.cases, asked.seed, asked.only)
    kinds: dict[str, list[Fault]] = {}
    for fault in tally.faults:
        kinds.setdefault("\n".join(fault.why.rstrip().splitlines()[-3:]), []).append(fault)
    for faults in kinds.values():
        first = faults[0]
        numbers = " ".join(f"{fault.target}-{fault.seed}" for fault in faults[:8])
        print(f"=== {len(faults)} times: {numbers}\n{first.words}\n{first.why}")  # noqa: T201
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{first.target}-{first.seed}").write_bytes(first.spoilt)
    print(tally)  # noqa: T201
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
