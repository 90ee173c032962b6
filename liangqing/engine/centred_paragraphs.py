"""Centred paragraphs of the text, such as titles: how many signs fit into a line of each, so that it can break well when it is filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import nodes
from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.word_styles import Properties
from liangqing.engine.filling.centred import CENTRED
from liangqing.engine.fonts import TemplateStyles
from liangqing.engine.language.language import Statement
from liangqing.engine.language.placing import write_before
from liangqing.engine.language.tags import OPEN, Tag, marker

_AROUND = {f"{W}{name}" for name in ("document", "body", "sdt", "sdtContent", "customXml", "smartTag")}
_APART = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "fldChar", "fldSimple", "tab", "ptab"))
_POINT = 20  # twips


def mark_centred(
    root: etree._Element, styles: TemplateStyles, add: Callable[[Tag, Statement], int], tag: Tag
) -> None:
    """Gathers each centred paragraph of a body that prints values, outside of tables, fields and frames, so that it can be broken.

    `tag`: one of the part, in whose name it is done. To be called when all else stands where it will.
    """
    for paragraph, room in list(_rooms(root, styles)):
        end = nodes.Filter(None, CENTRED, [nodes.Const(room)], [], None, None)
        write_before(paragraph, marker(add(tag, Statement("gather", test=end))))
        paragraph.tail = marker(add(tag, Statement("endgather"))) + (paragraph.tail or "")


def _rooms(root: etree._Element, styles: TemplateStyles) -> Iterator[tuple[etree._Element, float]]:
    """Those paragraphs, each with how many signs fit into its line."""
    waiting: list[etree._Element] = []
    for element in root.iter(f"{W}p", f"{W}sectPr"):
        if element.tag == f"{W}p":
            if _prints(element):
                waiting.append(element)
            continue
        column = _column(element)
        for paragraph in waiting if column else ():
            looks = styles.paragraph(paragraph)
            size = max(map(_advance, styles.printing_runs(paragraph)), default=0.0)
            if looks.get("jc", {}).get("val") == "center" and "framePr" not in looks and size > 0:
                yield paragraph, round((column - _indents(looks, size)) / size, 2)
        waiting = []


def _prints(paragraph: etree._Element) -> bool:
    """Whether it is a paragraph of the text with a value and nothing but text."""
    values = any(OPEN in (text.text or "") for text in paragraph.iter(f"{W}t"))
    return (
        values
        and next(paragraph.iter(*_APART), None) is None
        and all(element.tag in _AROUND for element in paragraph.iterancestors())
    )


def _column(section: etree._Element) -> int:
    """The width of the text of a section in twips; 0 where it has several columns or does not say."""
    page, margins, columns = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "cols"))
    if page is None or margins is None or (columns is not None and columns.get(f"{W}num", "1") != "1"):
        return 0
    taken = (_whole(margins.get(f"{W}{side}")) for side in ("left", "right", "gutter"))
    return max(0, _whole(page.get(f"{W}w")) - sum(taken))


def _indents(looks: Properties, size: float) -> float:
    given = looks.get("ind", {})
    sides = {side: _whole(given.get(side)) for side in ("left", "right", "firstLine")}
    of_signs = {side: _whole(given.get(f"{side}Chars")) * size / 100 for side in sides}
    return sum(max(0.0, of_signs[side] or sides[side]) for side in sides)


def _advance(looks: Properties) -> float:
    """How far a Chinese sign of a run takes the line on, in twips."""
    size = _whole(looks.get("sz", {}).get("val", "20")) * _POINT / 2
    stretched = size * _whole(looks.get("w", {}).get("val", "100").removesuffix("%")) / 100
    return stretched + _whole(looks.get("spacing", {}).get("val"))


def _whole(text: str | None) -> int:
    """A length as Word writes it; 0 for none or one with a unit."""
    return int(text) if text and re.fullmatch(r"-?\d+", text) else 0
