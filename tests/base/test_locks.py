"""A lock that another program holds: who holds it is told, the wait ends, and a dead program holds nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import told

from liangqing.base import locks
from liangqing.base.diagnostics import Problems
from liangqing.base.locks import holder_of, locked

HOLD = """
import sys, time
sys.argv = ["/甲/generate.py", "-C", "/家/某人的工作", *sys.argv[2:]]
from pathlib import Path
from liangqing.base.locks import locked
with locked(Path({path!r})):
    print("held", flush=True)
    time.sleep({seconds})
"""


class Holding:
    """Programs that hold a lock, ended with the test."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[str]] = []

    def __call__(self, path: Path, seconds: float, *words: str) -> subprocess.Popen[str]:
        code = HOLD.format(path=str(path), seconds=seconds)
        holder = subprocess.Popen(
            [sys.executable, "-c", code, "-", *words], stdout=subprocess.PIPE, text=True
        )
        self.running.append(holder)
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        return holder


@pytest.fixture
def hold() -> Iterator[Holding]:
    holding = Holding()
    yield holding
    for holder in holding.running:
        holder.kill()
        holder.communicate()


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What is told of waits."""
    words: list[str] = []
    locks.tell_waits_to(words.append)
    yield words
    locks.tell_waits_to(lambda _: None)


pytestmark = pytest.mark.process


def test_after_two_seconds_it_is_told_who_holds_the_lock_and_since_when(
    tmp_path: Path, hold: Holding, said: list[str]
) -> None:
    path = tmp_path / "checklists/.发文登记.lock"
    holder = hold(path, 3.5, "issue", "整改函", "ZG1")
    began = time.monotonic()
    with locked(path):
        waited = time.monotonic() - began
    (words,) = said
    assert re.fullmatch(
        rf"generate\.py issue（进程 {holder.pid}，\d\d:\d\d:\d\d 开始）正占着 checklists/\.发文登记\.lock，"
        r"等它做完……最多再等 2[78] 秒",
        words,
    )
    assert 2 < waited < 20
    assert "某人" not in path.read_text("utf-8") and path.read_bytes() == b""


def test_a_short_wait_is_not_worth_a_word(tmp_path: Path, hold: Holding, said: list[str]) -> None:
    hold(tmp_path / ".lock", 0.4)
    with locked(tmp_path / ".lock"):
        pass
    assert said == []


def test_the_wait_ends_with_who_holds_it_and_nothing_is_done(tmp_path: Path, hold: Holding) -> None:
    holder = hold(tmp_path / ".lock", 60, "build")
    with pytest.raises(Problems) as refused, locked(tmp_path / ".lock", 2.4):
        raise AssertionError
    assert re.fullmatch(
        rf"\S+/\.lock 错误 D865 generate\.py build（进程 {holder.pid}，\d\d:\d\d:\d\d 开始）占着，等了 [23] 秒还没有放开，没有办\n"
        "    建议：等它做完再运行一次；它停住不动的，关掉那个程序（窗口）再运行",
        told(refused.value.diagnostics),
    )


def test_who_gave_up_holds_nothing_when_his_turn_comes(tmp_path: Path, hold: Holding) -> None:
    hold(tmp_path / ".lock", 1.0)
    with pytest.raises(Problems, match="D865"), locked(tmp_path / ".lock", 0.1):
        raise AssertionError
    with locked(tmp_path / ".lock", 20):
        pass
    hold(tmp_path / ".lock", 0.1)  # another program gets it: the wait that was given up is over


def test_a_lock_of_a_program_that_was_killed_is_free(tmp_path: Path, hold: Holding, said: list[str]) -> None:
    holder = hold(tmp_path / ".lock", 60, "issue")
    holder.kill()
    holder.wait()
    assert holder_of(tmp_path / ".lock") is not None  # what it wrote is still there
    began = time.monotonic()
    with locked(tmp_path / ".lock"):
        now = holder_of(tmp_path / ".lock")
    assert now is not None and now.process == os.getpid()
    assert time.monotonic() - began < 2 and said == []


@pytest.mark.parametrize(
    "content", [b"", b"x", b"[]", b'{"\xe8\xbf\x9b\xe7\xa8\x8b": "a"}', b"[" * 100_000, b"\xff"]
)
def test_a_lock_file_with_anything_in_it_is_taken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".lock").write_bytes(content)
    assert holder_of(tmp_path / ".lock") is None
    with locked(tmp_path / ".lock"):
        assert json.loads((tmp_path / ".lock").read_bytes())["进程"] == os.getpid()


def test_how_long_to_wait_is_said_in_the_environment(
    tmp_path: Path, hold: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(tmp_path / ".lock", 60)
    monkeypatch.setenv(locks.WAIT, "1")
    began = time.monotonic()
    with pytest.raises(Problems, match="D865"), locked(tmp_path / ".lock", 500):
        raise AssertionError
    assert 1 <= time.monotonic() - began < 20
