"""The faces that a Word file really sets its text in: run, styles, defaults and theme, each over the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import Package, W, parse_xml

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = tuple(
    f"{_WORDPROCESSING}{story}+xml"
    for story in ("document.main", "header", "footer", "footnotes", "endnotes")
)
CHINESE, LATIN = "eastAsia", "ascii"


@dataclass(frozen=True)
class _Styles:
    """What a style names, by slot, its own and what it is based on; the document's defaults last."""

    fonts: Mapping[str, Mapping[str, str]]
    based_on: Mapping[str, str | None]
    defaults: Mapping[str, str]
    paragraph: str | None  # the default style of paragraphs

    def faces(self, name: str | None, slot: str) -> Iterator[str]:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            if slot in self.fonts.get(name, {}):
                yield self.fonts[name][slot]
            name = self.based_on.get(name)


def faces(package: Package) -> frozenset[str]:
    """The faces in which text of the document, its headers, footers and notes is set."""
    theme = _theme(package)
    styles = _styles(package, theme)
    wanted: set[str] = set()

    @cache
    def resolved(own: tuple[str, ...], run: str | None, paragraph: str | None, slot: str) -> str | None:
        chain = (*own, *styles.faces(run, slot), *styles.faces(paragraph or styles.paragraph, slot))
        return next(iter(chain), styles.defaults.get(slot))

    for name, kind in package.types.items():
        if kind not in _STORIES or name not in package.parts:
            continue
        for run in parse_xml(package.parts[name].data, Place(package.name, detail=name)).iter(f"{W}r"):
            text = "".join(text_element.text or "" for text_element in run.iter(f"{W}t"))
            own = _fonts(run.find(f"{W}rPr"), theme)
            for slot in _slots(text):
                direct = (own[slot],) if slot in own else ()
                face = resolved(direct, _style(run, "rPr/", "rStyle"), _style_of_paragraph(run), slot)
                wanted |= {face} if face else set()
    return frozenset(wanted)


def _slots(text: str) -> Iterator[str]:
    if any(letter > "\u2000" for letter in text):
        yield CHINESE
    if any("!" <= letter <= "~" for letter in text):
        yield LATIN


def _style_of_paragraph(run: etree._Element) -> str | None:
    paragraph = next(run.iterancestors(f"{W}p"), None)
    return None if paragraph is None else _style(paragraph, "pPr/", "pStyle")


def _style(owner: etree._Element, path: str, tag: str) -> str | None:
    found = owner.find(f"{W}{path}{W}{tag}")
    return None if found is None else found.get(f"{W}val")


def _fonts(letters: etree._Element | None, theme: Mapping[str, str]) -> dict[str, str]:
    """What run properties name, by slot; a font of the theme wins over a name, as in Word."""
    named = None if letters is None else letters.find(f"{W}rFonts")
    if named is None:
        return {}
    found: dict[str, str] = {}
    for slot in (CHINESE, LATIN):
        of_theme = theme.get(named.get(f"{W}{slot}Theme", ""))
        face = of_theme or named.get(f"{W}{slot}")
        if face:
            found[slot] = face
    return found


def _styles(package: Package, theme: Mapping[str, str]) -> _Styles:
    part = package.parts.get("word/styles.xml")
    if part is None:
        return _Styles({}, {}, {}, None)
    root = parse_xml(part.data, Place(package.name, detail=part.name))
    fonts, based_on, paragraph = {}, {}, None
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        fonts[name] = _fonts(style.find(f"{W}rPr"), theme)
        base = style.find(f"{W}basedOn")
        based_on[name] = None if base is None else base.get(f"{W}val")
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            paragraph = name
    defaults = _fonts(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), theme)
    return _Styles(fonts, based_on, defaults, paragraph)


def _theme(package: Package) -> dict[str, str]:
    """`minorEastAsia` and its like → face."""
    part = next((part for name, part in package.parts.items() if name.startswith("word/theme/theme")), None)
    if part is None:
        return {}
    root = parse_xml(part.data, Place(package.name, detail=part.name))
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = root.find(f".//{A}{kind}Font")
        if fonts is None:
            continue
        named = {font.tag: font.get("typeface", "") for font in fonts if font.tag in (f"{A}latin", f"{A}ea")}
        hans = next((font.get("typeface", "") for font in fonts if font.get("script") == "Hans"), "")
        found |= {
            f"{kind}{slot}": face
            for slot, face in (
                ("EastAsia", named.get(f"{A}ea") or hans),
                ("Ascii", named.get(f"{A}latin", "")),
                ("HAnsi", named.get(f"{A}latin", "")),
            )
            if face
        }
    return found
