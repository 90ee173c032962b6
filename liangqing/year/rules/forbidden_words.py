"""What must never enter a paper: judges one text (docs/使用手册/规则.md, 不得录入的内容).

What was decided, beyond the words of that page:

- A hard word is refused also inside 《》 and with blanks between its characters (谈 话 笔 录 as a heading);
  a soft word inside 《》 is part of a title and passes.
- 笔录 is refused of every sort, 会议笔录 and 现场检查笔录 too: the plain words 会议记录, 检查记录 are there.
- 初核 is refused also as the business word, for 初审 says the same; 年初核定, 最初核发 are other words.
- 留置送达 and 留置权 are terms of service and of civil law; they pass.
- 检举人 and 控告人 are 举报人. 举报箱, 举报电话 and the like name a facility and pass, unless followed by
  what was reported there (举报电话反映…).
- Counts (移交问题线索2件, 立案3起) are soft: their own place is 问责统计, and what is counted in prose is
  released on record.
- 秘密, 机密 are refused as a mark only: with ★, in brackets, after 密级, or alone on a line or at its head;
  （秘密级） inside 《》 is part of a title. 绝密 is refused wherever it is not an enumeration of levels, 绝密级,
  or two words that meet (杜绝密闭).
- Overlapping hits: the hard one is reported, of numbers 身份证号 before 银行卡号 before 手机号码.
- An identity number of 15 digits has no check digit: its year must be 1930 to 1999, so that a serial of the
  form 450300 + 210930 + 001 passes. A card number of schemes other than 银联 must begin as one of a Chinese
  bank does, unless 卡号 stands before it; for 450300… is Guangxi and 4503 would be Visa.
- Eleven digits before a unit (元, 吨, 千瓦…), after a decimal point of a coordinate, or within a code with
  letters are no telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple


@dataclass(frozen=True)
class WordHit:
    """One thing that must not enter.

    `start` counts characters of the text from 0. `shown` is what a message may show: the word, or of a
    number the first three and the last two characters.
    """

    kind: str
    hard: bool
    start: int
    shown: str
    why: str
    advice: str


@dataclass(frozen=True)
class Word:
    """A row of the table: what `pattern` matches is a hit, unless it stands within a match of `spared`.

    `roots`: pairs of characters, one of which is in whatever `pattern` matches; a text without any is not
    looked at further.
    """

    kind: str
    hard: bool
    roots: str
    pattern: str
    why: str
    advice: str
    spared: str = ""


_GAP = "[ \u3000]*"
_LEVEL = rf"[绝机秘]{_GAP}密"
_MARK = "|".join(
    (
        rf"{_LEVEL}{_GAP}级?{_GAP}(?:[★☆]|[*＊]{_GAP}(?:[0-9０-９]|长期))",
        rf"[【\[［〔(（]{_GAP}{_LEVEL}[级件]?{_GAP}[】\]］〕)）]",
        rf"密{_GAP}级{_GAP}[:：为是]?{_GAP}{_LEVEL}(?![/／、或])",
        rf"(?<![^\n\r|｜\t]){_GAP}{_LEVEL}[级件]?(?=[\s|｜]|\Z)",
        rf"(?<![^\n\r|｜\t]){_GAP}[绝机秘][ \u3000]+密",
        rf"(?:(?<=\n)|\A)[0-9]{{6}}[ \u3000]+{_LEVEL}(?=\s|\Z)",
        r"本(?:件|文件?|材料|资料)(?:为|系|属于?)(?:国家秘密|[绝机秘]密)",
        r"(?<![拒隔杜断谢、和或及/])绝密(?![级封闭切度集植、和或及/三])",
    )
)

WORDS = (
    Word(
        "举报人",
        True,
        "举报 检举 控告",
        pattern=rf"举{_GAP}报{_GAP}人|检举人|(?:检举、?)?控告人",
        why="涉及举报人，任何文书不得记载",
        advice="删去有关举报人的表述，只写检查中自行查实的情况。",
        spared=r"举报人[数次均]",
    ),
    Word(
        "初核",
        True,
        "初核 初步",
        pattern=rf"初{_GAP}核|初步核实",
        why="初核材料不得进入本工具",
        advice="删去；如指业务上的初步审查，改写为“初审”或“经核查”。",
        spared=rf"[年月季期周]初{_GAP}核[定算查发实准减对销验拨]|[最当起]初{_GAP}核|初核算",
    ),
    Word(
        "留置",
        True,
        "留置",
        pattern=rf"留{_GAP}置",
        why="留置材料不得进入本工具",
        advice="删去有关留置的表述。",
        spared=r"留置(?:的?方式)?送达|留置[权针池罐塘]|[保滞停预存遗残截]留置",
    ),
    Word(
        "笔录",
        True,
        "笔录",
        pattern=rf"笔{_GAP}录",
        why="笔录不得进入本工具",
        advice="删去；如指会议或检查，改写为“会议记录”“检查记录”。",
        spared=r"笔录入|[随文]笔录",
    ),
    Word(
        "密级标志",
        True,
        "秘密 机密 绝密",
        pattern=_MARK,
        why="带有密级标志，涉密内容不得在非涉密设备上处理",
        advice="停止录入，按保密规定在涉密设备上办理。",
        spared=r"《[^《》\n]{0,80}[(（][绝机秘]密[级件]?[)）][^《》\n]{0,80}》",
    ),
    Word(
        "信访件",
        False,
        "信访",
        pattern=r"信访(?:举报|投诉|交办|转办|案)*件",
        why="信访件的内容不入文书",
        advice="只写件数和办理情况；确需写入的，记录放行。",
    ),
    Word(
        "举报",
        False,
        "举报",
        pattern=r"举报",
        why="举报的内容不入文书",
        advice="业务上的举报（如12369）只写件数和办理情况，记录放行。",
        spared=r"(?<![接到])举报(?:箱|电话|热线|邮箱|网站|平台|渠道|奖励|制度)(?!反映|来|称|转|中|接)"
        r"|[选列推]举报[告名送批备道表到]",
    ),
    Word(
        "立案",
        False,
        "立案",
        pattern=r"立案",
        why="立案审查的情况不入文书",
        advice="行政处罚的立案写明“行政处罚”，记录放行。",
        spared=r"[建设成确独创树订]立案",
    ),
    Word(
        "问题线索",
        False,
        "线索",
        pattern=r"(?:问题|违纪|违纪违法|职务违法|职务犯罪)线索|(?:移交|移送|转交)线索|线索处置",
        why="问题线索另有专门系统，文书中只能计数",
        advice="数量填入问责统计；确需写入的，只写件数，记录放行。",
    ),
    Word(
        "检举",
        False,
        "检举",
        pattern=r"检举(?:、?控告)?",
        why="检举的内容不入文书",
        advice="删去；确需写入的，记录放行。",
        spared=r"[体质安抽巡年自送纪]检举[措办行例证]",
    ),
    Word(
        "控告",
        False,
        "控告",
        pattern=r"控告",
        why="控告的内容不入文书",
        advice="删去；确需写入的，记录放行。",
        spared=r"[管防监调把风布]控告[知警示诫]",
    ),
    Word(
        "违纪事实",
        False,
        "违纪 涉嫌",
        pattern=r"违纪(?:违法)?事实|涉嫌(?:严重)?(?:违纪|违反党纪)",
        why="个人违纪事实不入文书",
        advice="只写单位层面的问题；确需写入的，记录放行。",
    ),
    Word(
        "处分决定",
        False,
        "处分 党内 政务 撤销 留党 开除",
        pattern=r"处分决定|党内(?:严重)?警告|政务(?:警告|记过|记大过|降级|撤职|开除)|撤销党内职务|留党察看|开除(?:党籍|公职)",
        why="对个人的处分不入文书",
        advice="只在问责统计中计数；引用公开通报的，记录放行。",
    ),
    Word(
        "廉政档案",
        False,
        "廉政",
        pattern=r"廉政档案",
        why="干部廉政档案的内容不入文书",
        advice="只写档案是否建立；确需写入的，记录放行。",
        spared=r"(?:建立|健全|完善|更新|规范|实行)[^，。；]{0,8}廉政档案|廉政档案(?:制度|建设|管理)",
    ),
)

# A kind of number → why, what to do. Where two readings overlap, the one that stands first is taken.
NUMBERS = {
    "身份证号": ("像身份证号，个人信息不得录入", "删去号码，写姓名和职务即可。"),
    "银行卡号": ("像银行卡号，个人信息不得录入", "删去号码；付款凭证只写日期和金额。"),
    "手机号码": ("像个人手机号码，只能填在联系人、联络员的电话里", "删去，或改写办公座机。"),
}


@cache
def _patterns() -> list[tuple[Word, re.Pattern[str], re.Pattern[str]]]:
    """Each word with what it is and what it spares; made when the first text that may hold one is looked at."""
    return [(word, re.compile(word.pattern), re.compile(word.spared or r"(?!)")) for word in WORDS]


_TITLE = re.compile(r"《[^《》\n]{0,120}(?:《[^《》\n]{0,120}》[^《》\n]{0,60})*》")

_BLANKS = " \u00a0\u2002\u2003\u2009\u200b\u202f\u2060\u3000\ufeff"
_DASHES = "-‐‑‒–—―−﹣－"
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ" + _BLANKS + _DASHES, "0123456789XX" + " " * 10 + "-" * 10)
_LONG = rf"[0-9０-９](?:[{_BLANKS}{re.escape(_DASHES)}]{{0,3}}[0-9０-９]){{10}}"
_LONG_NUMBER = re.compile(_LONG)
_PAIRS = [root for word in WORDS for root in word.roots.split()]
_ROOT = re.compile(f"[{''.join(pair[0] for pair in _PAIRS)}]{_GAP}[{''.join(pair[1] for pair in _PAIRS)}]")

_RUN = re.compile(r"[0-9]+(?:[ -]{1,3}[0-9]+)*(?:[ -]{0,3}[Xx])?")
_GROUP = re.compile(r"[0-9]+|[Xx]")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}")
_UNIONPAY = re.compile(r"62|60(?:1[1-4]|2|3|58)|9(?:000|098|400|55[1589]|666|688|843|988)")
_OTHER_CARD = frozenset(
    """
    3528 3568 4026 4027 4033 4041 4047 4055 4062 4074 4096 4100 4155 4213 4218 4221 4258 4270 4275 4280 4289
    4336 4340 4349 4357 4367 4380 4381 4385 4391 4392 4427 4518 4532 4563 4564 4580 4581 4619 4637 4645 4682
    4720 4792 4816 4835 4864 4868 4870 4895 4910 4984 5123 5124 5127 5140 5149 5156 5176 5182 5183 5184 5187
    5200 5201 5203 5213 5218 5229 5230 5239 5240 5248 5257 5259 5264 5268 5274 5280 5287 5289 5316 5324 5359
    5398 5417 5440 5442 5448 5452 5453 5456 5459 5477 5487 5488 5522 5523 5524 5525 5527 5528 5531 5532 5566
    5570 5587 5588 5589 5899
    """.split()
)
_CARD_NAMED = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡)[^0-9]{0,10}\Z")
_FRACTION = re.compile(r"(?:(?:\A|[^0-9])(?:0|[2-5][0-9])|[0-9]{3})\.\Z")
_UNIT = re.compile(
    r" ?(?:元|亿|万[元吨立平千]|吨|千[瓦克]|立方|平方|公[顷里斤]|度)|\.[0-9]{2}(?![0-9年月日])"
)
_CALLED = re.compile(r"(?:\A|[^A-Za-z])(?:tel|phone|mobile|mob|wx|vx|wechat|m|t|p)\Z", re.IGNORECASE)


def inspect(text: str, *, telephone_allowed: bool = False) -> list[WordHit]:
    """All that must not enter, in the order of the text; no two overlap, and the hard one wins.

    `telephone_allowed`: the text is the 电话 of a 联系人 or 联络员, where a mobile number may stand.
    """
    found = list(_find_numbers(text, telephone_allowed)) if _LONG_NUMBER.search(text) else []
    if _ROOT.search(text):
        found += _find_words(text)
    found.sort(
        key=lambda candidate: (not candidate.hit.hard, candidate.rank, candidate.hit.start, -candidate.end)
    )
    kept: list[_Found] = []
    for candidate in found:
        if all(candidate.end <= other.hit.start or other.end <= candidate.hit.start for other in kept):
            kept.append(candidate)
    return sorted((candidate.hit for candidate in kept), key=lambda hit: hit.start)


def may_be_hit(text: str) -> bool:
    """Whether `inspect` can find anything; quick, and True for few texts."""
    return _ROOT.search(text) is not None or _LONG_NUMBER.search(text) is not None


class _Found(NamedTuple):
    """A hit with its end in the text; of two that overlap the lower rank is kept, then the longer."""

    hit: WordHit
    end: int
    rank: int


def _find_words(text: str) -> Iterator[_Found]:
    """Each word outside what its row spares."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    for word, pattern, spared in _patterns():
        passing = [match.span() for match in spared.finditer(text)] + ([] if word.hard else titles)
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(left <= start and end <= right for left, right in passing):
                continue
            start += len(match[0]) - len(match[0].lstrip("0123456789 \u3000"))
            shown = re.sub(r"\s+", "", text[start:end])
            hit = WordHit(word.kind, word.hard, start, shown, word.why, word.advice)
            yield _Found(hit, end, len(NUMBERS))


def _find_numbers(text: str, telephone_allowed: bool) -> Iterator[_Found]:
    """Each number that may not enter, however it is cut into groups."""
    plain = text.translate(_PLAIN)
    for start, end, number, sizes in _windows(plain):
        kind = _kind_of_number(number, sizes, plain, start, end)
        if kind and not (kind == "手机号码" and telephone_allowed):
            shown = number[:3] + "*" * (len(number) - 5) + number[-2:]
            yield _Found(WordHit(kind, True, start, shown, *NUMBERS[kind]), end, list(NUMBERS).index(kind))


def _windows(plain: str) -> Iterator[tuple[int, int, str, list[int]]]:
    """Start, end, digits and sizes of groups: each sequence of whole groups of 11 to 19 characters."""
    for run in _RUN.finditer(plain):
        groups = [(run.start() + match.start(), match[0].upper()) for match in _GROUP.finditer(run[0])]
        for first, (start, _) in enumerate(groups):
            number = ""
            sizes: list[int] = []
            for at, group in groups[first:]:
                number, sizes = number + group, [*sizes, len(group)]
                if len(number) > 19:
                    break
                if len(number) >= 11:
                    yield start, at + len(group), number, sizes


def _kind_of_number(number: str, sizes: list[int], text: str, start: int, end: int) -> str:
    """What a number of digits (and X) in groups of these sizes is; "" when it is nothing to refuse."""
    if _is_identity(number):
        return "身份证号"
    before, after = text[max(0, start - 20) : start], text[end : end + 6]
    if not number.isdigit() or _FRACTION.search(before) or _UNIT.match(after) or re.match("[A-Za-z]", after):
        return ""
    lettered = re.search(r"[A-Za-z]\Z", before)
    if _MOBILE.fullmatch(number) and _is_telephone(sizes) and (not lettered or _CALLED.search(before)):
        return "手机号码"
    if lettered:
        return ""
    if _is_old_identity(number, sizes):
        return "身份证号"
    return "银行卡号" if _is_card(number, sizes, named=bool(_CARD_NAMED.search(before))) else ""


def _is_identity(number: str) -> bool:
    """GB 11643: province, six to fourteen a date, and the check digit of ISO 7064 MOD 11-2."""
    if len(number) != 18 or not number[:17].isdigit() or not _PROVINCE.match(number):
        return False
    if number[6:8] not in ("19", "20") or not _is_date(number[6:14]):
        return False
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return number[17] == "10X98765432"[total % 11]


def _is_old_identity(number: str, sizes: list[int]) -> bool:
    """Fifteen digits of before 1999, in one piece or as 6-6-3."""
    return (
        sizes in ([15], [6, 6, 3])
        and _PROVINCE.match(number) is not None
        and number[6] >= "3"
        and _is_date("19" + number[6:12])
    )


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day of the calendar."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _is_telephone(sizes: list[int]) -> bool:
    """Whether a mobile number is written so, with or without 86 as a group before it."""
    if sum(sizes) > 11 and sizes[0] in (2, 4):
        sizes = sizes[1:]
    return sizes in ([11], [13], [15], [3, 4, 4], [5, 4, 4], [3, 8], [7, 4], [4, 3, 4], [5, 6])


def _is_card(number: str, sizes: list[int], named: bool) -> bool:
    """Sixteen to nineteen digits that begin as a card does, with Luhn's check digit.

    In groups it is written by fours, or as 6 and the rest. Region code and day in front make a serial.
    """
    grouped = len(sizes) == 1 or set(sizes[:-1]) == {4} or (len(sizes) == 2 and sizes[0] == 6)
    if not 16 <= len(number) <= 19 or not grouped or len(set(number)) == 1:
        return False
    if number[6:8] in ("19", "20") and _PROVINCE.match(number) and _is_date(number[6:14]):
        return False
    known = _UNIONPAY.match(number) or (len(number) == 16 and number[:4] in _OTHER_CARD)
    if not known and not (named and number[0] in "34569"):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
