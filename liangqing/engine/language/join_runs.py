"""From a part's XML to tags in a tree: joins what Word has split, puts a mark where each tag stands.

Word cuts text into runs wherever it remembers something: another form, a spelling mistake, a day of editing. So
`{{ 名称 }}` may stand in three `w:r`. The texts of a paragraph are read as one line, and what tags cover is taken out.
A value becomes a marker, a few characters in its w:t; a control tag becomes an element `MARK` between texts.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, error
from liangqing.base.docx_zip import MC, XML_SPACE, W
from liangqing.base.wordprocessingml import W14
from liangqing.engine.language.near_marks import may_hold_marks
from liangqing.engine.language.tags import Span, TagList, marker

MARK = "{urn:liangqing:engine}tag"
NUMBER = "n"

_T = f"{W}t"
_BLANKS = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"}
_IDS = {f"{W14}paraId", f"{W14}textId"}  # Word 2010 numbers paragraphs, for comments and for merging
# A text box has paragraphs of its own; mc:Fallback is its copy for programs older than Word 2010.
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}txbxContent", f"{MC}Fallback"}
OPENINGS = ("{{", "{%", "{#", "｛｛", "｛％", "{％", "｛%")
_OPENING = re.compile("|".join(OPENINGS))
CLOSINGS = ("}}", "%}", "｝｝", "％｝", "}｝", "｝}", "％}", "%｝")


def mark_paragraph(paragraph: etree._Element, place: Place, tags: TagList) -> None:
    """Replaces every tag of `paragraph` by its mark; the tag takes the formatting of the run it starts in."""
    pieces = list(_pieces(paragraph))
    text = "".join(piece for _, piece in pieces)
    if not may_hold_marks(text):
        return
    _check_hidden(paragraph, text, place, tags)
    spans = tags.scan(text, place)
    if spans:
        _mark_comments(text, spans)
        _rewrite(pieces, spans, tags)


def tag_of(mark: etree._Element) -> int:
    """The number of the tag that a mark stands for."""
    return int(mark.get(NUMBER, ""))


def new_mark(number: int) -> etree._Element:
    """A control tag in the tree."""
    return etree.Element(MARK, {NUMBER: str(number)})


def take_out(element: etree._Element) -> None:
    """Removes a text or a mark, and its run when nothing but formatting is left in it."""
    run = element.getparent()
    assert run is not None
    run.remove(element)
    above = run.getparent()
    if run.tag == f"{W}r" and above is not None and all(child.tag == f"{W}rPr" for child in run):
        above.remove(run)


def leftovers(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Texts and attributes that look like tags where none can stand: picture descriptions, field codes."""
    for element in root.iter():
        if element.tag != _T:
            for text in (element.text, *element.attrib.values()):
                if text and _OPENING.search(text):
                    yield element, text


def drop_paragraph_ids(root: etree._Element) -> None:
    """Takes Word's ids off paragraphs and rows: in a loop they would stand twice. Comments need theirs."""
    if root.tag != f"{W}comments":
        for element in root.iter(f"{W}p", f"{W}tr"):
            for name in _IDS:
                if name in element.attrib:
                    del element.attrib[name]


def _pieces(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The texts of a paragraph in order; a tab or a break counts as a blank; no text boxes."""
    for child in element:
        if child.tag == _T:
            yield child, child.text or ""
        elif child.tag in _BLANKS:
            yield child, "\t"
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)


def _check_hidden(paragraph: etree._Element, text: str, place: Place, tags: TagList) -> None:
    cell = paragraph.getparent()
    merge = cell.find(f"{W}tcPr/{W}vMerge") if cell is not None and cell.tag == f"{W}tc" else None
    if merge is None or merge.get(f"{W}val", "continue") != "continue":
        return
    if any(opening in text for opening in OPENINGS):
        message = f"「{text[:20]}」在被上下合并盖住的单元格里，看不见"
        tags.problems.append(
            error(Code.TAG_IN_HIDDEN_CELL, place, message, "移到合并单元格的第一格，或取消合并")
        )


def _mark_comments(text: str, spans: list[Span]) -> None:
    """Comments that are all that a paragraph says stand for themselves: such a line was never meant to be printed."""
    rest, position = "", 0
    for span in spans:
        rest, position = rest + text[position : span.start], span.end
    if all(span.tag.kind == "comment" for span in spans) and not (rest + text[position:]).strip():
        for span in spans:
            span.tag.marked = True


def _rewrite(pieces: list[tuple[etree._Element, str]], spans: list[Span], tags: TagList) -> None:
    """Writes each piece anew: what tags cover goes, and each tag's marker stands where it started."""
    start = 0
    current = 0
    for element, text in pieces:
        end = start + len(text)
        while current < len(spans) and spans[current].end <= start:
            current += 1
        kept = _kept(text, start, spans, current, tags)
        if kept != text:
            _write(element, kept, tags)
        start = end


def _kept(text: str, start: int, spans: list[Span], current: int, tags: TagList) -> str:
    out: list[str] = []
    position = start
    end = start + len(text)
    while current < len(spans) and spans[current].start < end:
        span = spans[current]
        out.append(text[position - start : max(span.start, position) - start])
        if span.start >= start:
            out.append(_stand_in(span))
        position = min(span.end, end)
        current += 1
    out.append(text[position - start :])
    return "".join(out)


def _stand_in(span: Span) -> str:
    tag = span.tag
    return "" if tag.kind == "comment" and not (tag.prefix or tag.marked) else marker(tag.number)


def _write(element: etree._Element, text: str, tags: TagList) -> None:
    if element.tag != _T:  # a break that a trimmed tag took along
        if not (text := text.strip("\t")):
            take_out(element)
            return
        instead = element.makeelement(_T)
        element.addprevious(instead)
        take_out(element)
        element = instead
    element.set(XML_SPACE, "preserve")  # else Word drops blanks at either end of a w:t
    parts = _split_controls(text, tags)
    for part in parts:
        element.addprevious(new_mark(part) if isinstance(part, int) else _like(element, part))
    take_out(element)


def _split_controls(text: str, tags: TagList) -> list[str | int]:
    """Texts (with the markers of values) and the numbers of control tags, in order."""
    parts: list[str | int] = []
    head, *rest = text.split(marker(0)[0])
    texts = [head]
    for piece in rest:
        digits, _, after = piece.partition(marker(0)[-1])
        if tags.tags[int(digits)].kind == "value":
            texts += [marker(int(digits)), after]
        else:
            parts += [*_filled(texts), int(digits)]
            texts = [after]
    return parts + _filled(texts)


def _filled(texts: list[str]) -> list[str | int]:
    joined = "".join(texts)
    return [joined] if joined else []


def _like(element: etree._Element, text: str) -> etree._Element:
    made = copy.copy(element)
    made.text = text
    return made
