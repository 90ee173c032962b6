"""The red rules of a paper, however they were made: shapes, borders of paragraphs, borders of tables."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.gbt9704.check.paper import RedLine, is_red
from liangqing.gbt9704.word.model import Document, Edge, Paragraph, Table
from liangqing.gbt9704.word.units import mm

# What Word calls borders of two lines. Applications do not agree which of thin and thick they draw on top.
_DOUBLE = ("double", "thinThick", "thickThin", "triple")


def red_lines(document: Document) -> tuple[RedLine, ...]:
    """All red horizontal lines, from the top of the sheet where that is known."""
    return (*_shapes(document), *_borders(document), *_tables(document))


def _shapes(document: Document) -> Iterator[RedLine]:
    for stroke in document.strokes:
        if is_red(stroke.colour):
            yield RedLine(stroke.place, stroke.spot.top, stroke.spot.width, stroke.weight, stroke.compound)


def _borders(document: Document) -> Iterator[RedLine]:
    first = document.sections[0]
    furniture = [
        line
        for kind in ("first", "default")
        for line in document.furniture.get(first.headers.get(kind, ""), ())
    ]
    furniture += [
        line
        for kind in ("first", "default")
        for line in document.furniture.get(first.footers.get(kind, ""), ())
    ]
    for paragraph in (*furniture, *document.paragraphs):
        top = paragraph.spot.top if paragraph.spot is not None else None
        height = mm(paragraph.pitch(0.0)) if paragraph.rule == "exact" else None
        for side in ("top", "bottom"):
            edge = paragraph.edges.get(side)
            if edge is None or not is_red(edge.colour):
                continue
            at = top if side == "top" or top is None or height is None else top + height
            under = paragraph if side == "bottom" and paragraph.words else None
            yield RedLine(
                paragraph.place, at, _width(document, paragraph), edge.weight, _compound(edge), under
            )


def _compound(edge: Edge) -> str:
    return edge.kind if edge.kind.startswith(_DOUBLE) else "sng"


def _width(document: Document, paragraph: Paragraph) -> float | None:
    if paragraph.spot is not None and paragraph.spot.width:
        return paragraph.spot.width - mm(paragraph.left + paragraph.right)
    section = document.section_of(paragraph)
    return mm(section.text_width - paragraph.left - paragraph.right)


def _tables(document: Document) -> Iterator[RedLine]:
    for table in document.tables:
        for index, edge in enumerate(table.rules):
            if edge is not None and is_red(edge.colour):
                yield RedLine(table.place, None, None, edge.weight, _compound(edge), _above(table, index))


def _above(table: Table, index: int) -> Paragraph | None:
    """The last line of text over a rule of a table."""
    rows = table.rows[:index]
    lines = [line for row in rows for cell in row for line in cell.paragraphs if line.words]
    return lines[-1] if lines else None
