"""Letters that went out before, from a list into the register: as issued elsewhere, and the next number above them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import old_lists
import openpyxl
import pytest

from liangqing import register
from liangqing.changes.foreign_list.others import number_written
from liangqing.cli import main as cli
from liangqing.register import Series


@pytest.fixture
def new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    kept = old_lists.of_many_kinds(tmp_path / "总台账.xlsx")
    made = tmp_path / "工作"
    assert cli.main(["init", str(made), "--from", str(kept), "--year", "2026", "--accept"]) == 0
    capsys.readouterr()
    return made


def test_past_letters_stand_in_the_register_as_issued_elsewhere_without_a_file(new: Path) -> None:
    book = register.load(new)
    assert book.diagnostics == ()
    told = [(line.number, line.kind, str(line.issued), line.copies, line.notes) for line in book.issued]
    assert told == [
        ("青纪驻水整〔2026〕1号", "整改函", "2026-04-20", 3, ("系统外印发",)),
        ("青纪驻水整〔2026〕3号", "整改函", "2026-06-10", 1, ("系统外印发",)),
        ("青纪驻水函〔2026〕5号", "函", "2026-07-01", 1, ("系统外印发",)),
    ]
    assert [line.files for line in book.issued] == [{}, {}, {}]
    assert list(register.damaged(book, {})) == []


def test_the_next_number_is_above_the_highest_of_its_series_and_year(new: Path) -> None:
    book = register.load(new)
    assert book.next_number(Series("青纪驻水整", frozenset({"整改函"})), 2026, 1) == 4
    assert book.next_number(Series("青纪驻水函", frozenset()), 2026, 1) == 6
    assert book.next_number(Series("青纪驻水整", frozenset({"整改函"})), 2027, 1) == 1


def test_a_register_with_past_letters_breaks_no_rule(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["-C", str(new), "check"])
    lines = [line for line in capsys.readouterr().err.splitlines() if "发文登记" in line]
    assert lines == []


def test_a_past_letter_is_known_to_verify_and_has_no_archive(
    new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from docx import Document

    paper = Document()
    paper.add_paragraph("青纪驻水整〔2026〕1号")
    paper.add_paragraph("关于集中清查发现问题的整改函")
    paper.save(str(tmp_path / "函.docx"))
    cli.main(["-C", str(new), "verify", str(tmp_path / "函.docx")])
    assert "青纪驻水整〔2026〕1号 是系统外印发的，没有存档，核对不了" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        (
            "青纪驻水整〔2026〕4号",
            "2026年7月",
            "F3 错误 D681 青纪驻水整〔2026〕4号 的成文日期「2026年7月」没有说是哪一天",
        ),
        ("青纪整第4号", "2026-07-01", "B3 错误 D681 文号「青纪整第4号」认不出"),
    ],
)
def test_a_number_that_could_be_given_again_stops_the_coming_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str, day: str, said: str
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "发文台账"
    page.append(["序号", "发文字号", "文种", "文件标题", "主送单位", "发文日期"])
    page.append([1, "青纪驻水整〔2026〕3号", "整改函", "关于某事的整改函", "甲站", "2026-06-01"])
    page.append([2, number, "整改函", "关于另一事的整改函", "甲站", day])
    book.save(tmp_path / "台账.xlsx")
    words = ["init", str(tmp_path / "新"), "--from", str(tmp_path / "台账.xlsx"), "--year", "2026"]
    assert cli.main([*words, "--yes"]) == 1 and not (tmp_path / "新").exists()
    assert f"台账.xlsx 发文台账!{said}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("青纪驻水整[2026]第1号", "青纪驻水整〔2026〕1号"),
        ("青纪驻水整（2026） 12 号", "青纪驻水整〔2026〕12号"),
        ("青纪驻水整【2026】03", "青纪驻水整〔2026〕3号"),
        ("整2026-3", None),
        ("第3号", None),
    ],
)
def test_numbers_of_papers_as_people_write_them(text: str, number: str | None) -> None:
    assert number_written(text) == number


def test_a_line_with_a_file_and_no_hash_is_still_damaged(new: Path) -> None:
    path = new / "checklists/发文登记.yaml"
    path.write_text(path.read_text("utf-8").replace("份数: 3,", "份数: 3, 文件: 发文/甲.docx,"), "utf-8")
    told = [str(problem.code) for problem in register.load(new).diagnostics]
    assert "D617" in told
