"""Automatic numbers and bullets of a Word file, each place in a paper with lists of its own, so that they begin anew there.

In numbering.xml a `w:abstractNum` says how a list looks, a `w:num` is one list of that look, and paragraphs name the latter.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import value_of

NONE = "0"  # the number of no list
_NSID = (
    0x51000000  # Word takes looks with one w:nsid for the same, so that lists would go on from one another
)
_LEFT = {f"{W}{name}" for name in ("tmpl", "nsid", "name", "styleLink", "numStyleLink")}


@dataclass
class PaperLists:
    """The lists of a paper, and those that were added. `next_list` gives the number of the next one."""

    root: etree._Element | None
    next_list: Callable[[], str]
    looks: list[etree._Element] = field(default_factory=list)
    lists: list[etree._Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        looks = self.root.iterchildren(f"{W}abstractNum") if self.root is not None else ()
        numbers = [int(look.get(f"{W}abstractNumId", "0")) for look in looks]
        self._first = max(numbers, default=-1) + 1

    def add_look(self, look: etree._Element) -> str:
        """Adds a look under a number of its own; returns it."""
        number = self._first + len(self.looks)
        look.set(f"{W}abstractNumId", str(number))
        look.insert(0, etree.Element(f"{W}nsid", {f"{W}val": f"{_NSID + number:08X}"}))
        self.looks.append(look)
        return str(number)

    def add_list(self, made: etree._Element, look: str) -> str:
        """Adds a list of a look; returns its number."""
        number = self.next_list()
        made.set(f"{W}numId", number)
        made.insert(0, etree.Element(f"{W}abstractNumId", {f"{W}val": look}))
        self.lists.append(made)
        return number


class CarriedLists:
    """The lists of one file where it stands in a paper; `root` is its numbering.xml, None without one."""

    def __init__(self, paper: PaperLists, root: etree._Element | None) -> None:
        self._paper = paper
        self._lists = _by(root, "num", "numId")
        self._looks = _by(root, "abstractNum", "abstractNumId")
        self._linked = {
            value_of(look, "styleLink"): number
            for number, look in self._looks.items()
            if value_of(look, "styleLink")
        }
        self._numbers: dict[str, str] = {NONE: NONE}
        self._taken: dict[str, str] = {}
        self.made: list[etree._Element] = []  # the looks that were taken over

    def number(self, number: str) -> str:
        """What a list is called in the paper; a list that the file does not have is none."""
        if number not in self._numbers:
            self._numbers[number] = self._carried(number)
        return self._numbers[number]

    def _carried(self, number: str) -> str:
        given = self._lists.get(number)
        look = self._look(value_of(given, "abstractNumId")) if given is not None else ""
        if given is None or not look:
            return NONE
        made = copy.deepcopy(given)
        for child in made.findall(f"{W}abstractNumId"):
            made.remove(child)
        self.made.append(made)
        return self._paper.add_list(made, look)

    def _look(self, number: str) -> str:
        """The look in the paper; one that leaves it to a style of lists is that style's."""
        style = value_of(self._looks.get(number), "numStyleLink")
        number = self._linked.get(style, number) if style else number
        if number not in self._looks:
            return ""
        if number not in self._taken:
            made = copy.deepcopy(self._looks[number])
            for child in [child for child in made if child.tag in _LEFT]:
                made.remove(child)
            for picture in list(made.iter(f"{W}lvlPicBulletId")):
                _drop(picture)
            self.made.append(made)
            self._taken[number] = self._paper.add_look(made)
        return self._taken[number]

    def settle(self, style: Callable[[str], str]) -> None:
        """Ties levels to the styles that `style` knows by other names now; to one that it does not know ("") none is tied."""
        for made in self.made:
            for tied in list(made.iter(f"{W}pStyle", f"{W}rStyle")):
                name = style(tied.get(f"{W}val", ""))
                if name:
                    tied.set(f"{W}val", name)
                else:
                    _drop(tied)


def _by(root: etree._Element | None, kind: str, key: str) -> dict[str, etree._Element]:
    found = root.iterchildren(f"{W}{kind}") if root is not None else ()
    return {element.get(f"{W}{key}", ""): element for element in found}


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
