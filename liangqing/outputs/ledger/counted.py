"""The sheet 统计: the counted figures as the summary prints them, and where they fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.package import A4, FACE, HEAD_COLOUR, set_up_page
from liangqing.variables import summary
from liangqing.variables.table import Table, build
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
    figures = _values(summary.FIGURES, at)
    rows: list[Sequence[Any]] = [
        (name, figures[name], variable.help) for name, variable in summary.FIGURES.items()
    ]
    end = _block(target, 3, ("指标", "数字", "口径"), rows)
    for number in range(3, end + 1):
        target.merge_cells(start_row=number, end_row=number, start_column=3, end_column=len(WIDTHS))
    kinds = [_values(summary.KIND_ROW, kind_row) for kind_row in summary.kinds(at)]
    end = _block(
        target, end + 2, tuple(summary.KIND_ROW), [tuple(kind_values.values()) for kind_values in kinds]
    )
    names = [name for name in summary.UNIT_ROW if name != "单位"]
    units = [(unit_row.what.short_name, *_some(names, unit_row)) for unit_row in summary.units(at)]  # type: ignore[attr-defined]
    _block(target, end + 2, ("单位", *names), units)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        target.column_dimensions[letter].width = width
    target.freeze_panes = "A4"
    set_up_page(target, None, "portrait", paper=A4, wide=1, high=1)


def _values(table: Table, subject: object) -> dict[str, object]:
    return build(table, subject, {name: {} for name in table})


def _some(names: Iterable[str], subject: object) -> list[object]:
    return list(build(summary.UNIT_ROW, subject, {name: {} for name in names}).values())


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
