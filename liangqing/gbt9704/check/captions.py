"""What stands by a table or picture and belongs to it: its caption, the unit of its figures, the notes under it.

The standard leaves the type of tables open (8), and so that of these lines: no rule of the text holds of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liangqing.gbt9704.check.paper import names_style
from liangqing.gbt9704.word.model import Block, Paragraph, Table

_CAPTION = re.compile(
    r"^(续|附)?(图表|图|表)\s*[\d一二三四五六七八九十A-Z]+([-—－.．]\d+)*(?![\d年月日个张项])"
)
_ABOVE = re.compile(r"^[（(]?\s*(计量|数量|金额)?单位\s*[：:]")
_BELOW = re.compile(r"^[（(]?(注|备注|资料来源|数据来源|来源)\s*\d*\s*[：:]")
_LONGEST = 60  # characters: what is longer is text


def beside_tables(flow: Sequence[Block]) -> Iterator[Paragraph]:
    """The lines of the text that belong to a table or picture: next to it, but for empty ones, or named so by style."""
    blocks = [block for block in flow if isinstance(block, Table) or block.words or block.stands_high]
    yield from _next_to(blocks, _BELOW)
    yield from _next_to(blocks[::-1], _ABOVE)
    for block in blocks:
        if isinstance(block, Paragraph) and names_style(block, "caption", "题注"):
            yield block


def _next_to(blocks: Sequence[Block], pattern: re.Pattern[str]) -> Iterator[Paragraph]:
    """The lines that follow a table or picture, one after the other, and belong to it."""
    inside = False
    for block in blocks:
        if isinstance(block, Table) or not block.words:
            inside = True
        elif inside and _belongs(block, pattern):
            yield block
        else:
            inside = False


def _belongs(line: Paragraph, pattern: re.Pattern[str]) -> bool:
    words = line.words
    if pattern.match(words):
        return True
    return (
        len(words) <= _LONGEST
        and not words.endswith(("。", "；", "，", "："))
        and bool(_CAPTION.match(words))
    )
