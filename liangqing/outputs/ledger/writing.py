"""The workbook of a year: one sheet a list, the counted figures, and hidden what a change is told by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.data.model.types import ModelRecord
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, Value, version
from liangqing.outputs.ledger.counted import write_figures
from liangqing.outputs.ledger.lists import BAD, COLOURS, GOOD, SHEETS, WATCH
from liangqing.outputs.ledger.package import A3, A4, FACE, HEAD_COLOUR, sealed, set_up_page
from liangqing.year.state.standing import Standing

FORMAT = "两清两跟台账 1"  # the first cell of ORIGINALS: what this is, and which version of it
ORIGINALS, CHOICES = "原值", "选项"  # hidden sheets
IDENTITY, VERSION = "标识", "版本"  # hidden columns at the end of each list
HEAD_ROW = 3
LONGEST = 32767  # characters that a cell holds (ECMA-376-1 18.3.1.4)
LINE, HIGHEST = 13.5, 409.0  # points: a line of 10 pt, and the highest row there may be
A3_FROM = 200  # a list wider than this (in widths of a digit) is printed on A3
RISKY = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for the beginning of a formula

_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD, _HEAD_ACCEPTED = (PatternFill("solid", fgColor=colour) for colour in (HEAD_COLOUR, "BDD7EE"))
_ENTRY = PatternFill("solid", fgColor="F2F8FC")
_FILLS = {BAD: "F8CBAD", WATCH: "FFE699", GOOD: "C6E0B4"}


def write(at: Standing) -> bytes:
    """The ledger of a year as it stands on a day; the same standing gives the same bytes.

    Raises Problems for a text that no cell can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    originals = _hidden(book, ORIGINALS)
    _put(originals, 1, [FORMAT, str(at.year.year), at.day.isoformat()])
    choices = _hidden(book, CHOICES)
    for index, sheet in enumerate(SHEETS):
        _write_list(book.create_sheet(sheet.name, index), sheet, at, originals, choices)
    write_figures(book.create_sheet("统计", len(SHEETS)), at)
    for worksheet in book.worksheets:
        worksheet.sheet_view.tabSelected = False
    book.active = 0
    return sealed(book, at.day)


def _hidden(book: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    return sheet


def _write_list(
    target: Worksheet, sheet: Sheet, at: Standing, originals: Worksheet, choices: Worksheet
) -> None:
    heads = [column.head for column in sheet.columns]
    _title(target, sheet, at)
    for place, column in enumerate(sheet.columns, start=1):
        _head(target, place, column)
    for place, name in enumerate((IDENTITY, VERSION), start=len(heads) + 1):
        _cell(target, HEAD_ROW, place, name)
        target.column_dimensions[get_column_letter(place)].hidden = True
    number = HEAD_ROW
    for number, record in enumerate(sheet.rows(at), start=HEAD_ROW + 1):
        _write_row(target, number, sheet, LedgerRow(at, record), originals)
    _look(target, sheet, at, number)
    _offer(target, sheet, number, choices)


def _write_row(target: Worksheet, number: int, sheet: Sheet, row: LedgerRow, originals: Worksheet) -> None:
    values = [column.value(row) for column in sheet.columns]
    for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True), start=1):
        cell = _cell(target, number, place, _fitting(sheet, row, column, value))
        cell.font = Font(name=FACE, size=10)
        cell.border = _BORDER
        centred = column.kind in (DAY, NUMBER) or column.width <= 12
        cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
        if column.path:
            cell.fill = _ENTRY
            cell.number_format = "yyyy-mm-dd" if column.kind == DAY else "@"
        elif column.kind == DAY:
            cell.number_format = "yyyy-mm-dd"
    target.row_dimensions[number].height = _height(sheet.columns, values)
    code = as_text(values[[column.head for column in sheet.columns].index(sheet.code)])
    mark = version(row.record) if isinstance(row.record, ModelRecord) else ""
    for place, text in enumerate((f"{sheet.name}/{code}", mark), start=len(values) + 1):
        _cell(target, number, place, text)
    _put(originals, originals.max_row + 1, [sheet.name, code, mark, *map(as_text, values)])


def _height(columns: Sequence[Column], values: Sequence[Value]) -> float:
    """Points for a row whose texts are wrapped: not every program makes rows grow by itself."""
    counted = [
        sum(1 + max(digits(line) - 1, 0) // column.width for line in as_text(value).split("\n"))
        for column, value in zip(columns, values, strict=True)
    ]
    return min(LINE * max(counted) + 6, HIGHEST)


def digits(text: str) -> int:
    """How wide a text is, in digits."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def _fitting(sheet: Sheet, row: LedgerRow, column: Column, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    place = row.record.place(*column.path) if isinstance(row.record, ModelRecord) else Place(sheet.name)
    name = f"台账「{sheet.name}」的「{column.head}」"
    if len(value) > LONGEST:
        message = f"{name}有 {len(value)} 字，Excel 一格最多 {LONGEST} 字"
        raise refuse(Code.TEXT_TOO_LONG_FOR_CELL, place, message, "把这条记录的文字分开写，或写短")
    if ILLEGAL_CHARACTERS_RE.search(value):
        raise refuse(Code.CONTROL_CHARACTER, place, f"{name}里有 Excel 不能存的控制字符", "删掉这个字符")
    return value


def as_text(value: Value) -> str:
    """A value as it is compared: dates as in YAML, nothing as an empty text."""
    return "" if value is None else str(value)


def _put(target: Worksheet, number: int, values: Iterable[str]) -> None:
    for place, value in enumerate(values, start=1):
        if value:
            _cell(target, number, place, value)


def _cell(target: Worksheet, number: int, place: int, value: Value) -> Any:
    """A cell whose text stays text, whatever it begins with."""
    cell: Any = target.cell(number, place)
    if value is None or value == "":
        return cell
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(RISKY):
            cell.quotePrefix = True
    return cell


def title_of(sheet: Sheet, at: Standing) -> str:
    return f"{at.year.year}年度{sheet.name}台账（截至{long_date(at.day)}）"


def _title(target: Worksheet, sheet: Sheet, at: Standing) -> None:
    _cell(target, 1, 1, title_of(sheet, at)).font = Font(name=FACE, size=16, bold=True)
    told = "由记录生成，这张表里的改动不收回。"
    if sheet.accepted:
        told = "蓝色表头的各列可以在这里改，改好后用 generate.py collect 收回；其余各列由记录生成，改了不收。"
    _cell(target, 2, 1, told).font = Font(name=FACE, size=10, color="595959")


def _head(target: Worksheet, place: int, column: Column) -> None:
    cell = _cell(target, HEAD_ROW, place, column.head)
    cell.font = Font(name=FACE, size=10, bold=True)
    cell.fill = _HEAD_ACCEPTED if column.path else _HEAD
    cell.border = _BORDER
    cell.alignment = Alignment("center", "center", wrap_text=True)
    target.column_dimensions[get_column_letter(place)].width = column.width + 1


def _look(target: Worksheet, sheet: Sheet, at: Standing, last: int) -> None:
    """Frozen and filtered on the screen; on paper with its head on every page."""
    heads = [column.head for column in sheet.columns]
    kept = heads.index(sheet.code) + 2
    end = get_column_letter(len(heads))
    target.freeze_panes = f"{get_column_letter(kept + 1)}{HEAD_ROW + 1}"
    target.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(heads) + 2)}{max(last, HEAD_ROW + 1)}"
    target.row_dimensions[1].height = 28
    target.row_dimensions[HEAD_ROW].height = 32
    wide = sum(column.width + 1 for column in sheet.columns) > A3_FROM
    pages = 2 if len(heads) > 20 else 1
    paper = A3 if wide else A4
    set_up_page(target, title_of(sheet, at), "landscape", paper=paper, wide=pages, high=0)
    target.print_area = f"A{HEAD_ROW}:{end}{last}"  # without the title, which heads every page
    target.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    if len(heads) > 20:
        target.print_title_cols = f"A:{get_column_letter(kept)}"
    if sheet.colours:
        _colour(target, get_column_letter(heads.index(sheet.colours) + 1), last)


def _colour(target: Worksheet, letter: str, last: int) -> None:
    """States are words; the colour only follows them."""
    for word, colour in COLOURS.items():
        look = DifferentialStyle(font=Font(bold=colour == BAD), fill=PatternFill(bgColor=_FILLS[colour]))
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=look)
        target.conditional_formatting.add(f"{letter}{HEAD_ROW + 1}:{letter}{max(last, HEAD_ROW + 1)}", rule)


def _offer(target: Worksheet, sheet: Sheet, last: int, choices: Worksheet) -> None:
    """Drop-downs, from a hidden sheet, so that a list may be of any length."""
    for place, column in enumerate(sheet.columns, start=1):
        if not column.choices or last == HEAD_ROW:
            continue
        here = choices.max_column + 1 if choices.cell(1, 1).value else 1
        _write_choices(choices, here, column.choices)
        letter, across = get_column_letter(place), get_column_letter(here)
        source = f"'{CHOICES}'!${across}$1:${across}${len(column.choices)}"
        offered = DataValidation("list", source, allow_blank=True)
        offered.errorTitle, offered.error = column.head, "请从下拉列表里选一个"
        offered.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
        target.add_data_validation(offered)


def _write_choices(choices: Worksheet, place: int, words: Sequence[str]) -> None:
    for number, word in enumerate(words, start=1):
        _cell(choices, number, place, word)
