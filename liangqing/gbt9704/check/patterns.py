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
# The same without 代字, and the number of an issue: 第8期, 2026年第8号（总第12号）.
BARE_NUMBER = re.compile(
    rf"^[{re.escape(OPENING)}]\s*{_YEAR}\s*[{re.escape(CLOSING)}]\s*第?\s*[\d０-９Xx×]*\s*号$"
)
_ISSUE_NUMBER = rf"总?第?\s*[\d{NUMERALS}〇○零]+\s*"
ISSUE = re.compile(
    rf"^[（(]?\s*(?:(?:{_YEAR}\s*年)?\s*{_ISSUE_NUMBER}[期号辑]"
    rf"|[{re.escape(OPENING)}]\s*{_YEAR}\s*[{re.escape(CLOSING)}]\s*{_ISSUE_NUMBER}[期辑])"
    r"\s*(?:[（(][^）)]{1,12}[）)])?\s*[）)]?$"
)
ORDER_NUMBER = re.compile(r"^第\s*[\d一二三四五六七八九十]+\s*号$")

SIGNER = re.compile(r"签\s*发\s*人\s*[：:]\s*(?P<names>.*)$")
_NAME = r"(?:[\u4e00-\u9fa5]{1,4}|[\u4e00-\u9fa5]+(?:·[\u4e00-\u9fa5]+)+)"
NAMES = re.compile(rf"^{_NAME}([\s\u3000]+{_NAME})*$")
COPY_NUMBER = re.compile(r"^(№|No\.?|NO\.?)?\s*[\d０-９]{3,8}$")
COPY_NUMBER_RIGHT = re.compile(r"^\d{6}$")
# Letters of 密级 and 紧急程度 may be set apart; a term may follow without its star.
_TERM = rf"[（(]?\s*(?:[\d{NUMERALS}]{{1,3}}\s*(?:年|个月|天)|长期)\s*[）)]?"
SECRECY = re.compile(rf"^(绝\s*密|机\s*密|秘\s*密)\s*(?:(?:★|☆|\*).{{0,8}}|{_TERM})?$")
SECRECY_RIGHT = re.compile(r"^(绝\s*密|机\s*密|秘\s*密)(★\d+(年|个月)|★长期)?$")
URGENCY = re.compile(r"^(特\s*急|加\s*急|特\s*提|平\s*急|急\s*件|紧\s*急|急)$")

DATE = re.compile(
    rf"^(?P<year>{_YEAR})\s*[年./\-－]\s*(?P<month>[\d一二三四五六七八九十]{{1,3}})\s*[月./\-－]\s*"
    r"(?P<day>[\d一二三四五六七八九十]{1,3})\s*(?P<end>[日号]?)$"
)
# 署名 and 成文日期 in one paragraph.
SIGNED = re.compile(
    rf"^(?P<name>[^。；：:，,]{{2,60}}?)[\s\u3000]+(?P<date>{_YEAR}\s*年\s*[\d×{NUMERALS}]{{0,3}}\s*月\s*[\d×{NUMERALS}]{{0,3}}\s*[日号]"
    rf"|{_YEAR}[./\-]\d{{1,2}}[./\-]\d{{1,2}})$"
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
_NEXT_ITEM = re.compile(r"[\s\u3000]+(?=\d{1,2}[.．、]\S)")
_BROKEN = re.compile(r"[\n\v][\s\u3000]*")
ANNEX_ITEM = re.compile(r"^(?P<which>\d+)\s*(?P<mark>[.．、])\s*(?P<name>.+)$", re.DOTALL)

COPIES = re.compile(r"^抄\s*送\s*(?P<colon>[：:])\s*(?P<rest>.*)$")
_PART = rf"\s*(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})\s*"
PRINTED = re.compile(
    rf"^(?P<organ>\S.*?)[\s\u3000]+(?P<date>{_YEAR}\s*[年./\-]{_PART}[月./\-]{_PART}[日号]?)\s*(?P<end>印发|印|印制)?$"
)
PRINTED_DATE = re.compile(rf"^(?P<organ>)(?P<date>{_YEAR}\s*年{_PART}月{_PART}日)\s*(?P<end>印发)$")
PRINTED_CELL = re.compile(rf"^(?P<organ>)(?P<date>{_YEAR}\s*年{_PART}月{_PART}日)(?P<end>)$")
KEYWORDS = re.compile(r"^主\s*题\s*词\s*[：:]")
NOTE = re.compile(r"^[（(].*[）)]$")
# 附注 without its brackets.
BARE_NOTE = re.compile(r"^(此件[^。：:]{2,12}|联系人(及联系)?(电话|方式)?\s*[：:][^。]{2,60})$")
PRINT_RUN = re.compile(r"^[（(]\s*(?:共|本次|此件)?\s*印\s*[制发刷]?\s*\d+\s*份\s*[）)]$")  # under an imprint
# What a title ends in: the kinds of official paper (公文处理条例 8), and those of other papers.
_OTHER_KINDS = "方案|规定|办法|建议书|总结|清单|表"
KINDS = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_AFTER = r"(?:[（(〔].{1,12}[）)〕])?[。.．，,！!]?$"
TITLE = re.compile(rf"(?P<kind>{KINDS}|{_OTHER_KINDS}){_AFTER}")
# 关于…的通知: only an official paper is called so; a report or an opinion may be called so by anybody.
FORMAL = re.compile(rf"关于.+(?P<kind>决议|决定|命令|公报|公告|通告|通知|通报|请示|批复|议案|函){_AFTER}")
FORMAL_WIDE = re.compile(rf"关于.+(?:的|情况|工作|实施|指导|处理|若干)(?P<kind>报告|意见|纪要){_AFTER}")
KIND = re.compile(rf"(?P<kind>决议|决定|命令|公报|公告|通告|通知|通报|请示|批复|议案){_AFTER}")
NO_PAPER = re.compile(
    r"(书|信|条|小结|手册|指南|须知|名单|日程|议程|细则|规程|证明|合同|协议|章程|讲话|致辞|发言|简历|体会|总结|计划|规划|论文|日志|表|单|目录|简介|说明|大纲|教案)"
    r"(?:[（(〔].{1,12}[）)〕])?$"
)
CLOSING_WORDS = re.compile(
    r"(特此(通知|通报|通告|公告|报告|函达|函告|函复|批复|请示)|此复|此函|妥否|当否|(请|望)予?(批示|批复|审批|函复|支持)|"
    r"现予(公布|公告|通告)|请(认真|遵照|结合实际).{0,12}(执行|落实)|自(发布|印发|公布)之日起(施行|执行|生效))"
)
# What the name of an organ or of a group of people ends in.
_ORGAN = re.compile(
    r"[^。！？：:]*(局|委|厅|办|室|府|部|院|会|署|司|处|科|队|站|所|中心|组|公司|集团|校|学|行|社|县|区|市|省|镇|乡|街道|"
    r"单位|部门|庭|馆|团|机关|企业|机构|同志|党员|代表)"
)
ORNAMENT = re.compile(r"^[\s★☆*＊※●◆—–－─━═_=…·.\-]+$")
STAR_LINE = re.compile(r"^[\s—–－─━═_=\-]{2,}[★☆][\s—–－─━═_=\-]{2,}$")

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


def solid(words: str) -> str:
    """Words without the blanks in and around them: letters set apart read like the others."""
    return "".join(words.split())


def names_organs(words: str) -> bool:
    """Whether words are names of organs or of groups of people, one after the other."""
    names = re.split(r"[、，,；;\s]+", re.sub(r"[（(][^（）()]{1,20}[）)]", "", words).strip())
    return all(len(name) <= 40 and _ORGAN.fullmatch(name) is not None for name in names)


NUMERAL = re.compile(rf"^[（(]?(?:{_N}|\d{{1,2}})[)）]?[、.．，,:：]{{0,2}}")


def items_in(words: str) -> list[str]:
    """The annexes that a line of 附件说明 names, where several stand in it, each with its number.

    A break without a number behind it is one inside a name.
    """
    return [_BROKEN.sub("", item) for item in _NEXT_ITEM.split(words) if item]


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
