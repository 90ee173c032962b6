"""Workbooks as they arrive: their bytes as .xlsx; .xls, .et and .ods are read by an installed LibreOffice first."""

from __future__ import annotations

from pathlib import Path

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
