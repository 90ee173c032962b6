"""What a paper has drawn: lines, boxes of text, frames and tables, as DrawingML, VML or borders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from suites import tag

EMU, TWIPS = 36000, 56.6929  # a millimetre
_IDS = count(1)


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def _anchor(shape: str, width: float, height: float, across: str, down: str) -> str:
    number = next(_IDS) % 9000 + 1
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251658240"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{across}{down}"
        f'<wp:extent cx="{round(width * EMU)}" cy="{round(height * EMU)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="图形 {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
        f' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing>"
    )


def _place(which: str, relative: str, *, offset: float | None = None, align: str = "") -> str:
    inner = (
        f"<wp:align>{align}</wp:align>"
        if align
        else f"<wp:posOffset>{round((offset or 0) * EMU)}</wp:posOffset>"
    )
    return f'<wp:position{which} relativeFrom="{relative}">{inner}</wp:position{which}>'


def _both(drawing: str, old: str) -> str:
    """As Word 2010 and later write a shape: with a copy for older programs."""
    return run(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def stroke(
    how: str,
    *,
    length: float,
    weight: float,
    colour: str,
    y: float | None,
    x: float = 0.0,
    compound: str = "",
) -> str:
    """A run with a horizontal line; `y` in mm of the sheet and centred on it, or None for below the paragraph.

    `how`: VML, VML图形, 连接符, 形状, 组合 or 矩形. `weight` in points.
    """
    across = _place("H", "column", offset=x) if y is None else _place("H", "page", offset=(210 - length) / 2)
    down = _place("V", "paragraph", offset=9) if y is None else _place("V", "page", offset=y)
    old = vml(length=length, weight=weight, colour=colour, y=y, x=x, compound=compound)
    if how == "VML":
        return run(f"<w:pict>{old}</w:pict>")
    if how == "VML图形":
        shaped = vml_shape(length=length, weight=weight, colour=colour, y=y, x=x)
        return run(f"<w:pict>{shaped}</w:pict>")
    if how == "矩形":
        height = weight / 72 * 25.4
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        geometry, kind, line = "rect", "<wps:cNvSpPr/>", fill
    else:
        height = 0.0
        compounds = f' cmpd="{compound}"' if compound else ""
        line = f'<a:ln w="{round(weight * 12700)}"{compounds}><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        geometry = "straightConnector1" if how == "连接符" else "line"
        kind = "<wps:cNvCnPr/>" if how == "连接符" else "<wps:cNvSpPr/>"
    shape = (
        f'<wps:wsp>{kind}<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{round(length * EMU)}" cy="{round(height * EMU)}"/>'
        f'</a:xfrm><a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{line}</wps:spPr><wps:bodyPr/></wps:wsp>'
    )
    if how == "组合":
        inner = shape.replace("<wps:cNvSpPr/>", '<wps:cNvPr id="7" name="直线"/><wps:cNvSpPr/>')
        size = f'<a:off x="0" y="0"/><a:ext cx="{round(length * EMU)}" cy="0"/>'
        child = size.replace("a:off", "a:chOff").replace("a:ext ", "a:chExt ")
        shape = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{size}{child}</a:xfrm></wpg:grpSpPr>{inner}</wpg:wgp>"
        drawing = _anchor(shape, length, height, across, down).replace(
            "/wordprocessingShape", "/wordprocessingGroup"
        )
        return run(
            f'<mc:AlternateContent><mc:Choice Requires="wpg">{drawing}</mc:Choice>'
            f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
    return _both(_anchor(shape, length, height, across, down), old)


def vml_shape(*, length: float, weight: float, colour: str, y: float | None, x: float = 0.0) -> str:
    """A connector as Word 2007 writes it: `v:shape` with its place and size in its style."""
    points = 72 / 25.4
    left, top = (x * points, 24.0) if y is None else ((210 - length) / 2 * points, y * points)
    page = (
        ";mso-position-horizontal-relative:page;mso-position-vertical-relative:page" if y is not None else ""
    )
    style = f"position:absolute;margin-left:{left:.1f}pt;margin-top:{top:.1f}pt;width:{length * points:.1f}pt;height:0{page}"
    kind = '<v:shapetype id="_x0000_t32" coordsize="21600,21600" o:spt="32" o:oned="t" path="m,l21600,21600e" filled="f"/>'
    return (
        f'{kind}<v:shape id="_x0000_s{1026 + next(_IDS) % 900}" type="#_x0000_t32" style="{style}"'
        f' strokecolor="#{colour.lower()}" strokeweight="{weight:g}pt"/>'
    )


def vml(
    *, length: float, weight: float, colour: str, y: float | None, x: float = 0.0, compound: str = ""
) -> str:
    """`v:line`; where `y` is given, it stands on the page."""
    points = 72 / 25.4
    start, height = (x * points, 24.0) if y is None else ((210 - length) / 2 * points, y * points)
    page = (
        ";mso-position-horizontal-relative:page;mso-position-vertical-relative:page" if y is not None else ""
    )
    style = f'<v:stroke linestyle="{compound}"/>' if compound else ""
    return (
        f'<v:line id="_x0000_s{1026 + next(_IDS) % 900}" style="position:absolute;z-index:251659264{page}"'
        f' from="{start:.1f}pt,{height:.1f}pt" to="{start + length * points:.1f}pt,{height:.1f}pt"'
        f' strokecolor="#{colour.lower()}" strokeweight="{weight:g}pt">{style}</v:line>'
    )


def text_box(
    paragraphs: str,
    *,
    width: float,
    height: float,
    y: float | None = None,
    foot: bool = False,
    side: str = "",
    old: bool = False,
) -> str:
    """A run with a box of text without lines; on the sheet at `y` mm, on the foot of the text, or at a `side` of it.

    `old`: as programs before Word 2010 write it, in VML alone.
    """
    across = (
        _place("H", "page", offset=(210 - width) / 2)
        if y is not None
        else _place("H", "margin", align=side or "center")
    )
    down = (
        _place("V", "page", offset=y)
        if y is not None
        else _place("V", "margin", align="bottom")
        if foot
        else _place("V", "paragraph", offset=0)
    )
    body = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{round(width * EMU)}" cy="{round(height * EMU)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx>{body}</wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    size = f"position:absolute;width:{width * 72 / 25.4:.0f}pt;height:{height * 72 / 25.4:.0f}pt"
    copy = f'<v:rect style="{size}" stroked="f"><v:textbox>{body}</v:textbox></v:rect>'
    return (
        run(f"<w:pict>{copy}</w:pict>") if old else _both(_anchor(shape, width, height, across, down), copy)
    )


def frame(y: float, height: float = 1.0, width: float = 170.0) -> str:
    """`w:framePr` of a paragraph at `y` mm of the sheet, centred on it."""
    return tag(
        "framePr",
        w=round(width * TWIPS),
        h=round(height * TWIPS),
        hRule="exact",
        wrap="notBeside",
        vAnchor="page",
        hAnchor="page",
        x=round((210 - width) / 2 * TWIPS),
        y=round(y * TWIPS),
    )


def edges(**sides: tuple[float, str, int]) -> str:
    """`w:pBdr`: side=(weight in points, colour, distance in points)."""
    order = ("top", "left", "bottom", "right", "between")
    inner = "".join(
        tag(side, val="single", sz=round(sides[side][0] * 8), space=sides[side][2], color=sides[side][1])
        for side in order
        if side in sides
    )
    return tag("pBdr", inner)


def table(
    rows: Sequence[Sequence[str]], *, widths: Sequence[int], borders: str = "", foot: bool = False
) -> str:
    """A table; a row of one cell spans all columns. `foot`: it floats on the foot of the text."""
    place = tag("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    look = tag(
        "tblPr",
        (place if foot else "")
        + tag("tblW", w=sum(widths), type="dxa")
        + borders
        + tag("tblLayout", type="fixed"),
    )
    grid = tag("tblGrid", "".join(tag("gridCol", w=width) for width in widths))
    made = []
    for cells in rows:
        spans = len(cells) < len(widths)
        own = [sum(widths)] if spans else widths
        span = tag("gridSpan", val=len(widths)) if spans and len(widths) > 1 else ""
        made.append(
            tag("tr", "".join(
                tag("tc", tag("tcPr", tag("tcW", w=width, type="dxa") + span) + cell)
                for cell, width in zip(cells, own, strict=True)
            ))
        )  # fmt: skip
    return tag("tbl", look + grid + "".join(made))


def borders(top: float = 0, inside: float = 0, bottom: float = 0, colour: str = "000000") -> str:
    """`w:tblBorders` in points; no line at the sides."""
    sides = (("top", top), ("left", 0), ("bottom", bottom), ("right", 0), ("insideH", inside), ("insideV", 0))
    return tag(
        "tblBorders",
        "".join(
            tag(side, val="single", sz=round(weight * 8), space=0, color=colour)
            if weight
            else tag(side, val="none", sz=0, space=0, color="auto")
            for side, weight in sides
        ),
    )
