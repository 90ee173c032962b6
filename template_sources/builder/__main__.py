"""`python -m template_sources.builder` writes the templates of the sources, and the starters of `template new`."""

from __future__ import annotations

import sys

from template_sources.builder import SOURCES, papers
from template_sources.builder.notation import Faults

ROOT = SOURCES.parent
# Folder of sources → where their templates stand.
WRITTEN = {SOURCES: ROOT / "templates", SOURCES / "起步": ROOT / "liangqing/papers/starters"}


def main() -> None:
    """Writes every template, or none where something is wrong."""
    made = {target: papers(folder) for folder, target in WRITTEN.items()}
    for target, templates in made.items():
        target.mkdir(exist_ok=True)
        for name, docx in templates.items():
            (target / name).write_bytes(docx)


if __name__ == "__main__":
    try:
        main()
    except Faults as faults:
        sys.exit("\n".join(faults.told))
