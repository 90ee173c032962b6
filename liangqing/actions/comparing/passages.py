"""What a Word file says, passage by passage, apart from how it looks and which program saved it.

A passage is a paragraph or a paragraph of a cell. Blanks, page numbers, deleted and moved-away text of tracked
changes, and the second copy of text boxes do not count; the values of charts do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import MC, Package, W, parse_xml, read_package
from liangqing.base.word_places import word_places

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_BLANKS = re.compile(r"\s+")
_PAGE = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_AROUND_PAGE = re.compile(r"^[—–－-]*$")  # what is left of a page number: dashes
_PART = re.compile(r"(?:.*/)?(header|footer|footnotes|endnotes)\d*\.xml")


@dataclass(frozen=True)
class Passage:
    """What stands at one place (in Word's terms), blanks left out."""

    place: str
    text: str


def squeezed(text: str) -> str:
    """The text without blanks of any width."""
    return _BLANKS.sub("", text)


def passages(docx: bytes, name: str) -> list[Passage]:
    """All that a Word file says: the body, then text boxes, notes, headers and footers, charts.

    Raises Problems for what is no usable Word file; `name` is what diagnostics call it.
    """
    package = read_package(docx, name)
    body = list(_story(package, package.main))
    found = [passage for passage, box in body if not box] + [passage for passage, box in body if box]
    for part in sorted(package.parts):
        match = _PART.fullmatch(part)
        if match and match[1].endswith("notes"):
            found += [passage for passage, _ in _story(package, part)]
    found += _margins(package)
    found += _charts(package)
    return found


def similarity(one: Iterable[Passage], other: Iterable[Passage]) -> float:
    """How much two papers have in common, from 0 to 1, by pairs of neighbouring signs."""
    a, b = _pairs(one), _pairs(other)
    together = sum((a | b).values())
    return sum((a & b).values()) / together if together else 0.0


def _pairs(found: Iterable[Passage]) -> Counter[str]:
    return Counter(
        passage.text[at : at + 2] for passage in found for at in range(max(1, len(passage.text) - 1))
    )


def _story(package: Package, part: str) -> Iterator[tuple[Passage, bool]]:
    """Passages of a part that say something, and whether each stands in a text box."""
    root = parse_xml(package.parts[part].data, Place(package.name))
    undouble(root)
    for paragraph, place in word_places(root):
        if next(paragraph.iterancestors(f"{MC}Fallback"), None) is not None:
            continue
        text = squeezed("".join(_pieces(paragraph)))
        if text:
            box = next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None
            yield Passage(place, text), box


def undouble(root: etree._Element) -> None:
    """LibreOffice before 7.5 saves a content control once for each of its pieces, each with all the text again."""
    for parent in {control.getparent() for control in root.iter(f"{W}sdt")} - {None}:
        assert parent is not None
        for row in _rows_of_controls(parent):
            said = ["".join(text.text or "" for text in control.iter(f"{W}t")) for control in row]
            whole = said[0]
            repeated = said[-1] == whole and all(words.endswith(whole) for words in said)
            if whole and repeated and whole.endswith("".join(words.removesuffix(whole) for words in said)):
                for control in row[1:]:
                    parent.remove(control)


def _rows_of_controls(parent: etree._Element) -> Iterator[list[etree._Element]]:
    """Two and more controls of one title that follow each other."""
    named = [(child, _title(child) if child.tag == f"{W}sdt" else "") for child in parent]
    for title, row in groupby(named, key=lambda pair: pair[1]):
        found = [control for control, _ in row]
        if title and len(found) > 1:
            yield found


def _title(control: etree._Element) -> str:
    alias = control.find(f"{W}sdtPr/{W}alias")
    return alias.get(f"{W}val", "") if alias is not None else ""


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """The text of a paragraph as it reads, without its text boxes and its page numbers."""
    fields: list[list[str]] = []  # of each open field its code, while it is read
    for element in paragraph.iter(f"{W}t", f"{W}fldChar", f"{W}instrText"):
        if next(element.iterancestors(f"{W}p")) is not paragraph:
            continue
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append([])
            elif kind == "end" and fields:
                fields.pop()
        elif element.tag == f"{W}instrText":
            if fields:
                fields[-1].append(element.text or "")
        elif not _is_gone(element) and not any(_PAGE.search("".join(code)) for code in fields):
            yield element.text or ""


def _is_gone(text: etree._Element) -> bool:
    """Whether a tracked change took it away, or a simple field counts pages."""
    return any(
        change.tag in (f"{W}moveFrom", f"{W}del") or _PAGE.search(change.get(f"{W}instr", ""))
        for change in text.iterancestors(f"{W}moveFrom", f"{W}del", f"{W}fldSimple")
    )


def _margins(package: Package) -> list[Passage]:
    """Headers and footers: each text once, since programs repeat or merge those of first, odd and even pages."""
    found: dict[str, Passage] = {}
    for part in sorted(package.parts):
        match = _PART.fullmatch(part)
        if match and not match[1].endswith("notes"):
            for passage, _ in _story(package, part):
                if not _AROUND_PAGE.match(passage.text):
                    found.setdefault(passage.text, passage)
    return [found[text] for text in sorted(found)]


def _charts(package: Package) -> Iterator[Passage]:
    """The words and numbers that a chart shows."""
    names = [name for name in package.parts if re.fullmatch(r"(?:.*/)?chart\d+\.xml", name)]
    for number, name in enumerate(sorted(names, key=lambda part: (len(part), part)), 1):
        root = parse_xml(package.parts[name].data, Place(package.name))
        said = [_number(value.text or "") for value in root.iter(f"{_C}v")]
        yield Passage(f"图表{number}", "；".join(said))


def _number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return squeezed(text)
