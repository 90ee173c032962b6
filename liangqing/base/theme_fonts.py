"""The fonts of a document's theme: the name behind `w:eastAsiaTheme="minorEastAsia"`, as Word finds it.

`w:rFonts` names up to four fonts, one a slot: ascii, hAnsi (other Latin), eastAsia and cs (Arabic and the like). Each may name a font
(`w:eastAsia="仿宋"`) or refer to one of the document's theme, which beats a name in the same element; what stands behind
the reference is in theme1.xml: the face of its kind, or where that is empty the one for the script of the document's
East Asian language (`w:themeFontLang` in settings.xml). So a name that is written there may not be what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import A

_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
_THEMES = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SCRIPT_OF_SLOT = {"EastAsia": "ea", "Bidi": "cs", "Ascii": "latin", "HAnsi": "latin"}


@dataclass(frozen=True)
class AppliedFace:
    """A font that is applied; `name` "" is left to Word. `over`: the name that is written there and that the theme beats."""

    name: str
    theme: bool = False
    over: str = ""


class Theme:
    """The fonts of the theme; a document without the part has none."""

    def __init__(self, theme: etree._Element | None, settings: etree._Element | None) -> None:
        language = settings.find(f"{W}themeFontLang") if settings is not None else None
        east = language.get(f"{W}eastAsia", "zh-CN") if language is not None else "zh-CN"
        self._script = _SCRIPTS.get(east, "Hans")
        scheme = theme.find(f"{A}themeElements/{A}fontScheme") if theme is not None else None
        self._fonts = {
            which: scheme.find(f"{A}{which}Font") if scheme is not None else None
            for which in ("major", "minor")
        }

    def name(self, reference: str) -> str:
        """The font behind `minorEastAsia`, `majorHAnsi`, …; "" where the theme has none."""
        which = reference[:5]
        fonts = self._fonts.get(which)
        kind = _SCRIPT_OF_SLOT.get(reference[5:])
        if fonts is None or kind is None:
            return ""
        named = fonts.find(f"{A}{kind}")
        given = named.get("typeface", "") if named is not None else ""
        if given or kind != "ea":
            return given
        by_script = {font.get("script"): font.get("typeface", "") for font in fonts.iterchildren(f"{A}font")}
        return by_script.get(self._script, "")

    def face(self, fonts: dict[str, str], where: str) -> AppliedFace:
        """What merged `w:rFonts` means for a slot; a name "" is left to Word."""
        named, reference = fonts.get(where, ""), fonts.get(_THEMES[where])
        if reference is None:
            return AppliedFace(named)
        return AppliedFace(self.name(reference), True, named)
