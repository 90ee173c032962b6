"""Chinese numerals, dates and lists: where a value becomes words. Also the filters of templates."""

from __future__ import annotations

import difflib
import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from liangqing.base.characters import plain

_BETWEEN = re.compile(r"[\s_-]+")
_NOUGHTS = re.compile(r"(?<![0-9])0+([0-9])")
_DIGITS = "零一二三四五六七八九"
_FIGURES = str.maketrans(_DIGITS, "0123456789")


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


def whole_words(text: str, width: int) -> str:
    """甲支部、乙支部 in lines of at most `width` characters, broken after a 、 alone, so that no name is torn.

    A name that is longer than a line stands on lines of its own, and goes over where it will.
    """
    *some, last = text.split("、")
    lines: list[str] = []
    for word in (*(f"{name}、" for name in some), last):
        if lines and character_width(lines[-1] + word) <= width:
            lines[-1] += word
        else:
            lines.append(word)
    return "\n".join(lines)


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
    """The known word that `word` was most likely meant to be; "" when none is.

    A word that is another one is not proposed: another number (W3 for W9), another thing (截止日期 for 检查日期), or
    one of several that would do as well (办公室党支部 for 党支部).
    """
    names, wanted = list(known), _bare(word)
    for name in names:
        if _bare(name) == wanted:
            return name
    longer = sorted((name for name in names if word and word in name), key=len)
    if longer:
        return longer[0] if all(longer[0] in name for name in longer) else ""
    cutoff = 0.6 if any(character.isascii() for character in word) else 0.5  # of two signs, one may be wrong
    found = difflib.get_close_matches(plain(word), names, n=1, cutoff=cutoff)
    return found[0] if found and may_mean(word, found[0]) else ""


def _bare(word: str) -> str:
    """A word without what is easily typed otherwise: widths, small letters, blanks and dashes, noughts, 一 for 1."""
    text = unicodedata.normalize("NFKC", plain(word)).lower().translate(_FIGURES)
    return _BETWEEN.sub("", _NOUGHTS.sub(r"\1", text))


def may_mean(word: str, known: str) -> bool:
    """Whether `known` may be what was meant by a word that is like it: the same numbers, and few of its signs lost."""
    numbers, others = (
        [int(digits) for digits in re.findall("[0-9]+", _bare(text))] for text in (word, known)
    )
    if numbers and others and numbers != others:
        return False
    if word.isascii():
        return True
    steps = difflib.SequenceMatcher(None, word, known, autojunk=False).get_opcodes()
    lost = sum(max(b - a, d - c if kind == "replace" else 0) for kind, a, b, c, d in steps if kind != "equal")
    return lost <= (1 if len(word) <= 5 else 2)


def half_width(text: str) -> str:
    """Full-width letters, digits and － ／ ． as half-width ones: what a person types in a Chinese input method."""
    return text.translate(_HALF)


_HALF = {ord(sign) + 0xFEE0: sign for sign in string.ascii_letters + string.digits + "-/."}


def alike(word: str, known: Iterable[str]) -> list[str]:
    """The known words that `word` may stand for, best first: those that begin with it, hold it, look like it.

    Letters count alike in both cases and widths; of those that only look like it, three at most.
    """
    names, typed = list(dict.fromkeys(known)), half_width(word).casefold()
    folded = {name: half_width(name).casefold() for name in names}
    whole = [name for name in names if folded[name] == typed]
    begins = [name for name in names if typed and folded[name].startswith(typed)]
    holds = [name for name in names if typed and typed in folded[name]]
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
    names = list(dict.fromkeys(known))
    near = nearest(word, names)
    if near:
        return f"是否「{near}」？"
    if not names:
        return "现在一个也没有"
    if len(names) > 10:
        alike = set(difflib.get_close_matches(word, names, n=10, cutoff=0.3))
        names.sort(key=lambda name: name not in alike)
    shown = enumerate_words(names[:10])
    return f"可用的有：{shown}" + ("等" if len(names) > 10 else "")


_OTHER_BRACKETS = re.compile(r"[\[(（【［]\s*((?:19|20)[0-9]{2})\s*[\])）】］]")
TYPE_BRACKETS = "〔〕这样打：搜狗拼音打 v1，微软拼音打 uubd，再从候选里选；或从这里复制：〔〕"


def year_in_brackets(number: str) -> str:
    """What to write where the year of a paper's number stands in other brackets than 〔〕; "" where it does not."""
    mended = _OTHER_BRACKETS.sub(r"〔\1〕", number)
    return f"年份用六角括号：{mended}；{TYPE_BRACKETS}" if mended != number else ""


_NUMBER = re.compile(r"(.+?)[〔\[(（【［]([0-9]{4})[〕\])）】］]第?0*([0-9]+)号?")
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


def paper_number(text: str) -> str:
    """A 文号 as the register has it, whatever brackets, widths and blanks a person typed: 市纪驻环整[2021] 1 → 市纪驻环整〔2021〕1号.

    The text itself where it does not read like one.
    """
    found = _NUMBER.fullmatch(_UNSEEN.sub("", half_width(text)))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else text


FILTERS: dict[str, Callable[..., object]] = {
    "汉字": numeral,
    "顿号": enumerate_words,
    "分号": join_sentences,
    "书名号": book_titles,
    "去句号": unstopped,
    "字宽": character_width,
    "分行": whole_words,
}
