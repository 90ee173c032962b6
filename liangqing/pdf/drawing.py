"""Pages of a PDF as pictures, by poppler's pdftoppm."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.left_behind import place_file
from liangqing.base.scratch import scratch_folder

SCREEN = 110  # dots per inch


def pages(pdf: Path, into: Path, *, dpi: int = SCREEN) -> list[Path]:
    """PNGs in the folder `into`, one a page in order, named after the PDF. Raises Problems."""
    return draw(pdf.read_bytes(), into, pdf.stem, dpi=dpi)


def draw(pdf: bytes, into: Path, stem: str, *, dpi: int = SCREEN) -> list[Path]:
    """PNGs `stem-1.png` … in the folder `into`, in order; those of an earlier drawing are gone. Raises Problems."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise refuse(
            Code.NO_PDFTOPPM,
            Place("pdftoppm"),
            "没有找到 pdftoppm，出不了图片",
            "Debian、UOS、麒麟运行 sudo apt install poppler-utils；或加 --open，直接打开 PDF",
        )
    with scratch_folder() as place:
        source = place / "a.pdf"
        source.write_bytes(pdf)
        words = [program, "-r", str(dpi), "-png", str(source), str(place / "p")]
        run = subprocess.run(words, capture_output=True, check=False, timeout=300)
        drawn = [path.read_bytes() for path in sorted(place.glob("p-*.png"))]
    if run.returncode or not drawn:
        raise refuse(Code.PAGES_NOT_DRAWN, Place(stem), "画不出它的页面", "删掉这个 PDF，再转一次")
    old = re.compile(re.escape(stem) + r"-\d+\.png")
    for path in into.glob("*.png") if into.is_dir() else ():
        if old.fullmatch(path.name):
            path.unlink()
    made = [into / f"{stem}-{number}.png" for number in range(1, len(drawn) + 1)]
    for path, data in zip(made, drawn, strict=True):
        place_file(path, data)
    return made
