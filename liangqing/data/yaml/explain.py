"""What the YAML parser reports, in words that a clerk can act on.

The lines themselves are looked at first: what a person most likely did is told where it was done. What the parser
says is the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from liangqing.base.chinese import year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.data.yaml.lines import WrittenLine, above, commented_item, line_of

REST = "；此文件其余部分尚未检查"

# What the C parser says → what we say (in the order in which they are tried); the last row takes the rest.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这一行里多了一个冒号加空格",
        "文字里有「: 」时给整段文字加引号",
    ),
    ("could not find expected ':'", "这一行缺半角冒号加空格", "写成「键: 值」：冒号用半角，后面空一格"),
    ("cannot start any token", "文字以 @、%、` 等符号开头", "给整段文字加引号"),
    ("unknown escape character", "双引号里的反斜杠 YAML 不认识", "改用单引号"),
    (
        "did not find expected node content",
        "这里缺内容，或括号没有配对",
        "检查括号和逗号；文字以逗号、括号开头时加引号",
    ),
    ("hexdecimal number", "双引号里的反斜杠 YAML 不认识", "改用单引号"),
    ("found unexpected end of stream", "引号没有配对", "检查这里的引号"),
    ("found unexpected document indicator", "引号没有配对", "检查这里的引号"),
    (
        "expected ',' or",
        "方括号或花括号没有配对，或缺逗号",
        "检查括号，各项之间用半角逗号；文字里有括号时给整段文字加引号",
    ),
    ("did not find expected '-'", "列表的缩进不齐", "同一列表的「- 」左边对齐，「- 」后面的各个键也左边对齐"),
    ("did not find expected key", "缩进不齐，或引号后面还有文字", "同一层的键左边对齐；整段文字放进引号"),
    ("did not find expected alphabetic", "文字以 * 或 & 开头", "给整段文字加引号"),
    ("did not find expected whitespace", "文字以 !、& 或 * 开头", "给整段文字加引号"),
    ("undefined tag handle", "文字以 ! 开头", "给整段文字加引号"),
    ("tag", "文字以 ! 开头", "给整段文字加引号"),
    ("directive", "行首有 %", "给整段文字加引号"),
    ("block sequence entries are not allowed", "「- 」不能写在这里", "「- 」另起一行写，或给整段文字加引号"),
    ("block mapping", "键不能写在这里", "检查缩进"),
    ("found a tab character", "缩进里用了制表符（Tab）", "缩进只用空格，每层两个"),
    ("control characters are not allowed", "有不能显示的控制字符", "删掉这个字符"),
    (
        "while scanning a block scalar",
        "「|」「>」后面不能写别的",
        "文字从下一行写起，缩进两格；文字以 | 或 > 开头时加引号",
    ),
    ("", "YAML 写法有误", "检查这一行和上一行"),
)
_WANT_QUOTES = {message for _, message, advice in _SYNTAX if advice.endswith("给整段文字加引号")}
# Said where it was noticed; what has to be mended stands where it began.
_AT_ITS_BEGINNING = ("while scanning a quoted scalar", "while scanning a simple key")


class _Slip(NamedTuple):
    """What a person most likely did: the line, what to say of it, what to do."""

    line: int
    message: str
    advice: str
    code: Code = Code.YAML_SYNTAX


class _Fault(NamedTuple):
    """Where the parser stopped: the lines of the file, the number of the line, and its words."""

    lines: list[str]
    number: int
    said: str

    @property
    def here(self) -> WrittenLine:
        return line_of(self.lines[self.number - 1], self.number)

    @property
    def before(self) -> WrittenLine | None:
        return next(above(self.lines, self.number), None)


def explain(problem: yaml.YAMLError, name: str, data: bytes) -> Diagnostic:
    """A parser's error, told at the line that has to be mended."""
    line, column = _where(problem, data)
    lines = data.decode("utf-8-sig").splitlines()
    parts = (getattr(problem, key, None) for key in ("context", "problem", "reason"))
    said = " ".join(filter(None, parts))
    if line is not None and 1 <= line <= len(lines):
        fault = _Fault(lines, line, said)
        slip = next(filter(None, (look(fault) for look in _LOOKS)), None)
        if slip:
            exact = slip.line == line and slip.code != Code.FULL_WIDTH_COLON
            place = Place(name, slip.line, column if exact else None)
            return error(slip.code, place, slip.message, slip.advice + REST)
    message, advice = next((message, advice) for words, message, advice in _SYNTAX if words in said)
    return error(Code.YAML_SYNTAX, Place(name, line, column), message, advice + REST)


def _where(problem: yaml.YAMLError, data: bytes) -> tuple[int | None, int | None]:
    began = getattr(problem, "context_mark", None)
    mark = getattr(problem, "problem_mark", None) or began
    at_end = mark is not None and mark.index >= len(data.decode("utf-8-sig").rstrip())
    context = getattr(problem, "context", None)
    left_open = "parsing a flow" in str(context) and began and mark and mark.line > began.line
    if began is not None and (at_end or left_open or context in _AT_ITS_BEGINNING):
        mark = began
    if mark is not None:
        return mark.line + 1, mark.column + 1
    offset = getattr(problem, "position", None)  # of the reader: a control character
    return (data.count(b"\n", 0, offset) + 1, None) if isinstance(offset, int) else (None, None)


# ---------------------------------------------------------------- what a person most likely did


def _full_width_colon(fault: _Fault) -> _Slip | None:
    """A key with a full-width colon and no plain one, in the line or just above it."""
    for number in range(fault.number, max(fault.number - 3, 0), -1):
        text = fault.lines[number - 1].strip().removeprefix("- ")
        key, colon, _ = text.partition("：")
        if (
            colon
            and 0 < len(key) <= 8
            and ":" not in text
            and not re.search(r"[\s，。；、]", key)
            and not text.startswith(("#", '"', "'"))
        ):
            shown = fault.lines[number - 1].strip()[:20]
            return _Slip(number, f"用了全角冒号：{shown}", "改成半角冒号加一个空格", Code.FULL_WIDTH_COLON)
    return None


def _tab(fault: _Fault) -> _Slip | None:
    for number in (fault.number, fault.number - 1):
        text = fault.lines[number - 1] if number else ""
        if "\t" in text[: len(text) - len(text.lstrip())]:
            return _Slip(number, "缩进里用了制表符（Tab）", "删掉它，缩进只用空格，每层两个")
    return None


def _dash_without_blank(fault: _Fault) -> _Slip | None:
    for number in (fault.number, fault.number - 1):
        text = fault.lines[number - 1].strip() if number else ""
        if re.match(r"-[^\s\-0-9]", text):
            return _Slip(number, f"「-」后面缺一个空格：{text[:20]}", f"写成「- {text[1:].strip()[:20]}」")
    return None


def _year_in_other_brackets(fault: _Fault) -> _Slip | None:
    """A number of a paper inside {…}: its [2026] is taken for a list."""
    found = re.search(r"(?:文号|更正): *([^{}]*?)(?:,|}|$)", fault.here.text)
    advice = year_in_brackets(found[1]) if found else ""
    return _Slip(fault.number, "文号里的年份用了方括号", advice) if advice else None


def _sign_in_brackets(fault: _Fault) -> _Slip | None:
    """A full-width comma or colon where {…} or […] wants a plain one; a # that hides the closing bracket."""
    text = fault.here.text
    opening = re.search(r"[\[{]", text)
    if opening is None:
        return None
    inside = text[opening.start() :]
    hidden = re.search(r"\s#.*", inside)
    if hidden and re.search(r"[\]}]", hidden[0]):
        message = f"「#」前面有空格，从它起都当成了注释：{hidden[0].strip()[:20]}"
        return _Slip(fault.number, message, "文字里有「 #」的，把整段文字放进引号")
    comma = re.search(r"[，、]\s*([^\s，、:：{}\[\]]{1,8})\s*[:：]", inside)
    if comma:
        mend = f"改成半角逗号加空格、半角冒号加空格：… , {comma[1]}: …"
        return _Slip(
            fault.number, f"花括号里「{comma[1]}」前面是全角的「{comma[0][0]}」", mend.replace(" ,", ",")
        )
    colon = re.search(r"[{,]\s*([^\s，、:：{}\[\],]{1,8})：", inside)
    if colon:
        return _Slip(
            fault.number, f"花括号里「{colon[1]}」后面是全角冒号", f"改成半角冒号加一个空格：{colon[1]}: …"
        )
    return None


def _full_width_braces(fault: _Fault) -> _Slip | None:
    """An entry in ｛…｝: shown with the signs that it has to have."""
    here = fault.here
    if not here.key or not here.value.startswith("｛"):
        return None
    plain = re.sub(r"([,:])\s*", r"\1 ", here.value.translate(_HALF)).strip()
    return _Slip(fault.number, "花括号是全角的「｛」「｝」", f"全用半角的写：{here.key}: {plain}")


_HALF = str.maketrans({"｛": "{", "｝": "}", "，": ",", "、": ",", "：": ":"})


def _item_without_dash(fault: _Fault) -> _Slip | None:
    """A key that stands where the dashes of a list stand."""
    here = fault.here
    if here.dash or not here.key:
        return None
    for line in above(fault.lines, fault.number):
        if line.dash and line.indent == here.column:
            left = commented_item(fault.lines, fault.number)
            advice = f"在「{here.key}」前面加上「- 」（半角短横加空格），和上面的「- 」对齐；内容都留着"
            if left:
                advice = f"把第 {left} 行前面的「#」删掉；内容都留着"
            return _Slip(
                fault.number,
                f"「{here.key}」和上面各条的「- 」对齐，前面却没有「- 」",
                advice,
                Code.ITEM_WITHOUT_DASH,
            )
        if line.column < here.column:
            return None
    return None


def _indent(fault: _Fault) -> _Slip | None:
    """A key that stands a little to the left or right of where the keys above it stand."""
    here = fault.here
    told = ("mapping values are not allowed", "expected key", "expected '-'", "block mapping")
    if not here.key or not any(words in fault.said for words in told):
        return None
    columns: dict[int, WrittenLine] = {}
    for line in above(fault.lines, fault.number):
        if line.key and line.column not in columns and all(line.column < column for column in columns):
            columns[line.column] = line
        if line.indent == 0:
            break
    before = fault.before
    if before is None or not columns or here.column in columns:
        return None
    if before.value and here.column > before.column:
        near = before.column
    else:
        near = min(columns, key=lambda column: (abs(column - here.column), -column))
    count = abs(here.column - near)
    too, do = ("多", "删掉") if here.column > near else ("少", "加上")
    beside = columns.get(near, before)
    return _Slip(
        fault.number,
        f"这一行的缩进{too}了 {count} 格",
        f"在「{here.key}」前面{do} {count} 个空格，和第 {beside.number} 行的「{beside.key}」左边对齐",
    )


def _rest_of_the_text_above(fault: _Fault) -> _Slip | None:
    """A line without a key below one with a text: an Enter within the text."""
    here, before = fault.here, fault.before
    if "could not find expected ':'" not in fault.said or here.key or before is None:
        return None
    if ":" in here.text or "：" in here.text or here.text.startswith("-"):
        return None
    keyed = next((line for line in (before, *above(fault.lines, before.number)) if line.key), None)
    if keyed is None or not keyed.value or keyed.value[0] in "|>[{":
        return None
    return _Slip(
        fault.number,
        f"这一行没有「键: 」，像是上面「{keyed.key}」没有写完的话：{here.text[:20]}",
        f"把这一行接到第 {before.number} 行的后面，一段文字写在一行里",
    )


def _quotes(fault: _Fault) -> _Slip | None:
    """A text that can't stand without quotes, with its key: shown as it has to be."""
    here = fault.here
    message, _ = next((message, advice) for words, message, advice in _SYNTAX if words in fault.said)
    if not here.key or not here.value or message not in _WANT_QUOTES or here.value[0] in "'\"[{":
        return None
    quote = '"' if "'" in here.value else "'"
    return _Slip(fault.number, message, f"给整段文字加引号：{here.key}: {quote}{here.value}{quote}")


_LOOKS: tuple[Callable[[_Fault], _Slip | None], ...] = (
    _tab,
    _full_width_braces,
    _full_width_colon,
    _dash_without_blank,
    _year_in_other_brackets,
    _sign_in_brackets,
    _item_without_dash,
    _indent,
    _rest_of_the_text_above,
    _quotes,
)
