"""Ink on rasterised pages, in millimetres from the edges of the sheet: where it begins and ends, black and red."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

DPI = 150
MM = 25.4 / DPI
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
