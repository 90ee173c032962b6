"""Judges a Word file: every rule of its format, each finding with place, clause, strength and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.deviations import NONE, Deviations
from liangqing.gbt9704.check.formats import resembles_paper
from liangqing.gbt9704.check.paper import ANNEX, OFFICIAL, RecognisedPaper
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
    text: bool = (
        True  # whether what was found in its words is listed: of other kinds of paper only when asked for
    )
    unlisted: int = 0  # findings in the words of a paper that was not recognised, where they are not listed


def check(
    source: Path | bytes,
    name: str,
    deviations: Deviations = NONE,
    by_hand: Corrections = NOTHING,
    *,
    text: bool = False,
) -> Report:
    """Judge the file at `source`, called `name`, as the paper that a person says it is where that is said `by_hand`.

    `text`: punctuation and dates also of what is no official paper. Raises Problems for what is no Word file, and for
    paragraphs that are named and are not there.
    """
    return check_document(read(source, name), deviations, by_hand, text=text)


def check_document(
    document: Document, deviations: Deviations = NONE, by_hand: Corrections = NOTHING, *, text: bool = False
) -> Report:
    """Judge a document that was read; `by_hand`, `text` and what is raised as for `check`."""
    paper = recognise(document, by_hand)
    text = text or paper.format in OFFICIAL | {ANNEX} or (not paper.judged and resembles_paper(paper))
    found = tuple(_with_reasons(_findings(paper, text or not paper.judged), deviations))
    listed = tuple(finding for finding in found if text or not finding.rule.text)
    return Report(document.name, paper, listed, text, len(found) - len(listed))


def _findings(paper: RecognisedPaper, text: bool) -> Iterator[FormatFinding]:
    for rule in RULES:
        if paper.format in rule.formats and (text or not rule.text):
            yield from _merged(rule, list(rule.judge(paper)))


def _merged(rule: Rule, hits: Sequence[RuleHit]) -> Iterator[FormatFinding]:
    """One finding for all places where the same was found and the same should be."""
    groups: dict[tuple[str, str], list[RuleHit]] = {}
    for hit in hits:
        groups.setdefault((hit.found, hit.expected), []).append(hit)
    for (found, expected), same in groups.items():
        mend = next((hit.mend for hit in same if hit.mend), rule.mend)
        example = f"“{same[0].example}”" if same[0].example else ""
        place = place_of(same[0].at) + example + (f"等{len(same)}处" if len(same) > 1 else "")
        yield FormatFinding(rule, place, found, expected, mend, tuple(same))


def _with_reasons(findings: Iterable[FormatFinding], deviations: Deviations) -> Iterator[FormatFinding]:
    for finding in findings:
        yield replace(finding, reason=deviations.reason(finding.rule.code, finding.found))
