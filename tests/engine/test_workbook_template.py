"""Templates in Excel: cells are filled, and nothing else of the file is touched."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample import ROOT
from xlsxwriter.workbook import Workbook

from liangqing.base.chinese import FILTERS
from liangqing.base.diagnostics import Problems
from liangqing.engine import Number, Record, Text, WorkbookTemplate, compile_workbook

SCHEMA = Record(
    "期间", lambda: {"名称": Text(), "发现": Number(), "销号": Number(), "备注": Text(optional=True)}
)
VALUES: dict[str, object] = {"名称": "2021年5月", "发现": 12, "销号": 7, "备注": None}
NAME = "上级要的表.xlsx"


def book(cells: Mapping[str, object], **more: Any) -> bytes:
    """A table with a merged and formatted title, a chart, and these cells; `more`: a function that adds to it."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("一季度")
        sheet.set_column("A:A", 33)
        sheet.set_row(0, 41)
        sheet.merge_range("A1:C1", "{{ 名称 }}情况表", workbook.add_format({"bold": True, "align": "center"}))
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=一季度!$B$2:$B$3"})
        sheet.insert_chart("E5", chart)
        sheet.set_landscape()
        for place, value in cells.items():
            sheet.write(place, value)
        if "add" in more:
            more["add"](workbook, sheet)
        if "vba" in more:
            workbook.set_properties({"author": "张三", "comments": "给李四"})
    return made.getvalue()


def compiled(data: bytes) -> WorkbookTemplate:
    return compile_workbook(data, name=NAME, schema=SCHEMA, filters=FILTERS)


def filled(data: bytes, values: Mapping[str, object] = VALUES) -> Worksheet:
    sheet = load_workbook(io.BytesIO(compiled(data).render(values))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def refused(data: bytes) -> list[str]:
    with pytest.raises(Problems) as told:
        compiled(data)
    return [str(problem) for problem in told.value.diagnostics]


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    cells = {"B2": "{{ 发现 }}", "B3": "共{{ 销号 }}个", "B4": "{{ 名称 }}", "B5": "{{ 备注 or '' }}"}
    sheet = filled(book(cells))
    assert [sheet[key].value for key in ("A1", *cells)] == ["2021年5月情况表", 12, "共7个", "2021年5月", ""]
    assert sheet["B2"].data_type == "n"


def test_nothing_else_is_touched() -> None:
    data = book({"B2": "{{ 发现 }}", "B3": 5})
    made = compiled(data).render(VALUES)
    sheet = load_workbook(io.BytesIO(made)).active
    assert isinstance(sheet, Worksheet)
    assert sheet["A1"].font.bold and sheet["A1"].alignment.horizontal == "center"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]
    assert round(sheet.column_dimensions["A"].width) == 34
    assert sheet.row_dimensions[1].height == 41.25
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, made))
    assert before.namelist() == after.namelist()
    same = {name for name in before.namelist() if before.read(name) == after.read(name)}
    assert {
        "xl/charts/chart1.xml",
        "xl/styles.xml",
        "xl/drawings/drawing1.xml",
        "xl/theme/theme1.xml",
    } <= same


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    sheet = filled(book({"B2": "{{ 名称 }}"}), VALUES | {"名称": '=HYPERLINK("file:///c:")'})
    assert sheet["B2"].data_type == "s"


def test_formulas_are_reckoned_when_it_is_opened() -> None:
    def add(_: Workbook, sheet: Any) -> None:
        sheet.write_formula("B4", "=SUM(B2:B3)", None, 999)

    made = compiled(book({"B2": "{{ 发现 }}", "B3": "{{ 销号 }}"}, add=add)).render(VALUES)
    package = zipfile.ZipFile(io.BytesIO(made))
    assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")
    assert b"999" not in package.read("xl/worksheets/sheet1.xml")
    assert load_workbook(io.BytesIO(made))["一季度"]["B4"].value == "=SUM(B2:B3)"


def test_two_cells_with_the_same_text_are_both_filled() -> None:
    """Excel keeps a text once for all cells that say it."""
    sheet = filled(book({"B2": "{{ 发现 }}", "B3": "{{ 发现 }}", "C3": "照旧"}))
    assert (sheet["B2"].value, sheet["B3"].value, sheet["C3"].value) == (12, 12, "照旧")


def test_rich_text_and_full_width_braces() -> None:
    def add(workbook: Workbook, sheet: Any) -> None:
        sheet.write_rich_string("B2", "共{{ 发", workbook.add_format({"bold": True}), "现 }}个")

    sheet = filled(book({"B3": "｛｛发现｝｝"}, add=add))
    assert (sheet["B2"].value, sheet["B3"].value) == ("共12个", 12)


def test_a_wrong_name_is_told_with_its_cell_and_the_near_name() -> None:
    (told,) = refused(book({"C9": "{{ 发规 }}"}))
    assert "上级要的表.xlsx 一季度!C9" in told and "发规" in told and "发现" in told


def test_each_problem_is_told_at_once() -> None:
    told = refused(book({"B2": "{{ 发规 }}", "B3": "{{ 销号", "B4": "{%tr for 项 in 单 %}"}))
    assert {problem.split()[1] for problem in told} == {"一季度!B2", "一季度!B3", "一季度!B4"}


def test_a_missing_value_stops_the_table() -> None:
    with pytest.raises(Problems, match="备注"):
        compiled(book({"B2": "{{ 备注 }}"})).render(VALUES)


@pytest.mark.parametrize(
    "where",
    [
        lambda _, sheet: sheet.set_header("&C{{ 名称 }}"),
        lambda _, sheet: sheet.write_formula("B9", '="{{ 名称 }}"'),
        lambda _, sheet: sheet.insert_textbox("H9", "{{ 名称 }}"),
        lambda workbook, _: workbook.add_worksheet("{{ 名称 }}"),
        lambda _, sheet: sheet.add_table("G1:H3", {"columns": [{"header": "{{ 名称 }}"}, {"header": "乙"}]}),
    ],
)
def test_a_tag_outside_of_a_cell_is_refused(where: Any) -> None:
    assert any("D118" in told for told in refused(book({}, add=where)))


@pytest.mark.parametrize(
    "brought",
    [
        lambda _, sheet: sheet.write_comment("B9", "给李四看"),
        lambda _, sheet: sheet.write_url("B9", "external:c:\\别的.xlsx"),
        lambda _, sheet: sheet.write_url("B9", "file://server/share"),
        lambda workbook, _: workbook.add_vba_project(io.BytesIO(b"vba"), is_stream=True),
    ],
)
def test_what_must_not_go_out_with_a_table_is_refused(brought: Any) -> None:
    assert any("D119" in told or "D117" in told for told in refused(book({"B2": "{{ 发现 }}"}, add=brought)))


def test_links_to_the_web_and_the_plain_table_are_right() -> None:
    def add(_: Workbook, sheet: Any) -> None:
        sheet.write_url("B9", "https://www.example.cn/")

    assert filled(book({"B2": "{{ 发现 }}"}, add=add))["B2"].value == 12


def test_who_made_the_table_and_on_which_printer_does_not_go_out() -> None:
    original = zipfile.ZipFile(io.BytesIO(book({"B2": "{{ 发现 }}"}, vba=True)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in original.namelist():
            data = original.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'orientation="landscape"', b'orientation="landscape" r:id="rIdP"')
            if name == "xl/worksheets/_rels/sheet1.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"
                relation = b'<Relationship Id="rIdP" Type="%s" Target="../printerSettings/p1.bin"/>' % kind
                data = data.replace(b"</Relationships>", relation + b"</Relationships>")
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>", b'<Default Extension="bin" ContentType="application/x"/></Types>'
                )
            package.writestr(name, data)
        package.writestr("xl/printerSettings/p1.bin", "张三的打印机")
    out = compiled(made.getvalue()).render(VALUES)
    package = zipfile.ZipFile(io.BytesIO(out))
    whole = b"".join(package.read(name) for name in package.namelist())
    assert b"rIdP" not in whole and "张三".encode() not in whole and "打印机".encode() not in whole


def test_a_word_file_and_no_file_at_all_are_refused() -> None:
    assert "D117" in refused((ROOT / "templates" / "整改函.docx").read_bytes())[0]
    assert refused(b"PK\x03\x04 broken")


@pytest.mark.parametrize("text", ["字" * 32768, "甲\x01乙"])
def test_a_text_that_a_cell_cannot_hold_is_told_with_the_cell(text: str) -> None:
    with pytest.raises(Problems, match=r"上级要的表.xlsx 一季度!A1 错误 D120"):
        compiled(book({"B2": "{{ 名称 }}"})).render(VALUES | {"名称": text})


def test_it_travels_between_processes() -> None:
    template = compiled(book({"B2": "{{ 发现 }}"}))
    assert pickle.loads(pickle.dumps(template)).render(VALUES) == template.render(VALUES)


@given(text=st.text(max_size=30), number=st.integers(-(10**9), 10**9))
def test_what_is_filled_in_is_what_is_read(text: str, number: int) -> None:
    """Or it is refused: what a cell can't hold is never left out quietly."""
    template = compiled(book({"B2": "甲{{ 名称 }}", "B3": "{{ 发现 }}"}))
    try:
        made = template.render(VALUES | {"名称": text, "发现": number})
    except Problems:
        assert not text.isprintable()
        return
    sheet = load_workbook(io.BytesIO(made))["一季度"]
    assert (sheet["B2"].value, sheet["B3"].value) == (f"甲{text}", number)
