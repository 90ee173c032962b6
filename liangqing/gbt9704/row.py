"""What a row of the table says: a value, and how binding it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from liangqing.gbt9704.fonts import Face
from liangqing.gbt9704.units import Align, Colour, Count, Length, Size

Value = Length | Size | Face | Align | Colour | Count | str


class Strength(StrEnum):
    """How binding a row is; the values are what a reader sees."""

    MUST = "规定"
    GENERAL = "一般"
    RECOMMENDED = "推荐"
    PRACTICE = "实务"


@dataclass(frozen=True)
class StandardRow:
    """One value of the standard.

    `tolerance` is in the unit of the value, `accepted` are other values that are as good, `span` is a least and a
    greatest value that are; `note` says what a reader should know, in Chinese.
    """

    element: str
    property: str
    value: Value
    clause: str
    strength: Strength
    tolerance: Length | Count | None = None
    accepted: tuple[Value, ...] = ()
    span: tuple[Value, Value] | None = None
    note: str = ""

    def fits(self, found: Value) -> bool:
        """Whether a value is as good as ours. A font is given by its `Face`."""
        if found == self.value or any(
            _near(found, value, self.tolerance) for value in (self.value, *self.accepted)
        ):
            return True
        if self.span is None:
            return False
        low, high = map(_measure, self.span)
        return low - 1e-6 <= _measure(found) <= high + 1e-6


def _measure(value: Value) -> float:
    if isinstance(value, Length):
        return float(value.emu)
    if isinstance(value, Count):
        return value.number
    if isinstance(value, Size):
        return float(value.half_points)
    raise TypeError(f"{value!r} is nothing that can be measured")


def _near(found: Value, wanted: Value, tolerance: Length | Count | None) -> bool:
    if tolerance is None or type(found) is not type(wanted):
        return found == wanted
    return abs(_measure(found) - _measure(wanted)) <= _measure(tolerance) + 1e-6
