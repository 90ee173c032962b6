"""A workbook to bytes that are the same for the same content: no time of day, no name of a machine."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any, Literal

from lxml import etree
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import ZipEntry, packed, parse_xml, write_package

PROPERTIES, STYLES = "docProps/core.xml", "xl/styles.xml"
# The order in which the schema has what a font is made of (ECMA-376-1 18.8.22); openpyxl has its own.
_FONT = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()

A3, A4 = 8, 9  # ST_PaperSize
FACE, HEAD_COLOUR = "宋体", "E7E6E6"


def set_up_page(
    sheet: Worksheet,
    title: str | None,
    orientation: Literal["portrait", "landscape"],
    *,
    paper: int,
    wide: int,
    high: int,
) -> None:
    """A page made to fit on `wide` by `high` sheets of paper (0: as many as it takes), numbered at the foot.

    `title` is printed at the head of every page.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(
        left=0.4, right=0.4, top=0.8, bottom=0.7, header=0.4, footer=0.35
    )  # inches
    head, foot = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
    assert head is not None and foot is not None
    head.left.text, head.left.size = title, 14
    foot.center.text = "第 &P 页　共 &N 页"


def sealed(book: Workbook, day: date) -> bytes:
    """The workbook as it is saved, its parts in their order, dated `day`."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    noon = datetime.combine(day, time())
    told = DocumentProperties(creator=None, created=noon, modified=noon)
    tree: Any = told.to_tree()
    parts[PROPERTIES] = etree.tostring(tree)
    parts[STYLES] = _ordered(parts[STYLES])
    return write_package(ZipEntry(packed(name, data)) for name, data in parts.items())


def _ordered(styles: bytes) -> bytes:
    """Styles whose fonts are as the schema wants them."""
    root = parse_xml(styles, Place(STYLES))
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda element: _FONT.index(etree.QName(element).localname))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
