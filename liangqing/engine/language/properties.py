"""Tags that set a property instead of printing: colspan, cellbg, rightind, leftind, keepnext, cantsplit, vm and hm (merging)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import refuse
from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import CELL_ORDER, PARAGRAPH_ORDER, properties_of, put
from liangqing.engine.language.join_runs import take_out
from liangqing.engine.language.tags import Tag, marker

MERGES = ("vm", "hm")
_SIDES = {"rightind": ("right", "end"), "leftind": ("left", "start")}


@dataclass(frozen=True)
class Merge:
    """A `{% vm %}` or `{% hm %}` and its cell."""

    tag: Tag
    cell: etree._Element
    keyword: str


def apply_property(tag: Tag, keyword: str, mark: etree._Element) -> Merge | None:
    """Takes the mark out of the text and sets what it asks for; a vm is only noted, for `filling/merging`."""
    cell = next(mark.iterancestors(f"{W}tc"), None)
    paragraph = next(mark.iterancestors(f"{W}p"))
    take_out(mark)
    if keyword in _SIDES:
        _indent(paragraph, keyword, marker(tag.number))
        return None
    if keyword == "keepnext":
        put(properties_of(paragraph, "pPr"), "keepNext", PARAGRAPH_ORDER).set(f"{W}val", marker(tag.number))
        return None
    if cell is None:
        raise refuse(
            Code.PROPERTY_MISPLACED, tag.place, f"「{tag.text}」不在表格里", f"{keyword} 只用在表格的单元格里"
        )
    if keyword in MERGES:
        return Merge(tag, cell, keyword)
    if keyword == "cantsplit":
        _whole(next(cell.iterancestors(f"{W}tr")), marker(tag.number))
    elif keyword == "colspan":
        cell_property(cell, "gridSpan").set(f"{W}val", marker(tag.number))
    else:
        _shade(cell, marker(tag.number))
    return None


def _whole(row: etree._Element, value: str) -> None:
    """Whether a row stays on one page; the properties of a row stand in any order."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = row.makeelement(f"{W}trPr")
        own = row.find(f"{W}tblPrEx")
        row.insert(0 if own is None else 1, properties)
    for known in properties.findall(f"{W}cantSplit"):
        properties.remove(known)
    etree.SubElement(properties, f"{W}cantSplit").set(f"{W}val", value)


def _indent(paragraph: etree._Element, keyword: str, value: str) -> None:
    indent = put(properties_of(paragraph, "pPr"), "ind", PARAGRAPH_ORDER)
    for side in _SIDES[keyword]:
        for name in (side, f"{side}Chars"):
            indent.attrib.pop(f"{W}{name}", "")
    indent.set(f"{W}{_SIDES[keyword][0]}", value)


def _shade(cell: etree._Element, colour: str) -> None:
    shade = cell_property(cell, "shd")
    shade.attrib.clear()
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(f"{W}{name}", value)


def cell_property(cell: etree._Element, name: str) -> etree._Element:
    """A property of a cell, made where there is none."""
    return put(properties_of(cell, "tcPr"), name, CELL_ORDER)
