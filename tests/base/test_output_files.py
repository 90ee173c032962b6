"""Artifacts to disk: a person's file is never lost, and whatever stops a commit leaves nothing half-made."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from small import told

from liangqing.base import output_files
from liangqing.base.diagnostics import Problems
from liangqing.base.output_files import (
    CONFLICT,
    CREATE,
    IDENTICAL,
    JOURNAL,
    MANIFEST,
    STAGING,
    STALE,
    UPDATE,
    Artifact,
    Outcome,
    Store,
)
from liangqing.base.output_inputs import NOTES, FileSeen, write_notes
from liangqing.base.safe_files import write_durably

Files = dict[str, bytes]


def digest(data: bytes) -> str:
    """A content hash that passes over blanks, as that of a document passes over its compression."""
    return hashlib.sha256(data.replace(b" ", b"")).hexdigest()


@pytest.fixture
def output(tmp_path: Path) -> Store:
    return Store(tmp_path / "2021", "output/2021", digest)


def artifacts(files: Files) -> list[Artifact]:
    return [Artifact(path, data) for path, data in files.items()]


def write(output: Store, files: Files, *, overwrite: bool = False, covers: str = "") -> dict[str, str]:
    """Judge and commit; the state of each file. `covers`: the folder whose files are all made."""
    run = output.begin(overwrite=overwrite)
    try:
        judged = [run.put(artifact) for artifact in artifacts(files)]
        outcomes = run.outcomes(judged, covers=lambda path: path.startswith(covers))
        return states(run.commit(judged, outcomes))
    finally:
        run.drop()


def states(outcomes: Iterable[Outcome]) -> dict[str, str]:
    return {each.path: each.state for each in outcomes}


def present(output: Store) -> Files:
    """Every file of the folder but what the program keeps for itself."""
    paths = [path for path in output.root.rglob("*") if path.is_file()] if output.root.exists() else []
    found = {path.relative_to(output.root).as_posix(): path.read_bytes() for path in paths}
    own = (MANIFEST, JOURNAL, NOTES)
    return {path: data for path, data in found.items() if path not in own and not path.startswith(STAGING)}


def refused(output: Store, files: Files) -> str:
    """What is said of a write that fails."""
    with pytest.raises(Problems) as problems:
        write(output, files)
    return told(problems.value.diagnostics)


def failing(problem: OSError, at: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """`original`, but for a path with `at` in it."""

    def fail(self: Path, *arguments: Any) -> Any:
        if at in str(self):
            raise problem
        return original(self, *arguments)

    return fail


def no_space() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_states(output: Store) -> None:
    assert write(output, {"函/甲": b"1", "函/乙": b"1"}) == {"函/甲": CREATE, "函/乙": CREATE}
    assert write(output, {"函/甲": b"1", "函/乙": b"2"}) == {"函/甲": IDENTICAL, "函/乙": UPDATE}
    assert write(output, {"函/甲": b"1"}) == {"函/甲": IDENTICAL, "函/乙": STALE}
    assert present(output) == {"函/甲": b"1"}


def test_a_dry_run_writes_nothing(output: Store) -> None:
    run = output.begin(dry_run=True)
    judged = [run.put(artifact) for artifact in artifacts({"函/甲": b"1"})]
    assert states(run.outcomes(judged, covers=lambda _: True)) == {"函/甲": CREATE}
    assert run.staged("函/甲").read_bytes() == b"1"
    run.drop()
    assert not run.staged("函/甲").exists()
    assert not output.root.exists()


def test_the_same_again_touches_nothing(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    before = {path: path.stat().st_mtime_ns for path in output.root.rglob("*")}
    write(output, {"函/甲": b"1"})
    assert {path: path.stat().st_mtime_ns for path in output.root.rglob("*")} == before


def test_the_same_content_in_other_bytes_is_left_alone(output: Store) -> None:
    write(output, {"函/甲": b"1 2"})
    assert write(output, {"函/甲": b"12"}) == {"函/甲": IDENTICAL}
    assert present(output) == {"函/甲": b"1 2"}


def test_an_edited_file_is_not_overwritten(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / "函/甲").write_bytes("改过".encode())
    for _ in range(2):
        assert write(output, {"函/甲": b"2"}) == {"函/甲": CONFLICT}
        assert present(output) == {"函/甲": "改过".encode()}
        assert output.is_edited("函/甲")


def test_an_edited_file_is_not_removed(output: Store) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1"})
    (output.root / "函/甲").write_bytes("改过".encode())
    assert write(output, {}) == {"函/甲": STALE, "函/乙": STALE}
    assert present(output) == {"函/甲": "改过".encode()}
    assert write(output, {"函/甲": b"1"}) == {"函/甲": CONFLICT}


def test_a_file_that_was_there_before_us(output: Store) -> None:
    output.root.joinpath("函").mkdir(parents=True)
    output.root.joinpath("函/甲").write_bytes("自己写的".encode())
    assert write(output, {"函/甲": b"1"}) == {"函/甲": CONFLICT}
    assert write(output, {}) == {}
    assert present(output) == {"函/甲": "自己写的".encode()}


def test_overwrite(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / "函/甲").write_bytes("改过".encode())
    assert write(output, {"函/甲": b"2"}, overwrite=True) == {"函/甲": UPDATE}
    assert not output.is_edited("函/甲")
    assert write(output, {"函/甲": b"3"}) == {"函/甲": UPDATE}


def test_an_edit_taken_back_is_no_conflict(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / "函/甲").write_bytes("改过".encode())
    write(output, {"函/甲": b"2"})
    (output.root / "函/甲").write_bytes(b"1")
    assert write(output, {"函/甲": b"2"}) == {"函/甲": UPDATE}


def test_a_file_that_was_deleted_is_made_anew(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / "函/甲").unlink()
    assert write(output, {"函/甲": b"1"}) == {"函/甲": CREATE}


def test_what_this_run_does_not_cover_stays(output: Store) -> None:
    write(output, {"函/甲": b"1", "表/甲": b"1"})
    assert write(output, {}, covers="函/") == {"函/甲": STALE}
    assert present(output) == {"表/甲": b"1"}
    assert write(output, {"表/甲": b"2"}) == {"表/甲": UPDATE}


def test_an_empty_folder_goes_with_its_last_file(output: Store) -> None:
    write(output, {"函/甲": b"1", "表/甲": b"1"})
    write(output, {"表/甲": b"1"})
    assert sorted(path.name for path in output.root.iterdir()) == [MANIFEST, "表"]


def test_two_of_one_name(output: Store) -> None:
    advice = "    建议：在 文种.yaml 的「文件名」里加上编号"
    doubles = [*artifacts({"函/甲A": b"1", "函/甲a": b"2"}), *artifacts({"函/甲A": b"3", "函/乙": b"4"})]
    run = output.begin(dry_run=True)
    with pytest.raises(Problems) as problems:
        run.outcomes([run.put(double) for double in doubles], covers=lambda _: True)
    assert told(problems.value.diagnostics) == (
        f"output/2021/函/甲a 错误 D704 两份文书用了同一个文件名\n{advice}\n"
        f"output/2021/函/甲A 错误 D704 两份文书用了同一个文件名\n{advice}"
    )
    assert not output.root.exists()


OLD_MANIFEST = '{"files": {"函/甲": "ab"}}'


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"files": []}', '{"files": null}', "{}", '{"files": {"函/甲": 5}}', OLD_MANIFEST],
)
def test_unreadable_manifest(output: Store, text: str) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / MANIFEST).write_text(text, "utf-8")
    assert refused(output, {"函/甲": b"2"}) == (
        "output/2021/.manifest.json 错误 D701 生成记录读不出来\n"
        "    建议：删掉这个文件；已有的文件会当作被人改过，用 --overwrite 重写"
    )
    assert present(output) == {"函/甲": b"1"}


def test_manifest_deleted_as_advised(output: Store) -> None:
    write(output, {"函/甲": b"1"})
    (output.root / MANIFEST).unlink()
    assert write(output, {"函/甲": b"2"}) == {"函/甲": CONFLICT}
    assert write(output, {"函/甲": b"2"}, overwrite=True) == {"函/甲": UPDATE}


# what stops a commit


@pytest.mark.parametrize("at", ["staging/函/乙", "staging/表/甲"])
def test_full_disk(output: Store, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1"})
    before = present(output)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", failing(no_space(), at, Path.write_bytes))
        assert refused(output, {"函/甲": b"2", "函/乙": b"2", "表/甲": b"2"}) == (
            "output/2021 错误 D703 写不了 output/2021（磁盘已满）\n    建议：检查磁盘空间和写权限"
        )
    assert present(output) == before
    states = {"函/甲": UPDATE, "函/乙": UPDATE, "表/甲": CREATE}
    assert write(output, {"函/甲": b"2", "函/乙": b"2", "表/甲": b"2"}) == states


def test_full_disk_when_half_was_written(output: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write(output, {"函/甲": b"1"})
    write_bytes = Path.write_bytes

    def half(self: Path, data: bytes) -> int:
        write_bytes(self, data[: len(data) // 2])
        raise no_space()

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", half)
        refused(output, {"函/甲": b"2222"})
    assert present(output) == {"函/甲": b"1"}


def test_open_elsewhere(output: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1"})
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", failing(denied, "staging/函/乙", Path.replace))
        assert refused(output, {"函/甲": b"2", "函/乙": b"2"}) == (
            "output/2021/函/乙 错误 D702 文件正被打开，写不进去\n    建议：在 Word 或 WPS 里关掉它，再运行一次"
        )
    assert present(output) == {"函/甲": b"2", "函/乙": b"1"}
    assert write(output, {"函/甲": b"2", "函/乙": b"2"}) == {"函/甲": IDENTICAL, "函/乙": UPDATE}
    assert present(output) == {"函/甲": b"2", "函/乙": b"2"}


class Crash(BaseException):
    """The plug is pulled."""


def crash_at(monkeypatch: pytest.MonkeyPatch, output: Store, files: Files, count: int) -> None:
    """Write, and crash at the rename or removal number `count`."""
    left = [count]

    def counting(original: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Crash
            return original(*arguments, **named)

        return step

    with monkeypatch.context() as patched, pytest.raises(Crash):
        patched.setattr(Path, "replace", counting(Path.replace))
        patched.setattr(Path, "unlink", counting(Path.unlink))
        write(output, files)


@pytest.mark.parametrize("count", range(6))
def test_crash_anywhere_is_no_conflict(output: Store, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """journal, two files, the one that goes, the manifest, the journal: a crash before each of them."""
    write(output, {"函/甲": b"1", "函/乙": b"1", "函/丙": b"1", "函/丁": b"1"})
    (output.root / "函/丁").write_bytes("改过".encode())
    files = {"函/甲": b"2", "函/乙": b"2", "函/丁": b"2"}
    crash_at(monkeypatch, output, files, count)
    assert present(output)["函/丁"] == "改过".encode()
    assert {"函/甲", "函/乙"} <= set(present(output))
    again = write(output, files)
    assert again.pop("函/丁") == CONFLICT
    assert CONFLICT not in again.values()
    assert present(output) == {"函/甲": b"2", "函/乙": b"2", "函/丁": "改过".encode()}


@pytest.mark.parametrize("count", range(6))
def test_other_data_after_a_crash(output: Store, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1", "函/丙": b"1"})
    crash_at(monkeypatch, output, {"函/甲": b"2", "函/乙": b"2"}, count)
    assert CONFLICT not in write(output, {"函/甲": b"3", "函/乙": b"3"}).values()
    assert present(output) == {"函/甲": b"3", "函/乙": b"3"}


@pytest.mark.parametrize("count", range(6))
def test_another_kind_after_a_crash(output: Store, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1", "函/丙": b"1"})
    crash_at(monkeypatch, output, {"函/甲": b"2", "函/乙": b"2"}, count)
    write(output, {"表/甲": b"1"}, covers="表/")
    assert CONFLICT not in write(output, {"函/甲": b"3", "函/乙": b"3"}, covers="函/").values()


def test_write_durably_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲"
    write_durably(path, b"1")

    def full(_: int) -> None:
        raise no_space()

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_durably(path, b"2")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"甲": b"1"}


def test_a_file_that_cannot_be_replaced_is_named_and_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"1")

    def is_open(source: Path, _: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source))

    monkeypatch.setattr(Path, "replace", is_open)
    with pytest.raises(PermissionError) as refused:
        write_durably(path, b"2")
    assert refused.value.filename == str(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"甲.xlsx": b"1"}


def test_locked_waits_for_nobody_twice(tmp_path: Path) -> None:
    for _ in range(2):
        with output_files.locked(tmp_path / "年" / ".lock"):
            pass


# what is not made again


def made_from(output: Store, files: dict[str, tuple[bytes, str]], *, fresh: bool = False) -> dict[str, bool]:
    """Write files that come with a hash of their inputs; of each, whether it had to be made."""
    run = output.begin(fresh=fresh)
    known = {path: run.unchanged(path, inputs) for path, (_, inputs) in files.items()}
    judged = [known[path] or run.put(Artifact(path, data), inputs) for path, (data, inputs) in files.items()]
    run.commit(judged, run.outcomes(judged, covers=lambda _: True))
    return {path: judged is None for path, judged in known.items()}


def test_the_same_inputs_are_not_made_again(output: Store) -> None:
    files = {"函/甲": (b"1", "a"), "函/乙": (b"1", "b")}
    assert made_from(output, files) == {"函/甲": True, "函/乙": True}
    assert made_from(output, files) == {"函/甲": False, "函/乙": False}
    assert made_from(output, files, fresh=True) == {"函/甲": True, "函/乙": True}
    assert made_from(output, {**files, "函/乙": (b"2", "c")}) == {"函/甲": False, "函/乙": True}
    assert present(output) == {"函/甲": b"1", "函/乙": b"2"}


@pytest.mark.parametrize("change", ["edit", "edit of the same size and time", "delete", "touch"])
def test_a_file_that_is_not_as_it_was_written_is_looked_at(output: Store, change: str) -> None:
    files = {"函/甲": (b"1", "a")}
    made_from(output, files)
    path = output.root / "函/甲"
    told = path.stat()
    if change == "delete":
        path.unlink()
    elif change == "touch":
        os.utime(path, ns=(1, 1))
    else:
        path.write_bytes(b"2")
        if change != "edit":
            os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert made_from(output, files) == {"函/甲": True}
    assert present(output) == {"函/甲": b"2" if "edit" in change else b"1"}


def test_what_is_saved_right_after_a_run_is_seen(output: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is quick and whose clock ticks 60 times a second: in the tick of our writing it is not noted."""

    def coarse(path: Path) -> FileSeen:
        seen = fine(path)
        return seen._replace(changed=seen.changed // 16_000_000, touched=seen.touched // 16_000_000)

    fine = FileSeen.of
    monkeypatch.setattr(FileSeen, "of", coarse)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for number in range(20):
        files = {"函/甲": (b"%02d" % number, str(number))}
        made_from(output, files)
        (output.root / "函/甲").write_bytes(b"xx")
        assert made_from(output, files) == {"函/甲": True}
        assert present(output) == {"函/甲": b"xx"}
        (output.root / "函/甲").unlink()


def test_the_journal_of_a_killed_run_goes_with_the_next(output: Store) -> None:
    """Also where it was killed before the very last step, and nothing is left to be done."""
    write(output, {"函/甲": b"1"})
    shutil.copyfile(output.root / MANIFEST, output.root / JOURNAL)
    (output.root / f".{NOTES}.tmp").touch()
    assert write(output, {"函/甲": b"1"}) == {"函/甲": IDENTICAL}
    assert sorted(path.name for path in output.root.iterdir()) == [MANIFEST, "函"]


@pytest.mark.parametrize("text", ["", "{}", "x\n{}", '{"函/甲": ["a", "b"]}'])
def test_notes_that_are_damaged_are_not_believed(output: Store, text: str) -> None:
    files = {"函/甲": (b"1", "a")}
    made_from(output, files)
    (output.root / NOTES).write_text(text, "utf-8")
    assert made_from(output, files) == {"函/甲": True}
    assert made_from(output, files) == {"函/甲": False}


def test_notes_of_another_shape_are_not_believed(output: Store) -> None:
    files = {"函/甲": (b"1", "a")}
    shapes: list[object] = [[], {"函/甲": []}, {"函/甲": ["a", digest(b"1"), 1]}, {"函/甲": None}]
    for shape in shapes:
        made_from(output, files)
        write_notes(output.root / NOTES, shape)
        assert made_from(output, files) == {"函/甲": True}


def test_notes_without_the_manifest_are_not_believed(output: Store) -> None:
    files = {"函/甲": (b"1", "a")}
    made_from(output, files)
    (output.root / MANIFEST).unlink()
    assert made_from(output, files) == {"函/甲": True}


def test_what_a_person_saves_while_we_work_is_left_alone(output: Store) -> None:
    write(output, {"函/甲": b"1", "函/乙": b"1"})
    run = output.begin()
    judged = [run.put(artifact) for artifact in artifacts({"函/甲": b"2", "函/乙": b"2"})]
    (output.root / "函/甲").write_bytes("改过".encode())
    outcomes = run.outcomes(judged, covers=lambda _: True)
    assert states(outcomes) == {"函/甲": UPDATE, "函/乙": UPDATE}
    assert states(run.commit(judged, outcomes)) == {"函/甲": CONFLICT, "函/乙": UPDATE}
    assert present(output) == {"函/甲": "改过".encode(), "函/乙": b"2"}
    assert write(output, {"函/甲": b"2", "函/乙": b"2"}) == {"函/甲": CONFLICT, "函/乙": IDENTICAL}


def test_what_a_killed_run_has_staged_is_swept_away(output: Store) -> None:
    output.begin().put(Artifact("函/甲", b"1"))
    assert (output.root / STAGING).exists()
    assert write(output, {"函/甲": b"2"}) == {"函/甲": CREATE}
    assert not (output.root / STAGING).exists()
