"""Rules over 自查 and 检查."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.chinese import enumerate_words, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.data.model.inspections import Portrait, SelfCheck
from liangqing.data.model.types import NOT_CONCERNED
from liangqing.year.state.standing import Standing


def review_has_a_date(standing: Standing) -> Iterator[Diagnostic]:
    """审核结果 and 审核日期 stand together: self-checks are counted by 审核日期, and one without it would not be."""
    for check in standing.year.self_checks:
        if check.result and check.reviewed is None:
            yield error(
                Code.REVIEW_INCOMPLETE,
                check.place("审核结果"),
                f"自查 {check.code} 有审核结果，没有审核日期",
                "补上「审核日期」",
            )
        if check.reviewed and check.result is None:
            yield error(
                Code.REVIEW_INCOMPLETE,
                check.place("审核日期"),
                f"自查 {check.code} 有审核日期，没有审核结果",
                "补上「审核结果」",
            )


def sent_back_with_reason(standing: Standing) -> Iterator[Diagnostic]:
    for check in standing.year.self_checks:
        if check.result == "退回补充" and check.sent_back_because is None:
            yield warning(
                Code.SENT_BACK_WITHOUT_REASON,
                check.place("审核结果"),
                f"自查 {check.code} 退回补充，没有写理由",
                "补上「退回理由」",
            )


def one_accepted_a_period(standing: Standing) -> Iterator[Diagnostic]:
    """Two accepted 自查 of one 单位 and 期次 without 替代 would be counted twice."""
    superseded = {check.supersedes for check in standing.year.self_checks if check.result == "通过"}
    first: dict[tuple[str, str], SelfCheck] = {}
    for check in standing.year.self_checks:
        if check.result != "通过" or check.code in superseded:
            continue
        unit = standing.year.unit(check.unit)
        other = first.setdefault((unit.code, check.period), check)
        if other is not check:
            yield error(
                Code.TWO_ACCEPTED_CHECKS,
                check.place(),
                f"{unit.short_name}在「{check.period}」有两份通过的自查：{other.code}（{other.place()}）和 {check.code}",
                f"后交的一份写「替代: {other.code}」，或改其中一份的审核结果",
            )


def supersedes_its_like(standing: Standing) -> Iterator[Diagnostic]:
    """A record supersedes an earlier one of the same unit and period, never itself, never in a ring."""
    by_code = standing.year.self_check_by_code
    for check in standing.year.self_checks:
        if check.supersedes is None:
            continue
        other = by_code[check.supersedes]
        if _in_a_ring(check, by_code):
            yield error(
                Code.SUPERSEDES_ITSELF,
                check.place("替代"),
                f"自查 {check.code} 绕一圈替代了自己",
                "只有后交的一份写「替代」",
            )
        elif (standing.year.unit(other.unit), other.period) != (standing.year.unit(check.unit), check.period):
            yield error(
                Code.SUPERSEDES_ANOTHER_KIND,
                check.place("替代"),
                f"自查 {check.code} 替代的 {other.code}（{other.place()}）不是同一单位、同一期次的",
                "改「替代」里的编号",
            )


def _in_a_ring(check: SelfCheck, by_code: dict[str, SelfCheck]) -> bool:
    seen, at = {check.code}, check.supersedes
    while at is not None and at in by_code:
        if at in seen:
            return at == check.code
        seen.add(at)
        at = by_code[at].supersedes
    return False


def known_levels(standing: Standing) -> Iterator[Diagnostic]:
    """A state is one of 选项.四级状态, or 不涉及."""
    words = (*standing.year.options.levels, NOT_CONCERNED)
    for check in standing.year.self_checks:
        for index, said in enumerate(check.tasks):
            if said.state not in words:
                yield _unknown_level(check.place("任务", index, "状态"), said.state, words)
    for inspection in standing.year.inspections:
        for index, seen in enumerate(inspection.results):
            if seen.state not in words:
                yield _unknown_level(inspection.place("任务落实", index, "状态"), seen.state, words)


def _unknown_level(place: Place, word: str, words: tuple[str, ...]) -> Diagnostic:
    return error(
        Code.UNKNOWN_STATE,
        place,
        f"「状态」应为 {enumerate_words(words)} 之一，现为「{word}」",
        suggestion(word, words),
    )


def a_task_once(standing: Standing) -> Iterator[Diagnostic]:
    """A unit has one state for a task in a record: of two, a paper could not say which holds."""
    for check in standing.year.self_checks:
        seen: set[tuple[str, str]] = set()
        for index, task in enumerate(check.tasks):
            if (check.unit, task.task) in seen:
                place = check.place("任务", index, "任务")
                yield error(
                    Code.TASK_TWICE, place, f"自查 {check.code} 里任务 {task.task} 写了两次", "只留一条"
                )
            seen.add((check.unit, task.task))
    for inspection in standing.year.inspections:
        seen = set()
        for index, found in enumerate(inspection.results):
            key = (standing.year.unit(found.unit).code, found.task)
            if key in seen:
                place = inspection.place("任务落实", index, "任务")
                yield error(
                    Code.TASK_TWICE,
                    place,
                    f"检查 {inspection.code} 里「{found.unit}」的任务 {found.task} 写了两次",
                    "只留一条",
                )
            seen.add(key)


def only_inspected_units(standing: Standing) -> Iterator[Diagnostic]:
    """任务落实, 反馈会 and 画像 are of units that the inspection lists."""
    year = standing.year
    portraits: dict[tuple[str, str], Portrait] = {}
    for inspection in year.inspections:
        named = [("任务落实", index, result.unit) for index, result in enumerate(inspection.results)]
        named += [("反馈会", index, meeting.unit) for index, meeting in enumerate(inspection.meetings)]
        for key, index, unit_ref in named:
            if not year.is_inspected(inspection, year.unit(unit_ref)):
                place = inspection.place(key, index, "单位")
                yield _not_inspected(place, unit_ref, inspection.code, inspection.place("单位"))
    for portrait in year.portraits:
        inspection = year.inspection_by_code[portrait.inspection]
        unit = year.unit(portrait.unit)
        if not year.is_inspected(inspection, unit):
            yield _not_inspected(
                portrait.place("单位"), portrait.unit, inspection.code, inspection.place("单位")
            )
        other = portraits.setdefault((inspection.code, unit.code), portrait)
        if other is not portrait:
            yield error(
                Code.PORTRAIT_TWICE,
                portrait.place(),
                f"检查 {inspection.code} 里{unit.short_name}的画像有两份，另一份在 {other.place()}",
                "只留一份",
            )


def _not_inspected(place: Place, unit: str, inspection: str, other: Place) -> Diagnostic:
    return error(
        Code.UNIT_NOT_INSPECTED,
        place,
        f"「{unit}」不在检查 {inspection} 的单位里（{other}）",
        "改单位，或把它加进这次检查的「单位」",
    )


def handed_in(standing: Standing) -> Iterator[Diagnostic]:
    """Every unit in force handed in a 自查 in each period that is over (warning)."""
    year = standing.year
    for index, period in enumerate(year.checklist.periods):
        owing = [unit.short_name for unit in standing.owing(period)] if period.due < standing.day else []
        if owing:
            yield warning(
                Code.CHECKS_NOT_HANDED_IN,
                year.checklist.place("自查期次", index),
                f"「{period.name}」已过报送截止日期，还没有自查的单位：{enumerate_words(owing)}",
                "催报；已经交来的录入「自查」",
            )
