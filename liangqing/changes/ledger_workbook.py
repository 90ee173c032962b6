"""A ledger that came back: its cells as text, and what stood in each when it was made. No workspace is asked."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import cell_style
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse, warning
from liangqing.base.docx_zip import read_parts
from liangqing.base.plain_json import read_json
from liangqing.changes.sheet_bounds import refuse_boundless
from liangqing.changes.table_heads import cells_there, heads_in, values_of
from liangqing.changes.workbook_bytes import as_xlsx, data_of, not_a_workbook
from liangqing.outputs.ledger.columns import DAY, Sheet
from liangqing.outputs.ledger.sheets import LISTS, OF_PROGRAM, SHEETS
from liangqing.outputs.ledger.sheets import ORIGINALS as ORIGINALS
from liangqing.outputs.ledger.writing import FORMATS, IDENTITY, VERSION

vars(cell_style)["print"] = lambda *_: None  # else the library tells of a broken format on the terminal

_ESCAPED = re.compile("_x005F(_x[0-9A-Fa-f]{4}_)")  # how a workbook writes a text that looks like its escapes
_MARKS = re.compile(r"[＊*\s]+")  # what a person or we may have put to a head
HEAD_WITHIN = 20  # the head stands in one of the first rows, wherever a person has moved it
_SERIALS = range(36526, 73051)  # days of 2000 to 2099, in cells that lost their format
ROW = ""  # the place of a whole row among those of its cells
_TOO_LARGE = {Code.FILE_TOO_LARGE, Code.UNPACKS_TOO_LARGE}
# What the library raises on workbooks that no program of offices writes.
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    SyntaxError,  # of XML
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    EOFError,
)


@dataclass(frozen=True)
class Original:
    """A row as it was written: what it is known by, the version of its record, and text by head."""

    identity: str
    version: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ReturnedRow:
    """A row that came back: text by head, and the place of each cell, of the row under ROW; `original` is None of a new one.

    `copied` says that it is a copy of a row of ours, which a person made a new one of.
    """

    sheet: Sheet
    original: Original | None
    values: Mapping[str, str]
    places: Mapping[str, Place]
    copied: bool = False

    @property
    def place(self) -> Place:
        """The place of the row."""
        return self.places[ROW]

    def place_of(self, head: str) -> Place:
        """The place of a cell; that of the row where the column is not there."""
        return self.places.get(head, self.place)


@dataclass
class WorkbookReading:
    """What a ledger holds, and what is wrong with it; `originals` are all rows as they were written, by sheet and identity."""

    name: str
    year: int
    day: date
    rows: list[ReturnedRow] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    originals: dict[str, dict[str, Original]] = field(default_factory=dict)
    digest: str = ""  # SHA-256 of the file
    remarks: bool = False  # whether there is more in it than cells of ours: other sheets, notes

    def as_new(self) -> WorkbookReading:
        """The same with every row as a new one, for a workspace that has none of its records."""
        rows = [replace(row, original=None, copied=True) for row in self.rows if row.sheet.table]
        return replace(self, rows=rows, originals={})


def open_book(data: bytes, name: str, *, values_only: bool = False) -> Workbook:
    """A .xlsx, of formulas their values where `values_only`; raises Problems for what is no sound one."""
    broken = not_a_workbook(name, "这不是 .xlsx 文件，设了密码，或已损坏")
    try:
        parts = read_parts(data, name)  # proves the zip: sizes, names, check sums
    except Problems as refused:
        too_large = {problem.code for problem in refused.diagnostics} & _TOO_LARGE
        raise (refused if too_large else broken) from None
    if any(b"<!DOCTYPE" in part.data for part in parts.values() if part.name.endswith((".xml", ".rels"))):
        raise broken
    refuse_boundless(parts, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it makes good of itself is nothing for a clerk
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values_only)
    except _BROKEN:
        raise broken from None


def cell_text(value: object) -> str | None:
    """The text of a cell as it would stand in YAML; None for a value that has no such text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str):
        text = _ESCAPED.sub(r"\1", value)
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    return None


def read(path: Path, name: str) -> WorkbookReading:
    """The rows of a ledger of ours; raises Problems for any other workbook, and for a file that can't be read."""
    return read_bytes(data_of(path, name), name)


def read_bytes(data: bytes, name: str) -> WorkbookReading:
    """The same of a workbook that is no file (yet)."""
    book = open_book(as_xlsx(data, name), name)
    if ORIGINALS not in book.sheetnames or book[ORIGINALS]["A1"].value not in FORMATS:
        raise _not_ours(name, "这不是本程序生成的台账，或隐藏的「原值」表被删了")
    rows = book[ORIGINALS].iter_rows(values_only=True)
    hidden = [[_kept(value) for value in row] for row in rows]
    try:
        reading = WorkbookReading(name, int(hidden[0][1]), date.fromisoformat(hidden[0][2]))
        heads = _originals(hidden, reading)
    except (ValueError, TypeError, LookupError):
        raise _not_ours(name, "隐藏的「原值」表被改坏了") from None
    reading.digest = hashlib.sha256(data).hexdigest()
    reading.remarks = any(page not in OF_PROGRAM for page in book.sheetnames) or _has_notes(book)
    for sheet in SHEETS:
        if (heads and sheet.name not in heads) or (not heads and sheet not in LISTS):
            continue
        if sheet.name in book.sheetnames:
            reading.rows += _Page(book[sheet.name], sheet, heads.get(sheet.name, ()), reading).rows()
        elif sheet.name in reading.originals:
            place = Place(name, detail=sheet.name)
            _tell(reading, Code.LEDGER_PART_GONE, place, "这张表不见了，它的改动没有收")
    return reading


def _not_ours(name: str, message: str) -> Problems:
    advice = "用命令 ledger（台账）重新生成，再把改动填进去；别处来的台账用 init --from 开始"
    return refuse(Code.NOT_OUR_LEDGER, Place(name), message, advice)


def _kept(value: object) -> str:
    """What we put into a hidden cell; blanks at its ends count."""
    return _ESCAPED.sub(r"\1", value) if isinstance(value, str) else cell_text(value) or ""


def _has_notes(book: Workbook) -> bool:
    return any(cell.comment for page in book.worksheets for cell in cells_there(page))


def _originals(hidden: list[list[str]], reading: WorkbookReading) -> dict[str, list[str]]:
    """Puts what was written into the reading; the heads of each sheet, which ledgers before format 2 do not tell."""
    heads: dict[str, list[str]] = {}
    known = {sheet.name: list(sheet.heads) for sheet in SHEETS}
    old = hidden[0][0] != FORMATS[0]
    for name, identity, version, *told in hidden[1:]:
        texts = told if old else _list_in("".join(told))
        if not identity and not version:
            heads[name] = texts
        elif name in known:
            own = heads.get(name, known[name])
            values = dict(zip(own, (text.strip() for text in [*texts, *[""] * len(own)]), strict=False))
            reading.originals.setdefault(name, {})[identity] = Original(identity, version, values)
    return heads


def _list_in(text: str) -> list[str]:
    texts = read_json(text)
    if not isinstance(texts, list):
        raise ValueError(text)
    return [str(value) for value in texts]


def _tell(reading: WorkbookReading, code: Code, place: Place, message: str, advice: str = "") -> None:
    reading.diagnostics.append(warning(code, place, message, advice))


def _refuse(reading: WorkbookReading, code: Code, place: Place, message: str, advice: str) -> None:
    reading.diagnostics.append(error(code, place, message, advice))


class _Page:
    """One sheet that came back; `written` are the heads that it had, () where the ledger does not tell."""

    def __init__(
        self, page: Worksheet, sheet: Sheet, written: Sequence[str], reading: WorkbookReading
    ) -> None:
        self.page, self.sheet, self.written, self.reading = page, sheet, written, reading
        self.originals = reading.originals.get(sheet.name, {})
        self.here = Place(reading.name, detail=sheet.name)

    def rows(self) -> Iterator[ReturnedRow]:
        """The rows below the head, each once; what is wrong with them is told."""
        found = self._head()
        if found is None:
            return
        number, columns = found
        read = [self._row(row, columns) for row in self.page.iter_rows(min_row=number + 1)]
        given = [(identity, row) for identity, row in read if self._says_something(identity, row)]
        yield from self._sorted_out(given)

    def _head(self) -> tuple[int, dict[str, int]] | None:
        """The row of the head (from 1), and the column of each head in it (from 0)."""
        known = [*self.sheet.heads, IDENTITY, VERSION]
        values = values_of(self.page, HEAD_WITHIN)
        found = next(
            heads_in(
                values,
                rows=range(1, HEAD_WITHIN + 1),
                width=self.page.max_column,
                heights=(1,),
                meaning=lambda texts: name if (name := _bare(texts[0])) in known else None,
                needed=((IDENTITY,), (VERSION,)),
            ),
            None,
        )
        if found is None:
            message = "找不到表头，或隐藏的「标识」「版本」两列被删了"
            _refuse(
                self.reading, Code.LEDGER_HEAD_CHANGED, self.here, message, "用命令 ledger（台账）重新生成"
            )
            return None
        self._tell_of_heads(
            [_bare(value) for (row, _), value in values.items() if row == found.row], found.row
        )
        columns = {head: column - 1 for column, head in found.keys.items()}
        return found.row, {head: columns[head] for head in known if head in columns}

    def _tell_of_heads(self, heads: list[str], number: int) -> None:
        """What is odd in the row of the head: heads of ours that stand twice or are gone, and heads of others."""
        known = {*self.sheet.heads, IDENTITY, VERSION}
        place = Place(self.reading.name, detail=f"{self.sheet.name}!第{number}行")
        for head in dict.fromkeys(heads):
            if heads.count(head) > 1 and head in known:
                message = f"有 {heads.count(head)} 个「{head}」列"
                _refuse(self.reading, Code.LEDGER_HEAD_CHANGED, place, message, "只留一列")
            elif head not in known:
                message = f"没有「{head}」这一列，里面的内容没有收"
                _tell(self.reading, Code.LEDGER_CHANGE_NOT_TAKEN, place, message)
        for column in self.sheet.columns:
            if column.filled_in and column.head not in heads and column.head in self.written:
                _tell(self.reading, Code.LEDGER_PART_GONE, self.here, f"「{column.head}」列不见了，没有收")

    def _row(self, row: tuple[Any, ...], columns: Mapping[str, int]) -> tuple[str, ReturnedRow]:
        """A row with what its hidden cell says that it is."""
        identity = (cell_text(row[columns[IDENTITY]].value) or "").partition("/")[2]
        marked = bool(row[columns[IDENTITY]].value)
        original = self.originals.get(identity) if marked else None
        kinds = {column.head: column.kind for column in self.sheet.columns}
        texts: dict[str, str] = {}
        places = {ROW: Place(self.reading.name, detail=f"{self.sheet.name}!第{row[0].row}行")}
        for head, at in columns.items():
            if head not in (IDENTITY, VERSION):
                places[head] = Place(
                    self.reading.name, detail=f"{self.sheet.name}!{row[at].coordinate}「{head}」"
                )
                before = original.values.get(head, "") if original else ""
                texts[head] = self._text(row[at], places[head], before, is_day=kinds[head] == DAY)
        return identity, ReturnedRow(self.sheet, original, texts, places, copied=marked)

    def _text(self, cell: Any, place: Place, before: str, *, is_day: bool) -> str:
        value = cell.value
        if is_day and isinstance(value, int | float) and value in _SERIALS:
            value = from_excel(value)
        text = cell_text(value)
        if cell.data_type in ("f", "e") or text is None:
            message = f"是公式、错误值或带时间的日期（{str(cell.value)[:20]}）"
            advice = "改成文字或日期：复制这一格，选择性粘贴为“数值”"
            _refuse(self.reading, Code.BAD_LEDGER_CELL, place, message, advice)
            return before
        return as_written_by_us(text) if is_day else text

    def _says_something(self, identity: str, row: ReturnedRow) -> bool:
        """Whether a row is more than an empty one; of a record that is there, an empty one is told as gone."""
        if self.sheet.table is None:
            return any(row.values.values())
        filled = [column.head for column in self.sheet.columns if column.filled_in]
        return any(row.values.get(head) for head in filled) or (
            row.original is not None and not any(row.original.values.get(head) for head in filled)
        )

    def _sorted_out(self, given: list[tuple[str, ReturnedRow]]) -> Iterator[ReturnedRow]:
        """Rows of ours and new ones; of a row that was copied, the copy is a new one where a person made it one."""
        by_identity: dict[str, list[ReturnedRow]] = {}
        fresh = [row for _, row in given if row.original is None]
        for identity, row in given:
            if row.original is not None:
                by_identity.setdefault(identity, []).append(row)
        for row in fresh:
            code = row.values.get(self.sheet.code, "") if self.sheet.code else ""
            if code in self.originals and code not in by_identity:
                by_identity[code] = [replace(row, original=self.originals[code])]
            elif self.sheet.table is None:
                message, advice = "这一行不是台账生成的", "这张表由记录生成，不能加行，请删掉这一行"
                _refuse(self.reading, Code.LEDGER_ROW_ADDED, row.place, message, advice)
            else:
                yield row
        for identity, rows in by_identity.items():
            yield from self._of_one(identity, rows)
        for identity in self.originals:
            if identity not in by_identity:
                message = f"「{identity.replace('#', ' 第')}」这一行不见了；记录还在，没有删"
                advice = "要删的，留着这一行，在「作废」列选 是" if self.sheet.table else ""
                _tell(self.reading, Code.LEDGER_PART_GONE, self.here, message, advice)

    def _of_one(self, identity: str, rows: list[ReturnedRow]) -> Iterator[ReturnedRow]:
        code = self.sheet.code
        kept = [row for row in rows if self._is_kept(row, identity)] if len(rows) > 1 or code else rows
        if len(kept) == 1:
            yield kept[0]
            yield from (replace(row, original=None, copied=True) for row in rows if row is not kept[0])
        elif kept or not code:
            message = f"「{identity}」有两行"
            advice = (
                "只留一行；要另加一条的，在最后一行下面的空行里填，不要复制整行"
                if not code
                else ("只留一行；要另加一条的，把复制的那一行的编号清空；没有做任何改动")
            )
            _refuse(self.reading, Code.LEDGER_ROW_TWICE, rows[-1].place, message, advice)
        else:
            place, now = rows[0].place_of(code), rows[0].values.get(code, "")
            message = f"「{code}」由「{identity}」改成了「{now}」"
            _refuse(self.reading, Code.LEDGER_CODE_CHANGED, place, message, "改回去；编号不能改")

    def _is_kept(self, row: ReturnedRow, identity: str) -> bool:
        """Whether a row is still the one that was written, and not a copy that became another."""
        if self.sheet.code:
            return row.values.get(self.sheet.code, identity) == identity
        assert row.original is not None
        return all(
            row.values[head] == text for head, text in row.original.values.items() if head in row.values
        )


def _bare(value: object) -> str:
    return _MARKS.sub("", str(value))
