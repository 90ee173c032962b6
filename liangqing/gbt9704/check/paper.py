"""A document whose elements are known: what the rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from liangqing.base.docx_zip import W
from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import lines_after, lines_before
from liangqing.gbt9704.check.prose import prose_of
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.word.model import Document, Paragraph, Table, WordSection

PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
LETTER, FILE, MINUTES, ORDER = "信函格式", "文件格式", "纪要格式", "命令格式"
PLAIN, ANNEX, TABLE, OTHER = "无版头的公文", "单独的附件", "表格", "其他材料"
HEADED = frozenset({LETTER, FILE, MINUTES, ORDER})
OFFICIAL = HEADED | {PLAIN}
LETTERS = frozenset({LETTER})
FILES = frozenset({FILE})
ANY = frozenset({*OFFICIAL, ANNEX, TABLE, OTHER})
TEMPLATE = "模板"  # tags stand where the words will: no rule holds of it
_SPACED = re.compile(r"(?<=[\u4e00-\u9fa5])[ \u3000\xa0]+(?=[\u4e00-\u9fa5])")  # 报　告


@dataclass(frozen=True)
class RedLine:
    """A red horizontal line: middle and length in mm where they are known, weight in points.

    `under`: the paragraph that it is the lower border of; `drawn`: a shape, and no border of text. `left` as `top`.
    """

    place: str
    top: float | None
    length: float | None
    weight: float
    compound: str = "sng"
    under: Paragraph | None = None
    drawn: bool = False
    left: float | None = None

    @property
    def double(self) -> bool:
        """Whether it is two lines by itself."""
        return self.compound != "sng"


@dataclass(frozen=True)
class Heading:
    """A paragraph that begins with a numeral of a level. `right`: whether that is written as it should be."""

    paragraph: Paragraph
    level: int
    number: int | None
    right: bool
    head: int  # how many characters of it are the heading; 0 where all of it is text


@dataclass(frozen=True)
class RecognisedAnnex:
    """An annex that is bound with its paper: its label, the lines of its title where it has one, and its text.

    `text` are the sentences and numbered lines that the paper's own rules hold of: nothing of tables and forms, no
    caption, no date or signature of its own.
    """

    label: Paragraph
    titles: tuple[Paragraph, ...] = ()
    text: tuple[Paragraph, ...] = ()
    headings: tuple[Heading, ...] = ()

    @property
    def title(self) -> Paragraph | None:
        """The first line of its title."""
        return self.titles[0] if self.titles else None


@dataclass(frozen=True)
class RecognisedPaper:
    """What was recognised. Paragraphs are those of `document`; what is not there is None or empty.

    `why` says in words what it was taken for its format by; `asked`: a person named the format. `pins` are the fields
    below that a person has filled, with what stands in them; `pinned` the paragraphs that are taken by that.
    """

    document: Document
    format: str
    why: str = ""
    asked: bool = False
    pins: Mapping[str, Any] = field(default_factory=dict)
    pinned: tuple[Paragraph, ...] = ()
    mark: tuple[Paragraph, ...] = ()
    copy_number: Paragraph | None = None
    secrecy: Paragraph | None = None
    urgency: Paragraph | None = None
    number: Paragraph | None = None
    signers: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    under_title: tuple[Paragraph, ...] = ()  # subtitle, speaker, （…会议通过）
    recipients: Paragraph | None = None
    recipients_below: tuple[Paragraph, ...] = ()  # where 主送 goes on in another paragraph
    body: tuple[Paragraph, ...] = ()
    headings: tuple[Heading, ...] = ()
    beside_tables: tuple[
        Paragraph, ...
    ] = ()  # captions and notes of tables and pictures: no text of the body
    annex_note: tuple[Paragraph, ...] = ()
    signatures: tuple[Paragraph, ...] = ()  # several of a joint paper, one below the other
    date: Paragraph | None = None
    note: Paragraph | None = None
    annexes: tuple[RecognisedAnnex, ...] = ()
    copies: Paragraph | None = None
    printed: Paragraph | None = None
    keywords: Paragraph | None = None
    red_lines: tuple[RedLine, ...] = field(default=())

    def having(self, **found: Any) -> RecognisedPaper:
        """This paper with fields that were found; what a person has said of one of them holds."""
        return replace(self, **(found | {name: self.pins[name] for name in found if name in self.pins}))

    def free(self, lines: Sequence[Paragraph]) -> list[Paragraph]:
        """The lines that no person has said anything of."""
        return [line for line in lines if not any(line is taken for taken in self.pinned)]

    @property
    def judged(self) -> bool:
        """Whether it is held against a format: one was recognised, or a person said that there is none."""
        return self.asked or self.format != OTHER

    @cached_property
    def all_text(self) -> tuple[Paragraph, ...]:
        """The text of the paper and of its annexes."""
        return (*self.body, *(line for annex in self.annexes for line in annex.text))

    @cached_property
    def all_headings(self) -> tuple[Heading, ...]:
        """The headings of the paper and of its annexes."""
        return (*self.headings, *(heading for annex in self.annexes for heading in annex.headings))

    @property
    def first_section(self) -> WordSection:
        """The pages on which the paper begins."""
        return self.document.sections[0]

    @property
    def title_text(self) -> str:
        """The title in one line, without the blanks of letters that are set apart (报　告)."""
        text = "".join(line.words for line in self.title).replace("\n", "").replace("\t", "")
        return _SPACED.sub("", text)

    @property
    def signature(self) -> Paragraph | None:
        """The signature in the line above the date; the last of those of a joint paper."""
        return self.signatures[-1] if self.signatures else None

    @property
    def above_body(self) -> tuple[Paragraph, ...]:
        """What stands over the text: title, what is under it, 主送."""
        recipients = () if self.recipients is None else (self.recipients, *self.recipients_below)
        return (*self.title, *self.under_title, *recipients)

    @property
    def date_words(self) -> str:
        """The date as it is written, without the signature where both stand in one paragraph; "" without a date."""
        if self.date is None:
            return ""
        signed = like.SIGNED.match(self.date.words) if self.date in self.signatures else None
        return signed["date"] if signed is not None else self.date.words

    @property
    def beside_number(self) -> int:
        """How many of 份号, 密级 and 紧急程度 stand lower than a letter's number, whose line is that of the first (10.1)."""
        marks = (self.copy_number, self.secrecy, self.urgency)
        return max(0, sum(mark is not None and mark.spot is not None for mark in marks) - 1)

    @property
    def upward(self) -> bool:
        """Whether it goes to a higher organ: a 请示 or a 报告, and an 意见 or 议案 that names who signed it."""
        kinds = ("请示", "报告", *(("意见", "议案") if self.signers else ()))
        return self.title_text.rstrip("。").endswith(kinds)

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(block): index for index, block in enumerate(self.document.flow)}

    @cached_property
    def _tops(self) -> dict[int, int]:
        """Of the lines with which the cells of a table's first row begin, where the table stands among the blocks."""
        return {
            id(cell.paragraphs[0]): index
            for index, block in enumerate(self.document.flow)
            if isinstance(block, Table) and not block.floating
            for cell in block.rows[0]
            if cell.paragraphs
        }

    def position(self, paragraph: Paragraph | Table | None) -> int | None:
        """Where it stands among the blocks of the text; a paragraph in a table stands where that does."""
        if paragraph is None:
            return None
        found = self._positions.get(id(paragraph))
        if found is None and isinstance(paragraph, Paragraph):
            for table in self.document.tables:
                if any(line is paragraph for line in table.paragraphs):
                    return self._positions.get(id(table))
        return found

    def pitch(self, paragraph: Paragraph) -> float:
        """How high one of its lines is, in twips."""
        return paragraph.pitch(self.document.section_of(paragraph).line_pitch)

    def blank_above(self, paragraph: Paragraph) -> float | None:
        """Blank lines above a paragraph, distances counted too, in lines of the page.

        Counted from the last words, or from a rule that is the border of an empty line. None where that cannot be told:
        at the top of the text or of a page, under or in a frame, within a table or under one that has not the
        number in it, under a picture or a line that is drawn.
        """
        index = self._positions.get(id(paragraph), self._tops.get(id(paragraph)))
        if index is None or paragraph.spot is not None or paragraph.starts_page:
            return None
        line = length("版心", "行距").twips
        height = paragraph.before + lines_before(paragraph.text) * self.pitch(paragraph)
        for block in reversed(self.document.flow[:index]):
            if isinstance(block, Table):  # the lower border of the one with the number is the red rule
                ruled = not block.floating and any(line is self.number for line in block.paragraphs)
                return height / line if ruled else None
            if block.ends_page or block.section != paragraph.section:
                return None
            if block.spot is not None:
                continue
            if block.words or "bottom" in block.edges:
                return (height + block.after + lines_after(block.text) * self.pitch(block)) / line
            if block.starts_page or next(block.element.iter(*PICTURES), None) is not None:
                return None
            height += (1 + lines_after(block.text)) * self.pitch(block) + block.before + block.after
            if "top" in block.edges:
                return height / line
        return None

    def page_ends_between(self, first: Paragraph, second: Paragraph) -> bool:
        """Whether a page is ended by hand between two paragraphs of the text."""
        start, end = self.position(first), self.position(second)
        if start is None or end is None:
            return False
        between = self.document.flow[start + 1 : end]
        new_section = (
            second.section != first.section and self.document.section_of(second).begins != "continuous"
        )
        return (
            new_section
            or second.starts_page
            or (first.ends_page and first is not second)
            or any(
                isinstance(block, Paragraph) and (block.breaks_page or block.page_break_before)
                for block in between
            )
        )

    @cached_property
    def text(self) -> tuple[Paragraph, ...]:
        """What is written in the text itself, without tables."""
        return tuple(block for block in self.document.flow if isinstance(block, Paragraph) and block.words)

    @cached_property
    def prose(self) -> tuple[tuple[Paragraph, str], ...]:
        """What is written in the text itself, as prose (see `check.prose`)."""
        return tuple(prose_of(self.text))

    @property
    def foot(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the imprint."""
        return tuple(line for line in (self.keywords, self.copies, self.printed) if line is not None)

    def foot_table(self) -> Table | None:
        """The table that the imprint is set in."""
        for table in self.document.tables:
            if any(paragraph is line for line in self.foot for paragraph in table.paragraphs):
                return table
        return None

    def numbers(self, kind: str) -> Iterator[Paragraph]:
        """The lines of the footers of a kind (default, first, even) that have the number of the page.

        A file keeps footers that no page shows: those of even pages where even and odd are alike, those of a first page
        that is like the others. They are left out.
        """
        seen: set[str] = set()
        for section in self.document.sections:
            part = section.footers.get(kind)
            used = {"even": self.document.even_odd, "first": section.title_page}.get(kind, True)
            if part is None or part in seen or not used:
                continue
            seen.add(part)
            for line in self.document.furniture.get(part, ()):
                if any(piece.field == "PAGE" for piece in line.pieces):
                    yield line


def is_red(colour: str) -> bool:
    """Whether a colour counts as red: the standard means Y80 M80, offices take FF0000."""
    colour = {"red": "FF0000", "darkred": "8B0000"}.get(colour.lower(), colour)
    if len(colour) == 3:
        colour = "".join(digit * 2 for digit in colour)
    try:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xA0 and green <= 0x60 and blue <= 0x60


def is_black(colour: str) -> bool:
    """Whether a colour prints as black: the automatic one does."""
    if colour in ("auto", "", "windowText"):
        return True
    try:
        return all(int(colour[i : i + 2], 16) <= 0x40 for i in (0, 2, 4))
    except ValueError:
        return False


def names_style(paragraph: Paragraph, *words: str) -> bool:
    """Whether the style of a paragraph has one of the words in its name."""
    return any(word in paragraph.style.lower() for word in words)
