"""Indents as Word counts them (ECMA-376-1, 17.3.1.12), in characters or in twips.

Word writes both, `w:leftChars` in hundredths of a character and `w:left` in twips beside it, and shows what is given in
characters; 0 characters means "not in characters", so that the twips count. Characters at the edges are those of the
style 正文, those of the first line are those of the text itself; a grid of characters adds to either. In twips the left
indent is that of the lines below the first; in characters it is that of a hanging first line, so that what hangs is
added: `leftChars="200" left="1380" hangingChars="300" hanging="960"` under a 正文 of 10.5 points is 420 and 960.
"""

from __future__ import annotations

from liangqing.base.word_styles import Properties
from liangqing.base.wordprocessingml import is_on
from liangqing.gbt9704.word.model import WordSection
from liangqing.gbt9704.word.units import number, twips


def indents(
    found: Properties, character: float, normal: float, section: WordSection
) -> tuple[float, float, float]:
    """Left, right and first in twips, of merged properties; a first line that hangs is negative.

    `character` and `normal` are the widths, in twips, of a character of the text and of the style 正文.
    """
    given = found.get("ind", {})
    added = section.character_added if _on_grid(found) else 0.0
    own, edge = character + added, normal + added
    hanging = _one(given, "hanging", own)
    left = _characters(given, "left")
    return (
        left / 100 * edge + hanging if left else twips(given.get("left")) or 0.0,
        _one(given, "right", edge),
        -hanging or _one(given, "firstLine", own),
    )


def _one(given: dict[str, str], name: str, character: float) -> float:
    characters = _characters(given, name)
    return characters / 100 * character if characters else twips(given.get(name)) or 0.0


def _characters(given: dict[str, str], name: str) -> float:
    return number(given.get(f"{name}Chars")) or 0.0


def _on_grid(found: Properties) -> bool:
    return "snapToGrid" not in found or is_on(found["snapToGrid"].get("val"))
