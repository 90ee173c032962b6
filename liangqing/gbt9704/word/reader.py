"""Reads a Word file into a Document: the one way in for all that judges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.theme_fonts import Theme
from liangqing.base.word_places import word_places
from liangqing.base.word_styles import Properties, Styles, merged
from liangqing.base.wordprocessingml import is_on
from liangqing.gbt9704.word.drawn_lines import strokes
from liangqing.gbt9704.word.indents import indents
from liangqing.gbt9704.word.model import (
    BODY,
    BOX,
    CELL,
    FRAME,
    HEADER,
    Block,
    Cell,
    Document,
    Edge,
    Paragraph,
    Stroke,
    Table,
    WordSection,
    WordSpot,
)
from liangqing.gbt9704.word.numbering import NONE, WordNumbering
from liangqing.gbt9704.word.parts import Parts
from liangqing.gbt9704.word.runs import SIZE, Fields, Runs, inside, weight_of
from liangqing.gbt9704.word.sections import sections
from liangqing.gbt9704.word.shapes import boxes, spot_of_anchor, spot_of_frame
from liangqing.gbt9704.word.units import half_points, number, twips

_ALIGNS = {"start": "left", "end": "right", "distribute": "both"}
_AUTOMATIC = (
    280.0  # twips: what Word makes of automatic distances (w:beforeAutospacing), which web pages bring along
)
_WHICH = {"first": "首页", "even": "偶数页", "default": ""}


def read(source: Path | bytes, name: str) -> Document:
    """The document at `source`, called `name` in messages. Raises Problems for what cannot be read safely."""
    return read_parts(Parts(source, name))


def read_parts(parts: Parts) -> Document:
    """The document of a file whose parts are open; its elements are those of the parts."""
    settings = parts.of_kind("settings")
    styles = Styles(parts.of_kind("styles"))
    theme = Theme(parts.of_kind("theme"), settings)
    reader = _WordReader(parts, styles, Runs(styles, theme))
    return reader.document(settings)


class _WordReader:
    def __init__(self, parts: Parts, styles: Styles, runs: Runs) -> None:
        self._parts, self._styles, self._runs = parts, styles, runs
        self._normal = _character_of(runs.properties(None, styles.default("paragraph"), ""))
        self._numbering = WordNumbering(parts.of_kind("numbering"), styles)
        self._sections = sections(parts)
        self._section = 0
        self._fields = Fields()
        self._part = ""
        self._places: dict[etree._Element, str] = {}
        self._all: list[Paragraph] = []
        self._tables: list[Table] = []
        self._strokes: list[Stroke] = []

    def document(self, settings: etree._Element | None) -> Document:
        body = self._parts.root(self._parts.main).find(f"{W}body")
        self._open(self._parts.main, "")
        flow = tuple(self._blocks(body, BODY, "", None)) if body is not None else ()
        paragraphs, tables = tuple(self._all), tuple(self._tables)
        furniture = dict(self._furniture())
        found = merged([settings]) if settings is not None else {}
        return Document(
            name=self._parts.name,
            flow=flow,
            paragraphs=paragraphs,
            tables=tables,
            strokes=tuple(self._strokes),
            sections=self._sections,
            furniture=furniture,
            mirrored="mirrorMargins" in found and is_on(found["mirrorMargins"].get("val")),
            even_odd="evenAndOddHeaders" in found and is_on(found["evenAndOddHeaders"].get("val")),
            strict=self._parts.strict,
        )

    def _furniture(self) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
        seen: set[str] = set()
        for index, section in enumerate(self._sections):
            for kinds in (section.headers, section.footers):
                for kind, part in kinds.items():
                    if part not in seen:
                        seen.add(part)
                        self._open(part, _WHICH.get(kind, ""))
                        self._section, self._all = index, []
                        list(self._blocks(self._parts.root(part), HEADER, "", None))
                        yield part, tuple(self._all)

    def _open(self, part: str, which: str) -> None:
        self._part, self._fields = part, Fields()
        self._places |= dict(word_places(self._parts.root(part), which))

    # ------------------------------------------------------------ blocks

    def _blocks(
        self, parent: etree._Element, where: str, table: str, spot: WordSpot | None
    ) -> Iterator[Block]:
        for child in inside(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph_and_boxes(child, where, table, spot)
            elif child.tag == f"{W}tbl":
                made = self._table(child, where)
                if made is not None:
                    self._tables.append(made)
                    yield made

    def _paragraph_and_boxes(
        self, element: etree._Element, where: str, table: str, spot: WordSpot | None
    ) -> Iterator[Paragraph]:
        section = self._now
        made = self._paragraph(element, where, table, spot)
        if made is not None:
            self._all.append(made)
            yield made
        place = made.place if made is not None else ""
        self._strokes += strokes(element, self._part, place, section)
        for content, anchor in boxes(element):
            inner = spot_of_anchor(anchor, section) if anchor is not None else WordSpot()
            list(self._blocks(content, BOX, "", inner))
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            self._section = min(self._section + 1, len(self._sections) - 1)

    @property
    def _now(self) -> WordSection:
        return self._sections[self._section]

    def _table(self, element: etree._Element, where: str) -> Table | None:
        own = element.find(f"{W}tblPr")
        named = own.find(f"{W}tblStyle") if own is not None else None
        style = named.get(f"{W}val", "") if named is not None else self._styles.default("table")
        around = merged([*(definition.find(f"{W}tblPr") for definition in self._styles.chain(style)), own])
        rows: list[tuple[Cell, ...]] = []
        edges: list[list[tuple[Edge | None, Edge | None]]] = []
        section = self._section
        for row in (child for child in inside(element) if child.tag == f"{W}tr"):
            cells = [child for child in inside(row) if child.tag == f"{W}tc"]
            rows.append(tuple(self._cell(child, style) for child in cells))
            edges.append([_cell_edges(child) for child in cells])
        place = (
            next((cell.place for row in rows for cell in row), "").rpartition(" 第")[0].rpartition(" 第")[0]
        )
        floating = "tblpPr" in around
        return Table(element, place, tuple(rows), _rules(around, edges), floating, section) if rows else None

    def _cell(self, element: etree._Element, table: str) -> Cell:
        start = len(self._all)
        list(self._blocks(element, CELL, table, None))
        paragraphs = tuple(self._all[start:])
        return Cell(paragraphs[0].place if paragraphs else "", paragraphs)

    # ------------------------------------------------------------ paragraphs

    def _paragraph(
        self, element: etree._Element, where: str, table: str, spot: WordSpot | None
    ) -> Paragraph | None:
        direct = element.find(f"{W}pPr")
        named = direct.find(f"{W}pStyle") if direct is not None else None
        style = named.get(f"{W}val", "") if named is not None else self._styles.default("paragraph")
        found = merged([direct], self._styles.paragraph_properties(style, table))
        label = self._numbering.label(found)
        if label.paragraph is not None:
            levels = list(self._styles.paragraph_levels(style, table))
            own = direct is not None and direct.find(f"{W}numPr") is not None
            levels.insert(len(levels) if own else max(len(levels) - 1, 0), label.paragraph)
            found = merged([*levels, direct])
        pieces = tuple(self._runs.pieces(element, style, table, self._fields))
        mark = self._runs.properties(direct.find(f"{W}rPr") if direct is not None else None, style, table)
        if not pieces and label is NONE and ("del" in mark or "moveFrom" in mark):
            return None
        size = weight_of(pieces) or half_points(mark.get("sz", {}).get("val")) or SIZE
        if "framePr" in found and where in (BODY, HEADER):
            spot, where = spot_of_frame(found["framePr"], self._now), FRAME
        character = size * 10 + (pieces[0].spacing if pieces else 0.0)
        left, right, first = indents(found, character, self._normal, self._now)
        before, after = _distance(found, "before", self._now), _distance(found, "after", self._now)
        align, spacing = found.get("jc", {}).get("val", "left"), found.get("spacing", {})
        return Paragraph(
            element=element,
            part=self._part,
            place=self._places.get(element, ""),
            where=where,
            pieces=pieces,
            label=label.text,
            lost_number=label.lost,
            style=self._styles.name(style),
            align=_ALIGNS.get(align, align),
            left=left,
            right=right,
            first=first,
            line=twips(spacing.get("line")) or 240.0,
            rule=spacing.get("lineRule", "auto"),
            before=before,
            after=after,
            snap="snapToGrid" not in found or is_on(found["snapToGrid"].get("val")),
            widow="widowControl" not in found or is_on(found["widowControl"].get("val")),
            page_break_before="pageBreakBefore" in found and is_on(found["pageBreakBefore"].get("val")),
            size=size,
            section=self._section,
            level=_outline(found),
            edges=_edges(found, "pBdr"),
            spot=spot,
            direct=direct,
            style_id=style,
            label_face=self._runs.face_of(merged([label.run], mark)) if label.text else None,
        )


def _character_of(found: Properties) -> float:
    """The width of a character of the style 正文, in twips."""
    return (half_points(found.get("sz", {}).get("val")) or SIZE) * 10


def _outline(found: Properties) -> int | None:
    level = number(found.get("outlineLvl", {}).get("val"))
    return None if level is None or level > 8 else int(level)


def _distance(found: Properties, name: str, section: WordSection) -> float:
    """The distance before or after, in twips; what is given in hundredths of a line wins (17.3.1.33)."""
    spacing = found.get("spacing", {})
    if is_on(spacing.get(f"{name}Autospacing", "0")):
        return _AUTOMATIC
    lines = number(spacing.get(f"{name}Lines"))
    return lines / 100 * (section.line_pitch or 240) if lines else twips(spacing.get(name)) or 0.0


def _edge(attributes: dict[str, str]) -> Edge:
    weight = number(attributes.get("sz")) or 0.0
    colour = attributes.get("color", "auto")
    return Edge(attributes.get("val", ""), weight / 8, number(attributes.get("space")) or 0.0, colour)


def _edges(found: Properties, name: str) -> dict[str, Edge]:
    start = f"{name}."
    made = {key.removeprefix(start): _edge(value) for key, value in found.items() if key.startswith(start)}
    return {key: edge for key, edge in made.items() if edge.drawn}


def _cell_edges(cell: etree._Element) -> tuple[Edge | None, Edge | None]:
    """The upper and the lower edge that a cell has of its own."""
    found = merged([cell.find(f"{W}tcPr")])
    upper, lower = found.get("tcBorders.top"), found.get("tcBorders.bottom")
    return (_edge(upper) if upper else None, _edge(lower) if lower else None)


def _rules(around: Properties, edges: list[list[tuple[Edge | None, Edge | None]]]) -> tuple[Edge | None, ...]:
    """The horizontal lines of a table from the top: what its cells say, else what the table says."""
    table = {
        name: _edge(around[f"tblBorders.{name}"])
        for name in ("top", "insideH", "bottom")
        if f"tblBorders.{name}" in around
    }
    rules: list[Edge | None] = []
    for index in range(len(edges) + 1):
        own = [cell[1] for cell in edges[index - 1] if cell[1]] if index else []
        own += [cell[0] for cell in edges[index] if cell[0]] if index < len(edges) else []
        otherwise = "top" if index == 0 else "bottom" if index == len(edges) else "insideH"
        rule = next((edge for edge in own if edge.drawn), None) or (table.get(otherwise) if not own else None)
        rules.append(rule if rule is not None and rule.drawn else None)
    return tuple(rules)
