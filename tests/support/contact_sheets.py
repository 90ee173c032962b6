"""`make sheets` draws every kind of paper on contact sheets, to be looked at: the sample year, and short, usual and long data.

`make sheets INTO=folder` draws them elsewhere, such as those of another checkout beside these.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pypdfium2
from many_papers import many_papers
from PIL import Image, ImageDraw, ImageFont
from programs import use_fonts_of_ci
from sample import BY_NAME, KINDS, ROOT, copy_workspace
from sample_photos import FACE

from liangqing.cli import main as cli
from liangqing.pdf.converting import WordFile, convert_papers

FOLDER = ROOT / "build/sheets"  # git ignores it
DAY = date(2021, 11, 1)
SAMPLE = "示例"
SCALE = 0.75  # pixels a point: a page is read at a glance, its text with good eyes
ACROSS, BETWEEN, CAPTION = 6, 8, 22  # pages side by side; pixels
GREY, INK = (150, 150, 150), (0, 0, 0)
Shown = tuple[str, str, str, bytes]  # of a paper its kind, of which size its data are, its name, its PDF


def shown(work: Path) -> Iterator[Shown]:
    """Every paper of the sample year and of the generated ones."""
    yield from _of_the_sample(work / "工作")
    for paper in many_papers(work / "各种"):
        yield paper.kind, paper.size, paper.name, paper.pdf


def _of_the_sample(root: Path) -> Iterator[Shown]:
    copy_workspace(root, issued=True)
    cli.today = lambda: DAY
    if cli.main(["-C", str(root), "build"]) or cli.main(["-C", str(root), "build", *BY_NAME]):
        raise SystemExit("the sample does not build")
    files = [file for kind in KINDS for file in sorted((root / "output/2021" / kind).glob("*.docx"))]
    done = convert_papers([WordFile(str(file), file.read_bytes()) for file in files])
    for file in files:
        yield file.parent.name, SAMPLE, file.stem, done.pdfs[str(file)]


def draw(papers: Iterable[Shown], folder: Path) -> Iterator[Path]:
    """Write a sheet for each kind and size into `folder`, and tell of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, size), found in groupby(sorted(papers), lambda paper: paper[:2]):
        path = folder / f"{kind}-{size}.png"
        _sheet([page for _, _, name, pdf in found for page in _pages(name, pdf)]).save(path, optimize=True)
        yield path


def _pages(name: str, pdf: bytes) -> Iterator[tuple[str, Image.Image]]:
    """The pages of a paper, each under its caption."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            drawn = page.render(scale=SCALE).to_pil().convert("RGB")
            yield f"{name} {number}/{len(document)}", drawn
    finally:
        document.close()


def _sheet(pages: list[tuple[str, Image.Image]]) -> Image.Image:
    width = max(page.width for _, page in pages) + BETWEEN
    height = max(page.height for _, page in pages) + BETWEEN + CAPTION
    across = min(ACROSS, len(pages))
    sheet = Image.new("RGB", (width * across, height * -(-len(pages) // across)), GREY)
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(FACE, 14)
    for number, (caption, page) in enumerate(pages):
        left, top = number % across * width, number // across * height
        pen.text((left + BETWEEN, top), caption, INK, face)
        sheet.paste(page, (left, top + CAPTION))
    return sheet.quantize(32)


if __name__ == "__main__":
    use_fonts_of_ci()
    with tempfile.TemporaryDirectory() as name:
        for path in draw(shown(Path(name)), Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)):
            sys.stdout.write(f"{path}\n")
