"""What was saved since the desk was started: so long it can be taken back with a click."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from liangqing.changes.judging import JudgedRun

MOST = 50


@dataclass(frozen=True)
class SavedRun:
    """One save: its number (from 1), the workspace, the year, what was written; `what` says it in words."""

    number: int
    root: Path
    year: int
    what: str
    judged: JudgedRun = field(repr=False)


@dataclass
class SavedRuns:
    """The last saves of one start of the desk, of all workspaces."""

    runs: list[SavedRun] = field(default_factory=list)
    given: int = 0
    lock: Lock = field(default_factory=Lock)

    def remember(self, root: Path, year: int, what: str, judged: JudgedRun) -> SavedRun:
        """Keep a save; the oldest is forgotten where there are too many."""
        with self.lock:
            self.given += 1
            run = SavedRun(self.given, root, year, what, judged)
            self.runs = [*self.runs[-MOST + 1 :], run]
            return run

    def of(self, root: Path) -> list[SavedRun]:
        """The saves in a workspace, the last first."""
        return [run for run in reversed(self.runs) if run.root == root]

    def forget(self, run: SavedRun) -> None:
        """A save that was taken back is none any more."""
        with self.lock:
            self.runs = [other for other in self.runs if other is not run]
