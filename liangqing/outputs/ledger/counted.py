"""The sheet 统计: the counted figures as the summary prints them, and where they fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.cells import BODY, HEAD, NOTE, TITLE, CellLook, look, put, set_width
from liangqing.outputs.ledger.package import A4, set_up_page
from liangqing.variables.breakdowns import KIND_ROW, UNIT_ROW, counted_twice, kinds, units
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import Owner, VariableTable, build
from liangqing.variables.units import UnitOf
from liangqing.year.state.standing import Standing

WIDTHS = (22, 14, 14, 14, 14, 14)  # in digits
COUNTS = ("自查份数", "检查次数", "问题数", "整改函份数", "已销号数")
# By unit and, under its name among the figures of the year, in all.
RATES = {
    "应整改数": "应整改数",
    "应整改已销号数": "已销号数",
    "整改率": "整改率",
    "按期率": "按期率",
    "逾期数": "逾期数",
}
_HELP = "口径"  # the column that reaches to the edge of the sheet


class _Looks(NamedTuple):
    head: CellLook
    left: CellLook
    centred: CellLook


def write_figures(book: Workbook, target: Worksheet, at: Standing) -> None:
    """Figures with their 口径, then by kind of inspection and by unit, the rates with their total."""
    looks = _Looks(look(book, HEAD), look(book, BODY), look(book, {**BODY, "align": "center"}))
    put(target, 0, 0, f"{at.year.year}年度统计（截至{long_date(at.day)}）", look(book, TITLE))
    put(target, 1, 0, "数字都由记录数出，与年度监督工作总结相同。", look(book, NOTE))
    figures = _values(FIGURES, at)
    told = [(name, figures[name], variable.help) for name, variable in FIGURES.rows.items()]
    row = _block(target, 2, ("指标", "数字", _HELP), told, looks)
    by_kind = [tuple(_values(KIND_ROW, kind).values()) for kind in kinds(at)]
    row = _block(target, row + 1, tuple(KIND_ROW.rows), by_kind, looks)
    row = _block(
        target, row + 1, ("单位", *COUNTS), [_of_unit(office, COUNTS) for office in units(at)], looks
    )
    by_unit = [_of_unit(office, RATES) for office in units(at)]
    total = ("合计", *(figures[RATES[name]] for name in RATES))
    row = _block(target, row + 1, ("单位", *RATES), [*by_unit, total], looks)
    words = counted_twice(at)
    if words:
        put(target, row, 0, words, look(book, NOTE))
    for place, width in enumerate(WIDTHS):
        set_width(target, place, width)
    target.freeze_panes(3, 0)
    set_up_page(target, None, landscape=False, paper=A4, wide=1, high=1)


def _of_unit(office: UnitOf, names: Iterable[str]) -> tuple[object, ...]:
    """A row by unit: its 简称 and the variables of these names."""
    return (office.unit.short_name, *build(UNIT_ROW.rows, office, {name: {} for name in names}).values())


def _values(table: VariableTable[Owner], owner: Owner) -> dict[str, object]:
    return build(table.rows, owner, {name: {} for name in table.rows})


def _block(
    target: Worksheet, first: int, heads: Sequence[str], rows: Sequence[Sequence[Any]], looks: _Looks
) -> int:
    """A small table from row `first` on; the number of the row below it."""
    for row, values in enumerate((heads, *rows), start=first):
        for place, value in enumerate(values):
            shown = looks.left if place == 0 or len(str(value)) > 12 else looks.centred
            shown = looks.head if row == first else shown
            if heads[place] == _HELP:
                target.merge_range(row, place, row, len(WIDTHS) - 1, "", shown.plain)
            put(target, row, place, value, shown)
    return first + 1 + len(rows)
