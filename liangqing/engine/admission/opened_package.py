"""A package as one looks at it part by part: names in any case, content types, the tree of a part once it is needed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import CONTENT_TYPES, Package, Part, W, packed, parse_xml
from liangqing.engine.admission.listed import is_macro_type
from liangqing.engine.parts.relations import TYPES_PART, relations_name

_XML = (".xml", ".rels")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_BOUND = re.compile(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']""" + re.escape(W[1:-1].encode()) + rb"""["']""")
_ALIKE = (b"utf-8", b"us-ascii", b"ascii")


class OpenedPackage:
    """The parts by name, all XML in UTF-8. Raises Problems for a part that is no sound XML."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.place = Place(package.name)
        self.parts = {name: self._in_utf8(part) for name, part in package.parts.items()}
        self._names = {name.lower(): name for name in self.parts}
        self._roots: dict[str, etree._Element] = {}

    @property
    def has_other_prefixes(self) -> bool:
        """Whether the text is written with another prefix than `w:`, by which tracked changes are looked for."""
        found = (_BOUND.findall(part.data) for name, part in self.parts.items() if name.endswith(".xml"))
        return any(prefix != b"w" for prefixes in found for prefix in prefixes)

    def root(self, part: str) -> etree._Element:
        """The tree of a part, the same each time."""
        if part not in self._roots:
            self._roots[part] = parse_xml(self.parts[part].data, Place(self.package.name, detail=part))
        return self._roots[part]

    def relations(self, part: str) -> tuple[str, list[etree._Element]]:
        """The part that holds the relationships of `part` ("" is the package), "" where there is none, and each of them."""
        name = self._names.get((relations_name(part) if part else "_rels/.rels").lower(), "")
        return name, list(self.root(name)) if name else []

    def target(self, part: str, relation: etree._Element) -> str:
        """The part that a relationship of `part` leads to; "" where there is none in the package."""
        if relation.get("TargetMode") == "External":
            return ""
        aim = unquote(relation.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), aim)).lstrip("/")
        return self._names.get(path.lower(), "")

    def all_below(self, part: str) -> set[str]:
        """A part and all to which anything leads from there."""
        found: set[str] = set()
        waiting = [part]
        while waiting:
            source = waiting.pop()
            if source and source not in found and source != self.package.main:
                found.add(source)
                name, relations = self.relations(source)
                found.add(name)
                waiting += [self.target(source, relation) for relation in relations]
        return found

    def type_of(self, part: str) -> str:
        """The content type of a part: its own, or that of its extension; "" where it has none."""
        own, usual = self._types
        return own.get(part.lower()) or usual.get(_ending(part), "")

    def types_of(self, parts: Iterable[str]) -> Part:
        """The content types where these parts are left."""
        there = {name.lower() for name in parts}
        root = parse_xml(self.parts[TYPES_PART].data, self.place)
        for child in list(root):
            name = child.get("PartName")
            if (name is not None and name.lstrip("/").lower() not in there) or (
                name is None and is_macro_type(child.get("ContentType", ""))
            ):
                root.remove(child)
        return packed_tree(TYPES_PART, root)

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = self.root(TYPES_PART)
        own = root.iterchildren(f"{CONTENT_TYPES}Override")
        usual = root.iterchildren(f"{CONTENT_TYPES}Default")
        return (
            {child.get("PartName", "").lstrip("/").lower(): child.get("ContentType", "") for child in own},
            {child.get("Extension", "").lower(): child.get("ContentType", "") for child in usual},
        )

    def _in_utf8(self, part: Part) -> Part:
        """What is written otherwise is written anew, so that its bytes can be searched."""
        if not part.name.lower().endswith(_XML):
            return part
        named = _ENCODING.match(part.data)
        if not part.data.startswith(_WIDE) and (named is None or named[1].lower() in _ALIKE):
            return part
        return packed_tree(part.name, parse_xml(part.data, Place(self.package.name, detail=part.name)))


def packed_tree(name: str, root: etree._Element) -> Part:
    """A part made of a tree."""
    return packed(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _ending(part: str) -> str:
    return posixpath.splitext(part)[1].lstrip(".").lower()
