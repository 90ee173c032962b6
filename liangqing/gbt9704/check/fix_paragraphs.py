"""What `format --fix` does to a file: single changes to the elements of paragraphs, runs and sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from liangqing.base.docx_zip import XML_SPACE, W
from liangqing.base.wordprocessingml import (
    PARAGRAPH_ORDER,
    RUN_ORDER,
    properties_of,
    put,
)
from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.letters import fits
from liangqing.gbt9704.check.rules.sign import date_right
from liangqing.gbt9704.fonts import Face
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.units import Size
from liangqing.gbt9704.word.model import PAGE_BREAK, Paragraph, Piece
from liangqing.gbt9704.word.runs import shown

_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_TWIPS = 10  # in a half-point
_LATIN = re.compile("[0-9A-Za-z]")


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]


def mend_pitch(paragraph: Paragraph) -> None:
    """An exact pitch of the standard, off the grid; what that would cut off keeps the pitch that it has."""
    pitch = length("版心", "行距").twips
    if paragraph.stands_high or any(piece.size * _TWIPS > pitch for piece in paragraph.pieces):
        return
    properties = properties_of(paragraph.element, "pPr")
    spacing = put(properties, "spacing", PARAGRAPH_ORDER)
    spacing.set(f"{W}line", str(pitch))
    spacing.set(f"{W}lineRule", "exact")
    put(properties, "snapToGrid", PARAGRAPH_ORDER).set(f"{W}val", "0")


def mend_grid(body: Iterable[Paragraph], *, pitch: bool) -> None:
    """22 lines, or 28 characters, in the text."""
    for paragraph in body:
        if pitch:
            mend_pitch(paragraph)
            continue
        properties = properties_of(paragraph.element, "pPr")
        put(properties, "snapToGrid", PARAGRAPH_ORDER).set(f"{W}val", "0")
        for run in _runs(paragraph):
            tighten = str(length("版心", "字距").twips)
            put(properties_of(run, "rPr"), "spacing", RUN_ORDER).set(f"{W}val", tighten)


def mend_face(paragraph: Paragraph, face: Face, stretch: tuple[int, int | None] = (0, None)) -> None:
    """A face for the text from one character to another; a run that the stretch cuts is cut in two."""
    start, end = stretch
    at = len(paragraph.label)
    for run, pieces in _by_run(paragraph):
        text = "".join(piece.text for piece in pieces)
        broken = len(text) - len(text.lstrip(PAGE_BREAK))  # the ends of pages are no characters of the text
        low = start - at + broken if start > at else 0
        high = len(text) if end is None else end - at + broken
        at += len(text.replace(PAGE_BREAK, ""))
        if high <= 0 or low >= len(text):
            continue
        wrong = [piece for piece in pieces if piece.slot == "eastAsia" and not fits(piece, face)]
        figures = [piece for piece in pieces if piece.field == "PAGE"]
        if wrong or figures or any(piece.slot == "hAnsi" for piece in pieces):
            for part in _cut(run, text, low, min(high, len(text))):
                _set_face(part, face, latin=bool(figures) or not _LATIN.search(text))


def _set_face(run: etree._Element, face: Face, *, latin: bool) -> None:
    """The Chinese face; also for Latin text where `latin`, else quotes are told to go with the Chinese."""
    fonts = put(properties_of(run, "rPr"), "rFonts", RUN_ORDER)
    for theme in _THEMES if latin else ("eastAsiaTheme",):
        _drop(fonts, f"{W}{theme}")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs") if latin else ("eastAsia",):
        fonts.set(f"{W}{slot}", face.name)
    fonts.set(f"{W}hint", "eastAsia")


def _cut(run: etree._Element, text: str, low: int, high: int) -> list[etree._Element]:
    """The run with the characters from `low` to `high`; what is outside goes into runs of its own.

    A run that shows otherwise than by its own texts, tabs and breaks (a field) is left whole.
    """
    if (low, high) == (0, len(text)) or "".join(map(shown, _content(run))) != text:
        return [run]
    if high < len(text):
        run.addnext(split_run(run, high))
    if low == 0:
        return [run]
    inside = split_run(run, low)
    run.addnext(inside)
    return [inside]


def split_run(run: etree._Element, at: int) -> etree._Element:
    """Takes what follows the first `at` characters out of a run, as a run of the same form."""
    rest = etree.Element(run.tag)
    for name, value in run.attrib.items():
        rest.set(name, value)
    form = run.find(f"{W}rPr")
    if form is not None:
        rest.append(deepcopy(form))
    place = 0
    for child in _content(run):
        length = len(shown(child))
        if place >= at:
            rest.append(child)
        elif place + length > at:
            words = child.text or ""
            tail = deepcopy(child)
            _write(child, words[: at - place])
            _write(tail, words[at - place :])
            rest.append(tail)
        place += length
    return rest


def _content(run: etree._Element) -> list[etree._Element]:
    return [child for child in run if child.tag != f"{W}rPr"]


def _write(element: etree._Element, text: str) -> None:
    element.text = text
    element.set(XML_SPACE, "preserve")


def mend_quotes(paragraph: Paragraph) -> None:
    """Quotes, dashes and what a theme overrode go with the Chinese face that is named."""
    for run, pieces in _by_run(paragraph):
        fonts = put(properties_of(run, "rPr"), "rFonts", RUN_ORDER)
        named = next(
            (piece.face.over for piece in pieces if piece.slot == "eastAsia" and piece.face.over), ""
        )
        if named:
            _drop(fonts, f"{W}eastAsiaTheme")
            fonts.set(f"{W}eastAsia", named)
        for piece in pieces:
            if piece.face.theme and piece.face.over and piece.slot != "eastAsia":
                _drop(fonts, f"{W}{piece.slot}Theme")
                fonts.set(f"{W}{piece.slot}", piece.face.over)
        fonts.set(f"{W}hint", "eastAsia")


def mend_size(paragraph: Paragraph, size: Size) -> None:
    """A size for all of its text."""
    for run in _runs(paragraph):
        properties = properties_of(run, "rPr")
        for name in ("sz", "szCs"):
            put(properties, name, RUN_ORDER).set(f"{W}val", str(size.half_points))


def mend_brackets(paragraph: Paragraph) -> None:
    """The brackets round the year of 发文字号."""
    found = like.DOC_NUMBER.match(paragraph.words)
    if found is None:
        return
    offset = paragraph.text.index(paragraph.words)
    _replace(paragraph, offset + found.start("open"), "〔")
    _replace(paragraph, offset + found.start("close"), "〕")


def mend_date(paragraph: Paragraph) -> None:
    """The date in a line, written as the standard has it; one that cannot be read is left."""
    words = paragraph.text
    found = like.DATE_INSIDE.search(words) or re.search(like.DATE.pattern[1:-1], words)
    if found is None:
        return
    written = found[0].strip()
    right = date_right(written if written.endswith(("日", "号")) or "年" not in written else written + "日")
    if right is None:
        return
    texts = list(_characters(paragraph))
    span = texts[found.start() : found.start() + len(written)]
    for index, (element, _) in enumerate(span):
        if element is None:
            return
        if index:
            _erase(span, index)
    first, position = span[0]
    assert first is not None
    own = first.text or ""
    _write(first, own[:position] + right + own[position + 1 :])


def _erase(span: list[tuple[etree._Element | None, int]], index: int) -> None:
    element, _ = span[index]
    assert element is not None
    before = sum(1 for other, _ in span[1:index] if other is element)
    at = span[index][1] - before
    own = element.text or ""
    _write(element, own[:at] + own[at + 1 :])


def _replace(paragraph: Paragraph, index: int, character: str) -> None:
    element, at = list(_characters(paragraph))[index]
    if element is not None:
        own = element.text or ""
        _write(element, own[:at] + character + own[at + 1 :])


def _characters(paragraph: Paragraph) -> Iterator[tuple[etree._Element | None, int]]:
    """For each character of its text, the `w:t` and the place in it; (None, 0) for tabs and automatic numbers."""
    for _ in paragraph.label:
        yield None, 0
    for run, pieces in _by_run(paragraph):
        text = "".join(piece.text for piece in pieces)
        content = _content(run)
        if "".join(map(shown, content)) == text:
            yield from (place for child in content for place in _places_in(child))
        else:
            yield from ((None, 0) for _ in text.replace(PAGE_BREAK, ""))


def _places_in(child: etree._Element) -> Iterator[tuple[etree._Element | None, int]]:
    """The same for a child of a run; the end of a page is no character of the text."""
    for index, character in enumerate(shown(child)):
        if character != PAGE_BREAK:
            yield (child, index) if child.tag == f"{W}t" else (None, 0)


def _by_run(paragraph: Paragraph) -> list[tuple[etree._Element, list[Piece]]]:
    runs: list[tuple[etree._Element, list[Piece]]] = []
    for piece in paragraph.pieces:
        if not runs or runs[-1][0] is not piece.element:
            runs.append((piece.element, []))
        runs[-1][1].append(piece)
    return runs


def _runs(paragraph: Paragraph) -> Iterator[etree._Element]:
    yield from (run for run, _ in _by_run(paragraph))
