"""A Word file made ready for being shown in a page, which knows neither text boxes nor charts."""

from __future__ import annotations

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import MC, W, ZipEntry, packed, parse_xml, read_package, write_package

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_UPPER = 3_600_000  # EMU (10 cm): a box that is anchored higher on its page stands above the text, else below
_HOLDERS = (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict")


def for_quick_look(data: bytes, name: str) -> bytes:
    """The Word file with what stands in text boxes (head and foot of a letter) as paragraphs of its text.

    A file without boxes is given back as it is. Raises Problems for what is no Word file.
    """
    package = read_package(data, name)
    main = package.parts[package.main].data
    if b"txbxContent" not in main:
        return data
    root = parse_xml(main, Place(name))
    for host in [paragraph for paragraph in root.iter(f"{W}p") if _has_boxes(paragraph)]:
        _lift(host)
    parts = {**package.parts, package.main: packed(package.main, etree.tostring(root))}
    return write_package(ZipEntry(part) for part in parts.values())


def has_charts(data: bytes, name: str) -> bool:
    """Whether there are charts in a Word file, which a quick look leaves out."""
    return any("/charts/" in part for part in read_package(data, name).parts)


def _has_boxes(paragraph: etree._Element) -> bool:
    inside = any(True for _ in paragraph.iterancestors(f"{W}txbxContent"))
    return not inside and next(paragraph.iter(f"{W}txbxContent"), None) is not None


def _lift(host: etree._Element) -> None:
    """Take the paragraphs of each box of a paragraph out of it, those of a box above the text to stand before it."""
    last = host
    for box in list(host.iter(f"{W}txbxContent")):
        holder = _holder(box, host)
        above = _is_above(box)
        for paragraph in list(box):
            if above:
                host.addprevious(paragraph)
            else:
                last.addnext(paragraph)
                last = paragraph
        parent = holder.getparent()
        if parent is not None:
            parent.remove(holder)


def _holder(box: etree._Element, host: etree._Element) -> etree._Element:
    """What stands for the whole box in the paragraph."""
    outer = box
    for above in box.iterancestors():
        if above is host:
            break
        if above.tag in _HOLDERS:
            outer = above
    return outer


def _is_above(box: etree._Element) -> bool:
    anchor = next(box.iterancestors(f"{_WP}anchor"), None)
    offset = None if anchor is None else anchor.find(f"{_WP}positionV/{_WP}posOffset")
    return offset is not None and offset.text is not None and int(offset.text) < _UPPER
