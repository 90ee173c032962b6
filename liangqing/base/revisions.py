"""Tracked changes of a Word text accepted, comments taken out: what is left is what the text is meant to say.

Word writes a change beside what it changes: `w:ins` and `w:moveTo` hold what was put in, `w:del` and `w:moveFrom` what
was taken out, `w:pPrChange` and its like the form as it was before. The same names stand in properties where a whole
paragraph mark, row or cell was put in or taken out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import CELL_ORDER, local, properties_of, put

SIGNS = (
    b"w:ins ", b"w:del ", b"w:moveFrom", b"w:moveTo", b"Change ", b"w:cellIns", b"w:cellDel", b"w:cellMerge",
    b"w:comment", b"w:customXmlIns", b"w:customXmlDel", b"w:customXmlMove",
)  # fmt: skip
PUT_IN, TAKEN_OUT, FORM, REMARK = "插入", "删除", "格式改动", "批注"

_KEPT = {f"{W}ins", f"{W}moveTo"}
_GONE = {f"{W}del", f"{W}moveFrom"}
_FORMER = {f"{W}{name}" for name in (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "numberingChange",
)}  # fmt: skip
_REMARKS = {f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"}
_EDGES = {
    f"{W}{name}Range{end}"
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
}
_PROPERTIES = {f"{W}rPr", f"{W}trPr", f"{W}numPr", f"{W}tcPr"}
_MERGED = {"rest": "restart", "cont": "continue"}
_BLOCKS = (f"{W}p", f"{W}tbl", f"{W}sdt")


def accept_changes(root: etree._Element) -> Counter[str]:
    """Accepts every tracked change below `root`, takes out what ties comments to the text; counts what there was."""
    counts: Counter[str] = Counter()
    for element in _of(root, _REMARKS):
        counts[REMARK] += element.tag == f"{W}commentReference"
        _drop_with_run(element)
    for element in _of(root, _FORMER):
        counts[FORM] += 1
        _drop(element)
    for element in _of(root, _EDGES):
        _drop(element)
    _accept_cells(root, counts)
    _accept_deletions(root, counts)
    for element in _of(root, _KEPT):
        counts[PUT_IN] += 1
        _unwrap(element)
    return +counts


def deletions(root: etree._Element) -> Iterator[etree._Element]:
    """What `accept_changes` takes out with all that it holds: texts and rows."""
    for element in root.iter(*_GONE):
        parent = element.getparent()
        if parent is not None and parent.tag == f"{W}trPr":
            yield from element.iterancestors(f"{W}tr")
        elif len(element):
            yield element


def _accept_deletions(root: etree._Element, counts: Counter[str]) -> None:
    joined = []
    for element in _of(root, _GONE):
        parent = element.getparent()
        if parent is None:
            continue
        counts[TAKEN_OUT] += 1
        if parent.tag == f"{W}trPr":
            _drop_row(next(parent.iterancestors(f"{W}tr")))
            continue
        above = parent.getparent()
        if parent.tag == f"{W}rPr" and above is not None and above.tag == f"{W}pPr":
            joined.append(next(above.iterancestors(f"{W}p")))
        _drop(element)
    for paragraph in reversed(joined):  # so that several in a row end up in the last
        _join_next(paragraph)


def _accept_cells(root: etree._Element, counts: Counter[str]) -> None:
    for element in _of(root, {f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge"}):
        cell = next(element.iterancestors(f"{W}tc"), None)
        kind = local(element.tag)
        counts[{"cellIns": PUT_IN, "cellDel": TAKEN_OUT}.get(kind, FORM)] += 1
        merged = _MERGED.get(element.get(f"{W}vMerge", ""))
        _drop(element)
        if cell is None:
            continue
        if kind == "cellDel":
            row = cell.getparent()
            _drop(cell)
            if row is not None and row.tag == f"{W}tr" and row.find(f".//{W}tc") is None:
                _drop_row(row)
        elif merged is not None:
            put(properties_of(cell, "tcPr"), "vMerge", CELL_ORDER).set(f"{W}val", merged)


def _drop_row(row: etree._Element) -> None:
    """Takes a row out; a table that has no other goes with it, and a cell keeps a paragraph."""
    table = next(row.iterancestors(f"{W}tbl"), None)
    _drop(row)
    if table is None or table.find(f".//{W}tr") is not None:
        return
    home = table.getparent()
    _drop(table)
    if home is not None and home.tag == f"{W}tc" and (len(home) == 0 or home[-1].tag != f"{W}p"):
        etree.SubElement(home, f"{W}p")


def _join_next(paragraph: etree._Element) -> None:
    """A paragraph whose mark was deleted: its words begin the one that follows, whose form holds for both."""
    following = paragraph.getnext()
    while following is not None and following.tag not in _BLOCKS:  # a bookmark's end between the two
        following = following.getnext()
    if following is None or following.tag != f"{W}p":
        if paragraph.find(f"./{W}r") is None and _may_go(paragraph):
            _drop(paragraph)
        return
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for number, child in enumerate(words):
        following.insert(place + number, child)
    _drop(paragraph)


def _may_go(paragraph: etree._Element) -> bool:
    """Whether what the paragraph stands in stays whole without it: a cell or a body ends in a paragraph."""
    home = paragraph.getparent()
    if home is None or home.tag not in (f"{W}body", f"{W}tc"):
        return False
    return paragraph.getnext() is not None and any(other.tag == f"{W}p" for other in paragraph.itersiblings())


def _of(root: etree._Element, tags: set[str]) -> list[etree._Element]:
    return list(root.iter(*tags))


def _drop_with_run(element: etree._Element) -> None:
    """Takes an element out, and its run where nothing else is in it."""
    run = element.getparent()
    _drop(element)
    if run is not None and run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
        _drop(run)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag not in _PROPERTIES:
        for child in list(element):
            element.addprevious(child)
    _drop(element)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
