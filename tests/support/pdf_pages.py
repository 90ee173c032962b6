"""What stands where on the pages of a PDF: characters, lines and drawn rules, in mm from the upper left corner."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72


@dataclass(frozen=True)
class Box:
    """A box on a page: its four sides in mm, from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return (self.top + self.bottom) / 2

    def parts(self, left: Box, right: Box) -> bool:
        """Whether this is a rule that stands upright between two boxes."""
        return (
            self.height > 2 * self.width
            and self.top <= left.middle <= self.bottom
            and left.right - 0.5 <= self.left
            and self.right <= right.left + 0.5
        )

    def around(self, other: Box) -> Box:
        """The box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Sign:
    """One character as drawn, with the box of its font (not of its ink); `size` is in points."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True)
class Line:
    """What stands on one line and close together; each cell of a row has lines of its own."""

    signs: tuple[Sign, ...]
    box: Box

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)


@dataclass(frozen=True)
class Page:
    """A page: its size in mm, every character in the order in which it is drawn, and drawn lines, frames and fills."""

    width: float
    height: float
    signs: tuple[Sign, ...]
    rules: tuple[Box, ...]

    @property
    def text(self) -> str:
        """All characters in the order in which they are drawn, without blanks."""
        return "".join(sign.text for sign in self.signs)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines from the top down, those of one height from the left."""
        found: list[list[Sign]] = []
        for sign in self.signs:
            if found and self._goes_on(found[-1][-1], sign):
                found[-1].append(sign)
            else:
                found.append([sign])
        return tuple(sorted(map(_line, found), key=lambda line: (round(line.box.bottom), line.box.left)))

    def _goes_on(self, before: Sign, sign: Sign) -> bool:
        """Whether a character stands on the line of the one drawn before it, near it and in the same cell."""
        gap = sign.box.left - before.box.right
        level = abs(before.box.middle - sign.box.middle) < 0.4 * max(before.box.height, sign.box.height)
        near = level and -1 <= gap <= 2 * sign.size * MM
        return near and not (gap > 1 and any(rule.parts(before.box, sign.box) for rule in self.rules))

    def between(self, top: float, bottom: float) -> tuple[Line, ...]:
        """The lines whose middle is between two heights."""
        return tuple(line for line in self.lines if top <= line.box.middle <= bottom)


def _line(signs: list[Sign]) -> Line:
    box = signs[0].box
    for sign in signs[1:]:
        box = box.around(sign.box)
    return Line(tuple(signs), box)


def read_pages(pdf: bytes) -> tuple[Page, ...]:
    """The pages of a PDF, in order."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    return Page(width * MM, height * MM, tuple(_signs(page, height)), tuple(_rules(page, height)))


def _signs(page: pypdfium2.PdfPage, height: float) -> Iterator[Sign]:
    text = page.get_textpage()
    for number in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        if sign.isspace() or sign == "\x00" or pdfium.FPDFText_IsGenerated(text, number) == 1:
            continue
        left, bottom, right, top = text.get_charbox(number, loose=True)
        box = Box(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)
        yield Sign(sign, box, pdfium.FPDFText_GetFontSize(text, number))


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Box]:
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value * MM for side in sides)
            yield Box(left, height * MM - top, right, height * MM - bottom)
