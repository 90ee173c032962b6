"""A ledger that came back: its cells as text, and what stood in each when it was made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason, refuse, warning
from liangqing.base.docx_zip import content_hash
from liangqing.changes.table_heads import heads_in, values_of
from liangqing.outputs.ledger.columns import DAY, Sheet
from liangqing.outputs.ledger.lists import SHEETS
from liangqing.outputs.ledger.writing import FORMAT, IDENTITY, ORIGINALS, VERSION

LARGEST = 64 * 1024 * 1024
_ESCAPED = re.compile("_x005F(_x[0-9A-Fa-f]{4}_)")  # how a workbook writes a text that looks like its escapes
HEAD_WITHIN = 20  # the head stands in one of the first rows, wherever a person has moved it
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    OSError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True)
class Original:
    """A row as it was written: the version of its record, and text by head."""

    version: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ReturnedLedger:
    """A row that came back: text by head, and the place of each cell."""

    sheet: Sheet
    code: str
    original: Original
    values: Mapping[str, str]
    places: Mapping[str, Place]


@dataclass
class WorkbookReading:
    """What a ledger holds, and what is wrong with it."""

    name: str
    year: int
    day: date
    rows: list[ReturnedLedger] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def open_book(path: Path, name: str, *, values_only: bool = False) -> Workbook:
    """The workbook at `path`, of formulas their values where `values_only`; raises Problems for what is no sound .xlsx."""
    data = data_of(path, name)
    try:
        content_hash(data)  # proves the zip: sizes, names, check sums
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values_only)
    except (Problems, *_BROKEN):
        raise not_a_workbook(name, "这不是 .xlsx 文件，设了密码，或已损坏") from None


def data_of(path: Path, name: str) -> bytes:
    """The bytes of a file that a person hands over; raises Problems where it can't be read, or is far too large."""
    place = Place(name)
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(Code.FILE_TOO_LARGE, place, "文件超过 64 MB", "检查是否放错了文件")
        return path.read_bytes()
    except OSError as problem:
        raise refuse(
            Code.FILE_UNREADABLE, place, f"读不了这个文件（{reason(problem)}）", "检查路径和权限"
        ) from None


def not_a_workbook(name: str, message: str) -> Problems:
    """That a file is no workbook that can be read."""
    advice = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
    return refuse(Code.NOT_A_WORKBOOK, Place(name), message, advice)


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
    """The rows of a ledger of ours; raises Problems for any other workbook."""
    book = open_book(path, name)
    if ORIGINALS not in book.sheetnames or book[ORIGINALS]["A1"].value != FORMAT:
        advice = "用命令 ledger（台账）重新生成，再把改动填进去；别处来的台账用 init --from 开始"
        raise refuse(
            Code.NOT_OUR_LEDGER, Place(name), "这不是本程序生成的台账，或隐藏的「原值」表被删了", advice
        )
    hidden = [
        [cell_text(value) or "" for value in row] for row in book[ORIGINALS].iter_rows(values_only=True)
    ]
    reading = WorkbookReading(name, int(hidden[0][1]), date.fromisoformat(hidden[0][2]))
    originals = {(row[0], row[1]): row for row in hidden[1:]}
    for sheet in SHEETS:
        if sheet.name in book.sheetnames:
            reading.rows += _rows(book[sheet.name], sheet, originals, reading)
        elif any(name == sheet.name for name, _ in originals):
            _tell(
                reading, Code.LEDGER_PART_GONE, Place(name, detail=sheet.name), "这张表不见了，它的改动没有收"
            )
    return reading


def _tell(reading: WorkbookReading, code: Code, place: Place, message: str, advice: str = "") -> None:
    reading.diagnostics.append(warning(code, place, message, advice))


def _refuse(reading: WorkbookReading, code: Code, place: Place, message: str, advice: str) -> None:
    reading.diagnostics.append(error(code, place, message, advice))


def _head(page: Worksheet, sheet: Sheet, reading: WorkbookReading) -> tuple[int, dict[str, int]] | None:
    """The row of the head (from 1), and the column of each head in it (from 0)."""
    known = [*(column.head for column in sheet.columns), IDENTITY, VERSION]
    values = values_of(page, HEAD_WITHIN)
    found = next(
        heads_in(
            values,
            rows=range(1, HEAD_WITHIN + 1),
            width=page.max_column,
            heights=(1,),
            meaning=lambda texts: texts[0] if texts[0] in known else None,
            needed=((IDENTITY,), (VERSION,)),
        ),
        None,
    )
    if found is None:
        place = Place(reading.name, detail=sheet.name)
        _refuse(
            reading,
            Code.LEDGER_HEAD_CHANGED,
            place,
            "找不到表头，或隐藏的「标识」「版本」两列被删了",
            "用命令 ledger（台账）重新生成",
        )
        return None
    heads = [str(value).strip() for (row, _), value in values.items() if row == found.row]
    _tell_of_heads(heads, found.row, known, sheet, reading)
    columns = {head: column - 1 for column, head in found.keys.items()}
    return found.row, {head: columns[head] for head in known if head in columns}


def _tell_of_heads(
    heads: list[str], number: int, known: list[str], sheet: Sheet, reading: WorkbookReading
) -> None:
    """What is odd in the row of the head: heads of ours that stand twice or are gone, and heads of others."""
    for head in dict.fromkeys(heads):
        place = Place(reading.name, detail=f"{sheet.name}!第{number}行")
        if heads.count(head) > 1 and head in known:
            _refuse(
                reading, Code.LEDGER_HEAD_CHANGED, place, f"有 {heads.count(head)} 个「{head}」列", "只留一列"
            )
        elif head not in known:
            _tell(reading, Code.LEDGER_CHANGE_NOT_TAKEN, place, f"没有「{head}」这一列，里面的内容没有收")
    for column in sheet.accepted:
        if column.head not in heads:
            _tell(
                reading,
                Code.LEDGER_PART_GONE,
                Place(reading.name, detail=sheet.name),
                f"「{column.head}」列不见了，没有收",
            )


def _rows(
    page: Worksheet, sheet: Sheet, originals: Mapping[tuple[str, str], list[str]], reading: WorkbookReading
) -> Iterator[ReturnedLedger]:
    found = _head(page, sheet, reading)
    if found is None:
        return
    number, columns = found
    seen: set[str] = set()
    for row in page.iter_rows(min_row=number + 1):
        if any(cell.value is not None for cell in row):
            made = _row(row, sheet, columns, originals, reading)
            if made is not None and made.code in seen:
                place = made.places[sheet.code]
                _refuse(
                    reading,
                    Code.LEDGER_ROW_TWICE,
                    place,
                    f"「{made.code}」有两行",
                    "只留一行；没有做任何改动",
                )
            elif made is not None:
                seen.add(made.code)
                yield made
    for name, code in originals:
        if name == sheet.name and code not in seen:
            place = Place(reading.name, detail=sheet.name)
            _tell(
                reading,
                Code.LEDGER_PART_GONE,
                place,
                f"「{code}」这一行不见了；记录还在，没有删",
                "台账里删行不会删记录",
            )


def _row(
    row: tuple[Any, ...],
    sheet: Sheet,
    columns: Mapping[str, int],
    originals: Mapping[tuple[str, str], list[str]],
    reading: WorkbookReading,
) -> ReturnedLedger | None:
    here = Place(reading.name, detail=f"{sheet.name}!第{row[0].row}行")
    identity = cell_text(row[columns[IDENTITY]].value) or ""
    code = identity.partition("/")[2]
    if (sheet.name, code) not in originals:
        _refuse(
            reading,
            Code.LEDGER_ROW_ADDED,
            here,
            "这一行不是台账生成的",
            "新的记录写进 YAML；台账只收已有记录的改动，请删掉这一行",
        )
        return None
    hidden = originals[sheet.name, code]
    heads = [column.head for column in sheet.columns]
    values = dict(zip(heads, [*hidden[3:], *[""] * len(heads)], strict=False))
    original = Original(hidden[2], {head: text.strip() for head, text in values.items()})
    days = {column.head for column in sheet.columns if column.kind == DAY}
    texts: dict[str, str] = {}
    places: dict[str, Place] = {sheet.code: here}
    for head, at in columns.items():
        cell = row[at]
        if head in (IDENTITY, VERSION):
            continue
        places[head] = Place(reading.name, detail=f"{sheet.name}!{cell.coordinate}「{head}」")
        text = cell_text(cell.value)
        if cell.data_type in ("f", "e") or text is None:
            advice = "改成文字或日期：复制这一格，选择性粘贴为“数值”"
            _refuse(
                reading,
                Code.BAD_LEDGER_CELL,
                places[head],
                f"是公式、错误值或带时间的日期（{str(cell.value)[:20]}）",
                advice,
            )
            text = original.values[head]
        texts[head] = as_written_by_us(text) if head in days else text
    if texts.get(sheet.code, code) != code:
        _refuse(
            reading,
            Code.LEDGER_CODE_CHANGED,
            places[sheet.code],
            f"「{sheet.code}」由「{code}」改成了「{texts[sheet.code]}」",
            "改回去；编号不能改",
        )
        return None
    return ReturnedLedger(sheet, code, original, texts, places)
