"""The sections of a document: sheet, white, grid, headers and footers.

A `w:sectPr` is about the pages before it: it stands in the last paragraph of its section, that of the last section at
the end of the body. A header or footer that a section does not name is that of the section before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.word_styles import Properties, merged
from liangqing.base.wordprocessingml import is_on
from liangqing.gbt9704.word.model import WordSection
from liangqing.gbt9704.word.parts import Parts, R
from liangqing.gbt9704.word.units import number, twips

# What Word takes where a measure is missing: Letter, one inch all round.
_SHEET = {"w": 12240.0, "h": 15840.0}
_WHITE = 1440.0


def sections(parts: Parts) -> tuple[WordSection, ...]:
    """All sections in order; a document that has none is one section as Word begins it."""
    body = parts.root(parts.main).find(f"{W}body")
    found: list[WordSection] = []
    elements = [] if body is None else list(_elements(body))
    before: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    for element in elements or [etree.Element(f"{W}sectPr")]:
        found.append(_section(element, parts, *before))
        before = (found[-1].headers, found[-1].footers)
    return tuple(found)


def _elements(body: etree._Element) -> Iterator[etree._Element]:
    for section in body.iter(f"{W}sectPr"):
        above = section.getparent()
        if above is not None and above.tag in (f"{W}pPr", f"{W}body"):
            yield section


def _section(
    element: etree._Element, parts: Parts, headers: Mapping[str, str], footers: Mapping[str, str]
) -> WordSection:
    found = merged([element])
    sheet, white, grid = (found.get(name, {}) for name in ("pgSz", "pgMar", "docGrid"))
    gutter = twips(white.get("gutter")) or 0.0

    def margin(name: str, otherwise: float = _WHITE) -> float:
        given = twips(white.get(name))
        return otherwise if given is None else abs(given)

    return WordSection(
        element=element,
        width=twips(sheet.get("w")) or _SHEET["w"],
        height=twips(sheet.get("h")) or _SHEET["h"],
        top=margin("top"),
        bottom=margin("bottom"),
        left=margin("left") + gutter,
        right=margin("right"),
        footer=margin("footer", 720.0),
        title_page=_on(found, "titlePg"),
        grid=grid.get("type", "default"),
        pitch=number(grid.get("linePitch")) or 0.0,
        char_space=_signed(number(grid.get("charSpace")) or 0.0),
        begins=found.get("type", {}).get("val", "nextPage"),
        headers={**headers, **_furniture(element, parts, "header")},
        footers={**footers, **_furniture(element, parts, "footer")},
    )


def _signed(value: float) -> float:
    """LibreOffice writes a negative distance as one of 32 bits without a sign."""
    return value - (1 << 32) if value >= 1 << 31 else value


def _on(found: Properties, name: str) -> bool:
    return name in found and is_on(found[name].get("val"))


def _furniture(element: etree._Element, parts: Parts, which: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for reference in element.iterchildren(f"{W}{which}Reference"):
        part = parts.target(reference.get(f"{R}id", ""))
        if part is not None:
            found[reference.get(f"{W}type", "default")] = part
    return found
