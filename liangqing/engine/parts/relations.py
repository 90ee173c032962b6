"""Relationships and content types: read when a template is compiled, completed when one is rendered."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import CONTENT_TYPES, RELATIONSHIPS, Package, parse_xml
from liangqing.base.xml_text import quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES_PART = "[Content_Types].xml"
_NUMBERED = re.compile(r"rId(\d{1,9})")


@dataclass(frozen=True)
class Relation:
    """One relationship: in its XML a part names others by ids only (`r:id="rId5"`), and a part beside it says which.

    `kind` is a URI; `target` as it stands in the file, relative to the folder of the part, or a URL when `external`.
    """

    id: str
    kind: str
    target: str
    external: bool = False


def relations_name(part: str) -> str:
    """The part that holds the relationships of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_relations(package: Package, part: str) -> tuple[Relation, ...]:
    """The relationships of `part`; none when it has no such part."""
    found = package.parts.get(relations_name(part))
    return () if found is None else relations_of(found.data, Place(package.name, detail=found.name))


def relations_of(data: bytes | None, place: Place) -> tuple[Relation, ...]:
    """The relationships that a part of them holds; none where there is no such part. `place` is for messages."""
    if data is None:
        return ()
    return _relations(data, place)


@lru_cache(maxsize=64)  # asked several times for each part of a document
def _relations(data: bytes, place: Place) -> tuple[Relation, ...]:
    root = parse_xml(data, place)
    return tuple(
        Relation(
            element.get("Id", ""),
            element.get("Type", ""),
            element.get("Target", ""),
            element.get("TargetMode") == "External",
        )
        for element in root.iterchildren(f"{RELATIONSHIPS}Relationship")
    )


def target_part(part: str, relation: Relation) -> str:
    """The name of the part that a relationship of `part` points to."""
    joined = posixpath.join(posixpath.dirname(part), relation.target)
    return posixpath.normpath(joined).lstrip("/")


def part_of_kind(part: str, relations: Iterable[Relation], kind: str) -> str:
    """The part that the first relationship of a kind leads to from `part`; "" without one."""
    return next((target_part(part, relation) for relation in relations if relation.kind == kind), "")


def relative(part: str, target: str) -> str:
    """How a relationship of `part` names the part `target`."""
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def relation_xml(relation: Relation) -> str:
    """One relationship."""
    mode = ' TargetMode="External"' if relation.external else ""
    return (
        f"<Relationship Id={quoteattr(relation.id)} Type={quoteattr(relation.kind)}"
        f" Target={quoteattr(relation.target)}{mode}/>"
    )


def open_relations(relations: Iterable[Relation]) -> str:
    """A part of relationships without its end."""
    return f'{HEAD}<Relationships xmlns="{RELATIONSHIPS[1:-1]}">' + "".join(map(relation_xml, relations))


def relations_data(relations: Iterable[Relation]) -> bytes:
    """A whole part of relationships."""
    return f"{open_relations(relations)}</Relationships>".encode()


def next_number(relations: Iterable[Relation]) -> int:
    """The first n for which no `rId<n>` and nothing after it is taken."""
    found = (_NUMBERED.fullmatch(relation.id) for relation in relations)
    return max((int(number[1]) for number in found if number is not None), default=0) + 1


def override_xml(part: str, content_type: str) -> str:
    """The content type of one part."""
    return f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(content_type)}/>"


def open_types(package: Package, dropped: set[str]) -> str:
    """The content types without the parts `dropped`, and without its end."""
    root = parse_xml(package.parts[TYPES_PART].data, Place(package.name, detail=TYPES_PART))
    kept = [
        type_element for type_element in root if type_element.get("PartName", "").lstrip("/") not in dropped
    ]
    return f'{HEAD}<Types xmlns="{CONTENT_TYPES[1:-1]}">' + "".join(map(_type_xml, kept))


def content_type(package: Package, part: str) -> str:
    """The type of `part`: its own or that of its extension."""
    if part in package.types:
        return package.types[part]
    root = parse_xml(package.parts[TYPES_PART].data, Place(package.name, detail=TYPES_PART))
    ending = posixpath.splitext(part)[1].lower()
    defaults = root.iterchildren(f"{CONTENT_TYPES}Default")
    found = (default for default in defaults if f".{default.get('Extension', '').lower()}" == ending)
    return next((default.get("ContentType", "") for default in found), "application/octet-stream")


def _type_xml(element: etree._Element) -> str:
    attributes = " ".join(f"{name!s}={quoteattr(str(value))}" for name, value in element.attrib.items())
    return f"<{etree.QName(element).localname} {attributes}/>"
