"""What the habits of a Chinese input method, and Word's own, make of a tag: read as meant where one meaning is possible.

Word curls quotes; an input method gives full-width brackets, commas and dots. Inside a tag these can mean but one thing, so
that is what they mean. Texts in quotes are printed and stay as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_DOUBLE, _SINGLE = '"“”＂„‟', "'‘’＇‚‛"
QUOTES = _DOUBLE + _SINGLE
_FAMILY = {sign: family for family in (_DOUBLE, _SINGLE) for sign in family}
_CLOSING = {"“": "”", "‘": "’"}
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SIGNS = str.maketrans("。｡﹒【】〔〕–−", "...[][]--", _UNSEEN) | {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)
}
_LIST_COMMA = str.maketrans("、", ",")
# Read too, and told: a person should see what it was taken for.
_GUESSED = (
    (re.compile(r"(?<=\w)\s*([·・•‧∙])\s*(?=\w)"), "."),
    (re.compile("([≥≧])"), ">="),
    (re.compile("([≤≦])"), "<="),
    (re.compile("(≠)"), "!="),
)
_CONDITION = re.compile(r"(?:el)?if\b", re.IGNORECASE)
_WORDS = (
    (re.compile(r"(?<=[\s)\]])(和|且|并且|而且)(?=[\s(])"), "and"),
    (re.compile(r"(?<=[\s)\]])(或|或者)(?=[\s(])"), "or"),
)
# The words of the language in capitals, as Word writes the first word of a sentence.
_CAPITALS = re.compile(
    r"(?<![\w.])(?=[A-Z])(?:if|elif|else|endif|for|endfor|in|and|or|not|is|set|true|false|none)(?!\w)",
    re.IGNORECASE,
)
# What may be read in another way: a sign that is neither of ASCII nor of a word, a full-width letter, a word for and, or.
_ODD = re.compile(r"[^\w\s!-~]|[\uff01-\uff5e\u3000]|(?:和|且|而且|或|或者)[\s(]")
_CHART = re.compile(r"(?:chart|图表)\s")
_SERIES = re.compile(r"(?<=[:：;；])\s*([^:：;；=＝'\"“”‘’]+?)\s*(?=[=＝](?![=＝]))")
_UNREAD = re.compile("[《》〈〉「」『』…—、“”‘’]")
_MEANT = {
    "《》〈〉": "书名号写在标记外面，比大小写 < >",
    "「」『』": "变量名直接写，文字用 '…' 括起来",
    "“”‘’": "引号要成对",
    "、": "分开写成几个标记，如 {{ 甲 }}、{{ 乙 }}",
    "…": "删去",
    "—": "减号写 -；要印出来的，写在标记外面",
}


@dataclass(frozen=True)
class TagReading:
    """What a tag says in half-width signs. `guesses`: what was typed and what it was taken for, where a person should see it;
    `unread`: Chinese punctuation with no one meaning, in the order in which it stands.
    """

    text: str
    guesses: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def read(body: str) -> TagReading:
    """What the inside of a tag means; of a tag typed in half-width signs, that itself."""
    usual = body.isascii() or not (_ODD.search(body) or _CHART.match(body.lstrip()))
    if usual and _CAPITALS.search(body) is None:
        return TagReading(body)
    out: list[str] = []
    guesses: list[tuple[str, str]] = []
    unread: list[str] = []
    depth = position = 0
    condition = _CONDITION.match(body.translate(_SIGNS).lstrip("- ")) is not None
    for start, end in (*quoted_texts(body, _names(body)), (len(body), len(body))):
        plain, found = _plain(body[position:start], depth, condition=condition)
        depth += _depth(plain)
        guesses += found
        unread += _UNREAD.findall(plain)
        out += [plain, _straight(body[start:end])]
        position = end
    return TagReading("".join(out), tuple(dict.fromkeys(guesses)), tuple(dict.fromkeys(unread)))


def quoted_end(text: str, start: int) -> int | None:
    """Past the end of the quoted text whose first quote stands at `start`, curly or straight; None where none ends it."""
    sign = text[start]
    straight = _QUOTED.match(text, start)
    if straight is not None:
        return straight.end()
    ends = (_balanced(text, start), next(_found(text, start, _FAMILY[sign]), 0))
    return next((end + 1 for end in ends if end), None)


def _balanced(text: str, start: int) -> int:
    """Where the quote at `start` ends if others of its kind stand inside; 0 where it does not."""
    closing, depth = _CLOSING.get(text[start], ""), 0
    for at in _found(text, start - 1, text[start] + closing) if closing else ():
        depth += 1 if text[at] == text[start] else -1
        if not depth:
            return at
    return 0


def _found(text: str, after: int, signs: str) -> Iterator[int]:
    """Where any of `signs` stands after a place."""
    return (match.start() for match in re.compile(f"[{signs}]").finditer(text, after + 1))


def is_quote(sign: str) -> bool:
    """Whether a sign may begin a text in quotes."""
    return sign in _FAMILY


def quoted_texts(text: str, named: list[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Where texts in quotes begin and end, and the stretches `named`, which stay as they are as well."""
    found: list[tuple[int, int]] = []
    begun = dict(named or ())
    position = 0
    while position < len(text):
        end = begun.get(position) or (quoted_end(text, position) if is_quote(text[position]) else None)
        if end is not None:
            found.append((position, end))
        position = end or position + 1
    return found


def mending(unread: tuple[str, ...]) -> str:
    """What to do about Chinese punctuation that can't be read."""
    return "；".join(what for signs, what in _MEANT.items() if any(sign in signs for sign in unread))


def _names(body: str) -> list[tuple[int, int]]:
    """The names of a chart's series, which stand in its legend."""
    return [match.span(1) for match in _SERIES.finditer(body)] if _CHART.match(body.lstrip()) else []


def _plain(text: str, depth: int, *, condition: bool) -> tuple[str, list[tuple[str, str]]]:
    text = _CAPITALS.sub(lambda word: word[0].lower(), text.translate(_SIGNS))
    guesses = []
    for pattern, meant in (*_GUESSED, *(_WORDS if condition else ())):
        guesses += [(typed, meant) for typed in pattern.findall(text)]
        text = pattern.sub(meant, text)
    return _list_commas(text, depth), guesses


def _list_commas(text: str, depth: int) -> str:
    """In brackets, where things are listed, 、 is a comma."""
    if "、" not in text:
        return text
    out = []
    for sign in text:
        depth += _depth(sign)
        out.append(sign.translate(_LIST_COMMA) if depth > 0 else sign)
    return "".join(out)


def _depth(text: str) -> int:
    return sum(map(text.count, "([")) - sum(map(text.count, ")]"))


def _straight(quoted: str) -> str:
    """A text in straight quotes, whatever quotes it was typed in; the name of a series gets some where it needs them."""
    if not quoted or _QUOTED.fullmatch(quoted):
        return quoted
    inner = quoted[1:-1] if is_quote(quoted[0]) else quoted
    if inner is quoted and (inner.isalnum() or inner.isascii()):
        return quoted
    mark = "'" if "'" not in inner else '"'
    return mark + (inner if mark not in inner else inner.replace(mark, f"\\{mark}")) + mark
