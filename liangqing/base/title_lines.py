"""Where a title longer than one line breaks (GB/T 9704 7.3.1: whole words, symmetrical, a trapezoid or a diamond).

Every place between two signs has a price: none before a verb that begins a new phrase, little between two words, much
inside a name, most inside a word. So has the shape of the lines. The cheapest way wins.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TypeAlias

from liangqing.base.chinese import character_width
from liangqing.base.words import segments

Way: TypeAlias = tuple[
    float, tuple[int, ...]
]  # what the lines from a place on cost, and where each of them ends

_TORN, _WORD, _BAD_START, _BAD_END = 3000.0, 700.0, 300.0, 250.0  # mistakes
_NAME, _LONE, _SHORT = 400.0, 500.0, 80.0  # a name in two; a line of one or two signs; one of three
_PHRASE, _HELD, _SINGLE, _BETWEEN, _AFTER_MARK = 25.0, 30.0, 12.0, 8.0, 4.0
_AFTER_NAME, _REST = 6.0, 15.0  # the place right after a name costs less; one or two words behind a 、 more
_LINE, _UNEVEN, _HOURGLASS, _BLOCK = 40.0, 100.0, 150.0, 60.0  # of the shape

_MORE = 2  # lines more than the fewest, where that keeps words and names whole

_WHOLE = re.compile(  # dates, counts, numbers of papers, words in Latin letters
    r"\d+年(?:\d+月(?:\d+日)?|度|第?[一二三四1-4]季度|[上下]半年)?|\d+月(?:\d+日)?|\d+[一-龥]"
    r"|第?(?:[一二三四五六七八九十百]+|\d+)(?:季度|批次|[年月日号起件个项条期批轮次届家名处])(?:[一二三四五六七八]中全会)?"
    r"|第(?:[一二三四五六七八九十百]+|\d+)"
    r"|[上下]半年|〔\d+〕\d+号|[A-Za-z0-9.%+/-]+"
)
_LISTED = frozenset("、和与及")
_ENCLOSED = re.compile(r"《[^《》]*》|“[^“”]*”|〔[^〔〕]*〕")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_OPENING, _CLOSING = frozenset("（《〈“‘〔【(["), frozenset("）》〉”’〕】)]、，。；：！？,;:!?·—…")
_STARTS = frozenset("的 地 得 之 了 着 过 及 及其 和 与 或 等 者 们 性 化 类 以及 并 暨 中 内 后".split())
_ENDS = frozenset(
    "关于 对 对于 就 在 把 将 向 为 为了 从 由 按 按照 根据 以 被 给 和 与 及 及其 以及 或 或者 并 并且 暨 同 至 到 于 不 未 无 没有 "
    "驻 各 全 本 第 每 之".split()
)
_VERBS = frozenset(  # what they govern stands in their line, and a line may well begin with them
    "开展 印发 转发 做好 加强 进一步 推进 落实 贯彻 学习 召开 举行 组织 报送 征求 调整 规范 严明 深化 强化 公布 发布 成立 认真".split()
)
_ENDING = frozenset(  # the end of an organ's name, or of what a paper is about
    "局 委 委员会 处 厅 办 政府 中心 管理中心 服务中心 支队 大队 总队 总站 分局 公司 集团 管理处 管理局 医院 学校 问题".split()
)
_LEANING = frozenset(
    "问题 期间 情况 环节 领域 方面 不力 不清 不全 等 督察组".split()
)  # a line begins ill with them
_LEANING_LEFT = frozenset("的 等".split())  # and ends ill with these


def width(text: str) -> float:
    """How much of a line a text takes, in signs: digits and small letters half a sign and more, capitals nearly one."""
    return sum(1 if not sign.isascii() else 0.8 if sign.isupper() else 0.6 for sign in text)


def title_breaks(
    text: str, room: float, names: Iterable[str] = (), phrases: Iterable[str] = ()
) -> tuple[int, ...]:
    """The places where `text` breaks so that each line fits into `room` signs: `text[:first]` is the first line, and so on.

    `names` (of units, tasks, persons) stay whole, and so do dates and what stands in 《》, unless one of them is too long
    for a line; `phrases` stay whole where that costs little. () where the text fits into one line, or where there is no room for
    two signs.
    """
    if width(text) <= room or room < 2:
        return ()
    prices = _prices(text, _regions(text, room, names, phrases))
    likely = [place for place in range(1, len(text)) if prices[place] < _WORD]
    for places in (likely, list(range(1, len(text)))):
        found = _cheapest(text, [*places, len(text)], [*prices, 0.0], room)
        if found is not None:
            return found
    return ()


def _regions(
    text: str, room: float, names: Iterable[str], phrases: Iterable[str]
) -> Iterator[tuple[int, int, float]]:
    """From where to where something stands that is better kept in one line, and what each place inside costs."""
    whole = [*(found.span() for found in _ENCLOSED.finditer(text)), *_occurrences(text, names)]
    for begin, end in whole:
        yield begin, end, _NAME if width(text[begin:end]) <= room else _PHRASE
    loose = [*(found.span() for found in _BRACKETED.finditer(text)), *_occurrences(text, phrases)]
    for begin, end in loose:
        yield begin, end, _PHRASE


def _occurrences(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in wanted:
        begin = text.find(name) if len(name) > 1 else -1
        while begin >= 0:
            yield begin, begin + len(name)
            begin = text.find(name, begin + len(name))


def _prices(text: str, regions: Iterable[tuple[int, int, float]]) -> list[float]:
    """What a break costs before each sign; the first is no place for one."""
    prices, begin, left = [_WORD] * len(text), 0, ""
    for word in _words(text):
        if left:
            prices[begin] = _price(left, word)
        begin, left = begin + len(word), word
    for first, end, price in regions:
        for place in range(first + 1, end):
            prices[place] += price if price == _NAME or prices[place] != _AFTER_MARK else 0
        if price == _NAME and end < len(text):
            prices[end] -= _AFTER_NAME
    for place in range(1, len(text)):
        if text[place] in _CLOSING or text[place - 1] in _OPENING:
            prices[place] += _TORN
        elif _LISTED & set(text[max(place - 4, 0) : place - 1]) and prices[place] != _AFTER_MARK:
            prices[place] += _REST
    return prices


def _words(text: str) -> Iterator[str]:
    """The words of a title; a date and the like is one."""
    done = 0
    for found in _WHOLE.finditer(text):
        yield from segments(text[done : found.start()])
        yield found[0]
        done = found.end()
    yield from segments(text[done:])


def torn_word(text: str, place: int) -> str:
    """The word, date or number that a break before the sign at `place` tears; "" where it tears none.

    A compound may be parted into words that stand for themselves: 监督 and 检查, but not 管理 and 处.
    """
    begin = 0
    for word in _words(text):
        if begin < place < begin + len(word):
            halves = (text[begin:place], text[place : begin + len(word)])
            apart = all(len(half) > 1 and segments(half) == [half] for half in halves)
            return "" if apart else word
        begin += len(word)
    return ""


def _price(left: str, right: str) -> float:
    """What a break between two words costs."""
    closed = left in _CLOSING or left in _ENDING
    price = 0.0 if right in _VERBS or right[0] in _OPENING else _AFTER_MARK if closed else _BETWEEN
    if right in _STARTS:
        price += _BAD_START
    if left in _ENDS:
        price += _BAD_END
    if left in _VERBS or left in _LEANING_LEFT or right in _LEANING:
        price += _HELD
    if right[0] == "不":
        price += _REST
    if (len(left) == 1 and not closed) or (len(right) == 1 and right not in _OPENING):
        price += _SINGLE
    return price


def _cheapest(
    text: str, places: Sequence[int], prices: Sequence[float], room: float
) -> tuple[int, ...] | None:
    """The places of the cheapest way into few lines, each of which ends at one of `places`; None where there is none."""
    ends = list(accumulate(map(width, text), initial=0.0))
    seen = list(accumulate(map(character_width, text), initial=0.0))

    @cache
    def rest(above: int, begin: int, narrower: bool, left: int, target: float) -> Way:
        """The best way on from the start of a line; `above` is where the line above it begins."""
        remaining, before = ends[-1] - ends[begin], ends[begin] - ends[above]
        if left == 0 or remaining > room * left:
            return (0.0 if remaining == 0 else math.inf), ()
        best: Way = (math.inf, ())
        for end in places[bisect_right(places, begin) :]:
            wide = ends[end] - ends[begin]
            if wide > room:
                break
            price = prices[end] + _uneven(wide, target)
            price += _HOURGLASS if narrower and wide > before else 0
            price += _BLOCK if seen[end] - seen[begin] == seen[begin] - seen[above] else 0
            more, breaks = rest(begin, end, 0 < before > wide, left - 1, target)
            best = min(best, (price + more, (end, *breaks)))
        return best

    fewest = math.ceil(ends[-1] / room)
    cheapest: Way = (math.inf, ())
    for more in range(fewest + 2):
        if more > _MORE and cheapest[1]:
            break
        price, breaks = rest(0, 0, False, fewest + more, ends[-1] / (fewest + more))
        cheapest = min(cheapest, (price + _LINE * more, breaks))
    return cheapest[1][:-1] if cheapest[0] < math.inf else None


def _uneven(wide: float, target: float) -> float:
    """What a line of a width costs where all would be `target` wide if they were alike."""
    lost = _LONE if wide <= 2 else _SHORT if wide <= 3 else 0.0
    return lost + _UNEVEN * ((wide - target) / target) ** 2
