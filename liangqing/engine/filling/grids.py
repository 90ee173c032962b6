"""Tables whose columns come from the data: the grid is made to fit once the rows are there.

A table is looked at when it repeats cells (`{%tc for %}`, `{% hm %}`) or sets a `colspan`; no other table is
parsed. With repeated cells the grid gets as many columns as the widest row and keeps its width; otherwise
each row must fill the grid exactly. (`w:tblGrid` lists the columns of a table once more, with widths in twips; a cell
that spans several says so in `w:gridSpan`. Where they disagree, Word and LibreOffice draw different tables.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import rows_or_cells
from liangqing.engine.filling.rich import plain_xml
from liangqing.engine.language.join_runs import MARK
from liangqing.engine.language.placing import write_before
from liangqing.engine.language.tags import GRID, GRID_END, GRID_HEAD, OPEN

MOST_COLUMNS = 63  # of a table in Word
_SPAN = f"{W}tcPr/{W}gridSpan"
_WIDTH = f"{W}tcPr/{W}tcW"


@dataclass(frozen=True)
class Grid:
    """A table to be looked at. `spaces` declares the namespaces of its part."""

    place: Place
    grows: bool
    spaces: str


def mark_grids(root: etree._Element, places: Mapping[etree._Element, Place]) -> tuple[Grid, ...]:
    """Puts marks around such tables; to be called when cells stand in their loops."""
    grids: list[Grid] = []
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in root.nsmap.items() if prefix)
    for table in root.iter(f"{W}tbl"):
        rows = list(rows_or_cells(table, f"{W}tr"))
        grows = any(child.tag == MARK for row in rows for child in row)
        if grows or (
            any(OPEN in (_span(cell) or "") for row in rows for cell in _cells(row)) and _sound(table)
        ):
            first = next(
                (places[paragraph] for paragraph in table.iter(f"{W}p") if paragraph in places), Place("")
            )
            grids.append(Grid(Place(first.file, detail=_table_name(first)), grows, spaces))
            _surround(table, f"{GRID}{len(grids) - 1}{GRID_HEAD}", GRID_END)
    return tuple(grids)


def fit_grids(text: str, grids: Sequence[Grid], subject: str) -> str:
    """The text of a part with its tables fitted, inner ones first."""
    while (start := text.rfind(GRID)) >= 0:
        head = text.index(GRID_HEAD, start)
        end = text.index(GRID_END, head)
        table = text[head + 1 : end]
        fitted = _fitted(table, grids[int(text[start + 1 : head])], subject) if table else ""
        text = text[:start] + fitted + text[end + 1 :]
    return text


def _fitted(text: str, grid: Grid, subject: str) -> str:
    table = etree.fromstring(f"<x{grid.spaces}>{text}</x>")[0]
    rows = [list(_cells(row)) for row in rows_or_cells(table, f"{W}tr")]
    totals = [sum(int(_span(cell) or 1) for cell in cells) + _outside(cells) for cells in rows]
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    about = f"（{subject}）" if subject else ""
    if (widest := max(totals, default=0)) > MOST_COLUMNS:
        message = f"填好后有一行占 {widest} 列，Word 的表格最多 {MOST_COLUMNS} 列{about}"
        raise refuse(Code.TOO_MANY_COLUMNS, grid.place, message, "减少数据里的项，或把列表改成一项一行")
    if grid.grows:
        _grow(table, columns, rows[totals.index(max(totals))], max(totals))
        return plain_xml(table)
    for number, total in enumerate(totals, 1):
        if total != len(columns):
            message = f"填好后第 {number} 行占 {total} 列，表格有 {len(columns)} 列{about}"
            raise refuse(
                Code.ROW_DOES_NOT_FILL_TABLE, grid.place, message, "改正 colspan 的数，让每一行占满表格的列"
            )
    return text


def _grow(
    table: etree._Element, columns: list[etree._Element], widest: list[etree._Element], total: int
) -> None:
    """As many columns as the widest row has, as wide as its cells, together as wide as before."""
    if not columns:
        return
    whole = sum(int(column.get(f"{W}w", "0")) for column in columns)
    shares = [share for cell in widest for share in _shares(cell)]
    shares = (shares + [1.0] * total)[:total]
    grid = columns[0].getparent()
    assert grid is not None
    for column in columns:
        grid.remove(column)
    widths = [round(whole * share / sum(shares)) for share in shares]
    for width in reversed(widths):
        column = etree.Element(f"{W}gridCol")
        column.set(f"{W}w", str(width))
        grid.insert(0, column)
    for row in rows_or_cells(table, f"{W}tr"):
        _set_widths(list(_cells(row)), widths)


def _shares(cell: etree._Element) -> list[float]:
    width, span = cell.find(_WIDTH), int(_span(cell) or 1)
    value = width.get(f"{W}w", "") if width is not None else ""
    return [max(int(value) if value.isdigit() else 1, 1) / span] * span


def _set_widths(cells: list[etree._Element], widths: list[int]) -> None:
    position = 0
    for cell in cells:
        span = int(_span(cell) or 1)
        width = cell.find(_WIDTH)
        if width is not None and width.get(f"{W}type") == "dxa":
            width.set(f"{W}w", str(sum(widths[position : position + span])))
        position += span


def _sound(table: etree._Element) -> bool:
    """Whether the template's own rows fill its grid; a table that is ragged already is not judged."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = [list(_cells(row)) for row in rows_or_cells(table, f"{W}tr")]
    fixed = [cells for cells in rows if not any(OPEN in (_span(cell) or "") for cell in cells)]
    totals = {sum(int(_span(cell) or 1) for cell in cells) + _outside(cells) for cells in fixed}
    return bool(columns) and totals <= {columns}


def _outside(cells: list[etree._Element]) -> int:
    """Columns that a row leaves empty before its first and after its last cell."""
    row = next(cells[0].iterancestors(f"{W}tr")) if cells else None
    found = (
        (row.find(f"{W}trPr/{W}{name}") for name in ("gridBefore", "gridAfter")) if row is not None else ()
    )
    return sum(int(blank.get(f"{W}val", "0")) for blank in found if blank is not None)


def _span(cell: etree._Element) -> str | None:
    found = cell.find(_SPAN)
    return found.get(f"{W}val") if found is not None else None


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return rows_or_cells(row, f"{W}tc")


def _table_name(first: Place) -> str:
    """`表2` of `表2 第1行 第1格`."""
    return first.detail.rpartition(" 第")[0].rpartition(" 第")[0] or first.detail


def _surround(table: etree._Element, head: str, end: str) -> None:
    write_before(table, head)
    table.tail = end + (table.tail or "")
