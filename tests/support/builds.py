"""What a build has made, as a stranger sees it: the papers, their states, and all that was said."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from conftest import Run

from liangqing.base.codes import Code
from liangqing.base.folders import CARD
from liangqing.base.output_files import CONFLICT, CREATE, IDENTICAL, MANIFEST, STALE, UPDATE
from liangqing.register.witness import FOLDER

Papers = dict[str, bytes]

YEAR = "output/2021"


def papers(root: Path) -> Papers:
    """Every paper of the year by its path below the output folder; nothing that the program keeps for itself."""
    folder = root / YEAR
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if not name.startswith(".")}


def known(root: Path) -> dict[str, list[str]]:
    """The manifest: the content hashes that a file may have, by path."""
    path = root / YEAR / MANIFEST
    files: dict[str, list[str]] = json.loads(path.read_text("utf-8"))["files"] if path.exists() else {}
    return files


def times(root: Path) -> dict[str, int]:
    """When each file and folder of the workspace was last written, but for locks, which say who holds them."""
    paths = (path for path in root.rglob("*") if not path.name.endswith(".lock"))
    return {path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in paths}


@dataclass(frozen=True)
class Told:
    """What a build said: its exit code, the state of each paper, everything else, and what it complained of."""

    code: int
    states: dict[str, str]
    rest: object
    complaint: str

    @classmethod
    def by(cls, run: Run, *words: str) -> Told:
        """Build and listen. What breaks the standard is told of new and changed papers alone, and passed over here."""
        code, said, complaint = run("build", "--json", *words)
        if not said:
            return cls(code, {}, None, complaint)
        told = json.loads(said)
        del told["工作目录"]  # of a copy it is another
        states = {paper["文件"].removeprefix(f"{YEAR}/"): paper.pop("状态") for paper in told["文书"]}
        told["文书"] = [paper for paper in told["文书"] if "文种" in paper]  # the others are those that go
        of_changes = {Code.STANDARD_BROKEN, Code.HANDED_OVER_CHANGED}
        told["问题"] = [found for found in told["问题"] if found["代码"] not in of_changes]
        return cls(code, states, told, complaint)


def is_as_fresh(run: Run, *words: str) -> Told:
    """Build in place, and with --fresh in a copy without output: the same papers and words. What was told in place.

    The copy has neither card nor witness, by which it would be known for one. The states are what the papers that were there call for; a file that a person has changed stays.
    """
    before, noted = papers(run.root), known(run.root)
    told = Told.by(run, *words)
    after = papers(run.root)
    copy = run.root.parent / "另一份"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(
        run.root, copy, ignore=shutil.ignore_patterns("output", "*.lock", Path(CARD).name, FOLDER)
    )
    fresh = Told.by(run.in_folder(copy), "--fresh", *words)
    made = papers(copy)
    assert (told.rest, told.complaint) == (fresh.rest, fresh.complaint)
    if fresh.rest is None:
        assert (told.code, after, made) == (fresh.code, before, {})
        return told
    kept = {path for path, state in told.states.items() if state == CONFLICT}
    assert told.code == (1 if kept else fresh.code)
    assert {path: after[path] for path in made if path not in kept} == {
        path: data for path, data in made.items() if path not in kept
    }
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    assert {path: state for path, state in told.states.items() if path not in kept} == {
        **{path: _state(before.get(path), data) for path, data in made.items() if path not in kept},
        **_gone(words, before, noted, made),
    }
    return told


def _state(before: bytes | None, now: bytes) -> str:
    return CREATE if before is None else IDENTICAL if before == now else UPDATE


def _gone(
    words: tuple[str, ...], before: Papers, noted: dict[str, list[str]], made: Papers
) -> dict[str, str]:
    """What we wrote and do not make any more; not told by a build for a day of its own."""
    return (
        {} if "--as-of" in words else {path: STALE for path in before if path in noted and path not in made}
    )


def is_settled(run: Run, *words: str) -> None:
    """Build once more: all is 未变, but what a person has changed, and nothing is written."""
    before = times(run.root)
    told = Told.by(run, *words)
    assert {*told.states.values()} <= {IDENTICAL, CONFLICT}
    after = times(run.root)
    written = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    assert written == [], written
