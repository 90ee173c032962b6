"""What else stands in lists that offices keep: years between the rows, numbers of their own, a sheet a unit, posts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from liangqing.cli import main as cli

Said = pytest.CaptureFixture[str]
HEADS = ["序号", "被检查单位", "问题描述", "整改措施", "整改时限", "责任人"]


def came_in(folder: Path, rows: Any, sheet: str = "台账") -> Path:
    """The workspace of a list; rows of one text go over the sheet, as section rows do."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(folder / "原表.xlsx")
    new = folder / "新"
    assert (
        cli.main(["init", str(new), "--from", str(folder / "原表.xlsx"), "--year", "2026", "--accept"]) == 0
    )
    return new


def section(new: Path, name: str, year: int = 2026) -> Any:
    text = (new / f"checklists/{year}/{name}.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)[name]


def test_a_section_row_that_tells_a_year_is_no_inspection(tmp_path: Path) -> None:
    rows = [HEADS, ["2025年度"], [1, "甲站", "记录不全"], ["2026年度"], [2, "乙站", "台账不清"]]
    new = came_in(tmp_path, rows)
    (old,) = section(new, "检查", 2025)
    (own,) = section(new, "检查")
    assert old["名称"] == own["名称"] == ""
    assert "年度」" not in (new / "checklists/2026/检查.yaml").read_text("utf-8")
    assert [found["事实"] for found in section(new, "问题", 2025)] == ["记录不全"]


def test_measures_on_one_line_are_parted_at_their_numbers(tmp_path: Path) -> None:
    rows = [
        HEADS,
        [1, "甲站", "记录不全", "1.盘点入账；2.建立月盘点制度，比上年减少1.5成。"],
        [2, "乙站", "台账不清", "补记；核对"],
    ]
    first, second = section(came_in(tmp_path, rows), "问题")
    assert first["整改措施"] == ["盘点入账", "建立月盘点制度，比上年减少1.5成。"]
    assert second["整改措施"] == ["补记；核对"]


def test_a_section_row_right_under_a_head_of_two_rows_is_no_head(tmp_path: Path, capsys: Said) -> None:
    heads = ["序号", "被检查单位", "问题描述", "整改情况", None, "责任人"]
    rows = [
        heads,
        [None, None, None, "整改措施", "整改时限"],
        ["一、专项检查发现的问题"],
        [1, "甲站", "记录不全"],
    ]
    new = came_in(tmp_path, rows)
    assert "A列「序号」→ 不带入，如「1」（序号，不是编号）" in capsys.readouterr().out
    assert section(new, "检查")[0]["类型"] == "专项监督"


def test_a_number_of_the_list_that_is_no_code_stands_beside_its_record(tmp_path: Path) -> None:
    rows = [["编号", *HEADS[1:]], ["001", "甲站", "记录不全", None, "2026-05-01"], ["W7", "乙站", "台账不清"]]
    new = came_in(tmp_path, rows)
    assert "# 原表「编号」：001" in (new / "checklists/2026/问题.yaml").read_text("utf-8")
    assert [found["编号"] for found in section(new, "问题")] == ["W2026-01", "W7"]


def test_a_column_of_years_tells_the_year_of_a_finding(tmp_path: Path, capsys: Said) -> None:
    rows = [
        ["年度", *HEADS[1:]],
        [2025, "甲站", "记录不全"],
        ["2026年度", "乙站", "台账不清"],
        ["上年", "丙站", "签字不齐"],
    ]
    new = came_in(tmp_path, rows)
    assert [found["事实"] for found in section(new, "问题", 2025)] == ["记录不全"]
    assert [found["事实"] for found in section(new, "问题")] == ["台账不清", "签字不齐"]
    assert "台账!A4「年度」：上年" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("单位：城南水厂（盖章）", "城南水厂"),
        ("被检查单位: 城南水厂", "城南水厂"),
        ("填报单位：城南水厂", ""),
        ("单位：驻水务局纪检监察组", ""),
    ],
)
def test_a_sheet_of_one_unit_tells_it_above_its_head(
    tmp_path: Path, capsys: Said, title: str, unit: str
) -> None:
    rows = [
        ["问题整改清单"],
        [title],
        ["序号", "问题描述", "整改时限", "责任人"],
        [1, "记录不全", "2026-05-01", "甲某某"],
    ]
    new = came_in(tmp_path, rows)
    told = f"台账 没有写单位的一列，按表头上面写的「{unit}」带入"
    assert (told in capsys.readouterr().out) is bool(unit)
    assert section(new, "问题")[0]["单位"] == ("U01" if unit else "")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("甲某某 主任", {"责任人": "甲某某", "职务": "主任"}),
        ("甲某某，副科长", {"责任人": "甲某某", "职务": "副科长"}),
        ("甲某某、乙科长", {"责任人": "甲某某、乙科长"}),
    ],
)
def test_a_post_behind_a_name_is_no_part_of_it_and_no_person(
    tmp_path: Path, words: str, who: dict[str, str]
) -> None:
    rows = [[*HEADS[:-1], "责任人及职务"], [1, "甲站", "记录不全", None, "2026-05-01", words]]
    assert section(came_in(tmp_path, rows), "问题")[0]["责任"] == who


def test_a_short_column_beside_the_description_is_what_a_finding_is_called(
    tmp_path: Path, capsys: Said
) -> None:
    rows = [
        ["序号", "单位", "问题", "问题描述", "整改时限"],
        [1, "甲站", "门未锁", "5月6日加药间门未锁。", "2026-06-01"],
    ]
    (found,) = section(came_in(tmp_path, rows), "问题")
    assert (found["名称"], found["事实"]) == ("门未锁", "5月6日加药间门未锁。")
    assert "C列「问题」→ 名称，如「门未锁」（D列已是「事实」，请核对）" in capsys.readouterr().out
