"""Where typed values stand: the form of their run and paragraph, and `{{p }}` that takes its paragraph."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.docx_zip import W
from liangqing.engine.filling.rich import form_of, plain_xml
from liangqing.engine.language.join_runs import new_mark
from liangqing.engine.language.neighbours import content, name_of, set_apart
from liangqing.engine.language.tags import CLOSE, OPEN, Tag, TagList

_STORIES = {
    f"{W}hdr": "页眉", f"{W}ftr": "页脚", f"{W}footnotes": "脚注", f"{W}endnotes": "尾注",
}  # fmt: skip


def note_forms(paragraph: etree._Element, tags: TagList) -> None:
    """Tells each value of a paragraph, whose marks are placed, in what form it would print."""
    for text in paragraph.iter(f"{W}t"):
        for tag in _values(text, tags):
            run = text.getparent()
            assert run is not None
            tag.run = form_of(run.find(f"{W}rPr"))
            tag.host = paragraph
            tag.inside = _inside(paragraph)


def _inside(paragraph: etree._Element) -> str:
    """Where notes, sections and boxes of a Word file can't stand; "" for the text itself and its tables."""
    *_, top = (paragraph, *paragraph.iterancestors())
    box = next(paragraph.iterancestors(f"{W}txbxContent"), None)
    return "文本框" if box is not None else _STORIES.get(str(top.tag), "")


def beside_paragraphs(root: etree._Element, tags: TagList) -> list[Diagnostic]:
    """`{{p }}` that are not alone in their paragraph."""
    problems = []
    for text in root.iter(f"{W}t"):
        for tag in _values(text, tags):
            if tag.prefix != "p":
                continue
            paragraph = next(text.iterancestors(f"{W}p"))
            alone = (text.text or "").strip() == _alone(tag)
            if alone:
                set_apart(paragraph, [text], "after")
            lost = [element for element in content(paragraph) if element is not text]
            if not alone or lost:
                what = name_of(lost[0]) if lost else ""
                message = f"「{tag.text}」会换成几个段落，旁边的{what or '内容'}会丢失"
                problems.append(error(Code.CONTENT_WOULD_VANISH, tag.place, message, "让这个标记单独占一段"))
    return problems


def paragraph_hosts(root: etree._Element, tags: TagList) -> dict[etree._Element, Tag]:
    """The paragraphs in whose place a `{{p }}` prints its own."""
    return {
        next(text.iterancestors(f"{W}p")): tag
        for text in root.iter(f"{W}t")
        for tag in _values(text, tags)
        if tag.prefix == "p"
    }


def place_paragraphs(hosts: Mapping[etree._Element, Tag]) -> None:
    """Puts the mark of each `{{p }}` in the place of its paragraph, whose form it takes along as it is by now."""
    for paragraph, tag in hosts.items():
        tag.settings = _settings(paragraph)
        mark = new_mark(tag.number)
        paragraph.addprevious(mark)
        mark.tail, paragraph.tail = paragraph.tail, None
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)


def _alone(tag: Tag) -> str:
    return f"{OPEN}{tag.number}{CLOSE}"


def _settings(paragraph: etree._Element) -> str:
    """The form of a paragraph, without the end of a section, which stands there once."""
    found = copy.deepcopy(paragraph.find(f"{W}pPr"))
    if found is None:
        return ""
    for section in found.findall(f"{W}sectPr"):
        found.remove(section)
    return plain_xml(found)


def _values(text: etree._Element, tags: TagList) -> Iterator[Tag]:
    for piece in (text.text or "").split(OPEN)[1:]:
        tag = tags.tags[int(piece.partition(CLOSE)[0])]
        if tag.kind == "value":
            yield tag
