"""YAML → tree: what breaks the format is refused with its place, in our own words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sample import ROOT
from small import Row, cases, told

from liangqing.base import bounds
from liangqing.base.diagnostics import Problems
from liangqing.data import workspace
from liangqing.data.yaml import places
from liangqing.register import Register
from liangqing.year import rules
from liangqing.year.state.standing import Standing

# What the parser finds wrong, one text each: we say it without a word of English.
IN_OUR_WORDS = (
    "甲: **乙**\n",
    "甲: &乙\n",
    "甲: !乙\n",
    "%甲: 1\n",
    "甲: [\n",
    "甲: [乙]]\n",
    "甲: 'a'b\n",
    "- 甲\n乙: 1\n",
    "甲: |9x\n  乙\n",
    '甲: "\\xZZ"\n',
)


def refusal(text: str) -> str:
    """What is said of a text that is no good; "" of one that is."""
    try:
        places.parse(text.encode(), "甲.yaml")
    except Problems as problems:
        return told(problems.diagnostics)
    return ""


def unreadable(path: Path) -> str:
    """What is said of a file that can't be read."""
    with pytest.raises(Problems) as refused:
        places.load(path, "甲.yaml")
    return told(refused.value.diagnostics)


@pytest.mark.parametrize("row", cases("source"))
def test_refused(row: Row) -> None:
    assert refusal(row.text) == row.says


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("# 只有注释\n", None),
        ("\ufeff甲: 1\n", {"甲": "1"}),
        ("甲: 1\r\n乙: 2\r\n", {"甲": "1", "乙": "2"}),
        ("---\n甲: 1\n...\n", {"甲": "1"}),
        ("甲:\n乙: ~\n丙: null\n", {"甲": None, "乙": None, "丙": None}),
        ('甲: ""\n乙: "~"\n', {"甲": "", "乙": "~"}),
        ("甲: 012\n乙: 1:30\n丙: yes\n丁: 1.0\n", {"甲": "012", "乙": "1:30", "丙": "yes", "丁": "1.0"}),
        ("甲: 2021-02-30\n", {"甲": "2021-02-30"}),
        ("甲: 12：30\n", {"甲": "12：30"}),
        ("甲: |\n  一\n  二\n", {"甲": "一\n二"}),
        ("<<: {甲: 1}\n", {"<<": {"甲": "1"}}),
    ],
)
def test_read_as_text(text: str, tree: Any) -> None:
    assert places.parse(text.encode(), "甲.yaml") == tree


@pytest.mark.parametrize("text", IN_OUR_WORDS)
def test_the_parser_never_speaks_english(text: str) -> None:
    words = refusal(text)
    assert words
    assert not re.search("[a-z]{3,}", words.replace("甲.yaml", "").replace("YAML", "")), words


def test_the_fast_parser_is_used() -> None:
    assert places._Parser.__name__ == "CParser"


def test_as_deep_as_it_goes() -> None:
    assert refusal("[" * (places.DEEPEST - 1) + "]" * (places.DEEPEST - 1)) == ""
    assert refusal("[" * 60 + "]" * 60) == "甲.yaml:1:50 错误 D004 层次超过 50 层\n    建议：检查缩进和括号"


def test_alias_bomb() -> None:
    lines = ["甲0: &a0 [1, 1]", *(f"甲{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    first = (
        "甲.yaml:1:5 错误 D009 不支持锚点和引用（& 和 *）\n    建议：把内容照写一遍；以 & * 开头的文字加引号"
    )
    assert refusal("\n".join(lines)).startswith(first)


def test_no_such_file(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "甲.yaml") == (
        "甲.yaml 错误 D002 文件读不出来（找不到）\n    建议：看文件是否存在、是否有权限"
    )


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_bytes("甲: 1\n乙: 二\n".encode("gbk"))
    assert unreadable(path) == (
        "甲.yaml:1 错误 D003 不是 UTF-8 编码的文字\n    建议：用记事本或 WPS 另存为，编码选 UTF-8"
    )
    path.write_bytes("甲: 1\n".encode() + "乙: 二\n".encode("gbk"))
    assert unreadable(path).startswith("甲.yaml:2 错误 D003 ")


def test_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_bytes("甲: 1\n".encode("utf-16"))
    assert unreadable(path).startswith("甲.yaml:1 错误 D003 ")


def test_bytes_that_are_no_text_are_told_wherever_they_come_from() -> None:
    with pytest.raises(Problems, match=r"甲\.yaml:2 错误 D003 "):
        places.parse("甲: 1\n乙: 是".encode() + b"\xe6", "甲.yaml")


def test_of_many_faults_of_a_file_the_first_ones_are_told_and_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "DATA_FAULTS", 3)
    for text in ("- &a 丙\n", "- 乙\n  丙\n", "甲: 1\n"):
        told = [line for line in refusal(text * 9).splitlines() if " 错误 " in line]
        assert len(told) == 4 and "错误 D054 这个文件的错误太多：只列出前 3 处，后面的没有看" in told[-1]
        assert "D054" not in refusal(text * 3)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("甲: 1\n", "utf-8")
    monkeypatch.setattr(bounds, "DATA_FILE", path.stat().st_size)
    assert places.load(path, "甲.yaml").tree == {"甲": "1"}
    monkeypatch.setattr(bounds, "DATA_FILE", path.stat().st_size - 1)
    assert unreadable(path) == (
        "甲.yaml 错误 D001 文件超过 0 MB\n    建议：拆成几个文件，或检查是否放错了文件"
    )


def test_places_of_values_and_keys() -> None:
    data = "甲:\n  - {乙: 1, 丙: [2, 3]}\n".encode()
    read = places.Source("甲.yaml", data, places.parse(data, "甲.yaml"))
    assert str(read.place("甲", 0, "丙", 1)) == "甲.yaml:2:19"
    assert str(read.place("甲", 0, "丁")) == "甲.yaml:2:5"
    assert str(read.place("甲", 0, "乙", 0)) == "甲.yaml:2:9"
    assert str(read.key_place("甲", 0, "丙")) == "甲.yaml:2:12"


def test_places_of_sound_data_are_never_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("a place was looked up without a problem")

    monkeypatch.setattr(places.Source, "_marks", property(refuse))
    read = workspace.load(ROOT)
    last_year = read.years[2020]
    assert rules.audit(Standing(last_year, Register(), date(2020, 12, 31), read.years)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "checklists").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_quick_builder_and_the_careful_one_agree(path: Path) -> None:
    data = path.read_bytes()
    careful = places._Builder(path.name, data, keep_marks=False).build()
    assert places._build_sound(data) == careful
