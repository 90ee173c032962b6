"""7.3.3: the levels 一、（一）1.（1）: faces, numerals, order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.letters import wrong_faces
from liangqing.gbt9704.check.paper import Heading, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.fonts import face_of
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import STANDARD, face

_PART = re.compile(rf"^第\s*[{like.NUMERALS}\d]+\s*(条|章|节|编|部分)")
_NAMES = {1: "一级标题", 2: "二级标题", 3: "三级标题", 4: "四级标题"}


def _face_of(level: int) -> Rule:
    name = _NAMES[level]
    wanted = face(name)

    def judge(paper: RecognisedPaper) -> Iterator[RuleHit]:
        own = [heading for heading in paper.all_headings if heading.level == level and heading.head]
        yield from wrong_faces([(heading.paragraph, 0, _end(heading)) for heading in own], wanted)

    mend = f"选中标题的文字，“开始→字体”选{wanted.kind}"
    return Rule(f"F33{level}", f"{name}字体", *by(name, "字体"), judge=judge, mend=mend, fixed=True)


def _end(heading: Heading) -> int:
    text = heading.paragraph.text
    return len(text) - len(text.lstrip(" \u3000\t")) + heading.head


def _rest(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """The text that follows a heading in its paragraph, and items that are all text."""
    wanted = face("正文")
    for heading in paper.all_headings:
        words = heading.paragraph.words
        start = _end(heading) if heading.head else len(words) if heading.level == 2 else 0
        if start < len(words):
            yield from wrong_faces([(heading.paragraph, start, None)], wanted)


def _bold(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for heading in paper.all_headings:
        if any(piece.bold and piece.text.strip() for piece in heading.paragraph.pieces):
            yield RuleHit(heading.paragraph, "加粗", "标准只写了字体，没有写加粗")


def _numeral(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for heading in paper.all_headings:
        if not heading.right:
            right = str(STANDARD[_NAMES[heading.level], "序数"].value)
            yield RuleHit(
                heading.paragraph, heading.paragraph.words[:6], f"{_NAMES[heading.level]}写作“{right}”"
            )


def _skipped(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """A level begins under one that is more than one above it; 一、 then 1. is accepted where there is no （一）."""
    for headings in _texts(paper):
        yield from _skipped_in(headings)


def _texts(paper: RecognisedPaper) -> tuple[tuple[Heading, ...], ...]:
    """The headings of each text that is numbered by itself: of the paper, and of each annex."""
    return (paper.headings, *(annex.headings for annex in paper.annexes))


def _skipped_in(headings: tuple[Heading, ...]) -> Iterator[RuleHit]:
    levels = {heading.level for heading in headings}
    before = 0
    for heading in headings:
        gap = [level for level in range(before + 1, heading.level) if level in levels or level == 1]
        if before and heading.level > 1 and gap and not (heading.level == 3 and 2 not in levels):
            words = "、".join(_NAMES[level] for level in gap)
            yield RuleHit(
                heading.paragraph, f"{_NAMES[before]}下面直接是{_NAMES[heading.level]}", f"中间应有{words}"
            )
        elif heading.level == 4 and before in (1, 2) and 3 not in levels:
            yield RuleHit(
                heading.paragraph, f"{_NAMES[before]}下面直接是四级标题", "依次用 一、（一）1.（1）"
            )
        before = heading.level


def _sequence(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for headings in _parts(paper):
        yield from _sequence_in(headings, again=False)
    for annex in paper.annexes:
        yield from _sequence_in(annex.headings, again=True)


def _parts(paper: RecognisedPaper) -> Iterator[tuple[Heading, ...]]:
    """The headings of the text by its parts, articles and lines in the middle, under each of which numerals begin again."""
    headings = {id(heading.paragraph): heading for heading in paper.headings}
    part: list[Heading] = []
    for line in paper.body:
        if id(line) in headings:
            part.append(headings[id(line)])
        elif line.align == "center" or _PART.match(line.words):
            yield tuple(part)
            part = []
    yield tuple(part)


def _sequence_in(headings: tuple[Heading, ...], *, again: bool) -> Iterator[RuleHit]:
    """`again`: an annex may hold several texts, each of which begins with 一. A level of one item alone is a slip."""
    last: dict[int, int] = {}
    for heading in headings:
        expected = last.get(heading.level, 0) + 1
        if heading.number is not None and heading.number not in (expected, 1):
            yield RuleHit(
                heading.paragraph, f"第{heading.number}项，前面没有第{expected}项", f"第{expected}项"
            )
        elif heading.number == 1 and not again and (expected == 2 or (expected > 2 and heading.level == 1)):
            yield RuleHit(heading.paragraph, "序号又从一开始", f"第{expected}项")
        last = {level: value for level, value in last.items() if level < heading.level}
        if heading.number is not None:
            last[heading.level] = heading.number


def _lost(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in paper.document.paragraphs:
        if paragraph.lost_number and paragraph.words:
            yield RuleHit(paragraph, "自动编号的列表已丢失，序号显示不出来", "序号作为文字写出")


def _automatic(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for heading in paper.all_headings:
        if heading.paragraph.label:
            yield RuleHit(
                heading.paragraph,
                f"序号“{heading.paragraph.label}”是自动编号",
                "转成文字，换软件打开才不会丢",
            )
            return


def _label_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Chinese numerals of automatic lists: their font is that of the list, or of the mark of the paragraph."""
    for heading in paper.all_headings:
        label, applied = heading.paragraph.label, heading.paragraph.label_face
        if applied is None or heading.level > 2 or not re.search(f"[{like.NUMERALS}]", label):
            continue
        wanted = face(_NAMES[heading.level])
        known = face_of(applied.name)
        if known is None or known.kind != wanted.kind:
            name = applied.name or "没有设中文字体（Word 一般用宋体）"
            yield RuleHit(
                heading.paragraph,
                f"自动编号“{label}”是{name}",
                f"{wanted.kind}，与{_NAMES[heading.level]}的文字一样",
            )


_ORDER = "依次用“一、”“（一）”“1.”“（1）”"
RULES = (
    *(_face_of(level) for level in _NAMES),
    Rule(
        "F335",
        "标题后正文字体",
        *by("全文", "字体"),
        judge=_rest,
        mend="选中标题后面的文字，“开始→字体”选仿宋",
        fixed=True,
    ),
    Rule(
        "F336",
        "层次序数写法",
        "7.3.3",
        Strength.GENERAL,
        judge=_numeral,
        mend=f"{_ORDER}；括号后不加顿号，阿拉伯数字后用“.”",
    ),
    Rule("F337", "层次不跳级", "7.3.3", Strength.GENERAL, judge=_skipped, mend=_ORDER),
    Rule("F338", "层次序数连续", "7.3.3", Strength.GENERAL, judge=_sequence, mend="按顺序重编"),
    Rule("F339", "标题加粗", "7.3.3", Strength.PRACTICE, judge=_bold, mend="是否加粗按本单位习惯"),
    Rule(
        "F340",
        "编号丢失",
        "7.3.3",
        Strength.GENERAL,
        judge=_lost,
        mend="选中后“开始→编号”重新编号，再转成文字",
    ),
    Rule(
        "F342",
        "自动编号字体",
        "7.3.3",
        Strength.GENERAL,
        judge=_label_face,
        mend="右击编号，“调整列表缩进”或“定义新编号格式→字体”选标题的字体；或者把编号转成文字",
    ),
    Rule(
        "F341",
        "自动编号",
        "7.3.3",
        Strength.PRACTICE,
        judge=_automatic,
        mend="复制后“选择性粘贴→无格式文本”，序号就成为文字",
    ),
)
