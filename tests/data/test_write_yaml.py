"""Values written as YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from liangqing.base.diagnostics import Problems
from liangqing.data.json_schema import headed
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.style import YamlStyle
from liangqing.data.yaml.write import block_lines, dump, write_new

TREE: Tree = {"任务": [{"编号": "R1", "措施": ["一", "二"], "备注": None}], "说明": "一\n二", "空": ""}


def test_a_tree_is_dumped_with_its_lists_below_their_key_or_further_in() -> None:
    head = "任务:\n- 编号: R1\n  措施:\n  - 一\n  - 二\n"
    further = "任务:\n  - 编号: R1\n    措施:\n      - 一\n      - 二\n"
    tail = "说明: |\n  一\n  二\n空: ''\n"
    assert dump(TREE) == further + tail
    assert dump(TREE, YamlStyle(offset=0)) == head + tail


def test_a_block_begins_in_its_column_and_names_keys_without_a_value() -> None:
    assert block_lines({"进展": [{"日期": "2021-04-01", "内容": "一\n二"}], "备注": None}, 2) == [
        "  进展:",
        "    - 日期: 2021-04-01",
        "      内容: |",
        "        一",
        "        二",
        "  备注:",
    ]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("checklists/2021/问题.yaml", "# yaml-language-server: $schema=../../schema/年度.json"),
        ("checklists/2021/收回/2021-11-01.yaml", "# yaml-language-server: $schema=../../../schema/年度.json"),
    ],
)
def test_a_file_names_its_schema_and_says_its_remarks(name: str, first: str) -> None:
    assert headed(name, ("甲", "乙"), "问题:\n") == f"{first}\n# 甲\n# 乙\n\n问题:\n"


def test_a_new_file_is_never_written_over_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "年" / "甲.yaml"
    write_new(tmp_path, {"年/甲.yaml": "一\n"})
    with pytest.raises(Problems, match="D022"):
        write_new(tmp_path, {"年/乙.yaml": "二\n", "年/甲.yaml": "二\n"})
    assert [(found.name, found.read_text("utf-8")) for found in path.parent.iterdir()] == [
        ("甲.yaml", "一\n")
    ]
