"""What a person meant by what stands in a field, where it can be one thing only; else it stays as it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from liangqing.base.characters import plain
from liangqing.base.dates import as_written_by_us, day_written
from liangqing.forms.mark import squeezed

TICKS = "☒☑√✓✔■"
BOXES = f"{TICKS}☐□"
_SAME = str.maketrans(
    {**dict.fromkeys("“”‘’\"'＂「」", "'"), **dict.fromkeys("—–―‐−－-─", "-"), "〇": "○", "．": "."}
)
_EDGE = "，。、；：！,.;:! 　\t\n'“”‘’\"" + TICKS
_NOTHING = {"", "无", "没有", "暂无", "/", "\\", "-", "--", "空", "无内容", "无问题", "没有问题"}
_NO_OPINION = {
    "无",
    "没有",
    "无意见",
    "没有意见",
    "无不同意见",
    "暂无意见",
    "本单位没有意见",
    "本单位无意见",
    "我单位没有意见",
}
_YES = {"", "无", "没有", "无意见", "没有意见", "是", "对", "v", "V"}
_DOUBT = re.compile(
    "[未没无不非除但尚待拟]|部分|基本|计划|正在|准备"
)  # in brackets, these may turn a word round
_BRACKETS = re.compile(r"(.+?)[（(【\[](.+)[）)】\]]")
_WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][）)]?$")
_MONTH_DAY = re.compile(r"0?([0-9]{1,2})[-/.月]0?([0-9]{1,2})[日号]?")
_DIGITS = "○一二三四五六七八九"
_IN_WORDS = re.compile(rf"([{_DIGITS}零]{{4}})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)[日号]?")


@dataclass(frozen=True)
class Meant:
    """What a field says: "" for nothing. `rest` stood in brackets behind it; `why` is told where something was concluded."""

    text: str
    rest: str = ""
    why: str = ""


@dataclass(frozen=True)
class Days:
    """Between which days a form can have been handed in."""

    first: date
    last: date


def same_words(text: str) -> str:
    """A text as it is compared: without blanks, signs of full width as those of half, quotes and dashes of one kind."""
    return squeezed(unicodedata.normalize("NFKC", plain(text))).translate(_SAME)


def says_nothing(text: str) -> bool:
    """Whether it is what people write where they have nothing to say."""
    return _core(text) in _NOTHING


def says_no_opinion(text: str) -> bool:
    """Whether it is what people write where they have no opinion, in so many words."""
    return _core(text) in _NO_OPINION


def is_ticked(text: str, label: str) -> bool | None:
    """Whether what stands in the cell of a box, with the words of it, is a tick; None where it may be something else."""
    words, own = same_words(text), _without_boxes(same_words(label))
    rest = _core(words.replace(own, "", 1))
    if rest not in _YES and not (own not in words and rest in _NO_OPINION):
        return None
    return bool(rest) or any(sign in words for sign in TICKS)


def choice_meant(text: str, name: str, choices: Sequence[str]) -> Meant:
    """The one of `choices` that is written, with signs around it; one that was ticked among several; else the text."""
    words = {same_words(choice): choice for choice in choices}
    written = _after_name(_ticked_of(text), name)
    if _core(written) in words:
        return Meant(words[_core(written)])
    if set(choices) == {"是", "否"} and written and not _core(written):
        return Meant("是")
    found = _BRACKETS.fullmatch(written.strip(_EDGE))
    if found and _core(found[1]) in words and not _DOUBT.search(found[2]):
        return Meant(words[_core(found[1])], rest=found[2].strip())
    return Meant(text)


def day_meant(text: str, name: str, days: Days | None) -> Meant:
    """The day that is written, as 2021-06-25; one without a year, where it can only be of one year in `days`."""
    short = _after_name(squeezed(unicodedata.normalize("NFKC", plain(text))), name).translate(_SAME)
    short = _WEEKDAY.sub("", short.strip(_EDGE)).strip(_EDGE)
    in_words = _IN_WORDS.fullmatch(short.replace("零", "○"))
    if in_words:
        year, month, day = in_words.groups()
        short = f"{''.join(str(_DIGITS.index(sign)) for sign in year)}-{_number(month)}-{_number(day)}"
    short = re.sub("[,、]", ".", short)
    if day_written(short):
        return Meant(as_written_by_us(short))
    of_year = _MONTH_DAY.fullmatch(short)
    found = list(_in(days, int(of_year[1]), int(of_year[2]))) if days and of_year else []
    if len(found) == 1:
        return Meant(found[0].isoformat(), why="没有写年，只能是这一年")
    return Meant(text)


def name_meant(text: str, name: str) -> Meant:
    """A name without signs around it, and without the blanks that spread a short one."""
    short = _after_name(plain(text), name).strip("，。、；,.;: \n")
    pieces = short.split()
    spread = len(pieces) in (2, 3) and min(map(len, pieces)) == 1 and sum(map(len, pieces)) <= 4
    return Meant("".join(pieces) if spread else short)


def _core(text: str) -> str:
    """The words alone, without signs and boxes at both ends."""
    words = same_words(text).strip(same_words(_EDGE) + BOXES)
    return words[1:-1] if words[:1] in "([" and words[-1:] in ")]" and len(words) > 2 else words


def _without_boxes(text: str) -> str:
    return "".join(sign for sign in text if sign not in BOXES)


def _ticked_of(text: str) -> str:
    """Of several words with a box before each, the one that is ticked; else the text."""
    boxed = re.findall(rf"([{BOXES}])\s*([^{BOXES}]+)", text)
    ticked = [word for box, word in boxed if box in TICKS]
    return ticked[0] if len(boxed) > 1 and len(ticked) == 1 else text


def _after_name(text: str, name: str) -> str:
    """Without the name of the field before it, which some people write again."""
    return re.sub(rf"^\s*{re.escape(name)}\s*[:：]\s*", "", text) if name else text


def _in(days: Days, month: int, day: int) -> Iterator[date]:
    for year in range(days.first.year, days.last.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if days.first <= found <= days.last:
            yield found


def _number(words: str) -> int:
    """二十五 → 25"""
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)
