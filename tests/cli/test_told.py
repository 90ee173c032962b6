"""A paper that went out while its message failed is said to be out: by the exit code, on stderr, by the next command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from issuer import KIND
from notes_workspace import NUMBER, workspace
from sample import ROOT

from liangqing import register
from liangqing.base.folders import UNTOLD

pytestmark = pytest.mark.process

OUT = f"{NUMBER.format(1)}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which X001 and X002 can be issued."""
    workspace(tmp_path, 2)
    return tmp_path


def called(root: Path, *words: str) -> list[str]:
    return [sys.executable, str(ROOT / "generate.py"), "-C", str(root), *words]


def issue(root: Path, stdout: int, *more: str) -> tuple[int, str]:
    """Issue X001 with its words going there; exit code and stderr."""
    words = called(root, "issue", KIND, "X001", "--date", "2021-06-01", *more)
    ran = subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, timeout=120)
    return ran.returncode, ran.stderr


def next_command(root: Path, *words: str) -> str:
    ran = subprocess.run(called(root, *words), capture_output=True, text=True, check=False, timeout=120)
    return ran.stderr


def gone_pipe() -> int:
    """A pipe that nobody reads any more."""
    reads, writes = os.pipe()
    os.close(reads)
    return writes


@pytest.mark.parametrize("more", [(), ("--json",)])
@pytest.mark.parametrize("kind", ["nobody reads", "disk full"])
def test_an_issue_whose_message_fails_says_that_it_went_out(
    root: Path, kind: str, more: tuple[str, ...]
) -> None:
    stdout = gone_pipe() if kind == "nobody reads" else os.open("/dev/full", os.O_WRONLY)
    code, err = issue(root, stdout, *more)
    os.close(stdout)
    why = "接收的程序已经关了" if kind == "nobody reads" else "磁盘已满"
    assert code == 4
    assert f"已印发：{OUT}　登记、存档都已写好，只是消息没能显示（{why}）；不要再办一次" in err.splitlines()
    assert "Traceback" not in err and "Exception" not in err
    assert [line.name for line in register.load(root).issued] == [OUT]
    said = f"上一次印发已经完成：{OUT}，登记、存档都已写好，不用再办一次"
    assert said in next_command(root, "status")
    assert said not in next_command(root, "status")


def test_an_issue_without_a_stdout_says_that_it_went_out(root: Path) -> None:
    words = called(root, "issue", KIND, "X001", "--date", "2021-06-01")
    ran = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *words],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 4 and f"已印发：{OUT}　登记、存档都已写好" in ran.stderr
    assert [line.name for line in register.load(root).issued] == [OUT]


def test_an_issue_that_was_told_is_not_told_again(root: Path) -> None:
    code, err = issue(root, subprocess.DEVNULL)
    assert (code, (root / UNTOLD).exists()) == (0, False), err
    assert "上一次" not in next_command(root, "status")


def test_an_issue_that_was_killed_after_its_line_is_told_by_the_next_command(root: Path) -> None:
    code = (
        "import os, signal, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from liangqing import register\n"
        "from liangqing.cli.main import main\n"
        "register.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"main({called(root, 'issue', KIND, 'X001', '--date', '2021-06-01')[2:]!r})\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == -9 and "已印发" not in ran.stdout
    noted = (root / UNTOLD).read_bytes()
    verified = next_command(root, "verify", str(root / "templates/便函.docx"))
    assert (
        f"上一次印发已经完成：{OUT}" in verified and (root / UNTOLD).read_bytes() == noted
    )  # verify writes nothing
    again = next_command(root, "issue", KIND, "X001", "--date", "2021-06-01")
    assert f"上一次印发已经完成：{OUT}" in again and f"便函 X001 已印发（{OUT}）" in again
    assert (root / f"checklists/发文/2021/{OUT}.docx").exists() and not (root / UNTOLD).exists()


def test_an_issue_that_was_killed_before_its_line_is_not_told(root: Path) -> None:
    register.about_to_enter(root, 1)
    noted = json.loads((root / UNTOLD).read_bytes())
    (root / UNTOLD).write_text(json.dumps({**noted, "进程": 2**22 + 1}), "utf-8")
    assert register.untold(root) == ()
    assert issue(root, subprocess.DEVNULL)[0] == 0
    assert not (root / UNTOLD).exists()


def test_what_another_program_enters_just_now_is_not_taken_for_untold(root: Path) -> None:
    assert issue(root, subprocess.DEVNULL)[0] == 0
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (root / UNTOLD).write_text(json.dumps({"从": 1, "进程": other.pid}), "utf-8")
        assert register.untold(root) == ()
        other.communicate(b"\n")
    assert list(register.untold(root)) == list(register.load(root).issued)


@pytest.mark.parametrize(
    "note", ["", "[]", "{}", '{"从": "a", "进程": 1}', "[" * 100_000, '{"从": 1e999, "进程": 1}']
)
def test_a_note_that_says_nothing_is_nothing(root: Path, note: str) -> None:
    (root / UNTOLD).parent.mkdir()
    (root / UNTOLD).write_text(note, "utf-8")
    assert register.untold(root) == ()


def test_a_void_whose_message_fails_says_that_it_was_made(root: Path) -> None:
    assert issue(root, subprocess.DEVNULL)[0] == 0
    stdout = gone_pipe()
    ran = subprocess.run(
        called(root, "void", OUT, "--why", "- 发错单位"),
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(stdout)
    assert ran.returncode == 4 and f"已作废：{OUT}　登记、存档都已写好" in ran.stderr
    assert f"上一次作废已经登记：{OUT}" in next_command(root, "check")
