"""The table of all rules, and the one verb of this stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from liangqing.errors import Diagnostic, Severity
from liangqing.figures import Standing
from liangqing.rules import checks, closing, duties, entering, following, gates, letters, names, signatures

RULES: tuple[Callable[[Standing], Iterable[Diagnostic]], ...] = (
    duties.year_of_checklist,
    duties.heads_have_dates,
    duties.one_arrangement_a_year,
    duties.dates_in_order,
    duties.draft_was_sent_out,
    duties.final_after_the_opinions,
    checks.year_of_inspection,
    checks.last_day_not_before_first,
    checks.review_has_a_date,
    checks.sent_back_with_reason,
    checks.one_accepted_a_period,
    checks.supersedes_its_like,
    checks.known_levels,
    checks.a_task_once,
    checks.only_inspected_units,
    checks.handed_in,
    closing.finding_of_an_inspected_unit,
    closing.close_out_dates,
    closing.extension_moves_on,
    closing.change_of_something,
    closing.known_waivers,
    closing.person_has_post,
    closing.limit_on_working_day,
    gates.finding_is_ready,
    gates.closing_is_earned,
    gates.evidence_is_not_older,
    gates.signature_still_holds,
    signatures.signed_or_refused,
    signatures.signed_findings_belong,
    signatures.two_signers_of_one_name,
    letters.letter_to_its_unit,
    letters.finding_in_one_letter,
    letters.reply_after_issue,
    letters.limit_after_issue,
    letters.issue_after_finding,
    letters.numbers_follow_dates,
    letters.issued_still_there,
    letters.reply_overdue,
    letters.reply_on_working_day,
    following.opinion_has_its_reason,
    gates.opinion_is_decided,
    following.year_of_records,
    following.project_dates,
    following.delivery_of_what_went_out,
    following.letter_was_delivered,
    following.feedback_on_its_letter,
    following.correction_of_what_went_out,
    following.task_continues_last_year,
    following.abolished_unit_is_succeeded,
    following.finding_of_a_unit_in_force,
    entering.nothing_that_must_stay_out,
    entering.nothing_that_spoils_a_page,
    names.units_by_their_names,
)


# Errors that say that something is not there: true only when everything was read.
OF_ABSENCE = frozenset({letters.issued_still_there})


def audit(standing: Standing, *, complete: bool = True) -> list[Diagnostic]:
    """Everything that the rules find, each thing once.

    When records were taken out (`complete` is False) only errors are told: a gate or a warning may be about
    something that is merely not read yet.
    """
    rules = [rule for rule in RULES if complete or rule not in OF_ABSENCE]
    found = dict.fromkeys(each for rule in rules for each in rule(standing))
    return [each for each in found if complete or each.severity is Severity.ERROR]
