"""What makes a letter or a file of a text: the red mark, the red rules, the imprint at the foot of the last page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liangqing.gbt9704.standard import length
from template_sources.builder.ooxml import Place, box, line, paragraph, rule, run, tag_line, x
from template_sources.builder.styles import RED, Style
from template_sources.builder.units import LINE, PORTRAIT, in_mm, mm, points_in_mm

SHEET = length("纸张", "宽").mm, length("纸张", "高").mm
TYPE_AREA = 156.0  # mm, its width
FIRST_MARK = "发文机关标志"
MARK_SIZE, MARK_LINE = 30.0, 36.0  # points, as 样式.txt has them
CORNER = ("份号", "紧急程度")  # from the top down (7.2.3); no paper with a 密级 is made here
# Ink of a Chinese character, in parts of its size: above the baseline, and from top to foot. A line of exact
# height has its baseline at four fifths.
INK_ABOVE, INK_HEIGHT, BASELINE = 0.86, 0.946, 0.8
# 7.2.4: the upper edge of a file's mark; 10.1: that of a letter's, and the rules of a letter; in millimetres.
FILE_MARK_TOP = length("版面", "天头").mm + length("发文机关标志", "距版心上边缘").mm
ORDER_MARK_TOP = length("版面", "天头").mm + length("命令", "标志距版心上边缘").mm  # 10.2
LETTER_MARK_TOP = length("信函", "标志上边缘").mm
RULE_LENGTH = length("信函", "红线长").mm
RULE_LEFT = (SHEET[0] - RULE_LENGTH) / 2
BETWEEN = length("信函", "红线间隙").mm
THICK, THIN = length("信函", "红线粗线").points, length("信函", "红线细线").points
UPPER_RULE = LETTER_MARK_TOP + points_in_mm(MARK_SIZE) * INK_HEIGHT + length("信函", "红线距标志").mm
LOWER_RULE = SHEET[1] - length("信函", "红线距下页边").mm
# Of 抄送: characters in a line, and lines that room is kept for. The imprint's lines are of 21 points.
COPIES_WIDTH, MOST_COPIES, IMPRINT_LINE = 25, 12, 21


def ink_drop(line: float, size: float) -> float:
    """How far, in mm, the ink begins under the upper edge of a line of exact height (both in points)."""
    return points_in_mm(BASELINE * line - INK_ABOVE * size)


def _mark(words: str, styles: Mapping[str, Style], properties: str = "") -> str:
    """The mark in one line, drawn the narrower the longer it is; `words` is an expression, such as 机构.标志."""
    *narrowing, narrowest = (style for style in styles.values() if style.name.startswith(FIRST_MARK))

    def blocks() -> Iterator[str]:
        for number, style in enumerate(narrowing):
            widest = PORTRAIT.text_width / 20 // (MARK_SIZE * style.scale / 100)
            yield tag_line(f"{{% {'elif' if number else 'if'} ({words}) | 字宽 <= {widest:g} %}}")
            yield paragraph(style.name, run(f"{{{{ {words} }}}}"), properties=properties)
        yield tag_line("{% else %}")
        yield paragraph(narrowest.name, run(f"{{{{ {words} }}}}"), properties=properties)
        yield tag_line("{% endif %}")

    return "".join(blocks())


def letter_mark(words: str, styles: Mapping[str, Style]) -> str:
    """The mark of a letter, as a run: its ink begins 30 mm under the edge of the sheet, centred on the sheet.

    A box, since a frame would push the text below it further down.
    """
    top = LETTER_MARK_TOP - ink_drop(MARK_LINE, MARK_SIZE)
    return box(
        8, FIRST_MARK, Place(RULE_LEFT, top, RULE_LENGTH, points_in_mm(MARK_LINE)), _mark(words, styles)
    )


def letter_rules() -> str:
    """The red double rules of a letter's first page: thick and thin above, thin and thick below."""
    thick, thin = points_in_mm(THICK), points_in_mm(THIN)
    middles = (
        (UPPER_RULE + thick / 2, THICK),
        (UPPER_RULE + thick + BETWEEN + thin / 2, THIN),
        (LOWER_RULE - thick - BETWEEN - thin / 2, THIN),
        (LOWER_RULE - thick / 2, THICK),
    )
    return "".join(
        line(number, Place(RULE_LEFT, middle, RULE_LENGTH), weight, RED)
        for number, (middle, weight) in enumerate(middles, 1)
    )


def corner(of: str) -> str:
    """份号 and 紧急程度, as a run: on the first lines of the type area of a file (7.2.1), or under a letter's rule (10.1)."""
    lines = (
        tag_line(f"{{% if {name} %}}") + paragraph(name, run(f"{{{{ {name} }}}}")) + tag_line("{% endif %}")
        for name in CORNER
    )
    place = Place(28.0, in_mm(CORNERS[of]), 40.0, in_mm(len(CORNER) * LINE))
    return box(7, "版头左上角", place, "".join(lines))


def _below_rule() -> int:
    """Where the line of a letter's 发文字号 begins, in twips of the sheet."""
    rules = UPPER_RULE + points_in_mm(THICK) + BETWEEN + points_in_mm(THIN)
    return mm(rules + length("信函", "发文字号距红线").mm - ink_drop(LINE / 20, 16))


# Where they begin, by what they are a part of.
CORNERS = {"文件": PORTRAIT.top, "信函": _below_rule()}


def below_letter_rule() -> str:
    """The white above a letter's 发文字号: its ink stands 7/8 of a character under the upper rule (10.1)."""
    return x("w:spacing", before=_below_rule() - PORTRAIT.top)


def file_mark(words: str, styles: Mapping[str, Style], top: float = FILE_MARK_TOP) -> str:
    """The mark of a file: its ink begins 35 mm under the edge of the type area (7.2.4), or `top` mm under that of the sheet."""
    before = mm(top - ink_drop(MARK_LINE, MARK_SIZE)) - PORTRAIT.top
    outside = -mm((RULE_LENGTH - TYPE_AREA) / 2)
    return _mark(words, styles, x("w:spacing", before=before) + x("w:ind", left=outside, right=outside))


# 7.2.7: a red rule of the width of the type area, 4 mm under the number; 7.4.1: the rules of the imprint.
RED_RULE = rule(length("版记分隔线", "首末条粗细").eighths, RED, white=8)
THICK_RULE = rule(length("版记分隔线", "首末条粗细").eighths, "000000")
THIN_RULE = rule(length("版记分隔线", "中间粗细").eighths, "000000")


def imprint(blocks: str, lines: int, copies: str) -> str:
    """The imprint, on the lower edge of the type area of the last page (7.4), and room for it under the text.

    `lines`: how many it has, with one for 抄送; `copies`: the variable with the list of 抄送, whose further lines
    it has room for as well.
    """
    room = paragraph("版记占位")
    further = (
        tag_line(f"{{% if {copies} and ('抄送' ~ ({copies} | 顿号)) | 字宽 > {number * COPIES_WIDTH} %}}")
        + room
        + tag_line("{% endif %}")
        for number in range(1, MOST_COPIES)
    )
    place = Place(28.0, None, TYPE_AREA, points_in_mm(lines * IMPRINT_LINE))
    return "".join((room * lines, *further, paragraph("细行", box(9, "版记", place, blocks))))
