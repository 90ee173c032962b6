"""Papers of the first three steps, as the sample year prints them: what they tell, and of which day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run
from docx_text import text_of


def words(papers: dict[str, list[Path]], kind: str, name: str) -> str:
    """The text of the paper of a kind whose file is called so."""
    (path,) = [each for each in papers[kind] if name in each.stem]
    return text_of(path.read_bytes())


def built(run: Run, kind: str, *more: str) -> dict[str, str]:
    """The papers of a kind, built in the workspace of `run`, by file name."""
    code, _, said = run("build", kind, "--overwrite", *more)
    assert code == 0, said
    return {
        path.stem: text_of(path.read_bytes()) for path in (run.root / f"output/2021/{kind}").glob("*.docx")
    }


def row(text: str, start: str) -> list[str]:
    """The cells of the row of a table that begins so."""
    (line,) = [each for each in text.splitlines() if each.startswith(f"| {start}")]
    return [each.strip() for each in line.strip("|").split(" | ")]


# ---------------------------------------------------------------- 检查底稿


def test_worksheet_of_what_is_still_to_come_is_empty(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "CC02-资源局")
    (task,) = [row(text, f"{number} | 加强农村污水") for number in "1"]
    assert task[4] == "□ 未部署⏎□ 已部署⏎□ 已落实⏎□ 已见效⏎□ 不涉及"
    assert task[5:] == ["", "", ""]
    assert "| 2 |  |  |  |" in text
    assert "检查人签名" in text and "□ 属实　　□ 有异议：" in text


def test_worksheet_of_what_was_done_tells_it(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "JZ02-资源局")
    assert "□ 已部署" not in text
    fourth = row(text, "4 | 加强农村污水")
    assert fourth[3:] == [
        *("已部署", "未部署", "自查报已部署，现场没有管护安排，2号站提升泵停用"),
        *("运行维护记录", "邓某某⏎2021年4月12日"),
    ]
    assert "农村污水处理设施运行维护记录不完整" in text


def test_worksheet_asks_for_the_tasks_of_its_inspection_only(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "DX01-兴安局")
    assert [line[:4] for line in text.splitlines() if re.match(r"\| \d \| \S", line)] == ["| 1 "]


def test_worksheet_of_a_day_before_the_inspection_tells_nothing_of_it(run: Run) -> None:
    text = built(run, "检查底稿", "--as-of", "2021-04-01")["JZ02-资源局党支部"]
    assert "□ 已部署" in text and "运行维护记录不完整" not in text


# ---------------------------------------------------------------- 三张清单


def test_three_lists_are_of_the_same_findings(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "三张清单", "灵川局")
    lists = re.split("^(问题清单|任务清单|责任清单)$", text, flags=re.MULTILINE)[1:]
    codes = [re.findall(r"W2021-\d\d", body) for body in lists[1::2]]
    assert codes == [["W2021-01", "W2021-02", "W2021-03"]] * 3


@pytest.mark.parametrize("unit", ["兴安局党支部", "执法支队党支部"])
def test_three_lists_tell_days_over_the_limit_in_words(year_papers: dict[str, list[Path]], unit: str) -> None:
    assert ("逾期16天" in words(year_papers, "三张清单", unit)) == (unit == "兴安局党支部")
