"""Styles of a Word file taken into the styles of a paper: shared where they look the same, else under names of their own.

A style looks as the document around it lets it look: what all text of a document is (w:docDefaults) lies under it. Where
that differs, what the file's own defaults say is written into the copies of the styles of paragraphs that rest on no other.
A style of tables lies between the two; so the copies for the paragraphs of a table leave out what the table's style says.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.word_styles import shown_name
from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, RUN_ORDER, local, put, value_of
from liangqing.engine.subdocuments.style_sheet import ASIDE, StyleSheet

Numbered = Callable[[str], str]  # the number of a list of the file → its number in the paper
Unsaid: TypeAlias = frozenset[
    tuple[str, str, str]
]  # of what is left out: rPr or pPr, the property, the attribute
_ALL: Unsaid = frozenset()
_BY_ATTRIBUTE = ("rFonts", "spacing", "ind")  # each attribute is a property of its own
# What Word takes where nobody says anything; of what is not here nothing need be said.
_UNSAID = {
    "rPr": {
        "rFonts": dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"),
        "sz": {"val": "20"}, "szCs": {"val": "20"}, "color": {"val": "auto"}, "kern": {"val": "0"},
        "spacing": {"val": "0"}, "w": {"val": "100"}, "position": {"val": "0"}, "u": {"val": "none"},
        **{name: {"val": "0"} for name in ("b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "vanish")},
    },
    "pPr": {
        "spacing": {
            "before": "0", "after": "0", "line": "240", "lineRule": "auto", "beforeLines": "0", "afterLines": "0",
            "beforeAutospacing": "0", "afterAutospacing": "0",
        },
        "ind": {
            "left": "0", "right": "0", "firstLine": "0", "hanging": "0", "leftChars": "0", "rightChars": "0",
            "firstLineChars": "0", "hangingChars": "0",
        },
        "jc": {"val": "left"},
        **{name: {"val": "0"} for name in ("keepNext", "keepLines", "contextualSpacing", "suppressAutoHyphens")},
        **{name: {"val": "1"} for name in ("widowControl", "snapToGrid", "autoSpaceDE", "autoSpaceDN", "kinsoku")},
    },
}  # fmt: skip
_ORDERS = {"rPr": RUN_ORDER, "pPr": PARAGRAPH_ORDER}


@dataclass
class PaperStyles:
    """The styles of a paper, and those that were added: `added` in their order, `known` by file, style, and what is left out."""

    sheet: StyleSheet
    added: list[etree._Element] = field(default_factory=list)
    known: dict[tuple[str, str, Unsaid], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {style.lower() for style in self.sheet.elements}
        self._names = {value_of(style, "name").lower() for style in self.sheet.elements.values()}

    def add(self, style: etree._Element) -> str:
        """Adds a style under an id and a name that nothing has; returns the id."""
        wanted = style.get(f"{W}styleId", "")
        name, count = value_of(style, "name") or wanted, 1
        while self._taken(_counted(wanted, "_", count), _counted(name, " ", count)):
            name, count = shown_name(value_of(style, "name")) or wanted, count + 1
        if count > 1:
            style.set(f"{W}customStyle", "1")
        made = _counted(wanted, "_", count)
        style.set(f"{W}styleId", made)
        named = style.find(f"{W}name")
        if named is None:
            named = etree.Element(f"{W}name")
            style.insert(0, named)
        named.set(f"{W}val", _counted(name, " ", count))
        self._ids.add(made.lower())
        self._names.add(named.get(f"{W}val", "").lower())
        self.added.append(style)
        return made

    def _taken(self, style: str, name: str) -> bool:
        return style.lower() in self._ids or name.lower() in self._names


def _counted(name: str, between: str, count: int) -> str:
    return name if count == 1 else f"{name}{between}{count}"


class CarriedStyles:
    """The styles of one file where it stands in a paper: asked for by id, taken over when first asked for.

    `file` tells the file from others. A style that numbers is taken over for each place anew, since each has lists of its
    own: `numbered` gives their numbers.
    """

    def __init__(self, paper: PaperStyles, sheet: StyleSheet, file: str, numbered: Numbered) -> None:
        self._paper, self._sheet, self._file, self._numbered = paper, sheet, file, numbered
        self._own: dict[tuple[str, Unsaid], str] = {}
        self._lacking = {name: _difference(name, sheet, paper.sheet) for name in _ORDERS}
        self._differs = any(len(element) for element in self._lacking.values())
        self._said: dict[str, Unsaid] = {"": _ALL}

    def id(self, style: str, *, table: str = "") -> str:
        """What a style of the file is called in the paper; "" for an id that the file does not have.

        `table`: of the style of a paragraph in a table, the style of that table.
        """
        kind = self._sheet.kind(style)
        if not kind:
            return ""
        key = (style, self._said_by(table) if kind == "paragraph" else _ALL)
        return self._named_in_paper(*key)

    def _named_in_paper(self, style: str, left_out: Unsaid) -> str:
        key = (style, left_out)
        if key not in self._own:
            self._own[key] = ""  # what a style in a circle rests on
            self._own[key] = self._of_paper(style) or self._known(style, left_out)
        return self._own[key]

    def known(self, style: str) -> str:
        """The same of a style that was asked for before; "" for another."""
        return self._own.get((style, _ALL), "")

    def _said_by(self, table: str) -> Unsaid:
        """What the style of a table says of what the file's defaults would say."""
        if table not in self._said:
            settings = [
                found
                for level in self._sheet.styles.chain(table)
                for found in level.iter(*(f"{W}{name}" for name in _ORDERS))
            ]
            said = {name for setting in settings for child in setting for name in _names(setting, child)}
            lacking = self._lacking.values()
            wanted = {name for setting in lacking for child in setting for name in _names(setting, child)}
            self._said[table] = frozenset(said & wanted)
        return self._said[table]

    def _of_paper(self, style: str) -> str:
        """A style of the paper that looks the same; "" without one."""
        theirs = self._paper.sheet
        alike = (
            not (self._differs and self._sheet.kind(style) == "paragraph")
            and not self._sheet.numbered(style)
            and style in theirs.elements
            and theirs.signature(style) == self._sheet.signature(style)
        )
        return style if alike else ""

    def _known(self, style: str, left_out: Unsaid) -> str:
        key = (self._file, style, left_out)
        if self._sheet.numbered(style):
            return self._copied(style, left_out)
        if key not in self._paper.known:
            self._paper.known[key] = self._copied(style, left_out)
        return self._paper.known[key]

    def _copied(self, style: str, left_out: Unsaid) -> str:
        """The base first, so that each style rests on a copy."""
        base = self._base(style, left_out)
        made = copy.deepcopy(self._sheet.elements[style])
        made.attrib.pop(f"{W}default", "")
        for child in [child for child in made if child.tag in ASIDE | {f"{W}basedOn"}]:
            made.remove(child)
        if base:
            self._rest_on(made, base)
        elif self._sheet.kind(style) == "paragraph":
            self._say_defaults(made, left_out)
        for number in made.iter(f"{W}numId"):
            number.set(f"{W}val", self._numbered(number.get(f"{W}val", "")))
        return self._paper.add(made)

    def _base(self, style: str, left_out: Unsaid) -> str:
        """What the style that a style rests on is called in the paper; "" where it rests on none."""
        below = self._sheet.styles.chain(style)[:-1]
        return self._named_in_paper(below[-1].get(f"{W}styleId", ""), left_out) if below else ""

    def _rest_on(self, style: etree._Element, base: str) -> None:
        place = 1 if style.find(f"{W}name") is not None else 0
        style.insert(place, etree.Element(f"{W}basedOn", {f"{W}val": base}))

    def _say_defaults(self, style: etree._Element, left_out: Unsaid) -> None:
        """Writes what the file's defaults say and the paper's do not, where the style says nothing itself."""
        for name in ("pPr", "rPr"):
            lacking = copy.deepcopy(self._lacking[name])
            for child in list(lacking):
                for named in _names(lacking, child) & left_out:
                    child.attrib.pop(f"{W}{named[2]}", "")
                if _names(lacking, child) <= left_out:
                    lacking.remove(child)
            if len(lacking):
                under(_settings(style, name), lacking, _ORDERS[name])


def _names(settings: etree._Element, child: etree._Element) -> set[tuple[str, str, str]]:
    """What a property says, in names: of fonts, spacing and indents each attribute."""
    keys = map(local, child.attrib) if local(child.tag) in _BY_ATTRIBUTE else ("",)
    return {(local(settings.tag), local(child.tag), key) for key in keys}


def _settings(style: etree._Element, name: str) -> etree._Element:
    """The `pPr` or `rPr` of a style, made in its place where there is none."""
    found = style.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        after = [f"{W}{later}" for later in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")][
            0 if name == "pPr" else 1 :
        ]
        place = next((number for number, child in enumerate(style) if child.tag in after), len(style))
        style.insert(place, found)
    return found


def under(settings: etree._Element, below: etree._Element, order: Sequence[str]) -> None:
    """Adds to `settings` what `below` says and they don't; of fonts, spacing and indents each attribute for itself."""
    for child in below:
        name = local(child.tag)
        there = settings.find(str(child.tag))
        if there is None and name in order:
            there = put(settings, name, order)
            there.extend(list(copy.deepcopy(child)))
            for key, value in child.attrib.items():
                there.set(key, value)
        elif there is not None and name in _BY_ATTRIBUTE:
            for key, value in child.attrib.items():
                if key not in there.attrib:
                    there.set(key, value)


def _difference(name: str, ours: StyleSheet, theirs: StyleSheet) -> etree._Element:
    """What must be said so that text of ours, for which nothing else is said, looks in their document as it does in ours."""
    mine, other = ours.defaults[name], theirs.defaults[name]
    found = etree.Element(f"{W}{name}")
    for tag in dict.fromkeys(str(child.tag) for child in (*mine, *other)):
        made = _said(local(tag), mine.find(tag), other.find(tag), _UNSAID[name].get(local(tag), {}))
        if made is not None:
            found.append(made)
    return found


def _said(
    name: str, mine: etree._Element | None, other: etree._Element | None, unsaid: dict[str, str]
) -> etree._Element | None:
    """One property; None where both documents say the same of it, or Word has no word for saying nothing."""
    if name not in _BY_ATTRIBUTE:
        if mine is not None:
            same = other is not None and _written(mine) == _written(other)
            return None if same else copy.deepcopy(mine)
        return (
            etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in unsaid.items()})
            if unsaid
            else None
        )
    own, theirs = _attributes(mine), _attributes(other)
    values = {
        key: value
        for key in dict.fromkeys((*own, *theirs))
        if (value := own.get(key, unsaid.get(local(key)))) is not None and value != theirs.get(key)
    }
    return etree.Element(f"{W}{name}", values) if values else None


def _attributes(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {str(name): str(value) for name, value in element.attrib.items()}


def _written(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n")
