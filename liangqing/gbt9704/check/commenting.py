"""A copy of a Word file with what was found in it as comments: for whoever wrote it, at the places themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from liangqing.base.diagnostics import Place
from liangqing.engine.annotate import WordRemark, commented, comments_part, drop_earlier
from liangqing.engine.comment_anchors import story_places
from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.deviations import NONE, Deviations
from liangqing.gbt9704.check.fixing import CHECKER, opened
from liangqing.gbt9704.check.judge import FormatFinding, Report, check_document
from liangqing.gbt9704.check.rule import RuleHit, Where, place_of
from liangqing.gbt9704.word.model import Document, Paragraph, Table, WordSection
from liangqing.gbt9704.word.parts import Parts
from liangqing.gbt9704.word.reader import read_parts

MOST = 10  # comments for one finding: what is found in more places is found everywhere


def with_comments(
    source: Path | bytes,
    name: str,
    day: date,
    deviations: Deviations = NONE,
    by_hand: Corrections = NOTHING,
    *,
    text: bool = False,
) -> tuple[bytes, Report]:
    """The file at `source` with a comment of `day` at each place where something was found, and what was found.

    Comments that are there stay, but for those of an earlier check. Raises Problems for a file in strict Open XML, and
    for one with macros.
    """
    parts = opened(source, name)
    earlier = comments_part(parts.package)
    if earlier:  # those of an earlier check are no remarks that somebody left in it
        drop_earlier(parts.root(parts.main), parts.root(earlier), CHECKER)
    document = read_parts(parts)
    report = check_document(document, deviations, by_hand, text=text)
    places = _FoundPlaces(parts, document)
    remarks = [remark for finding in report.findings for remark in _remarks(finding, places)]
    return commented(parts.package, remarks, CHECKER, day), report


class _FoundPlaces:
    """Where what was found stands, as a place that can be found again in the file."""

    def __init__(self, parts: Parts, document: Document) -> None:
        self._name = parts.name
        self._known = {
            paragraph: place
            for part in parts.stories
            for paragraph, place in story_places(parts.root(part), parts.package, part).items()
        }
        self._first: dict[int, Paragraph] = {}
        for paragraph in reversed(document.paragraphs):
            self._first[id(document.section_of(paragraph))] = paragraph

    def of(self, at: Where) -> Place:
        """Of a table its first cell, of a page the first paragraph on it; where there is none, the words alone."""
        found = at
        if isinstance(at, WordSection):
            found = self._first.get(id(at), "")
        elif isinstance(at, Table):
            found = next(iter(at.paragraphs), "")
        if isinstance(found, Paragraph) and found.element in self._known:
            return self._known[found.element]
        return Place(self._name, detail=place_of(at))


def _remarks(finding: FormatFinding, places: _FoundPlaces) -> Iterator[WordRemark]:
    for number, hit in enumerate(finding.hits[:MOST], 1):
        yield WordRemark(places.of(hit.at), tuple(_lines(finding, hit, number)))


def _lines(finding: FormatFinding, hit: RuleHit, number: int) -> Iterator[str]:
    rule = finding.rule
    where = "页面设置：" if isinstance(hit.at, WordSection) else ""
    yield f"{finding.level} {rule.code} {where}{rule.name}：现为{hit.found}，应为{hit.expected}（{rule.clause} {rule.strength.value}）"
    if finding.reason:
        yield f"本单位偏离：{finding.reason}"
    elif number == 1:
        yield f"怎样改：{finding.mend}"
    if number == 1 and finding.count > MOST:
        yield f"同样的共 {finding.count} 处，批注只加在前 {MOST} 处"
