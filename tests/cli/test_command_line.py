"""The command line as a whole: order of the help, completion, consoles, output for scripts, what to do next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from conftest import Run
from sample import ROOT, copy_workspace

from liangqing.cli import main as cli
from liangqing.cli.completion import SHELLS
from liangqing.papers.catalogue import BUILT_IN

VARIABLE = "_GENERATE_PY_COMPLETE"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, to be read only."""
    return copy_workspace(tmp_path_factory.mktemp("sample") / "工作", issued=True)


def generate(workspace: Path, *words: str, encoding: str = "utf-8", **variables: str) -> str:
    """What generate.py prints to a pipe, as a console of that encoding reads it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), "-C", str(workspace), *words],
        env={**os.environ, "PYTHONIOENCODING": encoding, **variables},
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode(encoding)


def every_command(group: click.Group = cli.cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path}{name} ")


COMMANDS = dict(every_command())


# ---------------------------------------------------------------- help


def test_every_command_of_our_own_stands_in_one_group_of_the_help() -> None:
    grouped = [name for groups in (cli.BEFORE, cli.AFTER) for names in groups.values() for name in names]
    assert len(grouped) == len(set(grouped))
    assert set(cli.cli.commands) <= set(grouped)
    assert set(BUILT_IN) == set(cli.cli.commands)


@pytest.mark.process
def test_the_groups_stand_in_the_order_of_the_work(workspace: Path) -> None:
    said = generate(workspace, "--help")
    heads = [line[:-1] for line in said.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert heads[:4] == ["选项", "开始", "检查和待办", "生成"]
    stages = [each for each in heads if each in ("清单明责", "跟踪履责", "清查确责", "跟进问责", "总览")]
    assert stages == [
        each for each in ("清单明责", "跟踪履责", "清查确责", "跟进问责", "总览") if each in stages
    ]
    assert heads.index("印发和核对") > heads.index("跟进问责")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example(name: str) -> None:
    words = COMMANDS[name].help or ""
    assert words.partition("例：")[0].strip(), name
    example = words.partition("例：")[2]
    assert f"generate.py {name}" in example or f"liangqing {name}" in example


def test_every_command_of_the_catalogue_has_an_example(run: Run) -> None:
    for name in ("letters", "reports", "summary"):
        assert f"例：liangqing {name}" in run(name, "--help")[1]


def test_several_subjects_in_one_word_are_told_apart(run: Run) -> None:
    for word in ("ZG1，ZG2", "ZG1、ZG2"):
        err = run("letters", word, "--dry-run")[2]
        assert "这是 2 个，中间用空格隔开：ZG1 ZG2" in err
    assert "中间用空格" not in run("letters", "ZG1，ZG9", "--dry-run")[2]


def test_a_unit_that_there_is_not_is_answered_with_short_names(run: Run) -> None:
    err = run("letters", "--unit", "县")[2]
    assert "可用的有：局党组、水生态科党支部、自然生态科党支部、" in err and "U01" not in err


@pytest.mark.process
def test_examples_of_the_help_call_the_program_by_its_name_here(run: Run, workspace: Path) -> None:
    for words in (("--help",), ("check", "--help"), ("calendar", "--help")):
        said = run(*words)[1]
        assert "generate.py" not in said and "liangqing" in said
    assert "例：generate.py check" in generate(workspace, "check", "--help")


# ---------------------------------------------------------------- consoles


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize(
    "words", [("--help",), ("check",), ("status",), ("build", "--dry-run"), ("template", "vars")]
)
@pytest.mark.process
def test_a_console_shows_every_sign(workspace: Path, encoding: str, words: tuple[str, ...]) -> None:
    said, meant = generate(workspace, *words, encoding=encoding), generate(workspace, *words)
    assert said
    assert _words(said) == _words(meant), "a sign that this console can't show was replaced"


def _words(text: str) -> str:
    """Without the frames of tables, which are drawn in ASCII where the console has no better."""
    return "".join(each for each in text if each.isalnum() or each in "？?、。，：；〔〕「」（）")


@pytest.mark.process
def test_no_colour_in_a_pipe(workspace: Path) -> None:
    plain = dict.fromkeys(("FORCE_COLOR", "NO_COLOR"), "")
    for words in (("check",), ("status",), ("build", "--dry-run")):
        assert "\x1b" not in generate(workspace, *words, **plain)


# ---------------------------------------------------------------- for scripts


def test_json_of_a_build(run: Run) -> None:
    code, out, err = run("build", "整改函", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["年度"] == 2021 and told["统计截止日期"] == "2021-10-31"
    letters = [each for each in told["文书"] if each["文种"] == "整改函"]
    assert [each["对象"] for each in letters] == ["ZG1", "ZG2", "ZG3", "ZG4"]
    for each in told["文书"]:
        assert each["状态"] == "新建"
        assert (run.root / each["文件"]).is_file()
    assert letters[0]["文号"] == "市纪驻环整〔2021〕1号"


def test_json_is_short_for_format_json(run: Run) -> None:
    for command in ("check", "status"):
        assert run(command, "--json") == run(command, "--format", "json")
        assert isinstance(json.loads(run(command, "--json")[1]), list)


def test_json_of_issue_and_void(unissued: Run) -> None:
    run = unissued
    line = json.loads(run("issue", "整改函", "ZG1", "--date", "2021-04-20", "--json")[1])
    assert (line["文号"], line["成文日期"]) == ("市纪驻环整〔2021〕1号", "2021-04-20")
    gone = json.loads(run("void", line["文号"], "--why", "发错单位", "--date", "2021-04-21", "--json")[1])
    assert (gone["作废"], gone["日期"]) == (line["文号"], "2021-04-21")


def test_json_wherever_a_script_would_read() -> None:
    """Every command takes --json, but for the one whose output is a script itself and the one that serves a page."""
    commands: dict[str, click.Command] = dict(cli.cli.commands)
    group = commands.pop("template")
    assert isinstance(group, click.Group)
    commands |= {f"template {name}": each for name, each in group.commands.items()}
    without = [n for n, each in commands.items() if not any("--json" in p.opts for p in each.params)]
    assert without == ["completion", "desk"]
    assert len(commands) > 15


def test_json_of_what_begins_or_carries_on(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    new = run.root.parent / "新"
    assert cli.main(["init", str(new), "--year", "2022", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"目录": str(new), "年度": 2022}
    told = json.loads(run("new-year", "2022", "--dry-run", "--json")[1])
    assert told["写入"] is False and "checklists/2022/单位.yaml" in told["文件"]
    assert not (run.root / "checklists/2022").exists()
    told = json.loads(run("new-year", "2022", "--json")[1])
    assert told["写入"] is True
    assert all((run.root / name).is_file() for name in told["文件"])


def test_json_of_what_the_ladder_proposes_asks_nobody(run: Run) -> None:
    words = ("propose", "--as-of", "2021-11-20", "--year", "2021", "--json")
    told = json.loads(run(*words)[1])
    assert [each["文种"] for each in told["文书"]] == ["督办函", "提醒函"] and told["写入"] is None
    assert [each[: each.index("，")] for each in told["未印发"]] == [
        f"2021年 {paper}" for paper in ("提醒函 TX1", "督办函 DB1", "约谈通知书 YT1")
    ]
    assert json.loads(run(*words, "--yes", "--dry-run")[1]) == told
    written = json.loads(run(*words, "--yes")[1])
    assert written["文书"] == told["文书"] and (run.root / written["写入"]).is_file()
    assert [each.split("/")[1] for each in written["全部写入"]] == ["2021", "2020"]
    assert all((run.root / each).is_file() for each in written["全部写入"])


def test_json_of_a_template_begun(run: Run) -> None:
    told = json.loads(run("template", "new", "提示函甲", "--format", "信函", "--json")[1])
    assert (run.root / told["模板"]).is_file() and told["加到文种"].startswith("提示函甲:\n  命令: paper-1\n")


# ---------------------------------------------------------------- what next


def test_each_success_says_what_comes_next(unissued: Run) -> None:
    run = unissued
    assert f"下一步：{run.again} build\n" in run("check")[1]
    assert f"：{run.again} issue 整改函 ZG4 --date 2021-11-01\n" in run("build", "整改函")[1]
    assert f"下一步：{run.again} build 整改函\n" in run("issue", "整改函", "ZG1", "--date", "2021-04-20")[1]
    assert "issue 整改函 ZG4" in run("build", "整改函")[1]
    assert f"：{run.again} propose\n" in run("status", "--as-of", "2021-11-20")[1]
    assert f"：{run.again} status\n" in run("build", "体检报告")[1]
    kept = next((run.root / "checklists/发文/2021").glob("*.docx"))
    assert f"：{run.again} status\n" in run("verify", str(kept))[1]
    assert (
        f"下一步：{run.again} template check 提示函乙\n"
        in run("template", "new", "提示函乙", "--format", "信函")[1]
    )


def test_nothing_comes_next_after_an_error(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-10-15", "整改时限: 十月中旬")
    assert "下一步" not in run("check")[1]


# ---------------------------------------------------------------- completion


def asked(workspace: Path, words: str, shell: str = "bash") -> list[str]:
    """The words that are suggested; `words` ends with what is being typed."""
    typed = words.split(" ")
    variables: Mapping[str, str] = {
        "COMP_WORDS": f"liangqing -C {workspace} {words}",
        "COMP_CWORD": str(len(typed) + 2),
        "COMP_LINE": f"liangqing -C {workspace} {words}",
        "COMP_WORD": typed[-1],
    }
    said = generate(workspace, **{VARIABLE: f"{shell}_complete", **variables})
    lines = [line for line in said.splitlines() if line]
    if shell == "bash":
        return [line.partition(",")[2] for line in lines]
    return lines[1::3] if shell == "zsh" else [line.partition("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.process
def test_commands_kinds_and_subjects_are_completed(workspace: Path, shell: str) -> None:
    assert asked(workspace, "che", shell) == ["check", "checklist"]
    assert "整改函" in asked(workspace, "build 整", shell)
    assert asked(workspace, "issue 整改函 ", shell) == ["ZG1", "ZG2", "ZG3", "ZG4"]
    assert "JZ01/U11" in asked(workspace, "reports JZ01", shell)
    assert asked(workspace, "letters --uni", shell) == ["--unit"]
    assert asked(workspace, "检", shell) == ["检查", "检查底稿"]
    assert asked(workspace, "template 变", shell) == ["变量"]
    assert "灵川局党支部" in asked(workspace, "体检报告 灵", shell)


@pytest.mark.process
def test_completion_is_silent_where_there_is_nothing_to_complete(tmp_path: Path) -> None:
    assert asked(tmp_path, "issue 整改函 ") == []


@pytest.mark.process
def test_bash_takes_the_script(run: Run) -> None:
    code, script, _ = run("completion", "bash")
    assert code == 0
    done = subprocess.run(
        ["bash", "-c", f"{script}\ncomplete -p liangqing"], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "complete -o nosort -F _liangqing_completion liangqing", done.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_says_where_it_goes(run: Run, shell: str) -> None:
    code, script, _ = run("completion", shell)
    assert code == 0
    assert "_LIANGQING_COMPLETE" in script
    assert f"liangqing completion {shell}" in script.splitlines()[-1]
