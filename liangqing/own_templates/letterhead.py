"""What makes a letter or a file of a text: red mark, red rules, imprint at the foot of the last page."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator

from liangqing.gbt9704.standard import length
from liangqing.own_templates.drawing import Place, box, line
from liangqing.own_templates.markup import Element, choose, flatten, paragraph, w, when
from liangqing.own_templates.measures import (
    FILE_MARK_TOP,
    FILE_RULE_SPACE,
    IMPRINT_LINE,
    INK_HEIGHT,
    LETTER_MARK_TOP,
    LETTER_NUMBER_GAP,
    LETTER_RULE_FOOT,
    LETTER_RULE_GAP,
    LETTER_RULE_LENGTH,
    LINE,
    MARK_LINE,
    MARK_SIZE,
    PORTRAIT,
    RULE_THICK,
    RULE_THIN,
    ink_drop,
    mm,
)
from liangqing.own_templates.word_styles import MARKS, RED

# Of 抄送: characters in a line, and lines that room is kept for.
COPIES_WIDTH = 25
MOST_COPIES = 12
# The two lines of a rule of the letter, in points, and the white between them, in millimetres.
THICK = length("信函", "红线粗线").points
THIN = length("信函", "红线细线").points
BETWEEN = length("信函", "红线间隙").mm


def _millimetres(value: float) -> float:
    return value / 72 * 25.4


def _mark(words: str, *properties: Element) -> Iterator[Element]:
    """The mark in one line, drawn the narrower the longer it is; `words` is an expression, such as 机构.标志."""

    def set_in(style: str) -> list[Element]:
        return [paragraph(style, f"{{{{ {words} }}}}", properties=copy.deepcopy(properties))]

    *narrowing, (_, narrowest) = MARKS
    cases = ((f"({words}) | 字宽 <= {widest:g}", set_in(style)) for widest, style in narrowing)
    return choose(*cases, otherwise=set_in(narrowest))


def letter_mark(words: str) -> Element:
    """The mark of a letter, as a run: its ink begins 30 mm under the edge of the sheet, centred on the sheet.

    A box, since a frame would push the text below it further down.
    """
    left = (210 - LETTER_RULE_LENGTH) / 2
    top = LETTER_MARK_TOP - ink_drop(MARK_LINE, MARK_SIZE)
    place = Place(left, top, LETTER_RULE_LENGTH, _millimetres(MARK_LINE))
    return box(8, "发文机关标志", place, _mark(words))


def _upper_rule() -> float:
    """Upper edge of the upper double rule: 4 mm under the ink of the mark."""
    return LETTER_MARK_TOP + _millimetres(MARK_SIZE) * INK_HEIGHT + LETTER_RULE_GAP


def letter_rules() -> list[Element]:
    """Four plain lines, thick and thin above, thin and thick below; viewers draw compound lines as one."""
    thick, thin = _millimetres(THICK), _millimetres(THIN)
    upper, lower = _upper_rule(), 297 - LETTER_RULE_FOOT
    middles = (
        (upper + thick / 2, THICK),
        (upper + thick + BETWEEN + thin / 2, THIN),
        (lower - thick - BETWEEN - thin / 2, THIN),
        (lower - thick / 2, THICK),
    )
    left = (210 - LETTER_RULE_LENGTH) / 2
    return [
        line(number, Place(left, middle, LETTER_RULE_LENGTH), weight, RED)
        for number, (middle, weight) in enumerate(middles, 1)
    ]


def letter_number(mark: Element, content: Element) -> Element:
    """发文字号 of a letter, which carries the mark: flush right, its ink 7/8 of a character under the upper rule."""
    rule = _upper_rule() + _millimetres(THICK) + BETWEEN + _millimetres(THIN)
    before = mm(rule + LETTER_NUMBER_GAP - ink_drop(LINE / 20, 16)) - PORTRAIT.top
    return paragraph("发文字号", mark, content, properties=[w("spacing", before=before)])


def file_mark(words: str) -> Iterator[Element]:
    """The mark of a file: its ink begins 35 mm under the edge of the type area (7.2.4)."""
    before = mm(FILE_MARK_TOP - ink_drop(MARK_LINE, MARK_SIZE)) - PORTRAIT.top
    outside = -mm((LETTER_RULE_LENGTH - 156) / 2)
    return _mark(words, w("spacing", before=before), w("ind", left=outside, right=outside))


def file_number(content: Element) -> Element:
    """发文字号 of a file: centred, a red rule of the width of the type area 4 mm under it (7.2.7)."""
    rule = w("bottom", val="single", sz=RULE_THICK, space=FILE_RULE_SPACE, color=RED)
    return paragraph("发文字号", content, properties=[w("pBdr", rule), w("jc", val="center")])


def minutes_line(text: str) -> Element:
    """Who held the meeting, and when, over a red rule of the width of the type area."""
    rule = w("bottom", val="single", sz=RULE_THICK, space=FILE_RULE_SPACE, color=RED)
    return paragraph("纪要机关日期", text, properties=[w("pBdr", rule)])


def imprint(*blocks: Element | Iterable[Element], lines: int, copies: str | None = None) -> Iterator[Element]:
    """The imprint, on the lower edge of the type area of the last page (7.4), and room for it under the text.

    `lines`: how many it has, with one for 抄送; `copies`: the variable with the list of 抄送, whose further lines
    it has room for as well.
    """
    yield from (paragraph("版记占位") for _ in range(lines))
    for further in range(1, MOST_COPIES) if copies else ():
        condition = f"{copies} and ('抄送' ~ ({copies} | 顿号)) | 字宽 > {further * COPIES_WIDTH}"
        yield from when(condition, paragraph("版记占位"))
    place = Place(28.0, None, 156.0, _millimetres(lines * IMPRINT_LINE / 20))
    yield paragraph("细行", box(9, "版记", place, flatten(*blocks)))


def imprint_rule(thick: bool) -> Element:
    """A black rule of the imprint: the outer ones thick, the inner thin (7.4.1)."""
    edge = w("bottom", val="single", sz=RULE_THICK if thick else RULE_THIN, space=0, color="000000")
    return paragraph("细行", properties=[w("pBdr", edge)])
