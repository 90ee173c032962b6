"""Which of its four fonts a run uses for a character: Word takes the slot from the character.

What stands in a slot, by itself or through the theme, is told by `base/theme_fonts`.
"""

from __future__ import annotations

from functools import lru_cache

_EAST = (
    (0x1100, 0x11FF),
    (0x2E80, 0xD7AF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
# Drawn in the Chinese font only where the run says so (w:hint): quotes, dashes, ellipses, signs.
_UNDECIDED = ((0x2010, 0x2BFF), (0xE000, 0xF8FF))
_UNDECIDED_LATIN = set("¡¤§¨ª­¯°±²³´¶·¸¹º¼½¾¿×÷")


@lru_cache(maxsize=8192)
def slot(character: str, hint: str) -> str:
    """`ascii`, `hAnsi` or `eastAsia` (ECMA-376-1, 17.3.2.26); `hint` is the run's `w:hint`, "" without one."""
    code = ord(character)
    if code < 0x80:
        return "ascii"
    if any(low <= code <= high for low, high in _EAST):
        return "eastAsia"
    undecided = character in _UNDECIDED_LATIN or any(low <= code <= high for low, high in _UNDECIDED)
    return "eastAsia" if undecided and hint == "eastAsia" else "hAnsi"
