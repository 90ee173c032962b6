"""Automatic numbers that begin anew: `{% restart %}` in a numbered paragraph.

In a loop that repeats that one paragraph of the list the numbering begins anew whenever the loop begins: the turns are
the list. Where the loop holds more of the list, each turn is a list, and it begins anew before that paragraph; so it does
before a `{{p }}`, which prints a list of its own, and outside loops. In a line with nothing but tags, `{% restart %}` goes with
the line and the numbering begins anew there. Paragraphs of the same list that follow go on from it.

In numbering.xml a `w:abstractNum` says how a list looks, a `w:num` is one list of that look, and paragraphs name the
latter by its `w:numId` (0: no number) and their level by `w:ilvl`, from 0. All paragraphs of one `w:num` count on; so
each beginning is a new `w:num` of the same look, whose `w:lvlOverride` tells the first number.
"""

from __future__ import annotations

import copy
import posixpath
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.docx_zip import Package, W
from liangqing.base.word_styles import Styles
from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, properties_of, put, value_of
from liangqing.engine.filling.program import own_filter
from liangqing.engine.filling.rich import plain_xml
from liangqing.engine.language.join_runs import MARK, tag_of
from liangqing.engine.language.language import Statement
from liangqing.engine.language.placing import write_before
from liangqing.engine.language.tags import Tag, marker
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Filter, Xml
from liangqing.engine.parts.relations import HEAD

RESTART, CURRENT = "restart!", "current!"
_HOLE = "\U0010ff00"
Add = Callable[[Tag, Statement], int]


@dataclass(frozen=True)
class ListOf:
    """The list and the level of a numbered paragraph."""

    number: str
    level: str


@dataclass
class ListNumbering:
    """numbering.xml (None without one) and the styles that number their paragraphs; `used` once a template restarts."""

    part: str = ""
    root: etree._Element | None = None
    styles: Styles = field(default_factory=lambda: Styles(None))
    used: bool = False

    @classmethod
    def of(cls, package: Package) -> ListNumbering:
        """Empty when the package has no numbering."""
        folder = posixpath.dirname(package.main)
        part = posixpath.join(folder, "numbering.xml")
        styles = posixpath.join(folder, "styles.xml")
        if part not in package.parts:
            return cls()
        return cls(
            part, package.root(part), Styles(package.root(styles) if styles in package.parts else None)
        )

    def list_of(self, paragraph: etree._Element) -> ListOf | None:
        """The list of a paragraph, its own or that of its style; None when it has no number."""
        settings = paragraph.find(f"{W}pPr")
        own = _list(settings)
        for style in reversed(self.styles.chain(value_of(settings, "pStyle"))):
            own = own or _list(style.find(f"{W}pPr"))
        return own if own is not None and own.number != "0" else None

    def restarted(self, of: ListOf) -> tuple[str, str]:
        """A w:num that begins `of` anew, as XML before and after its number."""
        assert self.root is not None
        given = next(num for num in self.root.iterchildren(f"{W}num") if num.get(f"{W}numId") == of.number)
        made = copy.deepcopy(given)
        made.set(f"{W}numId", _HOLE)
        override = next((candidate for candidate in made if candidate.get(f"{W}ilvl") == of.level), None)
        if override is None:
            override = etree.SubElement(made, f"{W}lvlOverride", {f"{W}ilvl": of.level})
        if override.find(f"{W}startOverride") is None:
            start = etree.Element(f"{W}startOverride", {f"{W}val": self._start(given, of.level)})
            override.insert(0, start)
        self.root.append(made)  # for the declarations of its namespaces
        before, after = plain_xml(made).split(_HOLE)
        self.root.remove(made)
        self.used = True
        return before, after

    def knows(self, of: ListOf) -> bool:
        """Whether the list is in numbering.xml: Word shows no number for one that is not."""
        nums = self.root.iterchildren(f"{W}num") if self.root is not None else ()
        return any(num.get(f"{W}numId") == of.number for num in nums)

    def halves(self) -> tuple[str, str, int]:
        """The part before and after the place of new w:num, and the first free number."""
        assert self.root is not None
        nums = list(self.root.iterchildren(f"{W}num"))
        nums[-1].tail = _HOLE
        before, after = (HEAD + etree.tostring(self.root, encoding="unicode")).split(_HOLE)
        nums[-1].tail = None
        return before, after, 1 + max(int(num.get(f"{W}numId", "0")) for num in nums)

    def _start(self, num: etree._Element, level: str) -> str:
        """The number with which a level begins."""
        assert self.root is not None
        wanted = value_of(num, "abstractNumId")
        for abstract in self.root.iterchildren(f"{W}abstractNum"):
            if abstract.get(f"{W}abstractNumId") == wanted:
                starts = (
                    found.get(f"{W}val", "1")
                    for lvl in abstract.iterchildren(f"{W}lvl")
                    if lvl.get(f"{W}ilvl") == level and (found := lvl.find(f"{W}start")) is not None
                )
                return next(starts, "1")
        return "1"


@dataclass(frozen=True)
class Restart:
    """A `{% restart %}`, its paragraph, and the list that it begins anew; `apart`: it stands among tags alone."""

    tag: Tag
    paragraph: etree._Element
    of: ListOf
    apart: bool


def read_restart(tag: Tag, paragraph: etree._Element, numbering: ListNumbering, *, apart: bool) -> Restart:
    """Refuses a paragraph that has no automatic number; one that is `apart` stands for the next that has one."""
    following = paragraph.itersiblings(f"{W}p") if apart else ()
    found = (of for near in (paragraph, *following) if (of := numbering.list_of(near)) is not None)
    of = next(found, None)
    if of is None or not numbering.knows(of):
        where = "后面没有自动编号的段落" if apart else "所在的段落没有自动编号"
        raise _refused(tag.place, f"「{tag.text}」{where}")
    return Restart(tag, paragraph, of, apart)


def _refused(place: Place, message: str) -> Problems:
    return refuse(Code.PROPERTY_MISPLACED, place, message, "放在有自动编号的段落里，或删去它")


def place_restarts(
    root: etree._Element,
    restarts: list[Restart],
    numbering: ListNumbering,
    statements: dict[int, Statement],
    add: Add,
    lists: Container[etree._Element],
) -> None:
    """Puts filters where lists begin anew and where their paragraphs name them; marks are in place.

    `lists`: paragraphs that a `{{p }}` will take the place of, by one for each item.
    """
    if not restarts:
        return
    begun = {restart.of.number for restart in restarts}
    numbered = {
        paragraph: of
        for paragraph in root.iter(f"{W}p")
        if (of := numbering.list_of(paragraph)) is not None and of.number in begun
    }
    loops = dict(_loops(root, statements))
    shared = Counter(
        (loop, numbered[paragraph])
        for paragraph, around in loops.items()
        if paragraph in numbered
        for loop in around
    )
    for restart in restarts:
        filled = Statement("own", own_filter(RESTART, restart.of.number, *numbering.restarted(restart.of)))
        if restart.apart:
            statements[restart.tag.number] = filled
            continue
        *_, loop = (None, *loops.get(restart.paragraph, ()))
        whole = loop is None or restart.paragraph in lists or shared[loop, restart.of] > 1
        start = restart.paragraph if whole or loop is None else loop
        write_before(start, marker(add(restart.tag, filled)))
    tags = {restart.of.number: restart.tag for restart in restarts}
    for paragraph, of in numbered.items():
        current = Statement("own", own_filter(CURRENT, of.number))
        _name(paragraph, of, marker(add(tags[of.number], current)))


def _loops(
    root: etree._Element, statements: Mapping[int, Statement]
) -> Iterator[tuple[etree._Element, tuple[etree._Element, ...]]]:
    """Each paragraph in a loop with the marks of all loops around it, the innermost last."""
    open_loops: list[etree._Element] = []
    for element in root.iter(MARK, f"{W}p"):
        keyword = statements[tag_of(element)].keyword if element.tag == MARK else ""
        if keyword == "for":
            open_loops.append(element)
        elif keyword == "endfor":
            open_loops.pop()
        elif not keyword and open_loops:
            yield element, tuple(open_loops)


def _name(paragraph: etree._Element, of: ListOf, number: str) -> None:
    """Gives a paragraph the number of its list itself, even if its style has it."""
    found = put(properties_of(paragraph, "pPr"), "numPr", PARAGRAPH_ORDER)
    for child in list(found):
        if child.tag in (f"{W}ilvl", f"{W}numId"):
            found.remove(child)
    found.insert(0, etree.Element(f"{W}ilvl", {f"{W}val": of.level}))
    found.insert(1, etree.Element(f"{W}numId", {f"{W}val": number}))


def _list(settings: etree._Element | None) -> ListOf | None:
    found = settings.find(f"{W}numPr") if settings is not None else None
    number = found.find(f"{W}numId") if found is not None else None
    if found is None or number is None:
        return None
    level = found.find(f"{W}ilvl")
    return ListOf(number.get(f"{W}val", ""), level.get(f"{W}val", "0") if level is not None else "0")


# ---------------------------------------------------------------- filters


@pass_context
def _restart(context: Context, number: str, before: str, after: str) -> Xml:
    """From here on the list `number` is a new one."""
    filling = cast(PartFilling, context[FILLING])
    filling.lists[number] = filling.additions.new_list(before, after)
    return Xml("")


@pass_context
def _current(context: Context, number: str) -> Xml:
    return Xml(cast(PartFilling, context[FILLING]).lists.get(number, number))


NUMBERING_FILTERS: dict[str, Filter] = {RESTART: _restart, CURRENT: _current}
