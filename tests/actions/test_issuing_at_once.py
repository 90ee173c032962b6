"""Many programs that issue at once, are killed, or meet a disk that refuses: no gap, no double, nothing half-made."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from campaign import size
from issuer import DAY, KIND, at_step, issue
from notes_workspace import NUMBER, workspace
from sample import ROOT

from liangqing import register
from liangqing.actions import build as pipeline
from liangqing.base.diagnostics import Problems
from liangqing.year.open_workspace import settled_workspace

pytestmark = pytest.mark.process

ISSUER = ROOT / "tests/support/issuer.py"
IN_A_WORKSPACE = 25  # kills


def start(root: Path, *codes: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ISSUER), str(root), *codes],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def in_order(root: Path, codes: list[str]) -> None:
    """Every paper is out once, under consecutive numbers, with its files as the register has them."""
    opened = settled_workspace(root, None, None, DAY)
    assert opened.errors == []
    issued = opened.register.issued
    assert [line.number for line in issued] == [NUMBER.format(number) for number in range(1, len(codes) + 1)]
    assert sorted(line.subject for line in issued) == codes
    there = sorted(path.name for path in (root / "checklists/发文/2021").iterdir())
    assert there == sorted(f"{line.number}{end}" for line in issued for end in (".docx", ".json"))


@pytest.mark.campaign("同时做")
def test_many_issues_from_8_processes_at_once(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    issues = size("同时做")
    record_property("tried", issues)
    codes = workspace(tmp_path, issues)
    issuers = [start(tmp_path, *codes[number::8]) for number in range(8)]
    while any(each.poll() is None for each in issuers):
        opened = settled_workspace(tmp_path, None, None, DAY)  # what check, status and build do meanwhile
        assert opened.errors == []
        time.sleep(1)
    for each in issuers:
        finished(each)
    in_order(tmp_path, codes)


@pytest.mark.campaign("同时做")
def test_builds_beside_issues(tmp_path: Path) -> None:
    codes = workspace(tmp_path, 12)
    issuers = [start(tmp_path, *codes[number::3]) for number in range(3)]
    while any(each.poll() is None for each in issuers):
        opened = settled_workspace(tmp_path, None, None, DAY)
        pipeline.build(opened, pipeline.Request((KIND,)), pipeline.output_store(tmp_path, "2021"))
    for each in issuers:
        finished(each)
    in_order(tmp_path, codes)


@pytest.mark.campaign("中断")
def test_killed_at_random_moments(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    kills = size("中断") // 2
    record_property("tried", kills)
    rng = random.Random(20210601)
    for first in range(0, kills, IN_A_WORKSPACE):  # a register of thousands would be what takes the time
        root = tmp_path / str(first)
        root.mkdir()
        _kill_at_random(root, min(IN_A_WORKSPACE, kills - first), rng)


def _kill_at_random(root: Path, kills: int, rng: random.Random) -> None:
    codes = workspace(root, 4 * kills)
    shares = [codes[number::4] for number in range(4)]
    issuers = [start(root, *share) for share in shares]
    for _ in range(kills):
        time.sleep(rng.uniform(0.05, 0.5))
        victim = rng.randrange(4)
        issuers[victim].kill()
        issuers[victim].communicate()
        issuers[victim] = start(root, *shares[victim])
    for each in issuers:
        finished(each)
    in_order(root, codes)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="要有 fork")
def test_killed_at_each_step_on_the_disk(tmp_path: Path) -> None:
    codes = workspace(tmp_path, 2)
    said = finished(start(tmp_path, "die", *codes))
    steps = [int(line.split()[1]) for line in said.splitlines()]
    assert len(steps) == 2
    assert min(steps) > 10  # so many times issuing reaches the disk
    in_order(tmp_path, codes)


def test_a_full_disk_at_each_step(tmp_path: Path) -> None:
    codes = workspace(tmp_path, 120)
    reached: list[int] = []
    refused = 0

    def refuse() -> None:
        reached.append(step)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for step, code in enumerate(codes):
        with pytest.MonkeyPatch.context() as patch:
            at_step(step, refuse, patch.setattr)
            try:
                issue(tmp_path, code)
            except (Problems, OSError):
                refused += 1
        opened = settled_workspace(tmp_path, None, None, DAY)
        assert opened.errors == []
        assert not list((tmp_path / "checklists/发文").glob("*/.*"))
        issue(tmp_path, code)  # what did not go out can go out now, what did is passed over
        if len(reached) == step:
            break
    assert len(reached) == step > 10
    assert refused > 5
    in_order(tmp_path, codes[: step + 1])


@pytest.mark.campaign("同时做")
def test_the_command_line_from_several_processes(tmp_path: Path) -> None:
    codes = workspace(tmp_path, 6)
    words = [sys.executable, str(ROOT / "generate.py"), "-C", str(tmp_path), "issue", KIND]
    running = [
        subprocess.Popen([*words, code, "--date", "2021-06-01"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for code in codes
    ]  # fmt: skip
    said = [finished(each) for each in running]
    assert sorted(
        line.split("　")[0] for each in said for line in each.splitlines() if "已印发" in line
    ) == sorted(f"已印发：{NUMBER.format(number)}" for number in range(1, 7))
    assert register.load(tmp_path).diagnostics == ()
    in_order(tmp_path, codes)
