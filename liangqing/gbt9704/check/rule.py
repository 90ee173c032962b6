"""What a rule is: a row with clause and strength, and a small function that looks at a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from liangqing.gbt9704.check.paper import OFFICIAL, RecognisedPaper
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import STANDARD
from liangqing.gbt9704.word.model import CELL, Paragraph, Table, WordSection

Where: TypeAlias = "Paragraph | Table | WordSection | str"


@dataclass(frozen=True, eq=False)
class RuleHit:
    """A place where a rule is broken: what was found there, and what should be. `mend` where it is its own.

    Hits of one rule with the same words are told as one; `example` is what tells them apart: the words around a mark.
    """

    at: Where
    found: str
    expected: str
    mend: str = ""
    example: str = ""


Judge: TypeAlias = Callable[[RecognisedPaper], Iterator[RuleHit]]


@dataclass(frozen=True)
class Rule:
    """A row of the table of rules: `judge` yields a hit for each place in a paper where it is broken.

    `clause` and `strength` are of the standard, mostly by its row (`*by(element, property)`). `mend` says in the words
    of Word's menus what to do; `formats` are those of which it holds; `fixed`: `--fix` does it. `text`: it looks at the words, and of
    what is no official paper it is told only when asked for.
    """

    code: str
    name: str
    clause: str
    strength: Strength
    judge: Judge
    mend: str
    formats: frozenset[str] = OFFICIAL
    fixed: bool = False
    text: bool = False


def by(element: str, name: str) -> tuple[str, Strength]:
    """Clause and strength of a row of the standard."""
    row = STANDARD[element, name]
    return row.clause, row.strength


def place_of(at: Where) -> str:
    """A place in words, with the first words of a cell."""
    if isinstance(at, str):
        return at
    if isinstance(at, WordSection):
        return "页面设置"
    if isinstance(at, Table):
        return at.place
    words = at.words
    if at.where == CELL and words:
        return f"{at.place}「{words if len(words) <= 14 else words[:14] + '…'}」"
    return at.place
