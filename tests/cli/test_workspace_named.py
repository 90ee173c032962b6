"""The workspace that a command works in: named by a person, found, told in every answer, and never the sample by mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from conftest import Run
from sample import ROOT, copy_workspace
from small import write_small

from liangqing.base.shell_words import CommandShell, command_line, shell_in_use
from liangqing.cli import main as cli
from liangqing.data.sample import is_sample

DAY = ("--date", "2021-10-31")
# What writes into what people keep, each so that it would write in the sample.
WRITING = {
    "issue": ("督办函", "DB1", *DAY),
    "void": ("市纪驻环整〔2021〕1号", "--why", "发错单位"),
    "collect": ("收到的表", "--accept"),
    "propose": ("--as-of", "2021-11-20", "--yes"),
    "new-year": ("2022",),
    "library": ("--take", "K18", "--inspection", "JZ01"),
    "print": ("整改函", "--yes"),
    "archive": ("2021", "--no-pdf"),
    "recover": (),
    "upgrade": (),
    "template new": ("提示函甲", "--format", "信函"),
}


@pytest.fixture
def sample(run: Run, tmp_path: Path) -> Run:
    """The sample as it comes with the program, in a copy: it says so itself, wherever it lies."""
    return run.in_folder(copy_workspace(tmp_path / "示例", issued=True, own=False))


def kept(root: Path) -> dict[Path, bytes]:
    """What a person keeps in a workspace."""
    files = (path for name in ("checklists", "templates") for path in (root / name).rglob("*"))
    return {path: path.read_bytes() for path in files if path.is_file() and path.suffix != ".lock"}


def below(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from below(command, f"{name} ")
        else:
            yield f"{path}{name}", command


# ---------------------------------------------------------------- the sample is a sample


@pytest.mark.parametrize("name", WRITING)
def test_what_writes_refuses_in_the_sample(sample: Run, name: str) -> None:
    before = kept(sample.root)
    code, out, err = sample(*name.split(" "), *WRITING[name])
    assert (code, out) == (1, "")
    assert f"{sample.root.resolve()} 错误 D032 这是示例，不是自己的工作目录：什么也没有写\n" in err
    assert "建自己的工作目录：liangqing init 我的工作；只是在示例上试一试，命令后面加 --sample\n" in err
    assert kept(sample.root) == before


def test_every_command_that_takes_sample_is_tried() -> None:
    taking = {
        name
        for name, each in below(cli.cli)
        if any(not p.expose_value for p in each.params if p.name == "sample")
    }
    assert taking == set(WRITING)


def test_with_sample_it_is_done(sample: Run) -> None:
    before = kept(sample.root)
    assert sample("new-year", "2022", "--sample")[0] == 0
    assert kept(sample.root).keys() > before.keys()
    assert sample("void", "市纪驻环整〔2021〕1号", "--why", "试一试", "--示例")[0] == 0


def test_looking_at_the_sample_says_that_it_is_one(sample: Run) -> None:
    for words in (("check",), ("status",), ("build", "整改函"), ("new-year", "2022", "--dry-run")):
        assert sample(*words)[0] == 0
        assert sample.named.endswith("年度　这是示例，不是自己的数据\n"), words
    assert json.loads(sample("build", "整改函", "--json")[1])["示例"] is True


def test_the_sample_leads_to_a_workspace_of_ones_own(sample: Run) -> None:
    begin = "下一步（示例看过了，建自己的工作目录）：liangqing init 我的工作\n"
    assert begin in sample("build")[1]
    assert sample("status")[1].count(begin) == 1  # whatever waits


def test_what_begins_with_init_is_no_sample(tmp_path: Path) -> None:
    assert is_sample(ROOT)
    assert cli.main(["init", str(tmp_path / "我的工作"), "--year", "2026"]) == 0
    assert not is_sample(tmp_path / "我的工作")
    assert cli.main(["init", str(tmp_path / "试一试"), "--sample"]) == 0
    assert is_sample(tmp_path / "试一试")


def test_a_sample_that_was_made_ones_own_is_none(sample: Run) -> None:
    sample.edit("checklists/机构.yaml", "  示例: 是", "  示例: 否")
    assert sample("new-year", "2022")[0] == 0


# ---------------------------------------------------------------- which folder


def test_a_folder_that_is_not_there_is_refused_with_the_nearest(
    sample: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also below the sample, where what is above would be one."""
    write_small(sample.root / "我的工作")
    (sample.root / "我的文件").mkdir()
    monkeypatch.chdir(sample.root)
    for typed, near in (
        ("我的工做", "我的工作"),
        (str(sample.root / "我的工做"), str(sample.root / "我的工作")),
    ):
        code, _, err = sample.in_folder(Path(typed))("check")
        assert code == 1
        assert f"{typed} 错误 D030 没有这个文件夹\n    建议：是否“{near}”？\n" in err


def test_a_folder_within_or_above_a_workspace_is_refused_with_it(run: Run) -> None:
    for folder in (run.root / "checklists", run.root.parent):
        code, _, err = run.in_folder(folder)("check")
        assert code == 1
        assert " 错误 D031 这个文件夹不是工作目录" in err
        assert f"建议：是否“{run.root.resolve()}”？" in err


def test_a_file_is_no_folder(run: Run) -> None:
    assert (
        " 错误 D030 这是一个文件，不是文件夹\n"
        in run.in_folder(run.root / "checklists/机构.yaml")("check")[2]
    )


def test_from_a_folder_within_ones_own_it_is_found_and_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (run.root / "收到的表").mkdir()
    monkeypatch.chdir(run.root / "收到的表")
    assert cli.main(["status"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith(f"工作目录：{run.root.resolve()}（在上级找到的）　2021年度\n")
    assert "下一步（看按督办阶梯该发什么文书）：liangqing propose\n" in said.out


def test_from_a_folder_within_the_sample_it_is_not_found(
    sample: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (sample.root / "我的资料").mkdir()
    monkeypatch.chdir(sample.root / "我的资料")
    assert cli.main(["check"]) == 1
    assert " 错误 D033 这里不是工作目录，上级的 " in capsys.readouterr().err
    monkeypatch.chdir(sample.root / "checklists")
    assert cli.main(["check"]) == 0


# ---------------------------------------------------------------- where -C stands


@pytest.mark.parametrize(
    "words",
    [
        ("check", "-C", "{}"),
        ("-C", "{}", "check"),
        ("check", "-C{}"),
        ("check", "-C={}"),
        ("check", "—C", "{}"),
        ("check", "－Ｃ", "{}"),
        ("检查", "--工作目录", "{}"),
        ("check", "--as-of", "2021-10-31", "--工作目录＝{}"),
        ("-C", "{}", "check", "-C", "{}"),
    ],
)
def test_the_workspace_is_named_before_or_behind_the_command(
    run: Run, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([word.format(run.root) for word in words]) == 0
    assert capsys.readouterr().err.startswith(f"工作目录：{run.root.resolve()}　2021年度\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "-C"), "-C 后面缺工作目录，写成 -C 我的工作 这样"),
        (("-C", "甲", "check", "-C", "乙"), "工作目录写了两个：甲、乙，只留一个"),
        (("--year", "2021", "check"), "--year 写在命令后面"),
    ],
)
def test_a_workspace_named_wrongly_is_a_usage_error(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    assert capsys.readouterr().err.startswith(f"用法不对：{said}\n")


# ---------------------------------------------------------------- every answer names it


@pytest.mark.parametrize(
    ("words", "year"),
    [
        (("check",), "　2021年度"),
        (("check", "--year", "2020"), "　2020年度"),
        (("status",), "　2021年度"),
        (("build", "整改函"), "　2021年度"),
        (("letters", "ZG9"), "　2021年度"),
        (("propose", "--dry-run"), "　2021年度"),
        (("new-year", "2022", "--dry-run"), "　2022年度"),
        (("check", "--json"), "　2021年度"),
        (("verify", "没有.docx"), ""),
        (("template", "check", "整改函"), ""),
    ],
)
def test_every_answer_names_workspace_and_year(run: Run, words: tuple[str, ...], year: str) -> None:
    _, out, _ = run(*words)
    assert run.named == f"工作目录：{run.root.resolve()}{year}\n"
    assert "工作目录：" not in out


def test_an_object_for_a_script_names_them_as_keys(run: Run) -> None:
    told = json.loads(run("build", "整改函", "--json")[1])
    assert (told["工作目录"], told["年度"], told["示例"]) == (str(run.root.resolve()), 2021, False)
    assert run.named == ""


# ---------------------------------------------------------------- what comes next


@pytest.mark.process
@pytest.mark.parametrize(
    ("words", "follows"),
    [
        ("check --year 2021", " build --year 2021"),
        ("status", " propose"),
        ("build 整改函", " status"),
        ("preview 整改函 ZG1 --year 2021", " print 整改函 --subject ZG1 --draft --year 2021"),
        ("template check 整改函", " build"),
        ("new-year 2022", " check --year 2022"),
    ],
)
def test_what_comes_next_runs_as_it_is_printed(tmp_path: Path, words: str, follows: str) -> None:
    """The line that is told is given to the shell, in the folder where it was told."""
    name = "我 的 'a\"b$工作"
    copy_workspace(tmp_path / name, issued=False)
    where = f"-C {command_line([name], CommandShell.SH)}"
    first = in_shell(f'"{sys.executable}" "{ROOT / "generate.py"}" {words} {where}', tmp_path)
    (told,) = [line for line in first.stdout.splitlines() if line.startswith("下一步")]
    line = told.partition("：")[2]
    assert follows in line
    then = in_shell(line, tmp_path)
    assert then.returncode in (0, 1, 130), then.stderr  # done, refused for its date, asked and not answered
    assert f"工作目录：{(tmp_path / name).resolve()}　" in then.stderr and "用法不对" not in then.stderr


def in_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_words_for_each_shell() -> None:
    words = ["python", "generate.py", "-C", "D:\\我的 工作", "check"]
    assert command_line(words, CommandShell.CMD) == 'python generate.py -C "D:\\我的 工作" check'
    assert command_line(words, CommandShell.POWERSHELL) == 'python generate.py -C "D:\\我的 工作" check'
    assert command_line(words, CommandShell.SH) == "python generate.py -C 'D:\\我的 工作' check"
    program = ["C:\\Program Files\\python.exe", "generate.py"]
    assert command_line(program, CommandShell.POWERSHELL) == '& "C:\\Program Files\\python.exe" generate.py'
    assert command_line(program, CommandShell.CMD) == '"C:\\Program Files\\python.exe" generate.py'
    assert command_line(["a", "值 $x’"], CommandShell.POWERSHELL) == "a '值 $x’’'"
    assert command_line(["a", "it's", ""], CommandShell.SH) == "a 'it'\"'\"'s' ''"


def test_the_shell_in_use() -> None:
    own = {
        "USERPROFILE": "C:\\Users\\甲",
        "PSModulePath": "C:\\Users\\甲\\Documents\\WindowsPowerShell\\Modules;C:\\W",
    }
    assert shell_in_use("posix", own) is CommandShell.SH
    assert shell_in_use("nt", own) is CommandShell.POWERSHELL
    assert shell_in_use("nt", {**own, "PSModulePath": "C:\\W"}) is CommandShell.CMD


@pytest.mark.process
def test_the_program_is_called_as_it_was(tmp_path: Path) -> None:
    """python generate.py from a checkout, from wherever it is called."""
    done = subprocess.run(
        [sys.executable, os.path.relpath(ROOT / "generate.py", tmp_path), "init", "我的工作"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    line = done.stdout.splitlines()[-1].partition("：")[2]
    assert line.startswith(f"{sys.executable} ") and "generate.py -C 我的工作 collect 我的工作/" in line
