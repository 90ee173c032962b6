"""The printed lines outside the tables of a form, found again in what came back; and what stands there besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from liangqing.forms.aligning import LIKE, ratio
from liangqing.forms.grid import FormLine
from liangqing.forms.mark import REFERENCE, marks, without_marks
from liangqing.forms.meant import same_words

LONGEST_FORMALITY = 40
# What people put on a paper that is handed in: to whom, by whom, when, signed and sealed. It says nothing new.
_FORMALITY = re.compile(
    r"^(报|呈|致|抄送|抄报|附件|附|编号|密级|主送|第?\d+页?$|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?$|年月日)"
    r"|签字|签名|签章|盖章|公章|印章|负责人|填表人|填报人|经办人|联系人|书记|日期|时间:"
)


@dataclass(frozen=True)
class LineChange:
    """A printed line that is gone (`now` is ""), one that was changed, or a text that was added (`was` is "")."""

    place: str
    was: str
    now: str


@dataclass(frozen=True)
class _Piece:
    place: str
    text: str


def line_changes(sent: Sequence[FormLine], back: Sequence[FormLine]) -> Iterator[LineChange]:
    """What is not as it was. Lines that were split or joined are; so are blanks for a hand, whatever stands there."""
    texts = [same_words(without_marks(line.text)) for line in back]
    whole, ends = "".join(texts), list(accumulate(map(len, texts)))
    position, lost = 0, list[FormLine]()
    for line in sent:
        words = same_words(without_marks(line.text))
        at = whole.find(words, position)
        if at < 0:
            lost.append(line)
            continue
        yield from _between(lost, list(_pieces(back, ends, whole, position, at)))
        position, lost = at + len(words), []
    yield from _between(lost, list(_pieces(back, ends, whole, position, len(whole))))


def is_formality(text: str, printed: set[str]) -> bool:
    """Whether a text that was added is such as stands on any paper, or repeats what is printed."""
    words = same_words(text)
    return words in printed or (len(words) <= LONGEST_FORMALITY and bool(_FORMALITY.search(words)))


def _pieces(
    back: Sequence[FormLine], ends: Sequence[int], whole: str, start: int, end: int
) -> Iterator[_Piece]:
    """What stands from `start` to `end`, line by line."""
    for line, before, after in zip(back, (0, *ends), ends, strict=False):
        first, last = max(start, before), min(end, after)
        if first < last:
            is_whole = (first, last) == (before, after)
            yield _Piece(line.place, without_marks(line.text).strip() if is_whole else whole[first:last])


def _between(lost: Sequence[FormLine], pieces: list[_Piece]) -> Iterator[LineChange]:
    """What became of lines of which none stands unchanged, and what stands in their place."""
    for line in lost:
        words = same_words(without_marks(line.text))
        likest = max(pieces, key=lambda piece: ratio(words, same_words(piece.text)), default=None)
        is_there = likest is not None and ratio(words, same_words(likest.text)) >= LIKE
        if likest is not None and is_there:
            pieces.remove(likest)
        if marks(line.text) or line.tag.startswith(REFERENCE):
            continue
        yield LineChange(
            likest.place if likest is not None and is_there else "",
            line.text,
            likest.text if likest is not None and is_there else "",
        )
    for piece in pieces:
        yield LineChange(piece.place, "", piece.text)
