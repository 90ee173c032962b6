"""Several boxes in one cell, of which a person ticks one: ☐ 立行立改　☒ 限期整改　☐ 长期坚持."""

from __future__ import annotations

import re
import unicodedata

from liangqing.forms.meant import BOXES, TICKS

_BOXED = re.compile(rf"[{BOXES}]\s*([^{BOXES}]+)")


def ticked(printed: str, found: str) -> str | None:
    """The words that are ticked in `found`, which went out as `printed`; "" for none, 、 between several.

    A tick may stand in place of a box, before it, or right behind the words; the words may also be written once more
    behind all of them. None: the words that were printed are not there any more.
    """
    words = [_plain(word) for word in _BOXED.findall(printed)]
    text = unicodedata.normalize("NFC", found)
    marked, rest = list[str](), text
    for word in words:
        match = re.search(rf"([{BOXES}\s]*){_spaced(word)}([{TICKS}]*)", rest)
        if match is None or _plain(rest[: match.start()]):
            return None
        marked += [word] if any(sign in TICKS for sign in match[1] + match[2]) else []
        rest = rest[match.end() :]
    again = _plain(rest).strip("：:。")
    if again and again not in words:
        return None
    return "、".join(dict.fromkeys([*marked, *([again] if again else [])]))


def _spaced(word: str) -> str:
    """A pattern of the word, whatever blanks a program put into it."""
    return r"\s*".join(map(re.escape, word))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
