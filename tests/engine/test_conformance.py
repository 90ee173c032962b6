"""Each case of the conformance table comes to what the table says, and the page of the documents tells it."""

from __future__ import annotations

import re

import conformance_page
import pytest
from conformance_cases import ELSEWHERE, FOLDER, Case, cases

CASES = cases()
# What a case is held against; one without any of these would be true of everything.
HELD = {"印出", "找", "没有", "拒绝", "填写时拒绝", *ELSEWHERE}
KEYS = HELD | {
    "来源", "主题", "东亚语言", "自动编号", "按变量表", "数据", "提醒", "说",
    "正文", "页眉", "页脚", "脚注", "尾注", "批注", "属性", "样式", "关系", "部件",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.chapter}：{case.name}")
def test_a_case_comes_to_what_the_table_says(case: Case) -> None:
    assert list(case.faults()) == []


def test_every_case_is_held_against_something_and_has_a_source() -> None:
    assert {case.name for case in CASES if not HELD & case.row.keys()} == set()
    assert {key for case in CASES for key in case.row} <= KEYS
    assert all(
        re.fullmatch(r"[\w./-]+#\d+|Word|WPS|自定|docxtpl|docxtemplater", case.source) for case in CASES
    )
    written = [line for path in FOLDER.glob("*.yaml") for line in path.read_text("utf-8").splitlines()]
    assert sum(line[:1] not in ("", " ", "#") for line in written) == len(
        CASES
    )  # no name stands twice in a file


def test_the_table_is_large_and_most_of_it_comes_from_users_of_other_engines() -> None:
    assert len(CASES) >= 89
    assert len({case.public for case in CASES} - {""}) >= 55


def test_the_page_tells_what_becomes_of_each_case() -> None:
    assert conformance_page.PAGE.read_text("utf-8") == conformance_page.page(), "run: make docs"


def test_a_case_that_comes_out_otherwise_is_a_fault() -> None:
    row = {"来源": "自定", "正文": ["{{ 甲 }}"], "数据": {"甲": "一"}, "印出": ["一"]}
    assert list(Case("", "", row).faults()) == []
    wrongs: tuple[dict[str, object], ...] = (
        {"印出": ["二"]}, {"找": {">(一)<": []}}, {"没有": ["一"]}, {"提醒": ["D551"]}, {"说": "没有的话"},
        {"拒绝": ["D540"]}, {"填写时拒绝": "D560"}, {"数据": {}}, {"数据": {"甲": None}}, {"正文": ["{{ 甲"]},
        {"页眉": ["{{ 甲 }}"], "页眉印出": ["二"]},
    )  # fmt: skip
    for wrong in wrongs:
        assert list(Case("", "", row | wrong).faults())
