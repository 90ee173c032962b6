"""The sheet 统计: the counted figures as the summary prints them, and where they fall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.package import A4, FACE, HEAD_COLOUR, set_up_page
from liangqing.variables.breakdowns import KIND_ROW, UNIT_ROW, kinds, units
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import Owner, VariableTable, build
from liangqing.year.state.standing import Standing

WIDTHS = (22, 14, 14, 14, 14, 14)
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor=HEAD_COLOUR)


def write_figures(target: Worksheet, at: Standing) -> None:
    """Figures with their 口径, then by kind of inspection and by unit."""
    title = f"{at.year.year}年度统计（截至{long_date(at.day)}）"
    target.cell(1, 1, title).font = Font(name=FACE, size=16, bold=True)
    target.cell(2, 1, "数字都由记录数出，与年度监督工作总结相同。").font = Font(
        name=FACE, size=10, color="595959"
    )
    figures = _values(FIGURES, at)
    rows: list[Sequence[Any]] = [
        (name, figures[name], variable.help) for name, variable in FIGURES.rows.items()
    ]
    end = _block(target, 3, ("指标", "数字", "口径"), rows)
    for number in range(3, end + 1):
        target.merge_cells(start_row=number, end_row=number, start_column=3, end_column=len(WIDTHS))
    by_kind = [tuple(_values(KIND_ROW, row).values()) for row in kinds(at)]
    end = _block(target, end + 2, tuple(KIND_ROW.rows), by_kind)
    names = [name for name in UNIT_ROW.rows if name != "单位"]
    by_unit = [
        (office.unit.short_name, *build(UNIT_ROW.rows, office, {name: {} for name in names}).values())
        for office in units(at)
    ]
    _block(target, end + 2, ("单位", *names), by_unit)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        target.column_dimensions[letter].width = width
    target.freeze_panes = "A4"
    set_up_page(target, None, "portrait", paper=A4, wide=1, high=1)


def _values(table: VariableTable[Owner], owner: Owner) -> dict[str, object]:
    return build(table.rows, owner, {name: {} for name in table.rows})


def _block(target: Worksheet, first: int, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """A small table at row `first`; the number of its last row."""
    for place, head in enumerate(heads, start=1):
        cell = target.cell(first, place, head)
        cell.font, cell.fill, cell.border = Font(name=FACE, size=10, bold=True), _HEAD, _BORDER
        cell.alignment = Alignment("center", "center")
    number = first
    for number, row in enumerate(rows, start=first + 1):
        for place, value in enumerate(row, start=1):
            cell = target.cell(number, place, value)
            cell.font, cell.border = Font(name=FACE, size=10), _BORDER
            cell.alignment = Alignment("left" if place == 1 or len(str(value)) > 12 else "center", "center")
    return number
