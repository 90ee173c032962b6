"""A form as lines and tables of cells, in the words that a person sees, whatever program saved it last.

Content controls are told by their tags where they are still there; the cells are the same without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import MC, Package, W, parse_xml
from liangqing.base.wordprocessingml import W14

WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo")
_UNSEEN = (
    *(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "txbxContent")),
    f"{MC}Fallback",
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Signs that Word inserts from a font of symbols (插入, 符号): font and the last two digits of its number → the sign.
_SYMBOLS = {
    ("Wingdings", "FC"): "✓",
    ("Wingdings", "FE"): "☑",
    ("Wingdings", "FD"): "☒",
    ("Wingdings", "A8"): "☐",
    ("Wingdings", "6F"): "☐",
    ("Wingdings 2", "50"): "✓",
    ("Wingdings 2", "52"): "☑",
    ("Wingdings 2", "53"): "☒",
    ("Wingdings 2", "54"): "☒",
    ("Wingdings 2", "A3"): "☐",
}
SEVERAL = "boxes"  # the kind of several ticks in a cell
_KINDS = {f"{W}date": "date", f"{W}dropDownList": "choice", f"{W}comboBox": "choice", f"{W}text": "text"}


@dataclass(frozen=True)
class Control:
    """A content control: `kind` is text, choice, date, tick or boxes; a `fixed` one is the program's to fill.

    `boxes` are several ticks of one tag in a cell, of which one is chosen.

    `hint`: what stands in it is only the placeholder. `ticked` is None in all but a box. `choices` are those of a list.
    """

    tag: str
    name: str
    kind: str
    text: str
    fixed: bool = False
    hint: bool = False
    ticked: bool | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormLine:
    """A paragraph outside tables; `tag` is that of the first control in it, "" where there is none."""

    place: str
    text: str
    tag: str = ""


@dataclass(frozen=True)
class FormCell:
    """A cell: its text, the first control with a tag in it, and the texts before and after that."""

    place: str
    text: str
    control: Control | None = None
    around: tuple[str, str] = ("", "")


Row = tuple[FormCell, ...]
Table = tuple[Row, ...]


@dataclass(frozen=True)
class Form:
    """What stands in the body of a form. `boxes`: texts in text boxes, which belong to no cell."""

    lines: tuple[FormLine, ...]
    tables: tuple[Table, ...]
    boxes: tuple[str, ...] = ()


def read_form(package: Package) -> Form:
    """The body of a Word file. Raises Problems when its XML is broken."""
    root = parse_xml(package.parts[package.main].data, Place(package.name))
    body = root.find(f"{W}body")
    lines: list[FormLine] = []
    tables: list[Table] = []
    for number, block in zip(
        count(1), _children(root if body is None else body, f"{W}p", f"{W}tbl"), strict=False
    ):
        if block.tag == f"{W}tbl":
            for rows, between in _parted(block):
                tables += [_table(rows, f"表{len(tables) + 1}")] if rows else []
                lines += [_line(line, f"表{len(tables)}下面") for line in between if text_of(line)]
        elif text_of(block):
            lines.append(_line(block, f"第{number - len(tables)}段"))
    boxes = (text_of(box) for box in root.iter(f"{W}txbxContent"))
    return Form(tuple(lines), tuple(tables), tuple(text for text in boxes if text.strip()))


def _line(paragraph: etree._Element, place: str) -> FormLine:
    tag = next(filter(None, map(_tag, paragraph.iter(f"{W}sdt"))), "")
    return FormLine(place, text_of(paragraph), tag)


def _parted(table: etree._Element) -> Iterator[tuple[list[etree._Element], list[etree._Element]]]:
    """The tables that a person sees in one: the rows of each, and the paragraphs that stand below it.

    Rows of one cell without edges at its sides are no rows to the eye (template_sources/README.md, 并表).
    """
    rows: list[etree._Element] = []
    for row in _children(table, f"{W}tr"):
        cells = list(_cells(row))
        if len(cells) == 1 and _is_open(cells[0]):
            yield rows, list(_children(cells[0], f"{W}p"))
            rows = []
        else:
            rows.append(row)
    if rows:
        yield rows, []


def _is_open(cell: etree._Element) -> bool:
    edges = (cell.find(f"{W}tcPr/{W}tcBorders/{W}{side}") for side in ("left", "right"))
    return all(edge is not None and edge.get(f"{W}val") in ("nil", "none") for edge in edges)


def _children(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The children of these tags, in order, those in controls and insertions too."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)


def _table(rows: Iterable[etree._Element], name: str) -> Table:
    return tuple(
        tuple(
            _cell(cell, f"{name} 第{row_number}行 第{number}格") for number, cell in enumerate(_cells(row), 1)
        )
        for row_number, row in enumerate(rows, 1)
    )


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, without those that old programs keep behind one that was merged with its neighbours."""
    for cell in _children(row, f"{W}tc"):
        merged = cell.find(f"{W}tcPr/{W}hMerge")
        if merged is None or merged.get(f"{W}val") == "restart":
            yield cell


def _cell(cell: etree._Element, place: str) -> FormCell:
    """A control around the whole cell counts as one in it."""
    within = [cell, *(ancestor for ancestor in cell.iterancestors() if ancestor.tag == f"{W}sdt")]
    controls = [
        *cell.iter(f"{W}sdt"),
        *(around for around in within[1:] if len(list(around.iter(f"{W}tc"))) == 1),
    ]
    element = next((candidate for candidate in controls if _tag(candidate)), None)
    text = text_of(cell)
    if element is None:
        return FormCell(place, text)
    control = _control(element)
    if control.kind == "tick" and sum(_tag(other) == control.tag for other in controls) > 1:
        control = replace(control, kind=SEVERAL, ticked=None)
    before, found, after = text.partition(control.text) if control.text else (text, "", "")
    return FormCell(place, text, control, (before, after) if found else (text, ""))


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


def _control(element: etree._Element) -> Control:
    settings = element.find(f"{W}sdtPr")
    assert settings is not None
    content, alias, lock = (
        element.find(path) for path in (f"{W}sdtContent", f"{W}sdtPr/{W}alias", f"{W}sdtPr/{W}lock")
    )
    box = settings.find(f"{W14}checkbox")
    state = None if box is None else box.find(f"{W14}checked")
    kind = next((_KINDS[str(setting.tag)] for setting in settings if setting.tag in _KINDS), "text")
    return Control(
        tag=_tag(element),
        name="" if alias is None else alias.get(f"{W}val", ""),
        kind=kind if box is None else "tick",
        text="" if content is None else text_of(content),
        fixed=lock is not None and lock.get(f"{W}val") == "sdtContentLocked",
        hint=settings.find(f"{W}showingPlcHdr") is not None,
        ticked=None if box is None else state is not None and state.get(f"{W14}val") in ("1", "true", "on"),
        choices=tuple(
            str(item.get(f"{W}displayText") or item.get(f"{W}value", ""))
            for item in settings.iter(f"{W}listItem")
        ),
    )


def text_of(element: etree._Element) -> str:
    """The text as it is seen: changes that were tracked as accepted, one line a paragraph."""
    pieces: list[str] = []
    _gather(element, pieces)
    return "".join(pieces).removesuffix("\n")


def _gather(element: etree._Element, pieces: list[str]) -> None:
    for child in element:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[str(child.tag)])
        elif child.tag == f"{W}sym":
            symbol = (child.get(f"{W}font", ""), child.get(f"{W}char", "")[-2:].upper())
            pieces.append(_SYMBOLS.get(symbol, ""))
        elif child.tag not in _UNSEEN:
            _gather(child, pieces)
            if child.tag == f"{W}p":
                pieces.append("\n")
