"""What the program says in words of the command line, as a page says it: with the button that does it.

One table of remedies by code, and one of phrases; what stands in neither is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity
from liangqing.base.folders import DATA

# What to do on a page instead of what is to be typed.
REMEDIES: Mapping[Code, str] = MappingProxyType(
    {
        Code.DRAFT_EDITED: "照 Word 里改过的发，勾上「照改过的草稿印发」；照数据发，先把改动写进记录，再把这份草稿删掉",
        Code.ISSUED_IN_THE_FUTURE: "核对日期和电脑的日期；确要用这一天的，勾上「日期还没有到，照发」",
        Code.ISSUED_OUT_OF_ORDER: "核对日期；确是这样的，勾上「日期与前后的号不衔接，核对过」",
        Code.ALREADY_ISSUED: "要改的，先作废再重新印发；已经送出的，另发更正",
        Code.KIND_NOT_ISSUED: "在「文书」里打开、打印就行",
        Code.ISSUED_BEFORE_ITS_GROUNDS: "核对成文日期；检查、反馈会、发现问题的日期录错的，改那条记录",
        Code.NO_PLACE_FOR_NUMBER: "删掉这份草稿，在「文书」里重新生成，文号、日期的空处不动；已经手工填好发出的，用「补录手工编过号的」",
        Code.SETTLED_TEXT_EDITED: "责任和整改时限只在「问题」里改：改记录，把草稿改回来，再印发",
        Code.KIND_WITHOUT_NUMBERS: "这种文书不编号：不填「几号」和文件，直接印发",
        Code.ANOTHER_NUMBER_PRINTED: "核对「几号」和文件",
        Code.VOID_BEFORE_ISSUE: "核对作废日期",
        Code.VOID_IN_THE_FUTURE: "核对作废日期；要到那天才作废的，那天再作废",
        Code.ALREADY_VOID: "不用再作废",
        Code.NOT_ISSUED: "回到「今天」重新点进来",
        Code.RESTED_UPON: "先改掉或删去用着它的那几处；已经印发的文书写到它的，这一条留着",
        Code.NO_SUCH_TEMPLATE: "把模板放回来，或从「模板」新做一个",
        Code.NOT_OUR_LEDGER: "在「收回」页下载台账，把改动填进去再收；别处来的台账，在「开始」页从原来的台账开始",
        Code.BLANK_WORKBOOK_AGAIN: "在「收回」页下载台账，新的内容在台账里接着填",
        Code.FILE_JUST_CHANGED: "看一遍现在的，再做一次",
        Code.CHANGED_ON_BOTH_SIDES: "看清两边，在下面选一种再核对；或者重新下载台账再填",
        Code.NOT_ONE_LINE: "删掉那个字符，写成一行",
        Code.NOT_WHILE_DAMAGED: "照同时列出的建议恢复登记和存档，再印发、作废；一时恢复不了、确需先办的，请管登记的人用命令办，写明理由",
        Code.STORED_PAPER_MISSING: "从备份、output 或收文单位的电子版找回发出时的文件，照这个文件名放回",
        Code.STORED_PAPER_CHANGED: "从备份、output 或收文单位的电子版找回发出时的文件，照这个文件名放回",
        Code.STORED_PAPER_UNREGISTERED: "登记少了几行的，从备份恢复登记；不是程序存的文件，移到别处",
        Code.REGISTER_CUT_SHORT: "从较新的备份恢复登记；找不回的，请管登记的人逐份补录",
        Code.TEMPLATE_EXISTS: "换一个名字；要换掉已有的，打开那个模板，用「换成改好的」",
    }
)
# Where messages put their place as an option: what the field of the page is called.
FIELDS = MappingProxyType(
    {"--date": "日期", "--number": "几号", "--unit": "单位", "--why": "理由", "--signer": "签发人"}
)
# Phrases within what is told of drafts and copies, and how a page says them.
PHRASES = MappingProxyType(
    {
        "照原来的号补录": "点「印发」，用「补录手工编过号的」登记",
        "用 issue --number 补录后再核对": "在它的印发页补录，再核对",
        "；先运行 check": "",
    }
)
# Phrases within the help of a key that tell how it is typed into a file, and what a form says.
HELP_PHRASES = MappingProxyType(
    {
        "换过人的写成列表": "换过人的，一人一条",
        "单位的列表，或 全体单位": "单位，或 全体单位",
        "templates 里的 Word 文件名；按版式不同的写 {信函: …, 文件: …}": "用哪个 Word 模板",
        "取号的文种写 {代字: …}": "取号的文种写代字",
        "，如 {整改函: 5}": "",
    }
)
_TYPED = re.compile(r"{[^{}]*}[；，]?")  # keys as a file has them


# How far a problem reaches, in a word, and the class of desk.css for it.
REACHES: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        Severity.ERROR: ("要改", "error"),
        Severity.GATE: ("还差", "gate"),
        Severity.WARNING: ("提醒", "warning"),
    }
)
_LINE_OF_FILE = re.compile(rf"（{DATA}/[^（）]*?(?::\d+)+）")  # a page leads to the form instead


def in_page_words(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same problems, with what to do about them on a page, and without lines of files that nobody opens there."""
    return tuple(
        replace(
            problem,
            message=_LINE_OF_FILE.sub("", problem.message),
            advice=_LINE_OF_FILE.sub("", said_on_page(REMEDIES.get(problem.code, problem.advice))),
            place=_place_on_page(problem),
        )
        for problem in problems
    )


def _place_on_page(problem: Diagnostic) -> Place:
    """The field, cell or file that a person handed over; the line of the data only where the file has to be mended."""
    place = problem.place
    if place.file in FIELDS:
        return Place(FIELDS[place.file])
    if problem.severity is not Severity.ERROR and place.file.startswith(f"{DATA}/"):
        return Place(place.file.rpartition("/")[2].removesuffix(".yaml"))
    return place


def said_on_page(words: str) -> str:
    """Words of the program without what would have to be typed."""
    for phrase, said in PHRASES.items():
        words = words.replace(phrase, said)
    return words


def help_on_page(text: str) -> str:
    """The help of a key without how it would be typed into a file; "" where it says nothing else."""
    for phrase, said in HELP_PHRASES.items():
        text = text.replace(phrase, said)
    return _TYPED.sub("", text)
