"""What was told of rectification: by the person who keeps the records, else by the unit in its 整改情况反馈表."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from liangqing.base.chinese import long_date, unstopped
from liangqing.data.model.findings import Evidence, Finding, Progress
from liangqing.data.model.follow_up import Feedback
from liangqing.data.model.types import Spot
from liangqing.year.state.drafted import DraftOfChecklist

OF_FORM = "（反馈表）"  # stands after what a unit told in its 整改情况反馈表 and nobody typed


class FormTold(NamedTuple):
    """A 反馈表 on a finding, and the 进展 by which a person typed it into the records; none: nobody typed it."""

    form: Feedback
    typed: tuple[Progress, ...]

    @property
    def evidence_is_typed(self) -> bool:
        """Whether a person typed evidence with it, so that what the form lists is not listed beside that."""
        return any(progress.evidence for progress in self.typed)


@dataclass(frozen=True)
class ToldOfRectification(DraftOfChecklist):
    """进展, 佐证 and 整改措施 of a finding by the day: what was typed, and what only the 反馈表 of the unit tell."""

    def progress(self, finding: Finding) -> tuple[Progress, ...]:
        """进展 told by the day, in order of date; what is taken from a form that nobody typed says so: 「…（反馈表）」."""
        told = [*finding.progress_by(self.day)]
        told += [told_by(form) for form, typed in self.forms_told(finding) if not typed]
        return tuple(sorted(told, key=attrgetter("day")))

    def evidence(self, finding: Finding) -> list[Evidence]:
        """佐证 handed in by the day, in order: what was typed, and that of each 反馈表 which nobody typed."""
        told = [*finding.progress_by(self.day)]
        told += [told_by(told.form) for told in self.forms_told(finding) if not told.evidence_is_typed]
        return [proof for progress in sorted(told, key=attrgetter("day")) for proof in progress.evidence]

    def proofs(self, finding: Finding) -> list[Evidence]:
        """What of that may show that the finding was put right: not the pictures of how it was before."""
        return [evidence for evidence in self.evidence(finding) if evidence.proves]

    def measures(self, finding: Finding) -> tuple[str, ...]:
        """整改措施; where nobody typed any, those of each 反馈表 received by the day."""
        told = (form.measures for form in self.forms_on(finding))
        named = (f"{unstopped(words)}{OF_FORM}" for words in told if words)
        return finding.measures or tuple(dict.fromkeys(named))

    def forms_told(self, finding: Finding) -> list[FormTold]:
        """The 反馈表 on a finding received by the day, in order, each with the 进展 that a person typed of it."""
        typed, told, before = finding.progress_by(self.day), list[FormTold](), date.min
        for form in self.forms_on(finding):
            own = tuple(progress for progress in typed if _is_of(form, progress, before))
            told.append(FormTold(form, own))
            before = form.day
        return told

    def early_evidence(self, finding: Finding, decided: date) -> Iterator[tuple[Spot, Evidence]]:
        """佐证 told by the day that is dated before the inspection's first day and has no 说明, with where it stands.

        `decided`: the day of the conclusion that rests on it; what a unit handed in later does not touch that.
        """
        begins = self.year.inspection_by_code[finding.inspection].begins
        for spot, proof in self._proofs(finding, decided):
            if proof.proves and proof.day is not None and proof.day < begins and proof.remark is None:
                yield spot, proof

    def _proofs(self, finding: Finding, decided: date) -> Iterator[tuple[Spot, Evidence]]:
        for place, progress in enumerate(finding.progress):
            if progress.day <= self.day:
                for index, proof in enumerate(progress.evidence):
                    yield Spot(finding, ("进展", place, "佐证", index)), proof
        for told in self.forms_told(finding):
            if told.form.day <= decided and not told.evidence_is_typed:
                for index, proof in enumerate(told.form.evidence):
                    yield Spot(told.form, ("佐证", index)), proof


def _is_of(form: Feedback, progress: Progress, before: date) -> bool:
    """Whether a 进展 is what a person typed of a form; `before`: the day of the form before it.

    It is of the day of the form or of its 完成日期, or it names evidence of the form or says its very words. Any other
    is of something else, and the form is told beside it.
    """
    if progress.day <= before:
        return False
    same_words = unstopped(progress.what) == unstopped(form.outcome)
    same_evidence = _names(progress.evidence) & _names(form.evidence)
    return progress.day in (form.day, form.done) or same_words or bool(same_evidence)


def _names(evidence: tuple[Evidence, ...]) -> set[str]:
    return {unstopped(proof.name) for proof in evidence}


def told_by(form: Feedback) -> Progress:
    """进展 as a unit told it in a 反馈表, of the day on which that was received; each text says where it is from."""
    done = f"，{long_date(form.done)}完成" if form.done else ""
    evidence = (
        proof.model_copy(update={"name": f"{unstopped(proof.name)}{OF_FORM}"}) for proof in form.evidence
    )
    return Progress.model_construct(
        day=form.day, what=f"{unstopped(form.outcome)}{done}{OF_FORM}", evidence=tuple(evidence)
    )
