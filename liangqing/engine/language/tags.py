"""Tags as a person types them: finding them in a line of text, full-width slips, prefixes, trimming."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error

# Characters that mark tags in serialised text: of the last private plane of Unicode, which no font has and no input
# method gives. A template or a value that holds one is refused.
OPEN, CLOSE, CELL_END, TABLE_START, TABLE_END, GRID, GRID_HEAD, GRID_END, CELL_EDGE = (
    chr(0x10FF00 + n) for n in range(9)
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
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_PREFIX = re.compile(r"(p|tr|tc|r)\s+(?=\S)")
_RICH = re.compile(r"\{\{(-?)([rp])\s+(?!(?:if|or|and|is|in|not|else)\b)(?=[^\W\d]|[(\['\"])")
_FULL_WIDTH = re.compile("[\uff01-\uff5e‘’“”、。【】《》「」…]")
_HALF_FORMS = dict(zip("‘’“”、。【】", "''\"\",.[]", strict=True))


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
    broken: bool = False  # already reported; not to be parsed
    form: Form = "text"  # where it prints
    typed: bool = False  # may print more than text
    unknown: bool = False  # no schema says what it prints
    settings: str = ""  # for a typed value: its paragraph's w:pPr
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
            self._strays(text[position : start.start()], place)
            position = self._one(text, start.start(), place, spans)
        self._strays(text[position:], place)
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
        end = _end(text, start + 2, kind)
        if end is None:
            following = _START.search(text, start + 2)
            snippet = text[start : min(start + 20, following.start() if following else len(text))].rstrip()
            missing = "后面就是另一个标记" if following else f"同一段里找不到 {_ENDS[kind]}"
            message = f"「{snippet}」没有写完，{missing}"
            self._report(Code.UNCLOSED_TAG, place, message, f"在同一段里补上 {_ENDS[kind]}，标记不能跨段")
            return start + 2
        whole = text[start:end]
        if not (whole[:2] + whole[-2:]).isascii():
            half = whole[:2].translate(_HALF) + whole[2:-2] + whole[-2:].translate(_HALF)
            self._report(Code.FULL_WIDTH_IN_TAG, place, f"「{whole}」用了全角括号", f"改用半角：{half}")
        floor = spans[-1].end if spans else 0
        spans.append(self._span(start, end, floor, text, place))
        return spans[-1].end

    def _span(self, start: int, end: int, floor: int, text: str, place: Place) -> Span:
        """The tag from `start` to `end`; trimming takes blanks before it, but none before `floor`."""
        whole = text[start:end]
        tag = self.add(_KINDS[whole[1].translate(_HALF)], whole, whole[2:-2], place)
        _trim(tag)
        if tag.kind != "value" and (prefix := _PREFIX.match(tag.body)) is not None:
            tag.prefix, tag.body = prefix[1], tag.body[prefix.end() :]
        if tag.kind == "value" and (rich := _RICH.match(whole)) is not None:
            tag.prefix, tag.body, tag.typed = rich[2], tag.body.lstrip()[1:], True
        tag.body = tag.body.strip()
        if tag.kind != "comment":
            self.problems += full_width(tag)
        while tag.trim_left and start > floor and text[start - 1] == " ":
            start -= 1
        while tag.trim_right and end < len(text) and text[end] == " ":
            end += 1
        return Span(start, end, tag)

    def _strays(self, text: str, place: Place) -> None:
        for stray in _STRAY.findall(text):
            advice = f"在前面补上 {'{{' if stray[0] in '}｝' else '{%'}，或删去它"
            self._report(Code.STRAY_END, place, f"多出来一个「{stray}」", advice)

    def _report(self, code: Code, place: Place, message: str, advice: str) -> None:
        self.problems.append(error(code, place, message, advice))


def full_width(tag: Tag) -> list[Diagnostic]:
    """Chinese punctuation in a tag, outside quoted texts; such a tag is broken."""
    bare = _QUOTED.sub("", tag.body)
    found = sorted(set(_FULL_WIDTH.findall(bare)), key=bare.index)
    if not found:
        return []
    tag.broken = True
    halves = "　".join(f"{sign} → {_half(sign)}" for sign in found)
    letters = any(map(str.isalnum, found))
    message = f"「{tag.text}」里有{'全角字符' if letters else '中文标点'} {' '.join(found)}"
    return [
        error(
            Code.FULL_WIDTH_IN_TAG,
            tag.place,
            message,
            f"标记里用半角{'字符' if letters else '标点'}：{halves}",
        )
    ]


def _end(text: str, start: int, kind: str) -> int | None:
    """Where the tag ends whose content begins at `start`: past its closing, before the next opening."""
    following = _START.search(text, start) if kind != "#" else None
    limit = following.start() if following is not None else len(text)
    found = _closing(text, start, limit, kind, quotes=kind != "#")
    return found if found is not None else _closing(text, start, limit, kind, quotes=False)


def _closing(text: str, start: int, limit: int, kind: str, *, quotes: bool) -> int | None:
    first = _ENDS[kind][0]
    position = start
    while position < limit:
        if quotes and text[position] in "'\"" and (quoted := _QUOTED.match(text, position)) is not None:
            position = quoted.end()
        elif text[position].translate(_HALF) == first and text[position + 1 : position + 2] in ("}", "｝"):
            return position + 2
        else:
            position += 1
    return None


def _trim(tag: Tag) -> None:
    if tag.body.startswith("-"):
        tag.trim_left, tag.body = True, tag.body[1:]
    if tag.body.endswith("-"):
        tag.trim_right, tag.body = True, tag.body[:-1]


def _half(character: str) -> str:
    if character in _HALF_FORMS:
        return _HALF_FORMS[character]
    return chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else "删去"


def marker(number: int) -> str:
    """What stands for tag `number` in text that will be serialised."""
    return f"{OPEN}{number}{CLOSE}"
