"""Whole numbers as addresses and forms bear them: anybody may write anything there."""

from __future__ import annotations

MOST_DIGITS = 9


def whole_number(text: str) -> int | None:
    """The number that plain digits, nine at most, write; None for any other text, an empty one too."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
