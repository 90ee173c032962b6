"""The faces that a Word file really sets its text in: run, styles, defaults and theme, each over the next."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import Package, W, parse_xml
from liangqing.base.theme_fonts import Theme
from liangqing.base.word_styles import Styles, merged
from liangqing.base.wordprocessingml import value_of

_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = tuple(
    f"{_WORDPROCESSING}{story}+xml"
    for story in ("document.main", "header", "footer", "footnotes", "endnotes")
)
# Two of the four fonts that a w:rFonts names: for Chinese, and for basic Latin and digits.
CHINESE, LATIN = "eastAsia", "ascii"


def faces(package: Package) -> frozenset[str]:
    """The faces in which text of the document, its headers, footers and notes is set, by their names there.

    Whether a machine has them is not asked. Styles of tables are not looked at.
    """
    styles = Styles(_first_root(package, "word/styles.xml"))
    theme = Theme(_first_root(package, "word/theme/theme"), _first_root(package, "word/settings.xml"))
    found: set[str] = set()
    for run in _runs(package):
        own, paragraph = run.find(f"{W}rPr"), next(run.iterancestors(f"{W}p"), None)
        style = value_of(paragraph, "pPr/pStyle") or styles.default("paragraph")
        below = styles.run_properties(style, value_of(own, "rStyle"), "")
        fonts = merged([own], below).get("rFonts", {})
        for slot in _slots("".join(text.text or "" for text in run.iter(f"{W}t"))):
            face = theme.face(fonts, slot)
            found.add(face.name or face.over)
    return frozenset(found - {""})


def _runs(package: Package) -> Iterator[etree._Element]:
    for name, kind in package.types.items():
        if kind in _STORIES and name in package.parts:
            yield from parse_xml(package.parts[name].data, Place(package.name, detail=name)).iter(f"{W}r")


def _slots(text: str) -> Iterator[str]:
    if any(letter > "\u2000" for letter in text):
        yield CHINESE
    if any("!" <= letter <= "~" for letter in text):
        yield LATIN


def _first_root(package: Package, start: str) -> etree._Element | None:
    """The first part whose name begins with `start`; None without one."""
    part = next((name for name in package.parts if name.startswith(start)), None)
    return None if part is None else package.root(part)
