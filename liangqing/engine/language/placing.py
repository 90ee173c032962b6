"""Moves the marks of control tags to where `scopes` wants them, and keeps what Word needs around them.

Word does not open a cell without a paragraph, a row without a cell, nor a table without a row; nor may a bookmark lose one of its ends.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.docx_zip import W
from liangqing.engine.language.blocks import Block
from liangqing.engine.language.join_runs import MARK, tag_of
from liangqing.engine.language.neighbours import content
from liangqing.engine.language.scopes import Anchor
from liangqing.engine.language.splitting import lift
from liangqing.engine.language.tags import CELL_END, CONTROL_END, HOLDER_START, ROW_END, TABLE_END, Tag

# Starts and ends, with one w:id, may stand in different paragraphs.
_PAIRED = (
    f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd",
    f"{W}permStart", f"{W}permEnd",
)  # fmt: skip
_HOLDERS = {f"{W}tbl": TABLE_END, f"{W}tr": ROW_END, f"{W}sdt": CONTROL_END}
_HELD = {f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt", "r", "hyperlink", "fldSimple", "smartTag")}
_BLOCKS = (f"{W}p", f"{W}tbl", f"{W}sdt")
_CELLS = {f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "comment")}


def merge_trimmed(marks: Mapping[int, etree._Element], tags: list[Tag]) -> None:
    """`{%-` first in its paragraph joins it to the one before; `-%}` last in it, the one after to it."""
    for number, mark in marks.items():
        tag = tags[number]
        paragraph = next(mark.iterancestors(f"{W}p"))
        before, after = paragraph.getprevious(), paragraph.getnext()
        if tag.trim_left and before is not None and before.tag == f"{W}p" and _edge(paragraph, mark, 0):
            _append(before, paragraph)
            paragraph = before
        if tag.trim_right and after is not None and after.tag == f"{W}p" and _edge(paragraph, mark, -1):
            _append(paragraph, after)


def place_marks(
    marks: Mapping[int, etree._Element], anchors: Mapping[int, Anchor], closing: Container[int] = ()
) -> None:
    """Paragraph, row and cell tags leave their text; `marks` is in document order, `closing` has the tags that end a block.

    A line of a cell that is empty now goes too, unless it is all that the cell has.
    """
    replaced: dict[etree._Element, list[etree._Element]] = {}
    within: set[etree._Element] = set()
    after: dict[etree._Element, etree._Element] = {}
    left = [
        next(mark.iterancestors(f"{W}p"))
        for number, mark in marks.items()
        if anchors[number].where in ("before", "after")
    ]
    for number, mark in marks.items():
        anchor = anchors[number]
        if anchor.where == "before":
            anchor.target.addprevious(mark)
        elif anchor.where == "after":
            after.get(anchor.target, anchor.target).addnext(mark)
            after[anchor.target] = mark
        elif anchor.where == "replace":
            replaced.setdefault(anchor.target, []).append(mark)
            if number not in closing:
                within.add(anchor.target)
    for target, its_marks in replaced.items():
        _replace(target, its_marks, outside_after=target not in within)
    for paragraph in dict.fromkeys(left):
        if _is_spare(paragraph):
            _replace(paragraph, [], outside_after=False)


def _is_spare(paragraph: etree._Element) -> bool:
    """Whether nothing is in a paragraph, and its cell, which must end in one, has another."""
    cell = paragraph.getparent()
    if cell is None or next(content(paragraph), None) is not None:
        return False
    others = [child for child in cell if child is not paragraph and child.tag in _BLOCKS]
    return bool(others) and others[-1].tag == f"{W}p"


def lift_blocks(
    blocks: Iterable[Block], marks: Mapping[int, etree._Element], anchors: Mapping[int, Anchor]
) -> list[Diagnostic]:
    """Tags inside a paragraph come to stand side by side; the runs between are split, never cut in two."""
    problems = []
    for block in blocks:
        where = anchors[block.tags[0].number].where
        if where not in ("inline", "run"):
            continue
        its_marks = [marks[tag.number] for tag in block.tags]
        home = _common(its_marks, above_run=where == "run")
        if not all(lift(mark, home) for mark in its_marks):
            tag = block.tags[0]
            message = f"「{tag.text}」的开头和结尾一个在域或内容控件里面，一个在外面"
            problems.append(error(Code.UNCLEAR_SCOPE, tag.place, message, "把标记都移到里面，或都移到外面"))
    return problems


def keep_containers(root: etree._Element, steps: Mapping[int, int]) -> bool:
    """Marks each cell whose paragraphs may all go, and each table, row and control that may be left with nothing.

    Whether there are any. `steps` is +1 for a tag that opens a block, -1 for one that closes it.
    """
    losing = _losing(root, steps)
    cells = [
        cell for cell in root.iter(*_CELLS) if any(child.tag == MARK or child in losing for child in cell)
    ]
    for holder in losing:
        write_before(holder, HOLDER_START)
        holder.tail = _HOLDERS[str(holder.tag)] + (holder.tail or "")
    for cell in cells:
        _spell_out(cell)
        cell[-1].tail = (cell[-1].tail or "") + CELL_END
    return bool(cells or losing)


def _losing(root: etree._Element, steps: Mapping[int, int]) -> dict[etree._Element, None]:
    """Tables, rows and content controls of which all may go that they hold, outer ones first."""
    found: dict[etree._Element, None] = {}
    for holder in reversed(list(root.iter(*_HOLDERS))):
        inside = holder.find(f"{W}sdtContent") if holder.tag == f"{W}sdt" else holder
        if inside is not None and _may_be_left_empty(inside, found, steps):
            found[holder] = None
    return dict.fromkeys(reversed(found))


def _may_be_left_empty(
    inside: etree._Element, losing: Container[etree._Element], steps: Mapping[int, int]
) -> bool:
    """Whether all that stands in it stands in a block, or may go itself."""
    depth = 0
    loose = False
    for child in inside:
        if child.tag == MARK:
            depth += steps[tag_of(child)]
            loose = True
        elif child in losing:
            loose = True
        elif child.tag in _HELD and depth == 0:
            return False
    return loose


def write_before(element: etree._Element, text: str) -> None:
    """Writes text right before an element: in lxml that is the tail of what stands there, or the parent's own text."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _spell_out(cell: etree._Element) -> None:
    """Writes an empty paragraph as `<w:p></w:p>`, so that each one ends alike in the output."""
    for paragraph in cell.iterchildren(f"{W}p"):
        if len(paragraph) == 0:
            paragraph.text = ""


def _replace(target: etree._Element, marks: list[etree._Element], *, outside_after: bool) -> None:
    """`outside_after`: all the marks end blocks, so that what was outside of these stands behind them, else before."""
    halves = _unpaired(target)
    for element in (*marks, *halves) if outside_after else (*halves, *marks):
        target.addprevious(element)
    parent = target.getparent()
    assert parent is not None
    parent.remove(target)


def _unpaired(target: etree._Element) -> list[etree._Element]:
    """Starts and ends of bookmarks and comments whose other half stands elsewhere."""
    ends: dict[tuple[str, str | None], list[etree._Element]] = {}
    for element in target.iter(*_PAIRED):
        kind = str(element.tag).removesuffix("Start").removesuffix("End")
        ends.setdefault((kind, element.get(f"{W}id")), []).append(element)
    return [halves[0] for halves in ends.values() if len(halves) == 1]


def _edge(paragraph: etree._Element, mark: etree._Element, which: int) -> bool:
    found = list(paragraph.iter(MARK, f"{W}t", f"{W}drawing", f"{W}pict", f"{W}br"))
    return found[which] is mark


def _append(first: etree._Element, second: etree._Element) -> None:
    for child in list(second):
        if child.tag != f"{W}pPr":
            first.append(child)
    parent = second.getparent()
    assert parent is not None
    parent.remove(second)


def _common(marks: list[etree._Element], *, above_run: bool) -> etree._Element:
    """The innermost element that holds all the marks; outside their runs when asked for."""
    paths = [list(mark.iterancestors()) for mark in marks]
    shared = [element for element in paths[0] if all(element in path for path in paths)]
    return next(element for element in shared if not (above_run and element.tag == f"{W}r"))
