"""The sheet 回复 of the ledger: a reply to a letter is typed there, by the number of the letter, and nowhere else."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from conftest import Run
from openpyxl.workbook import Workbook
from sheet import Sheet

pytestmark = pytest.mark.year
LEDGER = "output/{year}/台账/{year}年台账.xlsx"
FILE = "checklists/2021/整改函.yaml"
REPLY = "    回复: {日期: 2021-07-06}\n"


def ledger(run: Run, year: int = 2021) -> Workbook:
    """The ledger of a year, as a person opens it."""
    assert run("ledger", "--year", str(year))[0] == 0
    return openpyxl.load_workbook(run.root / LEDGER.format(year=year))


def collect(run: Run, book: Workbook, *words: str) -> tuple[int, str, str]:
    path = run.root / "回来的.xlsx"
    book.save(path)
    return run("collect", str(path), *words)


def read(run: Run) -> str:
    return (run.root / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["ZG3", "市纪驻环整〔2021〕3号", "市纪驻环整[2021] 3号", "市纪驻环整（2021）3号"]
)
def test_a_reply_needs_the_number_of_the_letter_and_the_day(run: Run, name: str) -> None:
    before, book = read(run), ledger(run)
    Sheet(book, "回复").add(整改函=name, 日期="2021.10.18", 来文文号="灵环支〔2021〕6号")
    code, out, err = collect(run, book, "--accept")
    assert (code, err.count("错误")) == (0, 0), err
    assert "整改函 ZG3 回复 日期：（空） → 「2021-10-18」\n    回来的.xlsx 回复!C7「日期」" in out
    line = "    回复: {日期: 2021-10-18, 文号: 灵环支〔2021〕6号}\n"
    assert read(run).count(line) == 1 and read(run).replace(line, "") == before
    assert "ZG3" not in run("status")[1]
    assert collect(run, book, "--accept")[:2] == (0, "没有要收的改动\n")


def test_what_was_typed_is_shown_there_and_told_beside_the_letter(run: Run) -> None:
    book = ledger(run)
    replies, letters = Sheet(book, "回复"), Sheet(book, "整改函")
    shown = [[cell.value for cell in row[:4]] for row in replies.page.iter_rows(min_row=5)]
    assert [(row[0], str(row[2])[:10], row[3]) for row in shown] == [
        ("ZG1", "2021-07-06", None),
        ("ZG2", "2021-09-02", None),
    ]
    assert letters["ZG1", "文号"] == "市纪驻环整〔2021〕1号"
    assert str(letters["ZG1", "回复日期"])[:10] == "2021-07-06" and letters["ZG3", "回复日期"] is None
    letters["ZG3", "回复日期"] = "2021-10-18"
    code, out, err = collect(run, book)
    assert code == 0 and out.startswith("没有要收的改动\n") and "整改函!" in err and "这一列不收" in err


def row_of(page: Any, letter: str) -> int:
    return int(next(row[0].row for row in page.iter_rows(min_row=5) if row[0].value == letter))


def test_a_reply_is_changed_in_its_row_and_taken_out_by_striking_it(run: Run) -> None:
    before, book = read(run), ledger(run)
    sheet = Sheet(book, "回复")
    sheet.page.cell(row_of(sheet.page, "ZG1"), sheet.columns["来文文号"]).value = "灵环支〔2021〕4号"
    sheet.page.cell(row_of(sheet.page, "ZG2"), sheet.columns["作废"]).value = "是"
    assert collect(run, book, "--accept")[0] == 0
    wanted = before.replace(REPLY, "    回复: {日期: 2021-07-06, 文号: 灵环支〔2021〕4号}\n")
    assert read(run) == wanted.replace("    回复: {日期: 2021-09-02}\n", "")


@pytest.mark.parametrize("name", ["ZG1", "市纪驻环整〔2021〕1号"])
def test_a_second_reply_to_a_letter_is_refused_and_does_not_go_over_the_first(run: Run, name: str) -> None:
    before, book = read(run), ledger(run)
    Sheet(book, "回复").add(整改函=name, 日期="2021-07-08")
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "回来的.xlsx 回复!A7「整改函」 错误 D696" in err, err
    assert f"整改函「{name}」登记过回复了（2021-07-06）" in err and "改「回复」表里那一行" in err
    assert read(run) == before


def test_two_rows_for_one_letter_are_refused_at_the_second(run: Run) -> None:
    book = ledger(run)
    for name, day in (("ZG3", "2021-10-18"), ("市纪驻环整〔2021〕3号", "2021-10-19")):
        Sheet(book, "回复").add(整改函=name, 日期=day)
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "回复!A8「整改函」 错误 D696" in err and "（2021-10-18）" in err


def test_a_letter_that_is_new_in_the_workbook_takes_its_reply_along(run: Run) -> None:
    """It begins with a workbook, where letters went out before; the letter is called by what stands in both rows."""
    book = ledger(run)
    Sheet(book, "整改函").add(编号="新1", 单位="U11", 问题="W2021-02", 事由="某事", 回复期限="2021-12-31")
    for day in ("2021-10-20", "2021-10-21"):
        Sheet(book, "回复").add(整改函="新1", 日期=day)
    code, _, err = collect(run, book)
    assert code == 1 and "回复!A8「整改函」 错误 D696" in err
    sheet = Sheet(book, "回复")
    for column in (1, sheet.columns["日期"]):
        sheet.page.cell(8, column).value = None
    assert collect(run, book, "--accept")[0] == 0
    written = read(run)
    assert "编号: ZG5" in written and written.endswith("回复: {日期: 2021-10-20}\n"), written[-200:]


def test_a_letter_that_is_not_there_is_named(run: Run) -> None:
    book = ledger(run)
    Sheet(book, "回复").add(整改函="市纪驻环整〔2021〕44号", 日期="2021-10-18")
    code, _, err = collect(run, book)
    assert (
        code == 1 and "回复!A7「整改函」 错误 D661" in err and "没有整改函「市纪驻环整〔2021〕44号」" in err
    )


def test_a_letter_of_last_year_is_answered_in_the_ledger_of_this_one(run: Run) -> None:
    assert run("new-year", "2022")[0] == 0
    before, book = read(run), ledger(run, 2022)
    assert Sheet(book, "回复").page.max_row < 6
    Sheet(book, "回复").add(整改函="市纪驻环整〔2021〕3号", 日期="2022-01-05")
    code, out, err = collect(run, book, "--accept")
    assert code == 0 and "已写入：checklists/2021/整改函.yaml" in out, err
    line = "    回复: {日期: 2022-01-05}\n"
    assert read(run).count(line) == 1 and read(run).replace(line, "") == before
