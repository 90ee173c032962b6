"""Shapes: where they stand on the sheet. Which of them are lines is told by `drawn_lines`.

Word writes a drawing twice (mc:AlternateContent): as DrawingML, and for programs older than Word 2010 as VML
(mc:Fallback). The first is read; VML alone is what very old files and WPS have.
"""

from __future__ import annotations

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import WP, local
from liangqing.gbt9704.units import EMU_PER_MM
from liangqing.gbt9704.word.model import WordSection, WordSpot
from liangqing.gbt9704.word.units import mm, number, twips


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
