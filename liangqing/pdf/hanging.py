"""A copy of a Word file in which no punctuation hangs out over the end of a line.

LibreOffice draws what hangs out so that it is lost in the PDF. It reads the switch the wrong way round, and of a
paragraph alone, not of its style (all versions until now, as far as is known): a version that reads it rightly needs
the other value. So both can be asked for, and which was right the text of the PDF tells.
"""

from __future__ import annotations

from lxml import etree

from liangqing.base.docx_zip import Package, W, ZipEntry, packed, write_package

MARK = "行尾标点不悬挂"  # stands in the key of each PDF that was made so
AS_LIBREOFFICE_READS_IT, AS_IT_IS_MEANT = "1", "0"
VALUES = (AS_LIBREOFFICE_READS_IT, AS_IT_IS_MEANT)  # in the order in which they are tried

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = {f"{_KIND}{story}+xml" for story in ("document.main", "header", "footer", "footnotes", "endnotes")}


def turned_off(package: Package, value: str) -> bytes:
    """The file with the switch at `value` in every paragraph of text, tables, boxes, headers, footers and notes."""
    parts = dict(package.parts)
    for name, kind in package.types.items():
        if kind in _STORIES and name in parts:
            root = package.root(name)
            for paragraph in root.iter(f"{W}p"):
                _switch(paragraph, value)
            parts[name] = packed(
                name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
    return write_package(map(ZipEntry, parts.values()))


def _switch(paragraph: etree._Element, value: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(f"{W}overflowPunct"):
        properties.remove(old)
    etree.SubElement(properties, f"{W}overflowPunct").set(f"{W}val", value)
