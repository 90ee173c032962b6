"""Lengths as WordprocessingML writes them, in the units that we count in."""

from __future__ import annotations

import math

TWIPS_PER_MM = 1440 / 25.4
# Universal measures (ECMA-376-1, 22.9.2.15), in twips.
_UNITS = {"mm": TWIPS_PER_MM, "cm": 10 * TWIPS_PER_MM, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}


def number(value: str | None) -> float | None:
    """A plain number; None for what is missing or is no number, as broken files have it."""
    try:
        found = float(value) if value is not None else None
    except ValueError:
        return None
    return found if found is not None and math.isfinite(found) else None


def twips(value: str | None) -> float | None:
    """`579`, `28mm` or `12pt` in twips; a bare number counts twips. None as for `number`."""
    unit = _UNITS.get((value or "")[-2:])
    if unit is None:
        return number(value)
    amount = number((value or "")[:-2])
    return None if amount is None else amount * unit


def half_points(value: str | None) -> float | None:
    """`32` or `16pt` in half-points; a bare number counts half-points. None as for `number`."""
    if (value or "")[-2:] in _UNITS:
        found = twips(value)
        return None if found is None else found / 10
    return number(value)


def mm(length: float) -> float:
    """Twips in millimetres."""
    return length / TWIPS_PER_MM
