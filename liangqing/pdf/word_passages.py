"""What a Word file says, as far as every program that prints it must print it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from liangqing.base.docx_zip import MC, Package, W
from liangqing.base.wordprocessingml import value_of

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN, _NOTES = ("document.main",), ("footnotes", "endnotes")
_DRAWN = ("header", "footer")  # on every page, or on some

# Fields whose result is text like other text; that of the others each program works out anew.
_FIXED_FIELDS = ("HYPERLINK", "TOC", "FORMTEXT")
_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText")
}
# What stands in the middle of a text and is drawn as each program sees fit.
_BREAKS = {f"{W}{name}" for name in ("ruby", "sym", "footnoteReference", "endnoteReference", "ptab")}
_HYPHENS = {f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\x02\ufffe", "-"),
        **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f", ""),
        **dict(
            zip(
                "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
                "民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
                strict=True,
            )
        ),
    }
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_BLANKS = re.compile(r"[\s\x00-\x01\x03-\x1f]+")


@dataclass(frozen=True)
class WordPassage:
    """Text that stands together, as `plain` has it; `flows`: it stands in the main text, outside tables and boxes."""

    text: str
    flows: bool


def plain(text: str) -> str:
    """Text as two programs agree on it: no blanks, small letters, one sign for each form of a hyphen or radical."""
    bare = _BLANKS.sub("", text).translate(_PLAIN)
    return _COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), bare).casefold()


def passages(package: Package) -> list[WordPassage]:
    """The text of body, tables, boxes and notes in its order.

    Left out is what programs are free in: numbers of lists, results of fields that are worked out, formulas, hidden
    and deleted text, merged cells that go on, headers and footers.
    """
    return [
        passage
        for root in _roots(package, _MAIN + _NOTES)
        for passage in _StoryReader(_hidden(package)).read(root)
    ]


def running_heads(package: Package) -> list[WordPassage]:
    """The text of headers and footers; which pages bear it the file does not say."""
    return [
        passage for root in _roots(package, _DRAWN) for passage in _StoryReader(_hidden(package)).read(root)
    ]


def _roots(package: Package, stories: tuple[str, ...]) -> Iterator[etree._Element]:
    for story in stories:
        for name, kind in package.types.items():
            if kind == f"{_KIND}{story}+xml" and name in package.parts:
                yield package.root(name)


def _hidden(package: Package) -> frozenset[str]:
    """The styles whose text is hidden."""
    if "word/styles.xml" not in package.parts:
        return frozenset()
    styles = package.root("word/styles.xml").iter(f"{W}style")
    return frozenset(
        style.get(f"{W}styleId", "") for style in styles if _is_on(style.find(f"{W}rPr/{W}vanish"))
    )


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")


@dataclass
class _StoryReader:
    """Goes through a story; a field may begin in one paragraph and end in another."""

    hidden: frozenset[str]
    _fields: list[list[str]] = field(
        default_factory=list
    )  # of each open field: its words, and whether its result began
    _pieces: list[str] = field(default_factory=list)
    _found: list[WordPassage] = field(default_factory=list)

    def read(self, root: etree._Element) -> list[WordPassage]:
        self._walk(root, flows=True)
        return self._found

    def _walk(self, parent: etree._Element, *, flows: bool) -> None:
        for child in parent.iterchildren(tag=etree.Element):
            self._take(child, flows)

    def _take(self, element: etree._Element, flows: bool) -> None:
        tag = element.tag
        if tag == f"{W}p":
            self._paragraph(element, flows)
        elif tag == f"{W}t":
            self._say(element.text or "")
        elif tag in _HYPHENS:
            self._say(_HYPHENS[tag])
        elif tag == f"{W}fldChar":
            self._field(element)
        elif tag == f"{W}fldSimple":
            self._simple_field(element, flows)
        elif tag == f"{W}instrText" and self._fields:
            self._fields[-1][0] += element.text or ""
        elif tag in _BREAKS or tag.endswith("}oMath"):
            self._end(flows)
        elif tag == f"{MC}AlternateContent":
            chosen = next(element.iterchildren(tag=etree.Element), None)
            if chosen is not None:
                self._walk(chosen, flows=flows)
        elif tag not in _SKIPPED and not self._unseen(element):
            self._walk(element, flows=flows and tag not in (f"{W}tbl", f"{W}txbxContent"))

    def _paragraph(self, paragraph: etree._Element, flows: bool) -> None:
        around, self._pieces = self._pieces, []
        framed = paragraph.find(f"{W}pPr/{W}framePr") is not None
        hidden = value_of(paragraph, "pPr/pStyle") in self.hidden
        before = len(self._found)
        self._walk(paragraph, flows=flows and not framed)
        self._end(flows and not framed)
        if hidden:
            del self._found[before:]
        self._pieces = around

    def _unseen(self, element: etree._Element) -> bool:
        if element.tag == f"{W}r":
            own = element.find(f"{W}rPr")
            return (
                _is_on(None if own is None else own.find(f"{W}vanish"))
                or value_of(own, "rStyle") in self.hidden
            )
        if element.tag == f"{W}tc":
            merged = element.find(f"{W}tcPr/{W}vMerge")
            return merged is not None and merged.get(f"{W}val") != "restart"
        return False

    def _say(self, text: str) -> None:
        if all(
            result and words.split()[:1] and words.split()[0] in _FIXED_FIELDS
            for words, result in self._fields
        ):
            self._pieces.append(text)

    def _end(self, flows: bool) -> None:
        text = plain("".join(self._pieces))
        self._pieces = []
        if text:
            self._found.append(WordPassage(text, flows))

    def _field(self, mark: etree._Element) -> None:
        step = mark.get(f"{W}fldCharType")
        if step == "begin":
            self._fields.append(["", ""])
        elif step == "separate" and self._fields:
            self._fields[-1][1] = step
        elif step == "end" and self._fields:
            self._fields.pop()
        if not self._fields or self._fields[-1][0].split()[:1] not in ([name] for name in _FIXED_FIELDS):
            self._end(flows=False)

    def _simple_field(self, element: etree._Element, flows: bool) -> None:
        self._fields.append([element.get(f"{W}instr", ""), "result"])
        self._walk(element, flows=flows)
        self._fields.pop()
