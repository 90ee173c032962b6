"""7.4 and 7.5: the imprint, and the number of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.base.docx_zip import W
from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import blanks_after, blanks_before
from liangqing.gbt9704.check.letters import said, size_said, wrong_faces, wrong_sizes
from liangqing.gbt9704.check.paper import (
    FILE,
    LETTER,
    MINUTES,
    ORDER,
    PICTURES,
    PLAIN,
    RecognisedPaper,
    is_red,
)
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.check.rules.sign import date_right
from liangqing.gbt9704.fonts import face_of
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import face, length, number, size
from liangqing.gbt9704.word.model import BOX, CELL, FRAME, Edge, Paragraph, Table
from liangqing.gbt9704.word.units import mm

_RULED = frozenset({FILE, ORDER, MINUTES})
_NUMBERED = frozenset({FILE, LETTER, ORDER, PLAIN})
_NUMBER = re.compile(r"(?P<dash>[—―－─])\s*\d+\s*(?P=dash)")  # whatever sign draws a line of one character
_MAY = {"default": "单页", "first": "首页", "even": "双页"}
_DOUBT = 0.3  # lines a paragraph: what is counted too much here is counted too little there
_GOING_ON = 6  # paragraphs
_ROOM = 5.0  # lines: an imprint that ends so far above the foot of the page is not at the foot


def _copies_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    lines = [line for line in (paper.copies, paper.printed) if line is not None]
    yield from wrong_faces([(line, 0, None) for line in lines], face("抄送机关"))


def _copies_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes([line for line in (paper.copies, paper.printed) if line], size("抄送机关"))


def _copies_words(paper: RecognisedPaper) -> Iterator[RuleHit]:
    copies = paper.copies
    if copies is None:
        return
    found = like.COPIES.match(copies.words)
    if found is not None and found["colon"] == ":":
        yield RuleHit(copies, "抄送:（半角冒号）", "抄送：（全角冒号）")
    if not _whole(paper, copies).endswith("。"):
        yield RuleHit(copies, f"末尾是“{copies.words[-1]}”", "最后一个抄送机关后加句号“。”")


def _whole(paper: RecognisedPaper, copies: Paragraph) -> str:
    """抄送 with the paragraphs that go on with it, up to the printer's line."""
    every = paper.document.paragraphs
    start = next(index for index, line in enumerate(every) if line is copies)
    words = copies.words
    for line in every[start + 1 : start + _GOING_ON]:
        elsewhere = line.where != copies.where or (line.where == CELL and line.place != copies.place)
        if words.endswith("。") or line is paper.printed or elsewhere or not line.words:
            break
        words += line.words
    return words


def _copies_indent(paper: RecognisedPaper) -> Iterator[RuleHit]:
    copies = paper.copies
    if copies is None or copies.where not in (BOX, FRAME, "正文"):
        return
    left, right = (copies.left + copies.first) / copies.character, copies.right / copies.character
    if abs(left - 1) > 0.3 or abs(right - 1) > 0.3:
        yield RuleHit(copies, f"左空{left:.1f}字、右空{right:.1f}字", "左右各空1字")


def _printer(paper: RecognisedPaper) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    """The line of the office that printed it, with the parts of that; none where it cannot be read."""
    line = paper.printed
    if line is None:
        return
    for pattern in (like.PRINTED, like.PRINTED_DATE, like.PRINTED_CELL):
        found = pattern.match(line.words)
        if found is not None:
            yield line, found
            return


def _printed_words(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line, found in _printer(paper):
        if found["end"] != "印发":
            yield RuleHit(line, found["date"] + (found["end"] or ""), f"{found['date']}印发")


def _printed_date(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Blanks between figures and 年 do not make a date wrong."""
    for line, found in _printer(paper):
        if not like.DATE_RIGHT.match(like.solid(found["date"])):
            yield RuleHit(line, found["date"], date_right(found["date"]) or "如 2026年7月1日")


def _keywords(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.keywords is not None:
        yield RuleHit(paper.keywords, paper.keywords.words[:12], "现行标准没有主题词")


# ---------------------------------------------------------------- rules of the imprint


def imprint_edges(paper: RecognisedPaper) -> list[Edge] | None:
    """The lines of the imprint from the top; None where they are drawn or framed in a way that cannot be read."""
    if not paper.foot:
        return []
    table = paper.foot_table()
    if table is not None:
        return [edge for edge in table.rules if edge is not None]
    if any(not is_red(stroke.colour) for stroke in paper.document.strokes):
        return None
    found: list[Edge] = []
    for paragraph in _around(paper):
        found += [paragraph.edges[side] for side in ("top", "bottom") if side in paragraph.edges]
        drawn = next(paragraph.element.iter(*PICTURES), None) is not None
        if "between" in paragraph.edges or drawn or _ruled_by_signs(paragraph):
            return None
    return found


def _ruled_by_signs(paragraph: Paragraph) -> bool:
    """Whether a line is typed: of underscores or dashes, or of blanks that are underlined."""
    signs = paragraph.words
    typed = bool(signs) and not signs.strip("_＿—－─━- ")
    return typed or next(paragraph.element.iter(f"{W}u"), None) is not None


def _around(paper: RecognisedPaper) -> list[Paragraph]:
    """The paragraphs of the imprint with those just above, between and below."""
    every = paper.document.paragraphs
    places = [index for index, paragraph in enumerate(every) if any(paragraph is line for line in paper.foot)]
    low, high = max(min(places) - 1, 0), min(max(places) + 2, len(every))
    box = every[places[-1]].where  # 主题词 may stand in the text above it
    return [paragraph for paragraph in every[low:high] if paragraph.where == box]


def _no_rules(paper: RecognisedPaper) -> Iterator[RuleHit]:
    edges = imprint_edges(paper)
    if paper.printed is not None and edges is not None and len(edges) < 2:
        yield RuleHit(
            paper.foot[0], f"版记有{len(edges)}条线", "首条、末条和各要素之间都有分隔线，与版心等宽"
        )


def _weights(paper: RecognisedPaper) -> Iterator[RuleHit]:
    edges = imprint_edges(paper)
    if not edges or len(edges) < 2 or paper.printed is None:
        return
    outer, inner = (edges[0], edges[-1]), edges[1:-1]
    if outer[0].weight != outer[1].weight or any(edge.weight >= outer[0].weight for edge in inner):
        weights = "、".join(f"{edge.weight / 72 * 25.4:.2f}" for edge in edges)
        yield RuleHit(paper.foot[0], f"各条线自上而下粗{weights} mm", "首条和末条0.35 mm，中间0.25 mm")


def _floating(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """An imprint that stands in the text ends where the text ends; the lines of the page are counted roughly."""
    last = paper.foot[-1] if paper.foot else None
    position = paper.position(last)
    if last is None or position is None or last.spot is not None:
        return
    table = paper.foot_table()
    if table is not None and table.floating:
        return
    section = paper.document.section_of(last)
    page = section.text_height / length("版心", "行距").twips
    found = _used(paper, position)
    if found is None:
        return
    used, doubt = found
    if used // page != (used + doubt) // page or (used - doubt) // page < used // page:
        return  # it may end on the page before or after
    if page - used % page - doubt > _ROOM:
        what = "版记" if paper.format == LETTER else "末条分隔线"
        where = "版心内最下方" if paper.format == LETTER else "版心下边缘"
        yield RuleHit(last, f"{what}约在第{used % page:.0f}行", f"{what}在最后一面的{where}")


def _used(paper: RecognisedPaper, last: int) -> tuple[float, float] | None:
    """Lines from the last page that is ended by hand to the end of the block `last`, and how far that may be out.

    None where a table stands there, whose height the layout decides. A paragraph of several lines may take one more or
    less than is counted.
    """
    line = length("版心", "行距").twips
    used = doubt = 0.0
    for block in paper.document.flow[: last + 1]:
        if isinstance(block, Table):
            if block is not paper.foot_table():
                return None
            used += len(block.rows)
            continue
        section = paper.document.section_of(block)
        if block.spot is not None:
            continue
        if block.starts_page:
            used = doubt = 0.0
        width = (section.text_width - block.left - block.right) / block.character
        rows = sum(max(1, -(-len(text) // max(int(width), 1))) for text in block.text.split("\n"))
        used += (rows * paper.pitch(block) + block.before + block.after) / line
        doubt += _DOUBT if rows > 1 else 0.0
        if block.ends_page:
            used = doubt = 0.0
    return used, doubt


def _printer_in_order(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.copies is None or paper.printed is None:
        return
    order = [
        paragraph for paragraph in paper.document.paragraphs if paragraph in (paper.copies, paper.printed)
    ]
    if order[0] is paper.printed:
        yield RuleHit(paper.printed, "印发机关在抄送机关上面", "抄送机关在印发机关的上一行")


# ---------------------------------------------------------------- the number of the page


def _form(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for kind in _MAY:
        for line in paper.numbers(kind):
            if not _NUMBER.fullmatch(line.words):
                yield RuleHit(line, line.words, "— 1 —（数字左右各一条一字线）")


def _number_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = face("页码")
    for kind in _MAY:
        for line in paper.numbers(kind):
            figures = [piece for piece in line.pieces if piece.field == "PAGE"]
            for piece in figures:
                known = face_of(piece.face.name)
                if known is None or known.kind != wanted.kind:
                    yield RuleHit(line, said(piece), f"{wanted.kind}半角数字")
                    break


def _number_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = size("页码")
    for kind in _MAY:
        for line in paper.numbers(kind):
            if abs(line.size - wanted.half_points) > 0.5:
                yield RuleHit(line, size_said(line.size), str(wanted))


def _sides(paper: RecognisedPaper) -> Iterator[RuleHit]:
    odd, even = list(paper.numbers("default")), list(paper.numbers("even"))
    both = paper.document.even_odd
    for line in odd:
        if line.spot is not None:  # in a box, which stands at a side or not
            if line.spot.centred:
                yield RuleHit(line, "页码居中", "单页居右、双页居左，各空1字")
        elif line.align != "right":
            side = {"center": "居中"}.get(line.align, "居左")
            yield RuleHit(line, f"{'单页' if both else '各页'}页码{side}", "单页居右、双页居左，各空1字")
        elif not both:
            yield RuleHit(line, "单双页在同一边", "单页居右、双页居左")
    for line in even:
        if both and line.spot is None and line.align in ("center", "right"):
            yield RuleHit(line, f"双页页码{'居中' if line.align == 'center' else '居右'}", "双页居左，空1字")


def _side_space(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = number("页码", "空")
    for kind, side in (("default", "right"), ("even", "left")):
        for line in paper.numbers(kind):
            if line.align not in ("right", "left", "both") or line.spot is not None:
                continue
            given = line.right if side == "right" else line.left + line.first
            blanks = blanks_after(line.text) if side == "right" else blanks_before(line.text)
            found = given / line.character + blanks
            if line.align == ("right" if side == "right" else line.align) and abs(found - wanted) > 0.3:
                yield RuleHit(
                    line, f"{_MAY[kind]}页码{'右' if side == 'right' else '左'}空{found:.1f}字", "空1字"
                )


def _missing(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if not any(True for kind in ("default", "even") for _ in paper.numbers(kind)):
        yield RuleHit("页脚", "没有页码", "版心下边缘之下居外侧编排页码")


def _height(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """7 mm from the type area to the dash, which is at the middle of a line that stands on the footer's edge."""
    for section in paper.document.sections[:1]:
        for paragraph in list(paper.numbers("default"))[:1]:
            if section.landscape or paragraph.spot is not None:
                continue
            line = paragraph.pitch(section.line_pitch)
            gap = mm(section.bottom - section.footer - line / 2)
            if not 2 <= gap <= 12:
                yield RuleHit(paragraph, f"一字线约在版心下边缘下{gap:.0f} mm", "7 mm（页脚距边界约2.5厘米）")


_FONT = "选中页码，“开始→字体”选宋体、四号"
_OUTER = "双击页脚，勾选“奇偶页不同”，奇数页右对齐、右缩进1字符，偶数页左对齐、左缩进1字符"
RULES = (
    Rule(
        "F401",
        "版记字体",
        *by("抄送机关", "字体"),
        judge=_copies_face,
        mend="选中版记，“开始→字体”选仿宋",
        fixed=True,
    ),
    Rule(
        "F402",
        "版记字号",
        *by("抄送机关", "字号"),
        judge=_copies_size,
        mend="选中版记，“开始→字号”选四号",
        fixed=True,
    ),
    Rule("F403", "抄送写法", *by("抄送机关", "末尾"), judge=_copies_words, mend="写成“抄送：××，××。”"),
    Rule(
        "F404",
        "抄送缩进",
        *by("抄送机关", "左空"),
        judge=_copies_indent,
        mend="“开始→段落”：左右缩进各1字符，回行与冒号后首字对齐",
    ),
    Rule("F405", "印发日期写法", *by("印发日期", "末尾"), judge=_printed_words, mend="日期后面加“印发”二字"),
    Rule(
        "F406",
        "印发日期数字",
        *by("印发日期", "末尾"),
        judge=_printed_date,
        mend="改成阿拉伯数字，月、日前不加0",
        fixed=True,
    ),
    Rule("F407", "主题词", "7.4", Strength.GENERAL, judge=_keywords, mend="删去主题词一行"),
    Rule(
        "F408",
        "版记分隔线",
        *by("版记分隔线", "宽"),
        judge=_no_rules,
        mend="“开始→边框”：版记各段加上下框线",
        formats=_RULED,
    ),
    Rule(
        "F409",
        "版记分隔线粗细",
        *by("版记分隔线", "首末条粗细"),
        judge=_weights,
        mend="“边框和底纹”：首条、末条1磅，中间0.75磅",
        formats=_RULED,
    ),
    Rule(
        "F410",
        "版记位置",
        *by("版记分隔线", "末条位置"),
        judge=_floating,
        mend="把版记放进图文框或文本框，位置设为“相对于页边距底端”",
    ),
    Rule(
        "F411",
        "版记顺序",
        "7.4.2",
        Strength.GENERAL,
        judge=_printer_in_order,
        mend="把抄送一行移到印发机关上面",
    ),
    Rule(
        "F501",
        "页码形式",
        *by("页码", "一字线"),
        judge=_form,
        mend="删去原来的页码，“插入→页码”后在数字两边各加一条一字线（—）",
        formats=_NUMBERED,
    ),
    Rule(
        "F502", "页码字体", *by("页码", "字体"), judge=_number_face, mend=_FONT, formats=_NUMBERED, fixed=True
    ),
    Rule(
        "F503", "页码字号", *by("页码", "字号"), judge=_number_size, mend=_FONT, formats=_NUMBERED, fixed=True
    ),
    Rule("F504", "页码单右双左", "7.5", Strength.GENERAL, judge=_sides, mend=_OUTER, formats=_NUMBERED),
    Rule("F505", "页码空1字", "7.5", Strength.GENERAL, judge=_side_space, mend=_OUTER, formats=_NUMBERED),
    Rule(
        "F506",
        "没有页码",
        "7.5",
        Strength.GENERAL,
        judge=_missing,
        mend="“插入→页码→页面底端”，再按单右双左排",
        formats=_NUMBERED - {LETTER},
    ),
    Rule(
        "F507",
        "页码高低",
        "7.5",
        Strength.GENERAL,
        judge=_height,
        mend="“布局→页边距→版式”：页脚距边界2.5厘米",
        formats=_NUMBERED,
    ),
)
