"""Mends what is mechanical in a copy: page, faces, sizes, pitch, brackets of 发文字号, dates. Never other text.

A copy that is mended goes out: comments stay behind, and so does who worked on it and all that is not on the list of
`engine.admission`; tracked changes are accepted.

A fault is mended where it shows, as direct formatting of that paragraph or run; styles are left alone, and so is
every part of the file in which nothing was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse, warning
from liangqing.base.docx_zip import Package, ZipEntry, packed, write_package
from liangqing.base.revisions import REMARK, accept_changes
from liangqing.engine.admission.admit import admitted
from liangqing.engine.remarks import without_remarks
from liangqing.engine.strip_authors import without_traces
from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.deviations import NONE, Deviations
from liangqing.gbt9704.check.find_annexes import label_end
from liangqing.gbt9704.check.fix_page import SticksOut, mend_margin, mend_sheet, sticking_out
from liangqing.gbt9704.check.fix_paragraphs import (
    mend_brackets,
    mend_date,
    mend_face,
    mend_grid,
    mend_pitch,
    mend_quotes,
    mend_size,
)
from liangqing.gbt9704.check.judge import FormatFinding, Report, check_document
from liangqing.gbt9704.check.letters import lead_end
from liangqing.gbt9704.check.paper import RecognisedPaper
from liangqing.gbt9704.check.rule import RuleHit
from liangqing.gbt9704.check.tracked import Tracking
from liangqing.gbt9704.standard import face, size
from liangqing.gbt9704.word.model import CELL, Document, Paragraph, WordSection
from liangqing.gbt9704.word.parts import Parts
from liangqing.gbt9704.word.reader import read_parts

Judging: TypeAlias = Callable[[Document], Report]
Mend: TypeAlias = Callable[[RecognisedPaper, RuleHit], None]
CHECKER = "格式检查"  # the author of tracked changes and comments
_TIMES = 2
_ANYWHERE = ("F605", "F609")  # rules that look at every paragraph, not only at elements of the paper
_SMALLER = {
    "表": "在 Word 里选中表格，“表格工具→布局→自动调整→根据窗口自动调整表格”，再改一次；列太多的，放在横排的一页",
    "图": "在 Word 里把图缩小，再改一次",
}


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
    if element == "附件标识":
        return 0, label_end(_paragraph(hit))
    heading = next((heading for heading in paper.all_headings if heading.paragraph is hit.at), None)
    if heading is None:
        return lead_end(_paragraph(hit)) if element == "正文" else 0, None
    words = heading.paragraph.text
    end = len(words) - len(words.lstrip(" \u3000\t")) + heading.head
    return (0, end) if element.endswith("级标题") else (end, None)


# What a rule of the page is about: the sheet, or one of its margins.
_PAGE = {"F101": "sheet", "F102": "top", "F103": "left", "F104": "bottom", "F105": "right"}


def _page(change: str) -> Mend:
    mend = mend_sheet if change == "sheet" else mend_margin(change)
    return lambda paper, hit: mend(paper.document, _section(hit))


def _section(hit: RuleHit) -> WordSection:
    assert isinstance(hit.at, WordSection)
    return hit.at


# Rule → what mends it. Every rule that says it is `fixed` has a row, which a test holds.
MENDS: dict[str, Mend] = {
    **{code: _page(change) for code, change in _PAGE.items()},
    "F106": lambda paper, hit: mend_pitch(_paragraph(hit)),
    "F107": lambda paper, hit: mend_grid(paper.body, pitch=True),
    "F108": lambda paper, hit: mend_grid(paper.body, pitch=False),
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
    source: Path | bytes,
    name: str,
    deviations: Deviations = NONE,
    by_hand: Corrections = NOTHING,
    *,
    text: bool = False,
) -> Fixed:
    """A mended copy of the file at `source`, the same each time; `by_hand` and `text` as `check` has them.

    Raises Problems for a file in strict Open XML, and for one with macros or embedded objects.
    """
    parts, left_behind = _fit_to_go_out(_mendable(source, name))
    judge = partial(check_document, deviations=deviations, by_hand=by_hand, text=text)
    return _fixed(parts, *_mend(parts, judge), left_behind)


def track(
    source: Path | bytes,
    name: str,
    day: date,
    deviations: Deviations = NONE,
    by_hand: Corrections = NOTHING,
    *,
    text: bool = False,
) -> Fixed:
    """The file at `source` with what `fix` would mend as tracked changes of `day`; all else stays as it is.

    Raises Problems for a file in strict Open XML, with macros, or with tracked changes of somebody else.
    """
    parts = opened(source, name)
    stories = [parts.root(part) for part in parts.stories]
    if any(set(accept_changes(deepcopy(story))) - {REMARK} for story in stories):
        raise refuse(
            Code.CHANGES_PENDING,
            Place(name),
            "里面有还没接受的修订，自动改的会和它们混在一起，没有写",
            "在 Word“审阅”里先接受或拒绝全部修订，保存后再用 --track；不用修订的，用 --fix",
        )
    changes = Tracking(stories)
    judge = partial(check_document, deviations=deviations, by_hand=by_hand, text=text)
    before, after = _mend(parts, judge)
    changes.write(CHECKER, day)
    return _fixed(parts, before, after, ())


def _mendable(source: Path | bytes, name: str) -> Parts:
    parts = Parts(source, name)
    if parts.strict:
        raise refuse(
            Code.STRICT_FILE_NOT_MENDED,
            Place(name),
            "这是“严格 Open XML”格式，不能自动改",
            "用 Word 另存为“Word 文档（*.docx）”再改",
        )
    return parts


def opened(source: Path | bytes, name: str) -> Parts:
    """The parts of a file of which the writer gets a copy with all that is in it.

    Raises Problems for a file in strict Open XML, and for one with macros.
    """
    parts = _mendable(source, name)
    refused = [found for found in admitted(parts.package).refused if found.code == Code.MACRO_INSIDE]
    if refused:
        raise Problems(refused)
    return parts


def _mend(parts: Parts, judge: Judging) -> tuple[Report, Report]:
    """Mends the trees of a file; what was found in it before, and what afterwards."""
    before = report = judge(read_parts(parts))
    tried: list[str] = []
    while (code := _next(report, tried)) is not None:
        tried.append(code)
        alone = set(map(id, _left_alone(report.paper))) if code in _ANYWHERE else set()
        for finding in _open(report):
            if finding.rule.code == code:
                for hit in finding.hits:
                    if id(hit.at) not in alone:
                        MENDS[code](report.paper, hit)
        report = judge(read_parts(parts))
    return before, report


def _fixed(parts: Parts, before: Report, after: Report, told: tuple[Diagnostic, ...]) -> Fixed:
    left = {(finding.rule.code, finding.found) for finding in after.findings}
    mended = tuple(finding for finding in before.findings if (finding.rule.code, finding.found) not in left)
    return Fixed(_written(parts), mended, after.findings, (*told, *_pages_kept(after)))


def _pages_kept(report: Report) -> Iterator[Diagnostic]:
    """What of the page is as it was, since a table or picture would stick out of the one of the standard."""
    kept: dict[SticksOut, None] = {}
    for finding in _open(report):
        for hit in finding.hits if finding.rule.code in _PAGE else ():
            kept |= dict.fromkeys(
                sticking_out(report.paper.document, _section(hit), _PAGE[finding.rule.code])
            )
    for thing in {(thing.place, thing.across): thing for thing in kept}.values():
        way = ("宽", "左右页边距") if thing.across else ("高", "上下页边距")
        message = f"这里的{thing.what}{way[0]} {thing.size:.0f} mm，照标准只排得下 {thing.room:.0f} mm，纸张和{way[1]}没有改"
        yield warning(Code.PAGE_KEPT, Place(report.name, detail=thing.place), message, _SMALLER[thing.what])


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


def _left_alone(paper: RecognisedPaper) -> Iterator[Paragraph]:
    """What stands in and by tables, whose type the standard leaves open; the imprint is of the paper, also in a table."""
    foot = set(map(id, paper.foot))
    yield from paper.beside_tables
    yield from (
        paragraph
        for paragraph in paper.document.paragraphs
        if paragraph.where == CELL and id(paragraph) not in foot
    )


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
