"""Where the program keeps what belongs to the person at this machine and to no workspace."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """The folder of the person's state: which workspaces were open, which desk runs, what went out of which workspace.

    It need not be there yet.
    """
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "liangqing"
    return Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local/state"))) / "liangqing"
