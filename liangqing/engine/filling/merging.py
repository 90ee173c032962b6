"""Cells merged with their neighbours: `{% vm %}` down, `{% hm %}` across.

Down, a cell is gathered as it is filled, and held against the one above it: only what says the same is merged, so that
no value is hidden behind another.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.docx_zip import W
from liangqing.engine.filling.program import own_filter
from liangqing.engine.language.blocks import Block
from liangqing.engine.language.join_runs import MARK, new_mark, tag_of
from liangqing.engine.language.language import Statement
from liangqing.engine.language.placing import write_before
from liangqing.engine.language.properties import Merge, cell_property
from liangqing.engine.language.tags import CELL_EDGE, Tag, marker
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Filter, Xml

ANEW, EDGE, MERGED = "anew!", "edge!", "merged!"
_DOWN = ("所在的行不是循环里唯一的一行", "vm 用在 {% for %} 直接重复的一行里，这一行不再套 if")
_ACROSS = ("所在的单元格不是循环里唯一的一格", "hm 用在 {%tc for … %} 和 {%tc endfor %} 之间唯一的一格里")
Add = Callable[[Tag, Statement], int]


def merge_cells(
    merges: Iterable[Merge], blocks: Iterable[Block], statements: Mapping[int, Statement], add: Add
) -> list[Diagnostic]:
    """A cell with vm is merged with the one above it in the same loop where both say the same, and so do the cells with
    vm to its left; with hm it stands but once in its row, as wide as all the turns of the loop. What a cell with vm sets
    is set before it, so that the cells after it know it too.
    """
    loops = {tag.number: block for block in blocks if block.keyword == "for" for tag in block.tags}
    problems = []
    columns: dict[etree._Element, list[Merge]] = {}
    for merge in merges:
        across = merge.keyword == "hm"
        home = merge.cell if across else next(merge.cell.iterancestors(f"{W}tr"))
        if not _fills_loop(home, loops):
            problems.append(_misplaced(merge.tag, *(_ACROSS if across else _DOWN)))
        elif across:
            _widen(merge, add)
        else:
            columns.setdefault(home, []).append(merge)
    for row, of_row in columns.items():
        numbers = tuple(merge.tag.number for merge in of_row)
        opening = row.getprevious()
        assert opening is not None
        opening.addprevious(new_mark(add(of_row[0].tag, Statement("own", own_filter(ANEW, numbers)))))
        for place, merge in enumerate(of_row):
            problems += _take_out_sets(merge, statements)
            _wrap(merge, numbers[:place], add)
    return problems


def _take_out_sets(merge: Merge, statements: Mapping[int, Statement]) -> Iterator[Diagnostic]:
    """Moves each `set` of a cell before it; one that holds under a condition alone can't be moved."""
    around: list[str] = []
    for mark in list(merge.cell.iter(MARK)):
        statement = statements[tag_of(mark)]
        if statement.keyword in ("for", "if"):
            around.append(statement.keyword)
        elif statement.keyword in ("endfor", "endif"):
            around.pop()
        elif statement.keyword == "set" and not around:
            write_before(mark, mark.tail or "")
            mark.tail = None
            merge.cell.addprevious(mark)
        elif statement.keyword == "set" and "for" not in around:
            message = f"所在的格里，if 里面又记了「{statement.target}」，别的格会用不到"
            advice = f"写成 {{% set {statement.target} = 甲 if 条件 else 乙 %}}，放在这一格的最前面，不放在 if 里面"
            yield _misplaced(merge.tag, message, advice)


def _misplaced(tag: Tag, message: str, advice: str) -> Diagnostic:
    return error(Code.MERGE_MISPLACED, tag.place, f"「{tag.text}」{message}", advice)


def _fills_loop(home: etree._Element, loops: Mapping[int, Block]) -> bool:
    """Whether a row or a cell is all that its loop repeats."""
    before, after = home.getprevious(), home.getnext()
    if before is None or after is None or before.tag != MARK or after.tag != MARK:
        return False
    block = loops.get(tag_of(before))
    return block is not None and block.tags[0].number == tag_of(before) and block is loops.get(tag_of(after))


def _wrap(merge: Merge, left: tuple[int, ...], add: Add) -> None:
    """Gathers the cell, which is then held against the one above it."""
    cell, tag = merge.cell, merge.tag
    words = [child for child in cell if child.tag != f"{W}tcPr"]
    cell_property(cell, "vMerge").set(f"{W}val", "restart")
    words[0].addprevious(_edge(tag, add))
    cell.extend([_edge(tag, add), _empty_like(next(cell.iter(f"{W}p"))), _edge(tag, add)])
    end = nodes.Filter(None, MERGED, [nodes.Const(tag.number), nodes.Const(left)], [], None, None)
    write_before(cell, marker(add(tag, Statement("gather", test=end))))
    cell.tail = marker(add(tag, Statement("endgather"))) + (cell.tail or "")


def _edge(tag: Tag, add: Add) -> etree._Element:
    return new_mark(add(tag, Statement("own", own_filter(EDGE, ""))))


def _widen(merge: Merge, add: Callable[[Tag, Statement], int]) -> None:
    cell, tag = merge.cell, merge.tag
    cell.addprevious(new_mark(add(tag, Statement("if", _first_row()))))
    cell.addnext(new_mark(add(tag, Statement("endif"))))
    span = cell_property(cell, "gridSpan")
    width = cell_property(cell, "tcW")
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


# ---------------------------------------------------------------- filters


@pass_context
def _anew(context: Context, cells: tuple[int, ...]) -> Xml:
    """A loop begins: its first row has nothing above it."""
    above = cast(PartFilling, context[FILLING]).above
    for cell in cells:
        above.pop(cell, None)
    return Xml("")


def _cell_edge(_: str) -> Xml:
    return Xml(CELL_EDGE)


@pass_context
def _merged(context: Context, xml: str, cell: int, left: tuple[int, ...]) -> Xml:
    """`xml` is the cell: its head, its words, an empty paragraph, its end."""
    above = cast(PartFilling, context[FILLING]).above
    head, words, empty, end = xml.split(CELL_EDGE)
    before = above.get(cell)
    goes_on = before is not None and before[0] == words and all(above[other][1] for other in left)
    above[cell] = (words, goes_on)
    if goes_on:
        return Xml(head.replace(_RESTART, _CONTINUE, 1) + empty + end)
    return Xml(head + words + end)


_RESTART, _CONTINUE = '<w:vMerge w:val="restart"', '<w:vMerge w:val="continue"'
MERGE_FILTERS: dict[str, Filter] = {ANEW: _anew, EDGE: _cell_edge, MERGED: _merged}
