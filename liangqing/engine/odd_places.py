"""Tags in equations and in the addresses of links; and the fields that Word has to work out anew."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import nodes
from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import OFFICE, W
from liangqing.engine.filling.links import ADDRESS
from liangqing.engine.language.join_runs import OPENINGS
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag, TagList, marker
from liangqing.engine.read_charts import Charts

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ID = f"{{{OFFICE}}}id"
# What Word keeps as it was when the file was saved: contents, numbers of captions, pages and words referred to.
_KEPT = re.compile(r"\s*(TOC|SEQ|PAGEREF|REF|NOTEREF|TOA|INDEX)\b")


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
    for link in paragraph.iter(f"{W}hyperlink"):
        if next(link.iterancestors(f"{W}p")) is not paragraph or not link.get(_ID):
            continue
        address = charts.addresses.get(link.get(_ID, ""), "")
        if any(opening in address for opening in OPENINGS):
            charts.ids.add(link.get(_ID, ""))
            link.set(_ID, tags.replace(address, place, "attribute"))


def place_links(root: etree._Element, tags: TagList, add: Callable[[Tag, Statement], int]) -> None:
    """What such an address prints becomes a relationship, whose id takes its place."""
    for link in root.iter(f"{W}hyperlink"):
        address = link.get(_ID, "")
        if found := re.search(rf"{marker(0)[0]}(\d+)", address):
            tag = tags.tags[int(found[1])]
            end = nodes.Filter(None, ADDRESS, [], [], None, None)
            opening = marker(add(tag, Statement("gather", test=end)))
            link.set(_ID, f"{opening}{address}{marker(add(tag, Statement('endgather')))}")


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
