"""What readers and writers of WordprocessingML share: namespaces, the order of properties, cells in wrappers.

WordprocessingML is the XML of a .docx (ECMA-376, part 1). A paragraph `w:p` holds runs `w:r`, a run holds texts `w:t`
in one form. What a paragraph, run, cell or section looks like stands in a property element, its first child: `w:pPr`,
`w:rPr`, `w:tcPr`; that of a section, `w:sectPr`, is the last child of the body or of the `w:pPr` in which the section
ends. Lengths are twips (twentieths of a point, 1440 an inch); but sizes of type (`w:sz`) are half-points, borders
eighths of a point, and what is drawn is measured in EMU (36000 a millimetre, 12700 a point).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from liangqing.base.docx_zip import W

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"  # what Word 2010 added: check boxes, paragraph ids

# The order of the children of w:pPr, w:rPr, w:tcPr and w:sectPr. The schema makes each a sequence, and Word calls a
# file damaged in which they stand in another order (CT_PPr, CT_RPr, CT_TcPr, CT_SectPr).
PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath rPrChange"
).split()
CELL_ORDER = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange"
).split()
SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
).split()

# Elements that may stand between a table and its rows, or a row and its cells, and that do not show: a content
# control (w:sdt) and its content, custom XML, a tracked insertion.
_AROUND = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins")
_OFF = {"0", "false", "off", "none"}


def local(name: object) -> str:
    """A name without its namespace: `{http://…}rPr` → `rPr`."""
    return str(name).rpartition("}")[2]


def is_on(value: str | None) -> bool:
    """Whether a switch that is there is on, by its `w:val`: `<w:b/>`, with none, is (ST_OnOff)."""
    return value is None or value.lower() not in _OFF


def value_of(element: etree._Element | None, path: str) -> str:
    """The `w:val` of the element that `path` leads to from `element`, such as `pPr/pStyle`; "" where it ends early."""
    for step in path.split("/"):
        if element is None:
            return ""
        element = element.find(f"{W}{step}")
    return "" if element is None else element.get(f"{W}val", "")


def rows_or_cells(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows (`w:tr`) of a table or the cells (`w:tc`) of a row, those in content controls and insertions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from rows_or_cells(child, tag)


def properties_of(element: etree._Element, name: str) -> etree._Element:
    """The property element `pPr`, `rPr` or `tcPr` of a paragraph, run or cell; made where there is none."""
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        element.insert(0, found)
    return found


def put(properties: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The property `w:name`; one that is not there yet is made empty, in its place by `order`."""
    found = properties.find(f"{W}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{name}")
    later = {f"{W}{other}" for other in order[order.index(name) + 1 :]}
    place = next((number for number, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(place, made)
    return made
