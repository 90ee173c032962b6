"""Tree → records: a value that does not fit is told with its place, what was found and what is allowed."""

from __future__ import annotations

import pytest
from records import read
from small import Row, cases, rows, told


@pytest.mark.parametrize("row", cases("model"))
def test_does_not_fit(row: Row) -> None:
    assert told(read(row.text).diagnostics) == row.says


def test_every_code_has_a_row() -> None:
    everything = "".join(row.says for row in rows("model"))
    assert [code for code in ("D101", "D102", "D103", "D104", "D106") if f" {code} " not in everything] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "问题:\n",
        "问题: []\n",
        "总结:\n",
        "总结: {主要做法: 甲}\n",
        "画像:\n  - {检查: JZ1, 单位: U1, 总体评价: 好, 优点: 甲, 短板: [], 日期: }\n",
        "单位:\n  - {编号: U1, 名称: 甲, 类型: 党组, 负责人: {姓名: '', 职务: 书记}}\n",
        "选项: {延期须重签: true, 督办阶梯: [{文种: 提醒函, 天数: -10}]}\n",
        "问题:\n  - {编号: 012, 检查: 1:30, 单位: yes, 名称: 1.0, 事实: 概354000余平方米}\n",
    ],
)
def test_fits(text: str) -> None:
    assert told(read(text).diagnostics) == ""


def test_text_stays_as_it_was_written() -> None:
    finding = read("问题:\n  - {编号: 012, 检查: 1:30, 单位: yes, 名称: 1.0, 事实: 1e3}\n").records[
        "findings"
    ][0]
    assert (finding.code, finding.inspection, finding.unit, finding.name, finding.facts) == (
        "012",
        "1:30",
        "yes",
        "1.0",
        "1e3",
    )
