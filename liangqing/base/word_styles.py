"""What a paragraph or run really looks like: its properties, merged from the document's defaults up to its own.

A style names others by id (`w:basedOn`), and says only what it changes. The order is that of ECMA-376-1, 17.7.2: defaults, table style, paragraph styles from the base up, numbering,
character style, direct. Numbering that comes with a style lies under that style. The conditional formats of a
table style (first row, last column) are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import is_on, local, value_of

# Name of a property → its attributes. Both without their namespace.
Properties: TypeAlias = dict[str, dict[str, str]]

_ADDED = {"rFonts", "spacing", "ind", "framePr"}  # each attribute is a property of its own
_NESTED = {"pBdr", "numPr", "tcBorders", "tblBorders"}  # each child is: "pBdr.top", "numPr.numId"
# Strict files, and newer programs, write start and end, which turn with the direction of the text.
_RENAMED = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
# A property that is set takes the place of those that say the same in another way.
_INSTEAD = {
    "ascii": ("asciiTheme",),
    "hAnsi": ("hAnsiTheme",),
    "eastAsia": ("eastAsiaTheme",),
    "cs": ("cstheme",),
    "asciiTheme": ("ascii",),
    "hAnsiTheme": ("hAnsi",),
    "eastAsiaTheme": ("eastAsia",),
    "cstheme": ("cs",),
    "firstLine": ("hanging", "hangingChars"),
    "firstLineChars": ("hanging", "hangingChars"),
    "hanging": ("firstLine", "firstLineChars"),
    "hangingChars": ("firstLine", "firstLineChars"),
}
# What a Chinese Word shows for the styles it comes with; in the file they have English names. Some of them are numbered.
_SHOWN = {
    "normal": "正文", "title": "标题", "subtitle": "副标题", "heading": "标题", "toc": "目录", "header": "页眉",
    "footer": "页脚", "page number": "页码", "body text": "正文文本", "body text indent": "正文文本缩进",
    "body text first indent": "正文文本首行缩进", "normal indent": "正文缩进", "normal (web)": "普通(网站)",
    "plain text": "纯文本", "no spacing": "无间隔", "block text": "文本块", "list paragraph": "列表段落",
    "list": "列表", "list bullet": "列表项目符号", "list number": "列表编号", "date": "日期", "salutation": "称呼",
    "closing": "结束语", "signature": "签名", "caption": "题注", "quote": "引用", "intense quote": "明显引用",
    "strong": "要点", "emphasis": "强调", "hyperlink": "超链接", "footnote text": "脚注文本",
    "endnote text": "尾注文本", "annotation text": "批注文字", "balloon text": "批注框文本",
    "document map": "文档结构图", "table grid": "网格型", "normal table": "普通表格",
    "default paragraph font": "默认段落字体",
}  # fmt: skip
_TOGGLES = ("b", "i", "vanish", "caps", "strike")  # those of the properties of 17.7.3 that we look at


def merged(levels: Iterable[etree._Element | None], base: Properties | None = None) -> Properties:
    """The properties of `w:pPr` or `w:rPr` elements, from the weakest to the strongest; `base` lies under them.

    `{"sz": {"val": "32"}, "rFonts": {"eastAsia": "黑体"}}`; None among the levels is one that says nothing. The result
    is the caller's own, but for what it took over from `base`: to be read only.
    """
    found: Properties = {}
    for name, attributes in (base or {}).items():
        found[name] = dict(attributes) if name in _ADDED else attributes
    for level in levels:
        if level is not None:
            for child in level.iterchildren(f"{W}*"):
                _merge(found, child)
    return found


def _merge(found: Properties, child: etree._Element) -> None:
    name = local(child.tag)
    if name in _NESTED:
        for nested in child.iterchildren(f"{W}*"):
            found[f"{name}.{local(nested.tag)}"] = _attributes(nested)
        found.setdefault(name, {})
    elif name in _ADDED:
        _add(found.setdefault(name, {}), _attributes(child))
    else:
        found[name] = _attributes(child)


def _attributes(element: etree._Element) -> dict[str, str]:
    found = {}
    for key, value in element.attrib.items():
        name = str(key).rpartition("}")[2]
        found[_RENAMED.get(name, name)] = str(value)
    return found


def _add(known: dict[str, str], new: dict[str, str]) -> None:
    for name in new:
        for other in _INSTEAD.get(name, ()):
            if other not in new:
                known.pop(other, None)
    known.update(new)


def shown_name(name: str) -> str:
    """What a Chinese Word shows for a style of this name in the file: `heading 1` → `标题 1`; one of a person's own as it is."""
    head, _, number = name.rpartition(" ")
    if head and number.isdigit() and head.lower() in _SHOWN:
        return f"{_SHOWN[head.lower()]} {number}"
    return _SHOWN.get(name.lower(), name)


class Styles:
    """The styles of a document; one without the part has none, and everything is as Word has it by itself."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else list(root.iterchildren(f"{W}style"))
        self._known = {style.get(f"{W}styleId", ""): style for style in elements}
        self._default = {
            element.get(f"{W}type", "paragraph"): element.get(f"{W}styleId", "")
            for element in reversed(elements)
            if f"{W}default" in element.attrib and is_on(element.get(f"{W}default"))
        }
        self._paragraph = _find(root, "docDefaults/pPrDefault/pPr")
        self._run = _find(root, "docDefaults/rPrDefault/rPr")
        self._kept: dict[tuple[str, str, str], Properties] = {}
        self._kept_paragraphs: dict[tuple[str, str], Properties] = {}

    def __contains__(self, style: str) -> bool:
        return style in self._known

    def name(self, style: str) -> str:
        """What Word calls a style."""
        return value_of(self._known.get(style), "name")

    def default(self, kind: str) -> str:
        """The style of what names none."""
        return self._default.get(kind, "")

    def chain(self, style: str) -> list[etree._Element]:
        """A style and those that it rests on, the base first; a chain that runs in a circle ends."""
        found: list[etree._Element] = []
        while style in self._known and self._known[style] not in found:
            found.append(self._known[style])
            style = value_of(self._known[style], "basedOn")
        return found[::-1]

    def paragraph_levels(self, style: str, table: str) -> Iterator[etree._Element | None]:
        """`w:pPr` of the defaults, of the table's style and of the paragraph's styles."""
        yield self._paragraph
        for style_element in (*self.chain(table), *self.chain(style)):
            yield _find(style_element, "pPr")

    def paragraph_properties(self, style: str, table: str) -> Properties:
        """The properties of a paragraph before its own: to be copied, not changed."""
        key = (style, table)
        if key not in self._kept_paragraphs:
            self._kept_paragraphs[key] = merged(self.paragraph_levels(style, table))
        return self._kept_paragraphs[key]

    def run_properties(self, paragraph: str, character: str, table: str) -> Properties:
        """The properties of a run before its own: to be copied, not changed."""
        key = (paragraph, character, table)
        if key not in self._kept:
            self._kept[key] = self._run_properties(*key)
        return self._kept[key]

    def _run_properties(self, paragraph: str, character: str, table: str) -> Properties:
        of_paragraph = [_find(style, "rPr") for style in (*self.chain(table), *self.chain(paragraph))]
        of_character = [_find(style, "rPr") for style in self.chain(character)]
        found = merged([self._run, *of_paragraph, *of_character])
        below, above = merged(of_paragraph), merged(of_character)
        for name in _TOGGLES:  # 17.7.3: two styles that both set a toggle undo each other
            if name in below and name in above:
                on = is_on(below[name].get("val")) != is_on(above[name].get("val"))
                found[name] = {"val": "1" if on else "0"}
        return found


def _find(element: etree._Element | None, path: str) -> etree._Element | None:
    for step in path.split("/"):
        if element is None:
            return None
        element = element.find(f"{W}{step}")
    return element
