"""Chinese numerals, dates and lists: where a value becomes words. Also the filters of templates."""

from __future__ import annotations

import difflib
import string
from collections.abc import Callable, Iterable
from datetime import date

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; from 1 to 99, as for the levels of a document (GB/T 9704 7.3.3)."""
    if not 1 <= number <= 99:
        raise ValueError(f"只能写一到九十九，现为 {number}")
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def long_date(day: date) -> str:
    """2021-07-05 → 2021年7月5日 (GB/T 9704 7.3.5.4: no zero padding)."""
    return f"{day.year}年{day.month}月{day.day}日"


def enumerate_words(words: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(words)


def join_sentences(words: Iterable[str]) -> str:
    """甲；乙；丙 — the last without a mark, whatever the parts ended in."""
    return "；".join(word.rstrip("。；") for word in words)


def unstopped(text: str) -> str:
    """Without the closing 。 or ；, so that the template can set its own."""
    return text.rstrip("。；")


def character_width(text: str) -> float:
    """How wide a text is, in characters of its size: half for digits and Latin letters."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def book_titles(names: Iterable[str]) -> str:
    """《甲》《乙》: full names are kept without marks in the data."""
    return "".join(f"《{name}》" for name in names)


def percentage(part: int, whole: int) -> str:
    """688, 697 → 98.71%; a whole of nothing has no rate: —."""
    if not whole:
        return "—"
    hundredths = (part * 20000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".") + "%"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`; "" when none is."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=_cutoff(word))
    return found[0] if found else ""


def half_width(text: str) -> str:
    """Full-width letters, digits and － ／ ． as half-width ones: what a person types in a Chinese input method."""
    return text.translate(_HALF)


_HALF = {ord(sign) + 0xFEE0: sign for sign in string.ascii_letters + string.digits + "-/."}


def alike(word: str, known: Iterable[str]) -> list[str]:
    """The known words that `word` may stand for, best first: those that begin with it, hold it, look like it.

    Letters count alike in both cases and widths; of those that only look like it, three at most.
    """
    names, typed = list(dict.fromkeys(known)), half_width(word).casefold()
    plain = {name: half_width(name).casefold() for name in names}
    whole = [name for name in names if plain[name] == typed]
    begins = [name for name in names if typed and plain[name].startswith(typed)]
    holds = [name for name in names if typed and typed in plain[name]]
    near = difflib.get_close_matches(word, names, n=3, cutoff=_cutoff(word))
    return list(dict.fromkeys((*whole, *begins, *holds, *near)))


def proposal(word: str, known: Iterable[str]) -> str:
    """ "是否「甲」「乙」？": every word that `word` may stand for, eight at most; else what there is."""
    names = list(known)
    found = alike(word, names)[:8]
    return "是否" + "".join(f"「{name}」" for name in found) + "？" if found else suggestion(word, names)


def _cutoff(word: str) -> float:
    """How much alike two words have to be: of two Chinese signs, one may be wrong; W9 is no W2."""
    return 0.6 if any(character.isascii() for character in word) else 0.5


def suggestion(word: str, known: Iterable[str]) -> str:
    """ "是否 X？" for a near miss, else what there is (ten at most)."""
    names = list(known)
    near = nearest(word, names)
    if near:
        return f"是否「{near}」？"
    if not names:
        return "现在一个也没有"
    shown = enumerate_words(names[:10])
    return f"可用的有：{shown}" + ("等" if len(names) > 10 else "")


FILTERS: dict[str, Callable[..., object]] = {
    "汉字": numeral,
    "顿号": enumerate_words,
    "分号": join_sentences,
    "书名号": book_titles,
    "去句号": unstopped,
    "字宽": character_width,
}
