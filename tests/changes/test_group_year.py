"""A whole year of a group of nine units (tests/support/group_year.yaml): typed as YAML, and by workbook and forms alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from group_year import ByYaml, Office, do_year, status
from openpyxl import load_workbook

pytestmark = pytest.mark.year


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> tuple[Office, ByYaml]:
    """The year as YAML, to be read only, with all its papers; and who typed it."""
    office, hand = Office(tmp_path_factory.mktemp("typed") / "文本", patch), ByYaml()
    do_year(office, hand)
    office("build")
    return office, hand


# The figures of the year, counted by hand from group_year.yaml.
FIGURES = {
    "单位数": 9,
    "自查份数": 16,
    "自查问题数": 1,
    "集中监督检查次数": 2,
    "其他检查次数": 2,
    "发现问题数": 6,
    "涉及单位数": 4,
    "整改函份数": 3,
    "应整改数": 5,
    "已销号数": 4,
    "整改率": "80%",
    "按期率": "20%",
    "逾期数": 1,
    "长期坚持数": 1,
    "延期数": 1,
    "反弹数": 0,
    "逾期销号数": 3,
}
WAITING = ("逾期", "未回复", "未交反馈表", "定期任务", "定期任务", "定期任务", "定期任务", "建议发文")
PAPERS = {
    "双签字确认表": 4,
    "检查底稿": 4,
    "整改函": 3,
    "督办函": 1,
    "销号审核表": 4,
    "自查情况表": 16,
    "体检报告": 2,
}


def figures(office: Office) -> dict[str, object]:
    """The sheet 统计 of the ledger: what is counted, and the number."""
    page = load_workbook(office.paper("台账", "台账"))["统计"]
    return {str(row[0]): row[1] for row in page.iter_rows(min_row=4, max_col=2, values_only=True) if row[0]}


def test_a_year_typed_as_yaml_comes_to_the_figures_counted_by_hand(typed: tuple[Office, ByYaml]) -> None:
    office, _ = typed
    said = office("check")
    assert "合计：警告 1\n" in said and "D807" in said  # the reply that never came
    assert {name: count for name, count in figures(office).items() if name in FIGURES} == FIGURES
    assert tuple(row["类别"] for row in status(office)) == WAITING
    assert {kind: len(office.papers(kind)) for kind in PAPERS} == PAPERS
