"""A copy of a template with a Word comment at the place of each diagnostic.

Word takes comments in the body only: what is wrong in a text box is told at the paragraph that holds the box, in a
note at its reference; what stands in headers, footers and properties, or nowhere, in a comment at the beginning.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from lxml import etree

from liangqing.base.diagnostics import Diagnostic, Place
from liangqing.base.docx_zip import (
    OFFICE,
    XML_SPACE,
    Package,
    Part,
    W,
    ZipEntry,
    packed,
    read_package,
    write_package,
)
from liangqing.base.word_places import word_places
from liangqing.engine.comment_anchors import CHECKER, WordPlace, checkers_comments
from liangqing.engine.parts.relations import (
    TYPES_PART,
    Relation,
    next_number,
    open_types,
    override_xml,
    part_of_kind,
    read_relations,
    relations_data,
    relations_name,
)

_COMMENTS = f"{OFFICE}/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NOTES = {f"{W}footnote": f"{W}footnoteReference", f"{W}endnote": f"{W}endnoteReference"}
_PIECES = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")


@dataclass(frozen=True)
class WordRemark:
    """What a comment says at a place, a line each; the first is told with the place where that holds no comment."""

    place: Place
    lines: tuple[str, ...]


def annotate(path: Path, diagnostics: Iterable[Diagnostic], day: date | None = None) -> bytes:
    """The .docx at `path` with the diagnostics as comments by 模板检查, dated `day`; an earlier check's are replaced.

    `diagnostics` are those of `compile_template` for this file. Raises Problems when it is no readable .docx.
    """
    remarks = [
        WordRemark(
            diagnostic.place,
            (
                f"{diagnostic.code} {diagnostic.message}",
                *([f"建议：{diagnostic.advice}"] if diagnostic.advice else []),
            ),
        )
        for diagnostic in diagnostics
    ]
    return commented(read_package(path, path.name), remarks, CHECKER, day)


def commented(package: Package, remarks: Iterable[WordRemark], author: str, day: date | None) -> bytes:
    """The package with a comment by `author` at each place that is remarked on; his earlier ones are replaced, others stay.

    A place is found again where it is a WordPlace. `day` None: the comments bear no date.
    """
    body = package.root(package.main)
    relations = read_relations(package, package.main)
    existing = comments_part(package)
    comments = package.root(existing) if existing else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    drop_earlier(body, comments, author)
    ids = count(1 + max((int(comment.get(f"{W}id", "0")) for comment in comments), default=-1))
    for paragraph, told in _by_paragraph(package, body, remarks):
        number = str(next(ids))
        comments.append(_comment(number, told, author, day))
        _mark(paragraph, number)
    name = existing or posixpath.join(posixpath.dirname(package.main), "comments.xml")
    fresh = {package.main: _packed(package.main, body), name: _packed(name, comments)}
    if not existing:
        fresh |= _announced(package, relations, name)
    parts = {**package.parts, **fresh}
    return write_package(ZipEntry(part) for part in parts.values())


def comments_part(package: Package) -> str:
    """The part that holds the comments of a package; "" where there is none."""
    return part_of_kind(package.main, read_relations(package, package.main), _COMMENTS)


def _announced(package: Package, relations: Iterable[Relation], name: str) -> dict[str, Part]:
    """Relationship and content type of a new part of comments."""
    relations = tuple(relations)
    target = posixpath.relpath(name, posixpath.dirname(package.main) or ".")
    new = Relation(f"rId{next_number(relations)}", _COMMENTS, target)
    types = f"{open_types(package, set())}{override_xml(name, _TYPE)}</Types>"
    file = relations_name(package.main)
    return {
        file: packed(file, relations_data((*relations, new))),
        TYPES_PART: packed(TYPES_PART, types.encode()),
    }


def drop_earlier(body: etree._Element, comments: etree._Element, author: str) -> None:
    """Takes the comments of an author out of a text and the part that holds them."""
    earlier = list(checkers_comments(comments, author))
    gone = {comment.get(f"{W}id") for comment in earlier}
    for piece in [anchor for anchor in body.iter(*_PIECES) if anchor.get(f"{W}id") in gone]:
        run = piece.getparent()
        last = run if piece.tag == f"{W}commentReference" and run is not None and len(run) == 1 else piece
        above = last.getparent()
        assert above is not None
        above.remove(last)
    for comment in earlier:
        comments.remove(comment)


# ---------------------------------------------------------------- where


def _by_paragraph(
    package: Package, body: etree._Element, remarks: Iterable[WordRemark]
) -> Iterator[tuple[etree._Element, list[str]]]:
    """Paragraphs of the body in their order, each with the lines of its comment."""
    places = {package.main: [paragraph for paragraph, _ in word_places(body)]}
    first = _first(body, places[package.main])
    found: dict[etree._Element, list[str]] = {}
    for remark in remarks:
        home = _home(package, body, remark.place, places)
        there = home is not None and home[1]
        head = "" if there or not remark.place.detail else f"{remark.place.detail}："
        lines = found.setdefault(first if home is None else home[0], [])
        lines += [head + remark.lines[0], *remark.lines[1:]]
    order = {paragraph: number for number, paragraph in enumerate(body.iter(f"{W}p"))}
    for paragraph in sorted(found, key=order.__getitem__):
        yield paragraph, found[paragraph]


def _home(
    package: Package, body: etree._Element, place: Place, places: dict[str, list[etree._Element]]
) -> tuple[etree._Element, bool] | None:
    """The paragraph of the body for a place, and whether it is the place itself; None when there is none."""
    if not isinstance(place, WordPlace):
        return None
    if place.part not in places:
        places[place.part] = [paragraph for paragraph, _ in word_places(package.root(place.part))]
    paragraph = places[place.part][place.paragraph]
    if place.part == package.main:
        outer = _outermost(paragraph)
        return outer, outer is paragraph
    note = next(paragraph.iterancestors(*_NOTES), None)
    if note is None:
        return None
    references = body.iter(_NOTES[str(note.tag)])
    reference = next(
        (candidate for candidate in references if candidate.get(f"{W}id") == note.get(f"{W}id")), None
    )
    return (_outermost(reference), False) if reference is not None else None


def _outermost(element: etree._Element) -> etree._Element:
    """The paragraph around all text boxes that `element` stands in."""
    *_, outer = (ancestor for ancestor in (element, *element.iterancestors()) if ancestor.tag == f"{W}p")
    return outer


def _first(body: etree._Element, paragraphs: list[etree._Element]) -> etree._Element:
    """The document's first paragraph; one is made when it has none."""
    if paragraphs:
        return paragraphs[0]
    made = etree.Element(f"{W}p")
    next(body.iter(f"{W}body")).insert(0, made)
    return made


# ---------------------------------------------------------------- what


def _mark(paragraph: etree._Element, number: str) -> None:
    """The whole paragraph is what the comment is about."""
    start, end, run, reference = (
        etree.Element(f"{W}{name}")
        for name in ("commentRangeStart", "commentRangeEnd", "r", "commentReference")
    )
    for element in (start, end, reference):
        element.set(f"{W}id", number)
    run.append(reference)
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
    paragraph.extend((end, run))


def _comment(number: str, lines: list[str], author: str, day: date | None) -> etree._Element:
    comment = etree.Element(f"{W}comment")
    comment.set(f"{W}id", number)
    comment.set(f"{W}author", author)
    if day is not None:
        comment.set(f"{W}date", f"{day.isoformat()}T00:00:00Z")
    comment.set(f"{W}initials", author[:2])
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
        text.set(XML_SPACE, "preserve")
        text.text = line
    return comment


def _packed(name: str, root: etree._Element) -> Part:
    return packed(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
