"""A copy of a Word file made ready to be converted, so that LibreOffice loses nothing; the file itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from liangqing.base.docx_zip import Package, W, ZipEntry, packed, write_package

MARK = "行尾标点不悬挂"  # stands in the key of each PDF that was made so

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = {f"{_KIND}{story}+xml" for story in ("document.main", "header", "footer", "footnotes", "endnotes")}


@dataclass(frozen=True)
class Way:
    """How a copy is made ready: the value of the switch `overflowPunct`, and whether rows stay on one page."""

    switch: str
    whole_rows: bool


# In the order in which they are tried, until one loses no text.
# Punctuation that hangs out over the end of a line is lost in LibreOffice's PDF, so none may hang. LibreOffice reads
# the switch the wrong way round (all versions until now, as far as is known), and of a paragraph alone, not of its
# style; the last way is for a version that reads it as it is meant.
# A row that may not break and is higher than a page is cut off by LibreOffice; Word breaks it all the same.
WAYS = (Way("1", whole_rows=True), Way("1", whole_rows=False), Way("0", whole_rows=False))


def ready(package: Package, way: Way) -> bytes:
    """The copy: all paragraphs of text, tables, boxes, headers, footers and notes bear the switch."""
    parts = dict(package.parts)
    for name, kind in package.types.items():
        if kind in _STORIES and name in parts:
            root = package.root(name)
            for paragraph in root.iter(f"{W}p"):
                _switch(paragraph, way.switch)
            if not way.whole_rows:
                etree.strip_elements(root, f"{W}cantSplit", with_tail=False)
            xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            parts[name] = packed(name, xml)
    return write_package(map(ZipEntry, parts.values()))


def _switch(paragraph: etree._Element, value: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(f"{W}overflowPunct"):
        properties.remove(old)
    etree.SubElement(properties, f"{W}overflowPunct").set(f"{W}val", value)
