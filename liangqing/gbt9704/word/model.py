"""A Word file as it is judged: paragraphs with what is really applied to them, tables, lines, sections.

Units are Word's own, so that what is told is what a person finds in its dialogs: lengths in twips (twentieths of a
point, 1440 an inch) but for what is drawn, which stands in millimetres; sizes of type in half-points; weights in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.theme_fonts import AppliedFace
from liangqing.gbt9704.word.units import mm

PAGE_BREAK = "\f"
BLANKS = " \t\n\u3000\xa0"
BODY, CELL, BOX, FRAME, HEADER = "正文", "表格", "文本框", "图文框", "页眉页脚"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What stands in a line and is higher than its type: pictures, shapes and text boxes, formulas, readings over characters.
_HIGH = (*(f"{W}{name}" for name in ("drawing", "pict", "object", "ruby")), f"{_MATHS}oMath")


@dataclass(frozen=True)
class Piece:
    """Text in one font: a run, or the part of it that is drawn in one of its fonts.

    `slot` is which of the four fonts of a run draws it: `eastAsia` for Chinese, `ascii` and `hAnsi` for Latin (see
    `fonts.slot`); `fonts` are all of them by slot. `size` in half-points, `spacing` in twips added to each character,
    `colour` six hex digits, a name, or `auto`; `field`: PAGE and the like where it is the result of one; `element` its
    `w:r`.
    """

    text: str
    face: AppliedFace
    slot: str
    size: float
    bold: bool
    colour: str
    spacing: float
    element: etree._Element
    fonts: Mapping[str, str] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True)
class Edge:
    """A border: its kind as Word calls it, weight and distance from the text in points, colour."""

    kind: str
    weight: float
    space: float = 0.0
    colour: str = ""

    @property
    def drawn(self) -> bool:
        """Whether it shows: Word writes `nil` and `none` for a border that was taken away."""
        return self.kind not in ("none", "nil", "")


@dataclass(frozen=True)
class WordSpot:
    """Where a shape or frame stands, in mm of the sheet; None where that is for the layout to say.

    `foot`: on the lower edge of the type area.
    """

    left: float | None = None
    top: float | None = None
    width: float | None = None
    foot: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Stroke:
    """A horizontal line that is drawn as a shape: middle and length in mm, weight in points."""

    part: str
    place: str
    spot: WordSpot
    weight: float
    colour: str
    compound: str = "sng"


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph as it is set. Indents and distances in twips; `line` is twips, or 240ths of a line for auto.

    `where` is one of BODY, CELL, BOX, FRAME, HEADER, `place` the same in words, `part` the part of the file. `first` is
    positive for a first line that is indented and negative for one that hangs. `rule` tells what `line` means: `auto`
    (a multiple), `atLeast` or `exact`. `label` is its automatic number, `lost_number` whether the list is missing that
    gives it; `label_face` is the Chinese font of the number, None without one. `snap`: its lines snap to the grid of the page. `size` (half-points) is that of most of its text, or of
    its mark where it has none. `section` counts from 0; `level` is its level in the outline, None for text; `edges` its
    borders by side; `spot` is None for what the layout places. `direct` is its own `w:pPr`, None without one; `style`
    the name of its style, `style_id` the id by which the file names it.
    """

    element: etree._Element
    part: str
    place: str
    where: str
    pieces: tuple[Piece, ...]
    label: str
    lost_number: bool
    style: str
    align: str
    left: float
    right: float
    first: float
    line: float
    rule: str
    before: float
    after: float
    snap: bool
    widow: bool
    page_break_before: bool
    size: float
    section: int
    level: int | None
    edges: Mapping[str, Edge]
    spot: WordSpot | None
    direct: etree._Element | None
    style_id: str
    label_face: AppliedFace | None = None

    @cached_property
    def text(self) -> str:
        """Its number and its text, without page breaks."""
        return (self.label + self._written).replace(PAGE_BREAK, "")

    @cached_property
    def words(self) -> str:
        """The text without white space at its ends."""
        return self.text.strip(BLANKS)

    @property
    def breaks_page(self) -> bool:
        """Whether a page ends in it, by hand."""
        return any(PAGE_BREAK in piece.text for piece in self.pieces)

    @cached_property
    def stands_high(self) -> bool:
        """Whether it holds what an exact height of its lines would cut off: a picture, a text box, a formula."""
        return next(self.element.iter(*_HIGH), None) is not None or any(
            piece.field == "EQ" for piece in self.pieces
        )

    @cached_property
    def starts_page(self) -> bool:
        """Whether its words begin a page: a page ends before it, or in it before the first of them."""
        first, broken, _ = self._written.partition(PAGE_BREAK)
        return self.page_break_before or bool(broken and self.words and not first.strip(BLANKS))

    @cached_property
    def ends_page(self) -> bool:
        """Whether a page ends, by hand, after its words; after one without words it does, too."""
        _, broken, last = self._written.rpartition(PAGE_BREAK)
        return bool(broken) and not last.strip(BLANKS)

    @cached_property
    def _written(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def character(self) -> float:
        """The width of one of its characters, in twips."""
        spacing = self.pieces[0].spacing if self.pieces else 0.0
        return self.size * 10 + spacing

    def pitch(self, grid: float) -> float:
        """How high one of its lines is, in twips; `grid` is the pitch of its section's grid, 0 for none."""
        if self.rule == "exact":
            return self.line
        natural = self.size * 10 * 1.3
        if self.snap and grid:
            natural = grid * max(1, -(-self.size * 10 // grid))
        height = natural * self.line / 240 if self.rule == "auto" else natural
        return max(height, self.line) if self.rule == "atLeast" else height


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell and the paragraphs in it; of a table in it, those too."""

    place: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def words(self) -> str:
        """The text of all its paragraphs, one after the other."""
        return "".join(paragraph.words for paragraph in self.paragraphs)


@dataclass(frozen=True, eq=False)
class Table:
    """A table; `rules` are its horizontal lines from the top, one more than it has rows."""

    element: etree._Element
    place: str
    rows: tuple[tuple[Cell, ...], ...]
    rules: tuple[Edge | None, ...]
    floating: bool
    section: int

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of them, row by row and cell by cell."""
        return tuple(paragraph for row in self.rows for cell in row for paragraph in cell.paragraphs)

    @property
    def words(self) -> str:
        """The text of all its cells, one after the other."""
        return "".join(paragraph.words for paragraph in self.paragraphs)


Block: TypeAlias = "Paragraph | Table"


@dataclass(frozen=True)
class WordSection:
    """Pages of one kind, in twips. `grid` is the kind of the document grid, `pitch` its line pitch.

    `left` has the gutter in it; `footer` is how far the footer stands from the edge of the sheet. `title_page`: the
    first page has a header and footer of its own. `char_space` is what the grid adds to a character, in 4096ths of a
    point. `begins`: nextPage, continuous, oddPage … `headers` and `footers`: kind (default, first, even) → part.
    """

    element: etree._Element
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer: float
    title_page: bool
    grid: str
    pitch: float
    char_space: float
    begins: str
    headers: Mapping[str, str]
    footers: Mapping[str, str]

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """The width between the margins, in twips (版心)."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height between the margins, in twips (版心)."""
        return self.height - self.top - self.bottom

    @property
    def line_pitch(self) -> float:
        """The pitch that lines snap to, in twips; 0 where there is no grid."""
        return self.pitch if self.grid in ("lines", "linesAndChars", "snapToChars") else 0.0

    @property
    def character_added(self) -> float:
        """What the grid adds to each character, in twips; 0 where it has lines alone."""
        return self.char_space / 4096 * 20 if self.grid in ("linesAndChars", "snapToChars") else 0.0

    def mm(self, name: str) -> float:
        """One of its measures in millimetres."""
        return round(mm(getattr(self, name)), 2)


@dataclass(frozen=True)
class Document:
    """All of a file. `flow` is what stands in the text one under the other; `paragraphs` are those of tables and
    boxes too, in the order of the file; `furniture`: header or footer part → its paragraphs.

    `mirrored`: inner and outer margins in place of left and right; `even_odd`: even pages have headers and footers of
    their own; `strict`: written in ISO "strict" Open XML.
    """

    name: str
    flow: tuple[Block, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    strokes: tuple[Stroke, ...]
    sections: tuple[WordSection, ...]
    furniture: Mapping[str, tuple[Paragraph, ...]]
    mirrored: bool
    even_odd: bool
    strict: bool

    def section_of(self, paragraph: Paragraph | Table) -> WordSection:
        """The pages on which a paragraph or table stands."""
        return self.sections[min(paragraph.section, len(self.sections) - 1)]
