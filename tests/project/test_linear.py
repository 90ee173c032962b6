"""Twice the units, twice the work: nothing looks at all units, records or register lines once per paper or record.

Operations are counted, not seconds: the lines that each function executes, the items that are taken from each list of
a year and of the register, and the records that are compared. What is done once for a command falls out: the step
from 40 to 80 units is held against that from 20 to 40. A scan makes one function grow fourfold, however little it is
of the whole; so each is judged by itself. What sees one paper at a time (the engine, the reader of the standard, Word
files) is left out.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import large_year
import pytest

import liangqing
from liangqing.cli import main as cli
from liangqing.data.model.findings import Finding
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import LISTS
from liangqing.data.model.year import Year
from liangqing.register import Register
from liangqing.year.state.standing import Standing

pytestmark = pytest.mark.many

SIZES = (20, 40, 80)  # what happens in few units only happens in one of twenty
PACKAGE = f"{Path(liangqing.__file__).parent}/"
ONE_PAPER = tuple(
    f"{PACKAGE}{name}"
    for name in ("engine/", "gbt9704/", "base/docx_zip.py", "base/word", "base/theme_fonts")
)
# Searched by halves: it grows with the logarithm. Long tables alone are shortened: a step a row from there on.
# Signs are counted by the checker of formats alone, in one paper of each kind and length.
_WIDTH = "base/chinese.py character_width"
NO_SCANS = {
    _WIDTH,
    f"{_WIDTH}.<locals>.<genexpr>",
    "data/yaml/places.py Source.item_at.<locals>.<lambda>",
    "papers/format_check.py shortened",
}
GROWTH = 1.03  # a step may be so much more than twice the one before
STRAY = 6  # operations that a step may have beside

COMMANDS = {
    "build": ("build", "--jobs", "1"),
    "check": ("check",),
    "status": ("status",),
    "status of a person": ("status", "--person", large_year.person(2)),
    "propose": ("propose", "--dry-run"),
    "ledger": ("ledger", "--jobs", "1"),
    "dashboard": ("dashboard", "--jobs", "1"),
    "a letter by its name": ("letters", "ZG4", "--jobs", "1"),
    "issue": ("issue", "整改函", "ZG2", "--date", "2021-09-20"),
}


class _Listed(tuple[Any, ...]):
    """A tuple of records that counts what is taken from it; a walk over it counts as one over all of it."""

    taken: Counter[str]
    name: str

    @classmethod
    def of(cls, items: tuple[Any, ...], name: str, taken: Counter[str]) -> _Listed:
        made = cls(items)
        made.taken, made.name = taken, f"items of {name}"
        return made

    def __iter__(self) -> Iterator[Any]:
        self.taken[self.name] += len(self)
        return super().__iter__()

    def __contains__(self, item: object) -> bool:
        self.taken[self.name] += len(self)
        return super().__contains__(item)

    def index(self, *item: Any) -> int:
        self.taken[self.name] += len(self)
        return super().index(*item)


class _Meter:
    """Counts the operations of what runs within it, by what they are."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._lines: dict[CodeType, tuple[list[int], Any]] = {}
        self._other: Counter[str] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count until the end of the block."""
        before = sys.gettrace()
        with self._patch.context() as patch:
            self._count_lists(patch)
            sys.settrace(self._enter)
            try:
                yield
            finally:
                sys.settrace(before)

    @property
    def operations(self) -> Counter[str]:
        """How many there were; a function is called by its file, with what else it is in."""
        found = Counter(self._other)
        for code, (lines, _) in self._lines.items():
            found[f"{code.co_filename.removeprefix(PACKAGE)} {code.co_qualname}"] += lines[0]
        return found

    def _enter(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(PACKAGE) or code.co_filename.startswith(ONE_PAPER):
            return None
        known = self._lines.get(code)
        if known is None:
            known = self._lines[code] = _line_counter()
        return known[1]

    def _count_lists(self, patch: pytest.MonkeyPatch) -> None:
        taken = self._other

        def equal(one: ModelRecord, other: object) -> bool:
            taken["records compared"] += 1
            return one is other

        def counting(made: type[Any], names: tuple[str, ...]) -> Callable[..., None]:
            initialise = made.__init__

            def wrapped(self: Any, *given: Any, **named: Any) -> None:
                initialise(self, *given, **named)
                for name in names:
                    object.__setattr__(self, name, _Listed.of(getattr(self, name), name, taken))

            return wrapped

        patch.setattr(ModelRecord, "__eq__", equal)
        patch.setattr(Year, "__init__", counting(Year, LISTS))
        patch.setattr(Register, "__init__", counting(Register, ("lines",)))


def _line_counter() -> tuple[list[int], Any]:
    lines = [0]

    def count(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            lines[0] += 1
        return count

    return lines, count


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, bool], Path]:
    """A workspace of so many units, its checklist a draft or not; made once."""
    made: dict[tuple[int, bool], Path] = {}

    def of(units: int, draft: bool) -> Path:
        if (units, draft) not in made:
            root = made[units, draft] = tmp_path_factory.mktemp("年") / "工作"
            large_year.write(root, units, draft=draft)
            assert large_year.is_sound(root)
        return made[units, draft]

    return of


@pytest.fixture
def steps(
    workspaces: Callable[[int, bool], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Counter[str]]]:
    """The operations of a command at each of SIZES."""
    monkeypatch.setattr(cli, "today", lambda: large_year.TODAY)

    def run(size: int, words: tuple[str, ...], draft: bool, meter: _Meter | None) -> None:
        root = tmp_path / "工作"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(workspaces(size, draft), root)
        with nullcontext() if meter is None else meter.running():
            assert cli.main(["-C", str(root), *words]) == 0

    def of(*words: str, draft: bool = False) -> list[Counter[str]]:
        run(SIZES[0], words, draft, None)  # what a process loads or works out once
        meters = [_Meter(monkeypatch) for _ in SIZES]
        for size, meter in zip(SIZES, meters, strict=True):
            run(size, words, draft, meter)
        return [meter.operations for meter in meters]

    return of


def grown(steps: list[Counter[str]]) -> dict[str, tuple[int, ...]]:
    """What grew by more than twice as much in the second step as in the first: its counts."""
    small, middle, large = steps
    return {
        name: (small[name], middle[name], large[name])
        for name in large.keys() - NO_SCANS
        if large[name] - middle[name] > GROWTH * 2 * (middle[name] - small[name]) + STRAY
    }


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_twice_the_units_twice_the_work(
    words: tuple[str, ...], steps: Callable[..., list[Counter[str]]]
) -> None:
    counts = steps(*words)
    assert grown(counts) == {}
    small, middle, large = (step.total() for step in counts)
    assert (large - middle) / (middle - small) == pytest.approx(2, rel=0.15)


def test_nor_while_opinions_on_the_draft_are_owed(steps: Callable[..., list[Counter[str]]]) -> None:
    assert grown(steps("status", draft=True)) == {}


def test_a_scan_is_seen(steps: Callable[..., list[Counter[str]]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three sorts, each for every finding: calls of ours, a list walked in one call, a record looked for in a list."""
    real = Standing.state

    def state(at: Standing, finding: Finding) -> str:
        assert all(at.found_on(other) for other in at.found)
        assert max(at.year.units, key=id)
        assert finding in [*at.found]
        return real(at, finding)

    monkeypatch.setattr(Standing, "state", state)
    found = grown(steps("propose", "--dry-run"))
    assert found.keys() >= {
        "year/state/records.py YearRecords.found_on",
        "items of units",
        "records compared",
    }
