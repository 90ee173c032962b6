"""Rules over 问题: who answers for it, until when, and how it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import long_date, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.workdays import FILE as ARRANGEMENTS
from liangqing.base.workdays import PRESUMED
from liangqing.data.model.findings import Finding
from liangqing.data.model.types import Spot, Waivable
from liangqing.year.rules.gates import WAIVABLE
from liangqing.year.state.standing import AGREED, Standing


def finding_of_an_inspected_unit(standing: Standing) -> Iterator[Diagnostic]:
    """A finding is of a unit that its inspection lists: else no report would show it."""
    year = standing.year
    for finding in year.findings:
        inspection = year.inspection_by_code[finding.inspection]
        if not year.is_inspected(inspection, year.unit(finding.unit)):
            yield error(
                Code.UNIT_NOT_INSPECTED,
                finding.place("单位"),
                f"「{finding.unit}」不在检查 {inspection.code} 的单位里（{inspection.place('单位')}）",
                "改单位，或把它加进这次检查的「单位」",
            )


def conclusion_has_a_date(standing: Standing) -> Iterator[Diagnostic]:
    """A round with a 结论 says when it was reached."""
    for finding in standing.year.findings:
        for index, closing in enumerate(finding.closings):
            if closing.conclusion == AGREED and closing.closed is None:
                place = finding.place("销号", index, "结论")
                yield error(
                    Code.CLOSING_WITHOUT_DATE,
                    place,
                    f"问题 {finding.code} 同意销号，没有销号日期",
                    "补上「销号日期」",
                )
            if closing.conclusion and closing.conclusion != AGREED and closing.concluded is None:
                place = finding.place("销号", index, "结论")
                message = f"问题 {finding.code} 的销号结论是{closing.conclusion}，没有写日期"
                yield error(Code.CLOSING_WITHOUT_DATE, place, message, "补上「核查日期」")


def extension_of_a_limit(standing: Standing) -> Iterator[Diagnostic]:
    """延期 needs a limit that it moves."""
    for finding in standing.year.findings:
        if finding.extensions and finding.limit is None:
            yield error(
                Code.CHANGE_OF_NOTHING,
                finding.place("延期"),
                f"问题 {finding.code} 没有整改时限，谈不上延期",
                "先写「整改时限」",
            )


def change_of_something(standing: Standing) -> Iterator[Diagnostic]:
    """责任变更 changes a responsibility that there is."""
    for finding in standing.year.findings:
        if finding.changes and finding.responsibility is None:
            place = finding.place("责任变更")
            yield error(
                Code.CHANGE_OF_NOTHING,
                place,
                f"问题 {finding.code} 没有写责任，谈不上责任变更",
                "先写「责任」",
            )


def known_waivers(standing: Standing) -> Iterator[Diagnostic]:
    """放行 names a gate that exists."""
    for record in standing.year.records():
        for index, waiver in enumerate(record.waivers if isinstance(record, Waivable) else ()):
            if waiver.gate not in WAIVABLE:
                place = record.place("放行", index, "门槛")
                yield error(
                    Code.UNKNOWN_GATE, place, f"没有门槛「{waiver.gate}」", suggestion(waiver.gate, WAIVABLE)
                )


def person_has_post(standing: Standing) -> Iterator[Diagnostic]:
    """责任人 is written with 职务 (warning)."""
    for finding in standing.year.findings:
        if finding.responsibility and finding.responsibility.post is None:
            yield warning(
                Code.PERSON_WITHOUT_POST,
                finding.place("责任"),
                f"问题 {finding.code} 的责任人没有写职务",
                "补上「职务」",
            )


def limit_on_working_day(standing: Standing) -> Iterator[Diagnostic]:
    """A time limit falls on a working day (warning)."""
    for finding in standing.year.findings:
        for path, day in _limits(finding):
            yield from day_off(standing, Spot(finding, path), f"问题 {finding.code} 的时限", day)


def year_has_an_arrangement(standing: Standing) -> Iterator[Diagnostic]:
    """The years in which limits and replies fall, and up to which delays are counted, have a calendar (one warning a year)."""
    year = standing.year
    limits = [day for finding in year.findings for _, day in _limits(finding)]
    days = [*limits, *(letter.reply_by for letter in year.letters)]
    days += [paper.new_limit for paper in year.papers if paper.new_limit is not None]
    days += [standing.day] if any(limit < standing.day for limit in limits) else []
    for number in sorted({day.year for day in days}):
        if not year.calendar.knows(number):
            yield warning(
                Code.YEAR_BY_WEEKENDS,
                Place(ARRANGEMENTS),
                f"没有 {number} 年的节假日安排，{number} 年的工作日{PRESUMED}",
                f"放假安排公布后，在 {ARRANGEMENTS}（没有就新建）的「调休」下面照公布的日期写一条，例如"
                f"「- {{年度: {number}, 放假: [{number}-10-01至{number}-10-07], 上班: [{number}-10-10]}}」",
            )


def _limits(finding: Finding) -> Iterator[tuple[tuple[str | int, ...], date]]:
    if isinstance(finding.limit, date):
        yield ("整改时限",), finding.limit
    for index, extension in enumerate(finding.extensions):
        yield ("延期", index, "新时限"), extension.limit


def day_off(standing: Standing, spot: Spot, what: str, day: date) -> Iterator[Diagnostic]:
    """A warning when `day`, called `what` in the message, is no working day.

    `spot` is the place in the data that the message names.
    """
    calendar = standing.year.calendar
    if calendar.is_day_off(day):
        how = "" if calendar.knows(day.year) else f"（{PRESUMED}）"
        yield warning(
            Code.DAY_OFF,
            spot.place,
            f"{what}（{long_date(day)}）是休息日{how}",
            "改到工作日；确需如此可不改",
        )
