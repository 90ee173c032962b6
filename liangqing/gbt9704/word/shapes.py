"""Shapes: where they stand on the sheet, and which of them are lines.

Word writes a drawing twice (mc:AlternateContent): as DrawingML, and for programs older than Word 2010 as VML
(mc:Fallback). The first is read; VML alone is what very old files and WPS have.
"""

from __future__ import annotations

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import WP, A, local
from liangqing.gbt9704.units import EMU_PER_MM, EMU_PER_POINT
from liangqing.gbt9704.word.model import Stroke, WordSection, WordSpot
from liangqing.gbt9704.word.units import mm, number, twips

VML = "{urn:schemas-microsoft-com:vml}"
_LINES = ("line", "straightConnector1")
_THIN = 2.0  # mm: a shape that is no higher may be a line
# What VML and DrawingML call lines of two, the upper first.
_COMPOUND = {
    "thickThin": "thickThin",
    "thinThick": "thinThick",
    "dbl": "dbl",
    "thinThin": "dbl",
    "tri": "dbl",
}


def spot_of_anchor(anchor: etree._Element, section: WordSection) -> WordSpot:
    """Where a `wp:anchor` stands."""
    extent = anchor.find(f"{WP}extent")
    width = (number(extent.get("cx")) or 0) / EMU_PER_MM if extent is not None else None
    left, centred, _ = _position(anchor, "positionH", mm(section.left))
    top, _, foot = _position(anchor, "positionV", mm(section.top))
    if centred and width is not None:
        horizontal = anchor.find(f"{WP}positionH")
        on_page = horizontal is not None and horizontal.get("relativeFrom") == "page"
        middle = mm(section.width) / 2 if on_page else mm(section.left + section.text_width / 2)
        left = middle - width / 2
    return WordSpot(left, top, width, foot, centred)


def _position(anchor: etree._Element, which: str, margin: float) -> tuple[float | None, bool, bool]:
    """Distance from the edge of the sheet in mm, whether it is centred, whether it stands on the foot."""
    found = anchor.find(f"{WP}{which}")
    if found is None:
        return None, False, False
    relative = found.get("relativeFrom")
    aligned = found.findtext(f"{WP}align") or ""
    offset = number(found.findtext(f"{WP}posOffset"))
    if aligned:
        return None, aligned == "center", aligned == "bottom" and relative == "margin"
    if offset is None or relative not in ("page", "margin", "column"):
        return None, False, False
    return offset / EMU_PER_MM + (0.0 if relative == "page" else margin), False, False


def spot_of_frame(frame: dict[str, str], section: WordSection) -> WordSpot:
    """Where a paragraph with `w:framePr` stands."""
    left, top, width = twips(frame.get("x")), twips(frame.get("y")), twips(frame.get("w"))
    down = {"page": 0.0, "margin": section.top}.get(frame.get("vAnchor", "text"))
    across = {"page": 0.0, "margin": section.left, "text": section.left}.get(frame.get("hAnchor", "text"))
    centred = frame.get("xAlign") == "center"
    if centred and width is not None:
        middle = (
            section.width / 2 if frame.get("hAnchor") == "page" else section.left + section.text_width / 2
        )
        left, across = middle - width / 2, 0.0
    return WordSpot(
        None if left is None or across is None else mm(left + across),
        None if top is None or down is None else mm(top + down),
        None if width is None else mm(width),
        frame.get("yAlign") == "bottom" and frame.get("vAnchor") == "margin",
        centred,
    )


def strokes(root: etree._Element, part: str, place: str, section: WordSection) -> list[Stroke]:
    """The horizontal lines that are anchored in a paragraph; the copies for old readers are left out."""
    found = [_drawn(anchor, part, place, section) for anchor in root.iter(f"{WP}anchor")]
    if not found:
        found = [_vml(line, part, place) for line in root.iter(f"{VML}line")]
    return [stroke for stroke in found if stroke is not None]


def _drawn(anchor: etree._Element, part: str, place: str, section: WordSection) -> Stroke | None:
    shapes = [
        element for element in anchor.iter() if isinstance(element.tag, str) and local(element.tag) == "spPr"
    ]
    if len(shapes) != 1:
        return None
    geometry, line = shapes[0].find(f"{A}prstGeom"), shapes[0].find(f"{A}ln")
    extent = anchor.find(f"{WP}extent")
    height = (number(extent.get("cy")) or 0) / EMU_PER_MM if extent is not None else 0.0
    if geometry is None or geometry.get("prst") not in _LINES or height > _THIN:
        return None
    colour = line.find(f"{A}solidFill/{A}srgbClr") if line is not None else None
    weight = (number(line.get("w")) or EMU_PER_POINT) / EMU_PER_POINT if line is not None else 1.0
    compound = line.get("cmpd", "sng") if line is not None else "sng"
    return Stroke(
        part,
        place,
        spot_of_anchor(anchor, section),
        weight,
        colour.get("val", "") if colour is not None else "",
        _COMPOUND.get(compound, compound),
    )


def _vml(line: etree._Element, part: str, place: str) -> Stroke | None:
    begin, end = (_point(line.get(name, "")) for name in ("from", "to"))
    if begin is None or end is None or abs(begin[1] - end[1]) > _THIN:
        return None
    style = dict(pair.strip().split(":", 1) for pair in line.get("style", "").split(";") if ":" in pair)
    on_page = (
        style.get("mso-position-vertical-relative") == "page"
        and style.get("mso-position-horizontal-relative") == "page"
    )
    stroke = line.find(f"{VML}stroke")
    kind = stroke.get("linestyle", "single") if stroke is not None else "single"
    weight = twips(line.get("strokeweight")) or 15.0
    spot = WordSpot(begin[0] if on_page else None, begin[1] if on_page else None, end[0] - begin[0])
    colour = line.get("strokecolor", "").lstrip("#").partition(" ")[0]
    return Stroke(
        part, place, spot, weight / 20, {"red": "FF0000"}.get(colour, colour), _COMPOUND.get(kind, "sng")
    )


def _point(text: str) -> tuple[float, float] | None:
    """`79.4pt,120pt` in mm; a bare number counts points."""
    lengths = [twips(measure.strip()) for measure in text.split(",")]
    if len(lengths) != 2 or None in lengths:
        return None
    units = [measure.strip()[-2:].isalpha() for measure in text.split(",")]
    first, second = (
        (length or 0.0) * (1 if unit else 20) for length, unit in zip(lengths, units, strict=True)
    )
    return mm(first), mm(second)


def boxes(paragraph: etree._Element) -> list[tuple[etree._Element, etree._Element | None]]:
    """The text boxes anchored in a paragraph, with the `wp:anchor` of each where it has one."""
    found = []
    for content in paragraph.iter(f"{W}txbxContent"):
        above = list(content.iterancestors())
        own = next(ancestor for ancestor in above if ancestor.tag == f"{W}p")
        if own is paragraph and not any(local(ancestor.tag) == "Fallback" for ancestor in above):
            found.append(
                (content, next((ancestor for ancestor in above if ancestor.tag == f"{WP}anchor"), None))
            )
    return found
