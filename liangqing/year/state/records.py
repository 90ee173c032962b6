"""What a year holds by the end of a day: what was handed in, inspected, found, sent and delivered by then.

How the findings stand is worked out from it in `standing`. What one paper or record asks for costs what it finds, not
what the year holds: it comes from the indexes of the `Year`, which are the same for every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from liangqing.data.model.duties import DRAFT, Period, Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import OPINIONS_ANSWER, Case, Delivery, Feedback, Observation, Opinion
from liangqing.data.model.inspections import (
    CONCENTRATED,
    FeedbackMeeting,
    Inspection,
    Portrait,
    SelfCheck,
    TaskFound,
)
from liangqing.register import Line
from liangqing.year.state.succession import UnitsOnDay

LETTER = "整改函"
MINUTES = "反馈会纪要"  # they stay in the group


def together(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in their order, those of one 共性 mark together: each list counts as one finding."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = ("共性", finding.common) if finding.common else ("编号", finding.code)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


@dataclass(frozen=True)
class YearRecords(UnitsOnDay):
    """The records of a year, its register and the years beside it; what is dated later than `day` is not seen."""

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
        return tuple(check for check in self.year.self_checks if self.is_accepted(check))

    def is_accepted(self, check: SelfCheck) -> bool:
        """Whether a self-check is one of those."""
        later = self.year.superseding.get(check.code, ())
        return self._passed(check) and not any(self._passed(other) for other in later)

    def _passed(self, check: SelfCheck) -> bool:
        return check.result == "通过" and check.reviewed is not None and check.reviewed <= self.day

    def accepted_of(self, unit: Unit) -> list[SelfCheck]:
        """The accepted self-checks of a unit."""
        return [check for check in self.year.self_checks_of.get(unit.code, ()) if self.is_accepted(check)]

    def verdict(self, check: SelfCheck) -> str | None:
        """审核结果 of a self-check once the day of it has come; None: it waits to be reviewed."""
        return check.result if (check.reviewed or date.min) <= self.day else None

    def is_in(self, check: SelfCheck) -> bool:
        """Whether a self-check is in by the day, whatever became of it."""
        return check.known_since <= self.day

    @cached_property
    def checks_in(self) -> tuple[SelfCheck, ...]:
        """The self-checks that are in by the day."""
        return tuple(check for check in self.year.self_checks if self.is_in(check))

    def owing(self, period: Period) -> tuple[Unit, ...]:
        """The units that owe a 自查 of the period on the day.

        These are the units asked that are in force on the day, and were on the period's last day where that is past,
        and that handed in none, or only such as was sent back (退回补充).
        """
        return tuple(unit for unit in self.year.units_of(period.units) if self.owes(unit, period))

    def owes(self, unit: Unit, period: Period) -> bool:
        """Whether a unit is one of those."""
        return (
            self.year.is_asked_in(period, unit)
            and self.is_in_force(unit)
            and unit.in_force(min(period.due, self.day))
            and not any(
                self.is_in(check) and self.verdict(check) != "退回补充"
                for check in self.year.self_checks_of.get(unit.code, ())
                if check.period == period.name
            )
        )

    def self_checks_of(self, unit: Unit, period: Period) -> list[SelfCheck]:
        """Every self-check of a unit for a period that is in by the day, whatever became of it."""
        own = self.year.self_checks_of.get(unit.code, ())
        return [check for check in own if check.period == period.name and self.is_in(check)]

    def superseding(self, check: SelfCheck) -> SelfCheck | None:
        """The first self-check in by the day that takes the place of this one (替代)."""
        later = self.year.superseding.get(check.code, ())
        return next((other for other in later if self.is_in(other)), None)

    def observations_of(self, unit: Unit) -> list[Observation]:
        """监督记录 of a unit by the day, in order of date."""
        return [seen for seen in self.year.observations_of.get(unit.code, ()) if seen.day <= self.day]

    # inspections

    def inspections_of(self, unit: Unit) -> list[Inspection]:
        """Inspections in a unit that are begun by the day."""
        own = self.year.inspections_of.get(unit.code, ())
        return [inspection for inspection in own if inspection.begins <= self.day]

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

    def results_in(self, inspection: Inspection, unit: Unit) -> list[TaskFound]:
        """任务落实 of an inspection in a unit that was seen by the day."""
        own = self.year.results_in.get((inspection, unit), ())
        return [result for result in own if self.is_seen(inspection, result)]

    def is_seen(self, inspection: Inspection, result: TaskFound) -> bool:
        """Whether a 任务落实 was seen by the day; one without 日期 on the first day of its inspection."""
        return (result.day or inspection.begins) <= self.day

    def portrait(self, inspection: Inspection, unit: Unit) -> Portrait | None:
        """画像 of a unit after an inspection, made by the day; one without 日期 too."""
        own = self.year.portraits_in.get((inspection.code, unit.code), ())
        return next((portrait for portrait in own if (portrait.day or date.min) <= self.day), None)

    @property
    def cases(self) -> tuple[Case, ...]:
        """典型案例 whose notice came by the day; those without 通报日期 too."""
        return tuple(case for case in self.year.cases if self.is_published(case))

    def is_published(self, case: Case) -> bool:
        """Whether the notice of a 典型案例 came by the day, or nobody says when."""
        return (case.published or date.min) <= self.day

    def meetings_in(self, inspection: Inspection, unit: Unit) -> list[FeedbackMeeting]:
        """反馈会 of an inspection with a unit that were held by the day."""
        own = self.year.meetings_in.get((inspection, unit), ())
        return [meeting for meeting in own if meeting.day <= self.day]

    # findings

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """Every record of a finding found by the day."""
        return tuple(finding for finding in self.year.findings if self.is_found(finding))

    def is_found(self, finding: Finding) -> bool:
        """Whether a finding is found by the day."""
        return self.found_on(finding) <= self.day

    def found_on(self, finding: Finding) -> date:
        """发现日期, by default the inspection's last day."""
        return finding.found or self.year.inspection_by_code[finding.inspection].last_day

    @cached_property
    def counted(self) -> tuple[tuple[Finding, ...], ...]:
        """发现问题数: the found findings, those of one 共性 mark together as one."""
        return tuple(tuple(group) for group in together(self.found))

    @cached_property
    def group_of(self) -> dict[str, int]:
        """By 编号 of a finding the index of its group in `counted`."""
        return {finding.code: index for index, group in enumerate(self.counted) for finding in group}

    def found_in(self, *, inspection: str = "", unit: str = "") -> list[Finding]:
        """The found findings of an inspection, of a unit, or of an inspection in a unit, each by its 编号."""
        own = self.year.findings_in.get((inspection, unit), ())
        return [finding for finding in own if self.is_found(finding)]

    def counted_with(self, finding: Finding) -> list[Finding]:
        """The found findings that are one with this one (共性); itself at least."""
        if not finding.common or not self.is_found(finding):
            return [finding]
        return [other for other in self.year.findings_marked[finding.common] if self.is_found(other)]

    @cached_property
    def findings_on(self) -> Counter[str]:
        """By 编号 of a task how many of `counted` are on it."""
        tasks = ({finding.task for finding in group} for group in self.counted)
        return Counter(task for group in tasks for task in group if task)

    @cached_property
    def levels_seen(self) -> dict[str, Counter[str]]:
        """By 编号 of a task in how many units it was last seen at each state, in inspections begun by the day."""
        last: dict[str, dict[str, str]] = {}
        for inspection in sorted(self.begun, key=lambda inspection: inspection.begins):
            for seen in (result for result in inspection.results if self.is_seen(inspection, result)):
                last.setdefault(seen.task, {})[self.year.unit(seen.unit).code] = seen.state
        return {task: Counter(states.values()) for task, states in last.items()}

    # opinions

    @cached_property
    def asked(self) -> dict[str, Unit]:
        """By their 编号 the units that the draft was sent to (清单.征求意见.单位, default 全体单位)."""
        consultation = self.year.checklist.consultation
        closes = min((consultation.closes if consultation else None) or self.day, self.day)
        meant = self.year.units_of(consultation.units if consultation else None)
        return {unit.code: unit for unit in meant if unit.in_force(closes)}

    @cached_property
    def silent(self) -> dict[str, Unit]:
        """Those of `asked` that have neither an opinion nor 无意见 on record, nor an answer among 收文."""
        answered = {self.year.unit(opinion.unit).code for opinion in self.opinions}
        answered |= {
            self.year.unit(paper.sender).code
            for paper in self.year.incoming
            if paper.kind == OPINIONS_ANSWER
            and paper.day <= self.day
            and paper.sender in self.year.unit_by_ref
        }
        return {code: unit for code, unit in self.asked.items() if code not in answered}

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """征求意见 that came in by the day; those without 日期 too."""
        return tuple(opinion for opinion in self.year.opinions if (opinion.day or date.min) <= self.day)

    @cached_property
    def opinions_undecided(self) -> tuple[Opinion, ...]:
        """Those of them without 处理."""
        return tuple(opinion for opinion in self.opinions if opinion.decision is None)

    def opinions_decided(self, decision: str) -> list[Opinion]:
        """征求意见 of one 处理."""
        return [opinion for opinion in self.opinions if opinion.decision == decision]

    # deliveries and feedback

    def line_of(self, delivery: Delivery) -> Line | None:
        """The issued paper that a 送达 is of: by its number, or by kind and subject of this year's data.

        None: no such paper went out.
        """
        if delivery.number:
            return next(reversed(self.register.by_number.get(delivery.number, ())), None)
        kind, subject = delivery.kind or "", delivery.subject or ""
        return self.register.answered(kind, subject, self.year.year, delivery.day)

    def delivered(self, line: Line) -> Delivery | None:
        """送达 of an issued paper by the day; of several the one written first."""
        return next(iter(self.deliveries_on(line)), None)

    def deliveries_on(self, line: Line) -> list[Delivery]:
        """All 送达 of an issued paper by the day, by number or by kind and subject, in the order of the data."""
        names = [line.number, (line.kind, line.subject)] if line.year == self.year.year else [line.number]
        known = (numbered for name in names for numbered in self.year.deliveries_of.get(name, ()))
        own = (numbered for numbered in known if self.line_of(numbered[1]) == line)
        by_now = [(index, delivery) for index, delivery in own if delivery.day <= self.day]
        return [delivery for _, delivery in sorted(by_now, key=lambda numbered: numbered[0])]

    def told_back(self, line: Line, finding: str) -> bool:
        """Whether 整改反馈 on a finding (编号) of a letter is in by the day: not on one that went out before it."""
        told = self.year.feedbacks_on.get((line.subject, finding), ())
        return any(
            feedback.day <= self.day
            and self.register.answered(line.kind, line.subject, line.year, feedback.day) == line
            for feedback in told
        )

    def forms_on(self, finding: Finding) -> list[Feedback]:
        """整改反馈 on a finding that was received by the day, in order of date."""
        received = self.year.feedbacks_of.get(finding.code, ())
        return [feedback for feedback in received if feedback.day <= self.day]

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

    def first_letter_with(self, finding: str) -> Line | None:
        """The line of the letter in force that a finding (编号) stands in; of several (更正) the earliest."""
        lines = (self.letter_line(letter.code) for letter in self.year.letters_with.get(finding, ()))
        return min((line for line in lines if line is not None), key=lambda line: line.serial, default=None)

    def letter_of(self, line: Line) -> Letter | None:
        """The record of a letter that was issued, of whatever year's data."""
        year = {**self.years, self.year.year: self.year}.get(line.year)
        return year.letter_by_code.get(line.subject) if year else None
