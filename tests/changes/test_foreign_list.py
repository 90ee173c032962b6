"""A new workspace from an Excel list of others: what is placed, what is to be filled in, and that nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from conftest import Run

from liangqing.changes.foreign_list.dates import day_of
from liangqing.cli import main as cli

HEADS = [
    ("序号", None),
    ("被检查单位", None),
    ("问题来源", None),
    ("发现时间", None),
    ("存在问题（具体）", None),
    ("整改类型", None),
    ("整改责任", "责任领导"),
    (None, "责任人"),
    (None, "职务"),
    ("整改措施", None),
    ("完成时限", None),
    ("整改情况", None),
    ("备注", None),
]
ROWS: list[list[Any]] = [
    [
        1,
        "办公室党支部",
        "集中检查",
        "2021.3.5",
        "文件未归档。",
        "立行立改",
        "李某某",
        "王某某",
        "科长",
        "补归档\n建制度",
        "2021年4月30日",
        "2021-04-02：已补归档。",
        "急",
    ],
    [
        2,
        None,
        "集中检查",
        datetime(2021, 3, 6),
        '记录不全: 缺 "签字" # 号',
        "限期整改",
        None,
        "赵某某",
        None,
        "补记录",
        "9月底",
        "正在整改",
        None,
    ],
    [
        3,
        "宣传科、办公室党支部",
        "上级交办",
        "20210401",
        "=台账不实",
        "长期坚持",
        "钱某某",
        None,
        None,
        None,
        "长期坚持",
        None,
        None,
    ],
]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A list as a group keeps it: a title, a head of two rows, merged units, a sheet of words, one of projects."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "2021台账"
    page["A1"] = "某局2021年度监督检查问题整改台账"
    page.merge_cells("A1:M1")
    for column, (upper, lower) in enumerate(HEADS, start=1):
        page.cell(2, column).value, page.cell(3, column).value = upper, lower
        if lower is None:
            page.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    page.merge_cells("G2:I2")
    for number, row in enumerate(ROWS, start=4):
        for column, value in enumerate(row, start=1):
            cell = page.cell(number, column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    page.merge_cells("B4:B5")
    book.create_sheet("说明")["A1"] = "本表每月更新"
    projects = book.create_sheet("重点项目")
    projects.append(["项目名称", "牵头单位", "启动时间", "计划完成时间", "状态"])
    projects.append(["档案数字化", "办公室党支部、宣传科", "2021-03-01", 44469, "推进中"])
    path = tmp_path / "旧台账.xlsx"
    book.save(path)
    return path


def init(kept: Path, capsys: pytest.CaptureFixture[str], year: int = 2021) -> tuple[Path, str]:
    new = kept.parent / "新"
    words = ["init", str(new), "--from", str(kept), "--year", str(year)]
    assert cli.main(words) == 0 and not new.exists()
    assert "还没有建目录" in capsys.readouterr().out
    assert cli.main([*words, "--accept"]) == 0
    return new, capsys.readouterr().out


def section(new: Path, name: str, year: int = 2021) -> Any:
    text = (new / f"checklists/{year}/{name}.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)[name]


def note_of(new: Path) -> str:
    return (new / "从台账带入的说明.md").read_text("utf-8")


def test_what_is_placed(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, _ = init(kept, capsys)
    first, second, third, _ = section(new, "问题")
    assert first == {
        "编号": "W2021-01",
        "检查": "LY01",
        "单位": "U01",
        "名称": "文件未归档",
        "事实": "文件未归档。",
        "整改类别": "立行立改",
        "整改措施": ["补归档", "建制度"],
        "发现日期": "2021-03-05",
        "整改时限": "2021-04-30",
        "责任": {"责任领导": "李某某", "责任人": "王某某", "职务": "科长"},
        "进展": [{"日期": "2021-04-02", "内容": "已补归档。"}],
    }
    assert second["单位"] == "U01" and second["事实"] == '记录不全: 缺 "签字" # 号'
    assert second["整改时限"] == "" and "进展" not in second
    assert third["事实"] == "=台账不实" and third["整改时限"] == "长期坚持"
    of_two = [finding["单位"] for finding in section(new, "问题")[2:]]
    assert of_two == ["U02", "U01"] and {f["共性"] for f in section(new, "问题")[2:]} == {"=台账不实"}
    assert [unit["名称"] for unit in section(new, "单位")] == ["办公室党支部", "宣传科"]
    assert [(made["类型"], made["单位"]) for made in section(new, "检查")] == [
        ("集中清查", ["U01"]),
        ("", ["U02", "U01"]),
    ]
    (project,) = section(new, "项目")
    assert project["完成时限"] == "2021-09-30" and project["责任单位"] == ["U01", "U02"]


def test_nothing_is_lost(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, _ = init(kept, capsys)
    assert (new / "原台账/旧台账.xlsx").read_bytes() == kept.read_bytes()
    assert (new / "原台账/带入对照.xlsx").exists()
    note = note_of(new)
    assert "- 说明!A1：本表每月更新\n" in note
    everything = note + "".join(path.read_text("utf-8") for path in (new / "checklists").rglob("*.yaml"))
    for words in (
        "原表「备注」：急",
        "原表写的是「9月底」，没有说是哪一天",
        "正在整改（没有日期，没有写成「进展」，核对）",
        "原表写的是责任领导「钱某某」",
    ):
        assert words in everything
    written = [str(value) for row in ROWS for value in row if isinstance(value, str)]
    pieces = [piece for value in written for piece in value.replace("\n", "、").split("、")]
    assert len(pieces) > 25
    spelled = {"2021.3.5": "2021-03-05", "20210401": "2021-04-01", "2021年4月30日": "2021-04-30"}
    spelled |= {"集中检查": "集中清查", "2021-04-02：已补归档。": "已补归档。"}
    lost = [
        piece
        for piece in pieces
        if spelled.get(piece, piece).replace('"', "") not in everything.replace('"', "")
    ]
    assert lost == []


def test_what_is_to_be_filled_in_is_what_check_says(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, _ = init(kept, capsys)
    assert cli.main(["-C", str(new), "check"]) == 1
    said = capsys.readouterr().err
    lines = [line for line in said.splitlines() if " 错误 " in line]
    assert lines and all(" D104 缺「" in line for line in lines), said
    for path in sorted((new / "checklists").rglob("*.yaml")):
        text = path.read_text("utf-8").splitlines()
        marked = {number for number, line in enumerate(text, 1) if line.rstrip() and ":  # 填：" in line}
        told = {
            int(line.split(":")[1]) for line in lines if line.startswith(path.relative_to(new).as_posix())
        }
        assert marked <= told, path


def test_our_own_ledger_comes_in_without_a_gap(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger")[0] == 0
    new, _ = init(run.root / "output/2021/台账/2021年台账.xlsx", capsys)
    codes = [each["编号"] for each in section(new, "问题")]
    assert codes == [f"W2021-0{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8)]
    assert section(new, "问题")[0]["进展"][1]["日期"] == "2021-06-15"
    assert len(section(new, "检查")) > 12 and len(section(new, "项目")) == 6
    assert not any("、" in unit["名称"] for unit in section(new, "单位"))


def test_a_file_without_a_list_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    assert cli.main(["init", str(tmp_path / "新"), "--from", str(tmp_path / "空.xlsx"), "--yes"]) == 1
    assert "D626 没有认出可以带入的表" in capsys.readouterr().err
    assert not (tmp_path / "新").exists()


def test_sample_and_a_list_are_not_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "新"), "--sample", "--from", "甲.xlsx"]) == 2
    assert "--sample、--from、--xlsx 只写一个" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "2021-3-5",
        "2021/03/05",
        "2021.3.5",
        "2021年3月5日",
        "2021年3月5号",
        "20210305",
        "２０２１．３．５",
        44260,
    ],
)
def test_dates_as_people_write_them(text: object) -> None:
    assert day_of(text) == date(2021, 3, 5)


@pytest.mark.parametrize(
    "text", ["3月5日", "2021年3月", "2021-13-05", "2021-02-30", "九月底", 5, 2021.5, True, None]
)
def test_what_is_no_date(text: object) -> None:
    assert day_of(text) is None
