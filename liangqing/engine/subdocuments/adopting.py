"""Text for which nobody chose a look takes that of the paper.

Who types a text into a new Word document and formats nothing gets what Word has by itself, 宋体 or 等线 of 五号, and means
none of it. In such a file (`is_plain`) the text outside of tables whose font and size nobody chose takes those of the place
in the paper; a paragraph of the style 正文 its indents and spacing too. What somebody chose is kept.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.word_styles import Properties, merged
from liangqing.base.wordprocessingml import (
    PARAGRAPH_ORDER,
    RUN_ORDER,
    is_on,
    local,
    properties_of,
    put,
    value_of,
)
from liangqing.engine.subdocuments.carried_styles import under
from liangqing.engine.subdocuments.style_sheet import StyleSheet

Form = tuple[tuple[str, str], ...]  # each property of a run by name, as XML without declarations
_BY_ITSELF = {
    "", "宋体", "SimSun", "等线", "DengXian", "Times New Roman", "Calibri", "Cambria", "Aptos", "Liberation Serif", "新宋体",
}  # fmt: skip
_SIZES = {"", "20", "21", "22", "24"}  # half-points: Word's own, 五号, 11, 小四
_STRESSED = ("b", "i", "u", "color", "caps")
_SPACED = ("spacing", "snapToGrid")
_FACE = ("rFonts", "sz", "szCs")
_HIGH = (f"{W}drawing", f"{W}pict", f"{W}object")
_SHIFTED = ("center", "right", "end", "distribute")
_SPACES = ("　", "  ", "\u2003")
_FULL = f'xmlns:w="{W[1:-1]}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@dataclass(frozen=True)
class Frame:
    """Where a file is put: the `w:pPr` and the run's form of the paragraph that it takes the place of, as XML; `inside`
    says what other than the text itself that stands in, such as 页眉.
    """

    settings: str
    form: Form
    inside: str = ""

    @cached_property
    def paragraph(self) -> etree._Element:
        """The form of the paragraph, without what holds for it alone."""
        found = _parsed(self.settings) if self.settings else etree.Element(f"{W}pPr")
        for name in ("numPr", "pageBreakBefore", "framePr", "rPr", "outlineLvl"):
            for child in found.findall(f"{W}{name}"):
                found.remove(child)
        return found

    @cached_property
    def run(self) -> etree._Element:
        """The form of the run."""
        return _parsed("<w:rPr>" + "".join(xml for name, xml in self.form if name != "fonts") + "</w:rPr>")


def _parsed(xml: str) -> etree._Element:
    """A property element that was written without declarations."""
    element = etree.fromstring(f"<x {_FULL}>{xml}</x>", etree.XMLParser(recover=True))[0]
    return copy.deepcopy(element)


def is_plain(sheet: StyleSheet) -> bool:
    """Whether the style 正文 of a file is as it comes with Word: nobody chose how its text should look."""
    default = sheet.default("paragraph")
    run, settings = (
        sheet.styles.run_properties(default, "", ""),
        sheet.styles.paragraph_properties(default, ""),
    )
    fonts = run.get("rFonts", {})
    return (
        fonts.get("eastAsia", "") in _BY_ITSELF
        and run.get("sz", {}).get("val", "") in _SIZES
        and not any(_said(run.get(name)) for name in _STRESSED)
        and settings.get("jc", {}).get("val", "both") in ("both", "left", "start")
        and not any(value not in ("", "0") for value in settings.get("ind", {}).values())
    )


def _said(attributes: dict[str, str] | None) -> bool:
    value = (attributes or {}).get("val")
    return attributes is not None and value not in ("none", "auto", "000000") and is_on(value)


def adopt(paragraph: etree._Element, frame: Frame, sheet: StyleSheet, paper: StyleSheet) -> bool:
    """Gives a paragraph of a plain file the look of its place where it has none of its own. Whether its style gave way.

    `sheet` has the styles of the file, `paper` those of the paper.
    """
    default = sheet.default("paragraph")
    style = value_of(paragraph.find(f"{W}pPr"), "pStyle")
    levels = [level for level in sheet.styles.chain(style) if level.get(f"{W}styleId") != default]
    if any({"rFonts", "sz"} & _own(level.find(f"{W}rPr")) for level in levels):
        return False
    around = value_of(frame.paragraph, "pStyle") or paper.default("paragraph")
    form = (
        frame.run if not levels else _written(frame.run, _FACE, paper.styles.run_properties(around, "", ""))
    )
    for run in _runs(paragraph):
        _into(properties_of(run, "rPr"), form, RUN_ORDER)
    made = properties_of(paragraph, "pPr")
    _into(put(made, "rPr", PARAGRAPH_ORDER), form, RUN_ORDER)
    place = _written(frame.paragraph, _SPACED, paper.styles.paragraph_properties(around, ""))
    if next(paragraph.iter(*_HIGH), None) is not None:
        _let_grow(place)
        _into(made, _only(place, _SPACED[:1] if not levels else ()), PARAGRAPH_ORDER)
    if levels:
        said = {name for level in levels for name in _own(level.find(f"{W}pPr"))}
        _into(made, _only(place, [name for name in _SPACED if name not in said]), PARAGRAPH_ORDER)
        return False
    named = made.find(f"{W}pStyle")
    if named is not None:
        made.remove(named)
    _into(made, _fitting(frame.paragraph, paragraph), PARAGRAPH_ORDER)
    return True


def _written(own: etree._Element, names: Sequence[str], below: Properties) -> etree._Element:
    """What holds in a place: what it says itself, and those of `names` that its style says."""
    made = copy.deepcopy(own)
    whole = merged([own], below)
    for name in names:
        if name in whole:
            found = put(made, name, PARAGRAPH_ORDER if name in PARAGRAPH_ORDER else RUN_ORDER)
            for key, value in whole[name].items():
                found.set(f"{W}{key}", value)
    return made


def _let_grow(settings: etree._Element) -> None:
    """Lines of a fixed height would cut off a picture."""
    spacing = settings.find(f"{W}spacing")
    if spacing is not None and spacing.get(f"{W}lineRule") == "exact":
        spacing.set(f"{W}lineRule", "atLeast")


def _own(settings: etree._Element | None) -> set[str]:
    return {local(child.tag) for child in settings if child.attrib} if settings is not None else set()


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph itself, those of links too, not those of boxes in it."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _fitting(form: etree._Element, paragraph: etree._Element) -> etree._Element:
    """The form of the place, without an indent of the first line where the paragraph is centred, numbered, or begins with
    spaces, which stand for one.
    """
    own = paragraph.find(f"{W}pPr")
    text = "".join(str(part.text or "") for part in paragraph.iter(f"{W}t"))
    shifted = value_of(own, "jc") in _SHIFTED or value_of(own, "numPr/numId") not in ("", "0")
    made = copy.deepcopy(form)
    if shifted or text.startswith(_SPACES):
        indent = put(made, "ind", PARAGRAPH_ORDER)
        for name in ("hanging", "hangingChars"):
            indent.attrib.pop(f"{W}{name}", "")
        for name in ("firstLine", "firstLineChars"):
            indent.set(f"{W}{name}", "0")
    return made


def _only(form: etree._Element, names: Sequence[str]) -> etree._Element:
    made = etree.Element(str(form.tag))
    made.extend([copy.deepcopy(child) for child in form if local(child.tag) in names])
    return made


def _into(settings: etree._Element, form: etree._Element, order: Sequence[str]) -> None:
    """What the place says, under what is said already."""
    fonts = settings.find(f"{W}rFonts")
    if fonts is not None and set(map(local, fonts.attrib)) <= {"hint"}:
        settings.remove(fonts)
    under(settings, form, order)
