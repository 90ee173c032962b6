"""Judges a Word file: every rule of its format, each finding with place, clause, strength and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.deviations import NONE, Deviations
from liangqing.gbt9704.check.paper import RecognisedPaper
from liangqing.gbt9704.check.recognise import recognise
from liangqing.gbt9704.check.rule import Rule, RuleHit, place_of
from liangqing.gbt9704.check.rules import RULES
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.word.model import Document
from liangqing.gbt9704.word.reader import read

LEVELS = {
    Strength.MUST: "错误",
    Strength.GENERAL: "警告",
    Strength.RECOMMENDED: "警告",
    Strength.PRACTICE: "提示",
}
DEVIATION = "偏离"


@dataclass(frozen=True)
class FormatFinding:
    """One thing that is not as it should be; `place`, `found`, `expected` and `mend` are words for people.

    `hits` are all places where the same was found, the first is the one that `place` tells. `reason` is why the unit departs from the standard here, where it has said so.
    """

    rule: Rule
    place: str
    found: str
    expected: str
    mend: str
    hits: tuple[RuleHit, ...]
    reason: str = ""

    @property
    def count(self) -> int:
        """In how many places."""
        return len(self.hits)

    @property
    def level(self) -> str:
        """错误 (规定), 警告 (一般, 推荐), 提示 (实务), or 偏离."""
        return DEVIATION if self.reason else LEVELS[self.rule.strength]

    @property
    def broken(self) -> bool:
        """Whether a 规定 of the standard is broken, and not by decision of the unit."""
        return self.rule.strength is Strength.MUST and not self.reason


@dataclass(frozen=True)
class Report:
    """What was found in a file, in the order of the standard, and what kind of paper it was taken for."""

    name: str
    paper: RecognisedPaper
    findings: tuple[FormatFinding, ...]


def check(
    source: Path | bytes, name: str, deviations: Deviations = NONE, by_hand: Corrections = NOTHING
) -> Report:
    """Judge the file at `source`, called `name`, as the paper that a person says it is where that is said `by_hand`.

    Raises Problems for what is no Word file, and for paragraphs that are named and are not there.
    """
    return check_document(read(source, name), deviations, by_hand)


def check_document(
    document: Document, deviations: Deviations = NONE, by_hand: Corrections = NOTHING
) -> Report:
    """Judge a document that was read. Raises Problems for paragraphs that are named and are not there."""
    paper = recognise(document, by_hand)
    found = tuple(_with_reasons(_findings(paper), deviations))
    return Report(document.name, paper, found)


def _findings(paper: RecognisedPaper) -> Iterator[FormatFinding]:
    for rule in RULES:
        if paper.format in rule.formats:
            yield from _merged(rule, list(rule.judge(paper)))


def _merged(rule: Rule, hits: Sequence[RuleHit]) -> Iterator[FormatFinding]:
    """One finding for all places where the same was found and the same should be."""
    groups: dict[tuple[str, str], list[RuleHit]] = {}
    for hit in hits:
        groups.setdefault((hit.found, hit.expected), []).append(hit)
    for (found, expected), same in groups.items():
        mend = next((hit.mend for hit in same if hit.mend), rule.mend)
        place = place_of(same[0].at) + (f"等{len(same)}处" if len(same) > 1 else "")
        yield FormatFinding(rule, place, found, expected, mend, tuple(same))


def _with_reasons(findings: Iterable[FormatFinding], deviations: Deviations) -> Iterator[FormatFinding]:
    for finding in findings:
        yield replace(finding, reason=deviations.reason(finding.rule.code, finding.found))
