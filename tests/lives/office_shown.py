"""What is shown of an office held against what was counted of it, and what the texts of several views name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from office import CLOSED, Sight
from random_year import Count, Entry

NEAR = 10  # days: 选项.临期天数
NUMBER = re.compile(r"市纪驻某\w+〔\d{4}〕\d+号")
CODE = re.compile(r"(?<![A-Za-z0-9])(?:W|ZG|WS|XM|ZC)\d{4}-\d{3}|(?:提醒函|督办函|约谈通知书)-U\d+-\d+")
UNSIGNED = ("未签字", "已失效")


class Difference(NamedTuple):
    """A fact of which the program shows something else than was counted."""

    fact: str
    shown: object
    counted: object


def same(fact: str, shown: object, counted: object) -> Iterator[Difference]:
    """The two must be equal; of sets and mappings only what differs is told."""
    if isinstance(shown, dict) and isinstance(counted, dict):
        for key in sorted({*shown, *counted}, key=str):
            if shown.get(key) != counted.get(key):
                yield Difference(f"{fact} {key}", shown.get(key), counted.get(key))
    elif isinstance(shown, set) and isinstance(counted, set):
        yield from between(fact, shown, counted, counted)
    elif shown != counted:
        yield Difference(fact, shown, counted)


def between(fact: str, shown: set[Any], must: set[Any], may: set[Any]) -> Iterator[Difference]:
    """Everything of `must` is shown, and nothing beside `may`."""
    for missing in sorted(must - shown, key=str):
        yield Difference(fact, "没有列", missing)
    for extra in sorted(shown - may, key=str):
        yield Difference(fact, extra, "不该列")


def period(what: str) -> str:
    """第二期自查情况 → 第二期."""
    found = re.search(r"第.期", what)
    return found[0] if found else what


def sums(sight: Sight, fact: str, units: list[dict[str, Any]]) -> Iterator[Difference]:
    """The table by unit adds up to what there is.

    A common finding stands once with each of its units, and is closed there as soon as that unit's part of it is.
    """
    groups = Count(sight.office.written, sight.year, sight.day).found()
    tables = [_closed_by_unit(sight, groups, heirs=heirs) for heirs in (True, False)]
    for head, sums in (("问题数", {len(table) for table in tables}), ("已销号数", {*map(sum, tables)})):
        shown = sum(int(row[head] or 0) for row in units)
        if shown not in sums:
            yield Difference(f"{fact} {head}合计", shown, sums)


def _closed_by_unit(sight: Sight, groups: Iterable[Iterable[Entry]], *, heirs: bool) -> list[bool]:
    """For each finding in each of its units (or of who took over from them) whether it is closed there."""
    closed: list[bool] = []
    for group in groups:
        states: dict[str, set[str]] = {}
        for each in group:
            unit = (sight.heir(each["单位"]) if heirs else None) or each["单位"]
            states.setdefault(unit, set()).add(sight.state(each["编号"]))
        closed += [found == {CLOSED} for found in states.values()]
    return closed
