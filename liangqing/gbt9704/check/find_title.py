"""The title, what stands under it, and 主送."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import RecognisedPaper, names_style
from liangqing.gbt9704.word.model import Paragraph

LARGE = 34.0  # half-points: larger than the text
_NEAR_TOP = 6  # lines
_UNDER = 3  # lines stand under a title
_SHORT = 30  # characters
_TITLE = 80
_ADDRESS = 1500
_BARE_ADDRESS = 200
_ALIKE = 1.0  # half-points: lines of one title do not differ by more

# What a title shows itself by.
TITLE_SIGNS: tuple[tuple[str, Callable[[Paragraph], bool]], ...] = (
    ("字号大", lambda line: line.size >= LARGE),
    (
        "样式是标题",
        lambda line: names_style(line, "标题", "title") and not names_style(line, "一级", "二级"),
    ),
    ("居中", lambda line: line.align == "center"),
    ("末尾是文种", lambda line: like.TITLE.search(like.solid(line.words)) is not None),
    ("以“关于”开头", lambda line: line.words.startswith("关于") and "。" not in line.words),
)
# What stands above a title or in its place, and is none however large it is.
_NO_TITLE = (
    like.NOTE,
    like.DATE,
    like.DATE_BLANK,
    like.ISSUE,
    like.BARE_NUMBER,
    like.ORDER_NUMBER,
    like.ORNAMENT,
    like.ANNEX_NOTE,
    like.ANNEX_LABEL,
    like.COPIES,
    like.SIGNER,
    *(like.COPY_NUMBER, like.SECRECY, like.URGENCY),
)
_SUBTITLE = ("—", "－", "–")
_ENDS_OF_TEXT = ("。", "；", "！", "？")
# What stands before a colon and is no addressee.
_NO_ADDRESS = ("如下：", "如下:", "事项：", "要求：", "内容：", "方面：", "问题：", "意见：")


def with_title(paper: RecognisedPaper, lines: Sequence[Paragraph]) -> RecognisedPaper:
    """Title, what stands under it, and 主送, of the lines of the text below the head."""
    free = paper.free(lines)
    paper = paper.having(title=tuple(_title(free)))
    rest = _after(free, lines, paper.title)
    paper = paper.having(under_title=tuple(_under(rest) if paper.title else ()))
    rest = [line for line in rest if line not in paper.under_title]
    addressed = paper.title or paper.mark or paper.number
    found = next((line for line in rest[:1] if addressed and is_address(line)), None)
    if found is None and paper.title and len(rest) > 1 and is_bare_address(rest[0], rest[1]):
        found = rest[0]
    below: tuple[Paragraph, ...] = ()
    if found is None and paper.title and _is_first_of_two(rest[:2]):
        found, below = rest[0], (rest[1],)
    return paper.having(recipients=found, recipients_below=below)


def _after(
    free: Sequence[Paragraph], lines: Sequence[Paragraph], title: Sequence[Paragraph]
) -> list[Paragraph]:
    """The free lines below the title; all of them where there is none."""
    last = max((lines.index(line) for line in title if line in lines), default=-1)
    below = {id(line) for line in lines[last + 1 :]}
    return [line for line in free if id(line) in below]


def signs_of_title(paragraph: Paragraph) -> list[str]:
    """What it shows itself a title by, in words."""
    return [name for name, shows in TITLE_SIGNS if shows(paragraph)]


def is_no_title(paragraph: Paragraph) -> bool:
    """Whether it is something else by its words, however it is set."""
    words = paragraph.words
    found = like.DOC_NUMBER.match(words)
    if found is not None and found["hao"] and not words[found.end() :].strip():
        return True
    return (
        words.endswith(("：", ":"))
        or like.level_of(words) is not None
        or any(pattern.match(words) for pattern in _NO_TITLE)
    )


def _title(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    start = _start(lines)
    if start is None:
        return
    first, text = lines[start], ""
    for line in lines[start:]:
        if text and not _goes_on(line, first, text):
            return
        yield line
        text += like.solid(line.words)


def _start(lines: Sequence[Paragraph]) -> int | None:
    """The first large line near the top, else the first that looks like a title with but short lines above it."""
    near = lines[:_NEAR_TOP]
    for index, line in enumerate(near):
        if line.size >= LARGE and len(line.words) <= _TITLE and not is_no_title(line):
            return index
    for index, line in enumerate(near):
        if not is_no_title(line):
            if len(line.words) <= _TITLE and not line.words.endswith("。") and signs_of_title(line):
                return index
            if len(line.words) > _SHORT or line.words.endswith(_ENDS_OF_TEXT):
                return None
    return None


def _goes_on(line: Paragraph, first: Paragraph, text: str) -> bool:
    """Whether a line is of the title that `first` begins and whose words so far are `text`: set alike, and wanted."""
    if is_no_title(line) or len(line.words) > _TITLE or line.words.startswith(_SUBTITLE):
        return False
    if line.words.endswith("。") and not (line.size >= LARGE and like.TITLE.search(text + line.words)):
        return False
    complete = like.TITLE.search(text) is not None
    if line.size >= LARGE and line.align == first.align:
        return not complete or line.align == "center"
    return not complete and line.align == first.align == "center" and abs(line.size - first.size) <= _ALIKE


def _under(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """A subtitle, who speaks, when and by whom it was passed: lines in the middle, or in brackets."""
    for line in lines[:_UNDER]:
        words = line.words
        short = len(words) <= _SHORT and not words.endswith((*_ENDS_OF_TEXT, "：", ":"))
        centred = line.align == "center" and not like.level_of(words) and len(words) <= _TITLE
        dashed = words.startswith(_SUBTITLE) and len(words) <= _TITLE
        if not (centred and (short or like.NOTE.match(words) or dashed)) and not dashed:
            return
        yield line


def is_address(paragraph: Paragraph) -> bool:
    """Whether a line with a colon at its end names whom the paper goes to."""
    words = paragraph.words
    closed = words.endswith(("：", ":"))
    if _indent(paragraph) > 1.0 and not like.names_organs(words.rstrip("：:")):
        return False  # text that goes on with a list
    stopped = any(mark in words for mark in "。；") or words.endswith(_NO_ADDRESS)
    return closed and not stopped and len(words) <= _ADDRESS and not like.level_of(words)


def is_bare_address(paragraph: Paragraph, below: Paragraph) -> bool:
    """Whether a line names organs and stands at the left edge, over a line that is indented: 主送 without its colon."""
    flush = paragraph.align in ("left", "both") and _indent(paragraph) < 0.5 <= 1.0 < _indent(below)
    return flush and len(paragraph.words) <= _BARE_ADDRESS and like.names_organs(paragraph.words)


def _is_first_of_two(lines: Sequence[Paragraph]) -> bool:
    """Whether the first of two lines names organs, with more to come, and the second ends 主送."""
    if len(lines) < 2 or not lines[0].words.endswith(("、", "，")):
        return False
    return like.names_organs(lines[0].words.rstrip("、，")) and is_address(lines[1])


def _indent(paragraph: Paragraph) -> float:
    """White before the first character, in characters."""
    blanks = len(paragraph.text) - len(paragraph.text.lstrip(" \u3000\xa0\t"))
    return (paragraph.left + paragraph.first) / paragraph.character + blanks
