"""A new file appears whole or not at all, however the writing ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from liangqing.base import new_files, safe_files
from liangqing.base.new_files import write_new_whole

WAYS = ("nameless", "beside")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With files that have no name until they are done, and on a system that has no such thing."""
    if request.param == "beside":
        monkeypatch.setattr(new_files, "_NAMELESS", 0)
    elif not new_files._NAMELESS:
        pytest.skip("Linux alone")
    return str(request.param)


def test_a_file_is_written(way: str, tmp_path: Path) -> None:
    write_new_whole(tmp_path / "甲.docx", b"1")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("甲.docx", b"1")]
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "甲.docx").stat().st_mode & 0o777 == 0o666 & ~umask


def test_nothing_that_stands_there_is_written_over(way: str, tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(b"0")
    (tmp_path / "乙.docx").symlink_to(tmp_path / "没有")
    for name in ("甲.docx", "乙.docx"):
        with pytest.raises(FileExistsError):
            write_new_whole(tmp_path / name, b"1")
    assert (tmp_path / "甲.docx").read_bytes() == b"0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["乙.docx", "甲.docx"]


@pytest.mark.parametrize("end", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_nothing_is_left_of_one_that_was_not_finished(
    way: str, end: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(number: int, data: bytes) -> None:
        os.write(number, data[:1])
        raise end

    monkeypatch.setattr(new_files, "write_all", fails)
    monkeypatch.setattr(safe_files, "write_all", fails)
    with pytest.raises(type(end)):
        write_new_whole(tmp_path / "甲.docx", b"12")
    assert list(tmp_path.iterdir()) == []


def test_one_that_came_in_the_meantime_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not new_files._NAMELESS:
        pytest.skip("Linux alone")
    synced = os.fsync

    def another(number: int) -> None:
        (tmp_path / "甲.docx").write_bytes(b"0")
        synced(number)

    monkeypatch.setattr(os, "fsync", another)
    with pytest.raises(FileExistsError):
        write_new_whole(tmp_path / "甲.docx", b"1")
    assert (tmp_path / "甲.docx").read_bytes() == b"0"


def test_a_disk_without_nameless_files_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refused(path: Any, flags: int, mode: int = 0o777) -> int:
        if flags & new_files._NAMELESS == new_files._NAMELESS:
            raise OSError(errno.EOPNOTSUPP, "no such thing here")
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refused)
    write_new_whole(tmp_path / "甲.docx", b"1")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("甲.docx", b"1")]
