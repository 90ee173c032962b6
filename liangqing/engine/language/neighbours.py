"""What stands beside a tag that alone holds its paragraph: breaks, drawings, equations, blanks to write on.

Such a paragraph goes with its tag. What stands before the tag gets a paragraph of its own before it, what stands after
it one after it; the break of a section, which Word keeps in the form of the paragraph, comes to stand outside the block.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import value_of
from liangqing.engine.language.join_runs import MARK
from liangqing.engine.language.splitting import lift
from liangqing.engine.language.tags import CLOSE, OPEN

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BREAKS = {"page": "分页符", "column": "分栏符"}
_KEPT = {
    f"{W}drawing": "图形", f"{W}pict": "图形", f"{W}object": "嵌入的对象", f"{_M}oMath": "公式",
}  # fmt: skip
_NAMED = _KEPT | {
    f"{W}sym": "符号", f"{W}fldChar": "域", f"{W}fldSimple": "域", f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注", f"{W}commentReference": "批注", f"{W}sectPr": "分节符", f"{W}ptab": "制表位",
    f"{W}pgNum": "页码", f"{W}altChunk": "嵌入的文件",
}  # fmt: skip
_VALUE = re.compile(f"{OPEN}\\d+{CLOSE}")
_BLANKS = 2  # one underlined blank is a slip; more is a line to write on


def content(element: etree._Element) -> Iterator[etree._Element]:
    """What a reader would miss if `element` went, and the control tags in it, in order."""
    for child in element.iter():
        if child.tag == MARK or name_of(child):
            yield child


def name_of(element: etree._Element) -> str:
    """What a person calls something that would be missed: 「its text」, 分页符, 公式; "" for what would not."""
    if element.tag == f"{W}t":
        text = _VALUE.sub("{{…}}", element.text or "").strip()
        return f"「{text[:20]}」" if text else "加了下划线的空白" if _is_line(element) else ""
    if element.tag == f"{W}tab":
        return "加了下划线的空白" if _is_line(element) else ""
    if element.tag == f"{W}br":
        return _BREAKS.get(element.get(f"{W}type", ""), "")
    return _NAMED.get(str(element.tag), "")


def set_apart(paragraph: etree._Element, marks: Sequence[etree._Element], side: str) -> None:
    """Leaves nothing but the marks in a paragraph; what can be kept stands before and after it from now on.

    `marks`: elements in `paragraph`, in order: of control tags, or the text of a value. `side`: where a section ends,
    `before` or `after` the marks; "" where that cannot be told. What cannot be kept, or stands between two marks, stays.
    """
    beside = [element for element in _missed(paragraph) if element not in marks]
    if not beside or not all(map(_can_stay, beside)):
        return
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None and not side:
        return
    if not all(lift(mark, paragraph) for mark in marks):
        return
    if section is not None:
        section.getparent().remove(section)  # type: ignore[union-attr]
    children = list(paragraph)
    first, last = (children.index(_child(paragraph, mark)) for mark in (marks[0], marks[-1]))
    before = [child for child in children[:first] if child.tag != f"{W}pPr"]
    for where, words in (("before", before), ("after", children[last + 1 :])):
        ends = section if side == where else None
        if ends is not None or any(name_of(part) for word in words for part in word.iter()):
            made = _like(paragraph, words, ends)
            (paragraph.addprevious if where == "before" else paragraph.addnext)(made)


def _missed(paragraph: etree._Element) -> list[etree._Element]:
    """What a reader would miss, without what is inside of another such thing, such as the words of a text box."""
    found: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for element in content(paragraph):
        if not inside.intersection(element.iterancestors()):
            found.append(element)
            if element.tag in _KEPT:
                inside.add(element)
    return found


def _can_stay(element: etree._Element) -> bool:
    if element.tag == f"{W}t":
        return not (element.text or "").strip()
    return element.tag in _KEPT or element.tag in (f"{W}br", f"{W}tab", f"{W}sectPr")


def _child(paragraph: etree._Element, mark: etree._Element) -> etree._Element:
    """The child of the paragraph that a mark is, or is in."""
    while mark.getparent() is not paragraph:
        above = mark.getparent()
        assert above is not None
        mark = above
    return mark


def _like(
    paragraph: etree._Element, words: Sequence[etree._Element], section: etree._Element | None
) -> etree._Element:
    made = paragraph.makeelement(paragraph.tag)
    settings = paragraph.find(f"{W}pPr")
    if settings is not None:
        made.append(copy.deepcopy(settings))
    if section is not None:
        made[0].append(section)  # it came from there, and but for w:pPrChange, which is gone, is the last
    made.extend(words)
    return made


def _is_line(element: etree._Element) -> bool:
    """Whether blanks are underlined: a place to write on."""
    run = element.getparent()
    if run is None or value_of(run.find(f"{W}rPr"), "u") in ("", "none"):
        return False
    text = element.text or ""
    return element.tag == f"{W}tab" or (len(text) >= _BLANKS and OPEN not in text and CLOSE not in text)
