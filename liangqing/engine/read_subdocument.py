"""A Word file read for being put into papers: cleaned of what stays behind, refused where something can't be taken along.

Headers, footers and the page stay behind: those of the paper hold. So do comments, marks of who worked on it, content
controls (not what is in them), and empty paragraphs at the end; tracked changes are accepted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.docx_zip import OFFICE, Package, W, read_package
from liangqing.base.wordprocessingml import A, local
from liangqing.engine.admission.admit import admitted
from liangqing.engine.admission.listed import is_allowed_address
from liangqing.engine.comment_anchors import story_places
from liangqing.engine.language.join_runs import drop_paragraph_ids
from liangqing.engine.language.tags import RESERVED
from liangqing.engine.odd_places import ask_for_refresh
from liangqing.engine.parts.relations import Relation, part_of_kind, read_relations, target_part
from liangqing.engine.remarks import without_remarks
from liangqing.engine.strip_authors import without_traces
from liangqing.engine.subdocuments.adopting import is_plain
from liangqing.engine.subdocuments.source import SubSource, SubStory
from liangqing.engine.subdocuments.style_sheet import StyleSheet, without_theme

_R = f"{{{OFFICE}}}"
_LINKS = (f"{W}hyperlink", f"{A}hlinkClick", f"{A}hlinkHover")  # of words, of a picture
_TAG = re.compile(r"\{[{%#].{0,40}?[}%#]\}|｛[｛％%].{0,40}?[｝％%]｝|\{[{%#].{0,10}|｛[｛％].{0,10}")
_WRAPPERS = (f"{W}sdt", f"{W}smartTag", f"{W}customXml")
_GOING = tuple(f"{W}{name}" for name in ("proofErr", "permStart", "permEnd", "lastRenderedPageBreak"))
_BLOCKS = (f"{W}p", f"{W}tbl")
_NOTES = {"footnoteReference": ("footnotes", f"{W}footnote"), "endnoteReference": ("endnotes", f"{W}endnote")}


@lru_cache(maxsize=4)
def read_subdocument(data: bytes, name: str) -> SubSource:
    """The file, which diagnostics call `name`. Raises Problems with all that can't be taken along, or where it is no .docx."""
    found = admitted(read_package(data, name))
    if found.refused:
        raise Problems(found.refused)
    remarks = without_remarks(without_traces(found.package))
    package = remarks.package
    relations = read_relations(package, package.main)
    sheet = StyleSheet(lambda kind: _root_of(package, relations, kind))
    root = package.root(package.main)
    places = story_places(root, package, package.main)
    problems = list(_faults(package, root, places))
    text = _story(package, package.main, root, sheet)
    notes, words = {}, _words(places)
    for reference, (kind, tag) in _NOTES.items():
        part = part_of_kind(package.main, relations, f"{OFFICE}/{kind}")
        if part in package.parts:
            note_root = package.root(part)
            of_notes = story_places(note_root, package, part)
            problems += _text_faults(note_root, of_notes, Place(name))
            words += _words(of_notes)
            story = _story(package, part, note_root, sheet)
            notes[reference] = (story, {note.get(f"{W}id", ""): note for note in note_root.iter(tag)})
    for story in (text, *(story for story, _ in notes.values())):
        problems += _carried_faults(package, story, places, Place(name))
    if problems:
        raise Problems(problems)
    digest = hashlib.sha256(data).hexdigest()
    return SubSource(
        name=name,
        digest=digest,
        package=package,
        text=text,
        blocks=tuple(_blocks(root)),
        notes=notes,
        sheet=sheet,
        plain=is_plain(sheet),
        words=tuple(words),
        warnings=(*found.told, *remarks.warnings),
    )


def _words(places: Mapping[etree._Element, Place]) -> list[tuple[Place, str]]:
    return [(place, "".join(map(str, paragraph.itertext(f"{W}t")))) for paragraph, place in places.items()]


def _root_of(package: Package, relations: Iterable[Relation], kind: str) -> etree._Element | None:
    part = part_of_kind(package.main, relations, f"{OFFICE}/{kind}") or f"word/{kind}.xml"
    return package.root(part) if part in package.parts else None


# ---------------------------------------------------------------- what can't be taken along


def _faults(
    package: Package, root: etree._Element, places: Mapping[etree._Element, Place]
) -> Iterator[Diagnostic]:
    file = Place(package.name)
    for section in root.iter(f"{W}sectPr"):
        if section.getparent() is not root.find(f"{W}body"):
            advice = (
                "删去分节符（横排的页，另做一份附件）：“开始”里打开“显示编辑标记”，选中“分节符”那一行删去"
            )
            yield _unfit(_near(section, places, file), "中间有分节符，后面的页眉、纸张会跟着变", advice)
    yield from _text_faults(root, places, file)


def _text_faults(
    root: etree._Element, places: Mapping[etree._Element, Place], file: Place
) -> Iterator[Diagnostic]:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
        found = _TAG.search(text)
        if found is not None:
            message = f"有标记「{found[0]}」，这里面的标记不填，会原样印出来"
            yield _unfit(_near(paragraph, places, file), message, "改成要印的字；要填数据的写在模板里")
        reserved = RESERVED.search(text)
        if reserved is not None:
            message = f"有不能使用的字符 U+{ord(reserved[0]):X}"
            yield _unfit(_near(paragraph, places, file), message, "删去这个字符")


def _carried_faults(
    package: Package, story: SubStory, places: Mapping[etree._Element, Place], file: Place
) -> Iterator[Diagnostic]:
    """What a text names that is not there; what may not come along at all, `admitted` has refused."""
    for element in story.root.iter(etree.Element):
        for name, id in element.attrib.items():
            if not str(name).startswith(_R) or id == "":
                continue
            relation = story.relations.get(str(id))
            if relation is None or _is_lost(package, story.part, relation):
                advice = "在 Word 里打开看一遍，重新插入，再保存"
                yield _unfit(_near(element, places, file), "有图片、图表或链接的内容丢了", advice)


def _is_lost(package: Package, part: str, relation: Relation) -> bool:
    """Whether what a relationship leads to is not there: the part itself, or one further on, as the workbook of a chart."""
    seen: set[str] = set()
    waiting = [(part, relation)]
    while waiting:
        source, found = waiting.pop()
        target = target_part(source, found)
        if found.external or target in seen:
            continue
        if target not in package.parts:
            return True
        seen.add(target)
        waiting += [(target, below) for below in read_relations(package, target)]
    return False


def _unfit(place: Place, message: str, advice: str) -> Diagnostic:
    return error(Code.WORD_FILE_UNFIT, place, f"要放进文书的这个文件里{message.removeprefix('里面')}", advice)


def _near(element: etree._Element, places: Mapping[etree._Element, Place], file: Place) -> Place:
    around = (element, *element.iterancestors(f"{W}p"))
    return next((places[paragraph] for paragraph in around if paragraph in places), file)


# ---------------------------------------------------------------- what stays behind


def _story(package: Package, part: str, root: etree._Element, sheet: StyleSheet) -> SubStory:
    """The part, cleaned in its tree."""
    relations = {relation.id: relation for relation in read_relations(package, part)}
    without_theme(root, sheet.theme)
    for element in list(root.iter(*_GOING)):
        _unwrap(element)
    for wrapper in list(root.iter(*_WRAPPERS)):
        _unwrap(wrapper, wrapper.find(f"{W}sdtContent") if wrapper.tag == f"{W}sdt" else wrapper)
    for section in root.findall(f"{W}body/{W}sectPr"):
        _unwrap(section)
    for link in list(root.iter(*_LINKS)):
        if _leads_nowhere(link, relations):
            _unwrap(link, link if link.tag == f"{W}hyperlink" else None)
    _pair_bookmarks(root)
    drop_paragraph_ids(root)
    for element in root.iter(etree.Element):
        for name in [str(name) for name in element.attrib if local(name) in ("anchorId", "editId")]:
            del element.attrib[name]
    ask_for_refresh(root)
    return SubStory(part, root, relations)


def _leads_nowhere(link: etree._Element, relations: Mapping[str, Relation]) -> bool:
    """A link to a file of the computer that it was made on, or one that was lost: its words stay."""
    id = link.get(f"{_R}id", "")
    if not id:
        return not link.get(f"{W}anchor")
    relation = relations.get(id)
    return relation is None or not relation.target or not is_allowed_address(relation.target)


def _pair_bookmarks(root: etree._Element) -> None:
    """Takes out what has no other half, or a name that stands twice."""
    ends = {end.get(f"{W}id"): end for end in root.iter(f"{W}bookmarkEnd")}
    kept: set[str | None] = set()
    names: set[str] = set()
    for start in list(root.iter(f"{W}bookmarkStart")):
        name, number = start.get(f"{W}name", ""), start.get(f"{W}id")
        if number in ends and number not in kept and name and name not in names:
            kept.add(number)
            names.add(name)
        else:
            _unwrap(start)
    for end in list(root.iter(f"{W}bookmarkEnd")):
        if end.get(f"{W}id") not in kept or ends[end.get(f"{W}id")] is not end:
            _unwrap(end)


def _unwrap(element: etree._Element, content: etree._Element | None = None) -> None:
    """Takes an element out; the children of `content` stay in its place."""
    parent = element.getparent()
    assert parent is not None
    for child in list(content) if content is not None else ():
        if not local(child.tag).endswith("Pr"):
            element.addprevious(child)
    parent.remove(element)


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """What stands in the text, without empty paragraphs at the end; one after a table stays."""
    body = root.find(f"{W}body")
    found = list(body) if body is not None else []
    while len(found) > 1 and _is_empty(found[-1]) and found[-2].tag == f"{W}p":
        found.pop()
    if len(found) == 1 and _is_empty(found[0]):
        found.pop()
    yield from found


def _is_empty(block: etree._Element) -> bool:
    return block.tag == f"{W}p" and all(child.tag == f"{W}pPr" for child in block)
