"""Builds by several processes, two builds at once, builds that are killed or interrupted, and disks that refuse.

Whatever happens, the output is of one state or of the other, whole; the next build makes all right.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import pytest
from campaign import size
from conftest import Run
from docx import Document
from sample import ROOT

from liangqing.actions import build_report
from liangqing.actions.make_papers import PaperDone, PaperJob, PaperMaker
from liangqing.base import output_inputs
from liangqing.base.output_files import JOURNAL, MANIFEST, STAGING
from liangqing.base.processes import mapped
from liangqing.cli.console import ProgressBar

pytestmark = [
    pytest.mark.process,
    pytest.mark.year,
    pytest.mark.many,
    pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere"),
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded"
    ),  # pytest-xdist's threads hold no lock
]

SLOW = ROOT / "tests/support/slow_build.py"
OWN = frozenset({MANIFEST, JOURNAL, output_inputs.NOTES, build_report.NOTES, ".lock"})
KINDS = ("单位责任清单", "自查情况表", "整改函", "问题清单")
UNITS, GROUP = "checklists/2021/单位.yaml", "checklists/机构.yaml"
FIRST, SECOND = (
    "  全称: 桂林市纪委监委驻市生态环境局纪检监察组",
    "  全称: 桂林市纪委监委驻市生态环境局第一纪检监察组",
)
WORKER = "--jobs 错误 D726 同时工作的进程有一个被系统结束了，多半是内存不够；什么都没有写\n    建议：关掉别的程序，或加 --jobs 1 再运行\n"

Papers = dict[str, bytes]


def papers(root: Path) -> Papers:
    """Every paper below output/2021."""
    folder = root / "output/2021"
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith((".", STAGING))}


def rubbish(root: Path) -> list[str]:
    """What lies in output/ that is neither a paper nor what the program keeps there."""
    loose = [path for path in (root / "output").rglob(".*") if path.name not in OWN]
    return sorted(path.name for path in loose if path.name != ".templates.json")


def rename(run: Run, old: str, new: str) -> None:
    """The group's own name, which most papers print."""
    run.edit(GROUP, f"{old}\n", f"{new}\n")


@pytest.fixture
def two_states(run: Run) -> tuple[Papers, Papers]:
    """What the four kinds of paper are before and after the group's name changes; the workspace is left as at first."""
    states = []
    for old, new in ((FIRST, SECOND), (SECOND, FIRST)):
        assert run("build", *KINDS)[0] == 0
        states.append(papers(run.root))
        shutil.rmtree(run.root / "output")
        rename(run, old, new)
    first, second = states
    assert first.keys() == second.keys() and len(first) > 50
    changed = [name for name in first if first[name] != second[name]]
    assert 40 < len(changed) < len(first)
    return first, second


# ---------------------------------------------------------------- any number of processes


def outcome(run: Run, jobs: int, *kinds: str) -> tuple[object, ...]:
    """All that can be seen of a build into an empty output: exit code, words, papers, manifest."""
    shutil.rmtree(run.root / "output", ignore_errors=True)
    told = run("build", *kinds, "--json", "--jobs", str(jobs))
    manifest = run.root / "output/2021" / MANIFEST
    assert rubbish(run.root) == []
    return *told, papers(run.root), manifest.read_bytes() if manifest.exists() else None


def test_any_number_of_processes_makes_the_same(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "    整改目标: 公示牌信息真实有效。\n", "")
    run.edit(
        "templates/文种.yaml",
        '文件名: "单位责任清单-{{ 年度 }}年-{{ 单位.简称 }}"',
        '文件名: "{{ 单位.简称 }}"',
    )
    one, *others = [outcome(run, jobs) for jobs in (1, 2, 3)]
    code, said, _, made, manifest = one
    assert code == 0 and isinstance(said, str) and isinstance(made, dict) and manifest
    problems = [problem["级别"] for problem in json.loads(said)["问题"]]
    assert {"还差", "警告"} <= {*problems} and len(made) > 150
    assert others == [one, one]


def test_any_number_of_processes_tells_the_same_errors(run: Run) -> None:
    template = run.root / "templates/单位责任清单.docx"
    document = Document(str(template))
    document.add_paragraph("{{ 单位.基本情况 }}", style="公文正文")
    document.save(str(template))
    units = run.root / UNITS
    lines = units.read_text("utf-8").splitlines(keepends=True)
    units.write_text("".join(line for line in lines if "基本情况: 负责" not in line), "utf-8")
    one, *others = [outcome(run, jobs, *KINDS) for jobs in (1, 2, 3)]
    code, said, complaint, made, manifest = one
    assert (code, said, made, manifest) == (1, "", {}, None)
    assert isinstance(complaint, str) and complaint.count(" 错误 D560 ") == 11
    assert others == [one, one]


# ---------------------------------------------------------------- a process that is ended


def kill_in_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system ends the process that comes to a certain paper."""
    real = PaperMaker._made

    def made(self: PaperMaker, job: PaperJob) -> PaperDone:
        if parent_process() is not None and job.subject.code == "U07":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, job)

    monkeypatch.setattr(PaperMaker, "_made", made)


def test_a_worker_is_killed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", *KINDS)[0] == 0
    before = papers(run.root)
    rename(run, FIRST, SECOND)
    with monkeypatch.context() as patched:
        kill_in_a_worker(patched)
        code, said, complaint = run("build", *KINDS, "--jobs", "2", "--fresh")
    assert (code, said) == (1, "")
    assert complaint == f"{WORKER}合计：错误 1\n"
    assert papers(run.root) == before
    assert rubbish(run.root) == []
    assert run("build", *KINDS, "--jobs", "2")[0] == 0
    assert papers(run.root) != before


def test_a_killed_process_leaves_no_other_at_work(tmp_path: Path) -> None:
    def work(item: int) -> int:
        if item == 3:
            raise ValueError(item)
        time.sleep(0.2)
        (tmp_path / str(item)).touch()
        return item

    began = time.monotonic()
    with pytest.raises(ValueError, match="3"):
        list(mapped(work, [3, *range(100, 200)], 2))
    assert time.monotonic() - began < 5
    left = len(list(tmp_path.iterdir()))
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) == left < 10


def test_results_that_nobody_takes(tmp_path: Path) -> None:
    def work(item: int) -> int:
        time.sleep(0.05 * item)
        (tmp_path / str(item)).touch()
        return item

    results = mapped(work, range(100), 2)
    assert next(results) == 0
    results.close()
    left = len(list(tmp_path.iterdir()))
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) == left < 10


# ---------------------------------------------------------------- interrupted and killed


class Build:
    """generate.py build of four kinds by two processes, slowed down, in a group of processes of its own."""

    def __init__(self, root: Path, *words: str, seconds: float = 0.01, jobs: int = 2) -> None:
        command = [sys.executable, str(SLOW), str(seconds), "-C", str(root), "build", *KINDS]
        self.process = subprocess.Popen(
            [*command, "--jobs", str(jobs), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
        )

    def until(self, word: str) -> None:
        """Wait until it says that it has come so far, or has done without."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == word:
                return
        assert self.process.wait() == 0  # there was nothing to be done

    def end(self) -> tuple[int, str]:
        """Wait until all processes are gone, which may not take long; its exit code, and what it complained of."""
        _, complaint = self.process.communicate(timeout=60)
        limit = time.monotonic() + 2
        while self._is_there():
            assert time.monotonic() < limit, "a process works on by itself"
            time.sleep(0.01)
        return self.process.returncode, complaint

    def _is_there(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.mark.parametrize("whom", [os.killpg, os.kill])
def test_ctrl_c(run: Run, whom: Callable[[int, int], None]) -> None:
    """At a terminal all processes hear it; from elsewhere it may be sent to one alone."""
    assert run("build", *KINDS)[0] == 0
    before, manifest = papers(run.root), (run.root / "output/2021" / MANIFEST).read_bytes()
    rename(run, FIRST, SECOND)
    for pause in (0.0, 0.3):
        build = Build(run.root, seconds=0.05)
        build.until("开始")
        time.sleep(pause)
        whom(build.process.pid, signal.SIGINT)
        began = time.monotonic()
        code, said = build.end()
        assert (code, said.splitlines()[1:]) == (130, ["", "已中断"])
        assert time.monotonic() - began < 2
        assert papers(run.root) == before
        assert (run.root / "output/2021" / MANIFEST).read_bytes() == manifest
        assert rubbish(run.root) == []


def test_interrupted_while_papers_are_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other processes have ended before what they staged is swept away."""

    def interrupted(bar: ProgressBar, done: int, total: int) -> None:
        raise KeyboardInterrupt

    real = PaperMaker.make

    def slowly(maker: PaperMaker, number: int) -> PaperDone:
        time.sleep(0.3 if maker.jobs[number].compiled.entry.name == "自查情况表" else 0)
        return real(maker, number)

    with monkeypatch.context() as patched:
        patched.setattr(ProgressBar, "__call__", interrupted)
        patched.setattr(PaperMaker, "make", slowly)
        assert run("build", *KINDS, "--jobs", "3")[0] == 130
    time.sleep(0.5)
    assert (papers(run.root), rubbish(run.root)) == ({}, [])


@pytest.mark.campaign("中断")
def test_killed_at_random_moments(
    run: Run, two_states: tuple[Papers, Papers], record_property: Callable[[str, object], None]
) -> None:
    kills = size("中断") // 2
    record_property("tried", kills)
    rng = random.Random(20211101)
    assert run("build", *KINDS)[0] == 0
    first, second = two_states
    assert papers(run.root) == first
    old, new, after = SECOND, FIRST, first
    left_staging = mixed = 0
    for number in range(kills):
        if number % 2 == 0:  # else it comes upon what the one before has left
            old, new, after = new, old, first if after is second else second
            rename(run, old, new)
        build = Build(run.root, seconds=0.02)
        build.until("开始" if number % 3 else "写入")
        time.sleep(rng.uniform(0, 0.5))
        build.process.kill()
        assert build.end()[0] in (-signal.SIGKILL, 0)
        left_staging += (run.root / "output/2021" / STAGING).exists()
        found = papers(run.root)
        assert found.keys() == first.keys()
        assert [name for name, data in found.items() if data not in (first[name], second[name])] == []
        mixed += found not in (first, second)
        if number % 2:
            code, said, _ = run("build", *KINDS, "--json")
            assert code == 0
            assert {paper["状态"] for paper in json.loads(said)["文书"]} <= {"更新", "未变"}
            assert papers(run.root) == after
            assert rubbish(run.root) == []
            assert not (run.root / "output/2021" / JOURNAL).exists()
    assert left_staging > kills // 2 and mixed > 1  # so many were hit in the middle


# ---------------------------------------------------------------- two at once


@pytest.mark.campaign("同时做")
def test_two_builds_at_once(run: Run, two_states: tuple[Papers, Papers]) -> None:
    first, second = two_states
    old, new = FIRST, SECOND
    for pause in (0.0, 0.15, 0.4):
        one = Build(run.root, seconds=0.003)
        one.until("开始")  # its data is read, and the folder is its own
        rename(run, old, new)
        time.sleep(pause)
        other = Build(run.root, seconds=0.003, jobs=1)
        assert [build.end()[0] for build in (one, other)] == [0, 0]
        assert papers(run.root) == (second if new == SECOND else first)
        known = json.loads((run.root / "output/2021" / MANIFEST).read_text("utf-8"))["files"]
        assert known.keys() == first.keys()
        assert rubbish(run.root) == []
        code, said, _ = run("build", *KINDS, "--json")
        assert code == 0
        assert {paper["状态"] for paper in json.loads(said)["文书"]} == {"未变"}
        old, new = new, old


# ---------------------------------------------------------------- a disk that refuses


def refusing(patched: pytest.MonkeyPatch, owner: Any, name: str, at: str, number: int) -> list[str]:
    """Let a call for a path that ends with `at` fail, the one of that number; what was refused."""
    real, refused = getattr(owner, name), []

    def call(path: Any, *args: Any, **options: Any) -> Any:
        if at in str(path):
            refused.append(str(path))
            if len(refused) > number:
                raise OSError(errno.EACCES if number % 2 else errno.ENOSPC, "refused", str(path))
        return real(path, *args, **options)

    patched.setattr(owner, name, call)
    return refused


def points() -> Iterator[tuple[str, Any, str, str, int]]:
    """Where a disk may refuse: what it is called, whose call, of which path, the how manyth."""
    for number in (0, 1, 10):
        yield f"staging {number}", Path, "write_bytes", f"/{STAGING}/", number
    yield "a folder of the staging", Path, "mkdir", STAGING, 0
    yield "the journal", os, "open", JOURNAL, 0
    yield "the manifest", os, "open", f"{MANIFEST}.tmp", 0
    for number in (0, 3):
        yield f"moving in {number}", Path, "replace", f"/{STAGING}/", number


@pytest.mark.parametrize(
    ("owner", "name", "at", "number"), [pytest.param(*rest, id=what) for what, *rest in points()]
)
def test_the_disk_refuses(
    run: Run, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: str, number: int
) -> None:
    kinds = KINDS[:1]
    assert run("build", *kinds)[0] == 0
    before = papers(run.root)
    run.edit(
        "templates/文种.yaml",
        '标题: "{{ 单位.名称 }}{{ 年度 }}年度责任清单"',
        '标题: "{{ 单位.名称 }}责任清单"',
    )
    with monkeypatch.context() as patched:
        refused = refusing(patched, owner, name, at, number)
        code, said, complaint = run("build", *kinds)
    assert len(refused) > number
    assert (code, said) == (1, "")
    assert " 错误 D70" in complaint and "建议：" in complaint, complaint
    assert rubbish(run.root) == []
    found = papers(run.root)
    assert found.keys() == before.keys()
    if "moving" not in name and not (name == "replace" or at.startswith(MANIFEST)):
        assert found == before
    code, said, _ = run("build", *kinds, "--json")
    assert code == 0 and {paper["状态"] for paper in json.loads(said)["文书"]} <= {"更新", "未变"}
    made = papers(run.root)
    assert all(made[name] != before[name] for name in before)
    assert run("build", *kinds, "--fresh")[0] == 0
    assert papers(run.root) == made
    assert rubbish(run.root) == [] and not (run.root / "output/2021" / JOURNAL).exists()
