"""The command line: what a person gets for each way of asking, right and wrong."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from conftest import Run

from liangqing.cli import main as cli
from liangqing.cli.console import FRAMED, Name, show_table


def output(run: Run) -> list[Path]:
    folder = run.root / "output"
    return sorted(folder.rglob("*.docx")) if folder.exists() else []


# one clear line each, and nothing half-made


def test_a_folder_that_is_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["-C", str(tmp_path), "build"]) == 1
    said = capsys.readouterr().err
    assert said == (
        f"{tmp_path} 错误 D031 这个文件夹不是工作目录：里面没有 checklists 和 templates 两个文件夹\n"
        "    建议：-C 后面写有 checklists 和 templates 的那个文件夹；还没有建的先 init\n合计：错误 1\n"
    )
    assert list(tmp_path.iterdir()) == []


WRONG = {
    (
        "build",
        "--unit",
        "资源局党支步",
    ): "--unit 错误 D589 没有单位「资源局党支步」\n    建议：是否「资源局党支部」？",
    (
        "build",
        "--year",
        "2019",
    ): "checklists/2019 错误 D017 没有 2019 年的数据\n    建议：可用的有：2020、2021",
    (
        "build",
        "整改涵",
    ): "templates/文种.yaml 错误 D580 没有文种「整改涵」\n    建议：是否「整改函」「整改照片」？",
    (
        "letters",
        "ZG9",
    ): "ZG9 错误 D587 「ZG9」不是整改函、问题清单、整改情况反馈表的对象\n    建议：可用的有：ZG1、ZG2、ZG3、ZG4、灵川局党支部、资源局党支部、兴安局党支部、执法支队党支部",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_word_that_names_nothing(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert err == f"{WRONG[words]}\n合计：错误 1\n"
    assert output(run) == []


MISTYPED = {
    ("biuld",): "没有命令「biuld」，是否「build」？",
    ("build", "--yaer", "2021"): "没有选项 --yaer，是否 --year？",
    (
        "build",
        "--as-of",
        "十月底",
    ): "--as-of 「十月底」不是日期：没有说是哪一天；定下是哪一天再写，如 2021-09-30",
    (
        "build",
        "--as-of",
        "8/31",
    ): "--as-of 「8/31」不是日期：没有写年；前面补上四位的年，写成「四位年-08-31」",
    (
        "issue",
        "整改函",
        "ZG1",
        "--date",
        "2021-09-31",
    ): "--date 「2021-09-31」不是日期：9月只有30天；查一查是哪一天",
    (
        "check",
        "--as-of",
        "31.8.2021",
    ): "--as-of 「31.8.2021」不是日期：年没有写在前面；按年、月、日的次序写，如 2021-09-30",
    ("build", "--year", "今年"): "--year 应为整数",
    ("check", "--format", "xml"): "--format 只能是 text、json",
    ("issue", "整改函", "ZG1"): "缺 --date，如 --date 2021-04-20",
    ("void", "市纪驻环整〔2021〕1号"): "缺 --why",
    ("check", "多余"): "多了没用的词（多余）",
    ("new-year", "明年"): "年度 应为整数",
    ("completion", "fish"): "bash|zsh|powershell 只能是 bash、zsh、powershell",
    ("preview", "整改函", "--dpi", "1000"): "--dpi 应为 30 到 600 的整数",
    ("preview", "整改函", "--dpi", "细"): "--dpi 应为 30 到 600 的整数",
    ("print", "整改函", "--copies", "0"): "--copies 应为 1 到 999 的整数",
    ("issue", "整改函", "ZG1", "--number", "0"): "--number 应为不小于 1 的整数",
    ("print", "整改函", "--json"): "--json 不问人：同时写 --yes（直接打）或 --dry-run（只列清单）",
    ("template", "nwe"): "没有命令「nwe」，是否「new」？",
}


@pytest.mark.parametrize("words", MISTYPED)
def test_a_word_mistyped_is_a_usage_error(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    known = {"biuld": "", "template": " template"}.get(words[0], f" {words[0]}")
    assert err == f"用法不对：{MISTYPED[words]}\n看帮助：liangqing{known} --help\n"


@pytest.mark.parametrize("day", ["2021年10月31日", "2021.10.31", "20211031", "２０２１／１０／３１"])
def test_a_day_is_read_on_the_command_line_however_it_is_written(run: Run, day: str) -> None:
    told = run("status", "--as-of", "2021-10-31", "--json")
    assert told[0] == 0
    assert run("status", "--as-of", day, "--json") == told


def test_no_command_at_all(run: Run) -> None:
    assert run() == (2, "", "用法不对：缺 命令\n看帮助：liangqing --help\n")


def test_every_message_of_a_wrong_value_is_chinese(run: Run) -> None:
    """Whatever kind of value an option or an argument takes, and in every command of the product."""
    seen = set()
    for name in cli.cli.list_commands(click.Context(cli.cli)):
        command = cli.cli.commands.get(name)
        for each in command.params if command else ():
            if isinstance(each, click.Option) and not each.is_flag and not isinstance(each.type, click.Path):
                if each.type in (click.STRING, click.UNPROCESSED) or isinstance(each.type, Name):
                    continue
                seen.add(type(each.type).__name__)
                code, out, err = run(name, each.opts[0], "不是这样")
                assert (code, out) == (2, "")
                assert err.startswith(f"用法不对：{each.opts[0]} ") and " is " not in err, err
    assert {"Choice", "Day", "IntRange", "IntParamType"} <= seen


def test_a_template_that_is_missing(run: Run) -> None:
    (run.root / "templates/整改函.docx").unlink()
    code, _, err = run("build")
    assert code == 1
    line = (run.root / "templates/文种.yaml").read_text("utf-8").splitlines().index("整改函:") + 5
    assert err == (
        f"templates/文种.yaml:{line}:7 错误 D571 templates 里没有「整改函.docx」\n"
        "    建议：是否「整改函-文件.docx」？\n合计：错误 1\n"
    )
    assert output(run) == []


def test_a_template_that_is_no_word_file(run: Run) -> None:
    (run.root / "templates/整改函.docx").write_text("不是 Word", "utf-8")
    (run.root / "templates/体检报告.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    code, _, err = run("build")
    assert code == 1
    assert [line.split()[0] for line in err.splitlines() if not line.startswith(" ")] == [
        "templates/整改函.docx",
        "templates/体检报告.docx",
        "合计：错误",
    ]
    assert output(run) == []


def test_a_template_that_asks_for_an_unknown_name_is_told_where(run: Run) -> None:
    from docx import Document

    path = run.root / "templates/问题清单.docx"
    document = Document(str(path))
    document.paragraphs[0].add_run("{{ 单位.名成 }}")
    document.save(str(path))
    code, _, err = run("letters")
    assert code == 1
    assert "templates/问题清单.docx 正文第1段" in err
    assert "没有 单位.名成" in err
    assert "是否 单位.名称？" in err
    assert output(run) == []


def test_all_problems_come_in_one_run_and_nothing_is_written(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-10-15", "整改时限: 十月中旬")
    run.edit("checklists/2021/整改函.yaml", "单位: U08", "单位: U99")
    run.edit("checklists/2021/总结.yaml", "总结:", "总结：")
    code, out, err = run("build")
    assert (code, out) == (1, "")
    codes = [line.split(" ")[2] for line in err.splitlines() if line.startswith("checklists")]
    assert codes == ["D011", "D103"]  # what a reference leads to may stand in the file that can't be read
    run.edit("checklists/2021/总结.yaml", "总结：", "总结:")
    codes = [line.split(" ")[2] for line in run("build")[2].splitlines() if line.startswith("checklists")]
    assert codes == ["D103", "D201"]
    assert output(run) == []


# what comes of it


def test_a_named_paper_alone(run: Run) -> None:
    code, out, _ = run("letters", "ZG3")
    assert code == 0
    assert [path.parent.name for path in output(run)] == ["整改函", "整改情况反馈表", "问题清单"]
    assert "整改函" in out


def test_one_unit_alone(run: Run) -> None:
    assert run("build", "--unit", "兴安局党支部")[0] == 0
    kinds = {path.parent.name for path in output(run)}
    assert kinds >= {"单位责任清单", "体检报告", "双签字确认表", "整改函", "问题清单"}
    assert not kinds & {"监督检查清单", "意见采纳情况表", "年度监督工作总结"}
    assert all("兴安" in path.name or "附件" in path.name for path in output(run))


def test_a_part_of_the_papers_leaves_the_others_alone(run: Run) -> None:
    assert run("build")[0] == 0
    before = output(run)
    assert run("letters", "ZG3")[0] == 0
    assert run("checklist")[0] == 0
    assert output(run) == before


def test_dry_run_writes_nothing_and_says_what_would_change(run: Run) -> None:
    assert run("build", "--dry-run")[0] == 3
    assert output(run) == []
    assert run("build")[0] == 0
    assert run("build", "--dry-run")[0] == 0


def test_a_file_that_a_person_edited_is_not_overwritten(run: Run) -> None:
    from docx import Document

    assert run("build")[0] == 0
    (path,) = (run.root / "output/2021/监督检查清单").glob("*.docx")
    document = Document(str(path))
    document.add_paragraph("手改的一段")
    document.save(str(path))
    edited = path.read_bytes()
    code, out, _ = run("build")
    assert code == 1
    assert f"没有覆盖：output/2021/监督检查清单/{path.name} 被人改过（要覆盖加 --overwrite）" in out
    assert path.read_bytes() == edited
    assert run("build", "--overwrite")[0] == 0
    assert path.read_bytes() != edited


def test_another_folder(run: Run, tmp_path: Path) -> None:
    assert run("checklist", "--out", str(tmp_path / "另存"))[0] == 0
    assert [p.parent.name for p in (tmp_path / "另存/2021").rglob("*.docx")] == ["监督检查清单"]
    assert output(run) == []


def test_an_open_gate_leaves_out_only_what_rests_on_it(unissued: Run) -> None:
    run = unissued
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-10-15", "")
    code, out, err = run("build")
    assert code == 0
    assert "问题 W2021-06 没有「整改时限」，双签字确认表和整改函先不生成" in err
    assert "先不出的文书" in out
    letters = [path.name for path in output(run) if path.parent.name == "整改函"]
    assert [name.split("-")[2] for name in letters] == ["ZG1", "ZG2", "ZG4"]
    assert sum(path.parent.name == "体检报告" for path in output(run)) == 12
    assert run("build", "--strict")[0] == 1


def test_check_as_data(run: Run) -> None:
    code, out, _ = run("check", "--as-of", "2021-10-31", "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert [each["代码"] for each in found] == ["D404", "D807"]
    assert found[0]["文件"] == "checklists/2021/双签.yaml"
    assert found[0]["行"] > 1
    assert run("check", "--strict")[0] == 1


def test_help_of_every_command_is_chinese(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in ("build", "check", "issue", "void", "checklist", "reports", "signoffs", "letters", "summary"):
        assert f"  {name} " in out
        code, said, _ = run(name, "--help")
        assert code == 0
        assert said.startswith("用法：liangqing ")
        assert not {"Usage", "Options", "Show", "exit", "INTEGER"} & set(said.replace(":", " ").split())


def test_help_survives_a_broken_catalogue(run: Run) -> None:
    (run.root / "templates/文种.yaml").write_text("整改函：\n  命令: letters\n", "utf-8")
    assert run("--help")[0] == 0
    code, _, err = run("check")
    assert code == 1
    assert "templates/文种.yaml:1 错误 D011" in err


def test_papers_asked_for_by_name_are_stopped_only_by_what_they_rest_on(run: Run) -> None:
    run.edit(
        "checklists/2021/问题.yaml", "整改时限: 2021-12-15", "整改时限: 年底"
    )  # W2021-08, of 执法支队, in ZG4
    stopped: tuple[tuple[str, ...], ...] = (
        ("letters", "ZG4"),
        ("reports", "U06"),
        ("summary",),
        ("summary", "2021"),
        ("build",),
    )
    for words in (("letters", "ZG1"), ("reports", "JZ02")):
        code, _, err = run(*words)
        assert code == 0
        assert "D103 「整改时限」应为日期（如 2021-09-30），现为「年底」" in err
    made = output(run)
    for asked in stopped:
        code, _, err = run(*asked)
        assert code == 1
        assert "D103" in err
    assert output(run) == made


def test_a_long_table_is_printed_line_by_line_with_every_cell(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(str(number), "事项" * 100) for number in range(FRAMED + 1)]
    show_table("待办", ("单位", "事项"), rows)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["待办", "单位\t事项", *("\t".join(row) for row in rows)]
    show_table("待办", ("单位", "事项"), rows[1:])
    assert "│" in capsys.readouterr().out.splitlines()[-2]


def test_a_table_cuts_nothing_off(capsys: pytest.CaptureFixture[str]) -> None:
    words = "".join(chr(0x8C00 + number) for number in range(400))
    show_table("待办", ("类别", "事项"), [("逾期", words)])
    shown = capsys.readouterr().out
    assert "…" not in shown and [sign for sign in shown if sign in words] == list(words)
