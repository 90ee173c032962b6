"""The table of all rules, and `audit`, which asks each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from liangqing.base.diagnostics import Diagnostic, Severity
from liangqing.year.rules import (
    blanks,
    corrections,
    date_order,
    duties,
    findings,
    follow_up,
    gates,
    incoming,
    inspections,
    letters,
    names,
    papers,
    scan_texts,
    signatures,
    slips,
    successors,
)
from liangqing.year.state.standing import Standing

RULES: tuple[Callable[[Standing], Iterable[Diagnostic]], ...] = (
    duties.year_of_checklist,
    duties.heads_have_dates,
    duties.one_arrangement_a_year,
    duties.draft_was_sent_out,
    duties.final_after_the_opinions,
    duties.round_is_a_known_one,
    inspections.review_has_a_date,
    inspections.sent_back_with_reason,
    inspections.one_accepted_a_period,
    inspections.supersedes_its_like,
    inspections.known_levels,
    inspections.a_task_once,
    inspections.only_inspected_units,
    inspections.handed_in,
    blanks.blanks_are_filled,
    findings.finding_of_an_inspected_unit,
    findings.conclusion_has_a_date,
    findings.extension_of_a_limit,
    findings.change_of_something,
    findings.known_waivers,
    findings.person_has_post,
    findings.limit_on_working_day,
    findings.year_has_an_arrangement,
    gates.finding_is_ready,
    gates.closing_is_earned,
    gates.evidence_is_not_older,
    gates.signature_still_holds,
    signatures.signed_or_refused,
    signatures.signed_findings_belong,
    signatures.two_signers_of_one_name,
    letters.letter_to_its_unit,
    letters.finding_in_one_letter,
    letters.reply_to_what_went_out,
    letters.numbers_follow_dates,
    letters.issued_still_there,
    letters.reply_overdue,
    letters.reply_on_working_day,
    letters.new_limit_on_working_day,
    papers.paper_to_its_units,
    follow_up.opinion_has_its_reason,
    gates.opinion_is_decided,
    follow_up.project_done_on_a_day,
    follow_up.delivery_of_what_went_out,
    follow_up.letter_was_delivered,
    follow_up.feedback_on_its_letter,
    incoming.incoming_from_somebody,
    incoming.incoming_answers_what_went_out,
    corrections.correction_of_what_went_out,
    corrections.correction_of_what_stands,
    corrections.correction_to_the_same_unit,
    corrections.corrected_once,
    corrections.correction_keeps_the_findings,
    follow_up.task_continues_last_year,
    successors.succession_ends,
    successors.abolished_unit_is_succeeded,
    successors.letter_to_a_unit_in_force,
    follow_up.finding_of_a_unit_in_force,
    date_order.dates_in_order,
    date_order.dates_in_their_year,
    scan_texts.nothing_that_must_stay_out,
    scan_texts.nothing_that_spoils_a_page,
    names.units_by_their_names,
    names.codes_stay_inside,
    slips.texts_mean_what_they_say,
)


# Errors that say that something is not there: true only when everything was read.
OF_ABSENCE = frozenset({letters.issued_still_there})


def audit(standing: Standing, *, complete: bool = True, today: date | None = None) -> list[Diagnostic]:
    """Everything that the rules find in a year, each thing once, in the order of RULES.

    When records were taken out (`complete` is False) only errors are told: a gate or a warning may be about
    something that is merely not read yet. `today` is the day of the clock, after which nothing has happened; None:
    what is dated later is not told.
    """
    rules = [rule for rule in RULES if complete or rule not in OF_ABSENCE]
    found = dict.fromkeys(diagnostic for rule in rules for diagnostic in rule(standing))
    if today is not None:
        found |= dict.fromkeys(date_order.not_yet(standing, today))
    return [diagnostic for diagnostic in found if complete or diagnostic.severity is Severity.ERROR]
