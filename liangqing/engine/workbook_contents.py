"""What a workbook holds besides its cells: what must not go out with a table, and what is told anew to Excel."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.docx_zip import OFFICE, Package, Part, packed
from liangqing.engine.admission.listed import is_allowed_address
from liangqing.engine.parts.relations import Relation, read_relations, target_part

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Kinds of relationships that may stay, by the last step of their names; what is not here is not filled by us and could
# bring something along.
_HARMLESS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "worksheet", "sharedStrings", "styles",
    "theme", "calcChain", "drawing", "image", "chart", "chartStyle", "chartColorStyle", "hyperlink", "table",
    "sheetMetadata", "thumbnail",
}  # fmt: skip
_NAMED = {
    "vbaProject": "宏", "externalLink": "到别的工作簿的链接", "connections": "外部数据连接", "oleObject": "嵌入的对象",
    "package": "嵌入的文件", "comments": "批注", "threadedComment": "批注", "pivotTable": "数据透视表",
    "pivotCacheDefinition": "数据透视表", "queryTable": "外部数据查询", "control": "控件", "ctrlProp": "控件",
    "chartsheet": "图表工作表", "dialogsheet": "对话框工作表",
}  # fmt: skip
_PRINTER = "printerSettings"  # names a printer of whoever made the table; left behind
# What stands before calcPr in a workbook (CT_Workbook).
_BEFORE_CALCULATION = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
)  # fmt: skip


def contraband(package: Package) -> Iterator[Diagnostic]:
    """What a workbook must not bring along: macros, links to other files, remarks; anything that is not known to be harmless."""
    for owner, _ in _owners(package):
        for relation in read_relations(package, owner):
            kind = relation.kind.rpartition("/")[2]
            if relation.external and not _is_open_link(relation, kind):
                message = f"表里有到「{relation.target}」的链接"
            elif kind not in _HARMLESS and kind != _PRINTER:
                message = f"表里有{_NAMED.get(kind, f'不认识的内容（{kind}）')}"
            else:
                continue
            advice = "在 Excel 里删去，再存一次；链接只能是网址和邮箱"
            yield error(Code.WORKBOOK_HOLDS_MORE, Place(package.name), message, advice)


def without_printers(package: Package) -> Package:
    """The workbook without what it says of a printer by name."""
    parts = dict(package.parts)
    for owner, name in _owners(package):
        named = [
            relation
            for relation in read_relations(package, owner)
            if relation.kind.rpartition("/")[2] == _PRINTER
        ]
        if not named:
            continue
        gone = {relation.id for relation in named}
        sheet, relations = package.root(owner), package.root(name)
        for setup in sheet.iter(f"{S}pageSetup"):
            setup.attrib.pop(f"{{{OFFICE}}}id", "")
        for child in [child for child in relations if child.get("Id") in gone]:
            relations.remove(child)
        parts |= {owner: whole(owner, sheet), name: whole(name, relations)}
        for relation in named:
            parts.pop(target_part(owner, relation), None)
    return replace(package, parts=parts)


def table_heads(package: Package, part: str) -> set[str]:
    """The cells of a sheet that are the heads of a table: Excel wants them as the table has them."""
    from openpyxl.utils import get_column_letter, range_boundaries

    found: set[str] = set()
    for relation in read_relations(package, part):
        name = target_part(part, relation)
        if relation.kind == f"{OFFICE}/table" and name in package.parts:
            first, top, last, _ = range_boundaries(package.root(name).get("ref", "A1"))
            found |= {f"{get_column_letter(column)}{top}" for column in range(first or 1, (last or 1) + 1)}
    return found


def forget_results(sheet: etree._Element) -> None:
    """Takes out what formulas came to before: an old sum beside new numbers would be read as theirs."""
    for formula in sheet.iter(f"{S}f"):
        cell = formula.getparent()
        result = cell.find(f"{S}v") if cell is not None else None
        if cell is not None and result is not None:
            cell.remove(result)
            cell.attrib.pop("t", "")


def reckoned_anew(package: Package) -> Part:
    """The main part of a workbook that says: all formulas are to be reckoned when it is opened."""
    root = package.root(package.main)
    calculation = root.find(f"{S}calcPr")
    if calculation is None:
        calculation = etree.Element(f"{S}calcPr")
        before = [child for child in root if etree.QName(child).localname in _BEFORE_CALCULATION]
        before[-1].addnext(calculation)
    calculation.set("fullCalcOnLoad", "1")
    return whole(package.main, root)


def whole(name: str, root: etree._Element) -> Part:
    """A part of a package."""
    return packed(name, etree.tostring(root, encoding="UTF-8", standalone=True))


def _owners(package: Package) -> Iterator[tuple[str, str]]:
    """The parts that have relationships, with the part that holds these; "" is the package itself."""
    for name in package.parts:
        folder, file = posixpath.split(name)
        if posixpath.basename(folder) == "_rels" and file.endswith(".rels"):
            yield posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels")), name


def _is_open_link(relation: Relation, kind: str) -> bool:
    return kind == "hyperlink" and is_allowed_address(relation.target)
