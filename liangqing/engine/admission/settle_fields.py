"""Fields of a Word text: those that are not listed become the text that they show.

A field is a run with `w:fldChar` that begins it, runs with its code (`w:instrText`, cut anywhere), one that separates, runs with
the result, and one that ends it; code and result may hold further fields. A short form is `w:fldSimple`. A text box has
fields of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from liangqing.base.docx_zip import XML_SPACE, W
from liangqing.engine.admission.listed import BUTTONS, FIELDS, LINK_FIELD, is_allowed_address
from liangqing.engine.language.join_runs import OPENINGS

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHAR, _SIMPLE = f"{W}fldChar", f"{W}fldSimple"
_CODES = (f"{W}instrText", f"{W}delInstrText")
_TEXTS = (f"{W}t", f"{W}delText", f"{_M}t")
_SHOWN = (
    *_TEXTS,
    *(f"{W}{name}" for name in ("tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict", "object")),
)
_FLOWS = tuple(f"{W}{name}" for name in ("txbxContent", "footnote", "endnote", "comment"))
_NAME = re.compile(r"\s*(=|[A-Za-z]+(?![\w]))")
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)', re.DOTALL)
_TO_BOOKMARK = "\\l"
_WITH_WORD = (_TO_BOOKMARK, "\\o", "\\t")  # switches of HYPERLINK that are followed by a word


@dataclass(frozen=True)
class LeftField:
    """A field that became text. `name` in capitals, "" where the code has none; `at` stands in its paragraph.

    `tags`: its code holds tags, which nobody fills.
    """

    name: str
    code: str
    at: etree._Element
    tags: bool

    @property
    def shown(self) -> str:
        """What a message calls it: the name, else the code itself."""
        return self.name or self.code[:20]


@dataclass
class _WordField:
    marks: list[etree._Element] = field(default_factory=list)
    inside: list[etree._Element] = field(default_factory=list)  # what the code consists of
    code: str = ""
    nested: bool = False  # the code holds another field
    spoilt: list[_WordField] = field(default_factory=list)  # those in the code that are not listed
    in_code: bool = True

    def drop(self) -> None:
        """Takes the field out; what it shows stays."""
        _keep_button(self)
        for element in (*self.marks, *self.inside):
            drop(element)


def settle_fields(root: etree._Element, *, tags: bool) -> list[LeftField]:
    """Makes text of all fields below `root` that are not listed; what they were, with a paragraph to find each by.

    `tags`: in a template; a listed field whose code holds tags stays for the compiler, which refuses it.
    """
    left: list[LeftField] = []
    for simple in list(root.iter(_SIMPLE)):
        code = simple.get(f"{W}instr", "")
        if not _is_listed(code, tags=tags):
            left.append(_left(code, simple.getparent(), tags=tags))
            _unwrap(simple)
    flows: dict[etree._Element, list[_WordField]] = {}
    for element in list(root.iter(_CHAR, *_CODES, *_SHOWN)):
        flow = next(element.iterancestors(*_FLOWS), root)
        _take(element, flows.setdefault(flow, []), left, tags)
    for opened in flows.values():
        while opened:
            _cut_off(opened.pop(), left, tags)
    return left


def drop_field_data(root: etree._Element) -> bool:
    """Takes out what programs keep in fields beside code and result, and the macros of form fields."""
    names = (f"{W}fldData", f"{W}entryMacro", f"{W}exitMacro")
    found = list(root.iter(*names))
    for element in found:
        drop(element)
    return bool(found)


def drop(element: etree._Element) -> None:
    """Takes an element out of its tree, and the run that it stood in where nothing else is in it."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag in (f"{W}r", f"{_M}r") and all(str(child.tag).endswith("}rPr") for child in parent):
        home = parent.getparent()
        if home is not None:
            home.remove(parent)


def _take(element: etree._Element, opened: list[_WordField], left: list[LeftField], tags: bool) -> None:
    kind = element.get(f"{W}fldCharType") if element.tag == _CHAR else None
    if kind == "begin":
        opened.append(_WordField([element]))
    elif element.tag == _CHAR and opened:
        opened[-1].marks.append(element)
        opened[-1].in_code = False
        if kind == "end":
            _close(opened, left, tags)
    elif opened and opened[-1].in_code:
        _add_to_code(opened, element)
    elif element.tag in _CODES:
        _take_stray(element, left, tags)


def _add_to_code(opened: list[_WordField], element: etree._Element) -> None:
    opened[-1].inside.append(element)
    if element.tag in _CODES or element.tag in _TEXTS:
        opened[-1].code += element.text or ""


def _take_stray(element: etree._Element, left: list[LeftField], tags: bool) -> None:
    """A code that stands in no field."""
    code = element.text or ""
    if not _is_listed(code, tags=tags):
        left.append(_left(code, _paragraph(element), tags=tags))
        drop(element)


def _close(opened: list[_WordField], left: list[LeftField], tags: bool) -> None:
    """The innermost field ends; in the code of another one it counts as a part of that."""
    ended = opened.pop()
    listed = not ended.spoilt and _is_listed(ended.code, nested=ended.nested, tags=tags)
    outer = opened[-1] if opened and opened[-1].in_code else None
    if not listed:
        left.append(_left(ended.code, _paragraph(ended.marks[0]), tags=tags))
    if outer is not None:
        outer.spoilt += [] if listed and outer.code.strip() else [ended]
        outer.nested = True
        outer.inside += [*ended.marks, *ended.inside]
    elif not listed:
        ended.drop()


def _cut_off(begun: _WordField, left: list[LeftField], tags: bool) -> None:
    """A field that never ends: what follows is no code of it, whatever stands there."""
    codes = [element for element in begun.inside if element.tag in _CODES]
    code = "".join(element.text or "" for element in codes)
    for spoilt in begun.spoilt:
        spoilt.drop()
    if begun.spoilt or not _is_listed(code, tags=tags):
        left.append(_left(code, _paragraph(begun.marks[0]), tags=tags))
        for element in (*begun.marks, *codes):
            drop(element)


def _keep_button(ended: _WordField) -> None:
    """The words that a button shows, which are the end of its code, become text."""
    words = ended.code.split(None, 2)
    first = next((element for element in ended.inside if element.tag in _CODES), None)
    if first is None or len(words) < 3 or words[0].upper() not in BUTTONS:
        return
    text = etree.Element(f"{W}t")
    text.text = words[2].strip()
    text.set(XML_SPACE, "preserve")
    first.addprevious(text)


def _is_listed(code: str, *, nested: bool = False, tags: bool) -> bool:
    name = _name(code)
    if name != LINK_FIELD:
        return name in FIELDS or (not code.strip() and not nested)
    if tags and any(opening in code for opening in OPENINGS):
        return True
    addresses = list(_addresses(code))
    return not nested and len(addresses) <= 2 and all(map(is_allowed_address, addresses))


def _name(code: str) -> str:
    found = _NAME.match(code)
    return found[1].upper() if found else ""


def _addresses(code: str) -> Iterator[str]:
    """Where a HYPERLINK leads: the words that belong to no switch, and bookmarks, with a # before them."""
    switch = ""
    for quoted, bare in _WORDS.findall(code.lstrip()[len(LINK_FIELD) :]):
        if bare.startswith("\\"):
            switch = bare.lower() if bare.lower() in _WITH_WORD else ""
        else:
            if not switch or switch == _TO_BOOKMARK:
                yield ("#" if switch else "") + (quoted or bare).replace("\\\\", "\\")
            switch = ""


def _left(code: str, at: etree._Element | None, *, tags: bool) -> LeftField:
    assert at is not None
    return LeftField(_name(code), code.strip(), at, tags and any(opening in code for opening in OPENINGS))


def _paragraph(element: etree._Element) -> etree._Element:
    return next(element.iterancestors(f"{W}p"), element)


def _unwrap(simple: etree._Element) -> None:
    for child in list(simple):
        if child.tag != f"{W}fldData":
            simple.addprevious(child)
    parent = simple.getparent()
    assert parent is not None
    parent.remove(simple)
