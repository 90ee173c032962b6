"""The styles of one document, made independent of its theme, so that they mean the same in another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.theme_fonts import Theme
from liangqing.base.word_styles import Styles
from liangqing.base.wordprocessingml import value_of

KINDS = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}
_SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
# What a style says of itself to whoever works with it, and not of how text looks.
ASIDE = {f"{W}{name}" for name in (
    "aliases", "link", "next", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "locked",
    "personal", "personalCompose", "personalReply", "rsid",
)}  # fmt: skip


def without_theme(root: etree._Element, theme: Theme) -> None:
    """Writes the name of each font that is taken from the theme, and leaves colours as they were worked out last."""
    for fonts in root.iter(f"{W}rFonts"):
        for slot, themed in _SLOTS.items():
            name = theme.name(str(fonts.attrib.pop(f"{W}{themed}", "")))
            if name:
                fonts.set(f"{W}{slot}", name)
    for element in root.iter(etree.Element):
        for name in [name for name in map(str, element.attrib) if name.startswith(f"{W}theme")]:
            del element.attrib[name]


class StyleSheet:
    """The styles of a document, fonts of the theme named. `root_of` gives a root that is the sheet's own, by the kind of
    part: styles, theme, settings, numbering; None where the document has no such part.
    """

    def __init__(self, root_of: Callable[[str], etree._Element | None]) -> None:
        self.theme = Theme(root_of("theme"), root_of("settings"))
        self.root, self.lists = root_of("styles"), root_of("numbering")
        for root in (self.root, self.lists):
            if root is not None:
                _plain(root)
                without_theme(root, self.theme)
        self.styles = Styles(self.root)
        elements = () if self.root is None else self.root.iterchildren(f"{W}style")
        self.elements = {style.get(f"{W}styleId", ""): style for style in elements}
        self._signatures: dict[str, tuple[str, ...]] = {}

    def kind(self, style: str) -> str:
        """paragraph, character, table or numbering; "" for an id that is none."""
        return self.elements[style].get(f"{W}type", "paragraph") if style in self.elements else ""

    def default(self, kind: str) -> str:
        """The style of what names none; "" without one."""
        return self.styles.default(kind)

    @cached_property
    def defaults(self) -> dict[str, etree._Element]:
        """What holds for all text: `rPr` and `pPr`, empty ones where nothing is said."""
        found = {}
        for name in ("rPr", "pPr"):
            path = f"{W}docDefaults/{W}{name}Default/{W}{name}"
            element = self.root.find(path) if self.root is not None else None
            found[name] = etree.Element(f"{W}{name}") if element is None else element
        return found

    def numbered(self, style: str) -> bool:
        """Whether a style, or one that it rests on, gives its paragraphs a number."""
        return any(value_of(level, "pPr/numPr/numId") not in ("", "0") for level in self.styles.chain(style))

    def signature(self, style: str) -> tuple[str, ...]:
        """What a style and those that it rests on say of how text looks: the same for two that look the same."""
        if style not in self._signatures:
            self._signatures[style] = tuple(_looks(level) for level in self.styles.chain(style))
        return self._signatures[style]


def _plain(root: etree._Element) -> None:
    """Takes out what newer programs add: attributes and elements that others may ignore, and so need not be declared."""
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if not str(element.tag).startswith(W) and parent is not None:
            parent.remove(element)
            continue
        for name in [name for name in map(str, element.attrib) if name.startswith("{") and W not in name]:
            del element.attrib[name]


def _looks(style: etree._Element) -> str:
    said = [
        etree.tostring(child, method="c14n").decode()
        for child in style
        if child.tag not in ASIDE | {f"{W}basedOn"}
    ]
    return "".join((style.get(f"{W}type", "paragraph"), *sorted(said)))
