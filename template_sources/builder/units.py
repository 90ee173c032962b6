"""Lengths of GB/T 9704 in the units of Word, and the kinds of page that the templates use.

Twips (1/20 pt) for places and distances on a page, EMU (1/36000 mm) for drawings.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.shared import Mm, Pt

from liangqing.gbt9704.standard import length


def mm(value: float) -> int:
    """Millimetres in twips."""
    return int(Mm(value).twips)


def in_mm(twips: int) -> float:
    """Twips in millimetres."""
    return twips / 1440 * 25.4


def points(value: float) -> int:
    """Points in twips."""
    return int(Pt(value).twips)


def points_in_mm(value: float) -> float:
    """Points in millimetres."""
    return value / 72 * 25.4


def emu(value: float) -> int:
    """Millimetres in EMU."""
    return int(Mm(value))


# 5.2.3: 22 lines of 28 characters fill the type area.
LINE = length("版心", "行距").twips
TIGHTEN = length("版心", "字距").twips
CHARACTER = length("版心", "字宽").twips
NUMBER_LINE = points(16)  # the line of the page number


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
PORTRAIT = Page(_SHORT, _LONG, _TOP, _RIGHT, _BOTTOM, _LEFT, header=mm(15), footer=mm(25))
# 8: the sheet turned a quarter, the head of the table at the binding edge.
LANDSCAPE = Page(_LONG, _SHORT, _LEFT, _TOP, _RIGHT, _BOTTOM, header=mm(12), footer=mm(16))
# A sheet of A3 is as high as an upright one of A4, bound like it and folded in.
LANDSCAPE_A3 = Page(mm(420), _LONG, _TOP, _RIGHT, _BOTTOM, _LEFT, header=mm(15), footer=mm(25))
# Its tables start higher and reach lower than text, so that the signatures stay on the same sheet.
FORM = Page(_SHORT, _LONG, mm(28), _RIGHT, mm(25), _LEFT, header=mm(13), footer=mm(15))


def _envelope(width: float, height: float) -> Page:
    """An envelope of GB/T 1416-2003; its foot, where codes are sprayed on, stays empty."""
    return Page(
        mm(width),
        mm(height),
        top=mm(10),
        right=mm(12),
        bottom=mm(20),
        left=mm(12),
        header=mm(5),
        footer=mm(5),
    )


ENVELOPES = {"信封DL": _envelope(220, 110), "信封ZL": _envelope(230, 120), "信封C5": _envelope(229, 162)}
PAGES = {"竖": PORTRAIT, "横": LANDSCAPE, "A3横": LANDSCAPE_A3, "表单": FORM, **ENVELOPES}
