"""Wherever it is started: without UTF-8, without a home, with streams closed, in a folder that is gone, read only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small import write_small

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.process
PROGRAM = [sys.executable, str(ROOT / "generate.py")]
C = {"LC_ALL": "C", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("处") / "工作")


def run(*words: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    """generate.py in surroundings of its own; what it said is in bytes."""
    settled = {"stdin": subprocess.DEVNULL, "timeout": 120, **options}
    return subprocess.run([*PROGRAM, *words], capture_output=True, **settled)  # type: ignore[call-overload,no-any-return]


def bare(**more: str) -> dict[str, str]:
    """An environment with nothing but the way to programs."""
    return {"PATH": os.environ["PATH"], **more}


@pytest.mark.parametrize(
    "environment",
    [
        C,
        {"LANG": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {**C, "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TERM": "dumb"},
        {"TZ": "Nowhere/Odd"},
        {"TZ": ":/dev/zero"},
        {},
    ],
    ids=str,
)
def test_the_main_job_is_done_in_chinese_in_every_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    root = write_small(tmp_path / "工作")
    for name in ("整改函", "问题清单", "整改情况反馈表", "自查情况表"):
        (root / "templates" / f"{name}.docx").write_bytes((ROOT / f"templates/{name}.docx").read_bytes())
    built = run("-C", str(root), "build", "自查情况表", env=bare(**environment))
    assert built.returncode == 0, built.stderr.decode()
    assert "自查情况表" in built.stdout.decode("utf-8") and "工作目录：" in built.stderr.decode("utf-8")
    made = sorted(path.name for path in (root / "output/2021/自查情况表").iterdir())
    assert made[-1] == "自查情况表-2021年第一期-水生态科党支部.docx"
    status = run("-C", str(root), "status", "--json", env=bare(**environment))
    assert status.returncode == 0 and "水生态科" in status.stdout.decode("utf-8")


def test_an_error_is_told_in_chinese_without_any_locale(tmp_path: Path) -> None:
    root = write_small(tmp_path / "工作")
    (root / "checklists/2021/问题.yaml").write_text("问题: [\n", "utf-8")
    told = run("-C", str(root), "check", env=bare(**C, PYTHONIOENCODING="ascii"))
    assert told.returncode == 1
    assert "checklists/2021/问题.yaml" in told.stderr.decode("utf-8")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(workspace: Path, closed: str) -> None:
    words = [*PROGRAM, "-C", str(workspace), "status"]
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *words], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_with_no_stream_at_all_nothing_is_said_into_a_file(tmp_path: Path) -> None:
    root = write_small(tmp_path / "工作")
    (root / "templates/自查情况表.docx").write_bytes((ROOT / "templates/自查情况表.docx").read_bytes())
    before = {path: path.read_bytes() for path in (root / "checklists").rglob("*.yaml")}
    words = [*PROGRAM, "-C", str(root), "build", "自查情况表"]
    done = subprocess.run(["sh", "-c", '"$@" <&- >&- 2>&-', "sh", *words], timeout=120)
    assert done.returncode == 0
    assert before == {path: path.read_bytes() for path in (root / "checklists").rglob("*.yaml")}
    for path in (root / "output").rglob("*.docx"):
        assert path.read_bytes().startswith(b"PK")


def test_a_question_to_a_closed_stdin_is_answered_by_nobody(workspace: Path) -> None:
    words = [*PROGRAM, "-C", str(workspace), "void", "市纪驻某整〔2021〕1号", "--why", "发错"]
    done = subprocess.run(["sh", "-c", '"$@" <&-', "sh", *words], capture_output=True, timeout=120)
    assert done.returncode in (1, 2) and b"Traceback" not in done.stderr


def test_an_answer_that_finds_no_room_is_told_once(workspace: Path) -> None:
    words = [*PROGRAM, "-C", str(workspace), "status"]
    done = subprocess.run(["sh", "-c", '"$@" > /dev/full', "sh", *words], capture_output=True, timeout=120)
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr.decode() and b"Exception ignored" not in done.stderr


def test_a_listener_that_leaves_is_no_error_to_be_told(workspace: Path) -> None:
    words = [*PROGRAM, "library"]
    done = subprocess.run(["sh", "-c", '"$@" | head -1', "sh", *words], capture_output=True, timeout=120)
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_a_current_folder_that_is_gone_is_told(workspace: Path, tmp_path: Path) -> None:
    gone = tmp_path / "没了"
    gone.mkdir()
    words = [*PROGRAM, "check"]
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && "$@"', "sh", *words], cwd=gone, capture_output=True, timeout=120
    )
    assert done.returncode == 1 and "D782" in done.stderr.decode()
    gone.mkdir()
    words = [*PROGRAM, "-C", str(workspace), "status"]
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && "$@"', "sh", *words], cwd=gone, capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        (b"find", b"\xff\xfe"),
        (b"status", b"--person", "张三".encode("gbk")),
        (b"-C", "我的工作".encode("gbk"), b"check"),
        (b"collect", "表格.docx".encode("gbk")),
        (b"void", b"\xb1\xed", b"--why", b"\xb1"),
        (b"\xb1\xed",),
    ],
)
def test_an_argument_that_is_no_text_is_told_as_it_may_be_meant(
    workspace: Path, words: tuple[bytes, ...]
) -> None:
    done = run(*words, env=bare(LIANGQING_WORKSPACE=str(workspace)))
    said = done.stderr.decode("utf-8")
    assert done.returncode == 2 and "不是 UTF-8 的文字" in said, said
    if "表格.docx".encode("gbk") in words:
        assert "「表格.docx」" in said


def test_a_file_named_on_an_old_computer_keeps_no_other_from_being_read(
    workspace: Path, tmp_path: Path
) -> None:
    came = tmp_path / "收到"
    came.mkdir()
    (came / os.fsdecode("旧.docx".encode("gbk"))).write_bytes(b"x")
    (came / "新.docx").write_bytes(b"x")
    done = run("-C", str(workspace), "collect", str(came))
    said = done.stderr.decode("utf-8")
    assert done.returncode == 1 and "D781" in said and "「旧.docx」" in said and "新.docx 错误 D502" in said


def test_who_only_looks_needs_not_write(tmp_path: Path) -> None:
    root = write_small(tmp_path / "工作")
    form = tmp_path / "表.docx"
    form.write_bytes((ROOT / "templates/自查情况表.docx").read_bytes())
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        for words in (
            ("status",),
            ("check",),
            ("find", "排污"),
            ("verify", str(form)),
            ("collect", str(form)),
        ):
            done = run("-C", str(root), *words, preexec_fn=_obeys_permissions)
            said = done.stderr.decode()
            assert "Traceback" not in said and "没有权限" not in said, (words, said)
        assert not (root / "checklists/.收回.lock").exists()
    finally:
        for folder in folders:
            folder.chmod(0o755)


def _obeys_permissions() -> None:
    """Whoever is root may write everywhere, unless that is given up (CAP_DAC_OVERRIDE, of the program that follows)."""
    import ctypes

    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) == 0  # PR_CAPBSET_DROP
