"""Shapes at a place of the sheet: plain lines and a text box, as every viewer draws them alike.

Compound lines come out as one line outside Word; a frame cannot be set to the foot of a page outside Word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from liangqing.own_templates.markup import Element, w
from liangqing.own_templates.measures import emu

SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAMES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": SHAPE,
}


@dataclass(frozen=True)
class Place:
    """Where a shape stands, in millimetres of the sheet. Without `top` it stands on the foot of the type area."""

    left: float
    top: float | None
    width: float
    height: float = 0.0


def line(number: int, place: Place, weight: float, colour: str) -> Element:
    """A horizontal line, behind the text; `weight` in points."""
    stroke = e("a:ln", e("a:solidFill", e("a:srgbClr", val=colour)), w=str(round(weight * 12700)))
    shape = e("wps:wsp", e("wps:cNvCnPr"), _shape("line", place, stroke), e("wps:bodyPr"))
    return _anchored(number, f"红线{number}", place, shape)


def box(number: int, name: str, place: Place, blocks: Iterable[Element], *, turned: bool = False) -> Element:
    """A text box without edges, which moves no other text; one on the foot of the type area grows upwards.

    `turned`: its lines run downwards, the first at its right edge.
    """
    on_foot = place.top is None
    insets = {"lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0"}
    fit = e("a:spAutoFit") if on_foot else e("a:noAutofit")
    shape = e(
        "wps:wsp",
        e("wps:cNvSpPr", txBox="1"),
        _shape("rect", place, e("a:noFill"), e("a:ln", e("a:noFill"))),
        e("wps:txbx", w("txbxContent", *blocks)),
        e(
            "wps:bodyPr",
            fit,
            wrap="square",
            **insets,
            anchor="b" if on_foot else "t",
            **({"vert": "vert"} if turned else {}),
        ),
    )
    return _anchored(number, name, place, shape)


def _shape(kind: str, place: Place, *paint: Element) -> Element:
    extent = e("a:ext", cx=str(emu(place.width)), cy=str(emu(place.height)))
    size = e("a:xfrm", e("a:off", x="0", y="0"), extent)
    return e("wps:spPr", size, e("a:prstGeom", e("a:avLst"), prst=kind), *paint)


def _vertical(top: float | None) -> Element:
    if top is None:
        return e("wp:positionV", e("wp:align", text="bottom"), relativeFrom="margin")
    return e("wp:positionV", e("wp:posOffset", text=str(emu(top))), relativeFrom="page")


def _anchored(number: int, name: str, place: Place, shape: Element) -> Element:
    anchor = e(
        "wp:anchor",
        e("wp:simplePos", x="0", y="0"),
        e("wp:positionH", e("wp:posOffset", text=str(emu(place.left))), relativeFrom="page"),
        _vertical(place.top),
        e("wp:extent", cx=str(emu(place.width)), cy=str(emu(place.height))),
        e("wp:effectExtent", l="0", t="0", r="0", b="0"),
        e("wp:wrapNone"),  # LibreOffice sets a box on the foot 2 mm too high where text goes round it
        e("wp:docPr", id=str(number), name=name),
        e("wp:cNvGraphicFramePr"),
        e("a:graphic", e("a:graphicData", shape, uri=SHAPE)),
        **{f"dist{side}": "0" for side in "TBLR"},
        simplePos="0",
        relativeHeight=str(number),
        behindDoc="0" if place.height else "1",
        locked="1",
        layoutInCell="1",
        allowOverlap="1",
    )
    choice = e("mc:Choice", w("drawing", anchor), Requires="wps")
    return w("r", e("mc:AlternateContent", choice, e("mc:Fallback")))


def e(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """An element of a drawing, such as `wp:anchor`; its attributes have no namespace."""
    prefix, name = tag.split(":")
    made = etree.Element(f"{{{NAMES[prefix]}}}{name}", attributes, nsmap={prefix: NAMES[prefix]})
    made.text = text
    made.extend(children)
    return made
