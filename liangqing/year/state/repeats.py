"""Findings that look like earlier ones of the same unit and task: a hint for a person, never a judgement."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from liangqing.data.model.findings import Finding
from liangqing.year.state.standing import Standing

ALIKE = 0.6  # of names and facts, by difflib: half of the signs in common is still another matter


@dataclass(frozen=True)
class Repeat:
    """A finding and the earlier one that it looks like, of which year."""

    finding: Finding
    earlier: Finding
    year: int


def repeats(at: Standing) -> Iterator[Repeat]:
    """Each finding of the year with the earlier finding of its unit and task that it is most like, if there is one."""
    years = [at.beside(number) for number in sorted({*at.years, at.year.year}) if number <= at.year.year]
    for finding in at.found:
        unit, task = at.year.unit(finding.unit).code, _task(at, finding)
        alike = [
            (_likeness(finding, other), -number, Repeat(finding, other, standing.year.year))
            for standing in years
            for number, other in enumerate(standing.found_in(unit=unit))
            if other is not finding
            and standing.found_on(other) < at.found_on(finding)
            and task is not None
            and _task(standing, other) == task
        ]
        best = max((rated for rated in alike if rated[0] >= ALIKE), key=lambda rated: rated[:2], default=None)
        if best is not None:
            yield best[2]


def _task(at: Standing, finding: Finding) -> str | None:
    """The task of a finding as it was first set, followed back through 沿用, as "year/编号"; None: it has no task."""
    code, year = finding.task, at.year.year
    while code is not None:
        known = at.years.get(year) if year != at.year.year else at.year
        task = known.task_by_code.get(code) if known else None
        if task is None or task.continues is None or year - 1 not in at.years:
            return f"{year}/{code}"
        code, year = task.continues, year - 1
    return None


def _likeness(one: Finding, other: Finding) -> float:
    return max(
        difflib.SequenceMatcher(None, one.name, other.name, autojunk=False).ratio(),
        difflib.SequenceMatcher(None, one.facts, other.facts, autojunk=False).ratio(),
    )
