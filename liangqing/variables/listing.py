"""How the subjects of each kind are listed, in the order of the data: code, label and origin of each."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.variables.about import (
    CaseSubject,
    FindingSubject,
    InspectedUnitSubject,
    InspectionSubject,
    PeriodUnitSubject,
    UnitSubject,
    YearSubject,
)
from liangqing.variables.letters import LetterSubject
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year.state.standing import Standing


def years(at: Standing) -> Iterator[YearSubject]:
    """The one year."""
    yield YearSubject(at, str(at.year.year), f"{at.year.year}年度", at.year.checklist)


def units(at: Standing) -> Iterator[UnitSubject]:
    """The units, in force or not."""
    for unit in at.year.units:
        yield UnitSubject(at, unit.code, unit.short_name, unit, unit)


def period_units(at: Standing) -> Iterator[PeriodUnitSubject]:
    """Each round of self-checks, and each unit that is there by then, whatever becomes of it."""
    for period in at.year.checklist.periods:
        for unit in at.year.units_of(period.units):
            if unit.founded is None or unit.founded <= period.due:
                code, label = f"{period.name}/{unit.code}", f"{period.name}·{unit.short_name}"
                yield PeriodUnitSubject(at, code, label, at.year.checklist, unit, period)


def inspections(at: Standing) -> Iterator[InspectionSubject]:
    """Every inspection, begun or not: its notice goes out before."""
    for inspection in at.year.inspections:
        yield InspectionSubject(at, inspection.code, inspection.name, inspection, inspection)


def inspected_units(at: Standing) -> Iterator[InspectedUnitSubject]:
    """Each inspection in each of its units."""
    for inspection in at.year.inspections:
        for unit in at.year.units_of(inspection.units):
            code, label = f"{inspection.code}/{unit.code}", f"{inspection.name}·{unit.short_name}"
            yield InspectedUnitSubject(at, code, label, inspection, unit, inspection)


def findings(at: Standing) -> Iterator[FindingSubject]:
    """The findings, found by the day or not, each in its unit."""
    for finding in at.year.findings:
        yield FindingSubject(at, finding.code, finding.name, finding, at.year.unit(finding.unit), finding)


def cases(at: Standing) -> Iterator[CaseSubject]:
    """The notices of cases."""
    for case in at.year.cases:
        yield CaseSubject(at, case.code, case.name, case, case)


def letters(at: Standing) -> Iterator[LetterSubject]:
    """The rectification letters, issued or not."""
    for letter in at.year.letters:
        label, unit = letter.subject.replace("\n", ""), at.year.unit(letter.unit)
        yield LetterSubject(at, letter.code, label, letter, unit, letter)


def written(at: Standing) -> Iterator[WrittenSubject]:
    """The papers of 文书, of whatever 文种."""
    for written in at.year.papers:
        yield WrittenSubject(at, written.code, written.subject.replace("\n", ""), written, written)
