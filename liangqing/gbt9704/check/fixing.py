"""Mends what is mechanical in a copy: page, faces, sizes, pitch, brackets of 发文字号, dates. Never other text.

A copy that is mended goes out: comments stay behind, and so does who worked on it and all that is not on the list of
`engine.admission`; tracked changes are accepted.

A fault is mended where it shows, as direct formatting of that paragraph or run; styles are left alone, and so is
every part of the file in which nothing was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse
from liangqing.base.docx_zip import Package, ZipEntry, packed, write_package
from liangqing.engine.admission.admit import admitted
from liangqing.engine.remarks import without_remarks
from liangqing.engine.strip_authors import without_traces
from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.deviations import NONE, Deviations
from liangqing.gbt9704.check.fix_paragraphs import (
    mend_brackets,
    mend_date,
    mend_face,
    mend_grid,
    mend_page,
    mend_pitch,
    mend_quotes,
    mend_size,
)
from liangqing.gbt9704.check.judge import FormatFinding, Report, check, check_document
from liangqing.gbt9704.check.paper import RecognisedPaper
from liangqing.gbt9704.check.rule import RuleHit
from liangqing.gbt9704.standard import face, size
from liangqing.gbt9704.word.model import Paragraph
from liangqing.gbt9704.word.parts import Parts
from liangqing.gbt9704.word.reader import read_parts

Mend: TypeAlias = Callable[[RecognisedPaper, RuleHit], None]
_TIMES = 2


@dataclass(frozen=True)
class Fixed:
    """The mended file, what was mended in it, what is left as it was, and what stayed behind."""

    data: bytes
    mended: tuple[FormatFinding, ...]
    left: tuple[FormatFinding, ...]
    remarks: tuple[Diagnostic, ...]


def _face(element: str) -> Mend:
    return lambda paper, hit: mend_face(_paragraph(hit), face(element), _stretch(paper, hit, element))


def _size(element: str) -> Mend:
    return lambda paper, hit: mend_size(_paragraph(hit), size(element))


def _paragraph(hit: RuleHit) -> Paragraph:
    assert isinstance(hit.at, Paragraph)
    return hit.at


def _stretch(paper: RecognisedPaper, hit: RuleHit, element: str) -> tuple[int, int | None]:
    """From which to which character of a paragraph an element reaches."""
    if element == "签发人姓名":
        text = _paragraph(hit).text
        return max(text.find("："), text.find(":")) + 1, None
    heading = next((heading for heading in paper.all_headings if heading.paragraph is hit.at), None)
    if heading is None:
        return 0, None
    words = heading.paragraph.text
    end = len(words) - len(words.lstrip(" \u3000\t")) + heading.head
    return (0, end) if element.endswith("级标题") else (end, None)


# Rule → what mends it. Every rule that says it is `fixed` has a row, which a test holds.
MENDS: dict[str, Mend] = {
    "F101": lambda paper, hit: mend_page(paper.document),
    **dict.fromkeys(("F102", "F103", "F104", "F105"), lambda paper, hit: mend_page(paper.document)),
    "F106": lambda paper, hit: mend_pitch(_paragraph(hit)),
    "F107": lambda paper, hit: mend_grid(paper.document, paper.body, pitch=True),
    "F108": lambda paper, hit: mend_grid(paper.document, paper.body, pitch=False),
    "F203": _face("密级和保密期限"),
    "F204": _size("份号"),
    "F210": lambda paper, hit: mend_brackets(_paragraph(hit)),
    "F212": _face("发文字号"),
    "F213": _size("发文字号"),
    "F220": _face("签发人姓名"),
    "F301": _face("标题"),
    "F303": _size("标题"),
    "F316": _face("主送机关"),
    "F317": _face("正文"),
    "F318": _size("正文"),
    **{f"F33{level}": _face(f"{name}级标题") for level, name in enumerate("一二三四", 1)},
    "F335": _face("正文"),
    "F358": _face("附件说明"),
    "F359": _size("附件说明"),
    "F361": _face("附件标识"),
    "F362": _size("附件标识"),
    "F370": lambda paper, hit: mend_date(_paragraph(hit)),
    "F375": _face("署名"),
    "F376": _size("署名"),
    "F401": _face("抄送机关"),
    "F402": _size("抄送机关"),
    "F406": lambda paper, hit: mend_date(_paragraph(hit)),
    "F502": _face("页码"),
    "F503": _size("页码"),
    "F605": lambda paper, hit: mend_quotes(_paragraph(hit)),
    "F609": lambda paper, hit: mend_quotes(_paragraph(hit)),
}


def fix(
    source: Path | bytes, name: str, deviations: Deviations = NONE, by_hand: Corrections = NOTHING
) -> Fixed:
    """A mended copy of the file at `source`, the same each time.

    Raises Problems for a file in strict Open XML, and for one with macros or embedded objects.
    """
    parts = Parts(source, name)
    if parts.strict:
        raise refuse(
            Code.STRICT_FILE_NOT_MENDED,
            Place(name),
            "这是“严格 Open XML”格式，不能自动改",
            "用 Word 另存为“Word 文档（*.docx）”再改",
        )
    parts, left_behind = _fit_to_go_out(parts)
    before = check_document(read_parts(parts), deviations, by_hand)
    report = before
    tried: list[str] = []
    while (code := _next(report, tried)) is not None:
        tried.append(code)
        for finding in _open(report):
            if finding.rule.code == code:
                for hit in finding.hits:
                    MENDS[code](report.paper, hit)
        report = check_document(read_parts(parts), deviations, by_hand)
    data = _written(parts)
    after = check(data, name, deviations, by_hand)
    left = {(finding.rule.code, finding.found) for finding in after.findings}
    mended = tuple(finding for finding in before.findings if (finding.rule.code, finding.found) not in left)
    return Fixed(data, mended, after.findings, left_behind)


def _fit_to_go_out(parts: Parts) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """The parts that may go out, the same where those are all; and what is told of the others."""
    found = admitted(parts.package)
    if found.refused:
        raise Problems(found.refused)
    remarks = without_remarks(found.package)
    fit = without_traces(remarks.package).parts
    if all(fit.get(name) is part for name, part in parts.package.parts.items()):
        return parts, ()
    return Parts(write_package(map(ZipEntry, fit.values())), parts.name), (*found.told, *remarks.warnings)


def _open(report: Report) -> Iterator[FormatFinding]:
    """What a mend may be for: a unit's own departures stay."""
    return (finding for finding in report.findings if not finding.reason and finding.rule.code in MENDS)


def _next(report: Report, tried: Sequence[str]) -> str | None:
    """One rule at a time, since a mend may cut runs; twice, since a mended page may show a line too few."""
    return next(
        (finding.rule.code for finding in _open(report) if tried.count(finding.rule.code) < _TIMES), None
    )


def _written(parts: Parts) -> bytes:
    return write_package(_entries(parts))


def _entries(parts: Parts) -> Iterator[ZipEntry]:
    package: Package = parts.package
    for name, part in package.parts.items():
        root = parts.changed(name)
        if root is None:
            yield ZipEntry(part)
        else:
            data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            yield ZipEntry(packed(name, data))
