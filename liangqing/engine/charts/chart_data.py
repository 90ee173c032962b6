"""The numbers of one chart while a document is rendered, and the XML of their cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from liangqing.base.xml_text import escape
from liangqing.engine.parts.environment import digits

SHEET = "Sheet1"


@dataclass
class ChartTable:
    """`names` of the series; a row is a category and one number per series, None where there is no data."""

    names: tuple[str, ...]
    rows: list[tuple[str, list[float | None]]] = field(default_factory=list)


def cell(column: int, row: int) -> str:
    """`B2` for column 1, row 2."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def name_xml(table: ChartTable, series: int) -> str:
    """Content of c:tx: the name of a series."""
    return f"<c:strRef><c:f>{_absolute(series + 1, 1)}</c:f><c:strCache>{_texts([table.names[series]])}</c:strCache></c:strRef>"


def categories_xml(table: ChartTable) -> str:
    """Content of c:cat."""
    texts = _texts([category for category, _ in table.rows])
    return f"<c:strRef><c:f>{_column(table, 0)}</c:f><c:strCache>{texts}</c:strCache></c:strRef>"


def numbers_xml(table: ChartTable, series: int, number_format: str) -> str:
    """Content of c:val; a number that is not there has no point, so that the chart shows a gap."""
    points = "".join(
        _point(n, digits(value))
        for n, (_, row) in enumerate(table.rows)
        if (value := row[series]) is not None
    )
    cache = (
        f'<c:formatCode>{escape(number_format)}</c:formatCode><c:ptCount val="{len(table.rows)}"/>{points}'
    )
    return f"<c:numRef><c:f>{_column(table, series + 1)}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _texts(texts: Sequence[str]) -> str:
    points = "".join(_point(n, escape(text)) for n, text in enumerate(texts))
    return f'<c:ptCount val="{len(texts)}"/>{points}'


def _point(number: int, text: str) -> str:
    return f'<c:pt idx="{number}"><c:v>{text}</c:v></c:pt>'


def _column(table: ChartTable, column: int) -> str:
    first, last = _absolute(column, 2), _absolute(column, max(len(table.rows), 1) + 1)
    return first if first == last else f"{first}:{last.partition('!')[2]}"


def _absolute(column: int, row: int) -> str:
    letters = cell(column, row).rstrip("0123456789")
    return f"{SHEET}!${letters}${row}"
