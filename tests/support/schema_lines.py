"""Put the line that names its JSON Schema at the top of each file of the sample: `make schema`. Does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liangqing.data.json_schema import first_line

ROOT = Path(__file__).resolve().parents[2]


def wanted(root: Path) -> Iterator[tuple[Path, str]]:
    """The files that a person writes, and the first line that each must have."""
    for path in sorted([*root.glob("checklists/**/*.yaml"), *root.glob("templates/*.yaml")]):
        line = first_line(path.relative_to(root).as_posix())
        if line is not None:
            yield path, line


def main() -> None:
    for path, line in wanted(ROOT):
        text = path.read_text("utf-8")
        if text.partition("\n")[0] != line:
            path.write_text(f"{line}\n{text}", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
