"""Values into a person's YAML: at their exact places, and everything else as it was, byte for byte."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangqing.base.diagnostics import Problems
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit, changed
from liangqing.data.yaml.places import Source, Tree, parse
from liangqing.data.yaml.write import write_new

TEXT = """# 头
问题:
  # 一
  - 编号: W1   # 尾注
    责任: {部门: 甲, 责任人: "乙"}   # 注
    整改措施:
      - 第一条。
      - '第二条。' # 二
    整改时限: 2021-06-30
    事实: |
      多行
      文字

  # 二
  - 编号: W2
    整改目标:
    整改措施: 一条
    责任: {}
    进展:
      - 日期: 2021-01-01
        内容: 甲
        佐证:
          - {名称: 照片, 日期: 2021-01-01}
  - {编号: W3, 整改措施: [一, 二], 整改时限: ~ }
"""


def source(text: str) -> Source:
    data = text.encode()
    return Source("甲.yaml", data, parse(data, "甲.yaml"))


def diff(path: tuple[str | int, ...], value: Tree, text: str = TEXT) -> str:
    """What a change does to the text, as lines that went and came."""
    after = apply_edits(source(text), [Edit(("问题", *path), value)]).decode()
    lines = list(difflib.unified_diff(text.splitlines(), after.splitlines(), n=0))[2:]
    return "\n".join(f"{line[0]} {line[1:]}" for line in lines if line[0] in "-+")


CASES: list[tuple[tuple[str | int, ...], Tree, str]] = [
    ((0, "整改时限"), "2021-07-01", "-     整改时限: 2021-06-30\n+     整改时限: 2021-07-01"),
    (
        (0, "责任", "责任人"),
        '丙"丁',
        '-     责任: {部门: 甲, 责任人: "乙"}   # 注\n+     责任: {部门: 甲, 责任人: "丙\\"丁"}   # 注',
    ),
    (
        (0, "责任", "职务"),
        "科长",
        '-     责任: {部门: 甲, 责任人: "乙"}   # 注\n+     责任: {部门: 甲, 责任人: "乙", 职务: 科长}   # 注',
    ),
    (
        (0, "整改措施", 1),
        "It's",
        "-       - '第二条。' # 二\n+       - 'It''s' # 二",
    ),
    ((0, "整改措施", 2), "a: b", "+       - 'a: b'"),
    ((0, "整改目标"), "目标 # 一", "+     整改目标: '目标 # 一'"),
    ((0, "编号"), "~", "-   - 编号: W1   # 尾注\n+   - 编号: '~'   # 尾注"),
    ((0, "整改时限"), None, "-     整改时限: 2021-06-30\n+     整改时限:"),
    (
        (0, "事实"),
        "一行",
        "-     事实: |\n-       多行\n-       文字\n+     事实: 一行",
    ),
    ((1, "整改目标"), "目标", "-     整改目标:\n+     整改目标: 目标"),
    ((1, "整改目标"), "甲\n乙", "-     整改目标:\n+     整改目标: |\n+       甲\n+       乙"),
    (
        (1, "整改措施", 1),
        "又一条",
        "-     整改措施: 一条\n+     整改措施:\n+       - 一条\n+       - 又一条",
    ),
    ((1, "责任", "责任人"), "某", "-     责任: {}\n+     责任: {责任人: 某}"),
    (
        (1, "进展", 1),
        {"日期": "2021-02-02", "内容": "乙"},
        "+       - 日期: 2021-02-02\n+         内容: 乙",
    ),
    (
        (2, "进展", 0),
        {"日期": "2021-02-02", "内容": "乙"},
        "-   - {编号: W3, 整改措施: [一, 二], 整改时限: ~ }\n"
        "+   - {编号: W3, 整改措施: [一, 二], 整改时限: ~, 进展: [{日期: 2021-02-02, 内容: 乙}] }",
    ),
    (
        (2, "整改措施", 2),
        "三, 四",
        "-   - {编号: W3, 整改措施: [一, 二], 整改时限: ~ }\n"
        "+   - {编号: W3, 整改措施: [一, 二, '三, 四'], 整改时限: ~ }",
    ),
    (
        (2, "整改时限"),
        "2021-01-01",
        "-   - {编号: W3, 整改措施: [一, 二], 整改时限: ~ }\n"
        "+   - {编号: W3, 整改措施: [一, 二], 整改时限: 2021-01-01 }",
    ),
]


@pytest.mark.parametrize(("path", "value", "wanted"), CASES, ids=[f"{each[0]}" for each in CASES])
def test_only_the_value_changes(path: tuple[str | int, ...], value: Tree, wanted: str) -> None:
    assert diff(path, value) == wanted


def test_line_ends_and_mark_stay() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    after = apply_edits(source(text), [Edit(("问题", 0, "整改目标"), "甲\n乙")]).decode()
    assert after == text.replace("文字\r\n", "文字\r\n    整改目标: |\r\n      甲\r\n      乙\r\n")


def test_a_file_without_a_last_line_end() -> None:
    text = "总结:\n  下一步: 甲"
    after = apply_edits(source(text), [Edit(("总结", "主要做法"), "乙")])
    assert after.decode() == text + "\n  主要做法: 乙"


def test_several_changes_in_their_order() -> None:
    changes = [Edit(("问题", 0, "责任", "职务"), "科长"), Edit(("问题", 0, "整改措施", 2), "三")]
    changes.append(Edit(("问题", 0, "整改措施", 3), "四"))
    after = apply_edits(source(TEXT), changes).decode()
    assert '责任人: "乙", 职务: 科长}' in after
    assert "# 二\n      - 三\n      - 四\n" in after


def test_a_path_that_leads_nowhere() -> None:
    with pytest.raises(IndexError):
        apply_edits(source(TEXT), [Edit(("问题", 7, "编号"), "W8")])


IN_TURN: list[tuple[str, list[Edit], str]] = [
    (  # what was there alone goes, after another came and before that one changes
        "- 编号: 甲",
        [
            Edit(("问题", 0, "依据"), "乙"),
            Edit(("问题", 0, "编号"), gone=True),
            Edit(("问题", 0, "依据"), "丙"),
        ],
        "- 依据: 丙",
    ),
    (
        "- 编号: 甲\n  整改措施:\n    - 一\n  名称: 乙",
        [Edit(("问题", 0, "整改措施", 1), "二"), Edit(("问题", 0, "整改措施", 0), gone=True)],
        "- 编号: 甲\n  整改措施:\n    - 二\n  名称: 乙",
    ),
    (  # its only key takes the mapping along, its only mapping the entry, and that the list
        "- 编号: 甲  # 注\n  责任:\n    部门: 乙\n  # 说明\n  名称: 丙",
        [Edit(("问题", 0, "责任", "部门"), gone=True)],
        "- 编号: 甲  # 注\n  # 说明\n  名称: 丙",
    ),
    (
        "- 编号: 甲\n- 编号: 乙  # 注\n  进展:\n    - 日期: 丙",
        [
            Edit(("问题", 1, "进展", 1), {"日期": "丁"}),
            Edit(("问题", 1, "进展", 0, "日期"), gone=True),
            Edit(("问题", 1, "进展", 0, "日期"), "戊"),
        ],
        "- 编号: 甲\n- 编号: 乙  # 注\n  进展:\n    - 日期: 戊",
    ),
    (
        "- {责任: {部门: 甲}, 编号: 乙}\n- {编号: 丙}",
        [Edit(("问题", 0, "编号"), gone=True), Edit(("问题", 0, "责任", "部门"), gone=True)],
        "- {编号: 丙}",
    ),
]


@pytest.mark.parametrize(("before", "changes", "after"), IN_TURN)
def test_what_goes_after_what_came(before: str, changes: list[Edit], after: str) -> None:
    assert apply_edits(source(f"问题:\n{before}\n"), changes).decode() == f"问题:\n{after}\n"


VALUES = st.text(
    st.one_of(
        st.sampled_from("甲乙:,#'\"\\{}[]&*!|>%@`-~ \n0。"),
        st.characters(codec="utf-8", categories=["L", "N", "P"]),
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()))
PATHS = [path for path, value, _ in CASES if isinstance(value, str)]


@given(st.sampled_from(PATHS), VALUES)
def test_whatever_the_text_it_reads_as_given(path: tuple[str | int, ...], text: str) -> None:
    """Read back it is the text; and only lines that hold the value may differ."""
    before = source(TEXT)
    after = apply_edits(before, [Edit(("问题", *path), text)])
    read: Any = parse(after, "甲.yaml")
    assert read == changed(before.tree, Edit(("问题", *path), text))
    kept = [line for line in TEXT.splitlines() if line in after.decode().splitlines()]
    assert len(kept) >= len(TEXT.splitlines()) - 3


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "文书.yaml"
    path.write_text("# 我的\n", "utf-8")
    with pytest.raises(Problems, match=r"^文书.yaml 错误 D022 这个文件已经有了，不覆盖"):
        write_new(tmp_path, {"文书.yaml": "文书: []\n"})
    assert path.read_text("utf-8") == "# 我的\n"
