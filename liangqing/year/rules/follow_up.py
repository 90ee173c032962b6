"""Rules over 征求意见, 监督记录, 文书, 送达, 整改反馈, 项目 and 问责统计, and over the years beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import enumerate_words, suggestion, year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.duties import Unit
from liangqing.data.model.follow_up import NO_OPINION, NOT_ADOPTED, PARTLY_ADOPTED, Delivery
from liangqing.register import Line
from liangqing.year.state import facts
from liangqing.year.state.deliveries import delivered_to, sent_to
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing

FEW = 3  # units that are named one by one


def opinion_has_its_reason(standing: Standing) -> Iterator[Diagnostic]:
    """部分采纳 and 未采纳 say why; a decision on an opinion needs the opinion."""
    for opinion in standing.year.opinions:
        if opinion.decision in (PARTLY_ADOPTED, NOT_ADOPTED) and opinion.reason is None:
            message = f"征求意见 {opinion.code} 是{opinion.decision}，没有写理由"
            yield error(Code.DECISION_WITHOUT_REASON, opinion.place("处理"), message, "补上「理由」")
        if opinion.decision not in (None, NO_OPINION) and opinion.opinion is None:
            message = f"征求意见 {opinion.code} 是{opinion.decision}，没有写意见"
            yield error(
                Code.OPINION_AGAINST_DECISION,
                opinion.place("处理"),
                message,
                "补上「意见」；没有意见的写 处理: 无意见",
            )
        if opinion.decision == NO_OPINION and opinion.opinion is not None:
            message = f"征求意见 {opinion.code} 写了意见，处理却是无意见"
            yield error(
                Code.OPINION_AGAINST_DECISION, opinion.place("处理"), message, "改「处理」，或删掉「意见」"
            )


def project_done_on_a_day(standing: Standing) -> Iterator[Diagnostic]:
    """已完成 says when."""
    for project in standing.year.projects:
        if (project.state == "已完成") != (project.done is not None) and project.state is not None:
            message = (
                f"项目 {project.code} 的状态是{project.state}，"
                + ("有" if project.done else "没有")
                + "完成日期"
            )
            yield error(
                Code.PROJECT_STATE_AND_DATE, project.place("状态"), message, "改「状态」或「完成日期」"
            )


def delivery_of_what_went_out(standing: Standing) -> Iterator[Diagnostic]:
    """送达 names a paper that was issued, to its unit."""
    year, book = standing.year, standing.register
    for delivery in year.deliveries:
        line = standing.line_of(delivery)
        if line is None and delivery.number is not None:
            message = f"没有发过「{delivery.number}」"
            yield error(
                Code.DELIVERY_OF_NOTHING_SENT,
                delivery.place("文号"),
                message,
                year_in_brackets(delivery.number) or suggestion(delivery.number, book.by_number),
            )
        elif line is None and delivery.kind == LETTER and delivery.subject is not None:
            subjects = [line.subject for line in book.issued if line.kind == LETTER]
            message = f"没有发过整改函「{delivery.subject}」"
            yield error(
                Code.DELIVERY_OF_NOTHING_SENT,
                delivery.place("对象"),
                message,
                suggestion(delivery.subject, subjects),
            )
        if line is None:  # a paper without a number may be handed over without being frozen
            continue
        if delivery.unit is None:
            yield from _unit_is_known(standing, delivery, line)
            continue
        letter = standing.letter_of(line) if line.kind == LETTER and line.year == year.year else None
        if letter is not None and not _is_or_followed(standing, year.unit(delivery.unit), letter.unit):
            message = (
                f"{line.name} 发给「{letter.unit}」（{letter.place('单位')}），送达的却是「{delivery.unit}」"
            )
            yield error(
                Code.DELIVERY_TO_ANOTHER_UNIT, delivery.place("单位"), message, "改「单位」或「文号」"
            )


def _unit_is_known(standing: Standing, delivery: Delivery, line: Line) -> Iterator[Diagnostic]:
    """A 送达 that names no unit is of a paper to one unit alone."""
    if delivered_to(standing, delivery) is None:
        units = [unit.short_name for unit in sent_to(standing, line)]
        shown = enumerate_words(units[:FEW]) + ("等" if len(units) > FEW else "")
        to = f"发给 {len(units)} 个单位（{shown}）" if units else "没有写发给哪个单位"
        yield error(
            Code.DELIVERY_WITHOUT_UNIT,
            delivery.place("文号"),
            f"{line.name} {to}，送达没有写「单位」，看不出送给了谁",
            f"补上「单位」，如 单位: {units[0] if units else '单位的编号或名称'}；送了几个单位的，一个单位写一条",
        )


def letter_was_delivered(standing: Standing) -> Iterator[Diagnostic]:
    """A letter that is out, and that no 更正 took the place of, has a 送达 (warning)."""
    for letter in standing.year.letters:
        line = facts.standing_line(standing, letter)
        if line is not None and standing.delivered(line) is None:
            yield warning(
                Code.DELIVERY_NOT_RECORDED,
                letter.place(),
                f"{line.name} 还没有送达登记",
                "送达后登记「送达」",
            )


def feedback_on_its_letter(standing: Standing) -> Iterator[Diagnostic]:
    """整改反馈 is on a finding of its letter."""
    for feedback in standing.year.feedbacks:
        letter = standing.year.letter_by_code[feedback.letter]
        if feedback.finding not in letter.findings:
            message = f"整改反馈 {feedback.code} 的问题 {feedback.finding} 不在整改函 {letter.code} 里（{letter.place('问题')}）"
            yield error(
                Code.FEEDBACK_NOT_ON_LETTER, feedback.place("问题"), message, "改「问题」或「整改函」"
            )


def task_continues_last_year(standing: Standing) -> Iterator[Diagnostic]:
    """沿用 names a task of last year, where last year is here."""
    before = standing.years.get(standing.year.year - 1)
    for index, task in enumerate(standing.year.checklist.tasks):
        if before is not None and task.continues is not None and task.continues not in before.task_by_code:
            place = standing.year.checklist.place("任务", index, "沿用")
            message = (
                f"{before.year} 年的清单里没有任务「{task.continues}」（{before.checklist.place('任务')}）"
            )
            yield error(
                Code.CONTINUES_NO_TASK, place, message, suggestion(task.continues, before.task_by_code)
            )


def finding_of_a_unit_in_force(standing: Standing) -> Iterator[Diagnostic]:
    """A unit is inspected while it exists: on the first or the last day of the inspection."""
    for inspection in standing.year.inspections:
        last: date = inspection.last_day
        for index, ref in enumerate(inspection.units):
            unit = standing.year.unit_by_ref.get(ref)
            if unit is not None and not (unit.in_force(inspection.begins) or unit.in_force(last)):
                message = f"检查 {inspection.code} 时「{ref}」还没有成立或已经撤销（{unit.place()}）"
                yield error(
                    Code.UNIT_NOT_IN_FORCE,
                    inspection.place("单位", index),
                    message,
                    "改「单位」，或改检查日期",
                )


def _is_or_followed(standing: Standing, unit: Unit, other: str) -> bool:
    """Whether a unit is the one called `other`, or took over from it."""
    return standing.year.unit(other).code in standing.followed_by(unit.code)
