"""Tables: columns over repeated rows, and forms of labelled fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from liangqing.own_templates.markup import Element, W, on, paragraph, w
from liangqing.own_templates.word_styles import TABLE

Content = str | Callable[[], Iterable[Element]]


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the width, what stands in a row, its style; text, or what makes it."""

    head: Content
    share: float
    content: Content
    style: str = "表格文字"


def or_dash(name: str, shown: str | None = None) -> str:
    """The value, or — where there is none: "not given" must not look like a blank."""
    return f"{{% if {name} %}}{shown or f'{{{{ {name} }}}}'}{{% else %}}—{{% endif %}}"


def listing(width: int, columns: Sequence[Column], *loops: str, together: bool = False) -> Element:
    """A table with a head that repeats on each page and one row per turn of the loops (outer first).

    `loops` are such as `问题 in 整改函.问题`; rows never break across pages. `together`: a table of a few rows
    that stays on one page.
    """
    widths = shares(width, [each.share for each in columns])
    head = [_cell(size, Cell(each.head, "表头")) for size, each in zip(widths, columns, strict=True)]
    row = [_cell(size, Cell(each.content, each.style)) for size, each in zip(widths, columns, strict=True)]
    for lines in (each for made in row if together for each in made.iterfind(f"{{{W}}}p/{{{W}}}pPr")):
        lines.insert(1, on("keepNext"))
    return w(
        "tbl",
        *_properties(widths),
        table_row(*head, repeats=True),
        *(control_row(f"{{%tr for {each} %}}", widths) for each in loops),
        table_row(*row),
        *(control_row("{%tr endfor %}", widths) for _ in loops),
    )


@dataclass(frozen=True)
class Cell:
    """A cell of a form: its content, how it is set, how many columns it spans."""

    content: Content
    style: str = "表格文字"
    span: int = 1
    align: str = "center"


def form(width: int, sizes: Sequence[float], rows: Sequence[Sequence[Cell]], heads: int = 0) -> Element:
    """A table of single cells; the first `heads` rows repeat on each page."""
    widths = shares(width, sizes)
    made = (table_row(*_spanning(row, widths), repeats=number < heads) for number, row in enumerate(rows))
    return w("tbl", *_properties(widths), *made)


def shares(width: int, parts: Sequence[float]) -> list[int]:
    """`width` divided in proportion to `parts`, without a remainder."""
    edges = [round(width * sum(parts[:number]) / sum(parts)) for number in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _cell(width: int, cell: Cell) -> Element:
    content = cell.content
    blocks = [paragraph(cell.style, content)] if isinstance(content, str) else content()
    return w(
        "tc",
        w(
            "tcPr",
            w("tcW", w=width, type="dxa"),
            w("gridSpan", val=cell.span) if cell.span > 1 else None,
            w("vAlign", val=cell.align),
        ),
        *blocks,
    )


def table_row(*cells: Element, repeats: bool = False) -> Element:
    """A row in one piece; a head `repeats` on each page."""
    return w("tr", w("trPr", on("cantSplit"), on("tblHeader") if repeats else None), *cells)


def control_row(tag: str, widths: Sequence[int]) -> Element:
    """A row that holds only a template tag; the engine takes it away."""
    return table_row(_cell(sum(widths), Cell(tag, "模板标记", len(widths))))


def _spanning(row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Element]:
    start = 0
    for each in row:
        yield _cell(sum(widths[start : start + each.span]), each)
        start += each.span


def _properties(widths: Sequence[int]) -> tuple[Element, Element]:
    properties = w(
        "tblPr",
        w("tblStyle", val=TABLE),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )
    return properties, w("tblGrid", *(w("gridCol", w=each) for each in widths))
