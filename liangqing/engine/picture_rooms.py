"""Where pictures stand: how much room there is, where none can stand, and lines that grow with them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.docx_zip import W
from liangqing.base.wordprocessingml import PARAGRAPH_ORDER
from liangqing.engine.language.tags import Tag, marker

_MM = 1440 / 25.4  # twips
_SHEET = (11906, 16838)  # A4
_MARGINS = {"left": 1588, "right": 1474, "top": 2098, "bottom": 1985}  # where no section says any
_CELL_SIDES = 216  # of a cell, left and right together, where its table names none
_LINE = 700  # a line below the picture, for its caption
_GROWS = ' w:line="240" w:lineRule="auto"'
_PARAGRAPH = re.compile(r"<w:p[ >]")
_FIXED = re.compile(r' w:(?:line|lineRule)="[^"]*"')
_SPACING = re.compile(r"<w:spacing\b([^>]*?)/>")
_AFTER = re.compile(f"<w:(?:{'|'.join(PARAGRAPH_ORDER[PARAGRAPH_ORDER.index('spacing') + 1 :])})\\b|</w:pPr>")
_OPEN, _CLOSE = "<w:pPr>", "</w:pPr>"


def note_rooms(tags: Iterable[Tag]) -> list[Diagnostic]:
    """Tells each tag that may print a picture how large it may be; a problem for each that can't print one where it stands."""
    problems = []
    sections: dict[etree._Element, etree._Element | None] = {}
    for tag in tags:
        if tag.host is None or not (tag.pictured or tag.unknown or tag.typed):
            continue
        tag.room = _room(tag.host, sections)
        if tag.pictured and any(_is_plain(control) for control in tag.host.iterancestors(f"{W}sdt")):
            message = f"「{tag.text}」是图片，放在了“纯文本”的内容控件里"
            advice = "删去这个控件（“开发工具”里），标记直接写在格子里"
            problems.append(error(Code.PICTURE_MISPLACED, tag.place, message, advice))
    return problems


def _is_plain(control: etree._Element) -> bool:
    return control.find(f"{W}sdtPr/{W}text") is not None


def _room(
    paragraph: etree._Element, sections: dict[etree._Element, etree._Element | None]
) -> tuple[float, float]:
    """Width and height in mm, within the cell and the page. `sections`: the end of the section of each block, filled here."""
    section = _section(paragraph, sections)
    sheet, margins = _page(section)
    wide = sheet[0] - margins["left"] - margins["right"]
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is not None:
        wide = min(wide, _cell_width(cell, wide)) - _CELL_SIDES
    indent = paragraph.find(f"{W}pPr/{W}ind")
    wide -= sum(max(_twips(indent, side), 0) for side in ("left", "right", "firstLine"))
    high = sheet[1] - margins["top"] - margins["bottom"] - _LINE
    return max(wide, 100) / _MM, max(high, 100) / _MM


def _section(
    paragraph: etree._Element, sections: dict[etree._Element, etree._Element | None]
) -> etree._Element | None:
    """The end of the section that a paragraph stands in; None in a header or a note."""
    top = paragraph
    while (parent := top.getparent()) is not None and parent.tag != f"{W}body":
        top = parent
    if parent is None:
        return None
    if top not in sections:
        end: etree._Element | None = None
        for block in reversed(parent):
            end = block if block.tag == f"{W}sectPr" else next(block.iterfind(f"{W}pPr/{W}sectPr"), end)
            sections[block] = end
    return sections[top]


def _page(section: etree._Element | None) -> tuple[tuple[int, int], dict[str, int]]:
    size = section.find(f"{W}pgSz") if section is not None else None
    white = section.find(f"{W}pgMar") if section is not None else None
    sheet = (_twips(size, "w") or _SHEET[0], _twips(size, "h") or _SHEET[1])
    return sheet, {
        side: abs(_twips(white, side)) if white is not None else usual for side, usual in _MARGINS.items()
    }


def _cell_width(cell: etree._Element, page: int) -> int:
    """In twips: as the cell says, else an equal share of the row."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is not None and width.get(f"{W}type", "dxa") == "dxa" and _twips(width, "w"):
        return _twips(width, "w")
    row = cell.getparent()
    cells = len(row.findall(f"{W}tc")) if row is not None else 1
    return page // max(cells, 1)


def _twips(element: etree._Element | None, name: str) -> int:
    text = element.get(f"{W}{name}", "") if element is not None else ""
    return int(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else 0


def with_growing_lines(text: str, tags: Iterable[Tag]) -> str:
    """The text of a part in which each paragraph with a picture is as high as that: a fixed line would cut it off."""
    for tag in tags:
        if not tag.pictured:
            continue
        if tag.settings:
            tag.settings = _growing(tag.settings)
        end = text.find(marker(tag.number))
        begins = [found.start() for found in _PARAGRAPH.finditer(text, 0, max(end, 0))]
        if begins:
            start = text.index(">", begins[-1]) + 1
            text = text[:start] + _with_growing_line(text[start:])
    return text


def _with_growing_line(paragraph: str) -> str:
    """What follows the opening of a paragraph."""
    if not paragraph.startswith(_OPEN):
        return f"{_OPEN}<w:spacing{_GROWS}/>{_CLOSE}{paragraph}"
    end = paragraph.index(_CLOSE) + len(_CLOSE)
    return _growing(paragraph[:end]) + paragraph[end:]


def _growing(settings: str) -> str:
    """A w:pPr whose line has no height of its own."""
    head, own_run, tail = settings.partition("<w:rPr>")
    spaced = _SPACING.search(head)
    if spaced is not None:
        head = (
            f"{head[: spaced.start()]}<w:spacing{_FIXED.sub('', spaced[1])}{_GROWS}/>{head[spaced.end() :]}"
        )
        return head + own_run + tail
    after = _AFTER.search(settings)
    at = after.start() if after is not None else len(settings)
    return f"{settings[:at]}<w:spacing{_GROWS}/>{settings[at:]}"
