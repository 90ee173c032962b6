"""A workbook made by the program: a person's data go nowhere but where they belong."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from liangqing.changes.workbook_bytes import bytes_of


def test_a_workbook_is_made_without_the_temporary_folder_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["问题", 3])
    book.create_sheet("第二张")["B2"] = "甲"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有"))
    read: Any = openpyxl.load_workbook(BytesIO(bytes_of(book)))
    assert [read.worksheets[0]["A1"].value, read.worksheets[0]["B1"].value] == ["问题", 3]
    assert read["第二张"]["B2"].value == "甲"
