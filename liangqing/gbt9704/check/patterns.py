"""How the words of a paper look, right or wrong: by these its elements are recognised.

They are lenient where the rules are strict: a number in wrong brackets is still a 发文字号.
"""

from __future__ import annotations

import re

NUMERALS = "一二三四五六七八九十百"
OPENING, CLOSING = "[［(（【〖{〔", "]］)）】〗}〕"
_YEAR = r"(?:\d{2}|\d{4}|[〇○零O一二三四五六七八九]{4})"

TAG = re.compile(r"\{\{.+?\}\}|\{%.+?%\}")  # of a template

# 发文字号: 代字, year, serial; perhaps in wrong brackets or without 号.
DOC_NUMBER = re.compile(
    rf"^(?P<code>[\u4e00-\u9fa5A-Z]{{1,15}})\s*(?P<open>[{re.escape(OPENING)}])\s*(?P<year>{_YEAR})\s*"
    rf"(?P<close>[{re.escape(CLOSING)}])\s*(?P<di>第?)\s*(?P<serial>[\d０-９Xx×]*)\s*(?P<hao>号?)"
)
ORDER_NUMBER = re.compile(r"^第\s*[\d一二三四五六七八九十]+\s*号$")

SIGNER = re.compile(r"签发人\s*[：:]\s*(?P<names>.*)$")
NAMES = re.compile(r"^[\u4e00-\u9fa5·]{1,8}([\s\u3000]+[\u4e00-\u9fa5·]{1,8})*$")
COPY_NUMBER = re.compile(r"^(№|No\.?|NO\.?)?\s*[\d０-９]{3,8}$")
COPY_NUMBER_RIGHT = re.compile(r"^\d{6}$")
SECRECY = re.compile(r"^(绝密|机密|秘密)\s*(★|☆|\*|$).{0,8}$")
SECRECY_RIGHT = re.compile(r"^(绝密|机密|秘密)(★\d+(年|个月)|★长期)?$")
URGENCY = re.compile(r"^(特急|加急|特提|平急|急件|紧急|急)$")

DATE = re.compile(
    rf"^(?P<year>{_YEAR})\s*[年./\-－]\s*(?P<month>[\d一二三四五六七八九十]{{1,3}})\s*[月./\-－]\s*"
    r"(?P<day>[\d一二三四五六七八九十]{1,3})\s*(?P<end>[日号]?)$"
)
DATE_RIGHT = re.compile(r"^\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日$")
# A date that waits for its figures: `2021年　月　日`, or a draft's `×年×月×日`.
DATE_BLANK = re.compile(r"^[\d×Xx〇○\s\u3000_]*年[\d×Xx\s\u3000_]*月[\d×Xx\s\u3000_]*日$")
DATE_INSIDE = re.compile(rf"{_YEAR}\s*[年./\-]\s*\d{{1,2}}\s*[月./\-]\s*\d{{1,2}}\s*[日号]?")

ANNEX_LABEL = re.compile(
    rf"^(?P<number>.{{2,30}}号)?附\s*件\s*(?P<which>[\d{NUMERALS}]*)\s*(?P<colon>[：:]?)$"
)
ANNEX_NOTE = re.compile(
    rf"^附\s*件\s*(?P<which>[{NUMERALS}\d]*)\s*(?P<colon>[：:])\s*(?P<rest>\S.*)$", re.DOTALL
)
# Label and title of an annex in one line.
ANNEX_HEAD = re.compile(
    rf"^附\s*件\s*(?P<which>[{NUMERALS}\d]*)(?P<colon>\s*[：:]\s*|[\s\u3000]+)(?P<rest>\S.*)$"
)
_NEXT_ITEM = re.compile(r"[\n\v]\s*|[\s\u3000]+(?=\d{1,2}[.．、]\S)")
ANNEX_ITEM = re.compile(r"^(?P<which>\d+)\s*(?P<mark>[.．、])\s*(?P<name>.+)$", re.DOTALL)

COPIES = re.compile(r"^抄\s*送\s*(?P<colon>[：:])\s*(?P<rest>.*)$")
PRINTED = re.compile(
    rf"^(?P<organ>\S.*?)[\s\u3000]+(?P<date>{_YEAR}\s*[年./\-]\s*\d{{1,2}}\s*[月./\-]\s*\d{{1,2}}\s*[日号]?)\s*(?P<end>印发|印|印制)?$"
)
PRINTED_DATE = re.compile(rf"^(?P<organ>)(?P<date>{_YEAR}年\d{{1,2}}月\d{{1,2}}日)\s*(?P<end>印发)$")
KEYWORDS = re.compile(r"^主\s*题\s*词\s*[：:]")
NOTE = re.compile(r"^[（(].*[）)]$")
KINDS = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|规定|办法|建议书|总结|清单|表"
TITLE = re.compile(rf"({KINDS})([（(].{{1,12}}[）)])?[。.．，,！!]?$")

_N = f"[{NUMERALS}]+"
# Level → how its numeral is written right, and ways in which it is written wrong.
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^(?P<n>{_N})、")),
    (2, re.compile(rf"^（(?P<n>{_N})）(?![、，．.])")),
    (3, re.compile(r"^(?P<n>\d{1,2})[.．](?![\d.．、])")),
    (4, re.compile(r"^（(?P<n>\d{1,2})）(?![、，．.])")),
)
WRONG_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^(?P<n>{_N})[.．,，:：]")),
    (2, re.compile(rf"^(?P<n>)[（(]{_N}[)）]")),
    (3, re.compile(r"^(?P<n>\d{1,2})(、|[.．]、|[)）])")),
    (4, re.compile(r"^(?P<n>)[（(]\d{1,2}[)）]")),
)
_VALUES = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


NUMERAL = re.compile(rf"^[（(]?(?:{_N}|\d{{1,2}})[)）]?[、.．，,:：]{{0,2}}")


def items_in(words: str) -> list[str]:
    """The annexes that a line of 附件说明 names, where several stand in it: one a line, or blanks between them."""
    return [item for item in _NEXT_ITEM.split(words) if item]


def names_beside(words: str) -> str:
    """What follows a 发文字号 in its line: names of signers, with or without 签发人：; "" for nothing."""
    found = DOC_NUMBER.match(words)
    return "" if found is None else words[found.end() :].strip(" \t\u3000")


def level_of(text: str) -> tuple[int, int | None, bool] | None:
    """Level of a heading or item, its number where that can be read, and whether its numeral is written right."""
    for right, patterns in ((True, LEVELS), (False, WRONG_LEVELS)):
        for level, pattern in patterns:
            found = pattern.match(text)
            if found:
                inner = re.search(rf"{_N}|\d+", found[0])
                return level, value_of(inner[0]) if inner else None, right
    return None


def value_of(numeral: str) -> int | None:
    """二十一 → 21, 3 → 3; None for what is no number up to 99."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if ten:
        if (tens and tens not in _VALUES) or (ones and ones not in _VALUES):
            return None
        return _VALUES.get(tens, 1) * 10 + _VALUES.get(ones, 0)
    return _VALUES.get(numeral)
