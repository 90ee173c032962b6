"""Commands that write, killed or refused by the disk at a call: before or after, never between, and nothing is left.

In the suite a few calls of each command; the campaign tries every call in every way (some thousands of runs).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import click
import pytest
from campaign import size
from disk_faults import HOW, Faults, can_inject, points
from sample import ROOT
from small import write_small
from writing_commands import (
    IN_SMALL,
    LOOKING,
    MENDING,
    OTHERWISE,
    READ,
    WRITERS,
    Area,
    Before,
    Files,
    Writer,
    commands_of,
    everything_came,
    is_witness,
)

from liangqing.base.file_changes import STAGE as HALF_WRITTEN
from liangqing.cli import main as cli

STAGE = "每次调用"
pytestmark = [
    pytest.mark.process,
    pytest.mark.campaign(STAGE),
    pytest.mark.skipif(not can_inject(), reason="needs Linux and gcc"),
    pytest.mark.xdist_group("faults"),  # the process that injects is started once
]


Areas = Callable[[Before], Area]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    with Faults(tmp_path_factory.mktemp("faults") / "库") as injecting:
        yield injecting


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory, faults: Faults) -> Areas:
    """An area as it is before a command, made anew each time it is asked for by what makes it so."""
    folder = tmp_path_factory.mktemp("areas")
    ready: dict[Before, Path] = {}

    def area(before: Before) -> Area:
        now = Area(folder / "area", faults)
        if before not in ready:
            _lay(now.folder, None)
            before(now)
            ready[before] = folder / str(len(ready))
            shutil.copytree(now.folder, ready[before])
        _lay(now.folder, ready[before])
        return now

    return area


def _lay(folder: Path, like: Path | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if like is not None:
        shutil.copytree(like, folder)
        return
    for name in ("人", "tmp"):
        (folder / name).mkdir(parents=True)
    write_small(folder / "工作")
    shutil.copytree(ROOT / "templates", folder / "工作/templates", dirs_exist_ok=True)


@pytest.mark.parametrize("name", WRITERS)
def test_whatever_call_fails_or_is_the_last_it_is_before_or_after_and_a_second_try_works(
    areas: Areas, name: str, record_property: Callable[[str, object], None]
) -> None:
    writer, tried = WRITERS[name], 0
    area = areas(writer.before)
    before = _kept(area, writer)
    whole = area.run(writer.words)
    after = _kept(area, writer)
    assert whole.code == writer.code and area.rubbish() == [], whole
    assert (before == after) == (name.endswith("--dry-run") or writer.drawn)
    ways = cycle(HOW)
    most = size(STAGE)
    for at in points(whole.calls, most):
        for how in HOW if most >= len(HOW) * whole.calls else (next(ways),):
            _try(areas(writer.before), writer, (at, how), (before, after))
            tried += 1
    record_property("tried", tried)


def _try(area: Area, writer: Writer, fault: tuple[int, str], states: tuple[Files, Files]) -> None:
    before, after = states
    ran = area.run(writer.words, *fault)
    assert ran.code in (writer.code, 1, -9), (fault, ran)
    then = area.run(writer.next)
    found = _kept(area, writer)
    assert then.code == 0 or not writer.drawn, (fault, then)
    if writer.mixed:
        strange = [path for path, data in found.items() if data not in (before.get(path), after.get(path))]
        assert strange == [], (fault, ran)
        assert {*before} & {*after} <= {*found}, fault
    else:
        found = _but_refused(found, states, writer, fault)
        whole = found in (before, after)
        assert whole, (fault, _differing(found, before), _differing(found, after))
    done = writer.mixed or found == after
    assert ran.code != 0 or done, fault
    if writer.repeats or writer.mixed or found == before:
        again = area.run(writer.words)
        assert again.code == writer.code, (fault, again)
    last = _but_refused(_kept(area, writer), states, writer, fault)
    missing = _differing(last, after)
    assert missing == [], fault
    assert area.rubbish() == [], fault


def _kept(area: Area, writer: Writer) -> Files:
    """The files of an area; without those that bear what was drawn by lot, where that is another each time."""
    found = area.files()
    return _of(found, {*filter(is_witness, found)}, but=True) if writer.drawn else found


def _but_refused(found: Files, states: tuple[Files, Files], writer: Writer, fault: tuple[int, str]) -> Files:
    """Files as if the disk had refused no witness: one that can't be written lags behind, which stops nothing.

    Of a command that was killed the witnesses count as every file: the next one tells them.
    """
    before, after = states
    notes = {*writer.lagging}
    for state in states if notes else ():
        if _of(found, notes, but=True) == _of(state, notes, but=True):
            return state
    witnesses = {name for name in {*before, *after, *found} if is_witness(name)}
    lagging = {name for name in witnesses if found.get(name) != after.get(name)}
    if fault[1] == "kill" or _of(found, witnesses, but=True) != _of(after, witnesses, but=True):
        return found
    assert all(found.get(name) == before.get(name) for name in lagging), (fault, lagging)
    return {**_of(found, witnesses, but=True), **_of(after, witnesses)}


def _of(files: Files, names: set[str], *, but: bool = False) -> Files:
    return {name: data for name, data in files.items() if (name in names) != but}


def _differing(one: Files, other: Files) -> list[str]:
    return [name for name in {*one, *other} if one.get(name) != other.get(name)][:5]


# ---------------------------------------------------------------- all commands


def test_every_command_is_tried_with_faults_or_only_looks() -> None:
    """A new command has a row in one of these tables, and so has a new option that names a place to write to."""
    commands = dict(_below(cli.cli))
    written, looking = {*commands_of(WRITERS)}, {*LOOKING}
    assert written | looking | {*MENDING} | {*OTHERWISE} == {*commands} | {"ledger"}  # of the catalogue
    own = {
        name
        for name, command in commands.items()
        if any(param.name == "sample" and not param.expose_value for param in command.params)
    }
    assert own - {*OTHERWISE} <= written  # what asks before it writes in the sample
    for name, command in commands.items():
        typed = {word for row in WRITERS.values() for word in row.words if name.split(" ")[0] in row.words}
        places = {
            option.opts[0]
            for option in command.params
            if isinstance(option.type, click.Path) and option.opts[0][0] == "-"
        }
        assert places - READ - typed == set(), name


def test_what_only_looks_writes_nothing_and_says_that_something_is_unfinished(areas: Areas) -> None:
    """While a new year is half made, which the next command that may write ends or undoes."""
    words = WRITERS["new-year"].words
    calls = areas(everything_came).run(words).calls
    area = areas(everything_came)
    area.run(words, calls * 2 // 3)
    assert (area.work / HALF_WRITTEN).is_dir()
    before = _everything(area)
    for name, looks in LOOKING.items():
        ran = area.run((*IN_SMALL, *looks))
        assert (ran.calls, _everything(area)) == (0, before), (name, ran)
        of_a_workspace = name != "format"
        assert (" 警告 D895 有一次写入没有做完" in ran.err) == of_a_workspace, (name, ran)
    ran = area.run((*IN_SMALL, "check"))
    assert "D895" not in ran.err and not (area.work / HALF_WRITTEN).exists()
    assert "D895" not in area.run((*IN_SMALL, "find", "单位")).err


def _below(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _below(command, f"{name} ")
        else:
            yield f"{path}{name}", command


def _everything(area: Area) -> Files:
    return {str(path): path.read_bytes() for path in area.folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["format --fix", "archive", "restore into a new folder"])
def test_what_a_killed_command_left_elsewhere_is_swept_by_any_other(areas: Areas, name: str) -> None:
    """Beside a copy, a package or a new workspace, and among what belongs to the person."""
    writer = WRITERS[name]
    area = areas(writer.before)
    before, calls, left = area.files(), area.run(writer.words).calls, 0
    after = area.files()
    for at in points(calls, 3):
        area = areas(writer.before)
        area.run(writer.words, at)
        left += bool(area.rubbish())
        area.run((*IN_SMALL, "status"))
        assert area.rubbish() == [] and area.files() in (before, after), at
    assert left
