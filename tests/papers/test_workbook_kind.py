"""A table that the superior sends as a workbook, filled each quarter: a kind of paper whose template is a .xlsx."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import load_workbook
from xlsxwriter.workbook import Workbook

KIND = """
上级要的表:
  命令: superior-table
  阶段: 总览
  说明: 上级要的表，一季一张
  模板: 上级要的表.xlsx
  对象: 期间
  逐: 期间.季
  何时: 点名
  截至: 今天
  受众: 内部
  标题: 上级要的表
  文件名: "上级要的表-{{ 期间.编号 }}"
"""
CELLS = {
    "A1": "{{ 机构.简称 }}{{ 期间.名称 }}情况表",
    "B2": "{{ 期间.数字.发现问题数 }}",
    "B3": "{{ 期间.数字.销号数 }}",
}


def table(cells: Mapping[str, str] = CELLS) -> bytes:
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("表")
        for place, text in cells.items():
            sheet.write(place, text)
        sheet.write_formula("B4", "=B2-B3")
    return made.getvalue()


@pytest.fixture
def with_table(run: Run) -> Run:
    (run.root / "templates" / "上级要的表.xlsx").write_bytes(table())
    catalogue = run.root / "templates" / "文种.yaml"
    catalogue.write_text(catalogue.read_text("utf-8") + KIND, "utf-8")
    return run


def made(root: Path) -> Path:
    return next((root / "output").rglob("上级要的表-2021-2季度.xlsx"))


def test_it_is_filled_by_the_figures_of_the_period(with_table: Run) -> None:
    code, said, wrong = with_table("superior-table", "二季度")
    assert code == 0, wrong
    sheet = load_workbook(made(with_table.root))["表"]
    figures = json.loads(with_table("figures", "二季度", "--json")[1])["数字"]
    assert (sheet["B2"].value, sheet["B3"].value) == (figures["发现问题数"], figures["销号数"])
    assert figures["发现问题数"] > 0
    assert str(sheet["A1"].value).endswith("2021年第二季度情况表")
    assert sheet["B4"].value == "=B2-B3"
    assert "上级要的表" in said


def test_what_a_person_wrote_into_it_is_not_overwritten(with_table: Run) -> None:
    with_table("superior-table", "二季度")
    path = made(with_table.root)
    book = load_workbook(path)
    book["表"]["C2"] = "已报"
    book.save(path)
    edited = path.read_bytes()
    (with_table.root / "templates" / "上级要的表.xlsx").write_bytes(table(CELLS | {"A9": "新的一行"}))
    code, said, wrong = with_table("superior-table", "二季度")
    assert path.read_bytes() == edited
    assert "冲突" in said + wrong, (code, said, wrong)


def test_template_check_and_build_name_sheet_and_cell(with_table: Run) -> None:
    (with_table.root / "templates" / "上级要的表.xlsx").write_bytes(table({"B2": "{{ 期间.数字.发现数 }}"}))
    for words in (("template", "check", "上级要的表"), ("superior-table", "二季度")):
        code, said, wrong = with_table(*words)
        assert code == 1
        assert "templates/上级要的表.xlsx 表!B2" in said + wrong
        assert "发现问题数" in said + wrong
    assert not [*(with_table.root / "output").rglob("上级要的表*.xlsx")]


def test_template_check_finds_a_right_table_right(with_table: Run) -> None:
    assert with_table("template", "check", "上级要的表")[0] == 0


@pytest.mark.parametrize("key", ["文号: {代字: 函}", "定稿: 是", "附件: [整改函]"])
def test_a_table_takes_no_number_and_is_not_frozen(with_table: Run, key: str) -> None:
    with_table.edit("templates/文种.yaml", "  模板: 上级要的表.xlsx\n", f"  模板: 上级要的表.xlsx\n  {key}\n")
    code, said, wrong = with_table("check")
    assert code == 1 and f"「{key.partition(':')[0]}」" in said + wrong


@pytest.mark.process
def test_it_is_seen_and_printed_in_excel(with_table: Run) -> None:
    code, said, wrong = with_table("preview", "上级要的表")
    assert code == 1 and "Excel 或 WPS" in said + wrong


def test_old_workbooks_are_refused_with_the_way(with_table: Run) -> None:
    with_table.edit("templates/文种.yaml", "上级要的表.xlsx", "上级要的表.xls")
    code, said, wrong = with_table("check")
    assert code == 1 and "另存为 .xlsx" in said + wrong
