"""Several tables made into one: LibreOffice keeps rows of one table on a page, but not the end of one with what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from template_sources.builder.ooxml import x

_TABLE = re.compile(
    r"<w:tbl>(?P<look><w:tblPr>.*?</w:tblPr>)<w:tblGrid>(?P<grid>.*?)</w:tblGrid>(?P<rows>.*)</w:tbl>"
)
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p>.*?</w:p>")
_TAG = '<w:pStyle w:val="模板标记">'
_CELL = re.compile(
    r"<w:tc><w:tcPr><w:tcW w:w=\"\d+\" w:type=\"dxa\"></w:tcW>(?:<w:gridSpan w:val=\"(\d+)\"></w:gridSpan>)?"
)


def one_table(blocks: str) -> str:
    """One table of tables one below another.

    Paragraphs between two of them, or below the last, become a row without edges at its sides; a template tag between
    two of them a row that the engine takes away. All are as wide; where their columns differ, cells span several of
    the whole. Raises ValueError where no table is among them, or something other than tables and paragraphs.
    """
    parts = _BLOCK.findall(blocks)
    tables = [found for part in parts if (found := _TABLE.fullmatch(part))]
    if not tables or "".join(parts) != blocks:
        raise ValueError
    edges = sorted({edge for table in tables for edge in _edges(table)})
    *upper, below = "".join(parts).rpartition("</w:tbl>")
    rows = (row for part in _BLOCK.findall("".join(upper)) for row in _rows(part, edges))
    grid = x("w:tblGrid", *(x("w:gridCol", w=right - left) for left, right in pairwise(edges)))
    end = _wide(below, edges, "left", "bottom", "right") if below else ""
    return x("w:tbl", tables[0]["look"], grid, *rows, end)


def _edges(table: re.Match[str]) -> list[int]:
    """Where the columns of a table begin and end, in twips."""
    return [0, *accumulate(int(width) for width in re.findall(r'w:w="(\d+)"', table["grid"]))]


def _rows(part: str, edges: Sequence[int]) -> Iterator[str]:
    """The rows of a table, or the one of a paragraph."""
    if table := _TABLE.fullmatch(part):
        own = _edges(table)
        for row in table["rows"].split("</w:tr>")[:-1]:
            yield _placed(row, own, edges) + "</w:tr>"
    elif _TAG in part:
        yield _wide(re.sub(r"\{% ?(?=\w)", "{%tr ", part), edges)
    else:
        yield _wide(part, edges, "left", "right")


def _wide(blocks: str, edges: Sequence[int], *open_sides: str) -> str:
    """A row of one cell as wide as the table, without some of its edges."""
    spanned = x("w:gridSpan", val=len(edges) - 1)
    borders = x("w:tcBorders", *(x(f"w:{side}", val="nil") for side in open_sides)) if open_sides else ""
    wide = x("w:tcPr", x("w:tcW", w=edges[-1], type="dxa"), spanned, borders)
    return x("w:tr", x("w:trPr", x("w:cantSplit")), x("w:tc", wide, blocks))


def _placed(row: str, own: Sequence[int], edges: Sequence[int]) -> str:
    """A row whose cells span as many columns of the whole as they are wide."""
    taken = 0

    def spanning(cell: re.Match[str]) -> str:
        nonlocal taken
        left, taken = taken, taken + int(cell[1] or 1)
        width, columns = own[taken] - own[left], edges.index(own[taken]) - edges.index(own[left])
        return f"<w:tc><w:tcPr>{x('w:tcW', w=width, type='dxa')}" + (
            x("w:gridSpan", val=columns) if columns > 1 else ""
        )

    return _CELL.sub(spanning, row)
