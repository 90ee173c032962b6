"""The campaign counts what its stages tried, sees a fault, and has tests for each stage."""

from __future__ import annotations

import re
from pathlib import Path

import campaign
import pytest
from campaign import STAGES, Count, Results, rows_of, table
from sample import ROOT

pytest_plugins = ["pytester"]


def test_every_stage_has_tests_and_every_test_a_stage_that_there_is() -> None:
    marked = {
        stage
        for path in (ROOT / "tests").rglob("test_*.py")
        for stage in re.findall(r'mark\.campaign\("(.+?)"\)', path.read_text("utf-8"))
    }
    constants = {
        stage
        for path in (ROOT / "tests").rglob("test_*.py")
        if "mark.campaign(STAGE)" in (text := path.read_text("utf-8"))
        for stage in re.findall(r'^STAGE = "(.+?)"', text, re.MULTILINE)
    }
    assert marked | constants == {*STAGES}


SAMPLE = """
import pytest

@pytest.mark.campaign("坏输入")
def test_many(record_property):
    record_property("tried", 7)

@pytest.mark.campaign("坏输入")
def test_one():
    raise ZeroDivisionError("broken on purpose")

@pytest.mark.campaign("路径")
def test_of_another_stage():
    pass
"""


def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, wanted: str) -> Results:
    """What is counted of SAMPLE."""
    monkeypatch.setenv(campaign.WANTED, wanted)
    pytester.makepyfile(SAMPLE)
    pytester.makeconftest("from campaign import keep_wanted as pytest_collection_modifyitems")
    pytester.makeini("[pytest]\nmarkers = campaign(stage): a stage")
    results = Results()
    pytester.inline_run(plugins=[results])
    return results


def test_cases_and_faults_are_counted_by_stage(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = run(pytester, monkeypatch, '["坏输入", "路径"]')
    assert (results.stages["坏输入"].tried, results.stages["路径"].tried) == (8, 1)
    (fault,) = results.stages["坏输入"].faults
    assert "test_one" in fault and "broken on purpose" in fault


def test_stages_that_nobody_asked_for_do_not_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(pytester, monkeypatch, '["路径"]').stages.keys() == {"路径"}


def test_sizes_are_those_of_the_suite_but_for_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert campaign.size("坏输入") == STAGES["坏输入"].short
    monkeypatch.setenv(campaign.SIZES, '{"坏输入": 13}')
    assert campaign.size("坏输入") == 13


def test_the_page_has_a_row_for_each_stage_and_what_was_found() -> None:
    results = Results({name: Count(tried=1000) for name in STAGES})
    text = campaign.page(rows_of(results))
    assert all(f"| {name} |" in text for name in STAGES) and "1,000" in text
    assert len(table(rows_of(results))) == len(STAGES) + 2
    assert "试出来、已经改好的" in text


def test_a_stage_that_was_run_by_itself_leaves_the_lines_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(campaign, "PAGE", tmp_path / "page.md")
    campaign.RESULTS.write_text("{}", "utf-8")
    campaign.keep(Results({"中断": Count(tried=7), "路径": Count(tried=1)}), ["中断", "路径"])
    campaign.keep(Results({"中断": Count(tried=8), "路径": Count(tried=9)}), ["中断"])
    assert {name: row["试了"] for name, row in campaign.kept().items()} == {"中断": 8, "路径": 1}
    assert "| 8 | 0 |" in campaign.PAGE.read_text("utf-8")


def test_the_page_is_what_was_written_by_the_campaign() -> None:
    assert campaign.PAGE.read_text("utf-8") == campaign.page(campaign.kept())
