"""The ledger as a workbook: what stands in it, that it is the same every time, and that nothing in it is a formula."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from conftest import Run
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample import ISSUED, ROOT, copy_workspace
from sdk import sdk

from liangqing.base.diagnostics import Problems
from liangqing.changes.ledger_workbook import cell_text, read
from liangqing.outputs import ledger
from liangqing.outputs.ledger.cells import look, put, set_height
from liangqing.outputs.ledger.entered import ENTRIES
from liangqing.outputs.ledger.package import sealed
from liangqing.outputs.ledger.sheets import CHOICES, ORIGINALS, SHEETS
from liangqing.outputs.ledger.whole_rows import RowWriter
from liangqing.outputs.ledger.writing import HEAD_ROW
from liangqing.register import Line, Register
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.state.standing import Standing

sys.path.insert(0, str(ROOT))
from benchmarks import units

LOOKED_AT = ["问题", "检查", "自查", "发文", "项目", "征求意见", "责任人", "统计"]
FILLED_IN = [sheet.name for sheet in ENTRIES]
NAMES = ["说明", *LOOKED_AT, *FILLED_IN]
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
        assert page.freeze_panes and page.auto_filter.ref.startswith("A4:")
        assert page.page_setup.orientation == "landscape" and page.print_title_rows == "$4:$4"
        after = len(sheet.columns) + 1
        identity = page.column_dimensions[openpyxl.utils.get_column_letter(after)]
        assert (identity.hidden, identity.min, identity.max) == (True, after, after + 1)


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
    assert {name for name, cells in offered.items() if not cells} == {
        "说明",
        "发文",
        "责任人",
        "统计",
        "总结",
    }
    assert words_offered(book, "问题", "整改类别") == ["立行立改", "限期整改", "长期坚持"]
    assert words_offered(book, "问题", "单位")[:2] == ["局党组", "水生态科党支部"]
    assert words_offered(book, "任务落实", "检查")[0] == "JZ01　灵川局党支部集中清查"
    assert words_offered(book, "任务落实", "状态") == ["未部署", "已部署", "已落实", "已见效", "不涉及"]
    assert words_offered(book, "任务", "责任主体")[:3] == ["全体单位", "党组", "党委"]
    assert words_offered(book, "进展", "问题")[5].startswith("W2021-06　")
    assert words_offered(book, "双签", "无异议") == ["是", "否"]


def words_offered(book: Workbook, name: str, head: str) -> list[str]:
    """The words of the drop-down of a column, which is there for rows below the last one too."""
    page = book[name]
    letter = openpyxl.utils.get_column_letter(column_of(page, head))
    below = f"{letter}{page.max_row + 200}"
    (rule,) = [rule for rule in page.data_validations.dataValidation if below in rule.sqref]
    assert rule.showErrorMessage is False
    across, _, last = rule.formula1.partition("!")[2].replace("$", "").partition(":")
    return [row[0].value for row in book[CHOICES][f"{across}:{last}"]]


def test_the_same_bytes(opened: OpenWorkspace) -> None:
    assert ledger.write(opened.at) == ledger.write(
        open_workspace(opened.root, None, None, date(2021, 11, 1)).at
    )


RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x","y")']


@pytest.mark.parametrize("text", RISKY)
def test_no_text_becomes_a_formula(run: Run, text: str) -> None:
    run.edit("checklists/2021/问题.yaml", "整改目标: 公示牌信息真实有效。", f"整改目标: '{text}'")
    book = read_back(ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at))
    (cell,) = [each for each in book["问题"][HEAD_ROW + 2] if each.value == text]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    kept = json.dumps(text)
    hidden = [cell for row in book[ORIGINALS].iter_rows() for cell in row if kept in str(cell.value)]
    assert [each.data_type for each in hidden] == ["s"]


PLAIN = [
    "12",
    "1.50",
    "2021-09-30",
    "http://x.cn",
    "{=1}",
    "a\tb",
    "<r>&</r>",
    "<r><t>x</t></r>",
    "_x0041_",
    "是\n否",
]


@pytest.mark.process
def test_a_text_stays_as_it_is(tmp_path: Path) -> None:
    texts = [*RISKY, *PLAIN]

    def fill(book: xlsxwriter.Workbook) -> None:
        target, bare = book.add_worksheet(), look(book, {})
        for row, text in enumerate(texts):
            put(target, row, 0, text, bare)

    (path := tmp_path / "文字.xlsx").write_bytes(sealed(date(2021, 11, 1), fill))
    cells = [row[0] for row in openpyxl.load_workbook(path).worksheets[0]]
    assert [cell_text(cell.value) for cell in cells] == texts
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    assert [cell.quotePrefix for cell in cells] == [text in RISKY for text in texts]
    assert sdk(path) == []


def test_a_row_that_is_written_whole_is_what_xlsxwriter_writes() -> None:
    days = [date(1900, 1, 31), date(1900, 3, 1), date(2021, 11, 1)]
    values: list[str | date | int | None] = [*RISKY, *PLAIN, " 首", "尾\n", "一\n二", "", None, 0, 12, *days]
    rows = [(number, [value, 1, None, "="]) for number, value in enumerate(values)]

    def whole(book: xlsxwriter.Workbook) -> None:
        target = book.add_worksheet()
        writer = RowWriter(target, [look(book, {"bold": place % 2}) for place in range(4)], (None,))
        for number, row in rows:
            writer.write(number, row, 19.5 + number)

    def by_cells(book: xlsxwriter.Workbook) -> None:
        target = book.add_worksheet()
        looks = [look(book, {"bold": place % 2}) for place in range(4)]
        for number, row in rows:
            set_height(target, number, 19.5 + number)
            for place, value in enumerate(row):
                if value is not None:
                    put(target, number, place, value, looks[place])

    assert sealed(days[-1], whole) == sealed(days[-1], by_cells)


@pytest.mark.parametrize("text", ["=1+1", "<r><t>x</t></r>", "_x0041_"])
def test_a_text_is_taken_back_as_it_is(run: Run, text: str, tmp_path: Path) -> None:
    run.edit("checklists/2021/问题.yaml", "整改目标: 公示牌信息真实有效。", f"整改目标: {json.dumps(text)}")
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at))
    assert run("collect", str(path)) == (0, "没有要收的改动\n", "")
    assert [
        row.values["整改目标"]
        for row in read(path, path.name).rows
        if row.sheet.name == "问题" and row.values["编号"] == "W2021-02"
    ] == [text]


def column_of(page: Worksheet, head: str) -> int:
    return next(cell.column for cell in page[HEAD_ROW] if cell.value == head)


@pytest.mark.process
def test_valid_for_the_sdk(opened: OpenWorkspace, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger.write(opened.at))
    assert sdk(path) == []


def test_the_look_of_a_list(book: Workbook) -> None:
    page = book["问题"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("D5", "A4:AU12")
    assert (page.print_area, page.print_title_rows, page.print_title_cols) == (
        "'问题'!$A$4:$AH$12",
        "$4:$4",
        "$A:$C",
    )
    setup, margins = page.page_setup, page.page_margins
    assert (setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (8, 2, 0)
    assert page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
    assert (margins.left, margins.top, margins.bottom, margins.header, margins.footer) == (
        0.4,
        0.8,
        0.7,
        0.4,
        0.35,
    )
    head, foot = page.HeaderFooter.oddHeader.left, page.HeaderFooter.oddFooter.center
    assert (head.text, head.size) == ("2021年度问题台账（截至2021年10月31日）", 14)
    assert foot.text == "第 &P 页　共 &N 页"
    assert [page.row_dimensions[row].height for row in (1, 4, 5)] == [28, 32, 141]
    assert [page.column_dimensions[letter].width for letter in "ABG"] == [6, 11, 45]
    assert (book.active, len(book.worksheets)) == (page, len(NAMES) + 2)
    assert {str(merged) for merged in book["统计"].merged_cells.ranges} >= {"C3:F3", "C4:F4"}


LOOKS = {  # head → how it looks, and how the cells below do: fill, number format, how they are aligned
    "编号": ("BDD7EE", "F2F8FC", "@", "center"),
    "问题描述": ("9DC3E6", "F2F8FC", "@", "left"),
    "延期后时限": ("E7E6E6", None, "yyyy-mm-dd", "center"),
    "来源": ("E7E6E6", None, "General", "center"),
    "整改目标": ("BDD7EE", "F2F8FC", "@", "left"),
    "完成时限": ("BDD7EE", "F2F8FC", "yyyy-mm-dd", "center"),
}


@pytest.mark.parametrize("head", LOOKS)
def test_the_look_of_a_cell(book: Workbook, head: str) -> None:
    page = book["问题"]
    above, below = (page.cell(row, column_of(page, head)) for row in (HEAD_ROW, HEAD_ROW + 1))
    fills = [cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" else None for cell in (above, below)]
    assert (*fills, below.number_format, below.alignment.horizontal) == LOOKS[head]
    for cell, bold in ((above, True), (below, False)):
        assert (cell.font.name, cell.font.sz, cell.font.b) == ("宋体", 10, bold)
        assert cell.alignment.vertical == "center" and cell.alignment.wrap_text
        assert {getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")} == {"thin"}


def test_the_colours_of_states(book: Workbook) -> None:
    (rules,) = book["问题"].conditional_formatting
    assert str(rules.sqref) == "X5:X12"
    colours = {rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:] for rule in rules.rules}
    assert [colours[word] for word in ("逾期", "临期", "已销号")] == ["F8CBAD", "FFE699", "C6E0B4"]


def test_nothing_of_the_machine_is_in_it(opened: OpenWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ledger.write(opened.at)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert ledger.write(opened.at) == first
    finally:
        monkeypatch.undo()
        time.tzset()
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2021-10-31T00:00:00Z") == 2 and "<dc:creator></dc:creator>" in core


def many(root: Path, count: int) -> Standing:
    """A year of `count` units: two findings each, signed on one form, in a letter that was issued and delivered."""
    units.workspace(root, count)
    (root / "checklists/2021/签.yaml").write_text(
        "双签:\n" + "".join(SIGN.format(n=number) for number in range(1, count + 1)), "utf-8"
    )
    (root / "checklists/2021/送.yaml").write_text(
        "送达:\n" + "".join(DELIVERY.format(n=number) for number in range(1, count + 1)), "utf-8"
    )
    at = open_workspace(root, None, None, date(2021, 11, 1)).at
    return replace(at, register=Register(tuple(letter_sent(number) for number in range(1, count + 1))))


SIGN = (
    "  - {{编号: SQ{n}, 检查: JZ{n}, 单位: U{n}, 问题: [W{n}-1, W{n}-2], 内容码: ABCDEF, 日期: 2021-04-20, "
    "党组织签字人: 陈某某, 纪检监察组签字人: 张某某}}\n"
)
DELIVERY = "  - {{文号: 市纪驻某整〔2021〕{n}号, 单位: U{n}, 日期: 2021-05-08, 签收人: 罗某某}}\n"


def letter_sent(number: int) -> Line:
    return Line(
        serial=number,
        kind="整改函",
        subject=f"ZG{number}",
        title="整改函",
        addressee=f"第{number}分局党支部",
        year=2021,
        issued=date(2021, 5, 6),
        file=f"{number}.docx",
        content="",
        values="",
        number=f"市纪驻某整〔2021〕{number}号",
    )


def lines_run(at: Standing) -> int:
    """How many lines of Python a ledger takes, those of every turn of a loop counted."""
    count = 0

    def follow(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        ledger.write(at)
    finally:
        sys.settrace(before)
    return count


def test_twice_the_rows_are_twice_the_work(tmp_path: Path) -> None:
    few, twice, more = (lines_run(many(tmp_path / str(count), count)) for count in (10, 20, 40))
    assert (more - twice) / (twice - few) == pytest.approx(2, rel=0.01)


def test_what_the_many_are(tmp_path: Path) -> None:
    book = read_back(ledger.write(many(tmp_path / "三", 3)))
    assert column(book, "问题", "整改函号") == [f"市纪驻某整〔2021〕{n}号" for n in (1, 1, 2, 2, 3, 3)]
    assert column(book, "问题", "双签") == ["已失效"] * 6
    assert column(book, "发文", "签收人") == ["罗某某"] * 3
    assert column(book, "自查", "计入份数") == ["是"] * 3
    told = [row[:5] for row in book["统计"].iter_rows(values_only=True) if str(row[0]).startswith("第")]
    told = told[:3]  # the second table by unit has the rates
    assert [letters for *_, letters in told] == [1, 1, 1]


def test_a_text_too_long_for_a_cell_is_refused(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "公示牌信息真实有效。", "长" * 32768)
    with pytest.raises(Problems, match=r"问题.yaml:82:11 错误 D706 台账「问题」的「整改目标」有 32768 字"):
        ledger.write(open_workspace(run.root, None, None, date(2021, 11, 1)).at)


def test_a_character_that_no_cell_holds_is_refused(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改目标: 公示牌信息真实有效。", '整改目标: "公示\\a牌"')
    with pytest.raises(Problems, match=r"问题.yaml:82:11 错误 D707 .*控制字符"):
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
    book["项目"]["A5"] = "改过"
    book.save(path)


def test_issue_refuses_the_ledger(run: Run) -> None:
    code, _, said = run("issue", "台账", "2021", "--date", "2021-10-31")
    assert code == 1 and "台账不取号也不定稿，不用印发" in said


ENTRY = "台账:\n  命令: ledger\n  阶段: 总览\n  说明: 说\n  对象: 年度\n  标题: 台账\n  文件名: 台账\n"
BROKEN = {
    "  模板: 整改函.docx\n  生成: xlsx\n": "应写明怎样生成：「模板」或「生成」",
    "": "应写明怎样生成：「模板」或「生成」",
    "  生成: xlsx\n  定稿: 是\n": "不是 Word 文书的文种不取号、不定稿、不带附件，也不是表单，这里却写了「定稿」",
    "  生成: pdf\n": "「生成」应为 xlsx",
}


@pytest.mark.parametrize("lines", BROKEN)
def test_how_a_kind_is_written_is_said_once(run: Run, lines: str) -> None:
    (run.root / "templates/文种.yaml").write_text(ENTRY + lines, "utf-8")
    code, _, said = run("ledger")
    assert code == 1 and BROKEN[lines] in said
