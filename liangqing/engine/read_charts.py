"""Charts of a template: which of them hold tags, and their XML prepared for filling.

A chart is filled when the alternative text of its drawing says what it shows; a chart without such a tag
keeps its numbers, and tags in its title are filled all the same. Either way each occurrence in a document
is a part of its own, with a workbook of its own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from jinja2 import nodes
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.docx_zip import OFFICE, Package, parse_xml
from liangqing.base.wordprocessingml import WP, A
from liangqing.engine.charts.chart_data import ChartTable, name_xml
from liangqing.engine.charts.chart_filling import (
    CHART_CATEGORIES,
    CHART_NUMBERS,
    WORKBOOK_PARTS,
    Chart,
    Companion,
)
from liangqing.engine.charts.workbook import WORKBOOK_TYPE
from liangqing.engine.filling.program import own_filter
from liangqing.engine.language.join_runs import OPENINGS
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag, TagList, marker
from liangqing.engine.parts.relations import content_type, read_relations, relations_name, target_part

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = f"{{{OFFICE}}}"
_KINDS = {f"{C}{name}" for name in (
    "radarChart", "barChart", "bar3DChart", "lineChart", "line3DChart", "pieChart", "pie3DChart",
    "doughnutChart", "ofPieChart", "areaChart", "area3DChart",
)}  # fmt: skip
_AFTER_WORKBOOK = {f"{C}{name}" for name in ("printSettings", "userShapes", "extLst")}
_NOT_COPIED = {f"{C}{name}" for name in ("spPr", "marker", "dPt", "extLst")}
_BRACE = r"(?:[{}｛｝%#％＃]|%7[BD]|%25|%23|%EF%BD%9[BD]|%EF%BC%8[35])"
_BRACES = re.compile("[{]|｛|%7b|%ef%bd%9b".encode(), re.IGNORECASE)
_QUOTED_TAG = re.compile(
    rf"(?:[{{｛]|%7B|%EF%BD%9B){_BRACE}.*?{_BRACE}(?:[}}｝]|%7D|%EF%BD%9D)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d*(?=\.\w+$)")

Add = Callable[[Tag, Statement], int]


@dataclass
class Drawing:
    """A chart of a story. `tag` stands for the id of its relationship; `filled`: it tells the numbers too."""

    properties: etree._Element  # wp:docPr
    root: etree._Element
    chart: Chart
    tag: Tag
    filled: bool


@dataclass
class Charts:
    """The charts of one story part. `dropped`: parts that the package no longer needs, `ids` of relations."""

    package: Package
    story: str
    drawings: list[Drawing] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The addresses of the story's links that hold tags, by the ids of their relationships; Word and browsers write braces as %7B."""
        part = self.package.parts.get(relations_name(self.story))
        if part is None or _BRACES.search(part.data) is None:
            return {}
        typed = {
            relation.id: _QUOTED_TAG.sub(lambda tag: unquote(tag[0]), relation.target)
            for relation in read_relations(self.package, self.story)
            if relation.external and relation.kind == f"{OFFICE}/hyperlink"
        }
        return {id: text for id, text in typed.items() if any(opening in text for opening in OPENINGS)}

    def take(self, reference: etree._Element, tag: Tag | None, place: Place, tags: TagList) -> None:
        """`reference` is the c:chart of a drawing; one without tags is left as it is."""
        id = reference.get(f"{R}id", "")
        relation = next(
            (relation for relation in read_relations(self.package, self.story) if relation.id == id), None
        )
        name = target_part(self.story, relation) if relation is not None else ""
        part = self.package.parts.get(name)
        if part is None or (tag is None and b"{{" not in part.data):
            return
        root = parse_xml(part.data, Place(self.package.name, detail=name))
        chart = self._chart(name, filled=tag is not None)
        hole = tag if tag is not None else tags.add("comment", "", "", place)
        reference.set(f"{R}id", marker(hole.number))
        home = next(reference.iterancestors(f"{WP}inline", f"{WP}anchor"))
        self.drawings.append(Drawing(_need(home, f"{WP}docPr"), root, chart, hole, tag is not None))
        self.dropped |= {name, relations_name(name)}
        self.ids.add(id)
        mark_titles(root, place, tags)
        if tag is not None:
            self.problems += _unfit(root, tag)

    def _chart(self, name: str, *, filled: bool) -> Chart:
        companions = []
        workbook = Companion("rIdData", f"{OFFICE}/package", WORKBOOK_TYPE, WORKBOOK_PARTS, None)
        for relation in read_relations(self.package, name):
            target = target_part(name, relation)
            if target not in self.package.parts:
                continue
            if relations_name(target) in self.package.parts:  # shared by the copies, with all it needs
                companions.append(Companion(relation.id, relation.kind, "", target, None))
                continue
            self.dropped.add(target)
            if filled and relation.kind == f"{OFFICE}/package":
                continue
            pattern = _numbered(target)
            kind, data = content_type(self.package, target), self.package.parts[target].data
            companions.append(Companion(relation.id, relation.kind, kind, pattern, data))
        return Chart((*companions, workbook) if filled else tuple(companions))


def mark_titles(root: etree._Element, place: Place, tags: TagList) -> None:
    """Puts marks into the texts of a chart; a paragraph that holds tags takes the form of its first run."""
    where = replace(place, detail=f"{place.detail}标题")
    for paragraph in root.iter(f"{A}p"):
        texts = list(paragraph.iter(f"{A}t"))
        whole = "".join(text.text or "" for text in texts)
        if "{" in whole or "｛" in whole:
            for text in texts[1:]:
                text.text = ""
            texts[0].text = tags.replace(whole, where, "element")


def fill_places(drawing: Drawing, names: tuple[str, ...], add: Add) -> str:
    """The XML of a chart with holes for its categories and numbers."""
    root, tag = drawing.root, drawing.tag
    if drawing.filled:
        for number, series in enumerate(_series(root, len(names))):
            _fill(series, number, names, lambda expression: marker(add(tag, Statement("own", expression))))
        _keep_gaps(root)
        _link_workbook(root)
    return etree.tostring(root, encoding="unicode")


def _unfit(root: etree._Element, tag: Tag) -> list[Diagnostic]:
    area = root.find(f"{C}chart/{C}plotArea")
    kinds = [child for child in area if str(child.tag).endswith("Chart")] if area is not None else []
    series = [child for kind in kinds for child in kind.iterchildren(f"{C}ser")]
    if not all(kind.tag in _KINDS for kind in kinds):
        message, advice = "这种图表不能用数据填写", "改用雷达图、柱形图、条形图、折线图、饼图或面积图"
    elif not series or not all(
        entry.find(f"{C}{name}") is not None for entry in series for name in ("idx", "order", "val")
    ):
        message, advice = "图表里一个系列也没有", "在 Word 里给图表留一个系列，数字随意"
    else:
        return []
    return [error(Code.CHART_TAG_UNFIT, tag.place, f"「{tag.text}」：{message}", advice)]


def _series(root: etree._Element, wanted: int) -> list[etree._Element]:
    """As many series as are wanted: those that are too many go, the last one is copied."""
    found = sorted(root.iter(f"{C}ser"), key=_position)
    for extra in found[wanted:]:
        parent = extra.getparent()
        assert parent is not None
        parent.remove(extra)
    last = found[0] if wanted == 0 else found[min(wanted, len(found)) - 1]
    for number in range(len(found), wanted):
        made = copy.deepcopy(last)
        for child in [element for element in made if element.tag in _NOT_COPIED]:
            made.remove(child)
        for name in ("idx", "order"):
            _need(made, f"{C}{name}").set("val", str(number))
        found[-1].addnext(made)
        found.append(made)
    return found[:wanted]


def _position(series: etree._Element) -> int:
    order = series.find(f"{C}order")
    return int(order.get("val", "0")) if order is not None else 0


def _fill(
    series: etree._Element, number: int, names: tuple[str, ...], hole: Callable[[nodes.Expr], str]
) -> None:
    title, categories, values = (_child(series, name) for name in ("tx", "cat", "val"))
    found = values.findtext(f"{C}numRef/{C}numCache/{C}formatCode") or "General"
    for child in [element for part in (title, categories, values) for element in part]:
        parent = child.getparent()
        assert parent is not None
        parent.remove(child)
    space = f'xmlns:c="{C[1:-1]}"'
    title.append(
        etree.fromstring(name_xml(ChartTable(names), number).replace("<c:strRef", f"<c:strRef {space}", 1))
    )
    categories.text = hole(own_filter(CHART_CATEGORIES, 0))
    values.text = hole(own_filter(CHART_NUMBERS, number, found))


def _child(series: etree._Element, name: str) -> etree._Element:
    """c:tx, c:cat or c:val, made where the schema wants it."""
    found = series.find(f"{C}{name}")
    if found is None:
        found = etree.Element(f"{C}{name}")
        if name == "tx":
            _need(series, f"{C}order").addnext(found)
        else:
            _need(series, f"{C}val").addprevious(found)
    return found


def _keep_gaps(root: etree._Element) -> None:
    """What is not there is drawn as a gap, never as 0."""
    chart = _need(root, f"{C}chart")
    blanks = chart.find(f"{C}dispBlanksAs")
    if blanks is None:
        blanks = etree.Element(f"{C}dispBlanksAs")
        before = (chart.find(f"{C}{name}") for name in ("plotVisOnly", "legend", "plotArea"))
        next(element for element in before if element is not None).addnext(blanks)
    blanks.set("val", "gap")


def _link_workbook(root: etree._Element) -> None:
    data = root.find(f"{C}externalData")
    if data is None:
        data = etree.Element(f"{C}externalData")
        place = next((n for n, child in enumerate(root) if child.tag in _AFTER_WORKBOOK), len(root))
        root.insert(place, data)
    data.set(f"{R}id", "rIdData")
    for child in list(data):
        data.remove(child)
    etree.SubElement(data, f"{C}autoUpdate").set("val", "0")


def _need(parent: etree._Element, path: str) -> etree._Element:
    """An element that is known to be there."""
    found = parent.find(path)
    assert found is not None
    return found


def _numbered(name: str) -> str:
    """`style{}.xml` for `style1.xml`."""
    return _DIGITS.sub("{}", name.replace("{", "").replace("}", ""), count=1)
