"""What is wrong with a .docx though the Open XML SDK finds nothing: ids, pairs, tables, cells, references.

Word repairs some of this silently, refuses to open some of it, and loses some of it in LibreOffice.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MOST_COLUMNS = 63
_PAIRS = ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
# What must be unique in the whole document: element and attribute.
_UNIQUE = {
    "图形编号": (f"{WP}docPr", "id"),
    **{
        f"旧式图形编号（{name}）": (f"{{urn:schemas-microsoft-com:vml}}{name}", "id")
        for name in ("shape", "rect", "line")
    },
    "内容控件编号": (f"{W}sdtPr/{W}id", f"{W}val"),
    "书签编号": (f"{W}bookmarkStart", f"{W}id"),
    "书签名": (f"{W}bookmarkStart", f"{W}name"),
    "权限区编号": (f"{W}permStart", f"{W}id"),
    "批注编号": (f"{W}comment", f"{W}id"),
    "脚注编号": (f"{W}footnote", f"{W}id"),
    "尾注编号": (f"{W}endnote", f"{W}id"),
    "段落编号": (f"{W}p", f"{W14}paraId"),
    "行编号": (f"{W}tr", f"{W14}paraId"),
}
_NOTED = {
    "脚注": (f"{W}footnoteReference", f"{W}footnote"),
    "尾注": (f"{W}endnoteReference", f"{W}endnote"),
    "批注": (f"{W}commentReference", f"{W}comment"),
}

Root = etree._Element


def document_faults(docx: bytes, *, ragged: bool = False) -> list[str]:
    """Everything that is wrong with a document, part by part; `ragged`: rows need not fill their tables."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        roots = {name: etree.fromstring(archive.read(name)) for name in names}
    checks = [check for check in CHECKS if not (ragged and check is spans)]
    found = [f"{name}：{fault}" for name, root in roots.items() for check in checks for fault in check(root)]
    return [*found, *double_ids(*roots.values()), *lost_notes(*roots.values())]


def part_faults(root: Root) -> list[str]:
    """Everything that is wrong within one part."""
    return [fault for check in CHECKS for fault in check(root)]


def double_ids(*roots: Root) -> Iterator[str]:
    """Ids and names that stand twice, in whichever parts."""
    for what, (path, attribute) in _UNIQUE.items():
        values = Counter(each.get(attribute) for root in roots for each in root.iterfind(f".//{path}"))
        yield from (
            f"{what} {value} 有 {number} 个"
            for value, number in values.items()
            if number > 1 and value is not None
        )


def lost_notes(*roots: Root) -> Iterator[str]:
    """Each reference to a note or a comment has one, and no two references have the same."""
    for what, (reference, note) in _NOTED.items():
        there = {each.get(f"{W}id") for root in roots for each in root.iter(note)}
        asked = Counter(each.get(f"{W}id") for root in roots for each in root.iter(reference))
        yield from (f"{what} {number} 没有内容" for number in asked if number not in there)
        yield from (f"{what} {number} 被引用 {times} 次" for number, times in asked.items() if times > 1)


def pairs(root: Root) -> Iterator[str]:
    """Each start has an end, after it, and each end a start."""
    for kind in _PAIRS:
        open_: Counter[str] = Counter()
        for each in root.iter(f"{W}{kind}Start", f"{W}{kind}End"):
            number = each.get(f"{W}id", "")
            open_[number] += 1 if str(each.tag).endswith("Start") else -1
            if open_[number] < 0:
                yield f"{kind} {number} 的结尾前面没有开头"
        yield from (f"{kind} {number} 没有结尾" for number, depth in open_.items() if depth > 0)


def fields(root: Root) -> Iterator[str]:
    """begin, at most one separate, end; nested ones whole."""
    stack: list[str] = []
    for each in root.iter(f"{W}fldChar"):
        kind = each.get(f"{W}fldCharType", "")
        if kind == "begin":
            stack.append(kind)
        elif not stack or (kind == "separate" and stack[-1] == kind):
            yield f"域的 {kind} 前面没有 begin"
        elif kind == "separate":
            stack[-1] = kind
        else:
            stack.pop()
    if stack:
        yield f"有 {len(stack)} 个域没有 end"


def spans(root: Root) -> Iterator[str]:
    """The cells of each row fill the grid of their table, if it has one. Word opens one that is ragged, and draws it otherwise than LibreOffice."""
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for number, row in enumerate(_own(table, f"{W}tr", f"{W}tbl"), 1):
            cells = _own(row, f"{W}tc", f"{W}tr")
            width = sum(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1) for cell in cells)
            width += sum(_number(row.find(f"{W}trPr/{W}{side}"), 0) for side in ("gridBefore", "gridAfter"))
            if columns and width != columns:
                yield f"表格第 {number} 行占 {width} 列，表格有 {columns} 列"


def columns(root: Root) -> Iterator[str]:
    """No row has more columns than Word has."""
    for number, row in enumerate(root.iter(f"{W}tr"), 1):
        spans_ = (_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1) for cell in _own(row, f"{W}tc", f"{W}tr"))
        if (width := sum(spans_)) > MOST_COLUMNS:
            yield f"第 {number} 行占 {width} 列，Word 最多 {MOST_COLUMNS} 列"


def cells(root: Root) -> Iterator[str]:
    """A cell ends in a paragraph; a table has rows, a row cells, a content control content."""
    for cell in root.iter(f"{W}tc"):
        last = next((each for each in reversed(cell) if not str(each.tag).endswith("End")), None)
        if last is None or last.tag not in (f"{W}p", f"{W}sdt"):
            yield "单元格的末尾不是段落"
    for kind, inner in (("tbl", "tr"), ("tr", "tc")):
        yield from (
            f"{kind} 里没有 {inner}" for each in root.iter(f"{W}{kind}") if _lacks(each, f"{W}{inner}")
        )
    yield from ("内容控件是空的" for each in root.iter(f"{W}sdtContent") if len(each) == 0)


def references(root: Root) -> Iterator[str]:
    """Of each kind of header and footer one, and headers first: else LibreOffice 25.2 loses a first page's footer."""
    for section in root.iter(f"{W}sectPr"):
        found = [each for each in section if str(each.tag).endswith("erReference")]
        tags = [str(each.tag) for each in found]
        if tags != sorted(tags, key=lambda tag: tag != f"{W}headerReference"):
            yield "页脚排在页眉前面"
        doubles = Counter((each.tag, each.get(f"{W}type")) for each in found)
        yield from (
            f"{kind} 的页眉或页脚有 {number} 个" for (_, kind), number in doubles.items() if number > 1
        )


CHECKS: tuple[Callable[[Root], Iterator[str]], ...] = (pairs, fields, spans, columns, cells, references)


def _own(element: Root, tag: str, owner: str) -> list[Root]:
    """The descendants `tag` whose nearest `owner` is `element`."""
    return [each for each in element.iter(tag) if next(each.iterancestors(owner)) is element]


def _lacks(element: Root, tag: str) -> bool:
    return next(element.iter(tag), None) is None


def _number(element: Root | None, otherwise: int) -> int:
    return otherwise if element is None else int(element.get(f"{W}val", "0"))
