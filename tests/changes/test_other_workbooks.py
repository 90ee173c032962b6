"""Workbooks of other formats: read by an installed LibreOffice, and refused in clear words without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import old_lists
import openpyxl
import pytest
from conftest import Run
from programs import fake_office, saved_by_office

from liangqing.cli import main as cli

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LEDGER = "output/2021/台账/2021年台账.xlsx"
Said = pytest.CaptureFixture[str]


def saved_as(path: Path, ending: str, folder: Path) -> Path:
    """The same workbook as LibreOffice saves it in another format; .et is .xls by another name."""
    kind = "xls" if ending == "et" else ending
    saved = saved_by_office([path], kind, folder) / f"{path.stem}.{kind}"
    return saved.rename(folder / f"{path.stem}存过.{ending}")


def brought(target: Path, path: Path, capsys: Said) -> dict[str, Any]:
    """What a list would bring; the words of the places without the name of the file."""
    cli.main(["init", str(target), "--from", str(path), "--year", "2026", "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out.replace(path.name, "台账"))
    return {key: told[key] for key in ("带入", "没有放进记录", "不是记录的行", "要核对", "有误")}


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "et", "ods"])
def test_a_list_of_another_format_brings_what_the_same_brings_as_xlsx(
    tmp_path: Path, capsys: Said, ending: str
) -> None:
    path = old_lists.ordinary(tmp_path / "原表.xlsx")
    other = saved_as(path, ending, tmp_path)
    assert brought(tmp_path / "甲", other, capsys) == brought(tmp_path / "乙", path, capsys)


@pytest.mark.office
def test_the_original_of_a_list_is_kept_as_it_came(tmp_path: Path, capsys: Said) -> None:
    other = saved_as(old_lists.ordinary(tmp_path / "原表.xlsx"), "xls", tmp_path)
    assert cli.main(["init", str(tmp_path / "新"), "--from", str(other), "--accept"]) == 0
    kept = [path for path in (tmp_path / "新").rglob("*.xls") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [other.read_bytes()]


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_ledger_of_another_format_is_taken(run: Run, tmp_path: Path, ending: str) -> None:
    assert run("ledger")[0] == 0
    book = openpyxl.load_workbook(run.root / LEDGER)
    page = book["问题"]
    [(row, column)] = [
        (cell.row, cell.column) for line in page.iter_rows() for cell in line if cell.value == "整改目标"
    ]
    page.cell(row + 1, column).value = "长效机制建起来"
    book.save(tmp_path / "改过.xlsx")
    other = saved_as(tmp_path / "改过.xlsx", ending, tmp_path)
    directly = run("collect", str(tmp_path / "改过.xlsx"))[1]
    code, out, err = run("collect", str(other))
    assert code == 0, err
    assert "长效机制建起来" in out and "合计：1 处改动" in out
    assert out.replace(other.name, "改过.xlsx") == directly


def test_without_libreoffice_another_format_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", "/nowhere/soffice")
    path = run.root.parent / "台账.et"
    path.write_bytes(OLD)
    code, _, err = run("collect", str(path))
    assert code == 1 and "错误 D620 这是 .xls 格式，不是 .xlsx 文件；没有装 LibreOffice，读不了" in err
    assert "另存为“Excel 工作簿（*.xlsx）”" in err


@pytest.mark.office
def test_what_libreoffice_cannot_read_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", fake_office(tmp_path, "pass"))
    (tmp_path / "台账.xls").write_bytes(OLD)
    code, _, err = run("collect", str(tmp_path / "台账.xls"))
    assert code == 1 and "错误 D620 这是 .xls 格式，LibreOffice 读不出来" in err
