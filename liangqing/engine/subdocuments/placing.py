"""A Word file put in the place of a paragraph: its blocks as XML, everything that they name under what it is called in the paper."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.docx_zip import MC, OFFICE, W
from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, WP, properties_of, put, value_of
from liangqing.engine.parts.added_parts import Additions, PartFilling
from liangqing.engine.parts.environment import Fault
from liangqing.engine.parts.relations import (
    Relation,
    content_type,
    read_relations,
    relations_data,
    relative,
    target_part,
)
from liangqing.engine.parts.values import SubDocument, SubDocumentFile
from liangqing.engine.subdocuments.adopting import Frame, adopt
from liangqing.engine.subdocuments.carried_lists import CarriedLists
from liangqing.engine.subdocuments.carried_styles import CarriedStyles
from liangqing.engine.subdocuments.joining import Joined
from liangqing.engine.subdocuments.source import SubSource, SubStory
from liangqing.engine.subdocuments.style_sheet import KINDS

_R = f"{{{OFFICE}}}"
_V = "{urn:schemas-microsoft-com:vml}"
_SPID = "{urn:schemas-microsoft-com:office:office}spid"
_ID, _NAME, _VAL = f"{W}id", f"{W}name", f"{W}val"
_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_PARAGRAPH, _TABLE, _BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
_MEDIA = f"{OFFICE}/image"
_WORD = re.compile(r'([\s"\\]+)')
_SIGNS = re.compile(r"[^A-Za-z_-]")
# So many blocks at the end stay with what comes after the file, so that a signature never stands without text, though each is
# but a line (GB/T 9704-2012, 7.3.5).
LINES_KEPT = 2


def placed_document(value: SubDocument | SubDocumentFile, frame: Frame, filling: PartFilling) -> str:
    """The blocks of a Word file. What they need is added to the paper.

    Fault where the tag stands where no file can; Problems, with the place in the file, where that has what can't be put in.
    """
    additions = filling.additions
    if frame.inside or filling.part != additions.shell.main:
        where = frame.inside or "页眉、页脚"
        message = f"是一个 Word 文件，{where}里放不下"
        raise Fault(Code.WORD_FILE_MISPLACED, message, "在正文里单独占一段，写成 {{p 名称 }}")
    return _Placing(_source(value, additions), Joined.of(additions), frame).xml()


def _source(value: SubDocument | SubDocumentFile, additions: Additions) -> SubSource:
    assert additions.documents is not None
    if isinstance(value, SubDocument):
        data = value.data
    elif additions.pictures is None:
        raise Fault(
            Code.WORD_FILE_MISSING, f"的 Word 文件「{value.name}」没有可读的文件夹", "把文件放进工作目录"
        )
    else:
        data = additions.pictures.read_document(value)
    return cast(SubSource, additions.documents(data, value.name))


class _Placing:
    """One file at one place."""

    def __init__(self, source: SubSource, joined: Joined, frame: Frame) -> None:
        self.source, self.joined, self.frame = source, joined, frame
        self.additions = joined.additions
        self.lists = CarriedLists(joined.lists, source.sheet.lists)
        self.styles = CarriedStyles(joined.styles, source.sheet, source.digest, self.lists.number)
        self.carried: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        stories = (source.text, *(story for story, _ in source.notes.values()))
        self.names = {
            name: joined.bookmark(name, self.additions.number())
            for story in stories
            for start in story.root.iter(_START)
            if (name := start.get(_NAME, ""))
        }

    def xml(self) -> str:
        source = self.source
        kept = {*source.blocks[-LINES_KEPT:]}
        blocks = [self._block(block, source.text, kept=block in kept) for block in source.blocks]
        solid = [block.tag for block in source.blocks if block.tag in (_PARAGRAPH, _TABLE)]
        if solid and solid[-1] == _TABLE:
            # Word joins two tables that touch, and wants a paragraph at the end of a cell.
            blocks.append(f"<w:p>{self.frame.settings}</w:p>")
        self.lists.settle(self.styles.known)
        if self.joined.styles.added:
            self.joined.changed("styles")
        if self.lists.made:
            self.joined.changed("numbering")
        return "".join(blocks)

    def _block(self, block: etree._Element, story: SubStory, *, kept: bool = False) -> str:
        """A block as XML; `kept`: on a page with the one after it."""
        made = _detached(block, story.root)
        adopted = self.source.plain and block.tag == _PARAGRAPH and self._adopt(made)
        self._name_styles(made, spared=made if adopted else None)
        for number in made.iter(f"{W}numId"):
            number.set(_VAL, self.lists.number(number.get(_VAL, "")))
        self._renumber(made)
        for element in made.iter(etree.Element):
            for name in [str(name) for name in element.attrib if str(name).startswith(_R)]:
                relation = story.relations.get(str(element.get(name)))
                if relation is not None:
                    element.set(name, self._related(relation, story))
        self._take_notes(made)
        if kept:
            _keep_with_next(made)
        return _written(made, story.root)

    # ------------------------------------------------------------ styles

    def _adopt(self, made: etree._Element) -> bool:
        return adopt(made, self.frame, self.source.sheet, self.joined.styles.sheet)

    def _name_styles(self, made: etree._Element, spared: etree._Element | None) -> None:
        for paragraph in made.iter(_PARAGRAPH):
            if paragraph is not spared:
                self._name(paragraph, "pPr", "pStyle", self._table_style(paragraph))
        for table in made.iter(_TABLE):
            self._name(table, "tblPr", "tblStyle")
        for run in made.iter(f"{W}rStyle"):
            if spared is None or not self._of_frame(run):
                _set_or_drop(run, self.styles.id(run.get(_VAL, "")))

    def _of_frame(self, run: etree._Element) -> bool:
        """Whether the style of a run came with the look of the place."""
        return value_of(self.frame.run, "rStyle") == run.get(_VAL)

    def _table_style(self, paragraph: etree._Element) -> str:
        """The style of the table that a paragraph stands in, in the file; "" outside. To be asked before tables are named."""
        around = next(paragraph.iterancestors(_TABLE, _BOX), None)
        if around is None or around.tag == _BOX:
            return ""
        given = value_of(around.find(f"{W}tblPr"), "tblStyle")
        return given if self.source.sheet.kind(given) else self.source.sheet.default("table")

    def _name(self, element: etree._Element, settings: str, name: str, table: str = "") -> None:
        """Names the style of a paragraph or table, that of the file for what names none too."""
        kind = KINDS[f"{W}{name}"]
        given = value_of(element.find(f"{W}{settings}"), name)
        style = given if self.source.sheet.kind(given) else self.source.sheet.default(kind)
        wanted = self.styles.id(style, table=table)
        if not given and wanted in ("", self.joined.styles.sheet.default(kind)):
            return
        found = properties_of(element, settings)
        named = put(found, name, PARAGRAPH_ORDER) if name == "pStyle" else _first(found, f"{W}{name}")
        _set_or_drop(named, wanted)

    # ------------------------------------------------------------ ids

    def _renumber(self, made: etree._Element) -> None:
        for element in made.iter(etree.Element):
            if element.tag == f"{WP}docPr":
                element.set("id", str(self.additions.number()))
            elif element.tag == _START:
                self.numbers[element.get(_ID, "")] = number = str(self.additions.number())
                element.set(_ID, number)
                element.set(_NAME, self.names.get(element.get(_NAME, ""), ""))
            elif element.tag == _END:
                element.set(_ID, self.numbers.get(element.get(_ID, ""), ""))
            elif element.tag == f"{W}hyperlink" and element.get(f"{W}anchor"):
                anchor = element.get(f"{W}anchor", "")
                element.set(f"{W}anchor", self.names.get(anchor, anchor))
            elif element.tag == f"{W}instrText":
                element.text = self._code(element.text or "")
            elif element.tag == f"{W}fldSimple":
                element.set(f"{W}instr", self._code(element.get(f"{W}instr", "")))
            elif str(element.tag).startswith(_V) and element.tag != f"{_V}shapetype" and element.get("id"):
                element.set("id", f"_x0000_s{10**6 + self.additions.number()}")
                element.attrib.pop(_SPID, "")

    def _code(self, code: str) -> str:
        """The code of a field, the bookmarks of the file by their names in the paper."""
        return "".join(self.names.get(word, word) for word in _WORD.split(code))

    # ------------------------------------------------------------ parts

    def _related(self, relation: Relation, story: SubStory) -> str:
        """The id of a relationship of the text, or of the notes, of the paper."""
        ours = self._part_of(story)
        if relation.external:
            return self.additions.relate(ours, relation.kind, relation.target, external=True)
        part = self._carry(target_part(story.part, relation), relation.kind)
        return self.additions.relate(ours, relation.kind, part)

    def _part_of(self, story: SubStory) -> str:
        kinds = [kind for kind, (notes, _) in self.source.notes.items() if notes is story]
        return self.joined.part(_plural(kinds[0])) if kinds else self.additions.shell.main

    def _carry(self, part: str, kind: str) -> str:
        """A part of the file, and those that it names, added to the paper; pictures once."""
        package = self.source.package
        data, type_ = package.parts[part].data, content_type(package, part)
        stem, ending = posixpath.splitext(posixpath.basename(part))
        folder = posixpath.dirname(part) or "word"
        if kind == _MEDIA:
            return self.additions.part_once(f"word/media/picture{{}}{ending}", data, type_)
        if part not in self.carried:
            pattern = f"{folder}/{_SIGNS.sub('', stem) or 'part'}{{}}{ending}"
            self.carried[part] = name = self.additions.part(pattern, data, type_)
            below = read_relations(package, part)
            moved = [self._below(relation, part, name) for relation in below]
            if moved:
                self.additions.relations_of(name, relations_data(moved))
        return self.carried[part]

    def _below(self, relation: Relation, part: str, name: str) -> Relation:
        carried = self._carry(target_part(part, relation), relation.kind)
        return Relation(relation.id, relation.kind, relative(name, carried))

    # ------------------------------------------------------------ notes

    def _take_notes(self, made: etree._Element) -> None:
        for kind, (story, notes) in self.source.notes.items():
            for reference in list(made.iter(f"{W}{kind}")):
                note = notes.get(reference.get(_ID, ""))
                if note is None:
                    _drop(reference)
                    continue
                part = self.joined.part(_plural(kind))
                number = self.joined.next_note(part)
                reference.set(_ID, number)
                placed = copy.deepcopy(note)
                placed.set(_ID, number)
                self.joined.add_note(part, _plural(kind), self._block(placed, story))


def _plural(reference: str) -> str:
    """footnoteReference → footnotes, the kind of the part."""
    return reference.replace("Reference", "s")


def _keep_with_next(block: etree._Element) -> None:
    """A paragraph, or the last row of a table, stays on a page with what comes after it."""
    rows = block.findall(f"{W}tr")
    for paragraph in [block] if block.tag == _PARAGRAPH else rows[-1].iter(_PARAGRAPH) if rows else ():
        put(properties_of(paragraph, "pPr"), "keepNext", PARAGRAPH_ORDER).attrib.pop(_VAL, "")


def _set_or_drop(element: etree._Element, value: str) -> None:
    if value:
        element.set(_VAL, value)
    else:
        _drop(element)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _first(properties: etree._Element, tag: str) -> etree._Element:
    found = properties.find(tag)
    if found is None:
        found = etree.Element(tag)
        properties.insert(0, found)
    return found


# ---------------------------------------------------------------- XML


def _detached(element: etree._Element, root: etree._Element) -> etree._Element:
    """A copy that stands by itself, under the prefixes of its part, since texts in it name these."""
    prefixes = {prefix: space for prefix, space in root.nsmap.items() if prefix}
    made = etree.Element(str(element.tag), nsmap=prefixes)
    inner = copy.deepcopy(element)
    for name, value in inner.attrib.items():
        made.set(name, value)
    made.extend(list(inner))
    return made


def _written(made: etree._Element, root: etree._Element) -> str:
    """The XML of a block: what it declares is what it needs, and what programs may ignore in it is told."""
    ignorable = root.get(f"{MC}Ignorable", "").split()
    used = {element.prefix for element in made.iter(etree.Element)} | set(_of_attributes(made))
    told = [prefix for prefix in ignorable if prefix in used and root.nsmap.get(prefix)]
    needed = {word for element in made.iter(f"{MC}Choice") for word in element.get("Requires", "").split()}
    if told:
        made.set(f"{MC}Ignorable", " ".join(told))
    etree.cleanup_namespaces(made, keep_ns_prefixes=[*needed, *told])
    text = etree.tostring(made, encoding="unicode")
    return text.replace(f' xmlns:w="{W[1:-1]}"', "", 1)


def _of_attributes(made: etree._Element) -> Iterator[str]:
    """The prefixes of attributes."""
    spaces = {space: prefix for prefix, space in made.nsmap.items() if prefix}
    for element in made.iter(etree.Element):
        for name in map(str, element.attrib):
            if name.startswith("{"):
                yield spaces.get(name[1:].partition("}")[0], "")
