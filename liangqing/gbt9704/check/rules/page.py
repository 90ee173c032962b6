"""5: the sheet, the white around the type area, lines and characters of a page, colour."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import HEADED, OFFICIAL, RecognisedPaper, is_black, is_red
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import STANDARD, length, number, size
from liangqing.gbt9704.units import mm, points
from liangqing.gbt9704.word.model import Paragraph, WordSection

_MARGINS = "“布局→页边距→自定义页边距”：上3.7厘米、下3.5厘米、左2.8厘米、右2.6厘米，装订线0"
_PITCH = "选中正文，“开始→段落”：行距选“固定值”，设 28.95 磅（28 至 29.6 磅都可），并去掉“如果定义了文档网格，则对齐到网格”"
_COLOUR = "选中文字，“开始→字体颜色”选“自动”或黑色；是链接的先“取消超链接”"
_SIDES = {"上": ("天头", "top"), "下": ("地脚", "bottom"), "左": ("订口", "left"), "右": ("切口", "right")}
_COMPENSATED = mm(34.58), mm(32.58), mm(0.5)  # top and bottom measured from the ink; both or none


# Envelopes of GB/T 1416-2003, in mm as they lie; no page of a paper, so that the standard says nothing of them.
_ENVELOPES = ((176, 125), (220, 110), (230, 120), (229, 162), (324, 229))


def _is_envelope(section: WordSection) -> bool:
    return any(
        abs(section.mm("width") - wide) <= 1 and abs(section.mm("height") - high) <= 1
        for wide, high in _ENVELOPES
    )


def sections(paper: RecognisedPaper) -> Iterator[WordSection]:
    """The sections whose sheets stand upright."""
    return (section for section in paper.document.sections if not section.landscape)


def _sheet(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wide, high = STANDARD["纸张", "宽"], STANDARD["纸张", "高"]
    for section in paper.document.sections:
        if _is_envelope(section):
            continue
        across, along = sorted((section.mm("width"), section.mm("height")))
        if not (wide.fits(mm(across)) and high.fits(mm(along))):
            found = f"{section.mm('width'):g}×{section.mm('height'):g} mm"
            yield RuleHit(section, found, f"A4（{length('纸张', '宽').mm:g}×{length('纸张', '高').mm:g} mm）")


def _lying(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """The paper itself on a sheet that lies; a table of its own section may (8)."""
    for line in (*paper.title[:1], *paper.body[:1]):
        section = paper.document.section_of(line)
        if line.spot is None and section.landscape and not _is_envelope(section):
            yield RuleHit(line, "纸张是横向的", "纵向A4（宽210 mm、高297 mm）")
            return


def _margin(side: str) -> Rule:
    name, attribute = _SIDES[side]
    row = STANDARD["版面", name]

    def judge(paper: RecognisedPaper) -> Iterator[RuleHit]:
        for section in sections(paper):
            found = section.mm(attribute)
            fits = row.fits(mm(found)) and (attribute in ("left", "right") or _together(section))
            if not fits and not (paper.document.mirrored and _mirrored(section)):
                yield RuleHit(section, f"{found:g} mm", f"{row.value}（±1）")

    code = {"上": "F102", "左": "F103", "下": "F104", "右": "F105"}[side]
    return Rule(
        code, f"{name}（{side}页边距）", row.clause, row.strength, judge=judge, mend=_MARGINS, fixed=True
    )


def _together(section: WordSection) -> bool:
    """The reading of the margins that compensates for leading holds for top and bottom together."""
    top, bottom, within = (limit.mm for limit in _COMPENSATED)
    by_ink = abs(section.mm("top") - top) <= within
    return by_ink == (abs(section.mm("bottom") - bottom) <= within)


def _mirrored(section: WordSection) -> bool:
    """Mirrored margins name the inner edge left."""
    return STANDARD["版面", "订口"].fits(mm(section.mm("left"))) and STANDARD["版面", "切口"].fits(
        mm(section.mm("right"))
    )


def _text(paper: RecognisedPaper) -> Iterator[Paragraph]:
    """The text itself: what the grid is for."""
    yield from (paragraph for paragraph in paper.body if paragraph.spot is None)


def _pitch(paper: RecognisedPaper) -> Iterator[RuleHit]:
    row = STANDARD["版心", "行距"]
    for paragraph in (line for line in paper.all_text if line.spot is None):
        found = paper.pitch(paragraph)
        if not paragraph.stands_high and not row.fits(points(round(found / 20, 2))):
            yield RuleHit(paragraph, _pitch_said(paragraph, found), "28.95磅（28—29.6磅都可）")


def _pitch_said(paragraph: Paragraph, pitch: float) -> str:
    if paragraph.rule == "auto" and paragraph.line != 240:
        return f"{paragraph.line / 240:g}倍行距"
    if paragraph.rule == "exact":
        return f"固定值{pitch / 20:g}磅"
    return f"约{pitch / 20:.1f}磅（{'最小值' if paragraph.rule == 'atLeast' else '单倍行距'}）"


def _lines(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = number("版心", "每面行数")
    row = STANDARD["版心", "行距"]
    for paragraph in _text(paper):
        pitch = paper.pitch(paragraph)
        section = paper.document.section_of(paragraph)
        lines = math.floor(section.text_height / pitch + 0.001)
        if row.fits(points(round(pitch / 20, 2))) and lines != wanted and not section.landscape:
            found = f"每面{lines}行（版心高{section.mm('text_height'):g} mm，行距{pitch / 20:g}磅）"
            yield RuleHit(paragraph, found, f"每面{wanted:g}行")
            return


def _characters(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """What most of the text has; a line that is set closer or wider has its reason."""
    wanted = number("版心", "每行字数")
    found: dict[int, list[Paragraph]] = {}
    for paragraph in _text(paper):
        section = paper.document.section_of(paragraph)
        if (
            paragraph.pieces
            and abs(paragraph.size - size("正文").half_points) <= 0.5
            and not section.landscape
        ):
            found.setdefault(_per_line(paragraph, section), []).append(paragraph)
    if found:
        most = max(found, key=lambda count: sum(len(paragraph.words) for paragraph in found[count]))
        if most != wanted:
            yield RuleHit(found[most][0], f"每行{most}字", f"每行{wanted:g}字")


def _per_line(paragraph: Paragraph, section: WordSection) -> int:
    character = paragraph.character + (section.character_added if paragraph.snap else 0.0)
    return math.floor(section.text_width / max(character, 1.0) + 0.01)


def _distances(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in _text(paper):
        if paragraph.before > 40 or paragraph.after > 40:
            yield RuleHit(
                paragraph, f"段前{paragraph.before / 20:g}磅、段后{paragraph.after / 20:g}磅", "段前段后都是0"
            )


def _widows(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Told where it is on throughout; on for a last paragraph alone, it is meant."""
    text = list(_text(paper))
    on = [paragraph for paragraph in text if paragraph.widow and paragraph.rule == "exact"]
    if len(on) > len(text) / 2:
        yield RuleHit(on[0], "开着孤行控制，可能使一面不满22行", "关掉")


def _colour(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """What is red above the title is of the red head: the mark, ★, the kind of a paper in a box."""
    head = {id(line) for line in paper.mark}
    before = itertools.takewhile(lambda line: line not in paper.title, paper.document.paragraphs)
    head |= {id(line) for line in before} if paper.title and paper.format in HEADED else set()
    for paragraph in paper.document.paragraphs:
        if like.ORNAMENT.match(paragraph.words):  # the star of a red rule
            continue
        for piece in paragraph.pieces:
            of_head = id(paragraph) in head and is_red(piece.colour)
            if piece.text.strip() and not is_black(piece.colour) and not of_head:
                yield RuleHit(paragraph, f"颜色 {piece.colour}", "黑色")
                break


RULES = (
    Rule(
        "F101",
        "纸张",
        *by("纸张", "宽"),
        judge=_sheet,
        mend="“布局→纸张大小”选 A4（21×29.7厘米）",
        fixed=True,
    ),
    Rule(
        "F112",
        "纸张方向",
        *by("纸张", "宽"),
        judge=_lying,
        mend="“布局→纸张方向”选“纵向”；要横排的表格另起一节",
        formats=OFFICIAL,
    ),
    *(_margin(side) for side in ("上", "左", "下", "右")),
    Rule("F106", "正文行距", "5.2.3", Strength.GENERAL, judge=_pitch, mend=_PITCH, fixed=True),
    Rule(
        "F107",
        "每面行数",
        *by("版心", "每面行数"),
        judge=_lines,
        mend="上页边距3.7厘米、下3.5厘米时，行距固定值设 28.95 磅；29 磅会少排一行",
        fixed=True,
    ),
    Rule(
        "F108",
        "每行字数",
        *by("版心", "每行字数"),
        judge=_characters,
        mend="选中正文，“开始→字体→高级→间距”选“紧缩 0.25 磅”",
        fixed=True,
    ),
    Rule(
        "F109", "段前段后", "5.2.3", Strength.PRACTICE, judge=_distances, mend="“开始→段落”：段前、段后都设0"
    ),
    Rule(
        "F110",
        "孤行控制",
        "5.2.3",
        Strength.PRACTICE,
        judge=_widows,
        mend="“开始→段落→换行和分页”：去掉“孤行控制”",
    ),
    Rule("F111", "文字颜色", *by("全文", "颜色"), judge=_colour, mend=_COLOUR),
)
