"""Tags as a person types them: finding them in a line of text, full-width slips, prefixes, trimming."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.engine.language import habits
from liangqing.engine.language.near_marks import control_of, control_tag, may_hold_marks, near_marks, section

# Characters that mark tags in serialised text: of the last private plane of Unicode, which no font has and no input
# method gives. A template or a value that holds one is refused.
OPEN, CLOSE, CELL_END, HOLDER_START, TABLE_END, ROW_END, CONTROL_END, GRID, GRID_HEAD, GRID_END, CELL_EDGE = (
    chr(0x10FF00 + n) for n in range(11)
)
MAX_TAGS = 5000
RESERVED = re.compile("[\U0010ff00-\U0010ff0f]")

Kind = Literal["value", "control", "comment"]
Form = Literal["text", "attribute", "element", "choice", "tick"]
# in w:t or a line; in an attribute; in any other element; in a control that offers a choice, or a box to tick
_KINDS: dict[str, Kind] = {"{": "value", "%": "control", "#": "comment"}
_ENDS = {"{": "}}", "%": "%}", "#": "#}"}
_HALF = str.maketrans("｛｝％＃", "{}%#")
_START = re.compile(r"[{｛][{｛%％#＃]")
_STRAY = re.compile(r"[}｝]{2}|[%％][}｝]")
_NEAR_END = re.compile(r"[^{}｛｝，；]{0,80}?([%％#＃]?[}｝](?:\s*[}｝])?)")
_WRAPPED = (
    (re.compile(r"\{\{\s*%(.*)%\s*\}\}"), "{{% {} %}}"),
    (re.compile(r"\{%\s*\{(.*)\}\s*%\}"), "{{{{ {} }}}}"),
    (re.compile(r"\{\{\{([^'\":]*)\}\}"), "{{{{ {} }}}}"),
)
_STOP = re.compile(f"[{{｛}}｝%％#＃{habits.QUOTES}]")  # where a tag may end, or what is passed over begins
_TOO_MANY = re.compile(r"[{｛]{4,}\s*([^{}｛｝]+?)\s*[}｝]{2,}")
_OPENED = re.compile("[{｛]")
_EXTRA = re.compile("[}｝]+")
_OPENINGS = {")": "(", "]": "[", "）": "（", "】": "【"}
_PREFIX = re.compile(r"(p|tr|tc|r)\s+(?=\S)", re.IGNORECASE)
_RICH = re.compile(r"\{\{(-?)([rpRP])\s+(?!(?:if|or|and|is|in|not|else)\b)(?=[^\W\d]|[(\['\"])")


@dataclass
class Tag:
    """One tag. `text` as typed, `body` without delimiters and prefix; `number` counts within its part, from 0.

    Filled in by the stages that read it: `broken` and below begin as they are for a plain value.
    """

    number: int
    kind: Kind
    text: str
    body: str
    place: Place
    prefix: str = ""
    trim_left: bool = False
    trim_right: bool = False
    guesses: tuple[tuple[str, str], ...] = ()  # what was typed in it, and what that was taken for
    marked: bool = False  # a comment that may take its paragraph along
    broken: bool = False  # already reported; not to be parsed
    form: Form = "text"  # where it prints
    typed: bool = False  # may print more than text
    pictured: bool = False  # and that is a picture
    host: etree._Element | None = None  # of a value in the text: the paragraph it was typed in
    room: tuple[float, float] | None = None  # how wide and high a picture may be there, in mm
    instead: str = ""  # what it may print where there is no value
    unknown: bool = False  # no schema says what it prints
    settings: str = ""  # for a typed value: its paragraph's w:pPr
    inside: str = ""  # where it stands that is no place for a Word file, such as 页眉; "" in the text itself
    options: tuple[str, ...] = ()  # for a choice or a tick: what it may print
    run: tuple[tuple[str, str], ...] = ()  # and the form of its run


@dataclass(frozen=True)
class Span:
    """A stretch of a paragraph's text that is a tag."""

    start: int
    end: int
    tag: Tag


@dataclass
class TagList:
    """The tags of one part and what was wrong with them."""

    tags: list[Tag] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    doubtful: list[tuple[str, Diagnostic]] = field(
        default_factory=list
    )  # wrong where the name is one that there is

    def add(self, kind: Kind, text: str, body: str, place: Place) -> Tag:
        """A new tag, with the next number."""
        tag = Tag(len(self.tags), kind, text, body, place)
        self.tags.append(tag)
        return tag

    def scan(self, text: str, place: Place) -> list[Span]:
        """The tags in `text`, in order; what is wrong goes to `problems` and is left as text."""
        spans: list[Span] = []
        position = 0
        if (found := RESERVED.search(text)) is not None:
            advice = "删去这个字符"
            self._report(Code.RESERVED_CHARACTER, place, f"有不能使用的字符 U+{ord(found[0]):X}", advice)
            return []
        while (start := _START.search(text, position)) is not None:
            if len(self.tags) >= MAX_TAGS:
                return self._too_many(place)
            self._strays(text[position : start.start()], position, place, spans)
            position = self._one(text, start.start(), place, spans)
        self._strays(text[position:], position, place, spans)
        return spans

    def replace(self, text: str, place: Place, form: Form) -> str:
        """A line of text that is not in runs: markers instead of values; control tags and comments go."""
        out = []
        position = 0
        for span in self.scan(text, place):
            span.tag.form = form
            gap = marker(span.tag.number) if span.tag.kind == "value" else ""
            out += [text[position : span.start], gap]
            position = span.end
        return "".join((*out, text[position:]))

    def _too_many(self, place: Place) -> list[Span]:
        fault = error(
            Code.TEMPLATE_TOO_COMPLEX,
            Place(place.file),
            f"标记超过 {MAX_TAGS} 个，太多了",
            "用 {% for %} 代替重复的标记",
        )
        if fault not in self.problems:
            self.problems.append(fault)
        return []

    def _one(self, text: str, start: int, place: Place, spans: list[Span]) -> int:
        """Takes the tag at `start`; returns where to look on."""
        kind = text[start + 1].translate(_HALF)
        if (many := _TOO_MANY.match(text, start)) is not None:
            self._extra_braces(many[0], f"{{{{ {many[1]} }}}}", place)
            self._take("value", many[0], many[1], start, place, spans)
            return many.end()
        end = _end(text, start + 2, kind)
        if end is None:
            following = _START.search(text, start + 2)
            snippet = text[start : min(start + 20, following.start() if following else len(text))].rstrip()
            near = _NEAR_END.match(text, start + 2, following.start() if following else len(text))
            if near is not None:
                return self._wrong_end(text[start : near.end()], near[1], start, place, spans)
            missing = "后面就是另一个标记" if following else f"同一段里找不到 {_ENDS[kind]}"
            message = f"「{snippet}」没有写完，{missing}"
            self._report(Code.UNCLOSED_TAG, place, message, f"在同一段里补上 {_ENDS[kind]}，标记不能跨段")
            rest = text[start : following.start() if following else len(text)]
            if kind == "%" and (control := control_of(rest[2:])):
                self._take("control", rest, control, start, place, spans)
                return start + len(rest)
            return start + 2
        floor = spans[-1].end if spans else 0
        spans.append(self._span(start, end, floor, text, place))
        tag = spans[-1].tag
        extra = _EXTRA.match(text, end)
        if extra is not None and not tag.broken and not _OPENED.search(text, floor, start):
            self._extra_braces(text[start : extra.end()], text[start:end], place)
            tag.broken = True
            return extra.end()
        return spans[-1].end

    def _span(self, start: int, end: int, floor: int, text: str, place: Place) -> Span:
        """The tag from `start` to `end`; trimming takes blanks and breaks of line before it, but none before `floor`."""
        whole = text[start:end]
        tag = self.add(_KINDS[whole[1].translate(_HALF)], whole, whole[2:-2], place)
        if tag.kind != "comment":
            self._read(tag)
        half = f"{{{{{tag.body}"
        _trim(tag)
        if tag.kind != "value" and (prefix := _PREFIX.match(tag.body)) is not None:
            tag.prefix, tag.body = prefix[1].lower(), tag.body[prefix.end() :]
        if tag.kind == "value" and (rich := _RICH.match(half)) is not None:
            tag.prefix, tag.body, tag.typed = rich[2].lower(), tag.body.lstrip()[1:], True
        tag.body = tag.body.strip()
        while tag.trim_left and start > floor and text[start - 1] in " \t":
            start -= 1
        while tag.trim_right and end < len(text) and text[end] in " \t":
            end += 1
        return Span(start, end, tag)

    def _extra_braces(self, typed: str, good: str, place: Place) -> None:
        self._report(Code.HALF_TYPED_TAG, place, f"「{typed}」的括号多了", f"写成 {good}")

    def _read(self, tag: Tag) -> None:
        """Takes a tag as it was meant; what was guessed is told."""
        self.problems += straighten(tag)
        half = tag.text[:2].translate(_HALF) + tag.body + tag.text[-2:].translate(_HALF)
        wrapped = next(
            (
                (form, found)
                for pattern, form in (_WRAPPED if half[2:].lstrip()[:1] in ("%", "{") else ())
                if (found := pattern.fullmatch(half))
            ),
            None,
        )
        if wrapped is not None and not tag.broken:
            tag.broken = True
            self._extra_braces(tag.text, wrapped[0].format(wrapped[1][1].strip()), tag.place)
        elif tag.kind == "value" and (control := control_of(tag.body)) and not tag.broken:
            tag.kind, tag.body, tag.broken = "control", control, True
            message = f"「{tag.text}」的开头应是 {{%，写成了「{tag.text[:2]}」"
            self._report(Code.HALF_TYPED_TAG, tag.place, message, f"写成 {control_tag(control)}")
        for typed, meant in tag.guesses:
            message = f"「{tag.text}」里的 {typed} 读作 {meant}"
            self.warnings.append(
                warning(Code.READ_AS, tag.place, message, f"读得不对的，改写这个标记；标准写法是 {half}")
            )

    def _wrong_end(self, whole: str, typed: str, start: int, place: Place, spans: list[Span]) -> int:
        """A tag that was ended with the wrong signs: told once, and taken for what it was meant to be."""
        inside = _without_odd_end(whole[2 : -len(typed)].strip())
        if whole[1].translate(_HALF) == "#" and not control_of(inside):
            message = f"「{whole}」像别处模板里一块的开头，这里是说明的开头"
            self._report(Code.HALF_TYPED_TAG, place, message, f"写成 {section(inside)}")
            self._take("control", whole, inside, start, place, spans)
            return start + len(whole)
        control = control_of(inside) if "%" in (whole[1] + typed).translate(_HALF) else ""
        kind = "%" if control else "{" if whole[1].translate(_HALF) == "{" or "}}" in typed else "%"
        inside = control or inside
        message = f"「{whole}」的结尾应是 {_ENDS[kind]}，写成了「{typed}」"
        if kind != whole[1].translate(_HALF):
            message = f"「{whole}」的开头应是 {{{kind}，写成了「{whole[:2]}」"
        good = control_tag(inside) if kind == "%" else f"{{{kind} {inside} {_ENDS[kind]}"
        self._report(Code.UNCLOSED_TAG, place, message, f"写成 {good}")
        self._take(_KINDS[kind], whole, inside, start, place, spans)
        return start + len(whole)

    def _take(self, kind: Kind, whole: str, inside: str, start: int, place: Place, spans: list[Span]) -> None:
        """A tag that was told already, so that nothing else is told of it, such as that it has no end."""
        tag = self.add(kind, whole, habits.read(inside).text, place)
        tag.broken = True
        spans.append(Span(start, start + len(whole), tag))

    def _strays(self, text: str, offset: int, place: Place, spans: list[Span]) -> None:
        """What is no tag in a text between tags, though it looks like one; `text` begins at `offset` of its line."""
        if not may_hold_marks(text):
            return
        for mark in sorted(near_marks(text), key=attrgetter("start")):
            typed = text[mark.start : mark.end]
            message = f"「{typed}」像标记，但括号没有打对，会原样印出来"
            advice = f"写成 {mark.good}；要原样印的写 {_as_printed(typed)}"
            fault = error(Code.HALF_TYPED_TAG, place, message, advice)
            if mark.name:
                self.doubtful.append((mark.name, fault))
            else:
                self.problems.append(fault)
                if mark.control:
                    self._take("control", typed, mark.control, offset + mark.start, place, spans)
                text = text[: mark.start] + " " * len(typed) + text[mark.end :]
        for stray in _STRAY.findall(text):
            advice = f"在前面补上 {'{{' if stray[0] in '}｝' else '{%'}，或删去它"
            self._report(Code.STRAY_END, place, f"多出来一个「{stray}」", advice)

    def _report(self, code: Code, place: Place, message: str, advice: str) -> None:
        self.problems.append(error(code, place, message, advice))


def straighten(tag: Tag) -> list[Diagnostic]:
    """Reads the body of a tag as it was meant; Chinese punctuation that may mean several things breaks it."""
    reading = habits.read(tag.body)
    tag.body, tag.guesses = reading.text, reading.guesses
    if not reading.unread:
        return []
    tag.broken = True
    message = f"「{tag.text}」里有中文标点 {' '.join(reading.unread)}，看不出是什么意思"
    return [error(Code.FULL_WIDTH_IN_TAG, tag.place, message, habits.mending(reading.unread))]


def _end(text: str, start: int, kind: str) -> int | None:
    """Where the tag ends whose content begins at `start`: past its closing, before the next opening.

    An opening in a text in quotes is text, if no tag ends before it there.
    """
    if kind == "#":
        return _closing(text, start, len(text), kind)
    following = _START.search(text, start)
    limit = following.start() if following is not None else len(text)
    found = _closing(text, start, limit, kind, _any_text) or _closing(text, start, limit, kind)
    return found or (_closing(text, start, len(text), kind, _whole_text) if following is not None else None)


def _closing(
    text: str, start: int, limit: int, kind: str, passed: Callable[[str], bool] | None = None
) -> int | None:
    """Past the closing; texts in quotes that may be `passed` are, and what they hold closes nothing."""
    first = _ENDS[kind][0]
    position = start
    while (found := _STOP.search(text, position, limit)) is not None:
        position = found.start()
        quoted = habits.quoted_end(text, position) if passed and habits.is_quote(text[position]) else None
        if passed is not None and quoted is not None and passed(text[position + 1 : quoted - 1]):
            position = quoted
        elif text[position].translate(_HALF) == first and text[position + 1 : position + 2] in ("}", "｝"):
            return position + 2
        elif passed is _whole_text and _START.match(text, position):
            return None
        else:
            position += 1
    return None


def _without_odd_end(inside: str) -> str:
    """Without a bracket at the end that none opens: typed instead of a brace."""
    while inside and inside.count(inside[-1]) > inside.count(_OPENINGS.get(inside[-1], inside[-1])):
        inside = inside[:-1].rstrip()
    return inside


def _any_text(quoted: str) -> bool:
    return True


def _whole_text(quoted: str) -> bool:
    """Whether a text holds no end of a tag that began outside of it."""
    opening, closing = _START.search(quoted), _STRAY.search(quoted)
    return closing is None or (opening is not None and opening.start() < closing.start())


def _as_printed(text: str) -> str:
    """A tag that prints `text` as it stands."""
    mark = "'" if "'" not in text else '"'
    return f"{{{{ {mark}{text}{mark} }}}}"


def _trim(tag: Tag) -> None:
    if tag.body.startswith("-"):
        tag.trim_left, tag.body = True, tag.body[1:]
    if tag.body.endswith("-"):
        tag.trim_right, tag.body = True, tag.body[:-1]


def marker(number: int) -> str:
    """What stands for tag `number` in text that will be serialised."""
    return f"{OPEN}{number}{CLOSE}"
