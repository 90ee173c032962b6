"""Two states of the values that a template read: where they differ, and whether a paper would mean something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from liangqing.engine import SubDocumentFile
from liangqing.variables.table import Rows

_HASHED = re.compile(r"[^\n]+\n[0-9a-f]{64}")  # a Word file, as it is kept


class Difference(NamedTuple):
    """Where two values differ, in words; `aside`: it does not touch what the paper means (`beside_meaning`)."""

    words: str
    aside: bool


@dataclass(frozen=True)
class VariableSpot:
    """The variables that a value is read through, and of what; without any, all of it is meant."""

    rows: Rows[Any] = field(default_factory=dict)
    owners: Sequence[Any] = (None,)  # of a list, one an item
    aside: bool = False

    def at(self, name: str) -> VariableSpot:
        """The spot of a variable of the first owner."""
        variable, owner = self.rows.get(name), self.owners[0]
        if variable is None or owner is None:
            return VariableSpot(aside=self.aside)
        under = variable.under(owner) if variable.under else ()
        rows = variable.below.rows if variable.below else {}
        return VariableSpot(rows, under or (None,), self.aside or variable.aside(owner))

    def item(self, index: int) -> VariableSpot:
        """The spot of an item of the list that stands here."""
        return VariableSpot(self.rows, self.owners[index : index + 1] or (None,), self.aside)


def differences(
    then: object, now: object, path: str = "", spot: VariableSpot | None = None
) -> Iterator[Difference]:
    """Where two values differ: 整改函.回复期限 由「…」变为「…」. Another order of the same items is no difference."""
    here = spot or VariableSpot()
    if then == now:
        return
    if isinstance(then, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*then, *now]):
            if then.get(name) != now.get(name):
                below = f"{path}.{name}" if path else name
                yield from differences(then.get(name), now.get(name), below, here.at(name))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, other in _pairs(then, now):
            yield from differences(then[index], now[other], f"{path}第{index + 1}项", here.item(other))
    else:
        changed = f"由「{_shown(then)}」变为「{_shown(now)}」"
        same_file = isinstance(now, SubDocumentFile) and _shown(then) == _shown(now)
        yield Difference(f"{path} {'里的文字改过了' if same_file else changed}", here.aside)


def _pairs(then: list[Any], now: list[Any]) -> list[tuple[int, int]]:
    """The items that are one another, as indexes: none where all are equal in some order; by 编号 where all have one."""
    if sorted(map(_key, then)) == sorted(map(_key, now)):
        return []
    codes, after = (
        {item.get("编号"): index for index, item in enumerate(items) if isinstance(item, dict)}
        for items in (then, now)
    )
    if None not in codes and codes.keys() == after.keys() and len(codes) == len(then):
        return [(index, after[code]) for code, index in codes.items()]
    return [(index, index) for index in range(len(then))]


def _key(item: object) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)}项"
    if isinstance(value, SubDocumentFile) or _HASHED.fullmatch(str(value)):
        return str(value).split("\n")[0]
    return "" if value is None else str(value)
