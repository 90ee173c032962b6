"""10.1: what a letter has of its own: mark, double rules, number, first page, imprint."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.gbt9704.check.paper import LETTERS, RecognisedPaper, RedLine
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.check.rules.foot import imprint_edges
from liangqing.gbt9704.check.rules.head import mark_top
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.word.units import mm

_MIDDLE = 150.0  # mm: rules above and below
_NEAR = 2.0  # mm: what fonts and the practice of offices differ by
_TOGETHER = 4.0  # mm: two lines nearer than that are one double rule


def _pairs(paper: RecognisedPaper) -> tuple[list[list[RedLine]], bool]:
    """The red rules as groups that stand together, from the top; whether all places are known."""
    known = sorted(
        (red_line for red_line in paper.red_lines if red_line.top is not None),
        key=lambda red_line: red_line.top or 0.0,
    )
    groups: list[list[RedLine]] = []
    for red_line in known:
        if groups and (red_line.top or 0) - (groups[-1][-1].top or 0) <= _TOGETHER:
            groups[-1].append(red_line)
        else:
            groups.append([red_line])
    return groups, len(known) == len(paper.red_lines)


def _named_file(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for mark in paper.mark[-1:]:
        if mark.words.endswith("文件"):
            yield RuleHit(mark, mark.words, f"{mark.words[:-2]}（不加“文件”二字）")


def _two_rules(paper: RecognisedPaper) -> Iterator[RuleHit]:
    groups, whole = _pairs(paper)
    if not paper.red_lines:
        yield RuleHit("页面", "没有红色双线", "标志下和页脚处各一条红色双线")
        return
    for group in groups:
        if len(group) == 1 and not group[0].double:
            yield RuleHit(group[0].place, "单线", "双线（一粗一细）")
    if whole and len(groups) == 1:
        where = "下面" if (groups[0][0].top or 0) < _MIDDLE else "上面"
        yield RuleHit(groups[0][0].place, f"{where}没有红色双线", "标志下和距下页边20 mm处各一条红色双线")


def _rule_length(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = length("信函", "红线长").mm
    for red_line in paper.red_lines:
        if red_line.length is not None and abs(red_line.length - wanted) > _NEAR:
            yield RuleHit(red_line.place, f"红线长{red_line.length:.0f} mm", f"{wanted:g} mm，居中")
            return


def _thickness(paper: RecognisedPaper) -> Iterator[RuleHit]:
    groups, _ = _pairs(paper)
    for group in groups:
        upper = (group[0].top or 0) < _MIDDLE
        wanted = "上粗下细" if upper else "上细下粗"
        found = _order(group)
        if found and found != wanted:
            yield RuleHit(group[0].place, found, wanted)


def _order(group: list[RedLine]) -> str:
    """上粗下细, 上细下粗 or 一样粗 of two lines; "" where that cannot be told."""
    if len(group) == 1:
        return {"thickThin": "上粗下细", "thinThick": "上细下粗", "dbl": "一样粗"}.get(group[0].compound, "")
    first, last = group[0].weight, group[-1].weight
    return "上粗下细" if first > last else "上细下粗" if first < last else "一样粗"


def _upper_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    groups, _ = _pairs(paper)
    top = mark_top(paper)
    upper = [group for group in groups if (group[0].top or 0) < _MIDDLE]
    if top is None or not upper or not paper.mark:
        return
    points = paper.mark[-1].size / 2
    foot = top + 0.946 * mm(points * 20)
    found = (upper[0][0].top or 0) - upper[0][0].weight / 144 * 25.4 - foot
    wanted = length("信函", "红线距标志").mm
    if len(paper.mark) == 1 and abs(found - wanted) > _NEAR:
        yield RuleHit(upper[0][0].place, f"距标志约{found:.0f} mm", f"标志下{wanted:g} mm")


def _lower_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    groups, _ = _pairs(paper)
    lower = [group for group in groups if (group[0].top or 0) >= _MIDDLE]
    wanted = length("信函", "红线距下页边").mm
    for group in lower[:1]:
        found = 297 - (group[-1].top or 0)
        if abs(found - wanted) > _NEAR:
            yield RuleHit(group[-1].place, f"距下页边约{found:.0f} mm", f"{wanted:g} mm")


def _mark_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted, found = length("信函", "标志上边缘").mm, mark_top(paper)
    if found is not None and abs(found - wanted) > _NEAR:
        yield RuleHit(paper.mark[0], f"上边缘距上页边约{found:.0f} mm", f"{wanted:g} mm")


def _number_side(paper: RecognisedPaper) -> Iterator[RuleHit]:
    number_line = paper.number
    if number_line is None or number_line.spot is not None:
        return
    if number_line.align != "right" or number_line.right > 0.3 * number_line.character:
        side = {"center": "居中", "right": f"右空{number_line.right / number_line.character:.1f}字"}.get(
            number_line.align, "居左"
        )
        yield RuleHit(number_line, side, "顶格居版心右边缘")


def _first_page(paper: RecognisedPaper) -> Iterator[RuleHit]:
    section = paper.first_section
    kind = "first" if section.title_page else "default"
    for line in paper.numbers(kind):
        if any(line in paper.document.furniture.get(part, ()) for part in (section.footers.get(kind, ""),)):
            yield RuleHit(line, "首页显示页码", "首页不显示页码")
            return


def _no_printer(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.printed is not None:
        yield RuleHit(paper.printed, paper.printed.words, "信函的版记不加印发机关和印发日期")


def _no_rules(paper: RecognisedPaper) -> Iterator[RuleHit]:
    edges = imprint_edges(paper)
    if paper.foot and edges:
        yield RuleHit(paper.foot[0], f"版记有{len(edges)}条分隔线", "信函的版记不加分隔线")


def _no_signer(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.signers:
        yield RuleHit(paper.signers[0], "信函有签发人", "信函格式没有签发人")


_SHAPE = "选中红线，“形状格式→大小”宽17厘米，“位置”水平相对于页面居中"
RULES = (
    Rule(
        "F701",
        "信函标志",
        *by("信函", "标志上边缘"),
        judge=_named_file,
        mend="删去标志里的“文件”二字",
        formats=LETTERS,
    ),
    Rule(
        "F702",
        "红色双线",
        *by("信函", "首条红线"),
        judge=_two_rules,
        mend="“插入→形状→直线”，两粗细不同的红线为一条双线",
        formats=LETTERS,
    ),
    Rule("F703", "双线长", *by("信函", "红线长"), judge=_rule_length, mend=_SHAPE, formats=LETTERS),
    Rule(
        "F704",
        "双线粗细",
        *by("信函", "首条红线"),
        judge=_thickness,
        mend="对调粗线和细线：首条上粗下细，末条上细下粗",
        formats=LETTERS,
    ),
    Rule(
        "F705",
        "首条双线位置",
        *by("信函", "红线距标志"),
        judge=_upper_place,
        mend="移动红线，到标志下4 mm",
        formats=LETTERS,
    ),
    Rule(
        "F706",
        "末条双线位置",
        *by("信函", "红线距下页边"),
        judge=_lower_place,
        mend="“形状格式→位置”：垂直绝对位置27.7厘米，相对于页面",
        formats=LETTERS,
    ),
    Rule(
        "F707",
        "信函标志位置",
        *by("信函", "标志上边缘"),
        judge=_mark_place,
        mend="移动标志，到字的上边距上页边30 mm",
        formats=LETTERS,
    ),
    Rule(
        "F708",
        "信函文号位置",
        *by("信函", "发文字号对齐"),
        judge=_number_side,
        mend="“开始→段落”：右对齐，右缩进0",
        formats=LETTERS,
    ),
    Rule(
        "F709",
        "信函首页页码",
        *by("信函", "首页页码"),
        judge=_first_page,
        mend="双击页脚，勾选“首页不同”，删去首页的页码",
        formats=LETTERS,
    ),
    Rule(
        "F710",
        "信函的印发机关",
        *by("信函", "印发机关和印发日期"),
        judge=_no_printer,
        mend="删去印发机关和印发日期一行",
        formats=LETTERS,
    ),
    Rule(
        "F711",
        "信函的版记线",
        *by("信函", "版记分隔线"),
        judge=_no_rules,
        mend="“开始→边框→无框线”",
        formats=LETTERS,
    ),
    Rule(
        "F712", "信函的签发人", "10.1", Strength.GENERAL, judge=_no_signer, mend="删去签发人", formats=LETTERS
    ),
)
