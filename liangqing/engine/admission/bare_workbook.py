"""The workbook inside a chart: taken along as a table of numbers, without what leads out of it and who wrote it."""

from __future__ import annotations

import re

from lxml import etree

from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import Part, ZipEntry, packed, parse_xml, read_parts, stored, write_package
from liangqing.engine.parts.relations import TYPES_PART

_LISTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|styles|sharedStrings|calcChain|theme/theme\d+|worksheets/sheet\d+|"
    r"tables/table\d+|(_rels/workbook|worksheets/_rels/sheet\d+)\.xml\.rels)?(\.xml)?"
)
_PROPERTIES = "docProps/"


def bare_workbook(part: Part) -> Part | None:
    """The part without the properties of its file; itself where it has none, and None where it holds more than a table."""
    place = Place(part.name)
    try:
        parts = read_parts(part.data, part.name)
        kept = {name: inner for name, inner in parts.items() if not name.startswith(_PROPERTIES)}
        if not all(map(_LISTED.fullmatch, kept)) or any(map(_leads_out, kept.values())):
            return None
        if len(kept) == len(parts):
            return part
        for name in ("_rels/.rels", TYPES_PART):
            kept[name] = _without_properties(kept[name], place)
    except (Problems, KeyError):
        return None
    return stored(part.name, write_package(map(ZipEntry, kept.values())))


def _leads_out(part: Part) -> bool:
    return part.name.endswith(".rels") and b"External" in part.data


def _without_properties(part: Part, place: Place) -> Part:
    root = parse_xml(part.data, place)
    for child in list(root):
        if (child.get("Target") or child.get("PartName") or "").lstrip("/").startswith(_PROPERTIES):
            root.remove(child)
    return packed(part.name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
