"""How a year stands at the end of a day: states of findings, gates of close-out, signatures and content codes.

Everything is recomputed from records up to that day ; nobody types a figure. What is
there by the day is in `records`; answers that several views print are in `facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import (
    ONGOING,
    ClosingRound,
    DualSign,
    Finding,
    Recheck,
)
from liangqing.data.model.follow_up import Feedback
from liangqing.data.model.inspections import Inspection
from liangqing.year.state.content_code import content_code, old_codes
from liangqing.year.state.records import together
from liangqing.year.state.succession import NOBODY
from liangqing.year.state.told import ToldOfRectification

UNSETTLED, NOT_DUE, DUE_SOON, OVERDUE = "待明确", "未到期", "临期", "逾期"
CONTINUING, APPLIED, CLOSED = "持续整改", "申请销号", "已销号"
STATES = (OVERDUE, DUE_SOON, UNSETTLED, NOT_DUE, APPLIED, CONTINUING, CLOSED)  # the worst first

AGREED, SENT_BACK, PARTLY = "同意销号", "退回", "阶段性完成"
SIGNED, UNSIGNED, LAPSED, REFUSED = "已签字", "未签字", "已失效", "拒签"
RELAPSED = "反弹"
ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Standing(ToldOfRectification):
    """A year as it stands at the end of a day, with the register and the years beside it."""

    # states of findings

    def group_state(self, group: Iterable[Finding]) -> str:
        """The state of records that count as one finding (共性): the worst of theirs, so 已销号 when all are."""
        return min((self.state(finding) for finding in group), key=STATES.index)

    def state(self, finding: Finding) -> str:
        """The state of a finding on the day, one of STATES."""
        known = self._states.get(finding)
        if known is None:
            known = self._states[finding] = self._state(finding)
        return known

    @cached_property
    def _states(self) -> dict[Finding, str]:
        return {}

    def _state(self, finding: Finding) -> str:
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
        return DUE_SOON if self.is_near(limit) else NOT_DUE

    def closing_state(self, finding: Finding) -> str | None:
        """What became of a finding by applications to close it: 申请销号, 已销号 or 持续整改 (阶段性完成).

        None: nobody has applied, the last round was sent back (退回), or it broke open again since (反弹).
        """
        return APPLIED if self.asked_to_close(finding) else self._reached(finding)[0]

    def asked_to_close(self, finding: Finding) -> Feedback | None:
        """The 反馈表 by which the unit applied for close-out, while no round of 销号 that was typed takes it up.

        None: no form asks for it, or what it asked for was decided (or is being verified) since.
        """
        reached, since = self._reached(finding)
        if reached in (APPLIED, CLOSED):
            return None
        return self._asking(finding, since, self.day)

    def _asking(self, finding: Finding, after: date, until: date) -> Feedback | None:
        """The first 反馈表 that asks for close-out, received later than `after` and by `until`."""
        asking = (form for form in self.forms_on(finding) if form.asks_to_close)
        return next((form for form in asking if after < form.day <= until), None)

    def _reached(self, finding: Finding) -> tuple[str | None, date]:
        """What the typed rounds make of a finding, and the day since when it is so (the first of all: no round)."""
        reached, since = None, date.min
        for closing in finding.rounds_begun(self.day):
            if closing.begun is None:
                continue
            ended = closing.concluded
            if closing.conclusion is None or ended is None or ended > self.day:
                reached, since = APPLIED, closing.begun
            else:
                reached, since = self._concluded(finding, closing), ended
        relapses = [
            recheck.day
            for recheck in finding.rechecks
            if recheck.result == RELAPSED and since <= recheck.day <= self.day
        ]
        return (None, max(relapses)) if relapses else (reached, since)

    def rounds(self, finding: Finding) -> tuple[ClosingRound, ...]:
        """Rounds of 销号 begun by the day, in order of their dates.

        Where nobody typed 申请日期 it is the day of the 反馈表 that asked for close-out; one that no typed round takes
        up yet is a round of its own.
        """
        told, since = list[ClosingRound](), date.min
        for closing in finding.rounds_begun(self.day):
            begun = None if closing.applied else closing.begun
            asked = self._asking(finding, since, begun) if begun else None
            told.append(closing.model_copy(update={"applied": asked.day}) if asked else closing)
            since = closing.concluded or since
        open_one = self.asked_to_close(finding)
        return (*told, *([ClosingRound.model_construct(applied=open_one.day)] if open_one else []))

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
        """Calendar days that a finding was open past the limit as it stands; None unless 逾期."""
        spans = self.overdue_spans(finding)
        return sum((last - first).days + 1 for first, last in spans) if spans else None

    def overdue_spans(self, finding: Finding) -> list[tuple[date, date]]:
        """From which day to which a finding was open past the limit as it stands; [] unless 逾期.

        One span from the day after the limit to the day, but where it was closed before it broke open again (反弹):
        the days for which it was closed are in none.
        """
        limit = finding.limit_on(self.day)
        if self.state(finding) != OVERDUE or not isinstance(limit, date):
            return []
        first, end = limit + ONE_DAY, self.day + ONE_DAY
        starts = [first, *sorted(day for day in self._turns(finding) if first < day <= self.day)]
        spans = zip(starts, [*starts[1:], end], strict=True)
        return [
            (start, after - ONE_DAY)
            for start, after in spans
            if start < after and self.on(start).state(finding) != CLOSED
        ]

    def _turns(self, finding: Finding) -> set[date]:
        """The days on which a finding that was closed once may have been closed or opened; {} where none ever was."""
        if not any(closing.conclusion == AGREED for closing in finding.closings):
            return set()
        days = {day for closing in finding.closings for day in (closing.begun, closing.concluded) if day}
        days |= {recheck.day for recheck in finding.rechecks}
        days |= {progress.day for progress in finding.progress}  # and what the gates of closing ask for
        days |= {form.day for form in self.forms_on(finding)}
        days |= {sign.day for sign in self.year.signs_on.get(finding.code, ())}
        return days | {waiver.until + ONE_DAY for waiver in finding.waivers if waiver.until}

    # who answers

    def answering(self, finding: Finding) -> Unit | None:
        """The unit that answers for a finding on the day: its own, or who took over from it; None: nobody did.

        A finding that is closed stays with who answered for it on the day it was closed.
        """
        unit = self.year.unit(finding.unit)
        now = self.stands_for(unit)
        return now if now is unit else self.stands_for(unit, self.closed_on(finding))

    def stands_under(self, finding: Finding) -> Unit:
        """The unit under which lists by unit show a finding: who answers for it, or NOBODY (已撤销单位)."""
        return self.answering(finding) or NOBODY

    def answered_by(self, unit: str) -> list[Finding]:
        """The found findings that stand under a unit (编号), in their order; those of NOBODY by its 编号.

        Over all units that there are and NOBODY, each finding is told once.
        """
        if unit == NOBODY.code:
            return list(self.answered_by_none)
        own = (finding for code in self.followed_by(unit) for finding in self.found_in(unit=code))
        mine = [finding for finding in own if self.stands_under(finding).code == unit]
        return sorted(mine, key=lambda finding: self.year.finding_position[finding.code])

    def held_by(self, unit: Unit) -> list[Finding]:
        """What a unit answers for, and what it left to nobody where it is gone itself: for a list of its own."""
        return [*self.answered_by(unit.code), *self.left_by.get(unit.code, ())]

    @cached_property
    def answered_by_none(self) -> tuple[Finding, ...]:
        """The found findings of units that are gone and that nobody took over."""
        return tuple(finding for finding in self.found if self.answering(finding) is None)

    @cached_property
    def left_by(self) -> dict[str, list[Finding]]:
        """The same by the unit (编号) that nobody took over from."""
        left: dict[str, list[Finding]] = {}
        for finding in self.answered_by_none:
            left.setdefault(self.last_of(self.year.unit(finding.unit)).code, []).append(finding)
        return left

    @cached_property
    def units_told(self) -> tuple[Unit, ...]:
        """The units that a list by unit has to show so that its findings are all of the year's.

        These are the units in force, those that are gone and that closed findings are still told of, and NOBODY
        where findings stand with nobody; in the order of 单位.
        """
        holding = {self.stands_under(finding).code for finding in self.found}
        known = [unit for unit in self.year.units if self.is_in_force(unit) or unit.code in holding]
        others = {unit.code: unit for unit in map(self.stands_under, self.found)}
        return (*known, *(others[code] for code in sorted(others.keys() - {unit.code for unit in known})))

    # gates of closing

    def unmet(self, finding: Finding, closing: ClosingRound) -> list[str]:
        """Names of the gates that a round neither meets nor has waived: of 选项.销号门槛, and 佐证日期.

        What was closed while a waiver held stays closed when it has run out.
        """
        names = [name for name in self.year.options.closing_gates if not self._meets(name, finding, closing)]
        if any(self.early_evidence(finding, self.decided_on(closing))):
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
            "佐证": lambda: bool(self.proofs(finding)),
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

    @cached_property
    def forms_of_code(self) -> dict[str, list[tuple[Inspection, Unit]]]:
        """By content code the inspections and units whose 双签字确认表 bears it today, or bore it in an older writing."""
        forms: dict[str, list[tuple[Inspection, Unit]]] = {}
        for inspection, unit in self.year.findings_in:
            found = self.found_in(inspection=inspection, unit=unit) if inspection and unit else []
            older = old_codes((found,), self.year.options, self.day) if found else ()
            for code in {self.content_code(found), *older} if found else ():
                form = (self.year.inspection_by_code[inspection], self.year.unit(unit))
                forms.setdefault(code, []).append(form)
        return forms

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
        return next(self.held(code))

    def held(self, code: str) -> Iterator[tuple[Standing, Finding]]:
        """The same, once; nothing where the finding could not be read."""
        years = (self, *(self.beside(number) for number in self.years if number != self.year.year))
        known = (standing for standing in years if code in standing.year.finding_by_code)
        for standing in islice(known, 1):
            yield standing, standing.year.finding_by_code[code]

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

    def as_one(self, findings: Iterable[Finding]) -> list[list[Finding]]:
        """Found findings of the year, those of one 共性 mark together as one, in their order: how all counts count."""
        return together(findings)

    @cached_property
    def so_far(self) -> tuple[Standing, ...]:
        """The years up to this one as they stand on the day: this one, then the others, the latest first."""
        before = sorted((number for number in self.years if number < self.year.year), reverse=True)
        return (self, *(self.beside(number) for number in before))

    def unit_called(self, code: str) -> Unit:
        """The unit with this 编号 as the year has it, else as the last year that has it (or NOBODY); some year does."""
        if code == NOBODY.code:
            return NOBODY
        years = (self.year, *(self.years[number] for number in sorted(self.years, reverse=True)))
        return next(year.unit_by_code[code] for year in years if code in year.unit_by_code)

    def is_near(self, day: date) -> bool:
        """Whether a day is past, or comes within 选项.临期天数."""
        return day <= self.day + timedelta(self.year.options.due_soon_days)

    def earlier_findings(self, unit: Unit, inspection: Inspection) -> list[tuple[Standing, Finding]]:
        """Findings of a unit from before this inspection, of this year and of earlier ones, each with its year.

        A unit is the same over the years by its 编号.
        """
        years = {**self.years, self.year.year: self.year}
        standings = [self.beside(number) for number in sorted(years) if number <= self.year.year]
        return [
            (standing, finding)
            for standing in standings
            for finding in standing.answered_by(unit.code)
            if (standing.year.year, finding.inspection) != (self.year.year, inspection.code)
            and standing.found_on(finding) < inspection.begins
        ]
