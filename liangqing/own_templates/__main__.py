"""`python -m liangqing.house [DIR]` writes the templates to DIR (default: templates)."""

from __future__ import annotations

import sys
from pathlib import Path

from liangqing.own_templates import papers


def main(arguments: list[str]) -> None:
    """Writes every template; DIR is made when it is not there."""
    folder = Path(arguments[0] if arguments else "templates")
    folder.mkdir(parents=True, exist_ok=True)
    for name, docx in papers().items():
        (folder / name).write_bytes(docx)


if __name__ == "__main__":
    main(sys.argv[1:])
