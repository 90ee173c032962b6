"""A workbook in which a person goes on after it was taken: what was taken is known, whatever was done to it meanwhile."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from conftest import Run
from openpyxl.workbook import Workbook
from sheet import Sheet

LEDGER = "output/2021/台账/2021年台账.xlsx"
TALK = {"单位": "局党组", "方式": "谈心谈话", "性质": "了解"}


@pytest.fixture
def book(run: Run) -> Workbook:
    return made_anew(run)


def made_anew(run: Run) -> Workbook:
    assert run("ledger", "--overwrite")[0] == 0
    return openpyxl.load_workbook(run.root / LEDGER)


def collect(run: Run, book: Workbook, *words: str) -> tuple[int, str, str]:
    path = run.root / "回来的.xlsx"
    book.save(path)
    return run("collect", str(path), "--accept", *words)


def data(run: Run) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (run.root / "checklists").rglob("*.yaml")}


def row_of(sheet: Sheet, **wanted: str) -> int:
    """The one row that says this."""
    found = [
        row[0].row
        for row in sheet.page.iter_rows()
        if all(str(row[sheet.columns[head] - 1].value) == text for head, text in wanted.items())
    ]
    assert len(found) == 1, (wanted, found)
    return int(found[0])


def set_in(sheet: Sheet, row: int, head: str, text: str) -> None:
    sheet.page.cell(row, sheet.columns[head]).value = text


def assert_takes_nothing(run: Run, book: Workbook, *words: str) -> str:
    before = data(run)
    code, out, err = collect(run, book, *words)
    assert (code, out) == (0, "没有要收的改动\n"), err
    assert data(run) == before
    return err


def test_records_called_by_new_numbers_are_taken_once(run: Run, book: Workbook) -> None:
    Sheet(book, "检查").add(编号="新1", 类型="抽查", 名称="某站抽查", 开始日期="2021-10-20", 单位="局党组")
    Sheet(book, "任务落实").add(检查="新1", 单位="局党组", 任务="R1", 状态="已部署")
    given = {
        "检查": "新1",
        "单位": "局党组",
        "整改类别": "限期整改",
        "整改要求": "补齐。",
        "责任人": "丙某某",
    }
    for number, name in enumerate(("记录不全", "账目不全"), 1):
        words = {"编号": f"新{number}", "问题名称": name, "问题描述": f"{name}。", "完成时限": "2021-12-30"}
        Sheet(book, "问题").add(**given, **words)
    Sheet(book, "进展").add(问题="新2", 日期="2021-10-25", 内容="已补。")
    Sheet(book, "整改函").add(编号="新1", 单位="局党组", 问题="新1、新2", 事由="抽查", 回复期限="2021-12-31")
    assert collect(run, book)[0] == 0
    assert_takes_nothing(run, book)


def test_a_task_called_by_a_new_number_is_taken_once(run: Run, book: Workbook) -> None:
    Sheet(book, "任务").add(
        编号="新1", 监督内容="用水", 具体任务="核查取水许可", 责任主体="局党组", 监督方式="抽查",
        完成时限="2021-12-31", 增补日期="2021-10-01",
    )  # fmt: skip
    Sheet(book, "监督记录").add(日期="2021-10-20", 内容="问了情况。", 任务="新1", **TALK)
    code, _, err = collect(run, book)
    assert code == 0, err
    assert_takes_nothing(run, book)


def test_two_entries_of_one_day_are_taken_once(run: Run, book: Workbook) -> None:
    for words in ("第一件。", "第二件。"):
        Sheet(book, "进展").add(问题="W2021-08", 日期="2021-10-29", 内容=words)
    assert collect(run, book)[0] == 0
    assert_takes_nothing(run, book)


def test_a_changed_entry_is_taken_once(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "进展")
    set_in(sheet, row_of(sheet, 问题="W2021-01", 日期="2021-04-30 00:00:00"), "内容", "标识牌已装好。")
    Sheet(book, "自查期次").page.cell(5, 2).value = "2021-04-01"
    assert collect(run, book)[0] == 0
    assert_takes_nothing(run, book)
    sheet.add(问题="W2021-01", 日期="2021-04-30", 内容="同一天的另一件。")
    assert "合计：2 处改动" in collect(run, book)[1]
    assert_takes_nothing(run, book)


def test_what_was_struck_out_and_is_gone_keeps_nothing_out(run: Run, book: Workbook) -> None:
    progress = Sheet(book, "进展")
    row = row_of(progress, 问题="W2021-01", 日期="2021-04-30 00:00:00")
    set_in(progress, row, "作废", "是")
    Sheet(book, "项目")["XM06", "作废"] = "是"
    progress.add(问题="W2021-01", 日期="2021-06-16", 内容="又看了一次。")
    assert collect(run, book)[0] == 0
    assert f"进展!第{row}行 警告 D811 作废的这一条在记录里没有了" in assert_takes_nothing(run, book)


def test_of_two_records_of_one_day_the_other_is_not_struck_out(run: Run, book: Workbook) -> None:
    for words in ("听取汇报。", "问了情况。"):
        Sheet(book, "监督记录").add(日期="2021-10-30", 内容=words, **TALK)
    assert collect(run, book)[0] == 0
    again = made_anew(run)
    sheet = Sheet(again, "监督记录")
    set_in(sheet, row_of(sheet, 内容="听取汇报。"), "作废", "是")
    assert collect(run, again)[0] == 0
    assert_takes_nothing(run, again, "--conflict", "update")
    set_in(sheet, row_of(sheet, 内容="问了情况。"), "内容", "问了两次。")
    assert "「问了情况。」 → 「问了两次。」" in collect(run, again)[1]


def test_an_entry_is_known_though_one_before_it_was_struck_out(run: Run, book: Workbook) -> None:
    Sheet(book, "进展").add(问题="W2021-01", 日期="2021-06-20", 内容="又看了一次。")
    other = made_anew(run)
    sheet = Sheet(other, "进展")
    set_in(sheet, row_of(sheet, 问题="W2021-01", 日期="2021-04-30 00:00:00"), "作废", "是")
    assert collect(run, book)[0] == 0
    assert collect(run, other, "--conflict", "update")[0] == 0
    assert_takes_nothing(run, book)


def test_a_step_of_a_new_project_calls_it_by_its_name(run: Run, book: Workbook) -> None:
    Sheet(book, "项目").add(
        项目="某项目",
        来源="某来源",
        目标="某目标",
        责任单位="局党组",
        开始日期="2021-10-01",
        完成时限="2021-12-01",
    )
    Sheet(book, "里程碑").add(项目="某项目", 日期="2021-11-01", 名称="开工", 完成="否")
    code, out, err = collect(run, book)
    assert code == 0 and "项目 XM07 里程碑 1 名称：（空） → 「开工」" in out, err
