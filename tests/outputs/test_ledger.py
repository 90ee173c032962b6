"""The ledger as a workbook: what stands in it, that it is the same every time, and that nothing in it is a formula."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from conftest import Run
from openpyxl.workbook import Workbook
from sample import ISSUED, copy_workspace
from sdk import sdk

from liangqing.base.diagnostics import Problems
from liangqing.outputs import ledger
from liangqing.outputs.ledger.lists import SHEETS
from liangqing.outputs.ledger.writing import CHOICES, HEAD_ROW, ORIGINALS
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

NAMES = ["问题", "检查", "自查", "发文", "项目", "征求意见", "统计"]
FILE = "output/2021/台账/2021年台账.xlsx"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenWorkspace:
    root = copy_workspace(tmp_path_factory.mktemp("ledger") / "工作", issued=True)
    return open_workspace(root, None, None, date(2021, 11, 1))


@pytest.fixture(scope="module")
def book(opened: OpenWorkspace) -> Workbook:
    return read_back(ledger.write(opened.at))


def read_back(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def column(book: Workbook, sheet: str, head: str) -> list[object]:
    """The values under a head."""
    rows = list(book[sheet].iter_rows(min_row=HEAD_ROW, values_only=True))
    place = rows[0].index(head)
    return [row[place] for row in rows[1:]]


def test_sheets_and_columns(book: Workbook) -> None:
    shown = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    assert shown == NAMES
    assert [book[name].sheet_state for name in (ORIGINALS, CHOICES)] == ["veryHidden"] * 2
    heads = [each.value for each in book["问题"][HEAD_ROW]]
    wanted = (
        "序号 编号 单位 来源 发现日期 问题描述 依据 问题类型 整改类别 整改措施 整改目标 责任领导 责任部门 责任人 "
        "完成时限 整改函号 进展 证据材料 状态 销号申请日 验收人 验收意见 销号日期 回头看 备注"
    )
    assert [head for head in heads if head in wanted.split()] and set(wanted.split()) <= set(heads)
    for sheet in SHEETS:
        page = book[sheet.name]
        assert page.freeze_panes and page.auto_filter.ref.startswith("A3:")
        assert page.page_setup.orientation == "landscape" and page.print_title_rows == "$3:$3"
        last = openpyxl.utils.get_column_letter(len(sheet.columns) + 2)
        assert page.column_dimensions[last].hidden


def test_what_stands_in_the_rows(book: Workbook) -> None:
    assert column(book, "问题", "编号") == [f"W2021-0{n}" for n in range(1, 9)]
    assert column(book, "问题", "状态")[5] == "逾期"
    assert column(book, "问题", "完成时限")[:3] == [
        date_cell(2021, 6, 30),
        date_cell(2021, 4, 9),
        "长期坚持",
    ]
    assert column(book, "问题", "延期后时限")[3] == date_cell(2021, 9, 10)
    assert column(book, "问题", "整改函号")[:2] == ["市纪驻环整〔2021〕1号", None]
    assert str(column(book, "问题", "整改措施")[0]).count("\n") == 2
    assert column(book, "自查", "计入份数").count("是") == 36
    assert column(book, "检查", "计入集中").count("是") == 12
    assert column(book, "发文", "效力") == ["有效"] * len(ISSUED)
    assert column(book, "项目", "状态") == ["已完成", "逾期", "推进中", "已完成", "推进中", "未启动"]


def date_cell(year: int, month: int, day: int) -> object:
    from datetime import datetime

    return datetime(year, month, day)


def test_the_figures_are_those_of_the_summary(book: Workbook, opened: OpenWorkspace) -> None:
    rows = list(book["统计"].iter_rows(min_row=4, max_col=3, values_only=True))
    told = {row[0]: row[1] for row in rows[: len(FIGURES.rows)]}
    assert told == build(FIGURES.rows, opened.at, {name: {} for name in FIGURES.rows})
    figures = [told[name] for name in ("自查份数", "集中监督检查次数", "发现问题数", "整改函份数")]
    assert figures == [36, 12, 7, 4]
    assert str(book["统计"]["A1"].value).endswith("（截至2021年10月31日）")


def test_choices_are_offered(book: Workbook) -> None:
    offered = {
        name: {str(each.sqref) for each in book[name].data_validations.dataValidation} for name in NAMES
    }
    assert {name for name, cells in offered.items() if cells} == {"问题", "自查", "项目", "征求意见"}
    (rule,) = book["问题"].data_validations.dataValidation
    letter = rule.formula1.split("$")[1]
    words = [book[CHOICES][f"{letter}{n}"].value for n in (1, 2, 3)]
    assert words == ["立行立改", "限期整改", "长期坚持"]


def test_the_same_bytes(opened: OpenWorkspace) -> None:
    assert ledger.write(opened.at) == ledger.write(
        open_workspace(opened.root, None, None, date(2021, 11, 1)).at
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x","y")'])
def test_no_text_becomes_a_formula(run: Run, text: str) -> None:
    run.edit("checklists/2021/问题.yaml", "整改目标: 公示牌信息真实有效。", f"整改目标: '{text}'")
    book = read_back(ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at))
    (cell,) = [each for each in book["问题"][HEAD_ROW + 2] if each.value == text]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    hidden = [cell for row in book[ORIGINALS].iter_rows() for cell in row if cell.value == text]
    assert [each.data_type for each in hidden] == ["s"]


@pytest.mark.process
def test_valid_for_the_sdk(opened: OpenWorkspace, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger.write(opened.at))
    assert sdk(path) == []


def test_a_text_too_long_for_a_cell_is_refused(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "公示牌信息真实有效。", "长" * 32768)
    with pytest.raises(Problems, match=r"问题.yaml:56:11 错误 D706 台账「问题」的「整改目标」有 32768 字"):
        ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at)


def test_a_character_that_no_cell_holds_is_refused(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改目标: 公示牌信息真实有效。", '整改目标: "公示\\a牌"')
    with pytest.raises(Problems, match=r"问题.yaml:56:11 错误 D707 .*控制字符"):
        ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at)


def test_the_command(run: Run) -> None:
    code, out, _ = run("ledger", "--dry-run")
    assert code == 3 and "新建" in out
    assert not (run.root / FILE).exists()
    assert run("ledger")[0] == 0
    first = (run.root / FILE).read_bytes()
    assert run("ledger", "--dry-run")[0] == 0
    edit(run.root / FILE)
    code, out, _ = run("ledger")
    assert code == 1 and f"没有覆盖：{FILE} 被人改过" in out
    assert run("ledger", "--overwrite")[0] == 0
    assert (run.root / FILE).read_bytes() == first


def edit(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["项目"]["A4"] = "改过"
    book.save(path)


def test_issue_refuses_the_ledger(run: Run) -> None:
    code, _, said = run("issue", "台账", "2021", "--date", "2021-10-31")
    assert code == 1 and "台账不取号也不定稿，不用印发" in said


ENTRY = "台账:\n  命令: ledger\n  阶段: 总览\n  说明: 说\n  对象: 年度\n  标题: 台账\n  文件名: 台账\n"
BROKEN = {
    "  模板: 整改函.docx\n  生成: xlsx\n": "应写明怎样生成：「模板」或「生成」",
    "": "应写明怎样生成：「模板」或「生成」",
    "  生成: xlsx\n  定稿: 是\n": "用「生成」的文种不取号、不定稿、不带附件",
    "  生成: pdf\n": "「生成」应为 xlsx",
}


@pytest.mark.parametrize("lines", BROKEN)
def test_how_a_kind_is_written_is_said_once(run: Run, lines: str) -> None:
    (run.root / "templates/文种.yaml").write_text(ENTRY + lines, "utf-8")
    code, _, said = run("ledger")
    assert code == 1 and BROKEN[lines] in said
