"""7.2: what stands above the title, from 份号 to the red rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import in_the_middle
from liangqing.gbt9704.check.letters import wrong_faces, wrong_sizes
from liangqing.gbt9704.check.paper import (
    FILES,
    HEADED,
    MINUTES,
    ORDER,
    PICTURES,
    RecognisedPaper,
    RedLine,
    is_red,
)
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.fonts import TITLE
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import face, length, number, size
from liangqing.gbt9704.word.model import BOX, CELL, FRAME, Paragraph
from liangqing.gbt9704.word.units import mm

_HALF_LINE = 85.0  # mm: no more than half of the line that a star parts
_OFF = 2.0  # mm
_FEW = 4  # paragraphs
_FONT = "选中这一行，“开始→字体”选{}"
_WITH_MARK = frozenset(HEADED)
_FILED = FILES | {ORDER, MINUTES}
# Ink of a Chinese character above its baseline, and where an exact line has its baseline (measured).
_INK, _BASELINE = 0.86, 0.8
_NEAR = 2.5  # mm: fonts differ by so much in where their ink begins
_LOOSE = 0.3  # of a character: how high a line is that is not exact, its font and the grid say


def _secrecy_words(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for secrecy in filter(None, (paper.secrecy,)):
        if not like.SECRECY_RIGHT.match(secrecy.words):
            yield RuleHit(secrecy, secrecy.words, "如 秘密★1年（★前后没有空格，期限用阿拉伯数字）")


def _copy_number(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for copy_number in filter(None, (paper.copy_number,)):
        if not like.COPY_NUMBER_RIGHT.match(copy_number.words):
            yield RuleHit(
                copy_number, copy_number.words, f"{number('份号', '位数'):g}位阿拉伯数字，如 000001"
            )


def _marks_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    black = [line for line in (paper.secrecy, paper.urgency) if line is not None]
    yield from wrong_faces([(line, 0, None) for line in black], face("密级和保密期限"))


def _marks_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    found = [line for line in (paper.copy_number, paper.secrecy, paper.urgency) if line is not None]
    yield from wrong_sizes(found, size("密级和保密期限"))


def _order(paper: RecognisedPaper) -> Iterator[RuleHit]:
    found = [line for line in (paper.copy_number, paper.secrecy, paper.urgency) if line is not None]
    order = {id(paragraph): index for index, paragraph in enumerate(paper.document.paragraphs)}
    places = [order.get(id(line), 0) for line in found]
    if places != sorted(places):
        yield RuleHit(found[0], "顺序不对", "自上而下：份号、密级和保密期限、紧急程度")


def _mark_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_faces([(line, 0, None) for line in paper.mark], TITLE)


def _mark_colour(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.mark:
        colours = [piece.colour for piece in line.pieces if piece.text.strip() and not is_red(piece.colour)]
        if colours:
            yield RuleHit(line, f"颜色 {colours[0]}", "红色")


def mark_top(paper: RecognisedPaper) -> float | None:
    """Where the ink of the mark begins, in mm of the sheet; None where the layout decides."""
    if not paper.mark:
        return None
    first = paper.mark[0]
    points = first.size / 2
    line = first.line / 20 if first.rule == "exact" else points * 1.3
    drop = mm((_BASELINE * line - _INK * points) * 20)
    if first.spot is not None:
        return None if first.spot.top is None else first.spot.top + drop
    lines = [block for block in paper.document.flow if getattr(block, "spot", None) is None]
    if not lines or lines[0] is not first:
        return None
    return mm(paper.document.section_of(first).top + first.before) + drop


def _mark_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    row = (
        "命令" if paper.format == ORDER else "发文机关标志",
        "标志距版心上边缘" if paper.format == ORDER else "距版心上边缘",
    )
    wanted = length(*row).mm
    top = mark_top(paper)
    if top is None:
        return
    edge = 37.0 if 34 < paper.first_section.mm("top") < 39 else paper.first_section.mm("top")
    found = top - edge
    first = paper.mark[0]
    near = _NEAR if first.rule == "exact" else _NEAR + _LOOSE * mm(first.size * 10)
    if abs(found - wanted) > near:
        yield RuleHit(paper.mark[0], f"上边缘距版心上边缘约{found:.0f} mm", f"{wanted:g} mm")


def _brackets(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph, found in _numbers(paper):
        if found["open"] != "〔" or found["close"] != "〕":
            yield RuleHit(
                paragraph, f"{found['open']}{found['year']}{found['close']}", f"〔{found['year']}〕"
            )


def _numbers(paper: RecognisedPaper) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    if paper.number is not None and (found := like.DOC_NUMBER.match(paper.number.words)):
        yield paper.number, found


def _number_words(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph, found in _numbers(paper):
        serial, right = found["serial"], f"{found['code']}〔{found['year']}〕"
        if found["di"]:
            yield RuleHit(paragraph, found[0], f"不加“第”字：{right}{serial}号")
        if re.match(r"^[0０]", serial):
            yield RuleHit(paragraph, found[0], f"不编虚位：{right}{serial.lstrip('0０')}号")
        if serial and not found["hao"]:
            yield RuleHit(paragraph, found[0], f"末尾加“号”：{right}{serial}号")
        if len(found["year"]) != 4 or not found["year"].isdigit():
            yield RuleHit(paragraph, found["year"], "年份用四位阿拉伯数字")
        if re.search(r"[０-９]", found["year"] + serial):
            yield RuleHit(paragraph, found[0], "用半角阿拉伯数字")


def _is_issue(paper: RecognisedPaper) -> bool:
    """第8期, whose type the standard leaves to the office."""
    return paper.number is not None and like.ISSUE.match(paper.number.words) is not None


def _number_letters(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.number is not None and not _is_issue(paper):
        names = like.names_beside(paper.number.words)
        stop = paper.number.text.rindex(names) if names else None
        yield from wrong_faces([(paper.number, 0, stop)], face("发文字号"))


def _number_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.number is not None and not _is_issue(paper):
        yield from wrong_sizes([paper.number], size("发文字号"))


def _number_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    number_line = paper.number
    if number_line is None or paper.signers or paper.upward:
        return
    width = paper.document.section_of(number_line).text_width
    boxed = number_line.where in (CELL, BOX, FRAME)  # whose width says where the middle is
    if number_line.align != "center" and (boxed or not in_the_middle(number_line, width)):
        yield RuleHit(
            number_line,
            {"right": "居右", "left": "居左", "both": "居左"}.get(number_line.align, number_line.align),
            "居中",
        )


def _number_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.number is None or not paper.mark or paper.format == MINUTES:
        return
    upper = (
        paper.signers[0] if paper.signers else paper.number
    )  # 7.2.6: the last signer is level with the number
    wanted, found = number("发文字号", "上空"), paper.blank_above(upper)
    in_text = paper.mark[-1].spot is None and paper.position(paper.mark[-1]) is not None
    if found is not None and abs(found - wanted) > 0.6 and in_text:
        yield RuleHit(paper.number, f"上面空{found:.1f}行", f"空{wanted:g}行")


def _rule(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.number is None or not paper.mark:
        return
    if not paper.red_lines and not _drawn_below(paper, paper.number):
        dark = next((side for side in ("bottom",) if side in paper.number.edges), None)
        found = f"线是{paper.number.edges[dark].colour}色" if dark else "没有红色分隔线"
        yield RuleHit(paper.number, found, "发文字号下4 mm处一条与版心等宽的红色分隔线")


def _drawn_below(paper: RecognisedPaper, number_line: Paragraph) -> bool:
    """Whether a picture or drawing stands between the number and the title that may be the line: one whose colour is not known."""
    start, end = paper.position(number_line), paper.position(paper.title[0] if paper.title else None)
    if start is None:
        return False
    stretch = paper.document.flow[start : end if end is not None else start + _FEW]
    known = {stroke.place for stroke in paper.document.strokes if stroke.colour}
    return any(
        block.place not in known and next(block.element.iter(*PICTURES), None) is not None
        for block in stretch
    )


def _rule_width(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Two halves with a star between them are one line."""
    wanted = length("版头分隔线", "宽").mm
    for red_line in paper.red_lines:
        halves = [line for line in paper.red_lines if _level(line, red_line)]
        across = (wanted, paper.first_section.mm("text_width"))
        if len(halves) == 1 and red_line.length is not None and not _near(red_line.length, across):
            yield RuleHit(red_line.place, f"红线长{red_line.length:.0f} mm", f"与版心等宽（{wanted:g} mm）")


def _near(found: float, wanted: Iterable[float]) -> bool:
    return any(abs(found - width) <= _OFF for width in wanted)


def _level(one: RedLine, other: RedLine) -> bool:
    """Whether two lines are one, or stand side by side: as high, and both shorter than the type area."""
    short = all(line.length is not None and line.length < _HALF_LINE for line in (one, other))
    return one is other or (
        short and one.top is not None and other.top is not None and abs(one.top - other.top) < 2
    )


def _signer(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.upward and paper.number is not None and not paper.signers:
        yield RuleHit(
            paper.number, "上行文没有签发人", "发文字号居左空1字，同一行右边写“签发人：”和姓名，右空1字"
        )


def _signer_down(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.signers and paper.title and not paper.upward:
        yield RuleHit(paper.signers[0], "不是上行文而有签发人", "签发人只用于上行文（请示、报告等）")


def _signer_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    names = []
    for signer in paper.signers:
        found = like.SIGNER.search(signer.text)
        told = like.names_beside(signer.words) if signer is paper.number else signer.words
        start = signer.text.find(told) if found is None else found.start("names")
        if signer.text[start:].strip():
            names.append((signer, start, None))
    yield from wrong_faces(names, face("签发人姓名"))


RULES = (
    Rule(
        "F201", "份号", *by("份号", "位数"), judge=_copy_number, mend="改成六位阿拉伯数字", formats=_WITH_MARK
    ),
    Rule(
        "F202",
        "密级和保密期限写法",
        *by("密级和保密期限", "字体"),
        judge=_secrecy_words,
        mend="照“秘密★1年”的样子改",
        formats=_WITH_MARK,
    ),
    Rule(
        "F203",
        "密级、紧急程度字体",
        *by("密级和保密期限", "字体"),
        judge=_marks_face,
        mend=_FONT.format("黑体"),
        formats=_WITH_MARK,
        fixed=True,
    ),
    Rule(
        "F204",
        "份号、密级、紧急程度字号",
        *by("份号", "字号"),
        judge=_marks_size,
        mend="“开始→字号”选三号",
        formats=_WITH_MARK,
        fixed=True,
    ),
    Rule(
        "F205",
        "份号、密级、紧急程度顺序",
        "7.2.3",
        Strength.GENERAL,
        judge=_order,
        mend="把几行按顺序排",
        formats=_WITH_MARK,
    ),
    Rule(
        "F206",
        "发文机关标志字体",
        *by("发文机关标志", "字体"),
        judge=_mark_face,
        mend=_FONT.format("小标宋体"),
        formats=_WITH_MARK,
    ),
    Rule(
        "F207",
        "发文机关标志颜色",
        *by("发文机关标志", "颜色"),
        judge=_mark_colour,
        mend="“开始→字体颜色”选标准色红色",
        formats=_WITH_MARK,
    ),
    Rule(
        "F208",
        "发文机关标志位置",
        *by("发文机关标志", "距版心上边缘"),
        judge=_mark_place,
        mend="选中标志，“开始→段落→段前”调到字的上边离版心上边缘35 mm",
        formats=FILES | {ORDER},
    ),
    Rule(
        "F210",
        "发文字号括号",
        *by("发文字号", "括号"),
        judge=_brackets,
        mend="年份两边改成六角括号：“插入→符号”，字符代码 3014、3015",
        fixed=True,
    ),
    Rule(
        "F211", "发文字号写法", *by("发文字号", "括号"), judge=_number_words, mend="照“×〔2026〕1号”的样子改"
    ),
    Rule(
        "F212",
        "发文字号字体",
        *by("全文", "字体"),
        judge=_number_letters,
        mend=_FONT.format("仿宋"),
        formats=_WITH_MARK,
        fixed=True,
    ),
    Rule(
        "F213",
        "发文字号字号",
        *by("全文", "字号"),
        judge=_number_size,
        mend="“开始→字号”选三号",
        formats=_WITH_MARK,
        fixed=True,
    ),
    Rule(
        "F214",
        "发文字号居中",
        *by("发文字号", "对齐"),
        judge=_number_place,
        mend="选中这一行，按 Ctrl+E 居中",
        formats=FILES,
    ),
    Rule(
        "F215",
        "发文字号上空",
        *by("发文字号", "上空"),
        judge=_number_blank,
        mend="在标志和发文字号之间空两个三号字的空行",
        formats=FILES,
    ),
    Rule(
        "F216",
        "版头分隔线",
        *by("版头分隔线", "颜色"),
        judge=_rule,
        mend="光标放在发文字号一行，“开始→边框→边框和底纹”：红色、1磅、下边框，选项里下边距 8 磅",
        formats=FILES,
    ),
    Rule(
        "F217",
        "版头分隔线宽",
        *by("版头分隔线", "宽"),
        judge=_rule_width,
        mend="拉到与正文左右两边对齐",
        formats=FILES,
    ),
    Rule(
        "F218",
        "签发人",
        "7.2.6",
        Strength.MUST,
        judge=_signer,
        mend="在发文字号同一行加上签发人",
        formats=FILES,
    ),
    Rule(
        "F219",
        "下行文的签发人",
        "7.2.6",
        Strength.GENERAL,
        judge=_signer_down,
        mend="删去签发人一项",
        formats=_FILED,
    ),
    Rule(
        "F220",
        "签发人姓名字体",
        *by("签发人姓名", "字体"),
        judge=_signer_face,
        mend=_FONT.format("楷体"),
        formats=FILES,
        fixed=True,
    ),
)
