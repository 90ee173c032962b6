"""A whole year of a group of nine units (tests/support/group_year.yaml) on the pages of the desk, beside the same as YAML."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from group_year import ByYaml, Office, do_year, status, steps, typed_year
from year_by_page import ByPage, PageOffice, office_at_desk
from year_compared import OF_UNITS, figures, lists, papers

pytestmark = [pytest.mark.year, pytest.mark.xdist_group("group_year_by_page")]  # what they share is made once

YearByPage = tuple[PageOffice, ByPage]


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> tuple[Office, ByYaml]:
    """The year as YAML, to be read only, with all its papers; and who typed it."""
    return typed_year(tmp_path_factory.mktemp("typed") / "文本", patch)


@pytest.fixture(scope="module")
def clicked(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Iterator[YearByPage]:
    """The same year on the page, with all its papers; and who did it."""
    with office_at_desk(tmp_path_factory.mktemp("clicked"), patch) as office:
        hand = ByPage()
        do_year(office, hand)
        office("build")
        yield office, hand


def test_a_year_on_the_page_makes_the_same_papers_to_the_byte(
    typed: tuple[Office, ByYaml], clicked: YearByPage
) -> None:
    made, wanted = papers(clicked[0]), papers(typed[0])
    assert made.keys() == wanted.keys() and len(made) > 75
    assert [name for name in made if made[name] != wanted[name]] == []


def test_it_comes_to_the_same_figures_and_leaves_the_same_to_do(
    typed: tuple[Office, ByYaml], clicked: YearByPage
) -> None:
    assert figures(clicked[0]) == figures(typed[0])
    assert lists(clicked[0]) == lists(typed[0])
    assert status(clicked[0]) == status(typed[0])
    assert clicked[0]("check").count("D807") == 1


def test_the_form_of_each_section_that_a_person_fills_in_was_saved_and_read_back_equal(
    clicked: YearByPage,
) -> None:
    """By a form at least once, also where the rest was pasted; what comes in by forms of units alone is not typed."""
    by_hand = {section for step in steps() if not step.form for section in (*step.added, *step.more)}
    assert clicked[1].sections | clicked[1].pasted == by_hand
    assert by_hand - clicked[1].sections == set()
    assert clicked[1].pasted == {"单位", "自查"}


def test_no_file_of_the_data_was_typed(typed: tuple[Office, ByYaml], clicked: YearByPage) -> None:
    """Less than as YAML, and what a form of a unit holds is on neither side."""
    _, hand = clicked
    as_yaml = sum(count for form, count in typed[1].typed.items() if form not in OF_UNITS)
    forms = [text for form, texts in hand.typed.items() if form not in OF_UNITS for text in texts]
    signs = hand.signs.total() + clicked[0].signs.total() + sum(map(len, forms))
    clicks = hand.clicks.total() + clicked[0].clicks.total()
    sys.stdout.write(f"\n一年在页面上：点{clicks}下，打{signs}字（YAML {as_yaml}字）\n")
    assert 0 < signs < as_yaml and 0 < clicks < 600
