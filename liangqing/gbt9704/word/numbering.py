"""Automatic numbers as Word shows them: each paragraph of a list counts, and its number is text like any other.

A paragraph names a list by `w:numId` (0: none) and its level by `w:ilvl`, from 0. Behind the list (`w:num`) stands an
abstract one (`w:abstractNum`), which says for each level how to count (`w:numFmt`) and what to print (`w:lvlText`, in
which `%1` is the count of level 0); lists of one abstract list count on together, unless one overrides its start.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from liangqing.base.chinese import numeral
from liangqing.base.docx_zip import W
from liangqing.base.word_styles import Properties, Styles
from liangqing.base.wordprocessingml import value_of
from liangqing.gbt9704.word.units import number

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "japaneseDigitalTenThousand",
}


@dataclass(frozen=True)
class Label:
    """The number of a paragraph, and the properties that its list gives to the paragraph (`w:pPr`) and to itself (`run`, `w:rPr`).

    `lost`: the list is named, but is not in the file, so that no number shows.
    """

    text: str = ""
    paragraph: etree._Element | None = None
    lost: bool = False
    run: etree._Element | None = None


NONE = Label()


class WordNumbering:
    """The lists of a document, counted as its paragraphs go by in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        children = [] if root is None else list(root)
        self._abstract = {
            child.get(f"{W}abstractNumId", ""): child for child in children if child.tag == f"{W}abstractNum"
        }
        self._lists = {child.get(f"{W}numId", ""): child for child in children if child.tag == f"{W}num"}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Properties, *, counted: bool = True) -> Label:
        """The label of the next paragraph, whose merged properties name its list; NONE where they name none."""
        which = properties.get("numPr.numId", {}).get("val", "0")
        if which == "0":
            return NONE
        level = int(number(properties.get("numPr.ilvl", {}).get("val", "0")) or 0)
        abstract = self._list(which)
        found = _level(abstract, level) if abstract is not None else None
        if abstract is None or found is None:
            return Label(lost=True)
        text = self._count(which, abstract, level, found) if counted else ""
        return Label(text, found.find(f"{W}pPr"), run=found.find(f"{W}rPr"))

    def _list(self, which: str, seen: tuple[str, ...] = ()) -> etree._Element | None:
        """The abstract list behind a list; one that refers to a style is that style's."""
        instance = self._lists.get(which)
        abstract = self._abstract.get(value_of(instance, "abstractNumId"))
        style = value_of(abstract, "numStyleLink")
        if not style or which in seen:
            return abstract
        for definition in self._styles.chain(style):
            linked = definition.find(f"{W}pPr/{W}numPr/{W}numId")
            if linked is not None:
                found = self._list(linked.get(f"{W}val", ""), (*seen, which))
                return abstract if found is None else found
        return abstract

    def _count(self, which: str, abstract: etree._Element, level: int, found: etree._Element) -> str:
        counts = self._counts.setdefault(abstract.get(f"{W}abstractNumId", ""), {})
        started = self._start(which, level)
        if started is not None and (which, level) not in self._begun:
            counts[level] = started
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = int(number(value_of(found, "start")) or 0)
        self._begun.add((which, level))
        for deeper in [counted for counted in counts if counted > level]:
            del counts[deeper]
        return self._text(abstract, level, found, counts)

    def _start(self, which: str, level: int) -> int | None:
        for override in self._lists[which].iterchildren(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(level):
                given = number(value_of(override, "startOverride") or None)
                return None if given is None else int(given)
        return None

    def _text(
        self, abstract: etree._Element, level: int, found: etree._Element, counts: dict[int, int]
    ) -> str:
        text = value_of(found, "lvlText")
        for depth in range(level + 1):
            of = _level(abstract, depth)
            count = counts.get(depth, int(number(value_of(of, "start")) or 1))
            text = text.replace(f"%{depth + 1}", shown(count, value_of(of, "numFmt")))
        return text


def shown(count: int, how: str) -> str:
    """A count as a list of that kind shows it; a kind that we do not know is shown in digits."""
    if how in ("none", "bullet"):
        return ""
    if how in _CHINESE and 1 <= count <= 99:
        return numeral(count)
    if how == "decimalZero":
        return f"{count:02d}"
    if how in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if how.startswith("decimalEnclosedCircle") and 1 <= count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if how in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if how == "upperLetter" else letter
    if how in ("lowerRoman", "upperRoman") and count > 0:
        return roman(count).upper() if how == "upperRoman" else roman(count)
    return str(count)


def roman(count: int) -> str:
    """4 → iv."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text


def _level(abstract: etree._Element | None, level: int) -> etree._Element | None:
    children = [] if abstract is None else abstract.iterchildren(f"{W}lvl")
    return next((child for child in children if child.get(f"{W}ilvl") == str(level)), None)
