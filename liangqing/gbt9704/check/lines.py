"""The red rules of a paper, however they were made: shapes, borders of paragraphs, borders of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import RedLine, is_red
from liangqing.gbt9704.word.model import Document, Edge, Paragraph, Stroke, Table
from liangqing.gbt9704.word.units import mm

# What Word calls borders of two lines. Applications do not agree which of thin and thick they draw on top.
_HALF = 110.0  # mm: a stroke that is one of two beside each other is shorter
_DOUBLE = ("double", "thinThick", "thickThin", "triple")


def red_lines(document: Document) -> tuple[RedLine, ...]:
    """All red horizontal lines, from the top of the sheet where that is known."""
    return (*_shapes(document), *_borders(document), *_tables(document), *_written(document))


def _shapes(document: Document) -> Iterator[RedLine]:
    """The red shapes; those that go on side by side are one line (line, ★, line)."""
    drawn = [stroke for stroke in document.strokes if is_red(stroke.colour)]
    for along in _side_by_side(drawn):
        first = along[0]
        left, length = _reach(along)
        yield RedLine(
            first.place, first.spot.top, length, first.weight, first.compound, drawn=True, left=left
        )


def _side_by_side(strokes: Iterable[Stroke]) -> list[list[Stroke]]:
    """Strokes by lines: those at one height of which none is over another."""
    found: list[list[Stroke]] = []
    for stroke in strokes:
        line = next((line for line in found if all(_goes_on(other, stroke) for other in line)), None)
        if line is None:
            found.append([stroke])
        else:
            line.append(stroke)
    return found


def _goes_on(one: Stroke, other: Stroke) -> bool:
    if (one.part, one.place) != (other.part, other.place) or one.weight != other.weight:
        return False
    if max(one.spot.width or _HALF, other.spot.width or _HALF) >= _HALF:
        return False
    if one.spot.top is not None and other.spot.top is not None and abs(one.spot.top - other.spot.top) > 1:
        return False
    if one.spot.left is None or other.spot.left is None:
        return True
    first, second = sorted((one.spot, other.spot), key=lambda spot: spot.left or 0.0)
    return (first.left or 0.0) + (first.width or 0.0) <= (second.left or 0.0) + 1


def _reach(along: Sequence[Stroke]) -> tuple[float | None, float | None]:
    """Where a line of strokes begins, and how long it is; None where that is not known."""
    spots = [stroke.spot for stroke in along]
    if len(spots) == 1:
        return spots[0].left, spots[0].width
    if any(spot.left is None for spot in spots):
        return None, None
    left = min(spot.left or 0.0 for spot in spots)
    return left, max((spot.left or 0.0) + (spot.width or 0.0) for spot in spots) - left


def _written(document: Document) -> Iterator[RedLine]:
    """Lines written as text: ————★————."""
    for paragraph in document.paragraphs:
        starred = like.STAR_LINE.match(paragraph.words)
        if starred and any(is_red(piece.colour) for piece in paragraph.pieces):
            yield RedLine(paragraph.place, None, None, 1.0)


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
