"""How a year stands at the end of a day: states of findings, gates of close-out, signatures and content codes.

Everything is recomputed from records up to that day ; nobody types a figure. What is
there by the day is in `records`; answers that several views print are in `facts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import ONGOING, ClosingRound, DualSign, Finding, Recheck
from liangqing.data.model.inspections import Inspection
from liangqing.year.state.content_code import content_code, old_codes
from liangqing.year.state.records import YearRecords

UNSETTLED, NOT_DUE, DUE_SOON, OVERDUE = "待明确", "未到期", "临期", "逾期"
CONTINUING, APPLIED, CLOSED = "持续整改", "申请销号", "已销号"
STATES = (OVERDUE, DUE_SOON, UNSETTLED, NOT_DUE, APPLIED, CONTINUING, CLOSED)  # the worst first

AGREED, SENT_BACK, PARTLY = "同意销号", "退回", "阶段性完成"
SIGNED, UNSIGNED, LAPSED, REFUSED = "已签字", "未签字", "已失效", "拒签"
RELAPSED = "反弹"


@dataclass(frozen=True)
class Standing(YearRecords):
    """A year as it stands at the end of a day, with the register and the years beside it."""

    # states of findings

    def group_state(self, group: Iterable[Finding]) -> str:
        """The state of records that count as one finding (共性): the worst of theirs, so 已销号 when all are."""
        return min((self.state(finding) for finding in group), key=STATES.index)

    def state(self, finding: Finding) -> str:
        """The state of a finding on the day, one of STATES."""
        reached = self.closing_state(finding)
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

    def closing_state(self, finding: Finding) -> str | None:
        """What its rounds of 销号 make of a finding: 申请销号, 已销号 or 持续整改 (阶段性完成).

        None: no round has begun, the last one was sent back (退回), or it broke open again since (反弹).
        """
        reached, since = None, date.min
        for closing in finding.rounds_begun(self.day):
            if closing.begun is None:
                continue
            ended = closing.concluded
            if closing.conclusion is None or ended is None or ended > self.day:
                reached, since = APPLIED, closing.begun
            else:
                reached, since = self._concluded(finding, closing), ended
        relapsed = any(
            recheck.result == RELAPSED and since <= recheck.day <= self.day for recheck in finding.rechecks
        )
        return None if relapsed else reached

    def _concluded(self, finding: Finding, closing: ClosingRound) -> str | None:
        if closing.conclusion == AGREED:
            return APPLIED if self.unmet(finding, closing) else CLOSED
        return CONTINUING if closing.conclusion == PARTLY else None

    def relapse(self, finding: Finding) -> Recheck | None:
        """The last 反弹 by the day; None: there was none, or the finding was closed again since."""
        found = [
            recheck for recheck in finding.rechecks if recheck.result == RELAPSED and recheck.day <= self.day
        ]
        last = max(found, key=lambda recheck: recheck.day, default=None)
        closed = self.closed_on(finding)
        return None if last is None or (closed is not None and closed >= last.day) else last

    def closed_on(self, finding: Finding) -> date | None:
        """销号日期 of a finding that is closed on the day; None: it is open."""
        if self.state(finding) != CLOSED:
            return None
        days = [
            closing.closed for closing in finding.closings if closing.conclusion == AGREED and closing.closed
        ]
        return max((day for day in days if day <= self.day), default=None)

    def days_overdue(self, finding: Finding) -> int | None:
        """Calendar days past the limit as it stands; None unless 逾期."""
        limit = finding.limit_on(self.day)
        if self.state(finding) != OVERDUE or not isinstance(limit, date):
            return None
        return (self.day - limit).days

    # gates of closing

    def unmet(self, finding: Finding, closing: ClosingRound) -> list[str]:
        """Names of the gates that a round neither meets nor has waived: of 选项.销号门槛, and 佐证日期.

        What was closed while a waiver held stays closed when it has run out.
        """
        names = [name for name in self.year.options.closing_gates if not self._meets(name, finding, closing)]
        begins = self.year.inspection_by_code[finding.inspection].begins
        if early_evidence(finding, begins, self.day):
            names.append("佐证日期")
        return [name for name in names if not finding.waived(name, self.decided_on(closing))]

    def decided_on(self, closing: ClosingRound) -> date:
        """The day on which a waiver must hold for a round: that of its 结论; the day itself where none is reached by then."""
        ended = closing.concluded if closing.conclusion else None
        return self.day if ended is None else min(ended, self.day)

    def covered(self, finding: Finding, name: str) -> bool:
        """Whether the gate `name` is waived today, or was on the day on which the finding was closed that is closed still."""
        closed = self.closed_on(finding)
        return any(finding.waived(name, day) for day in (self.day, closed) if day is not None)

    def _meets(self, name: str, finding: Finding, closing: ClosingRound) -> bool:
        people = {owner.person for owner in (finding.responsibility, *finding.changes) if owner is not None}
        return {
            "核查人": lambda: closing.verifier is not None,
            "核查方式": lambda: closing.method is not None,
            "核查日期": lambda: closing.verified is not None,
            "佐证": lambda: any(progress.evidence for progress in finding.progress_by(self.day)),
            "双签": lambda: self.signature(finding)[0] in (SIGNED, REFUSED),
            "核查人非责任人": lambda: closing.verifier is not None and closing.verifier not in people,
            "回头看日期": lambda: any(recheck.day <= self.day for recheck in finding.rechecks),
        }[name]()

    # signatures

    def signature(self, finding: Finding) -> tuple[str, DualSign | None]:
        """已签字, 拒签, 已失效 or 未签字, and the form that says so (None: 未签字).

        The last form of the day or before whose content code still holds counts; without one, the last that lapsed.
        """
        lapsed = None
        for sign in reversed(self.year.signs_on.get(finding.code, ())):
            if sign.day <= self.day:
                if self.still_holds(sign):
                    return (SIGNED if sign.result == "签字" else REFUSED), sign
                lapsed = lapsed or sign
        return (LAPSED, lapsed) if lapsed else (UNSIGNED, None)

    def content_code_of(self, sign: DualSign) -> str:
        """What the code of a signed form would be if it were printed today."""
        return self._content_codes(sign)[0]

    def still_holds(self, sign: DualSign) -> bool:
        """Whether what was signed is unchanged: the code is today's, or one of those that older forms had."""
        return sign.content_code in self._content_codes(sign)

    def _content_codes(self, sign: DualSign) -> tuple[str, ...]:
        """Today's code of a signed form, then the older ones."""
        if sign not in self._codes_of_signs:
            listed, position = self.signed_findings(sign), self.year.finding_position
            in_data = sorted(listed, key=lambda finding: position[finding.code])
            older = old_codes((listed, in_data), self.year.options, self.day)
            self._codes_of_signs[sign] = (self.content_code(listed), *sorted(older))
        return self._codes_of_signs[sign]

    @cached_property
    def _codes_of_signs(self) -> dict[DualSign, tuple[str, ...]]:
        return {}

    def signed_findings(self, sign: DualSign) -> list[Finding]:
        """The findings of a signed form that are there, once each, in the order in which the form lists them."""
        by_code = self.year.finding_by_code
        return [by_code[code] for code in dict.fromkeys(sign.findings) if code in by_code]

    def content_code(self, findings: Iterable[Finding]) -> str:
        """Six signs over what the form prints of its findings (docs/使用手册/数据.md, 双签); see `content_code`."""
        return content_code(findings, self.year.options, self.day)

    # other days and other years

    def holding(self, code: str) -> tuple[Standing, Finding]:
        """The finding with this 编号, of whatever year, and its year as it stands on the day. The 编号 is a known one."""
        years = (self, *(self.beside(number) for number in self.years if number != self.year.year))
        return next(
            (standing, standing.year.finding_by_code[code])
            for standing in years
            if code in standing.year.finding_by_code
        )

    def on(self, day: date) -> Standing:
        """The same year on another day."""
        if day == self.day:
            return self
        if day not in self._on:
            self._on[day] = Standing(self.year, self.register, day, self.years)
        return self._on[day]

    @cached_property
    def _on(self) -> dict[date, Standing]:
        return {}

    def as_issued(self, issued: date, *, numbered: bool) -> Standing:
        """The year as a paper with 成文日期 `issued` tells of it: nothing that is dated later.

        A paper without a number (总结 and other figures) tells of 统计截止日期 where that is earlier.
        """
        stated = self.year.checklist.figures_date
        return self.on(issued if numbered or stated is None else min(stated, issued))

    def beside(self, number: int) -> Standing:
        """The year `number` (one of `years`, or this one) as it stands on the same day."""
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
            for finding in standing.found_in(unit=unit.code)
            if (standing.year.year, finding.inspection) != (self.year.year, inspection.code)
            and standing.found_on(finding) < inspection.begins
        ]


def early_evidence(finding: Finding, inspection_begins: date, day: date) -> list[tuple[int, int]]:
    """Evidence handed in by `day` that is dated before the inspection's first day and has no 说明.

    Each as its indexes into 进展 and into 佐证 of that, as they stand in YAML.
    """
    return [
        (at, index)
        for at, progress in enumerate(finding.progress)
        if progress.day <= day
        for index, evidence in enumerate(progress.evidence)
        if evidence.day is not None and evidence.day < inspection_begins and evidence.remark is None
    ]
