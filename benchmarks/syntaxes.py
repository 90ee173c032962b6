"""How the templates of each engine write a value, a loop over rows and a condition.

Every piece of a paragraph becomes runs. Word cuts a tag over runs and puts spelling marks between, so a tag
is given as the pieces into which Word would cut it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from benchmarks.letter import Condition, Rows

Pieces = tuple[str, ...]
Frame = tuple[Pieces, Pieces]


def _nothing(_: Rows | Condition) -> Frame:
    return (), ()


@dataclass(frozen=True)
class Syntax:
    """One engine's way of writing. A frame is what opens and what closes.

    `value` gets the name and the list in whose row it stands ("" outside of tables). `row_tags`: rows of their
    own around the row that repeats. `cell_tags`: in its first and last cell. `next_row`: a second row that
    shows what repeats, with this in place of `value`. `condition_tags`: paragraphs of their own around.
    `inline_tags`: at the start of the first and the end of the last paragraph. `fields`: values are Word's
    merge fields.
    """

    value: Callable[[str, str], Pieces]
    row_tags: Callable[[Rows], Frame] = _nothing
    cell_tags: Callable[[Rows], Frame] = _nothing
    next_row: Callable[[str, str], Pieces] | None = None
    condition_tags: Callable[[Condition], Frame] = _nothing
    inline_tags: Callable[[Condition], Frame] = _nothing
    fields: bool = False


Name = Literal["jinja", "docxtemplater", "easy-template-x", "carbone", "mailmerge"]

SYNTAXES: dict[Name, Syntax] = {
    "jinja": Syntax(
        value=lambda name, items: ("{{ ", f"item.{name}" if items else name, " }}"),
        row_tags=lambda rows: (("{%tr for item in ", rows.name, " %}"), ("{%tr endfor %}",)),
        condition_tags=lambda block: (("{%p if ", block.name, " %}"), ("{%p endif %}",)),
    ),
    "docxtemplater": Syntax(
        value=lambda name, items: ("{", name, "}"),
        cell_tags=lambda rows: (("{#", rows.name, "}"), ("{/", rows.name, "}")),
        condition_tags=lambda block: (("{#", block.name, "}"), ("{/", block.name, "}")),
    ),
    "easy-template-x": Syntax(
        value=lambda name, items: ("{", name, "}"),
        cell_tags=lambda rows: (("{#", rows.name, "}"), ("{/", rows.name, "}")),
        condition_tags=lambda block: (("{#", block.name, "}"), ("{/", block.name, "}")),
    ),
    "carbone": Syntax(
        value=lambda name, items: ("{d.", f"{items}[i].{name}" if items else name, "}"),
        next_row=lambda name, items: ("{d.", f"{items}[i+1].{name}", "}"),
        condition_tags=lambda block: (
            ("{d.", block.name, ":ifEQ(true):showBegin}"),
            ("{d.", block.name, ":showEnd}"),
        ),
    ),
    "mailmerge": Syntax(value=lambda name, items: (name,), fields=True),
}
