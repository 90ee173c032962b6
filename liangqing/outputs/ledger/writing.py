"""The workbook of a year: one sheet a list, the counted figures, and hidden what a change is told by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.data.model.types import ModelRecord
from liangqing.outputs.ledger.cells import (
    BODY,
    HEAD,
    NOTE,
    TITLE,
    CellLook,
    Properties,
    look,
    put,
    set_height,
    set_width,
)
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, version
from liangqing.outputs.ledger.counted import write_figures
from liangqing.outputs.ledger.entered import ENTRIES
from liangqing.outputs.ledger.guide import write_guide
from liangqing.outputs.ledger.lists import BAD, COLOURS, GOOD, WATCH
from liangqing.outputs.ledger.offered import Offered
from liangqing.outputs.ledger.package import A3, A4, sealed, set_up_page
from liangqing.outputs.ledger.responsible import write_persons
from liangqing.outputs.ledger.rows import as_text, rows_of, value_in
from liangqing.outputs.ledger.sheets import CHOICES, FIGURES, GUIDE, LISTS, ORIGINALS, PERSONS
from liangqing.outputs.ledger.whole_rows import RowWriter
from liangqing.year.state.standing import Standing

# The first cell of ORIGINALS: what this is, and which version of it; that of today, then those that are still read.
FORMATS = ("两清两跟台账 2", "两清两跟台账 1")
IDENTITY, VERSION = "标识", "版本"  # hidden columns at the end of each list
HELP_ROW, HEAD_ROW = 3, 4  # as a person counts; XlsxWriter counts rows and columns from 0
EMPTY = 300  # rows below the last one that have drop-downs too
PART = 16000  # signs of what is kept of a row in one cell
COLUMNS = 16384  # of a sheet
LONGEST = 32767  # UTF-16 units that a cell holds (ECMA-376-1 18.3.1.4)
LINE, HELP_LINE, HIGHEST = (
    13.5,
    12.0,
    409.0,
)  # points: a line of 10 pt, of 9 pt, and the highest row there may be
A3_FROM = 200  # a list wider than this (in widths of a digit) is printed on A3
MANY = 20  # a list of more columns is printed on two sheets side by side

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD: Properties = {**HEAD, "text_wrap": True}
_HEADS: tuple[Properties, ...] = (  # by whether a column is filled in, and has to be
    _HEAD,
    {**_HEAD, "bg_color": "#BDD7EE"},
    {**_HEAD, "bg_color": "#9DC3E6"},
)
_HELP: Properties = {**NOTE, "font_size": 9, "text_wrap": True, "valign": "bottom", "align": "left"}
_STRUCK = "录错的一行，选 是，收回时删去"
_OWN_WAY = "两格一起填，收回时添一条进展"
_ENTRY: Properties = {"bg_color": "#F2F8FC"}
_ENTRY_NAMES = {sheet.name for sheet in ENTRIES}
_FILLS = {BAD: "#F8CBAD", WATCH: "#FFE699", GOOD: "#C6E0B4"}


@dataclass
class _LedgerBook:
    """The workbook while it is written, and what its hidden sheets hold by now."""

    book: Workbook
    at: Standing
    originals: RowWriter
    bare: CellLook
    offered: Offered  # the columns of CHOICES
    kept: int = 0  # rows of ORIGINALS

    def keep(self, name: str, identity: str, mark: str, texts: Sequence[str]) -> None:
        """One more row of ORIGINALS: the texts together, in as many cells as they need."""
        told = json.dumps(texts, ensure_ascii=False)
        parts = (told[start : start + PART] for start in range(0, len(told), PART))
        self.originals.write(self.kept, (name, identity, mark, *parts))
        self.kept += 1


class _ListPage(NamedTuple):
    """A list, and where it is written."""

    ledger: _LedgerBook
    target: Worksheet
    sheet: Sheet


def write(at: Standing) -> bytes:
    """The ledger of a year as it stands on a day, as .xlsx; the same standing gives the same bytes.

    Raises Problems for a text that no cell can hold.
    """
    return sealed(at.day, lambda book: _fill(book, at))


def _fill(book: Workbook, at: Standing) -> None:
    write_guide(book, book.add_worksheet(GUIDE), at)
    lists = [(sheet, book.add_worksheet(sheet.name)) for sheet in LISTS]
    write_persons(book, book.add_worksheet(PERSONS), at)
    write_figures(book, book.add_worksheet(FIGURES), at)
    lists += [(sheet, book.add_worksheet(sheet.name)) for sheet in ENTRIES]
    lists[0][1].activate()
    bare = look(book, {})
    hidden = [book.add_worksheet(name) for name in (ORIGINALS, CHOICES)]
    originals, choices = (RowWriter(sheet, [bare] * COLUMNS, ("",)) for sheet in hidden)
    ledger = _LedgerBook(book, at, originals, bare, Offered(at))
    ledger.keep(FORMATS[0], str(at.year.year), at.day.isoformat(), ())
    for sheet, target in lists:
        _write_list(_ListPage(ledger, target, sheet))
    for row, words in enumerate(ledger.offered.rows()):
        choices.write(row, words)
    for page in hidden:
        page.very_hidden()


def _write_list(page: _ListPage) -> None:
    ledger, sheet = page.ledger, page.sheet
    looks = [look(ledger.book, _body(column)) for column in sheet.columns]
    _write_heads(page, looks)
    ledger.keep(sheet.name, "", "", sheet.heads)
    last = printed = HEAD_ROW
    # in the lists that are filled in, empty cells look as their column does
    skipped = (None,) if sheet.name in _ENTRY_NAMES else ()
    writer = RowWriter(page.target, [*looks, ledger.bare, ledger.bare], skipped)
    for row in rows_of(sheet, ledger.at):
        _write_row(page, last, row, writer)
        last += 1
        printed += not row.later
    _lay_out(page, last, printed)
    if sheet.colours:
        _colour(page, last)
    if sheet.table:
        _offer(page, last + EMPTY)


def _body(column: Column) -> Properties:
    """How the cells under a head look; those of a column that is filled in are tinted."""
    centred = column.kind in (DAY, NUMBER) or column.width <= 12
    kind = "yyyy-mm-dd" if column.kind == DAY else "@" if column.filled_in else "General"
    align = "center" if centred else "left"
    entry = _ENTRY if column.filled_in else {}
    return {**BODY, **entry, "align": align, "text_wrap": True, "num_format": kind}


def _write_row(page: _ListPage, number: int, row: LedgerRow, writer: RowWriter) -> None:
    sheet = page.sheet
    values = [value_in(column, row) for column in sheet.columns]
    texts = [as_text(value) for value in values]
    for column, value in zip(sheet.columns, values, strict=True):
        if isinstance(value, str):
            _refuse_unfit(sheet, row, column, value)
    code = row.identity or (texts[sheet.heads.index(sheet.code)] if sheet.code else "")
    mark = version(row.record) if isinstance(row.record, ModelRecord) else ""
    writer.write(number, [*values, f"{sheet.name}/{code}", mark], _height(sheet.columns, texts))
    page.ledger.keep(sheet.name, code, mark, texts)


def _height(columns: Sequence[Column], texts: Sequence[str]) -> float:
    """Points for a row whose texts are wrapped: not every program makes rows grow by itself."""
    counted = [_lines(text, column.width) for column, text in zip(columns, texts, strict=True)]
    return min(LINE * max(counted) + 6, HIGHEST)


def _lines(text: str, width: int) -> int:
    """Of a text that is wrapped in a column of so many digits."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(1 + max(digits(line) - 1, 0) // width for line in text.split("\n"))


def digits(text: str) -> int:
    """How wide a text is, in digits: two for what is not ASCII."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _refuse_unfit(sheet: Sheet, row: LedgerRow, column: Column, text: str) -> None:
    """Raise Problems at the place of a text that a cell cannot hold."""
    length = len(text) if len(text) <= LONGEST // 2 else len(text.encode("utf-16-le", "surrogatepass")) // 2
    unfit = _NO_XML.search(text)
    if length <= LONGEST and not unfit:
        return
    place = row.record.place(*column.path) if isinstance(row.record, ModelRecord) else Place(sheet.name)
    name = f"台账「{sheet.name}」的「{column.head}」"
    if length > LONGEST:
        message = f"{name}有 {length} 字，Excel 一格最多 {LONGEST} 字"
        raise refuse(Code.TEXT_TOO_LONG_FOR_CELL, place, message, "把这条记录的文字分开写，或写短")
    raise refuse(Code.CONTROL_CHARACTER, place, f"{name}里有 Excel 不能存的控制字符", "删掉这个字符")


def title_of(sheet: Sheet, at: Standing) -> str:
    return f"{at.year.year}年度{sheet.name}台账（截至{long_date(at.day)}）"


def _write_heads(page: _ListPage, looks: Sequence[CellLook]) -> None:
    ledger, target, sheet = page
    told = "由记录生成，这张表里的改动不收回。"
    if sheet.table:
        told = (
            "蓝色表头的各列可以填、可以改，深蓝的必填；新的一条填在最后一行下面，用 generate.py collect 收回。"
            "其余各列由记录生成，改了不收。"
        )
    title, note, help_, *heads = (look(ledger.book, wanted) for wanted in (TITLE, NOTE, _HELP, *_HEADS))
    helps = [_help(column) if sheet.table else "" for column in sheet.columns]
    helped = max(15, *(_help_height(column, text) for column, text in zip(sheet.columns, helps, strict=True)))
    for row, points in enumerate((28, 15, helped)):
        set_height(target, row, points, shown=note)
    put(target, 0, 0, title_of(sheet, ledger.at), title)
    put(target, 1, 0, told, note)
    for place, text in enumerate(helps):
        if text:
            put(target, HELP_ROW - 1, place, text, help_)
    set_height(target, HEAD_ROW - 1, 32)
    for place, (column, body) in enumerate(zip(sheet.columns, looks, strict=True)):
        put(target, HEAD_ROW - 1, place, column.head, heads[column.filled_in + column.required])
        set_width(target, place, column.width + 1, shown=body if sheet.table else None)
    for place, name in enumerate((IDENTITY, VERSION), start=len(sheet.columns)):
        put(target, HEAD_ROW - 1, place, name, ledger.bare)
        set_width(target, place, 13, hidden=True)


def _help(column: Column) -> str:
    """What stands above the head of a column that is filled in."""
    if column.field is None:
        return _STRUCK if column.owner else _OWN_WAY if column.path else ""
    return "；".join(filter(None, ("＊必填" if column.required else "", column.field.help)))


def _help_height(column: Column, text: str) -> float:
    return min((1 + digits(text) // (column.width + 2)) * HELP_LINE + 4, HIGHEST) if text else 0


def _lay_out(page: _ListPage, last: int, printed: int) -> None:
    """Frozen and filtered on the screen; on paper with its head on every page, down to the row `printed` (from 1).

    `last`: the last row, from 1.
    """
    ledger, target, sheet = page
    head, columns = HEAD_ROW - 1, len(sheet.columns)
    shown = sheet.columns[: sheet.printed or columns]
    kept = min(sheet.heads.index(sheet.code) + 2, columns) if sheet.code else len(sheet.owners[:-1]) + 1
    target.freeze_panes(HEAD_ROW, kept)
    target.autofilter(head, 0, max(last, HEAD_ROW + 1) - 1, columns + 1)
    wide = sum(column.width + 1 for column in shown) > A3_FROM
    pages = 2 if len(shown) > MANY else 1
    set_up_page(
        target, title_of(sheet, ledger.at), landscape=True, paper=A3 if wide else A4, wide=pages, high=0
    )
    target.print_area(head, 0, printed - 1, len(shown) - 1)  # without the title, which heads every page
    target.repeat_rows(head)
    if len(shown) > MANY:
        target.repeat_columns(0, kept - 1)
    if sheet.name in _ENTRY_NAMES:
        target.set_tab_color("#9DC3E6")


def _colour(page: _ListPage, last: int) -> None:
    """States are words; the colour only follows them."""
    ledger, target, sheet = page
    place = sheet.heads.index(sheet.colours)
    looks = {
        colour: ledger.book.add_format({"bold": colour == BAD, "bg_color": fill})
        for colour, fill in _FILLS.items()
    }
    for word, colour in COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks[colour]}
        target.conditional_format(HEAD_ROW, place, max(last, HEAD_ROW + 1) - 1, place, rule)


def _offer(page: _ListPage, last: int) -> None:
    """Drop-downs, from a hidden sheet, so that a list may be of any length; for the empty rows below too."""
    ledger, target, sheet = page
    for place, column in enumerate(sheet.columns):
        found = ledger.offered.where(column)
        if found is not None:
            across, count = found
            name = xl_col_to_name(across, col_abs=True)
            rule = {
                "validate": "list",
                "source": f"='{CHOICES}'!{name}$1:{name}${count}",
                "error_title": column.head,
                "error_message": "请从下拉列表里选一个",
                "show_input": False,
                "show_error": False,
            }
            target.data_validation(HEAD_ROW, place, last - 1, place, rule)
