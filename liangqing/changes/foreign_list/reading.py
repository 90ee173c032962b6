"""A workbook of others → the files of a new year; a sheet that is no table of ours is kept and told, cell by cell."""

from __future__ import annotations

from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.changes.foreign_list.records import ImportedList, ListBuilder
from liangqing.changes.foreign_list.tables import ListCell, ListTable, table_of
from liangqing.changes.ledger_workbook import open_book


def read_foreign_list(path: Path, year: int) -> ImportedList:
    """Read a workbook; raises Problems for one that can't be read or has no list of findings in it."""
    book = open_book(path, path.name)
    imported, tables = ImportedList(), []
    for page in book.worksheets:
        table = table_of(page)
        if table is None:
            imported.placed.append(f"{page.title}：没有认出表头，整张表没有带入")
            imported.unplaced += [
                ListCell(cell.value, f"{page.title}!{cell.coordinate}", "")
                for row in page.iter_rows()
                for cell in row
                if cell.value is not None and page.sheet_state == "visible"
            ]
        else:
            tables.append(table)
            imported.placed.append(_how(table))
    if not any(table.section == "问题" for table in tables):
        advice = "问题台账至少要有“单位”和“问题描述”（或“问题名称”）两列，列名见 docs/使用手册/台账和总览.md"
        raise refuse(Code.NO_LIST_OF_FINDINGS, Place(path.name), "没有认出问题台账", advice)
    ListBuilder(imported, year).build(tables)
    return imported


def _how(table: ListTable) -> str:
    taken = "、".join(
        f"{table.heads[column]}→{key}" if table.heads[column] != key else key
        for column, key in table.keys.items()
    )
    return f"{table.sheet}：{len(table.rows)} 行，作为「{table.section}」；{taken}"
