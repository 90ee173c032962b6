"""The numbers of GB/T 9704-2012 that the templates use, each with its clause, in the units of Word.

Twips (1/20 pt) for places and distances, half-points for sizes of letters, EMU for drawings.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.shared import Mm, Pt


def mm(value: float) -> int:
    """Millimetres in twips."""
    return int(Mm(value).twips)


def points(value: float) -> int:
    """Points in twips."""
    return int(Pt(value).twips)


def emu(value: float) -> int:
    """Millimetres in EMU, the unit of drawings."""
    return int(Mm(value))


@dataclass(frozen=True)
class Faces:
    """The classes of type that the standard names, under the names that offices have installed."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    song: str = "宋体"


FACES = Faces()

# Sizes, in half-points (3号 is 16 pt).
SIZE_2 = 44
SIZE_3 = 32
SIZE_4 = 28
SIZE_SMALL_4 = 24
SIZE_5 = 21

# 5.2.3: 22 lines of 28 characters fill the type area. 579 twips is 225 mm / 22 rounded down; a character of
# 3号 drawn a quarter of a point closer is 15.75 pt, and 28 of them are 441 pt of the 442.2 pt in 156 mm.
LINE = 579
TIGHTEN = -5
CHARACTER = 315
CHARACTER_4 = 280


@dataclass(frozen=True)
class Page:
    """One kind of page; every distance in twips."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies on its long side."""
        return self.width > self.height


# 5.1 A4; 5.2.1 white of 37 mm above and 28 mm left, type area 156 × 225 mm; 7.5 the number 7 mm under it.
PORTRAIT = Page(mm(210), mm(297), mm(37), mm(26), mm(35), mm(28), mm(15), mm(25))
# 8: the sheet turned a quarter, the head of the table at the binding edge.
LANDSCAPE = Page(mm(297), mm(210), mm(28), mm(37), mm(26), mm(35), mm(12), mm(16))
# The same on a sheet of A3: what is bound is its short side.
LANDSCAPE_A3 = Page(mm(420), mm(297), mm(28), mm(37), mm(26), mm(35), mm(12), mm(16))
# A form: its tables start higher and reach lower than text, so that the signatures stay on the same sheet.
FORM = Page(mm(210), mm(297), mm(28), mm(26), mm(25), mm(28), mm(13), mm(15))

# 7.2.4: the mark's upper edge 35 mm under the edge of the type area; 7.2.7: the rule 4 mm under the number.
FILE_MARK_TOP = 72.0
FILE_RULE_SPACE = 8

# 10.1, the letter: from the edges of the sheet, in millimetres.
LETTER_MARK_TOP = 30.0
LETTER_RULE_GAP = 4.0
LETTER_RULE_LENGTH = 170.0
LETTER_RULE_FOOT = 20.0
LETTER_NUMBER_GAP = 4.94

# 7.4.1: last rule on the lower edge of the type area; thick 0.35 mm, thin 0.25 mm (eighths of a point).
IMPRINT_LINE = 420
RULE_THICK = 8
RULE_THIN = 6

# The mark is drawn higher than wide, so that 21 characters stand in one line of 156 mm.
MARK_SIZE = 30.0
MARK_SCALE = 70
MARK_LINE = 36.0
# Ink of a Chinese character, in parts of its size: above the baseline, and from top to foot. A line of exact
# height has its baseline at four fifths.
INK_ABOVE = 0.86
INK_HEIGHT = 0.946
BASELINE = 0.8


def ink_drop(line: float, size: float) -> float:
    """How far, in mm, the ink begins under the upper edge of a line of exact height (both in points)."""
    return (BASELINE * line - INK_ABOVE * size) / 72 * 25.4
