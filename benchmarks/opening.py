"""Opens a workspace and ends: `python -m benchmarks.opening ROOT`. What each command does first of all."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from liangqing.year.open_workspace import open_workspace


def main(root: str) -> None:
    open_workspace(Path(root), None, None, date.today())


if __name__ == "__main__":
    main(*sys.argv[1:])
