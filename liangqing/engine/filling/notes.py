"""A footnote or endnote, filled where its reference stands, becomes one of the notes of its part."""

from __future__ import annotations

from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context

from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import FILLING, Filter, Xml

NOTE, END_NOTE = "note!", "endnote!"


@pass_context
def _note(context: Context, part: str, opening: str) -> Xml:
    """`opening` is the start of the note's tag, `<w:footnote`. What the note adds belongs to the part of the notes."""
    filling = cast(PartFilling, context[FILLING])
    filling.outside, filling.part = filling.part, part
    return Xml(f'{opening} w:id="{filling.additions.next_note(part)}"')


@pass_context
def _end_note(context: Context, xml: str) -> Xml:
    filling = cast(PartFilling, context[FILLING])
    number = filling.additions.new_note(filling.part, xml)
    filling.part = filling.outside
    return Xml(number)


NOTE_FILTERS: dict[str, Filter] = {NOTE: _note, END_NOTE: _end_note}
