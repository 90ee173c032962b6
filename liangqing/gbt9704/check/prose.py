"""The text of a document as prose: what is no prose is covered, so that its marks are not taken for punctuation.

Covered are addresses, paths, dots that lead to a number of a page, and the numeral that a line begins with; code and the lines of
a table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.word.model import Paragraph

COVER = "\u2423"  # stands for each character that is covered: of no script, no mark
_COVERED = re.compile(
    r"(?:https?|ftp)://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|[A-Za-z]:\\[^\s，。；、]+|`[^`]+`"  # paths, code in a line
    r"|(?:\.{2,}|…{1,}|·{2,}|。{3,})\s*[\dIVXivx]+$|(?:\.{9,}|…{4,}|·{6,}|_{2,})",  # leaders, blanks to fill in
    re.ASCII,
)
_MONOSPACED = frozenset(
    "courier|courier new|consolas|menlo|monaco|lucida console|source code pro|dejavu sans mono|liberation mono|"
    "cascadia code|cascadia mono|fira code|jetbrains mono|sarasa mono sc".split("|")
)
_CODE_STYLES = ("code", "代码", "源码", "preformatted", "预设格式", "macro")
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?://|#!|\$ |>>> |<\?|</?\w+[ >/])|\w\(\s*[\"'\w)]|\w+\s*[=:]\s*[\"'\[{(\w]|\s--?[A-Za-z]",
    re.ASCII,
)
_LATIN = 0.4  # of a line of code is Latin


def prose_of(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Paragraphs of prose with their words, character by character, where some may be covered."""
    for paragraph in paragraphs:
        words = paragraph.words
        if words and not _is_contents(paragraph) and not _is_code(paragraph, words):
            yield paragraph, _numeral_covered(_COVERED.sub(lambda found: COVER * len(found[0]), words))


def _is_contents(paragraph: Paragraph) -> bool:
    return paragraph.style.lower().startswith(("toc", "目录", "table of"))


def _is_code(paragraph: Paragraph, words: str) -> bool:
    if any(name in paragraph.style.lower() for name in _CODE_STYLES):
        return True
    latin = sum(sign.isascii() and not sign.isspace() and not sign.isdigit() for sign in words)
    if not latin:
        return False
    typed = sum(
        len(piece.text) for piece in paragraph.pieces if piece.fonts.get("ascii", "").lower() in _MONOSPACED
    )
    return typed > len(words) / 2 or (latin > _LATIN * len(words) and _CODE.search(words) is not None)


def _numeral_covered(words: str) -> str:
    """How numerals are written is told elsewhere."""
    if like.level_of(words) is None:
        return words
    head = like.NUMERAL.match(words)
    return words if head is None else COVER * head.end() + words[head.end() :]
