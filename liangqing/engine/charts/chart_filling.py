"""Filters with which a program fills a chart: rows are gathered, then the chart part and its workbook made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined

from liangqing.base.codes import Code
from liangqing.base.docx_zip import OFFICE
from liangqing.engine.charts.chart_data import ChartTable, categories_xml, name_xml, numbers_xml
from liangqing.engine.charts.workbook import WORKBOOK_TYPE, workbook_data
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Fault, Filter, Xml, checked, kind_of, print_plain
from liangqing.engine.parts.relations import Relation, relations_data, relative

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_PARTS = "word/charts/chart{}.xml"
WORKBOOK_PARTS = "word/embeddings/chart{}.xlsx"
MAX_ROWS = 1000
CHART_BEGIN, CHART_ROW, CHART_NAME, CHART_CATEGORIES, CHART_NUMBERS, CHART_END = (
    f"chart-{name}!" for name in ("begin", "row", "name", "categories", "numbers", "end")
)


@dataclass(frozen=True)
class Companion:
    """A part that goes with a chart. `data` None: the workbook, made of its numbers; without a `type`, the
    part `pattern` of the template, which all copies share.
    """

    id: str
    kind: str
    type: str
    pattern: str
    data: bytes | None


@dataclass(frozen=True)
class Chart:
    """What is copied for each occurrence of a chart, beside its own XML."""

    companions: tuple[Companion, ...]


@pass_context
def _begin(context: Context, names: tuple[str, ...]) -> Xml:
    _filling(context).table = ChartTable(names)
    return Xml("")


@pass_context
def _row(context: Context, values: list[object]) -> Xml:
    table = _table(context)
    category = _category(values[0])
    numbers = [_number(value, name) for value, name in zip(values[1:], table.names, strict=True)]
    table.rows.append((category, numbers))
    if len(table.rows) > MAX_ROWS:
        raise Fault(Code.BAD_CHART_DATA, f"有 {MAX_ROWS} 个以上的类别，图表画不下", "减少图表的类别")
    return Xml("")


@pass_context
def _name(context: Context, series: int) -> Xml:
    return Xml(name_xml(_table(context), series))


@pass_context
def _categories(context: Context, _: int) -> Xml:
    return Xml(categories_xml(_table(context)))


@pass_context
def _numbers(context: Context, series: int, number_format: str) -> Xml:
    return Xml(numbers_xml(_table(context), series, number_format))


@pass_context
def _end(context: Context, xml: str, number: int) -> Xml:
    """Adds the chart and its companions; the id of its relationship."""
    filling = _filling(context)
    chart = cast(Chart, filling.charts[number])
    name = filling.additions.part(CHART_PARTS, xml.encode(), CHART_TYPE)
    related = [
        Relation(companion.id, companion.kind, relative(name, _companion(filling, companion)))
        for companion in chart.companions
    ]
    filling.additions.relations_of(name, relations_data(related))
    return Xml(filling.additions.relate(filling.part, f"{OFFICE}/chart", name))


def _companion(filling: PartFilling, companion: Companion) -> str:
    if not companion.type:
        return companion.pattern
    if companion.data is not None:
        return filling.additions.part(companion.pattern, companion.data, companion.type)
    data = workbook_data(cast(ChartTable, filling.table))
    return filling.additions.part(WORKBOOK_PARTS, data, WORKBOOK_TYPE, compressed=True)


def _category(value: object) -> str:
    try:
        return checked(print_plain(value))
    except Fault as fault:
        raise Fault(fault.code, f"的类别{fault.message}", fault.advice) from None


def _number(value: object, series: str) -> float | None:
    if isinstance(value, Undefined):
        str(value)  # raises
    if value is None:
        return None
    if type(value) is int:
        return value
    if type(value) is float and value - value == 0:  # neither infinite nor NaN
        return value
    message = f"的「{series}」是{kind_of(value)}，不是数字"
    raise Fault(Code.BAD_CHART_DATA, message, "图表的数据只能是数字；没有数据时留空")


def _filling(context: Context) -> PartFilling:
    return cast(PartFilling, context[FILLING])


def _table(context: Context) -> ChartTable:
    return cast(ChartTable, _filling(context).table)


CHART_FILTERS: dict[str, Filter] = {
    CHART_BEGIN: _begin, CHART_ROW: _row, CHART_NAME: _name, CHART_CATEGORIES: _categories,
    CHART_NUMBERS: _numbers, CHART_END: _end,
}  # fmt: skip
