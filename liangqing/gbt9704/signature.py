"""Where the signature and the date stand (7.3.5), for any length of name."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import character_width
from liangqing.gbt9704.standard import number

CHARACTERS = number("版心", "每行字数")
SEAL_RIGHT = number("成文日期", "盖章右空")
BARE_RIGHT = number("署名", "右空")
BARE_SHIFT = number("成文日期", "比署名右移")


class Indents(NamedTuple):
    """Distances from the right edge of the type area, in characters of 3号."""

    signature: float
    date: float


def indents(signature: str, date: str, *, sealed: bool) -> Indents:
    """The right indents of both lines; a name longer than a line counts as one line.

    Under a seal (7.3.5.1) the date stands 4 characters from the edge and the signature is centred on it. Without
    one (7.3.5.2) the date begins 2 characters right of the signature, which stands 2 from the edge; a date that is
    longer than the signature stands 2 from the edge itself, and the signature is moved left with it.
    """
    name, day = min(character_width(signature), CHARACTERS), character_width(date)
    if sealed:
        return Indents(max(0.0, SEAL_RIGHT + (day - name) / 2), SEAL_RIGHT)
    if day > name:
        return Indents(BARE_RIGHT + day - name + BARE_SHIFT, BARE_RIGHT)
    right = min(BARE_RIGHT, CHARACTERS - name)
    return Indents(right, max(0.0, right + name - BARE_SHIFT - day))
