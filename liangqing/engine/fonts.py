"""Fonts of a template: substitution in every part, and whether Chinese text has a Chinese font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import Package, Part, W, packed, parse_xml
from liangqing.base.theme_fonts import Theme
from liangqing.base.word_styles import Properties, Styles, merged, shown_name
from liangqing.base.wordprocessingml import A, value_of
from liangqing.engine.language.tags import OPEN

_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_FACES = tuple(f"{W}{name}" for name in ("ascii", "hAnsi", "eastAsia", "cs"))
_NAMED = (b"rFonts", b"typeface=")  # in text and styles, in charts and drawings
_DRAWN = tuple(
    f"{A}{name}" for name in ("latin", "ea", "cs", "sym", "font")
)  # the last: of a theme, by script


def substitute_fonts(package: Package, fonts: Mapping[str, str]) -> Package:
    """The package with every font name in `fonts` replaced, in text, styles, charts and the font table."""
    if not fonts:
        return package
    parts = {name: _substituted(part, fonts, package.name) for name, part in package.parts.items()}
    return replace(package, parts=parts)


def _substituted(part: Part, fonts: Mapping[str, str], file: str) -> Part:
    names = part.name.endswith("fontTable.xml") or any(attribute in part.data for attribute in _NAMED)
    if not part.name.endswith(".xml") or not names:
        return part
    root = parse_xml(part.data, Place(file, detail=part.name))
    changed = [_rename(element, name, fonts) for element in root.iter(f"{W}rFonts") for name in _FACES]
    changed += [_rename(element, f"{W}name", fonts) for element in root.iter(f"{W}font")]
    changed += [_rename(element, "typeface", fonts) for element in root.iter(*_DRAWN)]
    if not any(changed):
        return part
    return packed(part.name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _rename(element: etree._Element, attribute: str, fonts: Mapping[str, str]) -> bool:
    wanted = fonts.get(element.get(attribute, ""))
    if wanted is None:
        return False
    element.set(attribute, wanted)
    return True


class TemplateStyles:
    """The styles and the theme of a template, asked what the checks need of them; one may be without either part."""

    def __init__(
        self,
        root: etree._Element | None,
        theme: etree._Element | None = None,
        settings: etree._Element | None = None,
    ) -> None:
        self._styles = Styles(root)
        self._theme = Theme(theme, settings)
        self._faces: dict[tuple[object, ...], str] = {}
        self.default = self._styles.default("paragraph")

    def known(self, style: str) -> bool:
        """Whether there is a style of that id."""
        return style in self._styles

    def name(self, style: str) -> str:
        """What a person sees in a Chinese Word for a style's id; the id where the style has no name."""
        return shown_name(self._styles.name(style)) or style

    def chinese_font(self, run: etree._Element, paragraph_style: str, table_style: str = "") -> str:
        """The font of Chinese text in `run`: its own, of its styles, of the document, or behind the theme; "" without one."""
        own = run.find(f"{W}rPr")
        fonts = own.find(f"{W}rFonts") if own is not None else None
        given = tuple(fonts.attrib.items()) if fonts is not None else ()
        key = (value_of(own, "rStyle"), paragraph_style or self.default, table_style, given)
        if key not in self._faces:
            below = self._styles.run_properties(key[1], key[0], table_style)
            self._faces[key] = self._theme.face(merged([own], below).get("rFonts", {}), "eastAsia").name
        return self._faces[key]

    def paragraph(self, paragraph: etree._Element) -> Properties:
        """How a paragraph is set: its own properties over those of its styles."""
        own = paragraph.find(f"{W}pPr")
        below = self._styles.paragraph_properties(value_of(own, "pStyle") or self.default, "")
        return merged([own], below)

    def printing_runs(self, paragraph: etree._Element) -> Iterator[Properties]:
        """How each run of a paragraph that prints something is set."""
        style = value_of(paragraph.find(f"{W}pPr"), "pStyle") or self.default
        for run in paragraph.iter(f"{W}r"):
            if any(text.text for text in run.iterchildren(f"{W}t")):
                own = run.find(f"{W}rPr")
                yield merged([own], self._styles.run_properties(style, value_of(own, "rStyle"), ""))


def chinese_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs that print Chinese text or a value; text boxes have paragraphs of their own."""
    for run in paragraph.iter(f"{W}r"):
        texts = "".join(text.text or "" for text in run.iterchildren(f"{W}t"))
        if (OPEN in texts or _CHINESE.search(texts)) and next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def has_theme_font(run: etree._Element) -> bool:
    """Whether `run` itself takes its Chinese font from the theme."""
    return run.find(f"{W}rPr/{W}rFonts[@{W}eastAsiaTheme]") is not None
