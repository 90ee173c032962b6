"""Places that can be found again in the file: what a Word comment needs to stand at a diagnostic's place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import OFFICE, Package, W, parse_xml
from liangqing.base.word_places import word_places
from liangqing.engine.parts.relations import read_relations, target_part

CHECKER = "模板检查"  # the author of the comments that `annotate` writes
_PAGES = {"first": "首页", "even": "偶数页"}


@dataclass(frozen=True, eq=False)
class WordPlace(Place):
    """A place in `part`; `paragraph` counts those that `word_places` names, from 0. Equal to a Place that reads alike."""

    part: str = ""
    paragraph: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and _read(self) == _read(other)

    def __hash__(self) -> int:
        return super().__hash__()


def story_places(root: etree._Element, package: Package, part: str) -> dict[etree._Element, Place]:
    """The paragraphs of a part with their places."""
    which = _pages(package, part) if root.tag in (f"{W}hdr", f"{W}ftr") else ""
    return {
        paragraph: WordPlace(package.name, detail=detail, part=part, paragraph=number)
        for number, (paragraph, detail) in enumerate(word_places(root, which))
    }


def checkers_comments(root: etree._Element, author: str = CHECKER) -> Iterator[etree._Element]:
    """The comments that an earlier check by `author` left in a part of comments."""
    return (comment for comment in root.iterchildren(f"{W}comment") if comment.get(f"{W}author") == author)


def _pages(package: Package, part: str) -> str:
    """On which pages a header or footer stands, when it is not the usual one."""
    relations = read_relations(package, package.main)
    ids = {relation.id for relation in relations if target_part(package.main, relation) == part}
    place = Place(package.name, detail=package.main)
    kinds = {
        kind for kind, identity in _references(package.parts[package.main].data, place) if identity in ids
    }
    return _PAGES.get(kinds.pop(), "") if len(kinds) == 1 else ""


@lru_cache(maxsize=2)  # asked for each margin of a document
def _references(data: bytes, place: Place) -> tuple[tuple[str, str], ...]:
    """Kind and relationship of each header and footer that a text refers to."""
    found = parse_xml(data, place).iter(f"{W}headerReference", f"{W}footerReference")
    return tuple((named.get(f"{W}type", ""), named.get(f"{{{OFFICE}}}id", "")) for named in found)


def _read(place: Place) -> tuple[object, ...]:
    return place.file, place.line, place.column, place.detail
