"""The values of the standard that the templates use, in the units of Word, and those that it leaves to us.

Twips (1/20 pt) for places and distances, half-points for sizes of letters, EMU for drawings.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.shared import Mm, Pt

from liangqing.gbt9704 import fonts
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.units import SIZES


def mm(value: float) -> int:
    """Millimetres in twips."""
    return int(Mm(value).twips)


def in_mm(value: int) -> float:
    """Twips in millimetres."""
    return value / 1440 * 25.4


def points(value: float) -> int:
    """Points in twips."""
    return int(Pt(value).twips)


def emu(value: float) -> int:
    """Millimetres in EMU, the unit of drawings."""
    return int(Mm(value))


@dataclass(frozen=True)
class Faces:
    """The classes of type that the standard names, under the names that offices have installed."""

    title: str = fonts.TITLE.name
    body: str = fonts.BODY.name
    kai: str = fonts.KAI.name
    hei: str = fonts.HEI.name
    song: str = fonts.SONG.name


FACES = Faces()

# Sizes, in half-points (3号 is 16 pt).
SIZE_2 = SIZES["2号"].half_points
SIZE_3 = SIZES["3号"].half_points
SIZE_4 = SIZES["4号"].half_points
SIZE_SMALL_4 = SIZES["小4号"].half_points
SIZE_5 = SIZES["5号"].half_points

# 5.2.3: 22 lines of 28 characters fill the type area.
LINE = length("版心", "行距").twips
TIGHTEN = length("版心", "字距").twips
CHARACTER = length("版心", "字宽").twips
CHARACTER_4 = points(SIZE_4 / 2)


NUMBER_LINE = points(16)


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

    @property
    def turned(self) -> bool:
        """Whether it is a sheet of A4 that is bound with its head to the left, as the upright ones are (8)."""
        return self.landscape and self.width == _LONG


_TOP, _RIGHT, _BOTTOM, _LEFT = (length("版面", side).twips for side in ("天头", "切口", "地脚", "订口"))
_SHORT, _LONG = length("纸张", "宽").twips, length("纸张", "高").twips

# 7.5: a line of NUMBER_LINE on this distance from the foot of the sheet has its dashes 7 mm under the type area.
PORTRAIT = Page(_SHORT, _LONG, _TOP, _RIGHT, _BOTTOM, _LEFT, mm(15), mm(25))
# 8: the sheet turned a quarter, the head of the table at the binding edge.
LANDSCAPE = Page(_LONG, _SHORT, _LEFT, _TOP, _RIGHT, _BOTTOM, mm(12), mm(16))
# A sheet of A3 is as high as an upright one of A4, bound like it and folded in.
LANDSCAPE_A3 = Page(mm(420), _LONG, _TOP, _RIGHT, _BOTTOM, _LEFT, mm(15), mm(25))
# A form: its tables start higher and reach lower than text, so that the signatures stay on the same sheet.
FORM = Page(_SHORT, _LONG, mm(28), _RIGHT, mm(25), _LEFT, mm(13), mm(15))

# 7.2.4: the mark's upper edge, from the edge of the sheet; 7.2.7: the white of a border under the number.
FILE_MARK_TOP = length("版面", "天头").mm + length("发文机关标志", "距版心上边缘").mm
FILE_RULE_SPACE = 8

# 10.1, the letter: from the edges of the sheet, in millimetres.
LETTER_MARK_TOP = length("信函", "标志上边缘").mm
LETTER_RULE_GAP = length("信函", "红线距标志").mm
LETTER_RULE_LENGTH = length("信函", "红线长").mm
LETTER_RULE_FOOT = length("信函", "红线距下页边").mm
LETTER_NUMBER_GAP = length("信函", "发文字号距红线").mm

# 7.4.1: thick and thin, in eighths of a point.
IMPRINT_LINE = 420
RULE_THICK = length("版记分隔线", "首末条粗细").eighths
RULE_THIN = length("版记分隔线", "中间粗细").eighths

MARK_SIZE = 30.0
MARK_LINE = 36.0
# Ink of a Chinese character, in parts of its size: above the baseline, and from top to foot. A line of exact
# height has its baseline at four fifths.
INK_ABOVE = 0.86
INK_HEIGHT = 0.946
BASELINE = 0.8


def ink_drop(line: float, size: float) -> float:
    """How far, in mm, the ink begins under the upper edge of a line of exact height (both in points)."""
    return (BASELINE * line - INK_ABOVE * size) / 72 * 25.4
