"""What Word and WPS write into a file of who worked on it: taken out, so that a paper says only what was meant.

What a template says with a tag stays: a property such as 作者 may hold `{{ 机构.全称 }}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import Package, Part, W, packed, parse_xml

_SAID = {"title", "subject", "keywords", "category", "language"}  # of the core properties: about the text
_SIGNS = (b"rsid", b":author=")
_NOBODY = "修订"
_TAGS = ("{{", "{%", "｛")  # one that is mistyped is told, not thrown away


def without_traces(package: Package) -> Package:
    """The package without authors, times of work, revision ids and counts of words."""
    parts = {name: _cleaned(part, package) for name, part in package.parts.items()}
    return replace(package, parts=parts)


def _cleaned(part: Part, package: Package) -> Part:
    change = _PROPERTIES.get(part.name) or _BY_TYPE.get(package.types.get(part.name, ""))
    if change is not None:
        return _changed(part, package.name, change)
    if part.name.endswith(".xml") and any(sign in part.data for sign in _SIGNS):
        return _changed(part, package.name, _drop_revisions)
    return part


def _changed(part: Part, file: str, change: Callable[[etree._Element], bool]) -> Part:
    root = parse_xml(part.data, Place(file, detail=part.name))
    if not change(root):
        return part
    return packed(part.name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _drop(root: etree._Element, test: Callable[[etree._Element], bool]) -> bool:
    """Take out the children that `test` names, unless they hold a tag; whether there were any."""
    texts = {child: "".join(map(str, child.itertext())) for child in root if test(child)}
    gone = [child for child, text in texts.items() if not any(sign in text for sign in _TAGS)]
    for child in gone:
        root.remove(child)
    return bool(gone)


def _drop_persons(root: etree._Element) -> bool:
    return _drop(root, lambda child: etree.QName(child).localname not in _SAID)


def _drop_counts(root: etree._Element) -> bool:
    return _drop(root, lambda child: True)


def _drop_revisions(root: etree._Element) -> bool:
    changed = False
    for element in root.iter(etree.Element):
        for name in [attribute for attribute in element.attrib if str(attribute).startswith(f"{W}rsid")]:
            del element.attrib[name]
            changed = True
        if f"{W}author" in element.attrib:
            element.set(f"{W}author", _NOBODY)
            for name in {f"{W}date", f"{W}initials"} & set(map(str, element.attrib)):
                del element.attrib[name]
            changed = True
    for element in list(root.iter(f"{W}rsids", f"{W}rsid")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            changed = True
    return changed


_Change = Callable[[etree._Element], bool]
_PROPERTIES: Mapping[str, _Change] = {"docProps/core.xml": _drop_persons, "docProps/app.xml": _drop_counts}
_BY_TYPE: Mapping[str, _Change] = {
    "application/vnd.openxmlformats-package.core-properties+xml": _drop_persons,
    "application/vnd.openxmlformats-officedocument.extended-properties+xml": _drop_counts,
}
