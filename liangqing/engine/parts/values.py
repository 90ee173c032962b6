"""Values that are more than text: pictures, links, runs with a form of their own, paragraphs.

A template prints them by `{{ 名称 }}` or `{{r 名称 }}`; `{{p 名称 }}` prints paragraphs. None of them holds XML; what a run does not say it takes from where the tag stands.
A `PictureFile` and a `SubDocumentFile` are texts, so that the values of a paper stay plain data: they can be kept as JSON and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Picture:
    """The bytes of a picture file: PNG and JPEG stay as they are, other kinds become one of these.

    A side that is None follows from the other and the pixels. Both None: the size that the file names (96 pixels an inch
    where it names none), made smaller where the cell or page is narrower.
    """

    data: bytes
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""

    def fitted(self, width_mm: float | None, height_mm: float | None) -> FittedPicture:
        """The same picture as large as fits into a box, whatever size it had."""
        return FittedPicture(self, width_mm, height_mm)


class PictureFile(str):
    """A picture in a file, told as three lines of text: the name below the folder that `Template.render` is given, the
    SHA-256 that it must have ("": any), and what it shows.
    """

    __slots__ = ()

    @classmethod
    def of(cls, name: str, digest: str, alt: str = "") -> PictureFile:
        """`alt` becomes one line."""
        return cls("\n".join((name, digest, " ".join(alt.split()))))

    @property
    def name(self) -> str:
        """The file, below a folder, with / between the parts."""
        return self.split("\n")[0]

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return self.split("\n")[1]

    @property
    def alt(self) -> str:
        """What it shows, for who can't see it; "" where nobody says."""
        return self.split("\n")[2]

    def fitted(self, width_mm: float | None, height_mm: float | None) -> FittedPicture:
        """The picture as large as fits into a box."""
        return FittedPicture(self, width_mm, height_mm)


@dataclass(frozen=True)
class SubDocument:
    """The bytes of a .docx whose text takes the place of a paragraph, printed by `{{p 名称 }}`; `name` is for messages."""

    data: bytes
    name: str


class SubDocumentFile(str):
    """A .docx in a file, told as two lines of text: the name below the folder that `Template.render` is given, and the
    SHA-256 that it must have ("": any).
    """

    __slots__ = ()

    @classmethod
    def of(cls, name: str, digest: str = "") -> SubDocumentFile:
        """`name` with / between the parts."""
        return cls(f"{name}\n{digest}")

    @property
    def name(self) -> str:
        """The file, below a folder."""
        return self.split("\n")[0]

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return self.split("\n")[1]


@dataclass(frozen=True)
class FittedPicture:
    """A picture as large as fits into width and height (mm); its sides keep their proportion. None: as wide, or as high, as
    follows.
    """

    picture: Picture | PictureFile
    width_mm: float | None = None
    height_mm: float | None = None


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


Piece: TypeAlias = str | Run | Link | Picture | FittedPicture  # a PictureFile is a str


@dataclass(frozen=True)
class Rich:
    """Pieces side by side in a line."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs, each in the form of the one in which the tag stands."""

    items: tuple[Piece | Rich, ...]


FILES = (PictureFile, SubDocumentFile)  # texts that stand for what is in a file
TYPED_VALUES = frozenset({Picture, FittedPicture, Run, Link, Rich, Paragraphs, SubDocument, *FILES})
