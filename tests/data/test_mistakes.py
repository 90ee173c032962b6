"""What clerks get wrong, each as it is typed: told once, at its place, with the mend, and no advice that does damage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from small import BAD_INPUT, DAY, Change, write_small

from liangqing.base.diagnostics import Problems
from liangqing.year.open_workspace import open_workspace


@dataclass(frozen=True)
class Mistake:
    """What was typed, the codes of all that is told, and words that the answer must have and must not have."""

    changes: tuple[Change, ...]
    codes: tuple[str, ...]
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def mistakes() -> list[Any]:
    """The rows of tests/bad_input/mistakes.yaml."""
    found = yaml.load((BAD_INPUT / "mistakes.yaml").read_text("utf-8"), yaml.BaseLoader)
    return [
        pytest.param(
            Mistake(
                tuple(Change(**change) for change in row["changes"]),
                tuple(row["codes"]),
                tuple(row.get("holds", ())),
                tuple(row.get("lacks", ())),
            ),
            id=row["mistake"],
        )
        for row in found
    ]


@pytest.mark.parametrize("mistake", mistakes())
def test_a_mistake_is_told_with_its_place_and_its_mend(tmp_path: Path, mistake: Mistake) -> None:
    write_small(tmp_path, *mistake.changes)
    try:
        found = open_workspace(tmp_path, None, DAY, DAY).found
    except Problems as problems:
        found = list(problems.diagnostics)
    said = "\n".join(map(str, found))
    assert [problem.code for problem in found] == list(mistake.codes), said
    assert [words for words in mistake.holds if words not in said] == [], said
    assert [words for words in mistake.lacks if words in said] == [], said
