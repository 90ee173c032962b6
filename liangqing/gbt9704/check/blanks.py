"""Where a line stands, with the blanks that a person typed to move it; all in characters of the line."""

from __future__ import annotations

from liangqing.base.chinese import character_width
from liangqing.gbt9704.word.model import Paragraph

_WIDTHS = {
    "\u3000": 1.0,
    " ": 0.5,
    "\xa0": 0.5,
    "\u2002": 0.5,
    "\u2003": 1.0,
}  # two half-width blanks are a character
_SIGNS = "".join(_WIDTHS)
_WHITE = f"{_SIGNS}\t\n"
_MIDDLE = 1.2  # characters: blanks do not put a line in the middle to the point


def blanks_before(text: str) -> float:
    """The width of the blanks that the first line of a text begins with, empty ones left out."""
    return _width(text[: len(text) - len(text.lstrip(f"{_SIGNS}\n"))].rpartition("\n")[2])


def blanks_after(text: str) -> float:
    """The width of the blanks that a text ends with."""
    return _width(text[len(text.rstrip(_SIGNS)) :])


def _width(blanks: str) -> float:
    return sum(_WIDTHS[blank] for blank in blanks)


def lines_before(text: str) -> int:
    """How many lines a text leaves empty at its beginning, by line breaks; of white alone, none."""
    return text[: len(text) - len(text.lstrip(_WHITE))].count("\n") if text.strip(_WHITE) else 0


def lines_after(text: str) -> int:
    """How many lines a text leaves empty at its end, by line breaks; of white alone, how many breaks it has."""
    return text[len(text.rstrip(_WHITE)) :].count("\n")


def white_before(paragraph: Paragraph) -> float:
    """White in front of the first words, in characters: of indents and of blanks.

    What a first line has of its own does not hold for words that a line break stands before.
    """
    first = 0.0 if lines_before(paragraph.text) else paragraph.first
    return (paragraph.left + first) / paragraph.character + blanks_before(paragraph.text)


def edges(paragraph: Paragraph, width: float) -> tuple[float, float] | None:
    """White left and right of a line of text, in its own characters; None where tabs place it, or it has lines.

    `width` of the type area in twips.
    """
    text = paragraph.text
    if "\t" in text or "\n" in text.strip():
        return None
    total = width / paragraph.character
    left, right = paragraph.left / paragraph.character, paragraph.right / paragraph.character
    before, after = blanks_before(text), blanks_after(text)
    own = character_width(text.strip(_SIGNS))
    if paragraph.align == "right":
        return total - right - after - own, right + after
    if paragraph.align == "center":
        middle = (left + total - right) / 2 + (before - after) / 2
        return middle - own / 2, total - middle - own / 2
    start = left + paragraph.first / paragraph.character + before
    return start, total - start - own


def in_the_middle(paragraph: Paragraph, width: float) -> bool:
    """Whether a line stands in the middle to the eye, however it was put there; `width` as for `edges`."""
    found = edges(paragraph, width)
    return found is not None and abs(found[0] - found[1]) <= _MIDDLE
