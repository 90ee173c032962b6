"""What costs too much or never ends is refused at once, with its place: what it took in a process of its own is measured."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bombs import BOMBS, DATA_BOMBS, Writer, huge_png, linked
from campaign import size
from limits import MOST_MEMORY, MOST_SECONDS, Spent, spent
from small import write_small

from liangqing.base import bounds
from liangqing.base.bounds import is_file, read_file
from liangqing.base.diagnostics import Place, Problems

STAGE = "炸弹"
pytestmark = [pytest.mark.process, pytest.mark.campaign(STAGE)]

# Handled and not refused: they are cheap, since what is in them is not opened, or says nothing.
TAKEN = {"20,000 tables", "packages in packages", "a folder"}
MORE = "工作/checklists/2021/更多.yaml"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("炸") / "工作")


def held(found: Spent) -> None:
    """It ended by itself, in words, within the bounds."""
    assert found.code in (0, 1, 2, 3), found
    assert "Traceback" not in found.said
    assert found.seconds <= MOST_SECONDS
    assert found.memory <= MOST_MEMORY


def readers(ending: str, workspace: Path, file: Path) -> Iterator[tuple[str, ...]]:
    """The commands that are given such a file."""
    if ending == ".docx":
        yield ("-C", str(workspace), "collect", str(file))
        yield ("format", str(file))
        yield ("-C", str(workspace), "verify", str(file))
        yield ("-C", str(workspace), "template", "check", str(file), "--subject", "整改函")
        return
    if ending == ".xlsx":
        yield ("-C", str(workspace), "collect", str(file))
    yield ("init", str(file.parent / "新"), "--from", str(file))


@pytest.mark.parametrize(
    ("name", "ending", "write"), BOMBS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_never_ends_or_takes_too_much_is_refused_at_once(
    workspace: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    *,
    name: str,
    ending: str,
    write: Writer,
) -> None:
    file = tmp_path / f"炸{ending}"
    write(file)
    commands = [*readers(ending, workspace, file)]
    first = [each[0] for each in BOMBS].index(name)  # another command for each, where the suite tries but one
    tried = [commands[(first + number) % len(commands)] for number in range(min(size(STAGE), len(commands)))]
    record_property("tried", len(tried))
    for words in tried:
        found = spent(*words)
        held(found)
        if name not in TAKEN:
            assert found.code == 1 and file.name in found.said, found
        if "cell" in name:
            assert (" 错误 D780 " in found.said and "!XFD1048576" in found.said) or "!CV1048576" in found.said


@pytest.mark.parametrize(("name", "write"), DATA_BOMBS, ids=[name for name, _ in DATA_BOMBS])
def test_data_that_never_ends_is_refused_at_once(tmp_path: Path, name: str, write: Writer) -> None:
    root = write_small(tmp_path / "工作")
    write(tmp_path / MORE)
    found = spent("-C", str(root), "status")
    held(found)
    assert found.code == 1 and "更多.yaml" in found.said, found


def test_a_pipe_among_the_templates_and_the_kept_papers_keeps_nobody_waiting(tmp_path: Path) -> None:
    root = write_small(tmp_path / "工作")
    os.mkfifo(root / "templates/整改函.docx")
    (root / "checklists/发文/2021").mkdir(parents=True)
    os.mkfifo(root / "checklists/发文/2021/1.docx")
    (root / "checklists/发文/2021/2.json").symlink_to("/dev/zero")
    os.mkfifo(root / "checklists/发文/登记末行.json")
    for words in (("check",), ("status",), ("build", "整改函"), ("template", "check", "整改函")):
        held(spent("-C", str(root), *words))


def test_a_link_in_a_package_leads_nowhere(workspace: Path, tmp_path: Path) -> None:
    package = tmp_path / "归档.zip"
    package.write_bytes(linked())
    found = spent("-C", str(workspace), "verify", str(package))
    held(found)
    assert found.code != 0 and "root:" not in found.said


def test_a_picture_of_ten_thousand_million_pixels_is_not_drawn() -> None:
    from liangqing.engine.filling.redrawing import TooManyPixels, size_of

    data = huge_png()
    assert len(data) < 10_000
    with pytest.raises(TooManyPixels):
        size_of(data, bounds.PICTURE_PIXELS)


def test_only_files_on_the_disk_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket must be short
        try:
            listening.bind("端口")
        finally:
            os.chdir(here)
        for path, why in (
            (tmp_path / "管道", "这是管道"),
            (tmp_path / "端口", "这是程序之间通话用的"),
            (tmp_path, "这是一个文件夹"),
            (Path("/dev/zero"), "这是设备"),
            (tmp_path / "没有", "找不到"),
            (tmp_path / "\0", "名称里有不能用的字符"),
        ):
            with pytest.raises(Problems, match=f"D501 .*{why}"):
                read_file(path, Place("甲"))
            assert not is_file(path)


def test_a_file_of_exactly_the_largest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "甲"
    file.write_bytes(b"x" * bounds.MB)
    assert len(read_file(file, Place("甲"), bounds.MB)) == bounds.MB
    with pytest.raises(Problems, match="D505 文件超过 0 MB"):
        read_file(file, Place("甲"), bounds.MB - 1)


def test_a_name_from_an_old_computer_is_told_as_it_may_have_been(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("表格.docx".encode("gbk"))
    path.write_bytes(b"x")
    with pytest.raises(Problems, match=r"D781 文件名「表格\.docx」"):
        read_file(path, Place(str(path)))
