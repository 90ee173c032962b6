"""What work on a paper left in it: tracked changes, comments, highlights. The standard knows none of them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.gbt9704.check.paper import OFFICIAL, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit
from liangqing.gbt9704.row import Strength

_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange")
_REVISIONS = tuple(f"{W}{name}" for name in _CHANGES)
_COMMENT = f"{W}commentReference"
_MARKED = (f"{W}highlight", f"{W}shd")
_PLAIN = ("none", "auto", "", "FFFFFF", "white")  # fills that do not show


def _in_text(paper: RecognisedPaper, *tags: str) -> Iterator[tuple[etree._Element, RuleHit]]:
    """Elements of the text with these tags, each with a hit at its paragraph that says nothing yet."""
    paragraphs = {paragraph.element: paragraph for paragraph in paper.document.paragraphs}
    first = next(iter(paper.document.paragraphs), None)
    if first is None:
        return
    for element in first.element.getroottree().getroot().iter(*tags):
        around = next(iter(element.iterancestors(f"{W}p")), None)
        place = paragraphs.get(around) if around is not None else None
        yield element, RuleHit(place if place is not None else "正文", "", "")


def _changes(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for element, hit in _in_text(paper, *_REVISIONS, _COMMENT):
        if element.tag == _COMMENT:
            yield RuleHit(hit.at, "批注", "没有批注")
        else:
            yield RuleHit(hit.at, "没有接受的修订", "接受或拒绝以后的文字")


def _highlights(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for element, hit in _in_text(paper, *_MARKED):
        run = element.getparent()
        run = run.getparent() if run is not None and run.tag == f"{W}rPr" else None
        shown = element.get(f"{W}val" if element.tag == _MARKED[0] else f"{W}fill", "")
        if run is None or run.tag != f"{W}r" or shown in _PLAIN:
            continue
        if "".join(text.text or "" for text in run.iter(f"{W}t")).strip():
            yield RuleHit(hit.at, "文字有突出显示的底色", "没有底色")


RULES = (
    Rule(
        "F113",
        "修订、批注",
        "5",
        Strength.PRACTICE,
        judge=_changes,
        mend="“审阅→接受→接受所有修订”，“审阅→删除→删除文档中的所有批注”",
        formats=OFFICIAL,
    ),
    Rule(
        "F114",
        "突出显示",
        "5",
        Strength.PRACTICE,
        judge=_highlights,
        mend="选中文字，“开始→以不同颜色突出显示文本→无颜色”，底纹也选无颜色",
        formats=OFFICIAL,
    ),
)
