"""Horizontal lines that are drawn as shapes: lines, connectors and thin bars, alone or in a group, in DrawingML or VML.

Word writes a drawing twice (mc:AlternateContent): as DrawingML, and for programs older than Word 2010 as VML
(mc:Fallback). The first is read; VML alone is what very old files and WPS have. In a group the places and lengths of
its members are in units of the group (`a:chExt`, `coordsize`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import WP, A, local
from liangqing.gbt9704.units import EMU_PER_MM, EMU_PER_POINT
from liangqing.gbt9704.word.model import Stroke, WordSection, WordSpot
from liangqing.gbt9704.word.shapes import spot_of_anchor
from liangqing.gbt9704.word.units import mm, number, twips

VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
_LINES = ("line", "straightConnector1")
_BAR = "rect"
_CONNECTORS = ("_x0000_t32", "_x0000_t20")  # the kinds of shape by which VML draws straight lines
_THIN = 2.0  # mm: a shape that is no higher may be a line
_MM_PER_POINT = 25.4 / 72
# What VML and DrawingML call lines of two, the upper first.
_COMPOUND = {
    "thickThin": "thickThin",
    "thinThick": "thinThick",
    "dbl": "dbl",
    "thinThin": "dbl",
    "tri": "dbl",
}


def strokes(root: etree._Element, part: str, place: str, section: WordSection) -> list[Stroke]:
    """The horizontal lines that are anchored in a paragraph; the copies for old readers are left out."""
    drawings = root.iter(f"{WP}anchor", f"{WP}inline")
    found = [stroke for drawing in drawings for stroke in _drawn(drawing, part, place, section)]
    return found or [stroke for pict in root.iter(f"{W}pict") for stroke in _in_vml(pict, part, place)]


# ---------------------------------------------------------------- DrawingML


def _drawn(drawing: etree._Element, part: str, place: str, section: WordSection) -> Iterator[Stroke]:
    """The lines of a drawing; in a group each stands where its group puts it."""
    shapes = [element for element in drawing.iter() if _is_shape(element)]
    spot = spot_of_anchor(drawing, section) if drawing.tag == f"{WP}anchor" else WordSpot()
    width, height = _extent(drawing.find(f"{WP}extent"))
    if len(shapes) == 1:
        stroke = _line(shapes[0], part, place, replace(spot, width=width), height)
        yield from filter(None, (stroke,))
        return
    for shape in shapes:
        across, down, inner_width, inner_height = _inside(shape, (width, height))
        own = WordSpot(
            None if spot.left is None else spot.left + across,
            None if spot.top is None else spot.top + down,
            inner_width,
        )
        yield from filter(None, (_line(shape, part, place, own, inner_height),))


def _is_shape(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and local(element.tag) == "spPr"


def _extent(extent: etree._Element | None) -> tuple[float, float]:
    """Width and height in mm."""
    if extent is None:
        return 0.0, 0.0
    return (number(extent.get("cx")) or 0) / EMU_PER_MM, (number(extent.get("cy")) or 0) / EMU_PER_MM


def _inside(shape: etree._Element, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """How far right and down a member stands in its drawing, its width and height, in mm."""
    own = shape.find(f"{A}xfrm")
    offset = own.find(f"{A}off") if own is not None else None
    inner = _extent(own.find(f"{A}ext") if own is not None else None)
    at = [(number(offset.get(name)) or 0) / EMU_PER_MM if offset is not None else 0.0 for name in ("x", "y")]
    groups = (_group(around) for around in shape.iterancestors())
    frame = next((found for found in groups if found is not None), None)
    if frame is None:
        return at[0], at[1], *inner
    begin = frame.find(f"{A}chOff")
    start = [(number(begin.get(name)) or 0) / EMU_PER_MM if begin is not None else 0.0 for name in ("x", "y")]
    units = _extent(frame.find(f"{A}chExt"))
    scale = [whole / unit if unit and whole else 1.0 for whole, unit in zip(size, units, strict=True)]
    return (
        (at[0] - start[0]) * scale[0],
        (at[1] - start[1]) * scale[1],
        inner[0] * scale[0],
        inner[1] * scale[1],
    )


def _group(element: etree._Element) -> etree._Element | None:
    """The `a:xfrm` of a group of shapes."""
    for child in element:
        if isinstance(child.tag, str) and local(child.tag) == "grpSpPr":
            return child.find(f"{A}xfrm")
    return None


def _line(shape: etree._Element, part: str, place: str, spot: WordSpot, height: float) -> Stroke | None:
    """A shape as a line; None for one that is none."""
    geometry, line = shape.find(f"{A}prstGeom"), shape.find(f"{A}ln")
    kind = geometry.get("prst") if geometry is not None else None
    if height > _THIN or kind not in (*_LINES, _BAR):
        return None
    if kind == _BAR:
        return Stroke(part, place, spot, height / _MM_PER_POINT, _colour(shape))
    weight = (number(line.get("w")) or EMU_PER_POINT) / EMU_PER_POINT if line is not None else 1.0
    compound = line.get("cmpd", "sng") if line is not None else "sng"
    colour = _colour(line) if line is not None else ""
    return Stroke(part, place, spot, weight, colour, _COMPOUND.get(compound, compound))


def _colour(around: etree._Element) -> str:
    """Of what is filled evenly: six hex digits or a name; "" for a colour of the theme."""
    fill = around.find(f"{A}solidFill")
    for kind in ("srgbClr", "prstClr"):
        found = fill.find(f"{A}{kind}") if fill is not None else None
        if found is not None:
            return found.get("val", "")
    return ""


# ---------------------------------------------------------------- VML


def _in_vml(pict: etree._Element, part: str, place: str) -> Iterator[Stroke]:
    for shape in pict.iter(f"{VML}line", f"{VML}shape", f"{VML}rect"):
        scale = _scale(shape)
        made = _vml_line(shape, part, place) if shape.tag == f"{VML}line" else _vml_shape(shape, part, place)
        if made is not None and scale is not None:
            width = made.spot.width * scale if made.spot.width is not None else None
            made = replace(made, spot=WordSpot(width=width))
        if made is not None:
            yield made


def _scale(shape: etree._Element) -> float | None:
    """How many mm a millimetre of a shape in a group is on the sheet; None for a shape in no group."""
    group = next(shape.iterancestors(f"{VML}group"), None)
    if group is None:
        return None
    units = number(group.get("coordsize", "").partition(",")[0])
    width = twips(_style(group).get("width"))
    return mm(width) / mm(units * 20) if units and width else 1.0


def _style(shape: etree._Element) -> dict[str, str]:
    pairs = (pair.split(":", 1) for pair in shape.get("style", "").split(";") if ":" in pair)
    return {name.strip(): value.strip() for name, value in pairs}


def _on_page(style: dict[str, str]) -> bool:
    return (
        style.get("mso-position-vertical-relative") == "page"
        and style.get("mso-position-horizontal-relative") == "page"
    )


def _vml_line(line: etree._Element, part: str, place: str) -> Stroke | None:
    begin, end = (_point(line.get(name, "")) for name in ("from", "to"))
    if begin is None or end is None or abs(begin[1] - end[1]) > _THIN:
        return None
    here = _on_page(_style(line))
    spot = WordSpot(begin[0] if here else None, begin[1] if here else None, end[0] - begin[0])
    return _vml_stroke(line, part, place, spot)


def _vml_shape(shape: etree._Element, part: str, place: str) -> Stroke | None:
    """A straight connector, or a bar that is thin enough to be a line."""
    style = _style(shape)
    width, height = _length(style.get("width")), _length(style.get("height")) or 0.0
    connects = shape.get("type", "").lstrip("#") in _CONNECTORS or shape.get(f"{OFFICE}connectortype")
    if height > _THIN or (shape.tag == f"{VML}shape" and not connects):
        return None
    here = _on_page(style)
    left, top = (_length(style.get(f"margin-{side}") or style.get(side)) for side in ("left", "top"))
    spot = WordSpot(left if here else None, top if here else None, width or None)
    if shape.tag == f"{VML}rect":
        return Stroke(part, place, spot, height / _MM_PER_POINT, _vml_colour(shape.get("fillcolor", "")))
    return _vml_stroke(shape, part, place, spot)


def _vml_stroke(shape: etree._Element, part: str, place: str, spot: WordSpot) -> Stroke:
    stroke = shape.find(f"{VML}stroke")
    kind = stroke.get("linestyle", "single") if stroke is not None else "single"
    weight = twips(shape.get("strokeweight")) or 15.0
    colour = _vml_colour(shape.get("strokecolor", ""))
    return Stroke(part, place, spot, weight / 20, colour, _COMPOUND.get(kind, "sng"))


def _vml_colour(value: str) -> str:
    """`#ff0000 [3205]` → ff0000."""
    colour = value.lstrip("#").partition(" ")[0]
    return {"red": "FF0000"}.get(colour, colour)


def _point(text: str) -> tuple[float, float] | None:
    """`79.4pt,120pt` in mm."""
    lengths = [_length(measure) for measure in text.split(",")]
    first, second = lengths if len(lengths) == 2 else (None, None)
    return None if first is None or second is None else (first, second)


def _length(text: str | None) -> float | None:
    """`79.4pt` in mm; a bare number counts points."""
    measure = (text or "").strip()
    found = twips(measure)
    if found is None:
        return None
    return mm(found if measure[-2:].isalpha() else found * 20)
