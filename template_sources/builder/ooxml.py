"""Elements of a Word file, as XML text: runs, paragraphs, fields, content controls, shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from template_sources.builder.units import emu

PARTS = Path(__file__).resolve().parent / "parts"


def fixed(part: str, /, **values: object) -> str:
    """The XML of a file in parts/, without its indents and comments, its {names} filled."""
    text = re.sub(r"<!--.*?-->|(?<=[>}])\s+|\s+(?=<)", "", (PARTS / part).read_text("utf-8"))
    return text.format_map(values)


def x(tag: str, /, *children: str, **attributes: object) -> str:
    """An element such as `w:p` around its children; attributes of a `w:` element are `w:` too, others have no prefix."""
    own = "w:" if tag.startswith("w:") else ""
    given = "".join(f" {own}{name}={quoteattr(str(value))}" for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(children)}</{tag}>"


def run(text: str, style: str = "") -> str:
    """Text in one run, of a character style if one is named; a tab in it becomes `w:tab`, a new line `w:br`."""
    breaks = {"\t": x("w:tab"), "\n": x("w:br")}
    pieces = (
        breaks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return x("w:r", x("w:rPr", x("w:rStyle", val=style)) if style else "", *pieces)


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """A paragraph of a named style. `properties`: further children of `w:pPr`, in the schema's order."""
    return x("w:p", x("w:pPr", x("w:pStyle", val=style), properties), *content)


def tag_line(tag: str) -> str:
    """A template tag alone in its paragraph, which the engine takes away."""
    return paragraph("模板标记", run(tag))


def word_field(instruction: str) -> str:
    """A field in five runs: viewers other than Word want begin, instruction, separator and end apart."""
    marks = (x("w:r", x("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    begin, separate, end = marks
    asked = x("w:r", f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>')
    return "".join((begin, asked, separate, run("1"), end))


def rule(weight: int, colour: str, white: int = 0) -> str:
    """A line under a paragraph; `weight` in eighths of a point, the `white` between text and line in points."""
    return x("w:pBdr", x("w:bottom", val="single", sz=weight, space=white, color=colour))


def content_control(tag: str, name: str, number: int, properties: str, content: str) -> str:
    """A content control in a line: found again by `tag`, shown as `name`; `number` is its id in the paper."""
    known = (x("w:alias", val=name), x("w:tag", val=tag), x("w:id", val=number))
    return x("w:sdt", x("w:sdtPr", *known, properties), x("w:sdtContent", content))


@dataclass(frozen=True)
class Place:
    """Where a shape stands, in millimetres of the sheet. Without `top` it stands on the foot of the type area."""

    left: float
    top: float | None
    width: float
    height: float = 0.0


def line(number: int, place: Place, weight: float, colour: str) -> str:
    """A plain horizontal line behind the text, `weight` in points: viewers draw compound lines as one."""
    stroke = x("a:ln", x("a:solidFill", x("a:srgbClr", val=colour)), w=round(weight * 12700))
    kinds = {"kind": x("wps:cNvCnPr"), "form": "line", "paint": stroke, "content": x("wps:bodyPr")}
    return _shape(number, f"红线{number}", place, kinds)


def box(number: int, name: str, place: Place, blocks: str, *, turned: bool = False) -> str:
    """A text box without edges, which moves no other text; one on the foot of the type area grows upwards.

    A box, since a frame cannot be set to the foot of a page outside Word. `turned`: its lines run downwards, the
    first at its right edge.
    """
    on_foot = place.top is None
    layout = {"wrap": "square", "lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0, "anchor": "b" if on_foot else "t"}
    fit = x("a:spAutoFit") if on_foot else x("a:noAutofit")
    body = x("wps:bodyPr", fit, **layout, **({"vert": "vert"} if turned else {}))
    content = x("wps:txbx", x("w:txbxContent", blocks)) + body
    paint = x("a:noFill") + x("a:ln", x("a:noFill"))
    kinds = {"kind": x("wps:cNvSpPr", txBox=1), "form": "rect", "paint": paint, "content": content}
    return _shape(number, name, place, kinds)


def _shape(number: int, name: str, place: Place, kinds: dict[str, str]) -> str:
    if place.top is None:
        down = x("wp:positionV", x("wp:align", "bottom"), relativeFrom="margin")
    else:
        down = x("wp:positionV", x("wp:posOffset", str(emu(place.top))), relativeFrom="page")
    return fixed(
        "shape.xml",
        number=number,
        name=name,
        behind=0 if place.height else 1,
        left=emu(place.left),
        down=down,
        width=emu(place.width),
        height=emu(place.height),
        **kinds,
    )
