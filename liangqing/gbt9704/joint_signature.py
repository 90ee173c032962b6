"""Where the signatures of several organs stand (7.3.5.1, 7.3.5.2), and who signs an upward paper (7.2.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from liangqing.base.chinese import character_width
from liangqing.base.title_lines import title_breaks
from liangqing.gbt9704.signature import CHARACTERS, Indents, indents
from liangqing.gbt9704.standard import length

MOST_SEALS = 3  # of 42 mm side by side within the type area
SIGNERS_IN_LINE = 2
SIGNER = 3  # characters: a name of two is spread to as many
BLANK = "\u3000"
_ORGAN = re.compile(
    r"[^驻]{2,}?(?:局|厅|院|委员会|办公室|中心|公司)(?=.)"
)  # one at the head of a longer name


def columns(names: Sequence[str]) -> int:
    """How many signatures stand side by side under seals: three where each fits into a third of a line, else two.

    Four make two rows of two.
    """
    third = CHARACTERS / MOST_SEALS
    short = all(character_width(name) <= third for name in names)
    return MOST_SEALS if short and len(names) >= MOST_SEALS and len(names) != 4 else 2


def rows(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The names in their order, from left to right and from the top down, in rows of `columns`.

    Where the last row has fewer, they stand at its right, and "" before them: the date stands under the last one.
    """
    across = columns(names)
    *full, last = _parted(names, across)
    return [*full, (*("",) * (across - len(last)), *last)]


def _parted(names: Sequence[str], count: int) -> list[tuple[str, ...]]:
    return [tuple(names[place : place + count]) for place in range(0, len(names), count)]


def in_lines(name: str, across: int) -> str:
    """A name in lines of whole words, where so many stand side by side; 某某局 within it stays whole."""
    places = title_breaks(name, CHARACTERS / across - 0.5, _ORGAN.findall(name))
    return "\n".join(name[start:stop] for start, stop in pairwise((0, *places, len(name))))


def sealed_date_right(names: Sequence[str], date: str) -> float:
    """The right indent, in characters, of a date that is centred under the last of the signatures."""
    cell = length("版心", "宽").mm / length("版心", "字宽").mm / columns(names)
    return max(0.0, (cell - character_width(date)) / 2)


class BareSignature(NamedTuple):
    """A signature without a seal in a line of its own; `right` is its right indent in characters."""

    name: str
    right: float


def bare(names: Sequence[str], date: str) -> tuple[list[BareSignature], float]:
    """The signatures one below the other, the host first, all beginning in one place; and the date's right indent.

    The longest stands as that of one organ does.
    """
    widths = [min(character_width(name), CHARACTERS) for name in names]
    longest = max(names, key=character_width)
    places: Indents = indents(longest, date, sealed=False)
    lines = [
        BareSignature(name, places.signature + max(widths) - wide)
        for name, wide in zip(names, widths, strict=True)
    ]
    return lines, places.date


def signer_lines(names: Sequence[str]) -> list[str]:
    """Names as they stand after 签发人：, two in a line, each of at least three characters; [] for none."""
    wide = max((character_width(spread(name)) for name in names), default=0)
    return [
        BLANK.join(spread(name) + BLANK * round(wide - character_width(spread(name))) for name in line)
        for line in _parted(names, SIGNERS_IN_LINE)
    ]


def spread(name: str) -> str:
    """A name of two characters drawn to three, as lists of names have it."""
    return BLANK.join(name) if len(name) == SIGNER - 1 else name
