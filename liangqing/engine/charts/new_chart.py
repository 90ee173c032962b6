"""For makers of templates: a native chart with a tag, put into a python-docx document.

The chart has sample numbers of its own, so that the template shows in Word what it will be; a rendered
document has those of its data. Sizes in mm, fonts in pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from liangqing.base.docx_zip import OFFICE
from liangqing.base.xml_text import escape, quoteattr
from liangqing.engine.charts.chart_data import ChartTable, categories_xml, name_xml, numbers_xml
from liangqing.engine.charts.chart_filling import CHART_TYPE
from liangqing.engine.charts.workbook import WORKBOOK_TYPE, workbook_data
from liangqing.engine.parts.relations import HEAD

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

Kind = Literal["radar", "bar", "column"]
COLOURS = ("1F4E79", "C55A11", "7F7F7F", "BF9000", "548235", "7030A0")
_EMU = 36000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART = f"{_DRAWING}/chart"
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "star")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "solid")
_LINE = '<a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln>'


@dataclass(frozen=True)
class ChartParts:
    """The XML of a chart part (its workbook is relationship `rIdData`) and the workbook that it embeds."""

    chart: bytes
    workbook: bytes


@dataclass(frozen=True)
class Look:
    """How a chart looks. `scale`: least and greatest value, by steps of `step`; None: as Word chooses."""

    title: str = ""
    legend: bool = True
    font: str = "宋体"
    latin: str = "Times New Roman"
    size: float = 10.5
    scale: tuple[float, float] | None = None
    step: float | None = None
    colours: Sequence[str] = COLOURS
    labels: bool = False  # the numbers at the bars


def chart_parts(
    kind: Kind,
    *,
    series: Sequence[str],
    categories: Sequence[str] = ("甲", "乙", "丙", "丁", "戊"),
    look: Look = Look(),
) -> ChartParts:
    """A radar, bar (lying) or column (standing) chart of sample numbers."""
    high = look.scale[1] if look.scale is not None else 3
    rows = [(name, _sample(n, len(series), high)) for n, name in enumerate(categories)]
    table = ChartTable(tuple(series), rows)
    return ChartParts((HEAD + _chart(kind, table, look)).encode(), workbook_data(table))


def add_chart(
    document: Document,
    paragraph: Paragraph,
    *,
    kind: Kind,
    width_mm: float,
    height_mm: float,
    tag: str,
    series: Sequence[str],
    title: str = "",
    legend: bool = True,
    font: str = "宋体",
    size: float = 10.5,
    scale: tuple[float, float] | None = None,
    step: float | None = None,
    colours: Sequence[str] = COLOURS,
    labels: bool = False,
) -> None:
    """Appends a chart to `paragraph` of a python-docx `document`; `tag` becomes its alternative text.

    `tag`: `{% 图表 项 in 清单: 类别=项.名称; 自查=项.自查值 %}`, with a description around it if wanted;
    `series` are the names shown in the template. `title` may hold tags.
    """
    look = Look(title, legend, font, scale=scale, step=step, size=size, colours=tuple(colours), labels=labels)
    parts = chart_parts(kind, series=series, look=look)
    relation = _attach(document, parts)
    number = 1 + max((int(taken) for taken in document.element.xpath("//wp:docPr/@id")), default=0)
    drawing = _inline(relation, number, tag, round(width_mm * _EMU), round(height_mm * _EMU))
    paragraph.add_run()._r.append(drawing)


def _attach(document: Document, parts: ChartParts) -> str:
    """Adds the parts to the package of `document`; the id of the relationship."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 10000) if f"/word/charts/chart{n}.xml" not in taken)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, parts.chart, package)
    name = PackURI(f"/word/embeddings/chart{number}.xlsx")
    chart.rels.add_relationship(
        f"{OFFICE}/package", Part(name, WORKBOOK_TYPE, parts.workbook, package), "rIdData"
    )
    return document.part.relate_to(chart, f"{OFFICE}/chart")


def _inline(relation: str, number: int, description: str, width: int, height: int) -> BaseOxmlElement:
    from docx.oxml import parse_xml

    drawing: BaseOxmlElement = parse_xml(
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="图表 {number}" descr={quoteattr(description)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{OFFICE}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return drawing


def _sample(category: int, series: int, high: float) -> list[float | None]:
    """Numbers that are unlike enough to be told apart."""
    return [high * (1 + (category * 2 + number * 3) % 4) / 4 for number in range(series)]


# ---------------------------------------------------------------- the XML


def _chart(kind: Kind, table: ChartTable, look: Look) -> str:
    title = _title(look) if look.title else '<c:autoTitleDeleted val="1"/>'
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if look.legend else ""
    return (
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}/main" xmlns:r="{OFFICE}">'
        f'<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>{title}<c:plotArea><c:layout/>'
        f"{_plot(kind, table, look)}{_axes(kind, look)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_font(look, 'defRPr')}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        '<c:externalData r:id="rIdData"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _title(look: Look) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f"{_font(look, 'defRPr', larger=1.5)}</a:pPr><a:r>{_font(look, 'rPr', larger=1.5)}"
        f"<a:t>{escape(look.title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _font(look: Look, name: str, larger: float = 0) -> str:
    language = ' lang="zh-CN"' if name == "rPr" else ""
    return (
        f'<a:{name}{language} sz="{round((look.size + larger) * 100)}" b="0"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill><a:latin typeface={quoteattr(look.latin)}/>'
        f"<a:ea typeface={quoteattr(look.font)}/></a:{name}>"
    )


def _plot(kind: Kind, table: ChartTable, look: Look) -> str:
    series = "".join(_series(kind, table, number, look) for number in range(len(table.names)))
    axes = '<c:axId val="111111111"/><c:axId val="222222222"/>'
    if kind == "radar":
        style = '<c:radarStyle val="marker"/><c:varyColors val="0"/>'
        return f"<c:radarChart>{style}{series}{axes}</c:radarChart>"
    head = f'<c:barDir val="{"bar" if kind == "bar" else "col"}"/><c:grouping val="clustered"/>'
    tail = f'<c:gapWidth val="80"/><c:overlap val="0"/>{axes}'
    return f'<c:barChart>{head}<c:varyColors val="0"/>{series}{tail}</c:barChart>'


def _series(kind: Kind, table: ChartTable, number: int, look: Look) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{look.colours[number % len(look.colours)]}"/></a:solidFill>'
    if kind == "radar":
        line = f'<a:ln w="22225">{fill}<a:prstDash val="{_DASHES[number % len(_DASHES)]}"/></a:ln>'
        shape = f'<c:spPr>{line}</c:spPr><c:marker><c:symbol val="{_MARKERS[number % len(_MARKERS)]}"/>'
        shape += f'<c:size val="6"/><c:spPr>{fill}</c:spPr></c:marker>'
    else:
        shape = f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>{_labels() if look.labels else ""}'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name_xml(table, number)}</c:tx>{shape}'
        f"<c:cat>{categories_xml(table)}</c:cat><c:val>{numbers_xml(table, number, 'General')}</c:val></c:ser>"
    )


def _labels() -> str:
    rows = ("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0), ("showPercent", 0)
    return (
        "<c:dLbls>"
        + "".join(f'<c:{name} val="{on}"/>' for name, on in (*rows, ("showBubbleSize", 0)))
        + "</c:dLbls>"
    )


def _axes(kind: Kind, look: Look) -> str:
    """The axis of categories and that of values; the first bar of a lying chart is on top."""
    lying = kind == "bar"
    turned = "maxMin" if lying else "minMax"
    grid = f"<c:majorGridlines><c:spPr>{_LINE}</c:spPr></c:majorGridlines>"
    category = (
        f'<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="{turned}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>{grid if kind == "radar" else ""}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222222222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    value = (
        f'<c:valAx><c:axId val="222222222"/>{_scaling(look)}<c:delete val="0"/>'
        f'<c:axPos val="{"b" if lying else "l"}"/>{grid}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{_LINE}</c:spPr>'
        f'<c:crossAx val="111111111"/><c:crosses val="{"max" if lying else "autoZero"}"/>'
        f'<c:crossBetween val="between"/>{_step(look)}</c:valAx>'
    )
    return category + value


def _scaling(look: Look) -> str:
    if look.scale is None:
        return '<c:scaling><c:orientation val="minMax"/></c:scaling>'
    low, high = look.scale
    return f'<c:scaling><c:orientation val="minMax"/><c:max val="{high}"/><c:min val="{low}"/></c:scaling>'


def _step(look: Look) -> str:
    return f'<c:majorUnit val="{look.step}"/>' if look.step is not None else ""
