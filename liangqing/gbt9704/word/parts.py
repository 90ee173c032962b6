"""The parts of a Word file that bear on how it looks, found through its relationships.

ISO "strict" files have namespaces of their own; their parts are read as if they were written the usual way.
"""

from __future__ import annotations

import posixpath
from pathlib import Path

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import STRICT, Package, W, parse_xml, read_package

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_USUAL = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}


class Parts:
    """A package, its main part, and what that part is related to. Raises Problems for what is no Word file."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self.package: Package = read_package(source, name, any_word=True)
        self.name = name
        self._roots: dict[str, etree._Element] = {}
        self.main = self.package.main
        if self.root(self.main).tag != f"{W}document":
            raise refuse(
                Code.NO_WORD_DOCUMENT,
                Place(name),
                "这不是 Word 文档",
                "用 Word 或 WPS 另存为“Word 文档（*.docx）”",
            )
        self.relations = self._relations(self.main)

    @property
    def strict(self) -> bool:
        """Whether the file is written in ISO "strict" Open XML."""
        return STRICT.encode() in self.package.parts[self.main].data

    def root(self, part: str) -> etree._Element:
        """The tree of a part, the same each time."""
        if part not in self._roots:
            root = parse_xml(self.package.parts[part].data, Place(self.name, detail=part))
            self._roots[part] = _usual(root)
        return self._roots[part]

    def changed(self, part: str) -> etree._Element | None:
        """The tree of a part that differs from its file by now; None for one that does not."""
        root = self._roots.get(part)
        if root is None:
            return None
        fresh = parse_xml(self.package.parts[part].data, Place(self.name, detail=part))
        return None if etree.tostring(fresh) == etree.tostring(root) else root

    @property
    def stories(self) -> tuple[str, ...]:
        """The parts whose paragraphs are read: the text itself, headers and footers."""
        beside = [target for kind, target in self.relations.values() if kind in ("header", "footer")]
        return (self.main, *(part for part in dict.fromkeys(beside) if part in self.package.parts))

    def of_kind(self, kind: str) -> etree._Element | None:
        """The tree of the part that the main part is related to as `styles`, `settings`, …"""
        for relation, target in self.relations.values():
            if relation == kind and target in self.package.parts:
                return self.root(target)
        return None

    def target(self, relation: str) -> str | None:
        """The part that a relationship of the main part leads to."""
        _, target = self.relations.get(relation, ("", ""))
        return target if target in self.package.parts else None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → kind (the last word of its type) and the part it leads to."""
        folder, file = posixpath.split(part)
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if name not in self.package.parts:
            return {}
        root = parse_xml(self.package.parts[name].data, Place(self.name, detail=name))
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in root
            if relation.get("TargetMode") != "External"
        }


def _usual(root: etree._Element) -> etree._Element:
    if not any(space.startswith(STRICT) for space in root.nsmap.values()):
        return root
    for element in root.iter("*"):
        element.tag = _renamed(str(element.tag))
        for name in list(element.attrib):
            other = _renamed(str(name))
            if other != name:
                element.set(other, element.attrib.pop(name))
    return root


def _renamed(name: str) -> str:
    space, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return f"{{{_USUAL[space]}}}{local}" if space in _USUAL else name
