"""Which format a paper has: the first row of a table that holds, each with the words for why."""

from __future__ import annotations

import re
from collections.abc import Callable

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.find_annexes import is_head
from liangqing.gbt9704.check.paper import (
    ANNEX,
    FILE,
    LETTER,
    MINUTES,
    ORDER,
    OTHER,
    PLAIN,
    TABLE,
    RecognisedPaper,
    RedLine,
)
from liangqing.gbt9704.word.model import Table
from liangqing.gbt9704.word.units import mm

_LETTER_RULE = 165.0  # mm: no rule of another format is as long
_LOW = 250.0  # mm from the upper edge: only the letter has a red rule there
_MOSTLY = 0.5
_LAST = 12  # lines: closing words are among so many
# Kinds that may stand in red over a paper and are no organ's mark.
_KINDS_IN_RED = ("公告", "通告", "公报", "通报")
NOT_RECOGNISED = "没有一种格式的样子"


def with_format(paper: RecognisedPaper) -> RecognisedPaper:
    """The paper with its format and why it was taken for that."""
    found = ((format, why) for format, why, holds in FORMATS if holds(paper))
    format, why = next(found, (OTHER, NOT_RECOGNISED))
    return paper.having(format=format, why=why)


def _mark_words(paper: RecognisedPaper) -> str:
    return like.solid("".join(line.words for line in paper.mark))


def _is_order(paper: RecognisedPaper) -> bool:
    number = paper.number is not None and like.ORDER_NUMBER.match(paper.number.words)
    return bool(paper.mark and number) and not _mark_words(paper).endswith((*_KINDS_IN_RED, "纪要", "文件"))


def _is_letter(paper: RecognisedPaper) -> bool:
    return bool(paper.mark or paper.number) and _has_letter_rules(paper)


def _has_letter_rules(paper: RecognisedPaper) -> bool:
    lines = [line for line in paper.red_lines if line.under is None or line.under is not paper.number]
    return any(_is_letter_rule(line, paper) for line in lines) or len(lines) > 2


def _is_low_lined(paper: RecognisedPaper) -> bool:
    return any((line.top or 0) > _LOW for line in paper.red_lines)


def _is_right(paper: RecognisedPaper) -> bool:
    number = paper.number
    right = number is not None and number.align == "right"
    return bool(paper.mark) and right and _numbered(paper) and not paper.signers


def _is_letter_rule(line: RedLine, paper: RecognisedPaper) -> bool:
    """Long, and not for the reason that the text is as wide; or low on the sheet."""
    wide = mm(paper.first_section.text_width)
    long = (line.length or 0) >= _LETTER_RULE and (line.drawn or abs((line.length or 0) - wide) > 2)
    return long or (line.top or 0) > _LOW


def _is_annex(paper: RecognisedPaper) -> bool:
    first = next((paragraph.words for paragraph in paper.document.paragraphs if paragraph.words), "")
    return like.ANNEX_LABEL.match(first) is not None or is_head(first)


def _is_table(paper: RecognisedPaper) -> bool:
    """Mostly a table, with nothing of a paper about it but a title."""
    flow = paper.document.flow
    inside = sum(len(table.words) for table in flow if isinstance(table, Table))
    return inside > _MOSTLY * sum(len(block.words) for block in flow)


def _numbered(paper: RecognisedPaper) -> bool:
    """Whether it has the number of a paper, and not that of an issue alone (第8期 of a bulletin)."""
    return paper.number is not None and not like.ISSUE.match(paper.number.words)


def _passed(paper: RecognisedPaper) -> bool:
    """Whether a day stands in brackets under the title: （2026年1月5日示例会议通过）."""
    return any(
        like.NOTE.match(line.words) and like.DATE_INSIDE.search(line.words) for line in paper.under_title
    )


def _signed(paper: RecognisedPaper) -> bool:
    return paper.date is not None and bool(paper.signatures)


def closes(paper: RecognisedPaper) -> bool:
    """Whether the text ends as that of a paper does: 特此通知, 妥否，请批示."""
    return any(like.CLOSING_WORDS.search(line.words) for line in paper.body[-_LAST:])


def resembles_paper(paper: RecognisedPaper) -> bool:
    """Whether anything but the title makes it look like an official paper, though its format was not recognised."""
    if paper.mark or paper.number is not None:
        return True
    signs = (paper.recipients is not None, _signed(paper), paper.copies is not None, closes(paper))
    return any(signs) and not _is_of_other_kind(paper)


def _is_of_other_kind(paper: RecognisedPaper) -> bool:
    return like.NO_PAPER.search(like.solid(paper.title_text)) is not None


def _called(paper: RecognisedPaper, pattern: re.Pattern[str]) -> bool:
    return pattern.search(like.solid(paper.title_text)) is not None


FORMATS: tuple[tuple[str, str, Callable[[RecognisedPaper], bool]], ...] = (
    (LETTER, "页面下端有红线，发文字号居右", lambda paper: _is_low_lined(paper) and _is_right(paper)),
    (FILE, "标志以“文件”结尾", lambda paper: _mark_words(paper).endswith("文件")),
    (ORDER, "标志下面是令号（第…号）", _is_order),
    (MINUTES, "标志以“纪要”结尾", lambda paper: _mark_words(paper).endswith("纪要")),
    (LETTER, "红线有17厘米长，或在页面下端，或不止两条", _is_letter),
    (ANNEX, "第一行是“附件”", _is_annex),
    (PLAIN, "红色的是文种，不是发文机关", lambda paper: _mark_words(paper).endswith(_KINDS_IN_RED)),
    (
        FILE,
        "发文字号下面有红线",
        lambda paper: any(line.under is paper.number for line in paper.red_lines if line.under),
    ),
    (
        LETTER,
        "有红色的标志，发文字号居右",
        _is_right,
    ),
    (FILE, "有标志和发文字号", lambda paper: bool(paper.mark) and _numbered(paper)),
    (
        PLAIN,
        "有标题和发文字号",
        lambda paper: bool(paper.title) and _numbered(paper) and not _is_table(paper),
    ),
    (
        PLAIN,
        "有标题、主送机关和成文日期",
        lambda paper: (
            bool(paper.title)
            and not _is_of_other_kind(paper)
            and paper.recipients is not None
            and paper.date is not None
        ),
    ),
    (PLAIN, "标题是“关于…的通知”一类", lambda paper: _called(paper, like.FORMAL)),
    (
        PLAIN,
        "标题是“关于…的报告”一类，有主送机关、署名、日期或结束语",
        lambda paper: (
            _called(paper, like.FORMAL_WIDE)
            and (
                paper.recipients is not None
                or paper.date is not None
                or bool(paper.signatures)
                or paper.copies is not None
                or closes(paper)
            )
        ),
    ),
    (
        PLAIN,
        "标题以文种结尾，有署名和日期、通过日期或结束语",
        lambda paper: (
            _called(paper, like.KIND)
            and (
                _signed(paper)
                or _passed(paper)
                or closes(paper)
                or (paper.recipients is not None and bool(paper.signatures))
            )
        ),
    ),
    (
        MINUTES,
        "标题以“纪要”结尾",
        lambda paper: like.solid(paper.title_text).endswith("纪要") and not _is_table(paper),
    ),
    (
        TABLE,
        "大半是表格",
        lambda paper: _is_table(paper) and paper.recipients is None and paper.number is None,
    ),
)
