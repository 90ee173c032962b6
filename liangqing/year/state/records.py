"""What a year holds by the end of a day: what was handed in, inspected, found, sent and delivered by then.

How the findings stand is worked out from it in `standing`. Indexes are built when they are first asked for, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from liangqing.data.model.duties import DRAFT, Period, Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import Delivery, Observation, Opinion
from liangqing.data.model.inspections import CONCENTRATED, Inspection, SelfCheck
from liangqing.data.model.year import Year
from liangqing.register import Line, Register

LETTER = "整改函"


@dataclass(frozen=True)
class YearRecords:
    """The records of a year, its register and the years beside it; what is dated later than `day` is not seen."""

    year: Year
    register: Register
    day: date
    years: Mapping[int, Year] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """清单.阶段; the draft until the day on which opinions on it close."""
        checklist = self.year.checklist
        closes = checklist.consultation.closes if checklist.consultation else None
        return DRAFT if closes is not None and self.day <= closes else checklist.stage

    # self-checks

    @cached_property
    def accepted(self) -> tuple[SelfCheck, ...]:
        """自查份数: reviewed and accepted by the day, and not superseded by one that is."""
        passed = [check for check in self.year.self_checks if self._passed(check)]
        superseded = {check.supersedes for check in passed}
        return tuple(check for check in passed if check.code not in superseded)

    def _passed(self, check: SelfCheck) -> bool:
        return check.result == "通过" and check.reviewed is not None and check.reviewed <= self.day

    def owing(self, period: Period) -> tuple[Unit, ...]:
        """The units that owe a 自查 of the period on the day.

        These are the units asked that are in force on the period's last day and handed in none, or only such as was
        sent back (退回补充).
        """
        return tuple(self._owing[period.name].values())

    def owes(self, unit: Unit, period: Period) -> bool:
        """Whether a unit is one of those."""
        return unit.code in self._owing[period.name]

    @cached_property
    def _owing(self) -> dict[str, dict[str, Unit]]:
        """By name of a period, the units that owe its 自查 by their 编号."""
        answered = {
            (check.period, self.year.unit(check.unit).code)
            for check in self.year.self_checks
            if check.result != "退回补充" and (check.handed_in or date.min) <= self.day
        }
        return {
            period.name: {
                unit.code: unit
                for unit in self.year.units_of(period.units)
                if unit.in_force(period.due) and (period.name, unit.code) not in answered
            }
            for period in self.year.checklist.periods
        }

    @cached_property
    def self_checks_of(self) -> dict[tuple[str, str], list[SelfCheck]]:
        """Every self-check in by the day, whatever became of it, by 编号 of unit and name of period."""
        found: dict[tuple[str, str], list[SelfCheck]] = {}
        for check in self.year.self_checks:
            if check.known_since <= self.day:
                found.setdefault((self.year.unit(check.unit).code, check.period), []).append(check)
        return found

    @cached_property
    def superseding(self) -> dict[str, SelfCheck]:
        """By 编号 of a self-check, the first one in by the day that takes its place (替代)."""
        later = (check for check in reversed(self.year.self_checks) if check.known_since <= self.day)
        return {check.supersedes: check for check in later if check.supersedes is not None}

    @cached_property
    def observations_of(self) -> dict[str, list[Observation]]:
        """监督记录 by the day, in order of date, by 编号 of the unit."""
        found: dict[str, list[Observation]] = {}
        for seen in sorted(self.year.observations, key=lambda seen: seen.day):
            if seen.day <= self.day:
                found.setdefault(self.year.unit(seen.unit).code, []).append(seen)
        return found

    @cached_property
    def accepted_of(self) -> dict[str, list[SelfCheck]]:
        """The accepted self-checks by the 编号 of their unit."""
        found: dict[str, list[SelfCheck]] = {}
        for check in self.accepted:
            found.setdefault(self.year.unit(check.unit).code, []).append(check)
        return found

    # inspections

    @cached_property
    def inspections_of(self) -> dict[str, list[Inspection]]:
        """Inspections begun by the day, by the 编号 of each of their units."""
        found: dict[str, list[Inspection]] = {}
        for inspection in self.begun:
            for unit in self.year.units_of(inspection.units):
                found.setdefault(unit.code, []).append(inspection)
        return found

    @cached_property
    def begun(self) -> tuple[Inspection, ...]:
        """Inspections of every kind begun by the day."""
        return tuple(inspection for inspection in self.year.inspections if inspection.begins <= self.day)

    def of_kind(self, kind: str) -> tuple[Inspection, ...]:
        """集中监督检查次数 for 集中清查: one organised inspection is one, however many units or days."""
        return tuple(inspection for inspection in self.begun if inspection.kind == kind)

    @property
    def concentrated(self) -> tuple[Inspection, ...]:
        return self.of_kind(CONCENTRATED)

    # findings

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """Every record of a finding found by the day."""
        return tuple(finding for finding in self.year.findings if self.found_on(finding) <= self.day)

    def found_on(self, finding: Finding) -> date:
        """发现日期, by default the inspection's last day."""
        return finding.found or self.year.inspection_by_code[finding.inspection].last_day

    @cached_property
    def counted(self) -> tuple[tuple[Finding, ...], ...]:
        """发现问题数: the found findings, those of one 共性 mark together as one."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.found:
            key = ("共性", finding.common) if finding.common else ("编号", finding.code)
            groups.setdefault(key, []).append(finding)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def group_of(self) -> dict[str, int]:
        """By 编号 of a finding the index of its group in `counted`."""
        return {finding.code: index for index, group in enumerate(self.counted) for finding in group}

    @cached_property
    def found_in(self) -> dict[tuple[str, str], list[Finding]]:
        """The found findings by (编号 of inspection, 编号 of unit).

        ("", unit) holds all of a unit, (inspection, "") all of an inspection.
        """
        by_place: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.found:
            unit = self.year.unit(finding.unit).code
            for key in ((finding.inspection, unit), ("", unit), (finding.inspection, "")):
                by_place.setdefault(key, []).append(finding)
        return by_place

    # opinions

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """征求意见 that came in by the day; those without 日期 too."""
        return tuple(opinion for opinion in self.year.opinions if (opinion.day or date.min) <= self.day)

    def opinions_decided(self, decision: str) -> list[Opinion]:
        """征求意见 of one 处理."""
        return [opinion for opinion in self.opinions if opinion.decision == decision]

    def is_of(self, delivery: Delivery, line: Line) -> bool:
        """Whether a 送达 is that of an issued paper: by its number, or by kind and subject of this year's data."""
        if delivery.number:
            return delivery.number == line.number
        return (delivery.kind, delivery.subject, self.year.year) == (line.kind, line.subject, line.year)

    def delivered(self, line: Line) -> Delivery | None:
        """送达 of an issued paper by the day, by number or by kind and subject; of several the one written first."""
        names = [line.number, (line.kind, line.subject)] if line.year == self.year.year else [line.number]
        found = [self._deliveries[name] for name in names if name in self._deliveries]
        return min(found, key=lambda numbered: numbered[0])[1] if found else None

    @cached_property
    def _deliveries(self) -> dict[object, tuple[int, Delivery]]:
        """The first 送达 by the day of each number, or of (kind, subject) where it has none; with its index."""
        found: dict[object, tuple[int, Delivery]] = {}
        for index, delivery in enumerate(self.year.deliveries):
            if delivery.day <= self.day:
                found.setdefault(delivery.number or (delivery.kind, delivery.subject), (index, delivery))
        return found

    # letters

    @cached_property
    def letters_sent(self) -> tuple[Line, ...]:
        """The lines that 整改函份数 counts."""
        return self.sent(LETTER)

    @cached_property
    def letters_sent_to(self) -> Counter[str]:
        """How many of `letters_sent` went to each unit, by its 编号, which it keeps over the years."""
        years = {**self.years, self.year.year: self.year}
        sent = ((self.letter_of(line), years.get(line.year)) for line in self.letters_sent)
        return Counter(year.unit(letter.unit).code for letter, year in sent if letter and year)

    def sent(self, kind: str) -> tuple[Line, ...]:
        """Papers of a kind with 成文日期 in this year and by the day, not void by then; 更正 is not counted."""
        return tuple(
            line
            for line in self.register.issued
            if line.kind == kind
            and not line.corrects
            and line.issued.year == self.year.year
            and line.issued <= self.day
            and not self.register.voided(line, self.day)
        )

    def letter_line(self, code: str) -> Line | None:
        """The register's line of a letter of this year's data that is in force on the day: out, and not void."""
        return self.register.in_use(LETTER, code, self.year.year, self.day)

    @cached_property
    def first_letter_with(self) -> dict[str, Line]:
        """By 编号 of a finding the line of the letter in force that it stands in; of several (更正) the earliest."""
        lines = ((self.letter_line(letter.code), letter) for letter in self.year.letters)
        issued = sorted(
            ((line, letter) for line, letter in lines if line is not None),
            key=lambda pair: pair[0].serial,
            reverse=True,
        )
        return {code: line for line, letter in issued for code in letter.findings}

    @cached_property
    def letters_to(self) -> dict[str, list[Letter]]:
        """整改函 of the year's data, issued or not, by the 编号 of their unit."""
        found: dict[str, list[Letter]] = {}
        for letter in self.year.letters:
            found.setdefault(self.year.unit(letter.unit).code, []).append(letter)
        return found

    @cached_property
    def handed_in_on(self) -> dict[str, set[str]]:
        """By 编号 of a letter the findings of which 整改反馈 on it came in by the day."""
        found: dict[str, set[str]] = {}
        for feedback in self.year.feedbacks:
            if feedback.day <= self.day:
                found.setdefault(feedback.letter, set()).add(feedback.finding)
        return found

    def letter_of(self, line: Line) -> Letter | None:
        """The record of a letter that was issued, of whatever year's data."""
        year = {**self.years, self.year.year: self.year}.get(line.year)
        return year.letter_by_code.get(line.subject) if year else None

    # units

    def answering(self, finding: Finding) -> Unit:
        """The unit that answers for a finding on the day: its own, or the one that took over (承接单位)."""
        unit = self.year.unit(finding.unit)
        for _ in self.year.units:
            if unit.abolished is None or unit.abolished > self.day or unit.successor is None:
                break
            unit = self.year.unit(unit.successor)
        return unit
