"""From a cell of a ledger that a person changed to the places of its record in YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Place, refuse
from liangqing.changes.ledger_workbook import ReturnedLedger
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Step, Tree
from liangqing.outputs.ledger.columns import Column


@dataclass(frozen=True)
class ProposedChange:
    """One value that would change: which, from what to what, in which cell it was given, and where it stands."""

    record_label: str
    head: str
    before: str
    after: str
    cell: Place
    place: Place
    change: Edit

    def record(self) -> dict[str, str]:
        """The same for a script."""
        names = ("记录", "列", "原", "新", "格", "位置")
        values = (self.record_label, self.head, self.before, self.after, str(self.cell), str(self.place))
        return dict(zip(names, values, strict=True))

    def __str__(self) -> str:
        before, after = (f"「{text}」" if text else "（空）" for text in (self.before, self.after))
        return f"{self.record_label} {self.head}：{before} → {after}\n    {self.cell} → {self.place}"


def proposals_of(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[ProposedChange]:
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
            yield _proposal(row, record, column, column.path, before, after or None)


def _proposal(
    row: ReturnedLedger, record: ModelRecord, column: Column, path: tuple[Step, ...], before: str, value: Tree
) -> ProposedChange:
    after = (
        value
        if isinstance(value, str)
        else "，".join(map(str, value.values()))
        if isinstance(value, dict)
        else ""
    )
    change = Edit((*record.written_at, *path), value)
    return ProposedChange(
        record_label=record.label,
        head=column.head,
        before=before,
        after=after,
        cell=row.places[column.head],
        place=record.place(*path),
        change=change,
    )


def _text_at(record: ModelRecord, path: tuple[Step, ...]) -> str:
    node: Any = record.tree
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _list_items(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[ProposedChange]:
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
        yield _proposal(row, record, column, (key, index), before, after)
    fresh = [text for text in given[len(was) :] if text not in now]
    for index, text in enumerate(fresh, start=len(now)):
        yield _proposal(row, record, column, (key, index), "", text)


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _progress(row: ReturnedLedger, record: ModelRecord, column: Column) -> Iterator[ProposedChange]:
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
        yield _proposal(row, record, column, ("进展", len(entries)), "", {"日期": day, "内容": what})
