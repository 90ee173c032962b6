"""Ids that stay unique: of drawings, bookmarks and content controls, in loops and between parts.

Outside loops an id is changed only when it stands twice. In a loop each turn gets numbers of its own; a
bookmark keeps its name in the first turn and is called `名_2`, `名_3` in the others, and links and fields in
the same loop follow it. Of a bookmark that a condition cuts in two either both ends stand, or none. Paragraph ids are dropped elsewhere (`join_runs.drop_paragraph_ids`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import cast

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import WP
from liangqing.engine.filling.program import own_filter
from liangqing.engine.filling.ways import Branch, Loop, Way, apart, go_on
from liangqing.engine.language.join_runs import MARK, new_mark, tag_of
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag, marker
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Filter, Xml

_DRAWING = f"{WP}docPr"
_VML = tuple(
    f"{{urn:schemas-microsoft-com:vml}}{name}"
    for name in ("shape", "rect", "line", "group", "oval", "roundrect", "polyline")
)  # what a drawing is for old readers, mostly beside the one for new ones
_VML_IDS = ("id", "{urn:schemas-microsoft-com:office:office}spid")
_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_OPENED, _SHUT = f"{W}permStart", f"{W}permEnd"  # around what may be edited in a protected document
_ENDS = {_START: _END, _OPENED: _SHUT}
_GRANTED = (_OPENED, _SHUT)
_FIELD_CHAR = f"{W}fldChar"
_CONTROL = f"{W}sdtPr/{W}id"
_ID, _NAME, _VAL = f"{W}id", f"{W}name", f"{W}val"
_FIELDS = {f"{W}instrText": None, f"{W}fldSimple": f"{W}instr", f"{W}hyperlink": f"{W}anchor"}
_WORD = re.compile(r'([\s"\\]+)')
_LONGEST = 40  # of a bookmark's name in Word
_LARGE = 1_000_000_000  # Word draws ids at random above it; numbers of ours stay below
NUMBER, AGAIN, TURN, NAMED = "number!", "again!", "turn!", "named!"

Add = Callable[[Tag, Statement], int]


@dataclass
class Ids:
    """The ids of a whole package: those of parts without tags are given, the others make way."""

    numbers: set[str] = field(default_factory=set)  # kind and number
    names: set[str] = field(default_factory=set)
    next: int = 1

    @classmethod
    def of(cls, roots: Iterable[etree._Element]) -> Ids:
        """Knows all the numbers that stand in `roots`, and takes as given those of parts without tags."""
        ids = cls()
        for root in roots:
            found = [(kind, number) for kind, number, *_ in _numbers(root)]
            small = (int(number) for _, number in found if number.isdigit() and int(number) < _LARGE)
            ids.next = max(ids.next, 1 + max(small, default=0))
            if "{" not in etree.tostring(root, encoding="unicode"):
                ids.numbers |= {kind + number for kind, number in found}
                ids.names |= {bookmark.get(_NAME, "") for bookmark in root.iter(_START)}
        return ids

    def number(self) -> str:
        """A number that no id has."""
        self.next += 1
        return str(self.next - 1)

    def settle(self, root: etree._Element) -> None:
        """Changes whatever stands twice."""
        given: dict[etree._Element, str] = {}  # of each start: the number in the template
        for kind, number, element, attribute in list(_numbers(root)):
            if kind + number in self.numbers:
                element.set(attribute, self.number())
            self.numbers.add(kind + element.get(attribute, ""))
            if element.tag in _ENDS:
                given[element] = number
            if element.tag == _START:
                self._settle_name(element)
        _follow(root, given)

    def _settle_name(self, start: etree._Element) -> None:
        name = start.get(_NAME, "")
        count = 2
        while start.get(_NAME, "") in self.names:
            start.set(_NAME, turned(name, count))
            count += 1
        self.names.add(start.get(_NAME, ""))


def _follow(root: etree._Element, given: Mapping[etree._Element, str]) -> None:
    """Each end takes the number of its start, the nearest before it that had the same."""
    current: dict[tuple[str, str], str] = {}
    for element in root.iter(*_ENDS, *_ENDS.values()):
        number = element.get(_ID, "")
        if element in given:
            current[_ENDS[str(element.tag)], given[element]] = number
        else:
            element.set(_ID, current.get((str(element.tag), number), number))


def _numbers(root: etree._Element) -> Iterable[tuple[str, str, etree._Element, str]]:
    for element in root.iter(_DRAWING, _START, _OPENED, f"{W}sdt"):
        if element.tag == f"{W}sdt":
            control = element.find(_CONTROL)
            if control is not None:
                yield "控件", control.get(_VAL, ""), control, _VAL
        else:
            name = "id" if element.tag == _DRAWING else _ID
            yield str(element.tag)[-8:], element.get(name, ""), element, name


def turned(name: str, count: int) -> str:
    """The name of a bookmark in the turn `count` of its loop."""
    if count < 2:
        return name
    ending = f"_{count}"
    return name[: _LONGEST - len(ending)] + ending


# ---------------------------------------------------------------- in loops


class LoopIds:
    """Puts filters where ids stand in the loops of one part; `tags` and `statements` are the part's.

    `loose`: links and fields, with the bookmark, that may come to name one that is not there. `cut`: where fields begin of
    which a block holds a part.
    """

    def __init__(self, tags: list[Tag], statements: Mapping[int, Statement], add: Add) -> None:
        self.tags = tags
        self.statements = statements
        self.add = add
        self.homes: dict[etree._Element, list[Loop]] = {}
        self.ways: dict[etree._Element, Way] = {}
        self.loose: list[tuple[etree._Element, str]] = []
        self.cut: list[etree._Element] = []

    def place(self, root: etree._Element) -> None:
        """To be called when the marks of the loops stand where they will."""
        self._walk(root)
        self.loose = list(self._loose(root))
        self.cut = list(self._cut(root))
        self._grants(root)
        bookmarks = self._bookmarks(root)
        for element, loops in self.homes.items():
            if element.tag == _DRAWING:
                element.set("id", self._hole(loops, own_filter(NUMBER, "")))
            elif element.tag in _VML:
                for name in filter(element.attrib.__contains__, _VML_IDS):
                    element.set(name, f"_shape{self._hole(loops, own_filter(NUMBER, ''))}")
            elif element.tag == f"{W}sdt":
                self._control(element, loops)
            elif element.tag in _FIELDS:
                self._reference(element, loops)
        for loop in {id(loops[-1]): loops[-1] for loops in bookmarks}.values():
            turn = self._hole([loop], own_filter(TURN, tuple(sorted(loop.names))))
            loop.mark.tail = turn + (loop.mark.tail or "")

    def _walk(self, root: etree._Element) -> None:
        """Notes the loops, outer ones first, of whatever stands in one, and of bookmarks and what names them the branches too."""
        way: Way = []
        wanted = (_DRAWING, *_VML, _START, _END, *_GRANTED, _FIELD_CHAR, f"{W}sdt", *_FIELDS)
        for element in root.iter(MARK, *wanted):
            if element.tag == MARK:
                go_on(way, element, self.statements[tag_of(element)])
            elif way:
                loops = [stage for stage in way if isinstance(stage, Loop)]
                if loops:
                    self.homes[element] = loops
                if element.tag not in (_DRAWING, *_VML):
                    self.ways[element] = list(way)

    def _bookmarks(self, root: etree._Element) -> list[list[Loop]]:
        """Gives bookmarks their holes; one that is not wholly in one turn of a loop goes, and so does one of which a
        condition takes a half.
        """
        found = []
        ends = {closing.get(_ID): closing for closing in root.iter(_END)}
        for start in list(root.iter(_START)):
            end = ends.get(start.get(_ID))
            of_start, of_end = apart(
                self.ways.get(start, []), self.ways.get(end, []) if end is not None else []
            )
            if end is None or not all(
                isinstance(step, Branch) and step.known for step in (*of_start, *of_end)
            ):
                _remove([start, end])
                continue
            self._only_where(end, of_start)
            self._only_where(start, of_end)
            loops = self.homes.get(start, [])
            if loops:
                found.append(loops)
                self._bookmark(start, end, loops)
        return found

    def _loose(self, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """Links and fields that name a bookmark of a loop or a condition in which they do not stand themselves; of contents
        Word sees to it (`_Toc`).
        """
        named = {start.get(_NAME, ""): way for start, way in self.ways.items() if start.tag == _START}
        for element in root.iter(*_FIELDS) if named else ():
            words = _WORD.split(_named_in(element))
            for name in dict.fromkeys(words):
                if (
                    name in named
                    and not name.startswith("_Toc")
                    and apart(named[name], self.ways.get(element, []))[0]
                ):
                    yield element, name

    def _cut(self, root: etree._Element) -> Iterator[etree._Element]:
        """Fields whose beginning, middle and end do not stand in the same branch and turn."""
        begins: list[etree._Element] = []
        for element in root.iter(_FIELD_CHAR) if self.ways else ():
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                begins.append(element)
            elif begins:
                begin = begins.pop() if kind == "end" else begins[-1]
                if any(apart(self.ways.get(begin, []), self.ways.get(element, []))):
                    yield begin

    def _grants(self, root: etree._Element) -> None:
        """A permission to write that a block repeats or cuts goes: a paper is not filled in."""
        start, end = _GRANTED
        ends = {closing.get(_ID): closing for closing in root.iter(end)}
        for opening in list(root.iter(start)):
            closing = ends.get(opening.get(_ID))
            cut = closing is None or any(apart(self.ways.get(opening, []), self.ways.get(closing, [])))
            if cut or opening in self.homes:
                _remove([opening, closing])

    def _only_where(self, half: etree._Element, way: Way) -> None:
        """Half of a bookmark stands only where the other does."""
        branches = [step for step in way if isinstance(step, Branch)]
        tests = [test for branch in branches for test in branch.holds()]
        if tests:
            tag = self.tags[tag_of(branches[0].mark)]
            half.addprevious(new_mark(self.add(tag, Statement("if", reduce(nodes.And, tests)))))
            half.addnext(new_mark(self.add(tag, Statement("endif"))))

    def _bookmark(self, start: etree._Element, end: etree._Element, loops: list[Loop]) -> None:
        key, name = start.get(_ID, ""), start.get(_NAME, "")
        loops[-1].names.add(name)
        start.set(_ID, self._hole(loops, own_filter(NUMBER, key)))
        start.set(_NAME, self._hole(loops, own_filter(NAMED, name)))
        end.set(_ID, self._hole(loops, own_filter(AGAIN, key)))

    def _control(self, element: etree._Element, loops: list[Loop]) -> None:
        control = element.find(_CONTROL)
        if control is not None:
            control.set(_VAL, self._hole(loops, own_filter(NUMBER, "")))

    def _reference(self, element: etree._Element, loops: list[Loop]) -> None:
        """A link or a field that names a bookmark of its own loop or of one around it."""
        attribute, text = _FIELDS[str(element.tag)], _named_in(element)
        names = {name for loop in loops for name in loop.names}
        if not names & set(_WORD.split(text)):
            return
        made = "".join(
            self._hole(loops, own_filter(NAMED, word)) if word in names else word
            for word in _WORD.split(text)
        )
        if attribute is None:
            element.text = made
        else:
            element.set(attribute, made)

    def _hole(self, loops: list[Loop], expression: nodes.Expr) -> str:
        tag = self.tags[tag_of(loops[-1].mark)]
        return marker(self.add(tag, Statement("own", expression)))


def _named_in(element: etree._Element) -> str:
    """The code of a field, or the name that a link has."""
    attribute = _FIELDS[str(element.tag)]
    return (element.text if attribute is None else element.get(attribute)) or ""


def _remove(elements: Iterable[etree._Element | None]) -> None:
    for element in elements:
        parent = element.getparent() if element is not None else None
        if element is not None and parent is not None:
            parent.remove(element)


# ---------------------------------------------------------------- filters


@pass_context
def _number(context: Context, key: str) -> Xml:
    """A new number, remembered under `key`."""
    filling = cast(PartFilling, context[FILLING])
    filling.numbers[key] = filling.additions.number()
    return Xml(filling.numbers[key])


@pass_context
def _again(context: Context, key: str) -> Xml:
    return Xml(cast(PartFilling, context[FILLING]).numbers[key])


@pass_context
def _turn(context: Context, names: tuple[str, ...]) -> Xml:
    """Another turn of the loop in which the bookmarks `names` stand."""
    turns = cast(PartFilling, context[FILLING]).turns
    for name in names:
        turns[name] = turns.get(name, 0) + 1
    return Xml("")


@pass_context
def _named(context: Context, name: str) -> Xml:
    return Xml(turned(name, cast(PartFilling, context[FILLING]).turns[name]))


ID_FILTERS: dict[str, Filter] = {NUMBER: _number, AGAIN: _again, TURN: _turn, NAMED: _named}
