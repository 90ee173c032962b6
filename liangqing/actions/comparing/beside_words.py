"""What a Word file shows beside its words, so that a copy with more, or less, than the original is known.

Symbols, formulas, pictures, shapes, WordArt, text that is there and can't be seen, fields, links, comments, numbers of
lists, files within the file. How often each is there counts, not where: programs move things about when they save.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from liangqing.actions.comparing.passages import Passage, squeezed
from liangqing.actions.comparing.words import WordChange
from liangqing.base.docx_zip import MC, W
from liangqing.base.theme_fonts import Theme
from liangqing.base.word_places import word_places
from liangqing.base.word_styles import Properties, Styles
from liangqing.base.wordprocessingml import is_on, local, value_of
from liangqing.gbt9704.word.parts import Parts, R
from liangqing.gbt9704.word.reader import read_parts
from liangqing.gbt9704.word.runs import Runs
from liangqing.gbt9704.word.units import half_points, number

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_STORIES = ("header", "footer", "footnotes", "endnotes")
_NAMED_AS_USUAL = re.compile(r"(?:.*/)?(header|footer|footnotes|endnotes)\d*\.xml")
_SYMBOL_FONTS = re.compile(r"symbol|wingdings|webdings|dings|mt extra|marlett|bookshelf", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_PAGE_RESULT = re.compile(r"[\s\d—–－-]*")
_WHITE = {"FFFFFF", "WHITE"}
_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
# Namespaces whose alternative contents Word of any office shows; of others it shows the fallback.
_KNOWN = re.compile(
    r"http://schemas\.(?:microsoft|openxmlformats)\.(?:com|org)/|http://purl\.oclc\.org/ooxml/"
)
_TINY, _SQUEEZED = 4.0, 10.0  # half-points, percent of the usual width

Found = Iterator[Passage]


def beside_words(docx: bytes, name: str) -> list[Passage]:
    """All of it, a passage each: the place in Word's terms, and what it is.

    Raises Problems for what is no usable Word file; `name` is what diagnostics call it.
    """
    return list(_WordExtras(Parts(docx, name)).all())


def extra_changes(old: Sequence[Passage], new: Sequence[Passage]) -> list[WordChange]:
    """What the new one has more or less often than the old one."""
    before, after = (Counter(passage.text for passage in some) for some in (old, new))
    more = [WordChange(passage.place, "", passage.text) for passage in _over(new, after - before)]
    return more + [WordChange(passage.place, passage.text, "") for passage in _over(old, before - after)]


def _over(some: Sequence[Passage], count: Counter[str]) -> Found:
    """Of each text the last ones, as many as are counted."""
    left = Counter(count)
    for passage in reversed(some):
        if left[passage.text] > 0:
            left[passage.text] -= 1
            yield passage


class _WordExtras:
    """A file, gone through part by part."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._styles = Styles(parts.of_kind("styles"))
        self._runs = Runs(self._styles, Theme(parts.of_kind("theme"), parts.of_kind("settings")))

    def all(self) -> Found:
        """Everything, in the order of the parts."""
        yield from self._story(self._parts.main)
        for kind, part in self._kinds():
            if kind in _STORIES:
                yield from self._story(part)
                if not _NAMED_AS_USUAL.fullmatch(part):
                    yield from self._words_of(part, "")
            elif kind == "comments":
                yield from self._words_of(part, "批注")
            elif kind in ("aFChunk", "subDocument"):
                yield Passage("正文", f"嵌入的文件 {self._print(part)}")
        yield from self._labels()

    def _kinds(self) -> list[tuple[str, str]]:
        """The parts that the document leads to, each once, with their kinds."""
        there = self._parts.package.parts
        return sorted({(kind, part) for kind, part in self._parts.relations.values() if part in there})

    def _words_of(self, part: str, what: str) -> Found:
        """The words of a part that `passages` does not read."""
        for paragraph, place in word_places(self._parts.root(part)):
            words = squeezed("".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{_A}t")))
            if words:
                yield Passage(place, f"{what}「{words}」" if what else words)

    def _labels(self) -> Found:
        """The numbers that lists give to paragraphs, and texts that stand behind a list."""
        for paragraph in read_parts(self._parts).paragraphs:
            if paragraph.label.strip():
                yield Passage(paragraph.place, f"自动编号「{paragraph.label.strip()}」")

    # ------------------------------------------------------------ a part of text

    def _story(self, part: str) -> Found:
        root = self._parts.root(part)
        places = dict(word_places(root))
        links = self._links(part)
        label = next(iter(places.values()), "正文").partition("第")[0]
        for element in root.iter():
            if not isinstance(element.tag, str) or not _is_shown(element):
                continue
            told = self._told(element, links)
            if told:
                above = element.iterancestors(f"{W}p")
                yield Passage(next((places[outer] for outer in above if outer in places), label), told)
        for paragraph, place in places.items():
            if _is_shown(paragraph):
                yield from self._paragraph(paragraph, place)

    def _told(self, element: etree._Element, links: Mapping[str, tuple[str, str]]) -> str:
        """What an element is by itself; "" for what is no extra."""
        if element.tag in _DRAWN:
            return "" if _within(element, _DRAWN) else self._drawn(element, links)
        if element.tag in _EXTRAS:
            return _EXTRAS[element.tag](element)
        if element.tag == f"{W}hyperlink" and element.get(f"{R}id"):
            return f"链接 {links.get(element.get(f'{R}id', ''), ('', ''))[1]}"
        if element.tag == f"{W}t" and _within(element, (f"{MC}Fallback",)):
            return f"替换显示的字「{squeezed(element.text or '')}」"
        if element.tag in (f"{W}altChunk", f"{W}subDoc", f"{W}control", f"{_O}OLEObject"):
            return f"嵌入的内容 {local(element.tag)}"
        return ""

    def _drawn(self, element: etree._Element, links: Mapping[str, tuple[str, str]]) -> str:
        """A picture by what it shows, a chart, or a shape."""
        prints = sorted(
            self._print(links[rid][0]) if links[rid][0] in self._parts.package.parts else links[rid][1]
            for inner in element.iter()
            if isinstance(inner.tag, str) and _is_shown(inner)
            for key in (f"{R}embed", f"{R}link", f"{R}id", f"{R}pict")
            if (rid := inner.get(key, "")) in links and local(inner.tag) in _PICTURES
        )
        if prints:
            return f"图片 {'、'.join(prints)}"
        if any(local(inner.tag) in ("chart", "relIds") for inner in element.iter(tag=etree.Element)):
            return "图表或智能图形"
        return "图形"

    def _print(self, part: str) -> str:
        return hashlib.sha256(self._parts.package.parts[part].data).hexdigest()[:12]

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Id of a relationship of a part → the part it leads to, and the target as it is written."""
        folder, file = posixpath.split(part)
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if name not in self._parts.package.parts:
            return {}
        found = {}
        for relation in self._parts.root(name):
            target = relation.get("Target", "")
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (whole, target)
        return found

    # ------------------------------------------------------------ a paragraph

    def _paragraph(self, paragraph: etree._Element, place: str) -> Found:
        """Text that is there and can't be seen, or reads otherwise than it stands; fields and what is behind them."""
        style = value_of(paragraph, "pPr/pStyle") or self._styles.default("paragraph")
        unseen: dict[str, str] = {}
        opened: list[list[str]] = []  # of each open field its code, while it is read
        codes: list[str] = []
        results = ""
        for element in paragraph.iter(f"{W}r", f"{W}instrText", f"{W}fldChar", f"{W}fldSimple"):
            if next(element.iterancestors(f"{W}p")) is not paragraph:
                continue
            if element.tag == f"{W}fldChar":
                _see(element, opened, codes)
            elif element.tag == f"{W}instrText":
                codes += [] if opened else [element.text or ""]
                opened[-1:] = [[*field, element.text or ""] for field in opened[-1:]]
            elif element.tag == f"{W}fldSimple":
                codes.append(element.get(f"{W}instr", ""))
            elif element.tag == f"{W}r":
                text = squeezed("".join(found.text or "" for found in element.iterchildren(f"{W}t")))
                results += text if _of_page(element, opened) else ""
                for kind in (
                    _unseen(self._runs.properties(element.find(f"{W}rPr"), style, "")) if text else ()
                ):
                    unseen[kind] = unseen.get(kind, "") + text
        for kind, text in unseen.items():
            yield Passage(place, f"{kind}「{text}」")
        for code in (*codes, *("".join(field) for field in opened)):
            if code.strip() and not _PAGE.match(code):
                yield Passage(place, f"域 {' '.join(code.split())}")
        if not _PAGE_RESULT.fullmatch(results):
            yield Passage(place, f"页码里的字「{results}」")


def _see(character: etree._Element, opened: list[list[str]], codes: list[str]) -> None:
    """A field begins, or ends: its code is then among the codes."""
    kind = character.get(f"{W}fldCharType")
    if kind == "begin":
        opened.append([])
    elif kind == "end" and opened:
        codes.append("".join(opened.pop()))


def _of_page(run: etree._Element, opened: Sequence[Sequence[str]]) -> bool:
    """Whether a run is the number of a page: `passages` leaves it out."""
    simple = next(run.iterancestors(f"{W}fldSimple"), None)
    codes = ["" if simple is None else simple.get(f"{W}instr", ""), *map("".join, opened)]
    return any(map(_PAGE.match, codes))


def _unseen(found: Properties) -> Iterator[str]:
    """In which ways text of these properties reads otherwise than it stands."""
    for kind, holds in _WAYS:
        if holds(found):
            yield kind


def _on(name: str) -> Callable[[Properties], bool]:
    return lambda found: name in found and is_on(found[name].get("val"))


def _value(found: Properties, name: str, key: str = "val") -> str:
    return (found.get(name, {}).get(key) or "").upper()


def _has_symbol_font(found: Properties) -> bool:
    return any(_SYMBOL_FONTS.search(face or "") for face in found.get("rFonts", {}).values())


def _is_covered(found: Properties) -> bool:
    return _value(found, "highlight") == "BLACK" or _value(found, "shd", "fill") == "000000"


_WAYS: tuple[tuple[str, Callable[[Properties], bool]], ...] = (
    ("隐藏的字", _on("vanish")),
    ("隐藏的字", _on("webHidden")),
    ("划掉的字", lambda found: _on("strike")(found) or _on("dstrike")(found)),
    ("白色的字", lambda found: _value(found, "color") in _WHITE),
    ("涂黑的字", _is_covered),
    ("小得看不见的字", lambda found: 0 < (half_points(_value(found, "sz").lower() or None) or 99) <= _TINY),
    ("压扁的字", lambda found: 0 < (number(_value(found, "w")) or 100) <= _SQUEEZED),
    ("上标、下标", lambda found: _value(found, "vertAlign") in ("SUPERSCRIPT", "SUBSCRIPT")),
    ("符号字体的字", _has_symbol_font),
)


# ---------------------------------------------------------------- single elements


def _symbol(element: etree._Element) -> str:
    return f"符号 {element.get(f'{W}font', '')} {element.get(f'{W}char', '').upper()}"


def _formula(element: etree._Element) -> str:
    if _within(element, (f"{_M}oMath",)):
        return ""
    return f"公式「{squeezed(''.join(text.text or '' for text in element.iter(f'{_M}t', f'{W}t')))}」"


def _drawn_text(element: etree._Element) -> str:
    text = squeezed(element.text or "")
    return f"图形里的字「{text}」" if text else ""


def _box(element: etree._Element) -> str:
    ticked = element.find(f"{W}checked")
    usual = element.find(f"{W}default")
    found = ticked if ticked is not None else usual
    return f"窗体复选框{'☑' if found is not None and is_on(found.get(f'{W}val')) else '☐'}"


def _choice(element: etree._Element) -> str:
    entries = [entry.get(f"{W}val", "") for entry in element.iterchildren(f"{W}listEntry")]
    at = number(value_of(element, "result")) or 0
    return f"窗体下拉框「{entries[int(at)] if 0 <= at < len(entries) else ''}」"


_EXTRAS: Mapping[object, Callable[[etree._Element], str]] = {
    f"{W}sym": _symbol,
    f"{W}noBreakHyphen": lambda _: "不间断短横",
    f"{_M}oMath": _formula,
    f"{_A}t": _drawn_text,
    f"{_V}textpath": lambda element: f"艺术字「{squeezed(element.get('string', ''))}」",
    f"{W}checkBox": _box,
    f"{W}ddList": _choice,
    f"{W}background": lambda element: f"页面底色 {element.get(f'{W}color', '')}",
}
_PICTURES = ("blip", "imagedata", "svgBlip", "fill", "OLEObject")


def _within(element: etree._Element, tags: Sequence[str]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _is_shown(element: etree._Element) -> bool:
    """Whether Word shows it: not what was deleted, and of alternative contents the one that it takes."""
    if next(element.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None:
        return False
    return not any(
        _takes_first(fallback.getparent()) for fallback in element.iterancestors(f"{MC}Fallback")
    ) and not any(not _takes_first(choice.getparent()) for choice in element.iterancestors(f"{MC}Choice"))


def _takes_first(content: etree._Element | None) -> bool:
    """Whether the first of alternative contents is shown, not the fallback: where Word knows what it requires."""
    choice = None if content is None else content.find(f"{MC}Choice")
    if choice is None:
        return False
    spaces = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
    return bool(spaces) and all(_KNOWN.match(space) for space in spaces)
