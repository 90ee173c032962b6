"""A centred paragraph that was filled in breaks where the caller says, not where its line is full."""

from __future__ import annotations

import re
from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context

from liangqing.engine.parts.added_parts import Breaker, PartFilling
from liangqing.engine.parts.environment import BREAK, FILLING, Filter, Xml

CENTRED = "centred!"

_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(br|cr|tab|ptab)\b")
_SIGN = re.compile(r"&\w+;|.", re.DOTALL)
_SPELT = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


@pass_context
def _centred(context: Context, xml: str, room: float) -> Xml:
    """A paragraph, each line of which that is too long breaks where the breaker of this rendering says."""
    breaker = cast(PartFilling, context[FILLING]).breaker
    return Xml(xml if breaker is None else broken(xml, room, breaker))


def broken(xml: str, room: float, breaker: Breaker) -> str:
    """The XML of a paragraph with its breaks; as it is where it holds a tab, whose width nobody knows."""
    line: list[tuple[int, str]] = []  # of each sign: where it stands in the XML, and what it is
    lines = [line]
    for piece in _PIECE.finditer(xml):
        if piece[2] is None:
            line += (
                (piece.start(1) + sign.start(), _SPELT.get(sign[0], sign[0]))
                for sign in _SIGN.finditer(piece[1])
            )
        elif piece[2] in ("br", "cr"):
            lines.append(line := [])
        else:
            return xml
    places = [
        signs[place][0] for signs in lines for place in breaker("".join(sign for _, sign in signs), room)
    ]
    pieces = (xml[begin:end] for begin, end in zip((0, *places), (*places, len(xml)), strict=True))
    return BREAK.join(pieces)


CENTRED_FILTERS: dict[str, Filter] = {CENTRED: _centred}
