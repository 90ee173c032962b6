"""Which font a character is drawn in: its slot, and the name behind it, by itself or through the theme.

`w:rFonts` names up to four fonts, one a slot: ascii, hAnsi (other Latin), eastAsia and cs (Arabic and the like). Word
takes the slot from the character. Each may name a font (`w:eastAsia="仿宋"`) or refer to one of the document's theme
(`w:eastAsiaTheme="minorEastAsia"`), which beats a name in the same element; what stands behind the reference is in
theme1.xml, by script: so a name that is written there may not be what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import A

_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
_THEMES = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SCRIPT_OF_SLOT = {"EastAsia": "ea", "Bidi": "cs", "Ascii": "latin", "HAnsi": "latin"}

_EAST = (
    (0x1100, 0x11FF),
    (0x2E80, 0xD7AF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
# Drawn in the Chinese font only where the run says so (w:hint): quotes, dashes, ellipses, signs.
_UNDECIDED = ((0x2010, 0x2BFF), (0xE000, 0xF8FF))
_UNDECIDED_LATIN = set("¡¤§¨ª­¯°±²³´¶·¸¹º¼½¾¿×÷")


@lru_cache(maxsize=8192)
def slot(character: str, hint: str) -> str:
    """`ascii`, `hAnsi` or `eastAsia` (ECMA-376-1, 17.3.2.26); `hint` is the run's `w:hint`, "" without one."""
    code = ord(character)
    if code < 0x80:
        return "ascii"
    if any(low <= code <= high for low, high in _EAST):
        return "eastAsia"
    undecided = character in _UNDECIDED_LATIN or any(low <= code <= high for low, high in _UNDECIDED)
    return "eastAsia" if undecided and hint == "eastAsia" else "hAnsi"


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
