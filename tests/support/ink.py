"""Ink on rasterised pages, in millimetres from the edges of the sheet: where it begins and ends, black and red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from programs import need

from liangqing.gbt9704.standard import length
from liangqing.pdf import convert, pages
from template_sources.builder.units import LINE

DPI = 150
MM = 25.4 / DPI
# Of the page of the standard, in mm.
PITCH = LINE / 20 / 72 * 25.4
LEFT, RIGHT = length("版面", "订口").mm, length("纸张", "宽").mm - length("版面", "切口").mm
TOP = length("版面", "天头").mm
CHARACTER = length("版心", "字宽").mm
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Band:
    """A stretch of ink with white on both sides: a line of text, or a rule."""

    start: float
    end: float

    @property
    def size(self) -> float:
        return self.end - self.start


class Sheet:
    """One page. Ink is what is darker than half; red ink has a bright red and no green."""

    def __init__(self, png: Path) -> None:
        pixels = np.asarray(Image.open(png).convert("RGB")).astype(np.int16)
        red, green = pixels[:, :, 0], pixels[:, :, 1]
        self.red: Mask = (red > 180) & (green < 140)
        self.black: Mask = (red < 140) & (green < 140)

    def lines(self, mask: Mask, gap: float = 0.5) -> list[Band]:
        """The bands from top to foot; white of less than `gap` mm does not part them."""
        return bands(np.any(mask, axis=1), gap)

    def across(self, mask: Mask, band: Band) -> Band:
        """From the first to the last ink of a band, from the left edge."""
        rows = mask[round(band.start / MM) : round(band.end / MM)]
        (found,) = bands(np.any(rows, axis=0), 1000)
        return found

    def columns(self, mask: Mask, band: Band, gap: float = 0.5) -> list[Band]:
        """The stretches of ink from left to right within a band."""
        rows = mask[round(band.start / MM) : round(band.end / MM)]
        return bands(np.any(rows, axis=0), gap)


def bands(inked: object, gap: float) -> list[Band]:
    """Stretches of True, in mm; those nearer than `gap` are one."""
    (places,) = np.nonzero(np.asarray(inked))
    found: list[tuple[int, int]] = []
    for place in places.tolist():
        if found and (place - found[-1][1]) * MM <= gap:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return [Band(start * MM, end * MM) for start, end in found]


def rasterised(papers: Mapping[str, bytes], folder: Path) -> dict[str, list[Sheet]]:
    """The pages of Word files by their names, converted in one call."""
    need("soffice", "pdftoppm")
    for name, data in papers.items():
        (folder / f"{name}.docx").write_bytes(data)
    pdfs = convert([folder / f"{name}.docx" for name in papers], folder)
    return {pdf.stem: [Sheet(png) for png in pages(pdf, folder / "页", dpi=DPI)] for pdf in pdfs}


def near(value: float, tolerance: float = 1.0) -> object:
    """What a measured place is held against."""
    return pytest.approx(value, abs=tolerance)


def edges(sheet: Sheet, mask: Mask, band: Band) -> tuple[float, float]:
    """Where the ink of a band begins and ends, from the left edge."""
    across = sheet.across(mask, band)
    return across.start, across.end
