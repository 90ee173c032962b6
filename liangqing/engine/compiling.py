"""One part of a template: from its XML to a program, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from liangqing.engine.blocks import match_blocks
from liangqing.engine.codes import Code
from liangqing.engine.joining import MARK, drop_paragraph_ids, leftovers, mark_paragraph, tag_of
from liangqing.engine.language import PROPERTIES, Statement, guessed_statement, parse_statement
from liangqing.engine.lint import TextLint
from liangqing.engine.names import Names
from liangqing.engine.placing import keep_containers, lift_blocks, merge_trimmed, place_marks
from liangqing.engine.program import pieces
from liangqing.engine.properties import Merge, apply_property, merge_cells
from liangqing.engine.scopes import Scopes
from liangqing.engine.tags import RESERVED, Tag, TagList, marker
from liangqing.errors import Diagnostic, Place, Problems, error
from liangqing.ooxml import W, property_place, word_places

_STEPS = {"for": 1, "if": 1, "endfor": -1, "endif": -1}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass
class PartText:
    """A part as text with markers, its tags, their statements; without `problems` it can be compiled."""

    text: str = ""
    tags: TagList = field(default_factory=TagList)
    statements: dict[int, Statement] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    closes_cells: bool = False
    places: list[Place] = field(default_factory=list)

    def parse(self) -> None:
        """Reads every tag on its own, so that all faults of grammar come at once."""
        self.problems += self.tags.problems
        for tag in self.tags.tags:
            try:
                self.statements[tag.number] = guessed_statement(tag) if tag.broken else parse_statement(tag)
            except Problems as exc:
                self.problems += exc.diagnostics
                self.statements[tag.number] = guessed_statement(tag)

    def add(self, tag: Tag, statement: Statement) -> int:
        """A tag that the compiler adds in the name of `tag`."""
        made = self.tags.add("control", tag.text, tag.body, tag.place)
        self.statements[made.number] = statement
        return made.number

    def in_order(self, numbers: Iterable[int]) -> list[tuple[Tag, Statement]]:
        return [(self.tags.tags[n], self.statements[n]) for n in numbers]


def read_story(root: etree._Element, file: str, names: Names, lint: TextLint) -> PartText:
    """Body, header, footer or notes. Marks the tags, places the blocks, checks the names."""
    part = PartText(problems=_unusable(root, Place(file)))
    if part.problems:
        return part
    _mark(part, root, file, lint)
    drop_paragraph_ids(root)
    part.parse()
    _arrange(part, root)
    part.text = _serialise(root)
    names.walk(part.in_order(piece for piece in pieces(part.text) if isinstance(piece, int)))
    return part


def _unusable(root: etree._Element, place: Place) -> list[Diagnostic]:
    """Why nothing can be done with a part; empty for the usual part."""
    if root.prefix != "w":
        message = "文件不是 Word 或 WPS 存出来的写法"
        return [error(Code.PREFIX, place, message, "用 Word 或 WPS 打开后另存一次")]
    found = RESERVED.search(etree.tostring(root, encoding="unicode"))
    if found is None:
        return []
    return [error(Code.RESERVED, place, f"文件里有不能使用的字符 U+{ord(found[0]):X}", "删去这个字符")]


def _mark(part: PartText, root: etree._Element, file: str, lint: TextLint) -> None:
    places = {paragraph: Place(file, detail=detail) for paragraph, detail in word_places(root)}
    part.places = list(places.values())
    for paragraph, place in places.items():
        mark_paragraph(paragraph, place, part.tags)
        lint.paragraph(paragraph, place)
    lint.table_styles(root, places)
    for element, text in leftovers(root):
        place = next((places[each] for each in element.iterancestors(f"{W}p") if each in places), Place(file))
        message = f"「{text[:30]}」在图片说明、域或别的不能填写的地方"
        part.problems.append(error(Code.MISPLACED, place, message, "把标记移到文字里"))


def read_properties(root: etree._Element, file: str, names: Names) -> PartText:
    """docProps: every element is a line of text of its own."""
    part = PartText()
    ends = [0]
    for element in root:
        part.places.append(Place(file, detail=property_place(element)))
        element.text = mark_line(part.tags, element.text or "", part.places[-1])
        ends.append(len(part.tags.tags))
    part.parse()
    for start, end in pairwise(ends):
        _check_line(part, range(start, end), names)
    part.text = _HEAD + etree.tostring(root, encoding="unicode")
    return part


def read_line(text: str, place: Place, names: Names) -> PartText:
    """A line of plain text."""
    part = PartText()
    part.text = mark_line(part.tags, text, place)
    part.parse()
    _check_line(part, range(len(part.tags.tags)), names)
    return part


def _check_line(part: PartText, numbers: range, names: Names) -> None:
    statements = part.in_order(numbers)
    part.problems += match_blocks(statements).problems
    for tag, statement in statements:
        if statement.keyword in (*PROPERTIES, "vm") or tag.prefix:
            message = f"「{tag.text}」只能用在 Word 正文里"
            part.problems.append(error(Code.PROPERTY, tag.place, message, "删去它，或去掉前缀"))
    names.walk(statements)


def _arrange(part: PartText, root: etree._Element) -> None:
    """Takes the control tags to where they belong in the tree; only a sound part is changed."""
    marks = {tag_of(mark): mark for mark in root.iter(MARK)}
    merges = _apply_properties(part, marks)
    matched = match_blocks(part.in_order(marks))
    part.problems += matched.problems
    merge_trimmed(marks, part.tags.tags)
    scopes = Scopes(marks)
    scopes.decide(
        [block for block in matched.blocks if block.closed],
        [part.tags.tags[n] for n in marks if part.tags.tags[n].kind == "comment"],
    )
    part.problems += scopes.problems
    if part.problems:
        return
    place_marks(marks, scopes.anchors)
    part.problems += lift_blocks(matched.blocks, marks, scopes.anchors)
    part.problems += merge_cells(merges, matched.blocks, part.add)
    part.closes_cells = keep_containers(root, _steps(part))


def _apply_properties(part: PartText, marks: dict[int, etree._Element]) -> list[Merge]:
    merges = []
    for number in list(marks):
        keyword = part.statements[number].keyword
        if keyword not in (*PROPERTIES, "vm"):
            continue
        try:
            merges.append(apply_property(part.tags.tags[number], keyword, marks.pop(number)))
        except Problems as exc:
            part.problems += exc.diagnostics
    return [merge for merge in merges if merge is not None]


def _steps(part: PartText) -> dict[int, int]:
    """How each tag changes the depth of blocks."""
    return {number: _STEPS.get(statement.keyword, 0) for number, statement in part.statements.items()}


def _serialise(root: etree._Element) -> str:
    """The XML of a part, each mark written as its marker."""
    for mark in list(root.iter(MARK)):
        text = marker(tag_of(mark)) + (mark.tail or "")
        previous, parent = mark.getprevious(), mark.getparent()
        assert parent is not None
        if previous is not None:
            previous.tail = (previous.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        parent.remove(mark)
    return _HEAD + etree.tostring(root, encoding="unicode")


def mark_line(tags: TagList, text: str, place: Place) -> str:
    """A line of text with its tags replaced by markers."""
    out = []
    position = 0
    for span in tags.scan(text, place):
        out += [text[position : span.start], marker(span.tag.number) if span.tag.kind != "comment" else ""]
        position = span.end
    return "".join((*out, text[position:]))
