"""The ledger on its way back: what is taken, what is refused, and that nothing else of the person's files changes."""

from __future__ import annotations

import difflib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from openpyxl.workbook import Workbook
from programs import saved_by_office
from sample import ROOT
from sheet import Sheet

from liangqing.base import file_changes
from liangqing.changes import ledger_changes
from liangqing.outputs.ledger.sheets import ORIGINALS
from liangqing.outputs.ledger.writing import HEAD_ROW

FINDINGS, PROJECTS = "checklists/2021/问题.yaml", "checklists/2021/项目.yaml"


@pytest.fixture
def book(run: Run) -> Workbook:
    """The ledger of the sample, as a person opens it."""
    assert run("ledger")[0] == 0
    return openpyxl.load_workbook(run.root / "output/2021/台账/2021年台账.xlsx")


def collect(run: Run, book: Workbook, *words: str) -> tuple[int, str, str]:
    path = run.root / "回来的.xlsx"
    book.save(path)
    return run("collect", str(path), *words)


def changed(run: Run, name: str) -> list[str]:
    """Lines that went and came in a file of the sample."""
    before, after = ((root / name).read_text("utf-8").splitlines() for root in (ROOT, run.root))
    lines = list(difflib.unified_diff(before, after, n=0))[2:]
    return [line for line in lines if line[0] in "-+"]


def data(run: Run) -> dict[str, bytes]:
    folder = run.root / "checklists"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.suffix == ".yaml"}


def fill(book: Workbook) -> None:
    findings, projects = Sheet(book, "问题"), Sheet(book, "项目")
    findings["W2021-08", "整改措施"] += "\n每月通报一次。"
    findings["W2021-08", "整改目标"] = "=不漏巡: 一次"
    findings["W2021-08", "本次进展日期"] = datetime(2021, 10, 28)
    findings["W2021-08", "本次进展"] = "班次已调整。"
    projects["XM02", "进展"] = "5号站已恢复运行。"
    projects["XM02", "填报状态"] = "已完成"
    projects["XM02", "完成日期"] = "2021-10-30"
    Sheet(book, "问题").page.cell(findings.rows["W2021-08"], findings.columns["整改目标"]).data_type = "s"


def test_changes_are_shown_and_then_written(run: Run, book: Workbook) -> None:
    before = data(run)
    fill(book)
    code, out, err = collect(run, book)
    assert code == 0 and err == ""
    assert data(run) == before
    lines = (ROOT / FINDINGS).read_text("utf-8").splitlines()
    aim, first = (
        next(number for number, line in enumerate(lines, 1) if words in line)
        for words in ("整改目标: 夜间巡查", "- 重新编排夜间巡查班次")
    )
    assert out.splitlines()[:4] == [
        "问题 W2021-08 整改目标：「夜间巡查按计划开展，重点巡查点不漏巡。」 → 「=不漏巡: 一次」",
        f"    回来的.xlsx 问题!L12「整改目标」 → {FINDINGS}:{aim}:11",
        "问题 W2021-08 整改措施：（空） → 「每月通报一次。」",
        f"    回来的.xlsx 问题!M12「整改措施」 → {FINDINGS}:{first}:7",
    ]
    assert "合计：7 处改动" in out and "加 --accept 写入" in out
    code, out, _ = collect(run, book, "--accept")
    assert code == 0 and f"已写入：{FINDINGS}、{PROJECTS}" in out
    assert changed(run, FINDINGS) == [
        "-    整改目标: 夜间巡查按计划开展，重点巡查点不漏巡。",
        "+    整改目标: '=不漏巡: 一次'",
        "+      - 每月通报一次。",
        "+      - 日期: 2021-10-28",
        "+        内容: 班次已调整。",
    ]
    assert changed(run, PROJECTS) == [
        "-    进展: 管护人已落实，资源的停用设备已恢复运行，兴安5号站曝气设备仍在采购。",
        "-    状态: 推进中",
        "+    进展: 5号站已恢复运行。",
        "+    状态: 已完成",
        "+    完成日期: 2021-10-30",
    ]
    kept = run.root / "备份/2021-11-01" / FINDINGS
    assert kept.read_bytes() == (ROOT / FINDINGS).read_bytes()
    assert sum(before[name] != after for name, after in data(run).items()) == 2


@pytest.mark.parametrize("day", ["2021.10.28", "2021年10月28日", "20211028", " 2021/10/28 "])
def test_a_day_in_a_cell_is_read_however_it_is_written(run: Run, book: Workbook, day: str) -> None:
    findings, projects = Sheet(book, "问题"), Sheet(book, "项目")
    findings["W2021-08", "本次进展日期"], findings["W2021-08", "本次进展"] = day, "班次已调整。"
    begun = str(projects["XM02", "开始日期"])[:10].replace("-", ".")
    projects["XM02", "开始日期"] = begun  # the same day otherwise written is no change
    assert collect(run, book, "--accept")[0] == 0
    assert changed(run, FINDINGS) == ["+      - 日期: 2021-10-28", "+        内容: 班次已调整。"]
    assert changed(run, PROJECTS) == []


def test_a_day_that_the_record_has_already_is_no_change(run: Run, book: Workbook) -> None:
    path, begun = run.root / PROJECTS, str(Sheet(book, "项目")["XM02", "开始日期"])[:10]
    before = path.read_text("utf-8")
    head, _, rest = before.partition("编号: XM02")
    path.write_text(f"{head}编号: XM02{rest.replace(f'开始日期: {begun}', '开始日期: 2021.1.5', 1)}", "utf-8")
    Sheet(book, "项目")["XM02", "开始日期"] = "2021年1月5日"
    code, out, _ = collect(run, book)
    assert (code, out) == (0, "没有要收的改动\n")


def test_a_cell_that_names_no_day_says_what_is_missing(run: Run, book: Workbook) -> None:
    Sheet(book, "项目")["XM02", "开始日期"] = "6.5"
    code, _, err = collect(run, book)
    assert code == 1
    assert "「开始日期」" in err and "没有写年；前面补上四位的年，写成「四位年-06-05」" in err


def test_dates_that_a_person_typed_stay_as_they_are(run: Run, book: Workbook) -> None:
    path = run.root / PROJECTS
    typed = path.read_text("utf-8").replace("开始日期: 2021-0", "开始日期: 2021.0")
    assert "开始日期: 2021.0" in typed
    path.write_text(typed, "utf-8")
    assert run("ledger", "--overwrite")[0] == 0
    again = openpyxl.load_workbook(run.root / "output/2021/台账/2021年台账.xlsx")
    Sheet(again, "项目")["XM02", "进展"] = "5号站已恢复运行。"
    assert collect(run, again, "--accept")[0] == 0
    after = path.read_text("utf-8")
    assert "进展: 5号站已恢复运行。" in after
    assert after.count("开始日期: 2021.0") == typed.count("开始日期: 2021.0")


def test_twice_is_once(run: Run, book: Workbook) -> None:
    fill(book)
    assert collect(run, book, "--accept")[0] == 0
    after = data(run)
    code, out, _ = collect(run, book, "--accept", "--conflict", "update")
    assert (code, out) == (0, "没有要收的改动\n")
    assert data(run) == after


def test_nothing_changed(run: Run, book: Workbook) -> None:
    assert collect(run, book) == (0, "没有要收的改动\n", "")


def test_sorted_and_saved_again_is_no_change(run: Run, book: Workbook) -> None:
    """Rows that a person sorted, and columns that a person moved, come back by their code and head."""
    page = book["问题"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD_ROW)]
    moved = [row[::-1] for row in [rows[0], *rows[:0:-1]]]
    for number, row in enumerate(moved, start=HEAD_ROW):
        for place, value in enumerate(row, start=1):
            page.cell(number, place).value = value
    assert collect(run, book) == (0, "没有要收的改动\n", "")


@pytest.mark.office
def test_saved_again_by_libreoffice_is_no_change(run: Run, book: Workbook, tmp_path: Path) -> None:
    book.save(tmp_path / "台账.xlsx")
    saved = saved_by_office([tmp_path / "台账.xlsx"], "xlsx", tmp_path)
    assert run("collect", str(saved / "台账.xlsx")) == (0, "没有要收的改动\n", "")


REFUSED = {
    "a limit after the letter": ("W2021-07", "完成时限", datetime(2021, 12, 1), "D625", "在「延期」里加一条"),
    "a person after the letter": ("W2021-07", "责任人", "某某某", "D625", "在「责任变更」里加一条"),
    "the code": ("W2021-07", "编号", "W2021-70", "D640", "编号不能改"),
    "progress without its day": ("W2021-08", "本次进展", "做了", "D642", "日期和内容要一起填"),
    "progress without words": ("W2021-08", "本次进展日期", datetime(2021, 10, 2), "D642", "要一起填"),
    "a formula": ("W2021-08", "整改目标", "=A1", "D639", "是公式"),
    "a time of day": ("W2021-08", "本次进展日期", datetime(2021, 10, 2, 8, 30), "D639", "带时间的日期"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_cell(run: Run, book: Workbook, case: str) -> None:
    number, head, value, said, words = REFUSED[case]
    before = data(run)
    Sheet(book, "问题")[number, head] = value
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and f"错误 {said}" in err and words in err and "回来的.xlsx 问题!" in err
    assert data(run) == before
    assert not (run.root / "备份").exists()


@pytest.mark.parametrize(
    ("head", "value", "says"),
    [
        ("完成日期", "十月底", "「完成日期」应为日期（如 2021-09-30），现为「十月底」"),
        ("完成时限", "", "缺「完成时限」"),
        ("填报状态", "快了", "「状态」应为 未启动 / 推进中 / 已完成，现为「快了」"),
    ],
)
def test_a_value_is_judged_as_in_yaml(run: Run, book: Workbook, head: str, value: str, says: str) -> None:
    Sheet(book, "项目")["XM02", head] = value or None
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and says in err and f"「{head}」 错误 D10" in err


def test_the_whole_data_is_judged_before_anything_is_written(run: Run, book: Workbook) -> None:
    before = data(run)
    Sheet(book, "项目")["XM02", "完成时限"] = datetime(2021, 1, 1)
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "回来的.xlsx 项目!" in err and "「完成时限」 错误 D3" in err
    assert data(run) == before


def test_what_is_not_taken_is_told(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "问题")
    sheet["W2021-08", "状态"] = "已销号"
    sheet.page.delete_rows(sheet.rows["W2021-01"])
    sheet.page.cell(HEAD_ROW, len(sheet.columns) + 1).value = "我的备注"
    code, out, err = collect(run, book)
    assert (code, out) == (0, "没有要收的改动\n")
    assert "D811 这一列不收，改动没有收：「未到期」→「已销号」" in err
    assert "D815 「W2021-01」这一行不见了；记录还在，没有删" in err
    assert "D811 没有「我的备注」这一列，里面的内容没有收" in err


def test_several_files_are_one_answer_for_a_script(run: Run, book: Workbook) -> None:
    del book["检查"]
    path, other = run.root / "一份.xlsx", run.root / "又一份.xlsx"
    book.save(path)
    book.save(other)
    code, out, _ = run("collect", str(path), str(other), "--json")
    told = json.loads(out)["台账"]
    assert code == 0 and [each["文件"] for each in told] == [path.as_posix(), other.as_posix()]
    assert [[said["代码"] for said in each["说明"]] for each in told] == [["D815"], ["D815"]]
    assert told[0]["改动"] == [] and told[0]["写入"] == []


def test_a_row_that_stands_twice(run: Run, book: Workbook) -> None:
    page = book["问题"]
    page.append([cell.value for cell in page[Sheet(book, "问题").rows["W2021-08"]]])
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D637 「W2021-08」有两行" in err


def test_a_head_that_was_taken_out(run: Run, book: Workbook) -> None:
    book["问题"].delete_rows(HEAD_ROW)
    code, _, err = collect(run, book)
    assert code == 1 and "回来的.xlsx 问题 错误 D636 找不到表头" in err


def test_a_record_that_is_gone(run: Run, book: Workbook) -> None:
    run.edit(PROJECTS, "编号: XM02", "编号: XM20")
    Sheet(book, "项目")["XM02", "进展"] = "已恢复运行。"
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D641 数据里没有项目「XM02」了" in err


def test_a_ledger_of_another_year(run: Run, book: Workbook) -> None:
    code, _, err = collect(run, book, "--year", "2020")
    assert code == 1 and "错误 D635 这是 2021 年的台账，要的是 2020 年的" in err


def test_a_row_of_ones_own_is_refused_where_nothing_is_filled_in(run: Run, book: Workbook) -> None:
    book["发文"].append([99, "市纪驻环整〔2021〕99号"])
    code, _, err = collect(run, book)
    assert code == 1 and "回来的.xlsx 发文!第16行 错误 D638 这一行不是台账生成的" in err


# ---------------------------------------------------------------- conflicts


def both_changed(run: Run, book: Workbook) -> None:
    run.edit(PROJECTS, "责任人: 黄某某", "责任人: 陆某某")
    projects = Sheet(book, "项目")
    projects["XM02", "进展"] = "5号站已恢复运行。"
    projects["XM01", "进展"] = "转入日常巡查，无复排。"


def test_a_conflict_stops(run: Run, book: Workbook) -> None:
    both_changed(run, book)
    before = data(run)
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "错误 D623 项目 XM02 在台账生成以后改过（checklists/2021/项目.yaml:28:5）" in err
    assert data(run) == before


def test_a_conflict_is_skipped(run: Run, book: Workbook) -> None:
    both_changed(run, book)
    code, out, err = collect(run, book, "--accept", "--conflict", "skip")
    assert code == 0 and "这一行没有收" in err and "合计：1 处改动" in out
    assert "5号站已恢复运行。" not in (run.root / PROJECTS).read_text("utf-8")
    assert "转入日常巡查，无复排。" in (run.root / PROJECTS).read_text("utf-8")


def test_an_update_takes_only_what_was_changed_in_the_ledger(run: Run, book: Workbook) -> None:
    both_changed(run, book)
    code, out, _ = collect(run, book, "--accept", "--conflict", "update")
    assert code == 0 and "合计：2 处改动" in out
    text = (run.root / PROJECTS).read_text("utf-8")
    assert "责任人: 陆某某" in text and "5号站已恢复运行。" in text


def test_a_measure_that_both_changed_is_not_guessed(run: Run, book: Workbook) -> None:
    run.edit(FINDINGS, "- 重新编排夜间巡查班次。", "- 重新编排全部班次。")
    findings = Sheet(book, "问题")
    findings["W2021-08", "整改措施"] = "重编夜间班次。\n重点巡查点实行签到登记。"
    code, _, err = collect(run, book, "--conflict", "update")
    assert code == 1 and "错误 D623 问题 W2021-08 的「整改措施」第 1 条在记录里也改过" in err


def test_a_file_that_changes_in_the_meantime(run: Run, book: Workbook) -> None:
    fill(book)
    path = run.root / "回来的.xlsx"
    book.save(path)
    day = datetime(2021, 11, 1).date()
    collected = ledger_changes.judge(run.root, path, path.name, day)
    run.edit(PROJECTS, "责任人: 黄某某", "责任人: 陆某某")
    before = data(run)
    with pytest.raises(Exception, match="D624 这个文件刚才又被改过"):
        ledger_changes.accept(collected, day)
    assert data(run) == before


def test_all_files_or_none(run: Run, book: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(book)
    before = data(run)
    real, failed = file_changes._move, list[Path]()

    def failing(source: Path, target: Path) -> None:
        if target == run.root / PROJECTS and not failed:
            failed.append(target)
            raise OSError(28, "full", str(target))
        real(source, target)

    monkeypatch.setattr(file_changes, "_move", failing)
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "磁盘已满" in err
    assert data(run) == before


# ---------------------------------------------------------------- other files


def test_what_is_no_ledger_of_ours(run: Run, tmp_path: Path) -> None:
    other = Workbook()
    other.save(tmp_path / "别的.xlsx")
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\3\4")
    shutil.copy(ROOT / "templates/整改函.docx", tmp_path / "函.xlsx")
    assert "D621 这不是本程序生成的台账" in run("collect", str(tmp_path / "别的.xlsx"))[2]
    assert "D620 这不是 .xlsx 文件" in run("collect", str(tmp_path / "坏的.xlsx"))[2]
    assert "D620" in run("collect", str(tmp_path / "函.xlsx"))[2]
    assert "D501 文件读不出来（找不到）" in run("collect", str(tmp_path / "没有.xlsx"))[2]


def test_a_ledger_of_a_year_that_is_not_here(run: Run, book: Workbook) -> None:
    cell: Any = book[ORIGINALS]["B1"]
    cell.value = "2019"
    code, _, err = collect(run, book)
    assert code == 1 and "没有 2019 年的数据" in err
