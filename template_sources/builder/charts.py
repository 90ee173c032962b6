"""Native charts: drawn in a line of their own, with their numbers in a workbook of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from liangqing.engine.charts.new_chart import ChartParts, Kind, Look, chart_parts
from liangqing.gbt9704.units import SIZES
from template_sources.builder.ooxml import fixed, paragraph, x
from template_sources.builder.styles import FACES
from template_sources.builder.units import emu

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(frozen=True)
class Figure:
    """A native chart. `tag` is its alternative text, which says what it shows (使用手册/改模板.md).

    `series` and `categories` are what the template itself shows; `height` and `width` in mm; `scale`: the least and
    the greatest value. Without a scale the figures stand at the bars, from 0 upwards, in place of an axis: counts
    have no halves.
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

    def paragraph(self) -> str:
        """The paragraph that holds it, kept with what stands below."""
        drawing = fixed(
            "chart.xml",
            id=20 + self.number,
            name=f"图表{self.number}",
            tag=quoteattr(self.tag),
            relation=self.relation,
            width=emu(self.width),
            height=emu(self.height),
        )
        layout = x("w:keepNext") + x("w:spacing", before=0, after=0, line=240, lineRule="auto")
        return paragraph("表格居中", drawing, properties=layout)

    def parts(self) -> ChartParts:
        """The chart and its workbook."""
        look = Look(
            font=FACES["宋体"],
            latin=FACES["宋体"],
            size=SIZES["5号"].half_points / 2,
            scale=self.scale,
            step=1 if self.scale else None,
            labels=self.scale is None,
        )
        made = chart_parts(self.kind, series=self.series, categories=self.categories, look=look)
        return made if self.scale else replace(made, chart=_without_axis(made.chart))


def _without_axis(chart: bytes) -> bytes:
    """The chart without axis and lines of its values, which begin at 0."""
    root = etree.fromstring(chart)
    (axis,) = root.iter(f"{{{CHART}}}valAx")
    found = {etree.QName(child).localname: child for child in axis}
    found["delete"].set("val", "1")
    etree.SubElement(found["scaling"], f"{{{CHART}}}min", val="0")
    axis.remove(found["majorGridlines"])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
