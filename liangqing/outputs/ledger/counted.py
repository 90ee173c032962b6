"""The sheet 统计: the counted figures as the summary prints them, and where they fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.cells import BODY, HEAD, NOTE, TITLE, CellLook, look, put, set_width
from liangqing.outputs.ledger.package import A4, set_up_page
from liangqing.variables import summary
from liangqing.variables.table import Table, build
from liangqing.year.state.standing import Standing

WIDTHS = (22, 14, 14, 14, 14, 14)  # in digits
_HELP = "口径"  # the column that reaches to the edge of the sheet


class _Looks(NamedTuple):
    head: CellLook
    left: CellLook
    centred: CellLook


def write_figures(book: Workbook, target: Worksheet, at: Standing) -> None:
    """Figures with their 口径, then by kind of inspection and by unit."""
    looks = _Looks(look(book, HEAD), look(book, BODY), look(book, {**BODY, "align": "center"}))
    put(target, 0, 0, f"{at.year.year}年度统计（截至{long_date(at.day)}）", look(book, TITLE))
    put(target, 1, 0, "数字都由记录数出，与年度监督工作总结相同。", look(book, NOTE))
    figures = _values(summary.FIGURES, at)
    told = [(name, figures[name], variable.help) for name, variable in summary.FIGURES.items()]
    row = _block(target, 2, ("指标", "数字", _HELP), told, looks)
    kinds = [tuple(_values(summary.KIND_ROW, kind).values()) for kind in summary.kinds(at)]
    row = _block(target, row + 1, tuple(summary.KIND_ROW), kinds, looks)
    names = [name for name in summary.UNIT_ROW if name != "单位"]
    units = [(unit.what.short_name, *_some(names, unit)) for unit in summary.units(at)]  # type: ignore[attr-defined]
    _block(target, row + 1, ("单位", *names), units, looks)
    for place, width in enumerate(WIDTHS):
        set_width(target, place, width)
    target.freeze_panes(3, 0)
    set_up_page(target, None, landscape=False, paper=A4, wide=1, high=1)


def _values(table: Table, subject: object) -> dict[str, object]:
    return build(table, subject, {name: {} for name in table})


def _some(names: Iterable[str], subject: object) -> list[object]:
    return list(build(summary.UNIT_ROW, subject, {name: {} for name in names}).values())


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
