"""Tags outside the text of a story: in the alternative text of charts and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import WP
from liangqing.engine.language.language import Statement
from liangqing.engine.language.near_marks import may_hold_marks
from liangqing.engine.language.tags import Tag, TagList
from liangqing.engine.read_charts import C, Charts

_DESCRIPTIONS = ("descr", "title")
_INNER = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_BARE = re.compile(r"\s*(chart|图表)\s.*\sin\s.*[:：]")


def mark_asides(paragraph: etree._Element, place: Place, tags: TagList, charts: Charts) -> Iterator[Place]:
    """Marks the tags of the drawings of a paragraph; yields the places that they have."""
    for properties in paragraph.iter(f"{WP}docPr"):
        if next(properties.iterancestors(f"{W}p")) is paragraph:
            yield _mark_drawing(properties, place, tags, charts)
    for inner in paragraph.iter(_INNER):  # Word and WPS repeat the text of a picture there
        if next(inner.iterancestors(f"{W}p")) is paragraph:
            _mark_texts(inner, _aside(place, "图片说明"), tags)


def aside_faults(tag: Tag, statement: Statement, charts: Charts) -> list[Diagnostic]:
    """A tag outside the text may print a value; that of a chart may fill it."""
    if tag.broken:
        return []
    if tag.form == "text":
        if statement.keyword == "chart":
            message = f"「{tag.text}」要写在图表的替代文字里"
            return [
                error(Code.CHART_TAG_UNFIT, tag.place, message, "在图表上点右键，选“编辑替代文字”，写在那里")
            ]
        return []
    if statement.keyword in ("value", "comment", "unknown") and not tag.prefix:
        return []
    if statement.keyword == "chart" and any(drawing.tag is tag for drawing in charts.drawings):
        return []
    message = f"「{tag.text}」不能写在这里"
    advice = "这里只能用 {{ 名称 }}" if statement.keyword != "chart" else "只有图表的替代文字里能用"
    return [error(Code.TAG_MISPLACED, tag.place, message, advice)]


def describe(properties: etree._Element, names: tuple[str, ...]) -> None:
    """A chart whose alternative text is nothing but its tag says what it shows."""
    for name in _DESCRIPTIONS:
        if name in properties.attrib:
            properties.set(name, properties.get(name, "").strip())
    if not any(properties.get(name) for name in _DESCRIPTIONS):
        properties.set("descr", f"图表：{'、'.join(names)}")


def _mark_drawing(properties: etree._Element, place: Place, tags: TagList, charts: Charts) -> Place:
    drawing = properties.getparent()
    assert drawing is not None
    reference = next(drawing.iter(f"{C}chart"), None)
    where = _aside(place, "图片说明" if reference is None else "图表")
    start = len(tags.tags)
    _mark_texts(properties, where, tags)
    if reference is not None:
        _check_bare(properties, where, tags)
        controls = [tag for tag in tags.tags[start:] if tag.kind == "control"]
        charts.take(reference, controls[0] if controls else None, where, tags)
    return where


def _mark_texts(element: etree._Element, where: Place, tags: TagList) -> None:
    for name in _DESCRIPTIONS:
        text = element.get(name, "")
        if may_hold_marks(text):
            problems = len(tags.problems)
            marked = tags.replace(text, where, "attribute")
            element.set(name, marked if len(tags.problems) == problems else "")  # told once is enough


def _check_bare(properties: etree._Element, where: Place, tags: TagList) -> None:
    """A chart that is to be filled, by the look of it, though its tag has no braces."""
    for name in _DESCRIPTIONS:
        text = properties.get(name, "")
        if _BARE.match(text[:300]):
            message, advice = f"「{text[:30]}」没有写在标记里", f"写成 {{% {text.strip()} %}}"
            tags.problems.append(error(Code.BAD_KEYWORD, where, message, advice))


def _aside(place: Place, what: str) -> Place:
    """`正文第5段 图表`, of the paragraph's place."""
    return replace(place, detail=f"{place.detail.removesuffix('「」')} {what}")
