"""A whole year of a group of nine units (tests/support/group_year.yaml): typed as YAML, and by workbook and forms alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from group_year import ByYaml, Office, do_year, status, typed_year
from year_by_workbook import ByWorkbook
from year_compared import OF_UNITS, figures, lists, papers

pytestmark = [pytest.mark.year, pytest.mark.xdist_group("group_year")]  # what they share is made once

# What an earlier clerk typed for a year of this kind, forms of units apart.
BEFORE = 9_500


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> tuple[Office, ByYaml]:
    """The year as YAML, to be read only, with all its papers; and who typed it."""
    return typed_year(tmp_path_factory.mktemp("typed") / "文本", patch)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> tuple[Office, ByWorkbook]:
    """The same year by workbook and forms, to be read only, with all its papers; and who filled them in."""
    office, hand = Office(tmp_path_factory.mktemp("filled") / "表格", patch), ByWorkbook()
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


def test_a_year_typed_as_yaml_comes_to_the_figures_counted_by_hand(typed: tuple[Office, ByYaml]) -> None:
    office, _ = typed
    said = office("check")
    assert "合计：警告 1\n" in said and "D807" in said  # the reply that never came
    assert {name: count for name, count in figures(office).items() if name in FIGURES} == FIGURES
    assert tuple(row["类别"] for row in status(office)) == WAITING
    assert {kind: len(office.papers(kind)) for kind in PAPERS} == PAPERS


def test_a_year_by_workbook_and_forms_makes_the_same_papers_to_the_byte(
    typed: tuple[Office, ByYaml], filled: tuple[Office, ByWorkbook]
) -> None:
    made, wanted = papers(filled[0]), papers(typed[0])
    assert made.keys() == wanted.keys() and len(made) > 75
    assert [name for name in made if made[name] != wanted[name]] == []


def test_it_comes_to_the_same_figures_and_leaves_the_same_to_do(
    typed: tuple[Office, ByYaml], filled: tuple[Office, ByWorkbook]
) -> None:
    assert figures(filled[0]) == figures(typed[0])
    assert lists(filled[0]) == lists(typed[0])
    assert status(filled[0]) == status(typed[0])
    assert filled[0]("check").count("D807") == 1


def test_no_yaml_is_typed_for_it(typed: tuple[Office, ByYaml], filled: tuple[Office, ByWorkbook]) -> None:
    assert filled[0].by_hand == set()
    assert len(typed[0].by_hand) > 15  # so that a file typed by hand would have been seen


def test_less_is_typed_than_as_yaml(typed: tuple[Office, ByYaml], filled: tuple[Office, ByWorkbook]) -> None:
    """The names of keys are not typed, and nothing is typed twice; what units fill in is counted on neither side."""
    as_yaml = sum(count for form, count in typed[1].typed.items() if form not in OF_UNITS)
    forms = {form: texts for form, texts in filled[1].typed.items() if form not in OF_UNITS}
    fields = [text for texts in forms.values() for text in texts]
    signs = sum(map(len, (*filled[1].cells, *fields)))
    sys.stdout.write(
        f"\n一年录入：YAML {as_yaml}字；台账 {len(filled[1].cells)}格，{'、'.join(forms)} {len(fields)}格，共{signs}字"
        f"（以前同样的一年：YAML约{BEFORE}字）\n"
    )
    assert 0 < signs < as_yaml and 2 * signs < BEFORE
    assert {*forms} == {"检查底稿", "双签字确认表"} and {*filled[1].typed} == {*forms, *OF_UNITS}
