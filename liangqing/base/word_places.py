"""Places in a Word file as a person finds them on the page: `正文第3段「请于…」`, `表2 第3行 第1格`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from liangqing.base.docx_zip import MC, W
from liangqing.base.wordprocessingml import rows_or_cells

_STORIES = {
    f"{W}document": "正文", f"{W}hdr": "页眉", f"{W}ftr": "页脚",
    f"{W}footnotes": "脚注", f"{W}endnotes": "尾注", f"{W}comments": "批注",
}  # fmt: skip
_NOTES = {f"{W}footnote", f"{W}endnote", f"{W}comment"}
_PROPERTIES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注",
    "category": "类别", "contentStatus": "状态", "lastModifiedBy": "最后保存者", "Company": "单位",
    "Manager": "主管",
}  # fmt: skip
SNIPPET = 14


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of a paragraph as it stands in the file, without its text boxes."""
    return "".join(
        text.text or "" for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph
    )


def property_place(element: etree._Element) -> str:
    """`文档属性「标题」` for an element of docProps/core.xml, app.xml or custom.xml."""
    name = element.get("name") if element.get("pid") else None
    name = name or etree.QName(element).localname
    return f"文档属性「{_PROPERTIES.get(name, name)}」"


def word_places(root: etree._Element, which: str = "") -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph of a part, in document order, with its place as a person finds it in Word.

    `正文第3段「请于…」`: paragraphs are counted as one counts them on the page, empty ones too, those in
    tables not. `表2 第3行 第1格`: tables count through the part, cells as they are drawn; `内表1` is a table
    in that cell. `文本框1第1段`: text boxes count through the part; the copy that Word keeps for old
    readers has the same number. `which` says which header it is: 首页, 偶数页.
    """
    return _Story(which + _STORIES.get(root.tag, "文档")).walk(root)


class _Story:
    def __init__(self, label: str) -> None:
        self.label = label
        self.box = 0

    def walk(self, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        tables = count(1)
        notes = [note for note in root if note.tag in _NOTES and note.get(f"{W}type") in (None, "normal")]
        for number, note in enumerate(notes, 1):
            yield from self.blocks(note, f"{self.label}{number}", "", count(1), tables)
        if not notes:
            yield from self.blocks(root, self.label, "", count(1), tables)

    def blocks(
        self, parent: etree._Element, label: str, cell: str, numbers: Iterator[int], tables: Iterator[int]
    ) -> Iterator[tuple[etree._Element, str]]:
        for child in parent:
            if child.tag == f"{W}p":
                yield child, cell or f"{label}第{next(numbers)}段「{_snippet(child)}」"
                yield from self.boxes(child)
            elif child.tag == f"{W}tbl":
                prefix = f"{cell} 内表" if cell else "表" if label == "正文" else f"{label}表"
                yield from self.table(child, f"{prefix}{next(tables)}")
            elif child.tag != f"{W}sectPr":
                yield from self.blocks(child, label, cell, numbers, tables)

    def table(self, table: etree._Element, name: str) -> Iterator[tuple[etree._Element, str]]:
        for row_number, row in enumerate(rows_or_cells(table, f"{W}tr"), 1):
            for cell_number, cell in enumerate(rows_or_cells(row, f"{W}tc"), 1):
                place = f"{name} 第{row_number}行 第{cell_number}格"
                yield from self.blocks(cell, "", place, count(1), count(1))

    def boxes(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        where = "" if self.label == "正文" else self.label
        for box in paragraph.iter(f"{W}txbxContent"):
            if next(box.iterancestors(f"{W}p")) is paragraph:
                self.box += next(box.iterancestors(f"{MC}Fallback"), None) is None
                yield from self.blocks(box, f"{where}文本框{max(self.box, 1)}", "", count(1), count(1))


def _snippet(paragraph: etree._Element) -> str:
    text = paragraph_text(paragraph).strip()
    return text if len(text) <= SNIPPET else text[:SNIPPET] + "…"
