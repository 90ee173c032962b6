"""How far the sheets of a workbook reach, told from its bytes: what reaches too far is never opened.

A library that opens workbooks makes a cell of every place up to the last one, and of every place of a merged one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from openpyxl.utils import get_column_letter

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.docx_zip import OFFICE, Part, parse_xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_AT = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ADVICE = "在 Excel 或 WPS 里选中最后一行下面、最后一列右面的空行空列，整行整列删除，保存后再收"


def refuse_boundless(parts: Mapping[str, Part], name: str) -> None:
    """Raises Problems, with sheet and cell as the place, for a sheet that reaches too far or holds too much.

    `parts` are those of the workbook called `name`. What is no sound XML is for the reader to tell.
    """
    cells = 0
    for part in parts.values():
        if part.name.lower().endswith(".xml"):
            scan = _Scan(part.data)
            cells += scan.cells
            if scan.area > bounds.SHEET_CELLS or cells > bounds.BOOK_CELLS:
                last = f"{get_column_letter(scan.column)}{scan.row}" if scan.row and scan.column else "1"
                sheet = _sheets_of(parts).get(part.name, part.name)
                message = (
                    f"表格太大：用到了 {last}，一共 {max(scan.area, cells)} 格，最多 {bounds.SHEET_CELLS} 格"
                )
                raise refuse(Code.SHEET_TOO_LARGE, Place(name, detail=f"{sheet}!{last}"), message, _ADVICE)


class _Scan:
    """What one part holds: the last row and column of a cell, the cells, and those that merged ones take up."""

    def __init__(self, data: bytes) -> None:
        self.row = self.column = self.cells = self.merged = 0
        self._current_row = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError):
            return

    @property
    def area(self) -> int:
        """All places up to the last cell, or those of merged cells where these are more."""
        return max(self.row * self.column, self.merged)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            told = attributes.get("r", "")
            self._current_row = int(told) if told.isdecimal() and len(told) < 9 else self._current_row + 1
        elif kind == "c":
            self._cell(attributes.get("r", ""))
        elif kind == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, at: str) -> None:
        self.cells += 1
        row, column = _position(at) or (self._current_row, self.column)
        self.row, self.column = max(self.row, row), max(self.column, column)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, other = _position(first), _position(last)
        if one is not None and other is not None:
            height, width = (abs(one[side] - other[side]) + 1 for side in (0, 1))
            self.merged += height * width
            if self.merged > bounds.SHEET_CELLS:
                self.row, self.column = other


def _position(at: str) -> tuple[int, int] | None:
    """AB12 → (12, 28)."""
    found = _AT.fullmatch(at)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _sheets_of(parts: Mapping[str, Part]) -> dict[str, str]:
    """What people call the sheets, by part; none where the workbook does not tell."""
    try:
        relations = parse_xml(parts["xl/_rels/workbook.xml.rels"].data, Place(""))
        book = parse_xml(parts["xl/workbook.xml"].data, Place(""))
    except (KeyError, Problems):
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = ((sheet.get("name", ""), sheet.get(f"{{{OFFICE}}}id")) for sheet in book.iter(f"{_MAIN}sheet"))
    return {f"xl/{targets[key].removeprefix('/xl/')}": name for name, key in sheets if key in targets}
