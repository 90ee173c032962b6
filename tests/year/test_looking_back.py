"""Looking back at a day: what is dated later changes nothing that any view prints for it.

Random years are written twice, once without all that is dated later than a day (looking_back.py goes through the
keys of the model), and everything that can be printed for that day is held against each other: every line of `status`,
the overview, every cell of the ledger, and every variable that a paper may print (体检报告, 清欠单, 总结, 三张清单 and
all others are made of them).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from looking_back import KEYS, dated_keys, enrich, written_by
from random_year import Written, found_on, generate
from written_year import open_written

from liangqing.engine import List
from liangqing.outputs import waiting
from liangqing.outputs.dashboard.shared import facts as overview
from liangqing.outputs.ledger.columns import LedgerRow
from liangqing.outputs.ledger.lists import SHEETS
from liangqing.variables.papers import COMMON, Paper
from liangqing.variables.subjects import LISTED_BY_CATALOGUE, SUBJECTS, variables
from liangqing.year.open_workspace import OpenWorkspace

pytestmark = pytest.mark.many

YEARS = 400 if os.environ.get("LIANGQING_THOROUGH") else 12
DAYS, PARTS = 4, 4
PLANNED = ("典型案例 ",)  # a notice is drafted before it goes out
DEPTH = 3  # tables that are read through one another; further down they are the same again


def printed(opened: OpenWorkspace) -> dict[str, Any]:
    """Everything that is printed for the day, by the view and by what it is of."""
    at = opened.at
    shown: dict[str, Any] = {
        "status": [(item.kind, item.unit, item.what) for item in waiting.items(opened)],
        **{f"总览 {name}": part for name, part in overview(opened).items()},
    }
    for sheet in SHEETS:
        rows = [LedgerRow(at, record) for record in sheet.rows(at)]
        shown[f"台账 {sheet.name}"] = [[column.value(row) for column in sheet.columns] for row in rows]
    for kind, subjects in SUBJECTS.items():
        for subject in subjects.list(at) if kind not in LISTED_BY_CATALOGUE else ():
            paper = Paper(subject)
            for name, variable in variables(kind).items():
                owner = paper if name in COMMON else subject
                shown[f"{kind} {subject.code} {name}"] = _read(variable, owner, DEPTH)
    return shown


def _read(variable: Any, owner: object, depth: int) -> object:
    """All that can be read of a variable, and through it down to a depth."""
    reads = _reads(variable, depth)
    return None if reads is None else variable.read(owner, reads)


def _reads(variable: Any, depth: int) -> Any:
    """What is read of a variable: everything; None where it leads further down than `depth`."""
    if variable.below is None:
        return {}
    if depth == 0:
        return None
    all_below = ((name, _reads(below, depth - 1)) for name, below in variable.below.rows.items())
    reads = {name: below for name, below in all_below if below is not None}
    return {"[]": reads} if isinstance(variable.shape, List) else reads


def _of_later_findings(written: Written, number: int, day: date) -> set[str]:
    """Records without a day of their own that name a finding that is found later: they were not written so yet."""
    sections = written.years[number]
    later = {each["编号"] for each in sections["问题"] if found_on(sections, each) > day}
    records = (*sections["整改函"], *sections.get("文书", ()))
    return {each["编号"] for each in records if later.intersection(each["问题"])}


def differences(full: dict[str, Any], by_then: dict[str, Any], undated: set[str]) -> Iterator[str]:
    """What is printed otherwise with what came later; of subjects that are plans a later one may be there too."""
    for name in by_then.keys() | {name for name in full if not name.startswith(PLANNED)}:
        if not undated.intersection(name.split()[1:2]) and full.get(name) != by_then.get(name):
            yield f"{name}：{_first(full.get(name), by_then.get(name))}"


def _first(one: object, other: object) -> str:
    """The first thing that differs, in a line."""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next((_first(a, b) for a, b in zip(one, other, strict=True) if a != b), "")
    if isinstance(one, dict) and isinstance(other, dict):
        return next(
            (f"{key}：{_first(one[key], other.get(key))}" for key in one if one[key] != other.get(key)), ""
        )
    if isinstance(one, list) and isinstance(other, list):
        left = [each for each in one if each not in other], [each for each in other if each not in one]
        return f"{left[0]} / {left[1]}"
    return f"{one} / {other}"


def test_every_dated_key_of_the_model_says_what_its_day_means() -> None:
    assert dated_keys() == set(KEYS)


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_dated_later_changes_nothing_that_is_printed_for_a_day(tmp_path: Path, part: int) -> None:
    for seed in range(part, YEARS, PARTS):
        written, rng = enrich(generate(seed), seed), random.Random(seed)
        for number in written.years:
            for day in rng.sample(written.days(number), DAYS):
                root = tmp_path / f"{seed}-{number}-{day}"
                full = printed(open_written(root / "全", written, number, day))
                then = printed(open_written(root / "当日", written_by(written, day), number, day))
                undated = _of_later_findings(written, number, day)
                assert [*differences(full, then, undated)] == [], f"seed {seed}, {number} as of {day}"
