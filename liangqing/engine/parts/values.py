"""Values that are more than text: pictures, links, runs with a form of their own, paragraphs.

A template prints them by `{{ 名称 }}` or `{{r 名称 }}`; `{{p 名称 }}` prints paragraphs. None of them holds XML; what a run does not say it takes from where the tag stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG. A side that is None follows from the other and the pixels; both None: 96 pixels an inch."""

    data: bytes
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""


@dataclass(frozen=True)
class Run:
    """Text in one form. None means: as the tag stands. `colour` in six digits, `face` a font, `size` in pt."""

    text: str
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    colour: str | None = None
    face: str | None = None
    size: float | None = None


@dataclass(frozen=True)
class Link:
    """Text that leads to `url` (http, https or mailto)."""

    text: str
    url: str


Piece: TypeAlias = str | Run | Link | Picture


@dataclass(frozen=True)
class Rich:
    """Pieces side by side in a line."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs, each in the form of the one in which the tag stands."""

    items: tuple[Piece | Rich, ...]


TYPED_VALUES = frozenset({Picture, Run, Link, Rich, Paragraphs})
