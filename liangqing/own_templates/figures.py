"""Native charts: drawn in a line of their own, with their numbers in a workbook of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from liangqing.engine.charts.new_chart import ChartParts, Kind, Look, chart_parts
from liangqing.own_templates.drawing import e
from liangqing.own_templates.markup import Element, R, on, paragraph, w
from liangqing.own_templates.measures import FACES, SIZE_5, emu

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NO_WHITE = {f"dist{side}": "0" for side in "TBLR"}


@dataclass(frozen=True)
class Figure:
    """A chart of a paper. `tag` is its alternative text, which says what it shows (engine/charts.py).

    `series` and `categories` are what the template itself shows; `scale` is the least and the greatest value.
    Without a scale the figures stand at the bars, from 0 upwards, in place of an axis: counts have no halves.
    """

    number: int
    kind: Kind
    tag: str
    series: Sequence[str]
    categories: Sequence[str]
    height: float
    width: float = 150.0
    scale: tuple[float, float] | None = None

    @property
    def relation(self) -> str:
        """The id of its relationship in the paper."""
        return f"rIdChart{self.number}"

    def paragraph(self) -> Element:
        """The paragraph that holds it, kept with what stands below."""
        return paragraph(
            "表格居中",
            self._drawing(),
            properties=[on("keepNext"), w("spacing", before=0, after=0, line=240, lineRule="auto")],
        )

    def parts(self) -> ChartParts:
        """The chart and its workbook."""
        look = Look(
            font=FACES.song,
            latin=FACES.song,
            size=SIZE_5 / 2,
            scale=self.scale,
            step=1 if self.scale else None,
            labels=self.scale is None,
        )
        made = chart_parts(self.kind, series=self.series, categories=self.categories, look=look)
        return made if self.scale else replace(made, chart=_without_axis(made.chart))

    def _drawing(self) -> Element:
        reference = etree.Element(f"{{{CHART}}}chart", {f"{{{R}}}id": self.relation}, nsmap={"c": CHART})
        inline = e(
            "wp:inline",
            e("wp:extent", cx=str(emu(self.width)), cy=str(emu(self.height))),
            e("wp:effectExtent", l="0", t="0", r="0", b="0"),
            e("wp:docPr", id=str(20 + self.number), name=f"图表{self.number}", descr=self.tag),
            e("wp:cNvGraphicFramePr"),
            e("a:graphic", e("a:graphicData", reference, uri=CHART)),
            **NO_WHITE,
        )
        return w("r", w("drawing", inline))


def _without_axis(chart: bytes) -> bytes:
    """The chart without axis and lines of its values, which begin at 0."""
    root = etree.fromstring(chart)
    (axis,) = root.iter(f"{{{CHART}}}valAx")
    found = {etree.QName(each).localname: each for each in axis}
    found["delete"].set("val", "1")
    etree.SubElement(found["scaling"], f"{{{CHART}}}min", val="0")
    axis.remove(found["majorGridlines"])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
