"""Runs and links cut in two around a mark, so that it comes to stand beside them."""

from __future__ import annotations

import copy

from lxml import etree

from liangqing.base.docx_zip import W

# What may be cut in two around a tag: a run, a link, a tracked insertion, a word that Word has recognised.
_SPLITTABLE = {f"{W}r", f"{W}hyperlink", f"{W}ins", f"{W}smartTag"}
_PROPERTIES = {f"{W}rPr"}


def lift(mark: etree._Element, home: etree._Element) -> bool:
    """Splits the elements between `mark` and `home`; False when one of them cannot be split."""
    while (parent := mark.getparent()) is not home:
        assert parent is not None
        if parent.tag not in _SPLITTABLE:
            return False
        _split(parent, mark)
    return True


def _split(parent: etree._Element, mark: etree._Element) -> None:
    before = [child for child in mark.itersiblings(preceding=True) if child.tag not in _PROPERTIES]
    after = list(mark.itersiblings())
    if after:
        right = parent.makeelement(parent.tag, {str(key): str(value) for key, value in parent.attrib.items()})
        right.extend([copy.deepcopy(child) for child in parent if child.tag in _PROPERTIES])
        right.extend(after)
        parent.addnext(right)
    parent.addnext(mark)
    if not before:
        above = parent.getparent()
        assert above is not None
        above.remove(parent)
