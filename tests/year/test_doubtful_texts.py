"""Texts are searched once for all rules: the same is said with what was kept of a file as without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small import DAY, Change, Row, rows, write_row, write_small

from liangqing.base.codes import Code
from liangqing.data.yaml import kept_trees
from liangqing.data.yaml.places import Tree
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.rules import doubtful_texts

OF_TEXTS = ("scan_texts.", "names.", "slips.")
ROWS = [row for row in rows("rules") if row.about.startswith(OF_TEXTS)]


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[Tree]:
    """The trees that are searched from now on; small files are kept too."""
    trees: list[Tree] = []
    search: Callable[[Tree], object] = doubtful_texts._noted

    def searching(tree: Tree) -> object:
        trees.append(tree)
        return search(tree)

    monkeypatch.setattr(doubtful_texts, "_noted", searching)
    monkeypatch.setattr(kept_trees, "LEAST", 0)
    return trees


def looked_at(root: Path) -> OpenWorkspace:
    """The workspace, judged, and what was worked out of its files kept as after a build."""
    opened = open_workspace(root, None, DAY, DAY)
    assert opened.found is not None
    assert opened.data.trees is not None
    opened.data.trees.save()
    return opened


@pytest.mark.parametrize("row", [pytest.param(row, id=row.fault) for row in ROWS])
def test_a_year_that_was_searched_says_the_same(tmp_path: Path, row: Row, searched: list[Tree]) -> None:
    root = write_row(tmp_path, row)
    first = looked_at(root)
    assert len(searched) == len(first.data.sources)
    assert looked_at(root).found == first.found
    assert len(searched) == len(first.data.sources)


def test_only_what_was_saved_since_is_searched(tmp_path: Path, searched: list[Tree]) -> None:
    looked_at(write_small(tmp_path))
    searched.clear()
    path = tmp_path / "checklists" / "2021" / "问题.yaml"
    path.write_text(path.read_text("utf-8").replace("事实: ", "事实: 据举报人反映，", 1), "utf-8")
    assert Code.MUST_NOT_ENTER in {problem.code for problem in looked_at(tmp_path).found}
    assert len(searched) == 1


UNIT = """  - 编号: {}
    名称: 某市某局{}
    类型: 单位
    负责人: {{姓名: 周某某, 职务: 主任}}
"""


def test_what_another_file_says_is_not_kept(tmp_path: Path, searched: list[Tree]) -> None:
    """The codes of units come in anew, such as look like any word too, where the file with the text was searched before."""
    more = "    单位: [U2]\n    准备材料: 监测处\n    依据: 由U9提出"
    write_small(tmp_path, Change("2021/检查.yaml", more, "    单位: [U2]"))
    assert looked_at(tmp_path).found == []
    searched.clear()
    path = tmp_path / "checklists" / "2021" / "单位.yaml"
    path.write_text(
        path.read_text("utf-8") + UNIT.format("U9", "督查室") + UNIT.format("监测处", "监测站"), "utf-8"
    )
    found = looked_at(tmp_path).found
    assert {Code.UNIT_CODE_PRINTED, Code.UNIT_CODE_IN_TEXT} <= {problem.code for problem in found}
    assert len(searched) == 1
