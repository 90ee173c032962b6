"""`python -m liangqing.model [DIR]` writes the JSON Schemas to DIR (default: schema)."""

from __future__ import annotations

import sys
from pathlib import Path

from liangqing.base.folders import SCHEMA
from liangqing.data.json_schema import schemas


def main(arguments: list[str]) -> None:
    """Writes every schema; DIR is made when it is not there."""
    folder = Path(arguments[0] if arguments else SCHEMA)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
