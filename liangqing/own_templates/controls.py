"""Content controls of a form that comes back: each in a cell of its own, named by the key that its value stands under.

Texts are controls of any content (no `w:text`): LibreOffice 7.4 writes one of plain text several times over.
A tag is a path into a record (`任务[].状态`); docs/使用手册/表单回收.md has the grammar. What a person fills in can't be
deleted, what is known already can't be changed either, in programs that keep to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from lxml import etree

from liangqing.own_templates.markup import Element, Inline, paragraph, run, w
from liangqing.own_templates.word_styles import HINT_RUN

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
GLYPHS = "Segoe UI Symbol"  # has both boxes; Word draws them in it by itself
TICKED, OPEN = "☒", "☐"
BLANK = "　　"  # the hint of a field that may stay empty
REFERENCE = "参考"  # what is shown for orientation: neither read nor compared

Content = Callable[[], Iterable[Element]]


class Controls:
    """The controls of one form; they number themselves."""

    def __init__(self) -> None:
        self._numbers = count(2001)

    def text(self, tag: str, name: str, hint: str = BLANK) -> Content:
        """A text, of several lines or paragraphs if need be."""
        return self._field(tag, name, hint, None)

    def day(self, tag: str, name: str, hint: str = BLANK) -> Content:
        """A date, picked or typed."""
        kind = w(
            "date",
            w("dateFormat", val="yyyy年M月d日"),
            w("lid", val="zh-CN"),
            w("storeMappedDataAs", val="dateTime"),
            w("calendar", val="gregorian"),
        )
        return self._field(tag, name, hint, kind)

    def choice(self, tag: str, name: str, words: Iterable[str], hint: str = BLANK) -> Content:
        """One of `words`, which may be template tags."""
        items = (w("listItem", displayText=each, value=each) for each in words)
        return self._field(tag, name, hint, w("dropDownList", *items))

    def tick(self, tag: str, words: str) -> Content:
        """A box to tick, with what that says after it."""

        def blocks() -> Iterator[Element]:
            control = self._control(tag, words, "sdtLocked", _box(), run(OPEN))
            yield paragraph("表格文字", control, f" {words}")

        return blocks

    def known(self, tag: str, value: str, style: str = "表格文字") -> Content:
        """What the program fills in, and a person leaves as it is."""

        def blocks() -> Iterator[Element]:
            yield paragraph(style, self.fixed(tag, value))

        return blocks

    def fixed(self, tag: str, value: str) -> Element:
        """The same within a line."""
        return self._control(tag, tag, "sdtContentLocked", None, run(value))

    def _field(self, tag: str, name: str, hint: str, kind: Element | None) -> Content:
        def blocks() -> Iterator[Element]:
            control = self._control(tag, name, "sdtLocked", kind, run(hint, HINT_RUN), hint=True)
            yield paragraph("表格文字", control)

        return blocks

    def _control(
        self, tag: str, name: str, lock: str, kind: Element | None, *content: Inline, hint: bool = False
    ) -> Element:
        properties = w(
            "sdtPr",
            w("alias", val=name),
            w("tag", val=tag),
            w("id", val=next(self._numbers)),
            w("lock", val=lock),
            w("showingPlcHdr") if hint else None,
            kind,
        )
        return w("sdt", properties, w("sdtContent", *content))


def _box() -> Element:
    box = etree.Element(f"{{{W14}}}checkbox", nsmap={"w14": W14})
    states = (
        ("checked", "0"),
        ("checkedState", f"{ord(TICKED):04X}"),
        ("uncheckedState", f"{ord(OPEN):04X}"),
    )
    for name, value in states:
        state = etree.SubElement(box, f"{{{W14}}}{name}", {f"{{{W14}}}val": value})
        if name != "checked":
            state.set(f"{{{W14}}}font", GLYPHS)
    return box
