"""What a person types, as the program reads it: Chinese names, wrong dashes and widths, parts of names, unknown words."""

from __future__ import annotations

import click
import pytest
from conftest import Run

from liangqing.base.chinese import alike
from liangqing.base.command_names import COMMANDS, OPTIONS
from liangqing.cli import main as cli
from liangqing.cli.typed import understood


def commands(group: click.Group, path: str = "") -> dict[str, click.Command]:
    found = {f"{path}{name}": command for name, command in group.commands.items()}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{name} ")
    return found


# ---------------------------------------------------------------- names in Chinese


def test_every_command_has_a_chinese_name_and_every_name_a_command() -> None:
    assert set(COMMANDS) == set(commands(cli.cli))
    for above in ("", "template"):
        names = [each for name, own in COMMANDS.items() if name.rpartition(" ")[0] == above for each in own]
        assert len(names) == len(set(names)) and all(names)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_chinese_name_is_the_command(run: Run, name: str) -> None:
    group, _, own = name.rpartition(" ")
    words = [*group.split(), own]
    for chinese in COMMANDS[name]:
        assert run(*words[:-1], chinese, "--help") == run(*words, "--help")


def test_a_kind_of_paper_is_the_command_that_makes_it(run: Run) -> None:
    assert run("三张清单", "--help") == run("lists", "--help")
    assert run("督办函", "--dry-run")[1] == run("build", "督办函", "--dry-run")[1]
    assert run("督办函", "--dry-run")[1] != run("reminders", "--dry-run")[1]


def test_help_shows_both_names(run: Run) -> None:
    said = run("--help")[1]
    for line in ("  check 检查 ", "  letters 整改函 ", "  reminders 提醒函 督办函 ", "  -C, --工作目录 "):
        assert line in said
    assert "  --date, --日期 日期 " in run("issue", "--help")[1]
    assert "  vars 变量 " in run("template", "--help")[1]


def test_options_in_chinese(run: Run) -> None:
    every = {name for each in [cli.cli, *commands(cli.cli).values()] for p in each.params for name in p.opts}
    assert set(OPTIONS) - {"--help"} <= every
    assert set(OPTIONS.values()) - {"--帮助"} <= every
    assert run("检查", "--截止", "2021-10-31") == run("check", "--as-of", "2021-10-31")
    assert run("issue", "--帮助") == run("issue", "--help")


# ---------------------------------------------------------------- dashes and widths


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("——date", "--date"),
        ("—date", "--date"),
        ("–date", "--date"),
        ("－－date", "--date"),
        ("-date", "--date"),
        ("--ｄａｔｅ", "--date"),
        ("——日期", "--日期"),
        ("--as—of", "--as-of"),
        ("－v", "-v"),
        ("--date＝2021-04-20", "--date=2021-04-20"),
        ("--date：2021-04-20", "--date=2021-04-20"),
        ("--date:2021-04-20", "--date=2021-04-20"),
    ],
)
def test_an_option_with_wrong_signs_is_understood(typed: str, meant: str) -> None:
    assert understood(["issue", typed], cli.cli) == ["issue", meant]


@pytest.mark.parametrize(
    "word", ["——", "—误发", "－1", "发错：单位＝甲", "附件（１）.docx", "a-b.docx", "2021-10-31"]
)
def test_a_value_is_left_as_it_is(word: str) -> None:
    assert understood(["void", "--why", word, "--", "——date"], cli.cli) == [
        "void",
        "--why",
        word,
        "--",
        "——date",
    ]


def test_values_of_any_width(unissued: Run) -> None:
    code, out, _ = unissued("印发", "整改函", "ｚｇ１", "——日期＝２０２１－０４－２０")
    assert (code, out.partition("\u3000")[0]) == (0, "已印发：市纪驻环整〔2021〕1号")
    assert unissued("作废", "市纪驻环整［２０２１］１号", "--理由", "发错：甲＝乙")[0] == 0
    assert "发错：甲＝乙" in (unissued.root / "checklists/发文登记.yaml").read_text("utf-8")


# ---------------------------------------------------------------- a part of a name


def test_a_unit_by_the_beginning_or_a_part_of_its_name(run: Run) -> None:
    whole = run("体检报告", "执法支队党支部", "--dry-run")
    assert whole[0] == 3 and "体检报告" in whole[1]
    assert run("reports", "执法支队", "--dry-run") == whole
    assert run("reports", "法支", "--dry-run") == whole
    for command in (("status",), ("build", "体检报告", "--dry-run"), ("propose", "--dry-run")):
        assert run(*command, "--unit", "执法支队") == run(*command, "--unit", "执法支队党支部")


def test_a_part_of_several_names_lists_them(run: Run) -> None:
    for words in (("status", "--unit", "局党支部"), ("reports", "局党支部"), ("build", "--unit", "局党支部")):
        code, _, err = run(*words)
        assert code == 1
        assert " 错误 D204 「局党支部」不止指一个单位：「" in err and "」「" in err
        assert "建议：多写几个字，或写单位的编号" in err


def test_a_part_of_a_name_issues_for_that_unit_alone(unissued: Run) -> None:
    code, _, err = unissued("issue", "整改函", "党支部", "--date", "2021-04-20")
    assert code == 1 and " 错误 D204 " in err
    assert not (unissued.root / "checklists/发文登记.yaml").exists()


# ---------------------------------------------------------------- unknown words


def test_of_unknown_words_those_that_hold_them_come_first() -> None:
    kinds = ["问题清单", "清单说明", "整改函", "监督检查清单"]
    assert alike("清单", kinds) == ["清单说明", "问题清单", "监督检查清单"]
    assert alike("整改涵", kinds) == ["整改函"]
    assert alike("zg1", ["ZG1", "ZG10", "XZG1"]) == ["ZG1", "ZG10", "XZG1"]
    assert alike("", kinds) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("清单",),
            "用法不对：没有命令「清单」，是否「监督检查清单」「单位责任清单」「三张清单」「build 问题清单」？",
        ),
        (("生城",), "用法不对：没有命令「生城」，是否「生成」？"),
        (
            ("执法支队",),
            "用法不对：没有命令「执法支队」，「执法支队党支部」是单位：先写命令，后面加 --unit 执法支队党支部",
        ),
        (
            ("build", "清单"),
            "没有文种「清单」\n    建议：是否「监督检查清单」「单位责任清单」「问题清单」「三张清单」？",
        ),
        (("build", "执法支队"), "建议：「执法支队党支部」是单位：先写文种，后面加 --unit 执法支队党支部"),
        (("build", "检查"), "建议：是否「检查底稿」「监督检查清单」「监督检查通知」？"),
        (("build", "作废"), "建议：「作废」是命令，单独写"),
    ],
)
def test_an_unknown_word_proposes_commands_kinds_and_units(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(*words)
    assert code in (1, 2) and out == ""
    assert said in err
