"""Sheet and margins put right, one at a time; not where a table or picture would stick out of the page afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import SECTION_ORDER, WP, put
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.units import EMU_PER_MM
from liangqing.gbt9704.word.model import Document, Paragraph, Table, WordSection
from liangqing.gbt9704.word.units import mm, number, twips

_TOLERATED = 1.03  # of the type area: what sticks out by less is seen by nobody
_UNPRINTED = 567  # twips (10 mm) at the edge of a sheet
_HEADER, _FOOTER = 851, 1417  # twips from the edge, where a file has no margins at all
_SIDES = {"top": "天头", "right": "切口", "bottom": "地脚", "left": "订口"}
_WIDTHS, _HEIGHTS = ("sheet", "left", "right"), ("sheet", "top", "bottom")


@dataclass(frozen=True)
class SticksOut:
    """A table or picture (`what`) that is larger than the room it would be left, both in mm; `across`: too wide."""

    place: str
    what: str
    size: float
    across: bool
    room: float = 0.0


def mend_sheet(document: Document, section: WordSection) -> None:
    """A4, upright or lying as it was."""
    if next(sticking_out(document, section, "sheet"), None) is not None:
        return
    wide, high = length("纸张", "宽").twips, length("纸张", "高").twips
    if section.landscape:
        wide, high = high, wide
    sheet = put(section.element, "pgSz", SECTION_ORDER)
    sheet.set(f"{W}w", str(wide))
    sheet.set(f"{W}h", str(high))
    if f"{W}code" in sheet.attrib:
        del sheet.attrib[f"{W}code"]  # the number of a printer's paper, which is another one


def mend_margin(side: str) -> Callable[[Document, WordSection], None]:
    """One of `top`, `right`, `bottom`, `left` as the standard has it; the others stay, a unit may have its own."""

    def mend(document: Document, section: WordSection) -> None:
        if next(sticking_out(document, section, side), None) is not None:
            return
        white = put(section.element, "pgMar", SECTION_ORDER)
        for name, value in _as_they_are(section).items():
            if white.get(f"{W}{name}") is None:
                white.set(f"{W}{name}", str(round(value)))
        white.set(f"{W}{side}", str(length("版面", _SIDES[side]).twips))
        if side == "left":
            white.set(f"{W}gutter", "0")

    return mend


def _as_they_are(section: WordSection) -> dict[str, float]:
    """The margins that a section has without saying so; all must stand there where one does."""
    sides = {name: getattr(section, name) for name in _SIDES}
    return {**sides, "header": _HEADER, "footer": _FOOTER, "gutter": 0}


# ---------------------------------------------------------------- what would not fit any more


def sticking_out(document: Document, section: WordSection, change: str) -> Iterator[SticksOut]:
    """What would be cut off, or run into the foot of the page, once `change` (`sheet` or a margin) and its like are made."""
    across, down = _standard(section)
    if change in _WIDTHS:
        room, now = across + length("版面", "切口").twips, section.text_width + section.right
        yield from _larger(_widths(document, section), across, room - _UNPRINTED, now - _UNPRINTED)
    if change in _HEIGHTS:
        yield from _larger(_heights(document, section), down, down * _TOLERATED, section.text_height)


def _standard(section: WordSection) -> tuple[float, float]:
    """Width and height of the type area as the standard has it, in twips; a sheet that lies keeps its margins."""
    if not section.landscape:
        return length("版心", "宽").twips, length("版心", "高").twips
    wide, high = length("纸张", "高").twips, length("纸张", "宽").twips
    return wide - section.left - section.right, high - section.top - section.bottom


def _larger(found: Iterator[SticksOut], area: float, room: float, now: float) -> Iterator[SticksOut]:
    """What is larger than `room`, where there is more of it now."""
    if room < now:
        yield from (replace(thing, room=mm(area)) for thing in found if thing.size > mm(room))


def _widths(document: Document, section: WordSection) -> Iterator[SticksOut]:
    for table in document.tables:
        if document.section_of(table) is section:
            yield SticksOut(table.place, "表", mm(_table_width(table, section)), True)
    for paragraph in _paragraphs(document, section):
        for extent in _pictures(paragraph):
            yield SticksOut(paragraph.place, "图", (number(extent.get("cx")) or 0) / EMU_PER_MM, True)


def _heights(document: Document, section: WordSection) -> Iterator[SticksOut]:
    for paragraph in _paragraphs(document, section):
        for extent in _pictures(paragraph):
            yield SticksOut(paragraph.place, "图", (number(extent.get("cy")) or 0) / EMU_PER_MM, False)


def _paragraphs(document: Document, section: WordSection) -> Iterator[Paragraph]:
    """Those that hold pictures; what stands in a table is as wide as its cell."""
    return (
        paragraph
        for paragraph in document.paragraphs
        if paragraph.stands_high and document.section_of(paragraph) is section
    )


def _pictures(paragraph: Paragraph) -> Iterator[etree._Element]:
    """How large the pictures are that stand in the lines of a paragraph; those that float are where they were put."""
    return paragraph.element.iterfind(f".//{WP}inline/{WP}extent")


def _table_width(table: Table, section: WordSection) -> float:
    """In twips: that of its columns, unless it says a part of the page, which follows the page."""
    preferred = table.element.find(f"{W}tblPr/{W}tblW")
    if preferred is not None and preferred.get(f"{W}type") == "pct":
        return 0.0
    columns = [
        twips(column.get(f"{W}w")) or 0.0 for column in table.element.iterfind(f"{W}tblGrid/{W}gridCol")
    ]
    indent = table.element.find(f"{W}tblPr/{W}tblInd")
    moved = twips(indent.get(f"{W}w")) or 0.0 if indent is not None else 0.0
    return sum(columns) + max(moved, 0.0)
