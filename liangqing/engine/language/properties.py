"""Tags that set a property instead of printing: colspan, cellbg, rightind, leftind, vm and hm (merging)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from jinja2 import nodes
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, refuse
from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import CELL_ORDER, PARAGRAPH_ORDER, properties_of, put
from liangqing.engine.language.blocks import Block
from liangqing.engine.language.join_runs import MARK, new_mark, tag_of, take_out
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag, marker

MERGES = ("vm", "hm")
_SIDES = {"rightind": ("right", "end"), "leftind": ("left", "start")}


@dataclass(frozen=True)
class Merge:
    """A `{% vm %}` or `{% hm %}` and its cell."""

    tag: Tag
    cell: etree._Element
    keyword: str


def apply_property(tag: Tag, keyword: str, mark: etree._Element) -> Merge | None:
    """Takes the mark out of the text and sets what it asks for; a vm is only noted, for `merge_cells`."""
    cell = next(mark.iterancestors(f"{W}tc"), None)
    paragraph = next(mark.iterancestors(f"{W}p"))
    take_out(mark)
    if keyword in _SIDES:
        _indent(paragraph, keyword, marker(tag.number))
        return None
    if cell is None:
        raise refuse(
            Code.PROPERTY_MISPLACED, tag.place, f"「{tag.text}」不在表格里", f"{keyword} 只用在表格的单元格里"
        )
    if keyword in MERGES:
        return Merge(tag, cell, keyword)
    if keyword == "colspan":
        _cell_property(cell, "gridSpan").set(f"{W}val", marker(tag.number))
    else:
        _shade(cell, marker(tag.number))
    return None


def merge_cells(
    merges: Iterable[Merge], blocks: Iterable[Block], add: Callable[[Tag, Statement], int]
) -> list[Diagnostic]:
    """A cell with vm has its content in the loop's first row, the other rows continue the merge; with hm it
    stands but once in its row, as wide as all the turns of the loop.
    """
    loops = {tag.number: block for block in blocks if block.keyword == "for" for tag in block.tags}
    problems = []
    for merge in merges:
        across = merge.keyword == "hm"
        home = merge.cell if across else next(merge.cell.iterancestors(f"{W}tr"))
        if _fills_loop(home, loops):
            (_widen if across else _wrap)(merge, add)
        elif across:
            message = f"「{merge.tag.text}」所在的单元格不是循环里唯一的一格"
            advice = "hm 用在 {%tc for … %} 和 {%tc endfor %} 之间唯一的一格里"
            problems.append(error(Code.MERGE_MISPLACED, merge.tag.place, message, advice))
        else:
            message = f"「{merge.tag.text}」所在的行不是循环里唯一的一行"
            advice = "vm 用在 {% for %} 直接重复的一行里，这一行不再套 if"
            problems.append(error(Code.MERGE_MISPLACED, merge.tag.place, message, advice))
    return problems


def _fills_loop(home: etree._Element, loops: Mapping[int, Block]) -> bool:
    """Whether a row or a cell is all that its loop repeats."""
    before, after = home.getprevious(), home.getnext()
    if before is None or after is None or before.tag != MARK or after.tag != MARK:
        return False
    block = loops.get(tag_of(before))
    return block is not None and block.tags[0].number == tag_of(before) and block is loops.get(tag_of(after))


def _wrap(merge: Merge, add: Callable[[Tag, Statement], int]) -> None:
    cell, tag = merge.cell, merge.tag
    content = [child for child in cell if child.tag != f"{W}tcPr"]
    restart = nodes.CondExpr(_first_row(), nodes.Const("restart"), nodes.Const("continue"))
    _cell_property(cell, "vMerge").set(f"{W}val", marker(add(tag, Statement("value", restart))))
    content[0].addprevious(new_mark(add(tag, Statement("if", _first_row()))))
    cell.append(new_mark(add(tag, Statement("else"))))
    cell.append(_empty_like(next(cell.iter(f"{W}p"))))
    cell.append(new_mark(add(tag, Statement("endif"))))


def _widen(merge: Merge, add: Callable[[Tag, Statement], int]) -> None:
    cell, tag = merge.cell, merge.tag
    cell.addprevious(new_mark(add(tag, Statement("if", _first_row()))))
    cell.addnext(new_mark(add(tag, Statement("endif"))))
    span = _cell_property(cell, "gridSpan")
    width = _cell_property(cell, "tcW")
    for element, name in ((span, "val"), (width, "w")):
        value = element.get(f"{W}{name}", "" if element is width else "1")
        if value.isdigit():
            times = nodes.Mul(
                nodes.Getattr(nodes.Name("loop", "load"), "length", "load"), nodes.Const(int(value))
            )
            element.set(f"{W}{name}", marker(add(tag, Statement("own", times))))
    if not width.attrib:
        cell[0].remove(width)


def _first_row() -> nodes.Expr:
    return nodes.Getattr(nodes.Name("loop", "load"), "first", "load")


def _empty_like(paragraph: etree._Element) -> etree._Element:
    empty = paragraph.makeelement(f"{W}p")
    settings = paragraph.find(f"{W}pPr")
    if settings is not None:
        empty.append(copy.deepcopy(settings))
    return empty


def _indent(paragraph: etree._Element, keyword: str, value: str) -> None:
    indent = put(properties_of(paragraph, "pPr"), "ind", PARAGRAPH_ORDER)
    for side in _SIDES[keyword]:
        for name in (side, f"{side}Chars"):
            indent.attrib.pop(f"{W}{name}", "")
    indent.set(f"{W}{_SIDES[keyword][0]}", value)


def _shade(cell: etree._Element, colour: str) -> None:
    shade = _cell_property(cell, "shd")
    shade.attrib.clear()
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(f"{W}{name}", value)


def _cell_property(cell: etree._Element, name: str) -> etree._Element:
    return put(properties_of(cell, "tcPr"), name, CELL_ORDER)
