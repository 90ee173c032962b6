"""What colleagues wrote into a template for one another: comments and tracked changes. None of it goes into a paper.

Comments are left behind, tracked changes accepted; both are told, with the place of the first.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.base.docx_zip import Package, Part, W, packed, parse_xml
from liangqing.base.revisions import REMARK, SIGNS, accept_changes, deletions
from liangqing.engine.comment_anchors import story_places
from liangqing.engine.language.join_runs import CLOSINGS, OPENINGS
from liangqing.engine.parts.relations import TYPES_PART, open_types

_STORIES = tuple(f"{W}{name}" for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_NOTES = {f"{W}footnotes": f"{W}footnoteReference", f"{W}endnotes": f"{W}endnoteReference"}
_COMMENT_KINDS = ("/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people")
_TRACKING = b"w:trackRevisions"


@dataclass
class Remarks:
    """A package without comments and tracked changes, and what there was of them.

    `roots`: the trees of the stories that were changed; `places`: their paragraphs, those that are left, with the
    places that they have in the file as it lies on the disk.
    """

    package: Package
    roots: dict[str, etree._Element] = field(default_factory=dict)
    places: dict[str, dict[etree._Element, Place]] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)


def without_remarks(package: Package) -> Remarks:
    """Costs nothing but a look at the bytes where there is none."""
    found = Remarks(package)
    counts: dict[Place, Counter[str]] = {}
    lost: set[tuple[str, str]] = set()
    for name, part in package.parts.items():
        if name.endswith(".xml") and any(sign in part.data for sign in SIGNS):
            _accept(found, name, counts, lost)
        elif _TRACKING in part.data:
            root = package.root(name)
            _drop(root.iter(f"{W}trackRevisions"))
            _keep(found, name, root)
    _drop_notes(found, lost)
    _drop_comments(found)
    found.warnings += _told(Place(package.name), counts)
    return found


def _accept(found: Remarks, name: str, counts: dict[Place, Counter[str]], lost: set[tuple[str, str]]) -> None:
    root = found.package.root(name)
    if root.tag == f"{W}comments":
        return
    story = root.tag in _STORIES
    places = story_places(root, found.package, name) if story else {}
    file = Place(found.package.name)
    first = next((_place(element, places, file) for element in _changes(root)), file)
    for element in deletions(root):
        lost |= {(f"{W}{kind}", note.get(f"{W}id", "")) for kind, note in _references(element)}
        text = "".join(str(piece) for piece in element.itertext())
        if any(sign in text for sign in (*OPENINGS, *CLOSINGS)):
            found.warnings.append(
                warning(
                    Code.TAG_IN_DELETED_TEXT,
                    _place(element, places, file),
                    f"标记「{text.strip()[:20]}」在修订的删除部分里，不填，也不印出来",
                    "不该删的，在 Word“审阅”里拒绝这处修订",
                )
            )
    accepted = accept_changes(root)
    _drop(root.iter(f"{W}trackRevisions"))
    if accepted:
        counts[first] = counts.get(first, Counter()) + accepted
    _keep(found, name, root)
    if story:
        found.roots[name] = root
        found.places[name] = {
            paragraph: places[paragraph] for paragraph in root.iter(f"{W}p") if paragraph in places
        }


def _references(element: etree._Element) -> Iterable[tuple[str, etree._Element]]:
    for story, reference in _NOTES.items():
        for mark in element.iter(reference):
            yield story.removeprefix(W), mark


def _changes(root: etree._Element) -> Iterable[etree._Element]:
    names = ("ins", "del", "moveFrom", "moveTo", "commentReference", "cellIns", "cellDel", "cellMerge")
    changed = (f"{W}{name}" for name in (*names, "rPrChange", "pPrChange", "tblPrChange", "trPrChange"))
    return root.iter(*changed)


def _place(element: etree._Element, places: Mapping[etree._Element, Place], file: Place) -> Place:
    """Of the paragraph that the element stands in, else of the first that it holds."""
    near = (*element.iterancestors(f"{W}p"), *element.iter(f"{W}p"))
    row = next(element.iterancestors(f"{W}tr"), None)
    inside = row.iter(f"{W}p") if row is not None else ()
    return next((places[paragraph] for paragraph in (*near, *inside) if paragraph in places), file)


def _drop_notes(found: Remarks, lost: set[tuple[str, str]]) -> None:
    """The notes whose references were deleted: nobody would see them in Word, and anybody could read them."""
    for name in [part for part in found.package.parts if lost and part.endswith("notes.xml")]:
        root = found.roots.get(name)
        root = found.package.root(name) if root is None else root
        gone = [note for note in root if (str(root.tag), note.get(f"{W}id", "")) in lost]
        if gone:
            _drop(gone)
            _keep(found, name, root)


def _drop_comments(found: Remarks) -> None:
    """The parts of comments, and of who wrote them, with all that names them."""
    package = found.package
    parts = dict(package.parts)
    gone: set[str] = set()
    for name in [part for part in parts if part.endswith(".rels")]:
        if not any(kind.encode() + b'"' in parts[name].data for kind in _COMMENT_KINDS):
            continue
        root = parse_xml(parts[name].data, Place(package.name, detail=name))
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in [child for child in root if child.get("Type", "").endswith(_COMMENT_KINDS)]:
            target = relation.get("Target", "")
            gone.add(posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"))
            root.remove(relation)
        parts[name] = _packed(name, root)
    gone |= {name for name, kind in package.types.items() if kind.endswith("comments+xml")}
    if not gone:
        return
    for name in gone:
        parts.pop(name, None)
        parts.pop(posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels"), None)
    parts[TYPES_PART] = packed(TYPES_PART, f"{open_types(package, gone)}</Types>".encode())
    types = {name: kind for name, kind in package.types.items() if name not in gone}
    found.package = replace(package, parts=parts, types=types)


def _told(file: Place, counts: Mapping[Place, Counter[str]]) -> Iterable[Diagnostic]:
    """One warning of the comments, one of the changes, each at the first place."""
    total: Counter[str] = sum(counts.values(), Counter())
    if total[REMARK]:
        place = next((place for place, counted in counts.items() if counted[REMARK]), file)
        message = f"里面有 {total[REMARK]} 条批注，不带出去"
        yield warning(Code.REMARKS_LEFT_BEHIND, place, message, "看过了的，在 Word“审阅”里删去")
    said = "、".join(f"{name} {count} 处" for name, count in total.items() if name != REMARK)
    if said:
        place = next((place for place, counted in counts.items() if set(counted) - {REMARK}), file)
        message = f"里面有还没接受的修订（{said}）：插入的照用，删除的不印，格式按改后的"
        advice = "对的，在 Word“审阅”里接受全部修订；不对的先拒绝，再生成"
        yield warning(Code.REVISIONS_ACCEPTED, place, message, advice)


def _keep(found: Remarks, name: str, root: etree._Element) -> None:
    parts = {**found.package.parts, name: _packed(name, root)}
    found.package = replace(found.package, parts=parts)


def _packed(name: str, root: etree._Element) -> Part:
    return packed(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _drop(elements: Iterable[etree._Element]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
