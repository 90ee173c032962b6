"""What the group has before it: planned 回头看 and inspections, and the units that it has not been to for long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import ClosingRound, Finding
from liangqing.data.model.inspections import Inspection
from liangqing.year.state.standing import AGREED, RELAPSED, SENT_BACK, Standing
from liangqing.year.state.succession import NOBODY

NOTICE = "监督检查通知"


# 回头看


def recheck_planned(at: Standing, finding: Finding) -> date | None:
    """The day for which the next 回头看 of a finding is planned; None: none is, or it was done.

    The last round of 销号 that was begun plans it, if it was not sent back: by its 回头看计划, or, where it closed the
    finding without one, so many days later as 选项.回头看天数 says (none by default). Each 回头看 since then that found
    巩固 may plan the next by a 回头看计划 of its own. One without ends the plan, but not where it came long before a day
    that was written (more than 选项.临期天数): whether it stands for the planned one is not guessed. 反弹 ends it.
    """
    last = next(reversed(finding.rounds_begun(at.day)), None)
    planned, ended = _planned_by(at, finding, last), _came_to(last, at.day)
    begun = (last.begun if last else None) or date.min
    near = timedelta(at.year.options.due_soon_days)
    written = last is not None and last.recheck_on is not None
    looked = (recheck for recheck in finding.rechecks if begun <= recheck.day <= at.day)
    for recheck in sorted(looked, key=lambda recheck: recheck.day):
        if recheck.result == RELAPSED:
            planned = None if recheck.day >= ended else planned
        elif recheck.recheck_on or not written or (planned and planned <= recheck.day + near):
            planned, written = recheck.recheck_on, True
    return planned


def _came_to(closing: ClosingRound | None, day: date) -> date:
    """The last day that a round names and that has come; the first of all: there is no round."""
    days = (closing.applied, closing.verified, closing.closed) if closing else ()
    return max((named for named in days if named and named <= day), default=date.min)


def _planned_by(at: Standing, finding: Finding, closing: ClosingRound | None) -> date | None:
    """For which day a round of 销号 plans the 回头看, once its last day has come."""
    if closing is None or closing.conclusion == SENT_BACK or (closing.concluded or date.min) > at.day:
        return None
    days = at.year.options.recheck_days
    if closing.recheck_on or not days or closing.conclusion != AGREED or at.unmet(finding, closing):
        return closing.recheck_on
    return _came_to(closing, at.day) + timedelta(days)


def recheck_at(at: Standing, finding: Finding) -> Unit:
    """The unit that a 回头看 of a finding goes to: its own, who took over from it, or NOBODY (已撤销单位)."""
    return at.stands_for(at.year.unit(finding.unit)) or NOBODY


def rechecks_planned(at: Standing) -> Iterator[tuple[Finding, date]]:
    """The findings of the year of which a 回头看 is planned and not done, each with its day, past or to come."""
    for finding in at.found:
        day = recheck_planned(at, finding)
        if day is not None:
            yield finding, day


# inspections


def inspections_ahead(at: Standing) -> list[Inspection]:
    """Inspections of the year that begin on the day or later, by day."""
    ahead = (inspection for inspection in at.year.inspections if inspection.begins >= at.day)
    return sorted(ahead, key=lambda inspection: inspection.begins)


def notice_of(at: Standing, inspection: Inspection) -> str:
    """What is known of the 监督检查通知 of a planned inspection, in words; "" for one that has none (no 准备材料)."""
    line = at.register.in_use(NOTICE, inspection.code, at.year.year, at.day)
    if line is not None:
        return f"{NOTICE}已印发（{line.name}）"
    return f"{NOTICE}还没有印发" if inspection.to_prepare else ""


def inspection_words(at: Standing, inspection: Inspection) -> str:
    """JZ13 资源局党支部集中清查（集中清查），监督检查通知还没有印发."""
    notice = notice_of(at, inspection)
    return f"{inspection.code} {inspection.name}（{inspection.kind}）" + (f"，{notice}" if notice else "")


class NotInspected(NamedTuple):
    """A unit that no inspection went to for 选项.未检查月数.

    `last`: when the last one began, by all years' records (None: none on record); `planned`: when the next begins.
    """

    unit: Unit
    last: date | None
    planned: date | None


@dataclass(frozen=True)
class Coverage:
    """The units in force that were not inspected since a day; `known_since`: the first day that records tell of."""

    months: int
    since: date
    known_since: date
    units: tuple[NotInspected, ...]


def not_inspected(at: Standing) -> Coverage:
    """The units in force, and there all that time, that no inspection of any kind went to in 选项.未检查月数.

    Looks at the years so far; a unit is the same over them by its 编号.
    """
    months = at.year.options.months_without_inspection
    since = _months_before(at.day, months)
    units = tuple(
        NotInspected(unit, last, _planned(at, unit))
        for unit in at.year.units
        if at.is_in_force(unit) and (unit.founded or date.min) <= since
        for last in [_last_inspected(at, unit)]
        if last is None or last <= since
    )
    return Coverage(months, since, date(min(then.year.year for then in at.so_far), 1, 1), units)


def _months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last day of that month where it has no such day."""
    month = day.year * 12 + day.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(day.day - 1), after - timedelta(1))


def _last_inspected(at: Standing, unit: Unit) -> date | None:
    seen = (inspection.last_day for then in at.so_far for inspection in then.inspections_of(unit))
    return max((min(day, at.day) for day in seen), default=None)


def _planned(at: Standing, unit: Unit) -> date | None:
    own = at.year.inspections_of.get(unit.code, ())
    return min((inspection.begins for inspection in own if inspection.begins > at.day), default=None)
