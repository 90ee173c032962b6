"""Templates in Excel: a .xlsx whose cells hold tags is compiled once, then rendered many times.

A cell that is nothing but `{{ a number }}` holds a number afterwards, so that the formulas of the table add it up; any
other tag becomes text, never a formula. Nothing else of the file is touched: formats, merged cells, widths, print
settings, charts stay as they are (ISO/IEC 29500-1, 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, collected, error, refuse
from liangqing.base.docx_zip import (
    OFFICE,
    XML_SPACE,
    Package,
    ZipEntry,
    parse_xml,
    read_package,
    write_package,
)
from liangqing.engine.expressions import Expression, TextTemplate, compile_expression, compile_text
from liangqing.engine.language.near_marks import may_hold_marks
from liangqing.engine.language.shapes import Reads, Record, merge_reads
from liangqing.engine.parts.added_parts import Breaker
from liangqing.engine.parts.environment import Filter
from liangqing.engine.parts.picture_folder import PictureFolder
from liangqing.engine.parts.relations import read_relations, target_part
from liangqing.engine.strip_authors import without_traces
from liangqing.engine.workbook_contents import (
    S,
    contraband,
    forget_results,
    reckoned_anew,
    table_heads,
    whole,
    without_printers,
)

ENDING = ".xlsx"
LONGEST = 32767  # characters in a cell
_UNFIT = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\U00010000-\U0010ffff]")  # what XML can't hold
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RESAVE = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"


@dataclass(frozen=True)
class _Cell:
    """A cell with tags: in which part, where (`B3`), and what it says; `number`: the same as a value where it stands alone."""

    part: str
    reference: str
    place: Place
    text: TextTemplate
    value: Expression | None


class WorkbookTemplate:
    """What `compile_workbook` makes. Pure; pickle takes it along. `reads`, `warnings`: as those of `Template`."""

    warnings: Sequence[Diagnostic] = ()

    def __init__(self, package: Package, cells: Sequence[_Cell]) -> None:
        self.name = package.name
        self.reads: Reads = merge_reads(*(cell.text.reads for cell in cells))
        self._package = package
        self._cells = tuple(cells)

    def render(
        self,
        values: Mapping[str, object],
        *,
        subject: str = "",
        pictures: PictureFolder | None = None,
        breaker: Breaker | None = None,
    ) -> bytes:
        """The bytes of a .xlsx, the same for the same values.

        Excel and WPS reckon the formulas anew when they open it. Raises Problems, with the cell, for a value that is not there
        or that a cell can't hold. `pictures` and `breaker` are for Word alone.
        """
        del pictures, breaker
        changed = {name: self._package.root(name) for name in {cell.part for cell in self._cells}}
        found = {
            name: {cell.get("r", ""): cell for cell in root.iter(f"{S}c")} for name, root in changed.items()
        }
        for cell in self._cells:
            _put(found[cell.part][cell.reference], cell, values)
        parts = {
            **self._package.parts,
            **{name: whole(name, root) for name, root in changed.items()},
        }
        return write_package(ZipEntry(part) for part in parts.values())


def compile_workbook(
    source: Path | bytes, *, name: str, schema: Record | None = None, filters: Mapping[str, Filter]
) -> WorkbookTemplate:
    """Compiles a .xlsx, or the one at a path, which diagnostics call `name`; names are checked against `schema`.

    Raises Problems with every problem of the template: a tag that is wrong or stands outside a cell, and what a table
    must not bring along (macros, links to other files, remarks).
    """
    package = read_package(source, name, any_word=True)
    if package.types.get(package.main) != _MAIN:
        raise refuse(Code.NO_WORKBOOK, Place(name), "这不是普通的 Excel 工作簿（.xlsx）", _RESAVE)
    problems = list(contraband(package))
    cells: list[_Cell] = []
    parts = dict(without_traces(without_printers(package)).parts)
    strings = _shared_strings(package)
    for title, part in _sheets(package):
        root = parse_xml(parts[part].data, Place(name, detail=part))
        heads = table_heads(package, part)
        for cell in root.iter(f"{S}c"):
            text = _text_of(cell, strings)
            if not may_hold_marks(text):
                continue
            place = Place(name, detail=f"{title}!{cell.get('r', '')}")
            with collected(problems):
                made = _compiled(text, place, schema, filters)
                if made is None:
                    continue
                if cell.get("r", "") in heads:
                    raise Problems([_outside(place)])
                cells.append(_Cell(part, cell.get("r", ""), place, *made))
                _empty(cell)
        problems += _strays(root, Place(name, detail=title))
        forget_results(root)
        parts[part] = whole(part, root)
    handled = {part for _, part in _sheets(package)} | set(strings.parts)
    problems += (
        _outside(Place(name, detail=part.name))
        for part in package.parts.values()
        if part.name.endswith((".xml", ".rels"))
        and part.name not in handled
        and _holds_tag(part.data.decode("utf-8", "replace"))
    )
    if problems:
        raise Problems(problems)
    parts[package.main] = reckoned_anew(package)
    return WorkbookTemplate(replace(package, parts=parts), cells)


# ------------------------------------------------------------ filling


def _put(element: etree._Element, cell: _Cell, values: Mapping[str, object]) -> None:
    value = None if cell.value is None else cell.value.evaluate(values)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        element.attrib.pop("t", "")
        etree.SubElement(element, f"{S}v").text = repr(value)
        return
    element.set("t", "inlineStr")
    holder = etree.SubElement(etree.SubElement(element, f"{S}is"), f"{S}t")
    holder.set(XML_SPACE, "preserve")
    holder.text = _fitting(cell.text.render(values), cell.place)


def _fitting(text: str, place: Place) -> str:
    """The text, if a cell can hold it."""
    faults = {
        f"有 {len(text)} 个字，一格最多 {LONGEST} 个": len(text) > LONGEST,
        "里有看不见的控制字符": _UNFIT.search(text) is not None,
    }
    for fault in (fault for fault, found in faults.items() if found):
        raise refuse(Code.WORKBOOK_TEXT_UNFIT, place, f"要填的文字{fault}", "改数据里的这段文字")
    return text


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)


# ------------------------------------------------------------ reading


class _Strings(list[str]):
    """The shared strings, with the part that they stand in."""

    parts: tuple[str, ...] = ()


def _shared_strings(package: Package) -> _Strings:
    found = _Strings()
    for relation in read_relations(package, package.main):
        if relation.kind == f"{OFFICE}/sharedStrings":
            name = target_part(package.main, relation)
            found.extend(_plain(item) for item in package.root(name).iterchildren(f"{S}si"))
            found.parts = (name,)
    return found


def _plain(item: etree._Element) -> str:
    """The text of a string, without the reading that stands above it (rPh)."""
    return "".join(
        text.text or "" for text in item.iter(f"{S}t") if next(text.iterancestors(f"{S}rPh"), None) is None
    )


def _text_of(cell: etree._Element, strings: Sequence[str]) -> str:
    if cell.find(f"{S}f") is not None:
        return ""
    if cell.get("t") == "inlineStr":
        return "".join(_plain(item) for item in cell.iterchildren(f"{S}is"))
    if cell.get("t") != "s":
        return ""
    number = cell.findtext(f"{S}v") or ""
    return strings[int(number)] if number.isdecimal() and int(number) < len(strings) else ""


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Title and part of each worksheet."""
    relations = {relation.id: relation for relation in read_relations(package, package.main)}
    for sheet in package.root(package.main).iter(f"{S}sheet"):
        relation = relations.get(sheet.get(f"{{{OFFICE}}}id", ""))
        if relation is not None and relation.kind == f"{OFFICE}/worksheet":
            part = target_part(package.main, relation)
            if part in package.parts:
                yield sheet.get("name", ""), part


def _compiled(
    text: str, place: Place, schema: Record | None, filters: Mapping[str, Filter]
) -> tuple[TextTemplate, Expression | None] | None:
    """What a text says; None for one that holds no tag."""
    made = compile_text(text, place=place, schema=schema, filters=filters)
    if not made.tags:
        return None
    if made.alone is None:
        return made, None
    return made, compile_expression(made.alone, place=place, schema=schema, filters=filters)


def _strays(sheet: etree._Element, place: Place) -> Iterator[Diagnostic]:
    """Tags of a sheet outside of its cells, as in header and footer, and in formulas."""
    for element in sheet.iter():
        if _holds_tag(element.text or ""):
            cell = next(element.iterancestors(f"{S}c"), None)
            detail = (
                f"{place.detail}!{cell.get('r', '')}"
                if cell is not None
                else f"{place.detail}的页眉、页脚或设置"
            )
            yield _outside(replace(place, detail=detail))


def _outside(place: Place) -> Diagnostic:
    return error(
        Code.WORKBOOK_TAG_ELSEWHERE,
        place,
        "标记没有写在格子里，填不了",
        "标记只能写在格子里，不能写在公式、页眉页脚、图形、工作表名和「套用表格格式」的表头里",
    )


def _holds_tag(text: str) -> bool:
    return "{{" in text or "{%" in text
