"""Lengths, sizes of type and ways of setting, as the standard names them, in any unit that a file wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EMU_PER_MM = 36000
EMU_PER_POINT = 12700


@dataclass(frozen=True, order=True)
class Length:
    """A distance. Kept in EMU (1/36000 mm), which every unit of Word divides into; made by `mm` or `points`."""

    emu: int

    @property
    def mm(self) -> float:
        """Millimetres."""
        return self.emu / EMU_PER_MM

    @property
    def points(self) -> float:
        """Points, 72 an inch."""
        return self.emu / EMU_PER_POINT

    @property
    def twips(self) -> int:
        """Twentieths of a point: indents, line pitches, margins."""
        return round(self.points * 20)

    @property
    def eighths(self) -> int:
        """Eighths of a point: the weight of a border."""
        return round(self.points * 8)

    def __str__(self) -> str:
        return f"{self.mm:g} mm"


def mm(value: float) -> Length:
    """A length in millimetres."""
    return Length(round(value * EMU_PER_MM))


def points(value: float) -> Length:
    """A length in points."""
    return Length(round(value * EMU_PER_POINT))


@dataclass(frozen=True)
class Size:
    """A size of type: its name, and what Word calls it."""

    name: str
    half_points: int

    @property
    def points(self) -> float:
        """Points, 72 an inch; 小2号 and the like are whole, 5号 is 10.5."""
        return self.half_points / 2

    def __str__(self) -> str:
        return f"{self.name}（{self.points:g}磅）"


SIZES = {
    size.name: size
    for size in (
        Size("初号", 84),
        Size("小初", 72),
        Size("1号", 52),
        Size("小1号", 48),
        Size("2号", 44),
        Size("小2号", 36),
        Size("3号", 32),
        Size("小3号", 30),
        Size("4号", 28),
        Size("小4号", 24),
        Size("5号", 21),
        Size("小5号", 18),
    )
}


class Align(StrEnum):
    """How a line stands; the values are for people."""

    LEFT = "居左"
    CENTRE = "居中"
    RIGHT = "居右"
    BOTH = "两端对齐"


class Colour(StrEnum):
    """What is printed red, and all else."""

    RED = "红色"
    BLACK = "黑色"


@dataclass(frozen=True)
class Count:
    """So many 字, 行 or others; `number` may be a half or negative."""

    number: float
    unit: str

    def __str__(self) -> str:
        return f"{self.number:g}{self.unit}"


def characters(number: float) -> Count:
    """Widths of a character of the element's own size (3.1)."""
    return Count(number, "字")


def lines(number: float) -> Count:
    """Lines of the page (3.2)."""
    return Count(number, "行")
