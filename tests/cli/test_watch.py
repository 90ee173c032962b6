"""`build --watch`: what is saved is noticed once, the papers it touches are made anew, an error is waited out."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Run
from sample import ROOT, copy_workspace

from liangqing.cli import watch

SAVED = "checklists/2021/整改函.yaml"
BEFORE, AFTER = "回复期限: 2021-12-20", "回复期限: 2021-12-21"


# what is noticed


def looking(root: Path, *between: Callable[[], object]) -> Iterator[tuple[str, ...]]:
    """The changes that are seen when this happens between one look and the next."""
    steps = iter(between)

    def wait(seconds: float) -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    return watch.changes(root, wait=wait)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("checklists/2021/清单.yaml", "templates/函.docx", "output/2021/函.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("一", "utf-8")
    return tmp_path


def nothing() -> None:
    """Time passes."""


def seen(root: Path, *between: Callable[[], object]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    with pytest.raises(KeyboardInterrupt):
        for each in looking(root, *between):
            found.append(each)  # noqa: PERF402 - what came before the interrupt is wanted
    return found


def writes(root: Path, name: str, text: str) -> Callable[[], object]:
    return lambda: (root / name).write_text(text, "utf-8")


def test_what_is_saved_in_pieces_is_told_once(folder: Path) -> None:
    data = "checklists/2021/清单.yaml"
    steps = (writes(folder, data, "一二"), writes(folder, data, "一二三"), nothing, nothing, nothing)
    assert seen(folder, *steps) == [(data,)]


def test_added_and_removed_and_templates(folder: Path) -> None:
    new = "checklists/2021/问题.yaml"
    steps = (
        writes(folder, new, "问题: []"),
        writes(folder, "templates/函.docx", "另一份"),
        nothing,
        (folder / new).unlink,
        nothing,
    )
    assert seen(folder, *steps) == [(new, "templates/函.docx"), (new,)]


def test_nothing_of_our_own_and_of_editors_is_noticed(folder: Path) -> None:
    ours = (
        "output/2021/函.docx",
        "checklists/.发文登记.lock",
        "checklists/打印记录.jsonl",
        "checklists/改动记录.jsonl",
        "templates/~$函.docx",
    )
    steps = [step for name in ours for step in (writes(folder, name, "另外的字"), nothing)]
    assert seen(folder, *steps) == []


def test_what_is_saved_while_we_work_is_the_next(folder: Path) -> None:
    data = "checklists/2021/清单.yaml"
    found = looking(folder, writes(folder, data, "一二"), nothing, nothing, nothing)
    assert next(found) == (data,)
    writes(folder, data, "一二三")()
    assert next(found) == (data,)


def test_what_is_saved_before_the_first_look_is_noticed(folder: Path) -> None:
    data = "checklists/2021/清单.yaml"
    found = looking(folder, nothing, nothing)
    writes(folder, data, "一二")()
    assert next(found) == (data,)


# the command


def _hear_interrupts() -> None:
    """Ctrl+C works as at a terminal, also where the tests run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watched:
    """generate.py build --watch, with what it says line by line."""

    def __init__(self, root: Path) -> None:
        environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "generate.py"), "-C", str(root), "build", "整改函", "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=environment,
            preexec_fn=_hear_interrupts,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """What is said up to a line with `words`, which must come within a minute."""
        said = [self._lines.get(timeout=60)]
        while words not in said[-1]:
            said.append(self._lines.get(timeout=60))
        return said

    def end(self) -> None:
        """Stop the process, if it still runs, and let go of what it said."""
        self.process.kill()
        self.process.wait()
        self._reader.join(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a signal")
@pytest.mark.process
def test_a_day_at_the_desk(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path, issued=False)
    watched = Watched(root)
    try:
        watched.until("按 Ctrl+C 结束")
        letter = root / SAVED
        text = letter.read_text("utf-8")
        letter.write_text(text.replace(BEFORE, AFTER), "utf-8")
        said = watched.until("等待下一次保存")
        assert any(line.endswith(SAVED) for line in said)
        assert [line for line in said if line.startswith("更新：") and "/整改函/整改函-草稿-ZG4-" in line]
        assert not [line for line in said if "ZG1" in line]

        letter.write_text(text.replace(BEFORE, "回复期限: 年底"), "utf-8")
        said = watched.until("等待下一次保存")
        assert said[1].startswith("改了：")  # what was written before was no reason to build again
        assert [line for line in said if "D103" in line]

        letter.write_text(text, "utf-8")
        said = watched.until("等待下一次保存")
        assert [line for line in said if line.startswith("更新：") and "/整改函/整改函-草稿-ZG4-" in line]

        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(30) == 0
        watched.until("已停止")
    finally:
        watched.end()


def test_watching_starts_in_spite_of_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.edit(SAVED, BEFORE, "回复期限: 年底")

    def saved(root: Path) -> Iterator[tuple[str, ...]]:
        run.edit(SAVED, "回复期限: 年底", AFTER)
        yield (SAVED,)
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "changes", saved)
    code, said, complaint = run("build", "整改函", "--watch")
    assert code == 0
    assert "D103" in complaint
    assert "新建：output/2021/整改函/整改函-市纪驻环整〔2021〕1号-灵川局党支部.docx" in said


def test_what_is_saved_at_the_same_time_and_as_long_is_made_anew(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a build follows from is read, not judged by its times."""
    checklist = run.root / "checklists/2021/单位.yaml"

    def saved(root: Path) -> Iterator[tuple[str, ...]]:
        seen = checklist.stat()
        run.edit(
            "checklists/2021/单位.yaml",
            "    名称: 桂林市生态环境局水生态环境科党支部",
            "    名称: 桂林市生态环境局水生态保护科党支部",
        )
        os.utime(checklist, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        assert checklist.stat().st_size == seen.st_size
        yield ("checklists/2021/单位.yaml",)
        yield ("checklists/2021/单位.yaml",)
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "changes", saved)
    code, said, _ = run("build", "单位责任清单", "--watch")
    assert code == 0
    renewed, same = (words.splitlines() for words in said.split("改了：")[1:])
    assert "更新：output/2021/单位责任清单/单位责任清单-2021年-水生态科党支部.docx" in renewed
    assert "文书没有变化" in same


@pytest.mark.parametrize("other", ["--dry-run", "--json"])
def test_what_watching_does_not_go_with(run: Run, other: str) -> None:
    code, _, said = run("build", "--watch", other)
    assert code == 2
    assert other in said
