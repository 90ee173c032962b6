"""From a cell of a ledger that a person changed to the values of its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import refuse
from liangqing.changes.ledger_workbook import ReturnedLedger
from liangqing.changes.proposed import AlteredValue, Path
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.columns import Column


def proposals_of(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[AlteredValue]:
    """What a changed cell asks of its record: nothing where the record says the same already.

    Raises Problems for what a ledger can't say: fewer items of a list, half an entry of 进展.
    """
    after = row.values[column.head]
    if column.path == ("整改措施", 0):
        yield from _list_items(row, record, column)
    elif column.path[0] == "进展" and row.sheet.name == "问题":
        if column.path[2] == "内容" or not row.values.get("本次进展"):
            yield from _progress(row, record, column)
    else:
        before = _text_at(record, column.path)
        if as_written_by_us(before) != as_written_by_us(after):
            yield _altered(row, record, column, column.path, after or None)


def _altered(
    row: ReturnedLedger, record: ModelRecord, column: Column, path: Path, value: Tree
) -> AlteredValue:
    return AlteredValue(record, path, value, {(): row.places[column.head]}, column.head)


def _text_at(record: ModelRecord, path: Path) -> str:
    node: Any = record.tree
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _list_items(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[AlteredValue]:
    """Lines of a cell against the items of a list: changed ones and further ones, never fewer."""
    key, cell = str(column.path[0]), row.places[column.head]
    tree: Any = record.tree
    written: Any = tree.get(key) or []
    now = [written] if isinstance(written, str) else list(written)
    was, given = _lines_of(row.original.values[column.head]), _lines_of(row.values[column.head])
    if len(given) < len(was):
        message = f"「{column.head}」原来有 {len(was)} 条，现在是 {len(given)} 条：一行一条，台账里不删条目"
        raise refuse(Code.LEDGER_LIST_SHORTER, cell, message, "要删的在 YAML 的记录里删")
    for index, (before, after) in enumerate(zip(was, given, strict=False)):
        if before == after or now[index : index + 1] == [after]:
            continue
        if now[index : index + 1] != [before]:
            message = f"{record.label} 的「{column.head}」第 {index + 1} 条在记录里也改过"
            raise refuse(Code.CHANGED_ON_BOTH_SIDES, cell, message, "重新生成台账再填")
        yield _altered(row, record, column, (key, index), after)
    fresh = [text for text in given[len(was) :] if text not in now]
    for index, text in enumerate(fresh, start=len(now)):
        yield _altered(row, record, column, (key, index), text)


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _progress(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[AlteredValue]:
    """A further entry of 进展, of its two cells; none where that very entry is there already."""
    day, what = row.values.get("本次进展日期", ""), row.values.get("本次进展", "")
    if not day or not what:
        raise refuse(
            Code.PROGRESS_HALF_FILLED,
            row.places[column.head],
            "本次进展的日期和内容要一起填",
            "补上另一格，或两格都清空",
        )
    tree: Any = record.tree
    entries: list[Any] = tree.get("进展") or []
    known = ((as_written_by_us(entry.get("日期") or ""), entry.get("内容")) for entry in entries)
    if (day, what) not in known:
        entry: Tree = {"日期": day, "内容": what}
        yield _altered(row, record, column, ("进展", len(entries)), entry)
