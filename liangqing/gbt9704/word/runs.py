"""The runs of a paragraph as pieces of text in one font each.

A field (a page number, a date) is a run of `w:fldChar` that begins it, runs with its instruction (`w:instrText`), one
that separates, runs with the result as it was when the file was saved, and one that ends it; they may nest. The short
form is `w:fldSimple`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from liangqing.base.docx_zip import MC, W
from liangqing.base.theme_fonts import AppliedFace, Theme
from liangqing.base.word_styles import Properties, Styles, merged
from liangqing.base.wordprocessingml import is_on, local, value_of
from liangqing.gbt9704.word.fonts import slot
from liangqing.gbt9704.word.model import PAGE_BREAK, Piece
from liangqing.gbt9704.word.units import half_points, twips

SIZE = 20.0  # half-points: what Word takes where no size is set
# What may stand around runs or paragraphs without showing: content controls, tracked changes, links, direction.
_AROUND = {
    f"{W}{name}"
    for name in ("sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo")
}
# Tracked changes: what was deleted, and where what was moved came from.
_GONE = {f"{W}{name}" for name in ("del", "moveFrom")}
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def inside(parent: etree._Element) -> Iterator[etree._Element]:
    """Children as they show: through content controls, insertions, links; without what was deleted.

    Of alternative contents the first is taken.
    """
    for child in parent:
        if child.tag == f"{W}sdt":
            for content in child.iterchildren(f"{W}sdtContent"):
                yield from inside(content)
        elif child.tag in _AROUND:
            yield from inside(child)
        elif child.tag == f"{MC}AlternateContent":
            chosen = next(
                (alternative for alternative in child if local(alternative.tag) in ("Choice", "Fallback")),
                None,
            )
            if chosen is not None:
                yield from inside(chosen)
        elif child.tag not in _GONE:
            yield child


class Fields:
    """Where a story stands among its fields: instructions do not show, results do."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def see(self, character: etree._Element) -> str:
        """`w:fldChar`; what shows because of it: a number of a page that was never worked out."""
        kind = character.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].result = True
        elif kind == "end" and self._open:
            text = self.result("")
            self._open.pop()
            return text
        return ""

    def instruct(self, text: str) -> None:
        """`w:instrText`."""
        if self._open:
            self._open[-1].instruction += text

    def result(self, text: str) -> str:
        """What shows of a text: nothing of an instruction; of the number of a page "1", once."""
        if self.name == "PAGE":
            shown, self._open[-1].shown = self._open[-1].shown, True
            return "" if shown else "1"
        return text if all(field.result for field in self._open) else ""

    @property
    def name(self) -> str:
        """The innermost field, such as PAGE; "" outside of fields."""
        words = self._open[-1].instruction.split() if self._open else []
        return words[0].upper() if words else ""


@dataclass
class _Field:
    instruction: str = ""
    result: bool = False
    shown: bool = False


class Runs:
    """Makes pieces of runs, with the styles and the theme of one document."""

    def __init__(self, styles: Styles, theme: Theme) -> None:
        self._styles, self._theme = styles, theme

    def pieces(self, paragraph: etree._Element, style: str, table: str, fields: Fields) -> Iterator[Piece]:
        """The pieces of a paragraph in order. The number of a page is "1", whatever was kept in the file."""
        for child in inside(paragraph):
            if child.tag == f"{W}fldSimple":
                name = (child.get(f"{W}instr", "").split() or [""])[0].upper()
                for run in inside(child):
                    if run.tag == f"{W}r":
                        yield from self._run(run, style, table, fields, name)
            elif child.tag == f"{W}r":
                yield from self._run(child, style, table, fields, "")

    def properties(self, direct: etree._Element | None, style: str, table: str) -> Properties:
        """What is applied to a run, or to the mark of a paragraph, with `direct` as its `w:rPr`."""
        base = self._styles.run_properties(style, value_of(direct, "rStyle"), table)
        if direct is None:
            return base
        return merged([direct], base)

    def face_of(self, found: Properties) -> AppliedFace:
        """The Chinese font of merged properties."""
        return self._theme.face(found.get("rFonts", {}), "eastAsia")

    def _run(
        self, run: etree._Element, style: str, table: str, fields: Fields, field: str
    ) -> Iterator[Piece]:
        text, name = self._text(run, fields, field)
        if not text:
            return
        found = self.properties(run.find(f"{W}rPr"), style, table)
        if "vanish" in found and is_on(found["vanish"].get("val")):
            return
        fonts = found.get("rFonts", {})
        size = half_points(found.get("sz", {}).get("val")) or SIZE
        bold = "b" in found and is_on(found["b"].get("val"))
        colour = found.get("color", {}).get("val", "auto")
        spacing = twips(found.get("spacing", {}).get("val")) or 0.0
        for which, group in groupby(text, lambda character: slot(character, fonts.get("hint", ""))):
            face = self._theme.face(fonts, which)
            yield Piece(
                text="".join(group),
                face=face,
                slot=which,
                size=size,
                bold=bold,
                colour=colour,
                spacing=spacing,
                element=run,
                fonts=fonts,
                field=name,
            )

    def _text(self, run: etree._Element, fields: Fields, simple: str) -> tuple[str, str]:
        """The text of a run, and the field that it is of."""
        found, name = "", simple
        for child in inside(run):
            name = fields.name or name
            if child.tag == f"{W}fldChar":
                found += fields.see(child)
            elif child.tag == f"{W}instrText":
                fields.instruct(child.text or "")
            elif text := shown(child):
                found += fields.result(text)
        return ("1" if simple == "PAGE" else found), name


def shown(child: etree._Element) -> str:
    """What a child of a run shows by itself: its text, a tab, a break; "" for all else."""
    tag = local(child.tag)
    if tag == "t":
        return child.text or ""
    if tag == "br":
        return PAGE_BREAK if child.get(f"{W}type") == "page" else "\n"
    if tag == "sym":
        code = child.get(f"{W}char", "")
        return "□" if code else ""
    return _SIGNS.get(tag, "")


def weight_of(pieces: tuple[Piece, ...]) -> float | None:
    """The size, in half-points, of most of the text; None where there is none."""
    sizes: dict[float, int] = {}
    for piece in pieces:
        sizes[piece.size] = sizes.get(piece.size, 0) + len(piece.text.strip())
    if not sizes or not any(sizes.values()):
        return None
    return max(sizes, key=lambda size: sizes[size])
