"""Cross-field rules: every rule finds its fault, says it exactly, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Row, cases, diagnose, rows, told, write_row, write_small

from liangqing.year import rules
from liangqing.year.open_workspace import in_order, open_workspace
from liangqing.year.rules import RULES

BY_NAME = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}": rule for rule in RULES}


def test_the_small_workspace_has_no_fault(tmp_path: Path) -> None:
    assert diagnose(write_small(tmp_path)) == ""


@pytest.mark.parametrize("row", cases("rules"))
def test_rule(tmp_path: Path, row: Row) -> None:
    opened = open_workspace(write_row(tmp_path, row), None, row.day, row.day)
    assert opened.data.diagnostics == opened.register.diagnostics == ()
    assert told(in_order(rules.audit(opened.at))) == row.says
    assert bool(told(BY_NAME[row.about](opened.at))) == bool(row.says)


def test_every_rule_has_a_row() -> None:
    assert {row.about for row in rows("rules") if row.says} == set(BY_NAME)
    assert len(BY_NAME) == len(RULES)
