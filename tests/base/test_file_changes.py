"""Several files changed as one: what is cut off is ended or undone, and what a person did in between is kept."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from liangqing.base import file_changes, scratch
from liangqing.base.diagnostics import Problems
from liangqing.base.file_changes import RECORD, STAGE, FileChanges, settle, write_together
from liangqing.base.locks import locked
from liangqing.base.safe_files import write_whole
from liangqing.base.scratch import HELD, held_folder, scratch_belongs_to, scratch_folder

CHANGES = FileChanges(
    {"甲/一.txt": b"new 1", "乙/丙/二.txt": b"new 2", "乙/三.txt": b"new 3", "甲/四.txt": None},
    {"记.log": b"line\n"},
)


class Killed(BaseException):
    """The program ends here; nothing of it is carried out any more."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("一", "四"):
        (tmp_path / "甲").mkdir(exist_ok=True)
        (tmp_path / f"甲/{name}.txt").write_bytes(b"old")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def killed_at(monkeypatch: pytest.MonkeyPatch, root: Path, count: int) -> None:
    """The changes, until the program is killed at the move of that number (the log comes after the moves)."""
    done = [0]

    def killing(real: Callable[..., None]) -> Callable[..., None]:
        def moved(*words: object) -> None:
            if done[0] == count:
                raise Killed
            done[0] += 1
            real(*words)

        return moved

    with monkeypatch.context() as patched:
        for name in ("_move", "_add", "_forget"):
            patched.setattr(file_changes, name, killing(getattr(file_changes, name)))
        with pytest.raises(Killed):
            write_together(root, CHANGES)


AFTER = {"甲/一.txt": b"new 1", "乙/丙/二.txt": b"new 2", "乙/三.txt": b"new 3", "记.log": b"line\n"}


def test_all_are_changed(root: Path) -> None:
    write_together(root, CHANGES)
    assert files(root) == AFTER and not (root / STAGE).exists()


@pytest.mark.parametrize("count", range(4))
def test_what_is_killed_before_all_has_come_to_its_place_is_undone(
    root: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    before = files(root)
    killed_at(monkeypatch, root, count)
    settle(root)
    assert files(root) == (AFTER if count == 3 else before)
    assert not (root / STAGE).exists() and (root / "乙").exists() == (count == 3)
    if count < 3:
        write_together(root, CHANGES)
    assert files(root) == AFTER


@pytest.mark.parametrize("count", [1, 2])
def test_a_file_that_a_person_changed_since_is_left_and_what_was_there_is_put_beside(
    root: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    killed_at(monkeypatch, root, count)
    (root / "甲/一.txt").write_bytes(b"mine")
    with pytest.raises(Problems, match="D882 上一次写到一半就断了，这个文件后来又有人改过"):
        settle(root)
    assert files(root) == {"甲/一.txt": b"mine", "甲/四.txt": b"old", "中断前1/甲/一.txt": b"old"}
    settle(root)


def test_a_new_file_that_a_person_changed_since_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_at(monkeypatch, root, 2)
    (root / "乙/三.txt").write_bytes(b"mine")
    settle(root)
    assert files(root) == {"甲/一.txt": b"old", "甲/四.txt": b"old", "乙/三.txt": b"mine"}


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"files": {"../a": [null, "x"]}, "added": {}, "fresh": []}',
        b'{"files": {"/etc/passwd": [null, "x"]}, "added": {}, "fresh": []}',
        b'{"files": {}, "added": {"a": [1]}, "fresh": []}',
        b'{"files": {}, "added": {}, "fresh": [".."]}',
    ],
)
def test_a_record_that_cannot_be_read_or_leads_elsewhere_touches_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes
) -> None:
    killed_at(monkeypatch, root, 1)
    (root / STAGE / RECORD).write_bytes(spoilt)
    before = files(root)
    with pytest.raises(Problems, match="D881 上一次写到一半就断了，写了哪些的记录又读不出来"):
        settle(root)
    assert files(root) == before


def test_a_log_that_others_added_to_since_keeps_what_they_added(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "记.log").write_bytes(b"first\n")
    killed_at(monkeypatch, root, 3)
    (root / STAGE / "新/甲").mkdir(parents=True, exist_ok=True)
    (root / STAGE / "新/甲/一.txt").write_bytes(b"not moved")
    with (root / "记.log").open("ab") as log:
        log.write(b"theirs\n")
    settle(root)
    assert (root / "记.log").read_bytes() == b"first\nline\ntheirs\n"
    assert (root / "甲/一.txt").read_bytes() == b"old"


def test_a_mounted_disk_below_the_folder_is_no_hindrance(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def across(source: Path, target: Path) -> Path:
        if STAGE in source.parts and source.parent.name != STAGE and "乙" in target.parts:
            raise OSError(18, "Invalid cross-device link", str(source))
        return real(source, target)

    monkeypatch.setattr(Path, "replace", across)
    write_together(root, CHANGES)
    assert files(root) == AFTER


def test_no_hard_link_is_needed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*words: object, **options: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    write_together(root, CHANGES)
    assert files(root) == AFTER


def test_what_the_record_says_is_what_is_done(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_at(monkeypatch, root, 0)
    said = json.loads((root / STAGE / RECORD).read_text("utf-8"))
    assert [*said["files"]] == [*CHANGES.files] and said["fresh"] == ["乙", "乙/丙"]
    assert said["added"] == {"记.log": [None, 5]}


# ---------------------------------------------------------------- folders of a moment


def test_a_folder_of_a_moment_is_in_the_workspace_and_gone_afterwards(tmp_path: Path) -> None:
    scratch_belongs_to(tmp_path)
    with scratch_folder() as folder:
        assert folder.is_relative_to(tmp_path / "output")
        (folder / "甲").mkdir()
        (folder / "甲/乙").touch()
    assert not (tmp_path / "output").exists()


def test_what_a_killed_program_left_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    left = tmp_path / "前缀-left"
    left.mkdir()
    (left / HELD).touch()
    (left / "底稿").touch()
    (tmp_path / "前缀-empty").mkdir()
    (tmp_path / "前缀-别人的").mkdir()
    (tmp_path / "前缀-别人的/信").touch()
    with held_folder(tmp_path, "前缀-") as one, held_folder(tmp_path, "前缀-") as other:
        assert one.is_dir() and other.is_dir() and one != other
        assert not left.exists() and not (tmp_path / "前缀-empty").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["前缀-别人的"]


def test_pages_of_the_desk_that_come_and_go_together_do_not_take_each_others_folders_away(
    tmp_path: Path,
) -> None:
    """The output folder is empty but for what is of a moment, and goes with the last of it."""

    def come_and_go(page: int) -> None:
        scratch_belongs_to(tmp_path)
        own = tmp_path / f"output/{page}"
        for _ in range(50):
            with scratch_folder() as folder:
                (folder / "底稿").touch()
            write_whole(own, b"")
            own.unlink()
            with locked(own):
                own.unlink()

    with ThreadPoolExecutor(4) as pages:
        assert list(pages.map(come_and_go, range(4))) == [None] * 4


def test_nowhere_to_put_what_is_worked_on_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "output").touch()
    (tmp_path / "人").touch()
    scratch_belongs_to(tmp_path)
    monkeypatch.setattr(scratch, "user_state", lambda: tmp_path / "人")
    with pytest.raises(Problems, match="D883 没有地方放工作中的文件"), scratch_folder():
        raise AssertionError("a folder was made")
