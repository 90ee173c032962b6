"""Hundreds of papers in many ways of writing: right ones are told right, and mistakes are found; docs/格式检查实测.md has the figures."""

from __future__ import annotations

from statistics import median

import format_figures_page
import pytest
from corpus import Judged, others, right, wrong
from planted import MISTAKES
from ways import AXES

from liangqing.gbt9704.check.paper import ANY
from liangqing.gbt9704.check.rules import RULES
from liangqing.gbt9704.row import Strength

pytestmark = pytest.mark.xdist_group("ways_of_writing")  # the papers are made and judged once

FOUND = 0.98  # of the planted mistakes
FASTEST = 0.1  # seconds a file may take


def told(judged: Judged) -> list[object]:
    return [(each.rule.code, each.place, each.found, each.expected) for each in judged.report.findings]


def test_there_are_hundreds_of_papers_in_a_dozen_ways_of_writing() -> None:
    assert len(right()) + len(wrong()) >= 300
    assert len(AXES) >= 12
    assert len({each.name for each in MISTAKES}) == len(MISTAKES) >= 60
    for axis, values in AXES.items():
        assert {each.specimen.way[axis] for each in right()} == set(values)


def test_a_right_paper_is_taken_for_what_it_is_in_every_way_of_writing() -> None:
    wrongly = [
        (each.specimen.name, each.report.paper.format)
        for each in right()
        if each.report.paper.format != each.specimen.outline.format
    ]
    assert wrongly == []


def test_a_right_paper_breaks_no_rule_in_any_way_of_writing() -> None:
    assert [(each.specimen.name, told(each)) for each in right() if each.broken] == []


def test_a_right_paper_draws_no_warning_in_any_way_of_writing() -> None:
    assert [(each.specimen.name, told(each)) for each in right() if each.warned] == []


def test_planted_mistakes_are_found_in_every_way_of_writing() -> None:
    planted = [(each, mistake) for each in wrong() for mistake in each.specimen.mistakes]
    missed = [(each.specimen.name, mistake.name) for each in wrong() for mistake in each.missed]
    assert 1 - len(missed) / len(planted) >= FOUND, missed
    found = {mistake.name for each, mistake in planted if mistake not in each.missed}
    assert {each.name for each in MISTAKES} - found == set()


def test_beside_a_planted_mistake_nothing_else_is_called_broken() -> None:
    assert [(each.specimen.name, sorted(each.beside)) for each in wrong() if each.beside] == []


def test_of_what_is_no_official_paper_nothing_is_told() -> None:
    assert [(each.specimen.name, told(each)) for each in others() if each.broken or each.warned] == []


def test_each_rule_that_the_standard_states_has_a_planted_mistake() -> None:
    stated = {
        each.code
        for each in RULES
        if each.strength in (Strength.MUST, Strength.GENERAL) and each.formats <= ANY
    }
    planted = {rule for each in MISTAKES for rule in each.rules.split()}
    assert stated - planted == set()


def test_a_file_takes_a_tenth_of_a_second_at_most() -> None:
    assert median(each.seconds for each in (*right(), *wrong(), *others())) <= FASTEST


def test_the_page_of_figures_is_that_of_these_papers() -> None:
    assert format_figures_page.PAGE.read_text("utf-8") == format_figures_page.page(), "run: make docs"
