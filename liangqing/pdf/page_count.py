"""What a printer has to know of a PDF: how many pages, and the size of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import hypot

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

# Portrait, in mm.
SIZES = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "DL": (110, 220),
    "ZL": (120, 230),
    "C5": (162, 229),  # envelopes, GB/T 1416
}
_NEAR = 4.0  # mm
_POINT = 25.4 / 72


@dataclass(frozen=True)
class Sheets:
    """`pages` of a PDF, and the `paper` that takes the first of them: a size of SIZES, or its millimetres."""

    pages: int
    paper: str


def sheets(pdf: bytes, name: str) -> Sheets:
    """Raises Problems for a PDF, called `name`, that has no pages or can't be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(BytesIO(pdf)).pages
        box = pages[0].mediabox
        count = len(pages)
    except (PyPdfError, IndexError):
        raise refuse(Code.PDF_UNREADABLE, Place(name), "这个 PDF 读不出来", "删掉它，再转一次") from None
    short, long = sorted((float(box.width) * _POINT, float(box.height) * _POINT))
    paper = min(SIZES, key=lambda size: hypot(SIZES[size][0] - short, SIZES[size][1] - long))
    if hypot(SIZES[paper][0] - short, SIZES[paper][1] - long) > _NEAR:
        paper = f"{short:.0f}×{long:.0f}毫米"
    return Sheets(count, paper)
