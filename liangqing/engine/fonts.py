"""Fonts of a template: substitution in every part, and whether Chinese text has a Chinese font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import Package, Part, W, packed, parse_xml
from liangqing.engine.language.tags import OPEN
from liangqing.engine.read_charts import A

_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_FACES = tuple(f"{W}{name}" for name in ("ascii", "hAnsi", "eastAsia", "cs"))
_NAMED = (b"rFonts", b"typeface=")  # in text and styles, in charts and drawings
_DRAWN = tuple(f"{A}{name}" for name in ("latin", "ea", "cs", "sym"))
_THEME = ""  # a font from the theme: counts as not set


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


@dataclass(frozen=True)
class Style:
    """What the checks need of a style. `font`: the eastAsia face, "" from the theme, None when not set."""

    name: str
    based_on: str
    font: str | None


class TemplateStyles:
    """The styles part of a package; empty when it has none."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else list(root.iterchildren(f"{W}style"))
        self.known = {_attribute(style, f"{W}styleId"): _style(style) for style in elements}
        self.default = next(
            (_attribute(style, f"{W}styleId") for style in elements if _is_default(style)), ""
        )
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._fallback = _face(defaults)

    def has_chinese_font(self, run: etree._Element, paragraph_style: str) -> bool:
        """Whether Chinese text in `run` is sure of its font: own, of its styles, or of the document."""
        own = run.find(f"{W}rPr")
        style = own.find(f"{W}rStyle") if own is not None else None
        chain = [_attribute(style, f"{W}val")] if style is not None else []
        levels = [
            _face(own),
            *(self._inherited(style_id) for style_id in (*chain, paragraph_style or self.default)),
        ]
        return bool(next((face for face in (*levels, self._fallback) if face is not None), _THEME))

    def _inherited(self, name: str) -> str | None:
        """The nearest face up a chain of styles; a chain that runs in a circle ends."""
        seen: set[str] = set()
        while name in self.known and name not in seen:
            seen.add(name)
            style = self.known[name]
            if style.font is not None:
                return style.font
            name = style.based_on
        return None


def chinese_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs that print Chinese text or a value; text boxes have paragraphs of their own."""
    for run in paragraph.iter(f"{W}r"):
        texts = "".join(text.text or "" for text in run.iterchildren(f"{W}t"))
        if (OPEN in texts or _CHINESE.search(texts)) and next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def has_theme_font(run: etree._Element) -> bool:
    """Whether `run` itself takes its Chinese font from the theme."""
    return _face(run.find(f"{W}rPr")) == _THEME


def _style(element: etree._Element) -> Style:
    named, based = element.find(f"{W}name"), element.find(f"{W}basedOn")
    name = _attribute(named, f"{W}val") if named is not None else ""
    base = _attribute(based, f"{W}val") if based is not None else ""
    return Style(name, base, _face(element.find(f"{W}rPr")))


def _is_default(element: etree._Element) -> bool:
    return element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on")


def _face(properties: etree._Element | None) -> str | None:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    if fonts.get(f"{W}eastAsiaTheme") is not None:
        return _THEME
    return fonts.get(f"{W}eastAsia")


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(name, "")
