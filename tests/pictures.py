"""`make pictures` draws the pages that docs/版式.md shows anew: small pictures in few colours, from the specimens."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import specimens
from PIL import Image

from liangqing.house.starters import starter
from liangqing.press import convert, pages

DPI = 56
BETWEEN = 10  # pixels of white and grey between two pages
GREY = (150, 150, 150)
# Picture → paper, and which of its pages stand side by side.
PICTURES = {
    "版式-信函": ("信函两页", (0, 1)),
    "版式-文件": ("文件盖章", (0, 2)),
    "版式-文件不盖章": ("文件短名不盖章", (0, 2)),
    "版式-纪要": ("纪要", (0, 1)),
    "版式-横表": ("横表", (0, 1)),
    "版式-表单": ("表单", (0,)),
}


def draw(folder: Path) -> Iterator[Path]:
    """Write the pictures to `folder`, and tell of each."""
    form = specimens.values(标题="某项工作情况表")
    papers = {**specimens.all_papers(), "表单": specimens.filled(starter("表单", ()), form)}
    wanted = {paper for paper, _ in PICTURES.values()}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        files = [work / f"{paper}.docx" for paper in sorted(wanted)]
        for path in files:
            path.write_bytes(papers[path.stem])
        drawn = {pdf.stem: pages(pdf, work / "页", dpi=DPI) for pdf in convert(files, work)}
        for picture, (paper, numbers) in PICTURES.items():
            path = folder / f"{picture}.png"
            _beside([drawn[paper][number] for number in numbers]).save(path, optimize=True)
            yield path


def _beside(files: list[Path]) -> Image.Image:
    sheets = [Image.open(each).convert("RGB") for each in files]
    width = sum(each.width for each in sheets) + BETWEEN * (len(sheets) + 1)
    whole = Image.new("RGB", (width, max(each.height for each in sheets) + 2 * BETWEEN), GREY)
    left = BETWEEN
    for each in sheets:
        whole.paste(each, (left, BETWEEN))
        left += each.width + BETWEEN
    return whole.quantize(64, dither=Image.Dither.NONE)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/图")
    folder.mkdir(parents=True, exist_ok=True)
    for path in draw(folder):
        sys.stdout.write(f"{path} {path.stat().st_size // 1024} kB\n")
