"""Pages of a PDF as pictures, by poppler's pdftoppm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from liangqing.errors import Place, refuse

SCREEN = 110  # dots per inch


def pages(pdf: Path, into: Path, *, dpi: int = SCREEN) -> list[Path]:
    """PNGs in the folder `into`, one a page in order, named after the PDF. Raises Problems."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise refuse(
            "D714",
            Place("pdftoppm"),
            "没有找到 pdftoppm，出不了图片",
            "Debian、UOS、麒麟运行 sudo apt install poppler-utils；或加 --open，直接打开 PDF",
        )
    into.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [program, "-r", str(dpi), "-png", str(pdf), str(into / pdf.stem)], capture_output=True, check=False
    )
    made = sorted(each for each in into.glob("*.png") if each.stem.rpartition("-")[0] == pdf.stem)
    if run.returncode or not made:
        raise refuse("D715", Place(str(pdf)), "画不出它的页面", "删掉这个 PDF，再转一次")
    return made
