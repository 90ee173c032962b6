"""The annexes that are bound with a paper: label, title, and the text that is judged like that of the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import Heading, RecognisedAnnex, RecognisedPaper, names_style
from liangqing.gbt9704.word.model import BLANKS, Paragraph, Table

LARGE = 34.0  # half-points: larger than the text
_TITLE = 80  # characters
_LINE = 28  # characters: a longer one is text
_ALIKE = 1.0  # half-points: lines of one title do not differ by more
_STOPS = ("。", "；", "！", "？", "：")
# What stands in an annex and is no text: what is said of a table or form.
_SAID = re.compile(r"^[（(【]?(注|备注|说明|单位|填表|填报|制表|资料来源|来源|表\s*\d|图\s*\d|附[：:]|联系)")

Headings = Callable[[Iterable[Paragraph]], Iterable[Heading]]


def with_annexes(
    paper: RecognisedPaper, lines: Sequence[Paragraph], headings: Headings, *, alone: bool = False
) -> RecognisedPaper:
    """The paper with its annexes; `lines` are those of the text. `alone`: the whole file is one, from its first line."""
    labels = lines[:1] if alone else paper.pins.get("labels", paper.free([*_labels(paper, lines)]))
    found = {id(line) for line in labels}
    starts = [index for index, line in enumerate(lines) if id(line) in found]
    named = {plain(name) for line in lines[: starts[0] if starts else 0] for name in names_in(line.words)}
    stretches, foot = pairwise((*starts, len(lines))), paper.foot_table()
    found_annexes = tuple(_annex(paper, lines[start:end], named, headings, foot) for start, end in stretches)
    return replace(paper, annexes=found_annexes)


def _labels(paper: RecognisedPaper, lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines `附件1` over the annexes; one at the very top makes the whole file an annex."""
    named = False
    for before, line, after in zip(lines, lines[1:], (*lines[2:], None), strict=False):
        named = named or bool(like.ANNEX_NOTE.match(before.words) or like.DATE.match(before.words))
        if like.ANNEX_LABEL.match(line.words):
            if not begins_note(line, after):
                yield line
        elif named and is_head(line.words) and paper.page_ends_between(before, line):
            yield line


def is_head(words: str) -> bool:
    """Whether label and title of an annex stand in one line: 附件1：任务分解表."""
    found = like.ANNEX_HEAD.match(words)
    return (
        found is not None
        and like.ANNEX_LABEL.match(words) is None
        and len(words) <= _TITLE
        and not words.endswith("。")
        and not like.ANNEX_ITEM.match(found["rest"])
    )


def label_end(label: Paragraph) -> int | None:
    """Where the words 附件1 end in a line that goes on with the title; None where they are all of it."""
    found = like.ANNEX_HEAD.match(label.words)
    if found is None or not is_head(label.words):
        return None
    return len(label.text) - len(label.text.lstrip(BLANKS)) + found.start("colon")


def begins_note(line: Paragraph, after: Paragraph | None) -> bool:
    """Whether `附件：` stands alone over the names of the annexes."""
    found = like.ANNEX_LABEL.match(line.words)
    return (
        found is not None
        and bool(found["colon"])
        and after is not None
        and like.ANNEX_ITEM.match(after.words) is not None
    )


def names_in(words: str) -> Iterator[str]:
    """The names of annexes in a line of 附件说明, numbers and 附件： taken away; several where they share the line."""
    note = like.ANNEX_NOTE.match(words)
    for item in like.items_in(note["rest"] if note is not None else words):
        found = like.ANNEX_ITEM.match(item)
        if found is not None or note is not None:
            yield found["name"] if found is not None else item


def plain(name: str) -> str:
    """A name as it is held against another: without blanks and marks."""
    return re.sub(r"[《》。；，、\s]", "", name)


def _annex(
    paper: RecognisedPaper,
    lines: Sequence[Paragraph],
    named: set[str],
    headings: Headings,
    foot: Table | None,
) -> RecognisedAnnex:
    label, after = lines[0], [line for line in lines[1:] if not any(line is foot for foot in paper.foot)]
    titles = () if is_head(label.words) else tuple(_titles(paper, label, after, named))
    form = _is_form(paper, lines, foot)
    text = () if form else tuple(line for line in after[len(titles) :] if _is_text(line))
    return RecognisedAnnex(label, titles, text, tuple(headings(text)))


def _titles(
    paper: RecognisedPaper, label: Paragraph, lines: Sequence[Paragraph], named: set[str]
) -> Iterator[Paragraph]:
    """The lines of the title right under the label; none where a table or the text begins at once."""
    if not lines or _table_between(paper, label, lines[0]):
        return
    first = lines[0]
    whole = plain(first.words) in named
    if not whole and not _looks_like_title(first):
        return
    yield first
    for above, line in pairwise(lines):
        alike = abs(line.size - first.size) <= _ALIKE and line.align == first.align == "center"
        if whole or not alike or not _looks_like_title(line) or _table_between(paper, above, line):
            return
        yield line


def _looks_like_title(line: Paragraph) -> bool:
    words = line.words
    if len(words) > _TITLE or words.endswith(_STOPS) or like.NOTE.match(words) or like.DATE.match(words):
        return False
    large = line.size >= LARGE or names_style(line, "标题", "title")
    return large or (line.align == "center" and not like.level_of(words))


def _table_between(paper: RecognisedPaper, first: Paragraph, second: Paragraph) -> bool:
    start, end = paper.position(first), paper.position(second)
    between = paper.document.flow[start + 1 : end] if start is not None and end is not None else ()
    return any(isinstance(block, Table) for block in between)


def _is_form(paper: RecognisedPaper, lines: Sequence[Paragraph], foot: Table | None) -> bool:
    """Whether most of an annex stands in tables: the lines around them are not set as text is."""
    start = paper.position(lines[0]) or 0
    end = next((at for at in _ends(paper, start)), len(paper.document.flow))
    stretch = paper.document.flow[start:end]
    inside = sum(len(block.words) for block in stretch if isinstance(block, Table) and block is not foot)
    return inside > sum(len(line.words) for line in lines)


def _ends(paper: RecognisedPaper, start: int) -> Iterator[int]:
    """Where an annex that begins at a block ends: at the label of the next."""
    for index, block in enumerate(paper.document.flow[start + 1 :], start + 1):
        if isinstance(block, Paragraph) and like.ANNEX_LABEL.match(block.words):
            yield index


def _is_text(line: Paragraph) -> bool:
    """Whether a line is a sentence or bears the numeral of a level: no part of a form, no caption, date, name or 主送."""
    words = line.words
    if line.align in ("center", "right") or like.DATE.match(words) or _SAID.match(words) or "\t" in words:
        return False
    if any(sign in words for sign in ("__", "□", "　　", "   ")):
        return False
    if words.endswith(("：", ":")) and like.names_organs(words.rstrip("：:")):
        return False  # 主送 of a paper that is passed on
    return words.endswith(("。", "；", "：")) or len(words) > _LINE or like.level_of(words) is not None
