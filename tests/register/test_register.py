"""The register: a hand edit is found with its line, and what was cut off is ended or undone."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small import CATALOGUE, DAY, letter_line, told, write_small

from liangqing import register
from liangqing.base.diagnostics import Problems
from liangqing.base.docx_zip import content_hash
from liangqing.register import Annex, Void
from liangqing.year.open_workspace import open_workspace

PAPER = (CATALOGUE.parent / "问题清单.docx").read_bytes()
REGISTER = "checklists/发文登记.yaml"
CHAIN = (
    "错误 D602 与上一行对不上：上一行被改过、被删过，或另一台机器上也发过文\n"
    "    建议：用备份里的登记比对，恢复被改、被删的那几行；取号只在一份工作目录里进行"
)
EDITED = (
    "错误 D602 这一行被改过，或是手加的\n"
    "    建议：改过的，从备份恢复这一行；手加的，删去这一行；登记只由程序写"
)
BY_HAND = "建议：从备份恢复这个文件；登记只由程序写，不要照着语法改"
UNREADABLE = (
    "错误 D863 发文登记读不全，发过什么不能全知道：存档、答复和其他数据先不对照，什么也不生成\n"
    "    建议：先照同时列出的提示恢复登记，再运行 check"
)
TWICE = (
    "建议：从备份找回重号以前的登记；找不到的，两份都收回作废再各自印发："
    "void 市纪驻某整〔2021〕{}号 --why 重号 --in-spite 重号"
)
RESTORE = "建议：从备份恢复这个文件；登记只由程序写"


def append(root: Path, serial: int, subject: str, day: str) -> None:
    line = letter_line(serial, subject, date.fromisoformat(day))
    register.append(root, line, register.load(root))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace that issued two letters and took the first back."""
    append(tmp_path, 1, "ZG1", "2021-04-20")
    append(tmp_path, 2, "ZG2", "2021-05-10")
    void = Void(3, "市纪驻某整〔2021〕1号", date(2021, 5, 11), "发错：单位")
    register.append(tmp_path, void, register.load(tmp_path))
    return tmp_path


def change(root: Path, edit: Callable[[list[str]], list[str]]) -> str:
    """Change the lines of the register by hand; what is then said of it."""
    path = root / REGISTER
    path.write_text("".join(edit(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    return told(register.load(root).diagnostics)


def replacing(number: int, old: str, new: str) -> Callable[[list[str]], list[str]]:
    """Line `number` with `new` in place of `old`."""

    def edit(lines: list[str]) -> list[str]:
        assert lines[number].count(old) == 1
        return [each.replace(old, new) if at == number else each for at, each in enumerate(lines)]

    return edit


def unsealed(line: str) -> str:
    """The line without its check sum."""
    return line.rpartition(", 校: ")[0] + "}\n"


def test_as_written(root: Path) -> None:
    book = register.load(root)
    assert told(book.diagnostics) == ""
    assert [line.serial for line in book.lines] == [1, 2, 3]
    assert book.voided(book.issued[0], date(2021, 5, 11))
    assert not book.voided(book.issued[0], date(2021, 5, 10))
    assert book.in_use("整改函", "ZG1", 2021) is None
    assert book.in_use("整改函", "ZG2", 2021) == book.issued[1]


EDITS: tuple[tuple[str, Callable[[list[str]], list[str]], str], ...] = (
    (
        "改了第一行",
        replacing(1, "2021-04-20", "2021-04-21"),
        f"{REGISTER}:2:3 {EDITED}\n{REGISTER}:3:3 {CHAIN}",
    ),
    (
        "改了第一行的一个空格",
        replacing(1, "序号: 1,", "序号:  1,"),
        f"{REGISTER}:2:3 {EDITED}\n{REGISTER}:3:3 {CHAIN}",
    ),
    ("改了最后一行", replacing(3, "2021-05-11", "2021-05-12"), f"{REGISTER}:4:3 {EDITED}"),
    ("最后一行末尾多一个空格", replacing(3, "}", "} "), f"{REGISTER}:4:3 {EDITED}"),
    ("最后一行的校验码改了", replacing(3, "校: 1", "校: 2"), f"{REGISTER}:4:3 {EDITED}"),
    ("最后一行没有校验码", lambda lines: [*lines[:3], unsealed(lines[3])], f"{REGISTER}:4:3 {EDITED}"),
    (
        "手加一行",
        lambda lines: [*lines, "- {序号: 4, 作废: 市纪驻某整〔2021〕2号, 日期: 2021-05-12, 理由: 甲}\n"],
        f"{REGISTER}:5:3 {EDITED}",
    ),
    ("改了说明", replacing(0, "请勿手改", "不要手改"), ""),
    (
        "删了第一行",
        lambda lines: [lines[0], *lines[2:]],
        f"{REGISTER}:2:3 {CHAIN}\n"
        f"{REGISTER}:2:3 错误 D619 序号应为 1，现为 2\n    建议：从备份恢复这个文件\n"
        f"{REGISTER}:3:3 错误 D619 序号应为 2，现为 3\n    建议：从备份恢复这个文件",
    ),
    (
        "删了中间一行",
        lambda lines: [*lines[:2], lines[3]],
        f"{REGISTER}:3:3 {CHAIN}\n{REGISTER}:3:3 错误 D619 序号应为 2，现为 3\n    建议：从备份恢复这个文件",
    ),
    (
        "换了两行",
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
        f"{REGISTER}:2:3 {CHAIN}\n{REGISTER}:3:3 {CHAIN}\n{REGISTER}:4:3 {CHAIN}\n"
        f"{REGISTER}:2:3 错误 D619 序号应为 1，现为 2\n    建议：从备份恢复这个文件\n"
        f"{REGISTER}:3:3 错误 D619 序号应为 2，现为 1\n    建议：从备份恢复这个文件",
    ),
    (
        "抄了一行",
        lambda lines: [*lines[:2], lines[1], *lines[2:]],
        f"{REGISTER}:3:3 {CHAIN}\n"
        f"{REGISTER}:3:3 错误 D619 序号应为 2，现为 1\n    建议：从备份恢复这个文件\n"
        f"{REGISTER}:4:3 错误 D619 序号应为 3，现为 2\n    建议：从备份恢复这个文件\n"
        f"{REGISTER}:5:3 错误 D619 序号应为 4，现为 3\n    建议：从备份恢复这个文件",
    ),
    (
        "一行缺项",
        replacing(2, "对象: ZG2, ", ""),
        f"{REGISTER}:3:3 错误 D617 这一行缺项或写法不对\n    {RESTORE}\n"
        f"{REGISTER}:3:3 {EDITED}\n{REGISTER}:4:3 {CHAIN}\n{REGISTER} {UNREADABLE}",
    ),
    (
        "日期不是日期",
        replacing(2, "2021-05-10", "昨天"),
        f"{REGISTER}:3:3 错误 D617 这一行缺项或写法不对\n    {RESTORE}\n"
        f"{REGISTER}:3:3 {EDITED}\n{REGISTER}:4:3 {CHAIN}\n{REGISTER} {UNREADABLE}",
    ),
    (
        "一条写成几行",
        replacing(1, "文种: 整改函", "\n  文种: 整改函"),
        f"{REGISTER}:2:3 {EDITED}\n{REGISTER}:4:3 {CHAIN}",
    ),
    (
        "不是列表",
        lambda _: ["登记: 1\n"],
        f"{REGISTER}:1:1 错误 D601 登记应为一行一条的列表\n    建议：从备份恢复这个文件\n{REGISTER} {UNREADABLE}",
    ),
    (
        "一行没有写完",
        lambda lines: [*lines, "- {序号: 4, 文"],
        f"{REGISTER}:5 警告 D862 登记末尾有半条：上一次印发或作废写到一半停了，那一份没有发出\n"
        "    建议：再印发、作废时程序去掉这半条；那一份照常重新印发",
    ),
    (
        "一行没有写完，后面又写了一行",
        lambda lines: [*lines, "- {序号: 4, 文\n", "- {序号: 5}\n"],
        f"{REGISTER}:5:3 错误 D012 方括号或花括号没有配对，或缺逗号\n    {BY_HAND}\n{REGISTER} {UNREADABLE}",
    ),
    (
        "写到过的最后一行只剩半条",
        lambda lines: [*lines[:3], lines[3][:40]],
        f"{REGISTER}:4:3 错误 D012 方括号或花括号没有配对，或缺逗号\n    {BY_HAND}\n{REGISTER} {UNREADABLE}",
    ),
)


@pytest.mark.parametrize(
    ("edit", "says"),
    [pytest.param(*each[1:], id=each[0]) for each in EDITS],
)
def test_hand_edit(root: Path, edit: Callable[[list[str]], list[str]], says: str) -> None:
    assert change(root, edit) == says


def test_number_given_twice(root: Path) -> None:
    line = letter_line(2, "ZG3", date(2021, 5, 12))
    object.__setattr__(line, "serial", 4)
    register.append(root, line, register.load(root))
    assert told(register.load(root).diagnostics) == (
        f"{REGISTER}:5:3 错误 D627 市纪驻某整〔2021〕2号 发了两次\n    {TWICE.format(2)}"
    )


def test_two_copies_that_issued_on_their_own(root: Path) -> None:
    path = root / REGISTER
    here = path.read_text("utf-8")
    append(root, 4, "ZG4", "2021-05-12")
    there = path.read_text("utf-8").removeprefix(here)
    path.write_text(here, "utf-8")
    append(root, 4, "ZG5", "2021-05-12")
    assert change(root, lambda lines: [*lines, there]) == (
        f"{REGISTER}:6:3 错误 D618 另一份工作目录也发过文：这一条和第4条接在同一条后面\n"
        "    建议：留下一份的登记，另一份多出的存档移到别处，用 issue --number --file 补录，重了号的收回重发；"
        "取号只在一份工作目录里进行\n"
        f"{REGISTER}:6:3 错误 D619 序号应为 5，现为 4\n    建议：从备份恢复这个文件\n"
        f"{REGISTER}:6:3 错误 D627 市纪驻某整〔2021〕4号 发了两次\n"
        f"    {TWICE.format(4)}"
    )


def test_full_disk_leaves_no_half_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (root / REGISTER).read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problems) as refused:
        append(root, 4, "ZG4", "2021-05-12")
    assert told(refused.value.diagnostics) == (
        f"{REGISTER} 错误 D605 登记写不进去（磁盘已满）\n    建议：检查磁盘空间和写权限"
    )
    assert (root / REGISTER).read_bytes() == before


def test_papers_that_cannot_be_put_into_place_wait(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = register.stage(root, 2021, 1, {"1.docx": b"x"})

    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(
            Problems,
            match=r"^checklists/发文/2021 错误 D628 这一份已经印发、登记，存档还没有放到位（没有权限）",
        ):
            register.settle(staged)
    register.settle(staged)
    assert (root / "checklists/发文/2021/1.docx").read_bytes() == b"x"


@pytest.mark.parametrize("step", ["the line", "the papers"])
def test_a_file_that_is_open_in_word_is_named_with_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    before = (root / REGISTER).read_bytes()
    staged = register.stage(root, 2021, 9, {"9.docx": b"x"})
    with monkeypatch.context() as patch, pytest.raises(Problems) as refused:
        if step == "the line":
            patch.setattr(Path, "open", refuse)
            append(root, 4, "ZG4", "2021-05-12")
        else:
            patch.setattr(Path, "replace", refuse)
            register.settle(staged, "市纪驻某整〔2021〕9号 ")
    said = told(refused.value.diagnostics)
    assert "正在 Word、WPS、Excel 或记事本里打开着的，关掉它再运行一次" in said
    if step == "the papers":
        assert "市纪驻某整〔2021〕9号 已经印发、登记，存档9.docx还没有放到位（没有权限）" in said
        assert said.endswith("再运行一次 check 就会放好，不要再印发一次")
    assert (root / REGISTER).read_bytes() == before and (staged / "9.docx").read_bytes() == b"x"


# what was cut off


def files(root: Path) -> list[str]:
    folder = root / "checklists" / "发文"
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [each for each in found if each != Path(register.STAMP).name]


def test_half_a_line_is_dropped(root: Path) -> None:
    whole = (root / REGISTER).read_bytes()
    (root / REGISTER).write_bytes(whole + "- {序号: 4, 文号: 市".encode()[:-1])
    register.recover(root)
    assert (root / REGISTER).read_bytes() == whole


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_line_cut_anywhere_is_dropped(root: Path, cut: int) -> None:
    whole, stamp = (root / REGISTER).read_bytes(), (root / register.STAMP).read_bytes()
    line = letter_line(4, "ZG{4}", date(2021, 5, 12))
    object.__setattr__(line, "annexes", (Annex("甲", "发文/2021/4.docx", "c" * 32),))
    register.append(root, line, register.load(root))
    added = (root / REGISTER).read_bytes()[len(whole) : -1]
    (root / REGISTER).write_bytes(whole + added[: len(added) * cut // 60])
    (root / register.STAMP).write_bytes(stamp)  # it is written after the line
    register.recover(root)
    assert (root / REGISTER).read_bytes() == whole


def test_a_last_line_edited_by_hand_is_not_dropped(root: Path) -> None:
    edited = (root / REGISTER).read_bytes().removesuffix(b"\n").replace("发错".encode(), "没发".encode())
    (root / REGISTER).write_bytes(edited)
    register.recover(root)
    assert (root / REGISTER).read_bytes() == edited


def test_a_first_line_that_was_not_written_leaves_its_head(tmp_path: Path) -> None:
    (tmp_path / REGISTER).parent.mkdir()
    (tmp_path / REGISTER).write_bytes("# 发文登".encode()[:-1])
    register.recover(tmp_path)
    append(tmp_path, 1, "ZG1", "2021-04-20")
    assert (tmp_path / REGISTER).read_text("utf-8").startswith("# 发文登记：由程序写入")
    assert register.load(tmp_path).diagnostics == ()


def test_a_line_without_its_end_of_line_is_whole(root: Path) -> None:
    whole = (root / REGISTER).read_bytes()
    (root / REGISTER).write_bytes(whole.removesuffix(b"\n"))
    register.recover(root)
    append(root, 4, "ZG4", "2021-05-12")
    assert (root / REGISTER).read_bytes().startswith(whole)
    assert told(register.load(root).diagnostics) == ""


def test_staged_files_whose_line_stands_are_put_in_place(root: Path) -> None:
    register.stage(root, 2021, 2, {"甲.docx": b"1", "甲.json": b"2"})
    register.recover(root)
    assert files(root) == ["2021", "2021/甲.docx", "2021/甲.json"]


def test_staged_files_half_of_them_in_place(root: Path) -> None:
    folder = register.stage(root, 2021, 2, {"甲.docx": b"1", "甲.json": b"2"})
    (folder / "甲.docx").replace(folder.parent / "甲.docx")
    register.recover(root)
    assert files(root) == ["2021", "2021/甲.docx", "2021/甲.json"]


def test_staged_files_without_a_line_go(root: Path) -> None:
    register.stage(root, 2021, 4, {"甲.docx": b"1"})
    register.recover(root)
    assert files(root) == ["2021"]


def test_nothing_to_recover(tmp_path: Path) -> None:
    register.recover(tmp_path)
    assert list(tmp_path.iterdir()) == []


# kept papers


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The small workspace after its letter went out; the paper that was kept."""
    root = write_small(tmp_path)
    line = letter_line(1, "ZG1", date(2021, 4, 20))
    object.__setattr__(line, "content", content_hash(PAPER))
    object.__setattr__(line, "values", register.values_hash(b"{}"))
    register.append(root, line, register.load(root))
    path = root / "checklists" / line.file
    path.parent.mkdir(parents=True)
    path.write_bytes(PAPER)
    path.with_suffix(".json").write_bytes(b"{}")
    return path


def said_of(kept: Path) -> str:
    """What `check` says of a kept paper."""
    found = open_workspace(kept.parents[3], None, DAY, DAY).found
    return told(each for each in found if each.place.file.startswith("checklists/发文/"))


FIND = (
    "找回发出时的文件，照这个文件名放回；哪里都没有的，只能收回原件、作废再重新印发："
    "void 市纪驻某整〔2021〕1号 --why 存档丢失 --in-spite 存档找不到"
)


def test_kept_paper(kept: Path) -> None:
    assert said_of(kept) == ""


def test_kept_paper_is_missing(kept: Path) -> None:
    kept.unlink()
    assert said_of(kept) == (
        "checklists/发文/2021/1.docx 错误 D603 市纪驻某整〔2021〕1号 的存档不见了\n"
        f"    建议：运行 recover（找回），或从备份、output 或收文单位的电子版{FIND}"
    )


DIFFERENT = (
    "checklists/发文/2021/1.docx 错误 D604 市纪驻某整〔2021〕1号 的存档与发出时不同\n"
    f"    建议：运行 recover（找回），或从备份、output 或收文单位的电子版{FIND}"
)


def test_kept_values_are_others(kept: Path) -> None:
    kept.with_suffix(".json").write_bytes(b'{"a": 1}')
    assert said_of(kept) == DIFFERENT.replace("1.docx", "1.json").replace("、output 或收文单位的电子版", "")


def test_kept_paper_is_another(kept: Path) -> None:
    kept.write_bytes((CATALOGUE.parent / "整改函.docx").read_bytes())
    assert said_of(kept) == DIFFERENT


def test_kept_paper_is_no_document(kept: Path) -> None:
    kept.write_bytes(b"")
    assert said_of(kept) == DIFFERENT
