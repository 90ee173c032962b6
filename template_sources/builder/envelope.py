"""The boxes of a postcode on an envelope (GB/T 1416-2003): six, red, at the head of the sheet."""

from __future__ import annotations

from template_sources.builder.ooxml import paragraph, run, x
from template_sources.builder.units import mm

DIGITS = 6
WIDTH, GAP, HEIGHT = mm(8), mm(2), mm(9)
RED = "D9381E"
_SIDES = ("top", "left", "bottom", "right")


def postcode_boxes(variable: str) -> str:
    """A table of six red boxes with white between; `variable` is a list of six texts."""
    widths = [WIDTH if number % 2 == 0 else GAP for number in range(2 * DIGITS - 1)]
    cells = [
        _box(_digit(variable, number // 2)) if number % 2 == 0 else _gap() for number in range(2 * DIGITS - 1)
    ]
    row = x("w:tr", x("w:trPr", x("w:cantSplit"), x("w:trHeight", val=HEIGHT, hRule="exact")), *cells)
    look = x(
        "w:tblPr",
        x("w:tblW", w=sum(widths), type="dxa"),
        x("w:tblLayout", type="fixed"),
        x("w:tblCellMar", x("w:left", w=0, type="dxa"), x("w:right", w=0, type="dxa")),
    )
    return x("w:tbl", look, x("w:tblGrid", *(x("w:gridCol", w=width) for width in widths)), row)


def _digit(variable: str, place: int) -> str:
    """The tag of one digit: nothing, and no error, where the list is shorter."""
    return f"{{{{ {variable}[{place}:{place + 1}] | join }}}}"


def _box(text: str) -> str:
    edges = (x(f"w:{side}", val="single", sz=6, space=0, color=RED) for side in _SIDES)
    return _cell(WIDTH, x("w:tcBorders", *edges), paragraph("信封邮编", run(text)))


def _gap() -> str:
    return _cell(GAP, "", paragraph("信封邮编"))


def _cell(width: int, edges: str, block: str) -> str:
    return x("w:tc", x("w:tcPr", x("w:tcW", w=width, type="dxa"), edges, x("w:vAlign", val="center")), block)
