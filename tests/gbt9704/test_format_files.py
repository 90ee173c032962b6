"""generate.py format on many files: folders, older formats, sums; copies in one go; departures from a sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from faults import FAULTS, pitch
from papers import file_paper, letter_paper, plain_report, saved
from programs import fake_office
from test_fix_spoils_nothing import as_template
from test_tracked_mends import comments_of, planted

from liangqing.pdf.office import OFFICE

BRACKETS = next(fault for fault in FAULTS if fault.name == "方括号")
RTF = rb"{\rtf1\ansi hello\par}"


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OFFICE, "没有")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers, one of them below, a report, and what is none of ours."""
    home = tmp_path / "文书"
    (home / "下").mkdir(parents=True)
    (home / "甲.docx").write_bytes(planted(BRACKETS))
    (home / "下" / "乙.docx").write_bytes(saved(letter_paper()))
    (home / "下" / "小结.docx").write_bytes(saved(plain_report()))
    for name in ("~$甲.docx", "说明.txt", ".藏.docx"):
        (home / name).write_bytes(b"")
    return home


# ---------------------------------------------------------------- many files


def test_a_folder_is_checked_to_its_depth_and_summed_up(run: Run, folder: Path) -> None:
    code, shown, said = run("format", str(folder))
    assert code == 1 and said == ""
    rows = [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in shown.splitlines()
        if line.startswith("│")
    ]
    names = {Path(row[0]).name: row[1:] for row in rows}
    assert names["甲.docx"] == ["文件格式", "1", "", "", ""]
    assert names["乙.docx"] == ["信函格式", "", "", "", ""]
    assert names["小结.docx"][0] == "没有认出"
    assert "共 3 个文件：错误 1，" in shown and "没有认出公文格式的 1 个文件" in shown
    assert "文件夹里另有 2 个文件没有检查" in shown and "藏" not in shown


def test_one_file_has_no_summary(run: Run, folder: Path) -> None:
    shown = run("format", str(folder / "甲.docx"))[1]
    assert "检查结果" not in shown and "共 1 个" not in shown


def test_json_has_an_entry_for_each_file_of_a_folder(run: Run, folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"x")
    code, shown, _ = run("format", str(folder), str(folder / "甲.docx"), "--json")
    names = [Path(entry["文件"]).name for entry in json.loads(shown)]
    assert code == 1 and sorted(names) == ["乙.docx", "坏.docx", "小结.docx", "甲.docx"]


def test_a_folder_without_word_files_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    code, _, said = run("format", str(tmp_path / "空"))
    assert code == 1 and "错误 D791 这个文件夹里没有 Word 文件" in said


@pytest.mark.process
def test_older_formats_are_turned_in_one_go_and_it_is_said(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("旧.rtf", "又.wps"):
        (folder / name).write_bytes(RTF)
    calls, made = tmp_path / "calls", folder / "甲.docx"
    script = (
        f"pathlib.Path({str(calls)!r}).open('a').write('1')\n"
        "for word in args:\n"
        "    if word.endswith('.rtf'):\n"
        f"        (out / (pathlib.Path(word).stem + '.docx')).write_bytes(pathlib.Path({str(made)!r}).read_bytes())\n"
    )
    monkeypatch.setenv(OFFICE, fake_office(tmp_path, script))
    shown = run("format", str(folder))[1]
    told = [line for line in shown.splitlines() if "由 LibreOffice 转换后检查" in line]
    assert [Path(line.partition("：")[0]).name for line in told] == ["又.wps", "旧.rtf"]
    assert shown.count("错误 F210") == 3 and "共 5 个文件：错误 3" in shown
    assert calls.read_text() == "1"
    turned = {
        Path(entry["文件"]).name
        for entry in json.loads(run("format", str(folder), "--json")[1])
        if entry["转换"]
    }
    assert turned == {"旧.rtf", "又.wps"}


def test_without_libreoffice_it_is_said_how_to_save_them(run: Run, folder: Path) -> None:
    (folder / "旧.rtf").write_bytes(RTF)
    code, shown, said = run("format", str(folder / "旧.rtf"), str(folder / "甲.docx"))
    assert code == 1 and "F210" in shown
    assert (
        "错误 D769 这个文件不是 .docx，没有装 LibreOffice，读不了" in said
        and "另存为“Word 文档（*.docx）”" in said
    )


def test_a_copy_of_an_older_file_is_refused(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "旧.rtf").write_bytes(RTF)
    code, _, said = run("format", str(folder / "旧.rtf"), "--fix", str(tmp_path / "好.docx"))
    assert code == 1 and "另存为“Word 文档（*.docx）”" in said and not (tmp_path / "好.docx").exists()


# ---------------------------------------------------------------- copies


def test_three_copies_in_one_go(run: Run, folder: Path, tmp_path: Path) -> None:
    fixed, tracked, commented = (tmp_path / name for name in ("好.docx", "修订.docx", "批注.docx"))
    copies = ("--fix", str(fixed), "--修订存到", str(tracked), "--批注存到", str(commented))
    code, shown, _ = run("format", str(folder / "甲.docx"), *copies)
    assert code == 1
    assert f"改的写成修订，存在：{tracked}（发文字号括号）" in shown
    assert f"写了批注的另存在：{commented}（1 条）" in shown
    assert [author for author, *_ in comments_of(commented.read_bytes())] == ["格式检查"]
    assert run("format", str(fixed))[0] == run("format", str(tracked))[0] == 0
    assert run("format", str(commented))[0] == 1


@pytest.mark.parametrize("option", ["--fix", "--track", "--comments"])
def test_a_copy_is_of_one_file_under_a_name_of_its_own(run: Run, folder: Path, option: str) -> None:
    one = str(folder / "甲.docx")
    for words in ((str(folder),), (one, one)):
        code, _, said = run("format", *words, option, str(folder / "新.docx"))
        assert code == 2 and f"{option} 一次只改一个文件" in said
    assert run("format", one, option, one)[0] == 2
    assert run("format", one, "--fix", str(folder / "新.docx"), "--track", str(folder / "新.docx"))[0] == 2


def test_the_copy_of_a_template_is_one(run: Run, tmp_path: Path) -> None:
    template = tmp_path / "甲.dotx"
    template.write_bytes(as_template(planted(BRACKETS)))
    code, _, said = run("format", str(template), "--fix", str(tmp_path / "好.docx"))
    assert code == 2 and "--fix 后面写 .dotx 文件名" in said
    assert run("format", str(template), "--fix", str(tmp_path / "好.dotx"))[0] == 1
    assert (tmp_path / "好.dotx").is_file()


def test_a_copy_that_cannot_be_written_leaves_nothing(run: Run, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    code, _, said = run("format", str(folder / "甲.docx"), "--track", str(folder / "说明.txt" / "好.docx"))
    assert code == 1 and "错误 D744 写不进去" in said
    assert sorted(folder.rglob("*")) == before


# ---------------------------------------------------------------- pages


@pytest.mark.process
def test_pages_are_compared_where_a_program_sets_them(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "[make(file, 2 + number) for number, file in enumerate(sorted(files))]"
    monkeypatch.setenv(OFFICE, fake_office(tmp_path, script))
    words = ("format", str(folder / "甲.docx"), "--fix")
    shown = run(*words, str(tmp_path / "一.docx"))[1]
    assert "按页比较（LibreOffice）：原来 " in shown
    assert "按页比较" not in run(*words, str(tmp_path / "二.docx"), "--no-pages")[1]


def test_without_such_a_program_the_reader_is_told_to_look(run: Run, folder: Path, tmp_path: Path) -> None:
    shown = run("format", str(folder / "甲.docx"), "--fix", str(tmp_path / "好.docx"))[1]
    assert "没有按页比较" in shown and "翻看一遍" in shown


# ---------------------------------------------------------------- a sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A paper with lines of 33 points, in square brackets and with a half-width comma."""
    document = file_paper()
    pitch(660)(document)
    BRACKETS.plant(document)
    document.paragraphs[11].runs[0].text += "一,二"
    path = tmp_path / "样本.docx"
    path.write_bytes(saved(document))
    return path


def test_what_a_sample_breaks_is_proposed_and_refused_until_reasons_are_given(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    own = tmp_path / "版式偏离.yaml"
    code, shown, _ = run("format", str(sample), "--learn", "--out", str(own))
    text = own.read_text("utf-8")
    assert code == 0 and f"写在：{own}。每条填上理由" in shown
    assert "  - 规则: F106\n    理由:\n    现值: 固定值33磅\n" in text
    assert "F210" in text and "F604" not in text  # punctuation is no unit's own
    assert run("format", str(sample), "--learn")[1] == text
    code, _, said = run("format", str(sample), "--deviations", str(own))
    assert code == 1 and "错误 D750 这一条没有「理由」" in said and "整条删去" in said
    own.write_text(text.replace("理由:", "理由: 示例细则"), "utf-8")
    code, shown, _ = run("format", str(sample), "--deviations", str(own))
    assert code == 0 and "偏离 F106" in shown and "偏离 F210" in shown


def test_a_reason_of_blanks_is_none(run: Run, sample: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("偏离:\n  - 规则: F106\n    理由: '　 '\n", "utf-8")
    assert "错误 D750" in run("format", str(sample), "--deviations", str(own))[2]


def test_a_sample_as_the_standard_has_it_departs_from_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    code, shown, _ = run(
        "format", str(folder / "下" / "乙.docx"), "--learn", "--out", str(tmp_path / "甲.yaml")
    )
    assert code == 0 and "和标准没有不同" in shown and not (tmp_path / "甲.yaml").exists()


def test_a_sample_that_is_no_paper_teaches_nothing(run: Run, folder: Path) -> None:
    code, _, said = run("format", str(folder / "下" / "小结.docx"), "--learn")
    assert code == 1 and "错误 D792 没有认出公文格式" in said


def test_wrong_words_of_learning_are_told(run: Run, sample: Path, tmp_path: Path) -> None:
    there = tmp_path / "有.yaml"
    there.write_bytes(b"")
    for words in (
        ("--out", "甲.yaml"),
        ("--learn", "--out", "甲.docx"),
        ("--learn", "--out", str(there)),
        (str(sample), "--learn"),
    ):
        assert run("format", str(sample), *words)[0] == 2
    assert there.read_bytes() == b""
