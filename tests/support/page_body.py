"""The body of a page: its type area, the lines in it, its tables and their rows; and the paragraphs of the Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from pdf_pages import Box, Line, Page

from liangqing.base.docx_zip import W

# Type areas by the size of the sheet, as (left, top, right, bottom); a form is known by its footer.
AREAS = {
    (210, 297): Box(28, 37, 184, 262),
    (297, 210): Box(35, 28, 260, 184),
    (420, 297): Box(28, 37, 394, 262),
    (220, 110): Box(5, 5, 215, 105),  # an envelope
}
FORM = Box(28, 28, 184, 272)
FOOTER = re.compile(r"第\d+页共\d+页$")
NEAR = 1.5  # mm within which two places are one


@dataclass(frozen=True)
class Table:
    """One table, or the part of it that stands on a page; `edges`: the heights at which its rows begin and end."""

    box: Box
    edges: tuple[float, ...]
    uprights: tuple[float, ...]

    @property
    def heights(self) -> list[float]:
        """Of its rows, from the top."""
        return [lower - upper for upper, lower in zip(self.edges, self.edges[1:], strict=False)]


@dataclass(frozen=True)
class Body:
    """What stands in the type area of a page."""

    page: Page

    @cached_property
    def area(self) -> Box:
        size = round(self.page.width), round(self.page.height)
        form = size == (210, 297) and any(FOOTER.search(line.text) for line in self.page.lines)
        return FORM if form else AREAS[size]

    def _inside(self, box: Box) -> bool:
        area = self.area
        across = area.left - 4 <= box.left and box.right <= area.right + 6
        return across and area.top - NEAR <= box.middle <= area.bottom + NEAR

    @cached_property
    def lines(self) -> list[Line]:
        return [line for line in self.page.lines if self._inside(line.box)]

    @cached_property
    def drawn(self) -> list[Box]:
        """Rules and shapes, those of a chart among them."""
        return [rule for rule in self.page.rules if self._inside(rule)]

    @cached_property
    def heights(self) -> list[float]:
        """The heights at which lines stand, from the top; the cells of a row often share one."""
        found: list[float] = []
        for line in self.lines:
            if not found or line.box.middle - found[-1] > 2 * NEAR:
                found.append(line.box.middle)
        return found

    @cached_property
    def foot(self) -> float:
        """How far down the body reaches."""
        ends = [line.box.bottom for line in self.lines] + [rule.bottom for rule in self.drawn]
        return max(ends, default=self.area.top)

    @property
    def empty(self) -> float:
        """The white under it."""
        return self.area.bottom - self.foot

    @cached_property
    def tables(self) -> list[Table]:
        uprights = sorted(
            (rule for rule in self.drawn if rule.width < 1 < rule.height), key=lambda rule: rule.top
        )
        groups: list[list[Box]] = []
        for rule in uprights:
            if groups and rule.top <= max(other.bottom for other in groups[-1]) + 0.5:
                groups[-1].append(rule)
            else:
                groups.append([rule])
        return [self._table(group) for group in groups if len(group) > 1]

    def _table(self, uprights: list[Box]) -> Table:
        box = uprights[0]
        for rule in uprights[1:]:
            box = box.around(rule)
        flat = sorted(
            rule.middle
            for rule in self.drawn
            if rule.height < 1 and rule.width > 0.9 * box.width and box.top - 1 < rule.middle < box.bottom + 1
        )
        edges = [place for number, place in enumerate(flat) if not number or place - flat[number - 1] > NEAR]
        return Table(box, tuple(edges), tuple(sorted({round(rule.left) for rule in uprights})))

    def table_of(self, line: Line) -> Table | None:
        """The table in which a line stands."""
        for table in self.tables:
            if table.box.top <= line.box.middle <= table.box.bottom:
                return table
        return None

    def below(self) -> Iterator[tuple[Line, Line, float]]:
        """Each line with the next one of its paragraph or cell, and the width in mm that a text has there."""
        for line in self.lines:
            table = self.table_of(line)
            left, right = self._column(line, table)
            under = [
                other
                for other in self.lines
                if other.box.top > line.box.middle
                and other.box.top - line.box.bottom < 6
                and left <= other.box.left
                and other.box.right <= right
                and self.table_of(other) is table
                and not (table and any(line.box.middle < edge < other.box.middle for edge in table.edges))
            ]
            if under:
                yield line, min(under, key=lambda other: (other.box.top, other.box.left)), right - left - 2

    def _column(self, line: Line, table: Table | None) -> tuple[float, float]:
        if table is None:
            return self.area.left - 2, self.area.right + 2
        at = line.box.middle
        sides = [
            rule.left for rule in self.drawn if rule.width < 1 < rule.height and rule.top <= at <= rule.bottom
        ]
        left = max((side for side in sides if side <= line.box.left + 0.5), default=self.area.left)
        right = min((side for side in sides if side >= line.box.right - 0.5), default=self.area.right)
        return left, right


@dataclass(frozen=True)
class Written:
    """A paragraph of the Word file: its style, its text without blanks, and whether it stands in a table."""

    style: str
    text: str
    in_table: bool


def paragraphs(docx: bytes) -> list[Written]:
    """All paragraphs of the text of a Word file, in order; not those of boxes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return [_written(each_p) for each_p in root.iter(f"{W}p") if not _in_box(each_p)]


def _in_box(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None


def _written(paragraph: etree._Element) -> Written:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
    name = "" if style is None else str(style.get(f"{W}val"))
    return Written(name, re.sub(r"\s", "", text), next(paragraph.iterancestors(f"{W}tc"), None) is not None)
