"""Counted figures, states of findings and content codes (data.md, "Counting rules").

Everything is recomputed from records up to one day; nobody types a figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from liangqing.data.model.duties import DRAFT, Period, Unit
from liangqing.data.model.findings import ONGOING, ClosingRound, DualSign, Finding, Letter, Recheck, six_signs
from liangqing.data.model.follow_up import Delivery, Opinion
from liangqing.data.model.inspections import CONCENTRATED, Inspection, SelfCheck
from liangqing.data.model.year import Year
from liangqing.register import Line, Register

UNSETTLED, NOT_DUE, DUE_SOON, OVERDUE = "待明确", "未到期", "临期", "逾期"
CONTINUING, APPLIED, CLOSED = "持续整改", "申请销号", "已销号"
STATES = (OVERDUE, DUE_SOON, UNSETTLED, NOT_DUE, APPLIED, CONTINUING, CLOSED)  # the worst first

AGREED, SENT_BACK, PARTLY = "同意销号", "退回", "阶段性完成"
SIGNED, UNSIGNED, LAPSED, REFUSED = "已签字", "未签字", "已失效", "拒签"
LETTER = "整改函"
RELAPSED = "反弹"


@dataclass(frozen=True)
class Standing:
    """A year as it stands at the end of a day, with the register and the years beside it."""

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
        passed = [each for each in self.year.self_checks if self._passed(each)]
        superseded = {each.supersedes for each in passed}
        return tuple(each for each in passed if each.code not in superseded)

    def _passed(self, check: SelfCheck) -> bool:
        return check.result == "通过" and check.reviewed is not None and check.reviewed <= self.day

    def owing(self, period: Period) -> list[Unit]:
        """Units in force at the period's last day without a 自查 in it by the day; one that was sent back does not do."""
        answered = {
            self.year.unit(each.unit).code
            for each in self.year.self_checks
            if each.period == period.name
            and each.result != "退回补充"
            and (each.handed_in or date.min) <= self.day
        }
        units = self.year.units_of(period.units)
        return [unit for unit in units if unit.in_force(period.due) and unit.code not in answered]

    @cached_property
    def accepted_of(self) -> dict[str, list[SelfCheck]]:
        """The accepted self-checks by the 编号 of their unit."""
        found: dict[str, list[SelfCheck]] = {}
        for each in self.accepted:
            found.setdefault(self.year.unit(each.unit).code, []).append(each)
        return found

    # inspections

    @cached_property
    def inspections_of(self) -> dict[str, list[Inspection]]:
        """Inspections begun by the day, by the 编号 of each of their units."""
        found: dict[str, list[Inspection]] = {}
        for each in self.begun:
            for unit in self.year.units_of(each.units):
                found.setdefault(unit.code, []).append(each)
        return found

    @cached_property
    def begun(self) -> tuple[Inspection, ...]:
        """Inspections of every kind begun by the day."""
        return tuple(each for each in self.year.inspections if each.begins <= self.day)

    def of_kind(self, kind: str) -> tuple[Inspection, ...]:
        """集中监督检查次数 for 集中清查: one organised inspection is one, however many units or days."""
        return tuple(each for each in self.begun if each.kind == kind)

    @property
    def concentrated(self) -> tuple[Inspection, ...]:
        return self.of_kind(CONCENTRATED)

    # findings

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """Every record of a finding found by the day."""
        return tuple(each for each in self.year.findings if self.found_on(each) <= self.day)

    def found_on(self, finding: Finding) -> date:
        """发现日期, by default the inspection's last day."""
        return finding.found or self.year.inspection_by_code[finding.inspection].last_day

    @cached_property
    def counted(self) -> tuple[tuple[Finding, ...], ...]:
        """发现问题数: the found findings, those of one 共性 mark together as one."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for each in self.found:
            key = ("共性", each.common) if each.common else ("编号", each.code)
            groups.setdefault(key, []).append(each)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def group_of(self) -> dict[str, int]:
        """By 编号 of a finding, which of `counted` it stands in."""
        return {each.code: index for index, group in enumerate(self.counted) for each in group}

    @cached_property
    def found_in(self) -> dict[tuple[str, str], list[Finding]]:
        """Found findings by inspection and 编号 of unit; ("", unit) holds all of the unit."""
        by_place: dict[tuple[str, str], list[Finding]] = {}
        for each in self.found:
            unit = self.year.unit(each.unit).code
            for key in ((each.inspection, unit), ("", unit), (each.inspection, "")):
                by_place.setdefault(key, []).append(each)
        return by_place

    def group_state(self, group: Iterable[Finding]) -> str:
        """The state of what counts as one: the worst of its records, so 已销号 when all are."""
        return min((self.state(each) for each in group), key=STATES.index)

    def state(self, finding: Finding) -> str:
        """One of STATES, on the day."""
        reached = self._closing_state(finding)
        if reached:
            return reached
        limit = finding.limit_on(self.day)
        if isinstance(limit, str) or (limit is None and finding.category == ONGOING):
            return CONTINUING
        if limit is None:
            return UNSETTLED
        if limit < self.day:
            return OVERDUE
        return DUE_SOON if limit <= self.day + timedelta(self.year.options.due_soon_days) else NOT_DUE

    def _closing_state(self, finding: Finding) -> str | None:
        reached, since = None, date.min
        for each in sorted(finding.closings, key=begun_on):
            begun = each.applied or each.verified or each.closed
            if begun is None or begun > self.day:
                continue
            ended = concluded_on(each)
            if each.conclusion is None or ended is None or ended > self.day:
                reached, since = APPLIED, begun
            else:
                reached, since = self._concluded(finding, each), ended
        relapsed = any(each.result == RELAPSED and since <= each.day <= self.day for each in finding.rechecks)
        return None if relapsed else reached

    def _concluded(self, finding: Finding, closing: ClosingRound) -> str | None:
        if closing.conclusion == AGREED:
            return APPLIED if self.unmet(finding, closing) else CLOSED
        return CONTINUING if closing.conclusion == PARTLY else None

    def answering(self, finding: Finding) -> Unit:
        """The unit that answers for a finding on the day: its own, or the one that took over (承接单位)."""
        unit = self.year.unit(finding.unit)
        for _ in self.year.units:
            if unit.abolished is None or unit.abolished > self.day or unit.successor is None:
                break
            unit = self.year.unit(unit.successor)
        return unit

    def relapse(self, finding: Finding) -> Recheck | None:
        """The last 反弹 by the day, unless the finding was closed again since."""
        found = [each for each in finding.rechecks if each.result == RELAPSED and each.day <= self.day]
        last = max(found, key=lambda each: each.day, default=None)
        closed = self.closed_on(finding)
        return None if last is None or (closed is not None and closed >= last.day) else last

    def closed_on(self, finding: Finding) -> date | None:
        """销号日期 of a finding that is closed on the day."""
        if self.state(finding) != CLOSED:
            return None
        days = [each.closed for each in finding.closings if each.conclusion == AGREED and each.closed]
        return max((each for each in days if each <= self.day), default=None)

    def days_overdue(self, finding: Finding) -> int | None:
        """Calendar days past the limit as it stands; None unless 逾期."""
        limit = finding.limit_on(self.day)
        if self.state(finding) != OVERDUE or not isinstance(limit, date):
            return None
        return (self.day - limit).days

    # gates of closing

    def unmet(self, finding: Finding, closing: ClosingRound) -> list[str]:
        """The gates of 选项.销号门槛, and of the dates of evidence, that a round neither meets nor has waived."""
        names = [name for name in self.year.options.closing_gates if not self._meets(name, finding, closing)]
        begins = self.year.inspection_by_code[finding.inspection].begins
        if early_evidence(finding, begins, self.day):
            names.append("佐证日期")
        return [name for name in names if not finding.waived(name, self.day)]

    def _meets(self, name: str, finding: Finding, closing: ClosingRound) -> bool:
        people = {each.person for each in (finding.responsibility, *finding.changes) if each is not None}
        return {
            "核查人": lambda: closing.verifier is not None,
            "核查方式": lambda: closing.method is not None,
            "核查日期": lambda: closing.verified is not None,
            "佐证": lambda: any(each.evidence for each in finding.progress if each.day <= self.day),
            "双签": lambda: self.signature(finding)[0] in (SIGNED, REFUSED),
            "核查人非责任人": lambda: closing.verifier is not None and closing.verifier not in people,
            "回头看日期": lambda: any(each.day <= self.day for each in finding.rechecks),
        }[name]()

    # signatures

    def signature(self, finding: Finding) -> tuple[str, DualSign | None]:
        """Whether the finding stands signed: 已签字, 拒签, 已失效 or 未签字, and by which form."""
        lapsed = None
        for sign in reversed(self._signs_of.get(finding.code, ())):
            if sign.day <= self.day:
                if sign.content_code == self.content_code_of(sign):
                    return (SIGNED if sign.result == "签字" else REFUSED), sign
                lapsed = lapsed or sign
        return (LAPSED, lapsed) if lapsed else (UNSIGNED, None)

    @cached_property
    def _signs_of(self) -> dict[str, list[DualSign]]:
        found: dict[str, list[DualSign]] = {}
        for sign in self.year.dual_signs:
            for code in sign.findings:
                found.setdefault(code, []).append(sign)
        return found

    def content_code_of(self, sign: DualSign) -> str:
        """What the code of a signed form would be if it were printed today."""
        by_code = self.year.finding_by_code
        order = {code: index for index, code in enumerate(by_code)} if len(sign.findings) > 1 else {}
        codes = sorted(
            filter(by_code.__contains__, dict.fromkeys(sign.findings)), key=lambda code: order.get(code, 0)
        )
        return self.content_code(by_code[code] for code in codes)

    def content_code(self, findings: Iterable[Finding]) -> str:
        """Six signs over what the form prints of its findings (data.md, 双签); never over layout."""
        resign = self.year.options.resign_on_extension
        printed = [
            [
                each.code,
                each.name,
                each.facts,
                each.demand,
                each.responsibility.model_dump() if each.responsibility else None,
                str(each.limit),
                str(each.limit_on(self.day)) if resign and each.limit_on(self.day) != each.limit else "",
            ]
            for each in findings
        ]
        return six_signs(json.dumps(printed, ensure_ascii=False, sort_keys=True))

    # opinions

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """征求意见 that came in by the day; those without 日期 too."""
        return tuple(each for each in self.year.opinions if (each.day or date.min) <= self.day)

    def opinions_decided(self, decision: str) -> list[Opinion]:
        """征求意见 of one 处理."""
        return [each for each in self.opinions if each.decision == decision]

    def is_of(self, each: Delivery, line: Line) -> bool:
        """Whether a 送达 is that of an issued paper: by its number, or by kind and subject of this year's data."""
        if each.number:
            return each.number == line.number
        return (each.kind, each.subject, self.year.year) == (line.kind, line.subject, line.year)

    def delivered(self, line: Line) -> Delivery | None:
        """送达 of an issued paper, by number or by kind and subject, by the day."""
        for each in self.year.deliveries:
            if self.is_of(each, line) and each.day <= self.day:
                return each
        return None

    def holding(self, code: str) -> tuple[Standing, Finding]:
        """A finding of whatever year, with its year as it stands on the day; references are proved before."""
        years = (self, *(self.beside(number) for number in self.years if number != self.year.year))
        return next(
            (each, each.year.finding_by_code[code]) for each in years if code in each.year.finding_by_code
        )

    # letters

    @cached_property
    def letters_sent(self) -> tuple[Line, ...]:
        """整改函份数: see `sent`."""
        return self.sent(LETTER)

    def sent(self, kind: str) -> tuple[Line, ...]:
        """Issued in this year by the day, not void by then, no 更正; a paper counts in one year alone."""
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
        """The register's line of a letter of this year's data that stands on the day."""
        return self.register.in_use(LETTER, code, self.year.year, self.day)

    def letter_of(self, line: Line) -> Letter | None:
        """The record of a letter that was issued, of whatever year's data."""
        year = {**self.years, self.year.year: self.year}.get(line.year)
        return year.letter_by_code.get(line.subject) if year else None

    # units

    def on(self, day: date) -> Standing:
        """The same year on another day."""
        return self if day == self.day else Standing(self.year, self.register, day, self.years)

    def as_issued(self, issued: date, *, numbered: bool) -> Standing:
        """The day that a paper issued on `issued` tells of: nothing later; figures not beyond 统计截止日期."""
        stated = self.year.checklist.figures_date
        return self.on(issued if numbered or stated is None else min(stated, issued))

    def beside(self, number: int) -> Standing:
        """Another year as it stands on the same day."""
        if number == self.year.year:
            return self
        if number not in self._beside:
            self._beside[number] = Standing(self.years[number], self.register, self.day, self.years)
        return self._beside[number]

    @cached_property
    def _beside(self) -> dict[int, Standing]:
        return {}

    def earlier_findings(self, unit: Unit, inspection: Inspection) -> list[tuple[Standing, Finding]]:
        """Findings of a unit from before this inspection, of this year and of earlier ones, each with its year.

        A unit is the same over the years by its 编号.
        """
        years = {**self.years, self.year.year: self.year}
        standings = [self.beside(number) for number in sorted(years) if number <= self.year.year]
        return [
            (standing, finding)
            for standing in standings
            for finding in standing.found_in.get(("", unit.code), ())
            if (standing.year.year, finding.inspection) != (self.year.year, inspection.code)
            and standing.found_on(finding) < inspection.begins
        ]


def begun_on(closing: ClosingRound) -> date:
    """The first day that a round names."""
    return closing.applied or closing.verified or closing.closed or date.min


def concluded_on(closing: ClosingRound) -> date | None:
    """The day on which a round was decided."""
    return closing.closed or closing.verified or closing.applied


def early_evidence(finding: Finding, inspection_begins: date, day: date) -> list[tuple[int, int]]:
    """Evidence handed in by `day`, dated before the inspection's first day and not explained.

    Indexes into 进展 and its 佐证.
    """
    return [
        (at, index)
        for at, progress in enumerate(finding.progress)
        if progress.day <= day
        for index, each in enumerate(progress.evidence)
        if each.day is not None and each.day < inspection_begins and each.remark is None
    ]
