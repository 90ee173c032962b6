"""A desk that was started: its token, its clock, the workspaces that it knows."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liangqing.desk.answering.opening import OpenedWorkspaces, name_of
from liangqing.desk.answering.saved_runs import SavedRuns


@dataclass(frozen=True)
class DeskSettings:
    """One start of the desk. `first` is the workspace that it was started with; `home` is where new ones are made.

    `token` lets a browser in, `form_token` stands in every form; both are new with every start. `sample` says that
    the product's own sample may be written into. `recent` is the file in which the workspaces that were open stand.
    """

    clock: Callable[[], date]
    home: Path
    recent: Path
    first: Path | None = None
    sample: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    workspaces: OpenedWorkspaces = field(default_factory=OpenedWorkspaces, repr=False)
    saves: SavedRuns = field(default_factory=SavedRuns, repr=False)
    known: dict[str, Path] = field(default_factory=dict)  # by the name in addresses

    def name(self, root: Path) -> str:
        """The name of a workspace in addresses; from then on it is known."""
        name = name_of(root)
        self.known[name] = root
        return name


def proof_of(token: str, asked: str) -> str:
    """What only a desk of this token can answer to a word that nobody asked before."""
    return hmac.new(token.encode(), asked.encode(), "sha256").hexdigest()
