"""Which words of one copy became which in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liangqing.actions.comparing.passages import Passage

# What reads as one: a date, a number with what belongs to it, a Latin word; else each sign by itself.
_WORD = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d+(?:[.:：/-]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
_ALIKE = 0.4  # passages less alike than this are one that went and another that came
_CLOSE = 2  # changes with fewer signs between them are told as one


@dataclass(frozen=True)
class WordChange:
    """`before` became `after` at `place`; one of them may be nothing. `old` is the whole passage it stood in.

    `begins` and `ends` say where in `old` it stood. `exact` is the same narrowed to the signs that differ.
    """

    place: str
    before: str
    after: str
    old: str = ""
    begins: int = 0
    ends: int = 0
    exact: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        if not self.before:
            said = f"多了「{self.after}」"
        elif not self.after:
            said = f"少了「{self.before}」"
        else:
            said = f"「{self.before}」成了「{self.after}」"
            if self.exact != (self.before, self.after) and all(self.exact):
                said += f"（「{self.exact[0]}」→「{self.exact[1]}」）"
        return f"{self.place}：{said}"

    def touches(self, word: str) -> bool:
        """Whether it changes, or adds something right beside, an occurrence of `word` in what stood there."""
        at = self.old.find(word)
        while at >= 0:
            if self.begins <= at + len(word) and at <= self.ends and self._reaches(at, at + len(word)):
                return True
            at = self.old.find(word, at + 1)
        return False

    def _reaches(self, first: int, last: int) -> bool:
        if self.begins == self.ends:  # added: between its signs, or right before or after
            return first <= self.begins <= last
        return self.begins < last and first < self.ends


def changes(old: Sequence[Passage], new: Sequence[Passage]) -> list[WordChange]:
    """Every difference of words, in the order of the papers; the place is that of the new one where it has one."""
    matcher = SequenceMatcher(
        None, [passage.text for passage in old], [passage.text for passage in new], autojunk=False
    )
    found: list[WordChange] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            for one, other in _paired(old[a:b], new[c:d]):
                found += _between(one, other)
    return found


def _between(one: Passage | None, other: Passage | None) -> Iterator[WordChange]:
    if one is None or other is None:
        only = one or other
        assert only is not None
        before, after = (one.text, "") if one else ("", only.text)
        yield WordChange(only.place, before, after, before, 0, len(before))
        return
    for begins, ends, after in _differing(one.text, other.text):
        before = one.text[begins:ends]
        yield WordChange(
            place=other.place,
            before=before,
            after=after,
            old=one.text,
            begins=begins,
            ends=ends,
            exact=_narrowed(before, after),
        )


def _differing(one: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Where `one` differs from `other`, in words: from, to, and what stands there instead."""
    a, b = _WORD.findall(one), _WORD.findall(other)
    merged: list[list[int]] = []  # from and to in `a`, from and to in `b`
    for kind, *span in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if merged and span[0] - merged[-1][1] < _CLOSE:
            merged[-1][1], merged[-1][3] = span[1], span[3]
        else:
            merged.append(span)
    for first, last, begins, ends in merged:
        yield len("".join(a[:first])), len("".join(a[:last])), "".join(b[begins:ends])


def _narrowed(before: str, after: str) -> tuple[str, str]:
    """Both without what they begin and end with in common."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return before[head : len(before) - tail], after[head : len(after) - tail]


def _paired(
    old: Sequence[Passage], new: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Each passage beside the one it became, in order, so that as much as can be stays alike."""
    alike = [[_likeness(one.text, other.text) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    i = j = 0
    while i < len(old) or j < len(new):
        both = i < len(old) and j < len(new)
        if both and alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif j == len(new) or (both and best[i][j] == best[i + 1][j]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    quick = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return matcher.ratio() if quick else 0.0
