"""Workbooks as bytes: as they arrive, .xls, .et and .ods read by an installed LibreOffice first; and as they are made."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from liangqing.base.bounds import read_file
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.pdf import office

_OLD = bytes.fromhex("D0CF11E0A1B11AE1")  # how .xls and .et begin, and a .xlsx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def data_of(path: Path, name: str) -> bytes:
    """The bytes of a file that a person hands over; raises Problems where it can't be read, or is far too large."""
    return read_file(path, Place(name))


def bytes_of(book: Workbook) -> bytes:
    """A workbook as a file. Nothing of it goes into the temporary folder of the system, as openpyxl has it by itself."""
    made = BytesIO()
    _InMemory(book, ZipFile(made, "w", ZIP_DEFLATED)).save()
    return made.getvalue()


class _InMemory(ExcelWriter):
    def write_worksheet(self, ws):  # type: ignore[no-untyped-def]
        """As the writer has it, each sheet written into memory."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet = BytesIO()
        writer: Any = WorksheetWriter(ws, out=sheet)
        writer.write()
        ws._rels = writer._rels
        archive: Any = self._archive  # type: ignore[attr-defined]
        archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)


def not_a_workbook(name: str, message: str) -> Problems:
    """That a file is no workbook that can be read."""
    advice = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
    return refuse(Code.NOT_A_WORKBOOK, Place(name), message, advice)


def as_xlsx(data: bytes, name: str) -> bytes:
    """A workbook as .xlsx: `data` itself unless it is of another format, whatever its name. Raises Problems."""
    ending = _ending(data)
    if not ending:
        return data
    try:
        made = office.to_xlsx({name: data}, {name: ending})
    except Problems:
        message = f"这是 {ending} 格式，不是 .xlsx 文件；没有装 LibreOffice，读不了"
        raise not_a_workbook(name, message) from None
    if name not in made:
        raise not_a_workbook(name, f"这是 {ending} 格式，LibreOffice 读不出来；设了密码，或已损坏")
    return made[name]


def _ending(data: bytes) -> str:
    """How a workbook ends that LibreOffice has to read first; "" for what is .xlsx, or no workbook at all."""
    if data[30:].startswith(_ODS):
        return ".ods"
    return ".xls" if data.startswith(_OLD) and _ENCRYPTED not in data else ""
