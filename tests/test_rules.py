"""Cross-field rules: every rule finds its fault, says it exactly, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import Row, cases, diagnose, rows, told, write_row, write_small

from liangqing import rules
from liangqing.desk import in_order, open_desk
from liangqing.rules import RULES

BY_NAME = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}": rule for rule in RULES}


def test_the_small_workspace_has_no_fault(tmp_path: Path) -> None:
    assert diagnose(write_small(tmp_path)) == ""


@pytest.mark.parametrize("row", cases("rules"))
def test_rule(tmp_path: Path, row: Row) -> None:
    desk = open_desk(write_row(tmp_path, row), None, row.day, row.day)
    assert desk.data.diagnostics == desk.register.diagnostics == ()
    assert told(in_order(rules.audit(desk.at))) == row.says
    assert bool(told(BY_NAME[row.about](desk.at))) == bool(row.says)


def test_every_rule_has_a_row() -> None:
    assert {row.about for row in rows("rules") if row.says} == set(BY_NAME)
    assert len(BY_NAME) == len(RULES)
