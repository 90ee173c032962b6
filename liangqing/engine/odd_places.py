"""Tags in equations and in the addresses of links; and the fields that Word has to work out anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jinja2 import nodes
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.docx_zip import OFFICE, XML_SPACE, W
from liangqing.engine.filling.links import ADDRESS
from liangqing.engine.language.join_runs import OPENINGS
from liangqing.engine.language.language import Statement
from liangqing.engine.language.near_marks import may_hold_marks
from liangqing.engine.language.tags import Tag, TagList, marker
from liangqing.engine.read_charts import Charts

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ID = f"{{{OFFICE}}}id"
_LINKS = (f"{W}hyperlink", f"{_A}hlinkClick", f"{_A}hlinkHover")  # of words, of a picture
# What Word keeps as it was when the file was saved: contents, numbers of captions, pages and words referred to.
_KEPT = re.compile(r"\s*(TOC|SEQ|PAGEREF|REF|NOTEREF|TOA|INDEX)\b", re.IGNORECASE)
_OF_LINK = ("链接", "点了没有去处")
_OF_FIELD = ("交叉引用", "这里印成“错误!未找到引用源”")


def has_equations(root: etree._Element) -> bool:
    """Whether a part holds any, so that its paragraphs are worth looking at."""
    return next(root.iter(f"{_M}oMath"), None) is not None


def mark_equations(paragraph: etree._Element, place: Place, tags: TagList) -> None:
    """Replaces the tags in the equations of a paragraph, which can print values and nothing else."""
    for equation in paragraph.iter(f"{_M}oMath"):
        if next(equation.iterancestors(f"{W}p")) is paragraph:
            _mark_equation(list(equation.iter(f"{_M}t")), place, tags)


def _mark_equation(texts: list[etree._Element], place: Place, tags: TagList) -> None:
    whole = "".join(text.text or "" for text in texts)
    if not any(opening in whole for opening in OPENINGS):
        return
    spans = tags.scan(whole, place)
    for span in spans:
        span.tag.form = "element"
    start = 0
    for text in texts:
        end = start + len(text.text or "")
        out, position = "", start
        for span in spans:
            if span.start >= end or span.end <= start:
                continue
            out += whole[position : max(span.start, position)]
            if span.start >= start and span.tag.kind == "value":
                out += marker(span.tag.number)
            position = min(span.end, end)
        text.text = out + whole[position:end]
        start = end


def mark_links(paragraph: etree._Element, place: Place, tags: TagList, charts: Charts) -> None:
    """Writes the address of a link that holds tags where the id of its relationship stands."""
    for link in paragraph.iter(*_LINKS):
        if next(link.iterancestors(f"{W}p")) is paragraph and link.get(_ID, "") in charts.addresses:
            id = link.get(_ID, "")
            charts.ids.add(id)
            link.set(_ID, tags.replace(charts.addresses[id], place, "attribute"))


def place_links(root: etree._Element, tags: TagList, add: Callable[[Tag, Statement], int]) -> None:
    """What such an address prints becomes a relationship, whose id takes its place."""
    for link in root.iter(*_LINKS):
        address = link.get(_ID, "")
        if found := re.search(rf"{marker(0)[0]}(\d+)", address):
            tag = tags.tags[int(found[1])]
            end = nodes.Filter(None, ADDRESS, [], [], None, None)
            opening = marker(add(tag, Statement("gather", test=end)))
            link.set(_ID, f"{opening}{address}{marker(add(tag, Statement('endgather')))}")


def join_field_codes(root: etree._Element) -> None:
    """Word cuts the code of a field over several runs, as it does with text; it is made one, in the first of them."""
    pieces: list[list[etree._Element]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            pieces.append([])
        elif kind is None and pieces:
            pieces[-1].append(element)
        elif kind == "end" and pieces:
            _join(pieces.pop())


def _join(pieces: list[etree._Element]) -> None:
    whole = "".join(piece.text or "" for piece in pieces)
    if len(pieces) > 1 and (_KEPT.match(whole) or may_hold_marks(whole)):
        pieces[0].text = whole
        pieces[0].set(XML_SPACE, "preserve")
        for piece in pieces[1:]:
            piece.text = ""


def ask_for_refresh(root: etree._Element) -> None:
    """Marks contents, captions and references, so that Word works them out anew when it opens the paper."""
    for field in root.iter(f"{W}fldSimple"):
        if _KEPT.match(field.get(f"{W}instr", "")):
            field.set(f"{W}dirty", "true")
    begins: list[etree._Element] = []
    for piece in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = piece.get(f"{W}fldCharType")
        if kind == "begin":
            begins.append(piece)
        elif kind == "end" and begins:
            begins.pop()
        elif kind is None and begins and _KEPT.match(piece.text or ""):
            begins[-1].set(f"{W}dirty", "true")


def loose_reference(
    element: etree._Element, bookmark: str, places: Mapping[etree._Element, Place]
) -> Diagnostic:
    """That a reference names a bookmark which may not be there when the paper is filled."""
    place = _place(element, places)
    what, follows = _OF_LINK if element.tag == f"{W}hyperlink" else _OF_FIELD
    message = f"{what}指着「{bookmark}」，那里在 {{% if %}} 或 {{% for %}} 里面，这里在外面；那里没有印出来时，{follows}"
    return warning(
        Code.LOOSE_REFERENCE, place, message, f"把这个{what}也写进同一个 {{% if %}} 或 {{% for %}} 里"
    )


def cut_field(begin: etree._Element, places: Mapping[etree._Element, Place]) -> Diagnostic:
    """That a part of a field may be dropped or repeated without the others, which Word cannot read."""
    message = "这里的域（目录、页码、交叉引用之类）一半在 {% if %} 或 {% for %} 里面，一半在外面"
    advice = "把整个域都移到里面，或都移到外面"
    return error(Code.UNCLEAR_SCOPE, _place(begin, places), message, advice)


def _place(element: etree._Element, places: Mapping[etree._Element, Place]) -> Place:
    return next((places[home] for home in element.iterancestors(f"{W}p") if home in places), Place(""))
