"""Planted mistakes are caught at their place, and sound papers are let pass; `pytest -s tests/gbt9704` prints the rates."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from datetime import date
from functools import cache
from typing import Any

import pytest
from faults import FAULTS, Fault
from papers import GOOD, saved
from sample import copy_workspace

from liangqing.cli import main as cli
from liangqing.gbt9704.check.judge import Report, check
from liangqing.gbt9704.check.rules import RULES

GROUPS = 30  # of typical mistakes


@cache
def judged(fault: Fault) -> Report:
    document = fault.base()
    fault.plant(document)
    return check(saved(document), fault.name)


@cache
def rules_of_the_sound(base: Callable[[], Any]) -> set[str]:
    return {each.rule.code for each in check(saved(base()), "好.docx").findings}


@cache
def sound(name: str) -> Report:
    return check(saved(GOOD[name]()), name)


def caught(fault: Fault, report: Report) -> bool:
    return any(each.rule.code == fault.rule and fault.where in each.place for each in report.findings)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.name)
def test_a_planted_mistake_is_caught_where_it_is(fault: Fault) -> None:
    assert fault.rule not in rules_of_the_sound(fault.base), "the sound paper has it too"
    report = judged(fault)
    told = [(each.rule.code, each.place, each.found) for each in report.findings]
    assert caught(fault, report), told


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.name)
def test_found_and_expected_read_on_from_the_words_before_them(fault: Fault) -> None:
    """They are told as 现为…，应为…"""
    for each in judged(fault).findings:
        assert not each.found.startswith("现为") and not each.expected.startswith("应为")


@pytest.mark.parametrize("name", GOOD)
def test_a_sound_paper_made_by_other_means_breaks_no_rule(name: str) -> None:
    assert [(each.rule.code, each.place, each.found) for each in sound(name).findings if each.broken] == []


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Every paper of the sample year; the build itself has nothing to tell of them."""
    root = copy_workspace(tmp_path_factory.mktemp("format") / "工作", issued=True)
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(said):
        patch.setattr(cli, "today", lambda: date(2021, 11, 1))
        assert cli.main(["-C", str(root), "build"]) == 0
    assert "D820" not in said.getvalue()
    return [check(each, each.name) for each in sorted((root / "output").rglob("*.docx"))]


@pytest.mark.xdist_group("checked_papers")
def test_none_of_our_papers_breaks_a_rule_or_draws_a_warning(ours: list[Report]) -> None:
    assert len(ours) > 30
    told = [
        (each.name, f.rule.code, f.place, f.found)
        for each in ours
        for f in each.findings
        if f.level in ("错误", "警告")
    ]
    assert told == []
    assert "信函格式" in {each.paper.format for each in ours}


def test_all_groups_of_mistakes_are_planted() -> None:
    assert {each.group for each in FAULTS} >= set(range(1, GROUPS + 1))
    assert len({each.name for each in FAULTS}) == len(FAULTS) >= 60
    assert {each.rule for each in FAULTS} <= {each.code for each in RULES}


@pytest.mark.many
@pytest.mark.xdist_group("checked_papers")
def test_rates(ours: list[Report]) -> None:
    found = sum(caught(each, judged(each)) for each in FAULTS)
    good = [*map(sound, GOOD), *ours]
    alarms = sum(any(finding.broken for finding in each.findings) for each in good)
    sys.stdout.write(f"\n格式检查：植入的错误查出 {found}/{len(FAULTS)}，合格文书误报 {alarms}/{len(good)}\n")
    assert (found, alarms) == (len(FAULTS), 0)
