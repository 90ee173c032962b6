"""The inspections that findings come from: as a list tells them, else put together by source, section row and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from liangqing.base.diagnostics import Place
from liangqing.changes.foreign_list.names import Vocabulary
from liangqing.changes.foreign_list.writing import Open, Unsure, Value, YamlEntry
from liangqing.data.model.inspections import INSPECTION_KINDS

APART = timedelta(days=15)  # findings of one source further apart are of two inspections
DAY = "年-月-日"
_FOUND = re.compile(r"(?:中?(?:发现|反馈|查出)的?)?问题$")  # behind the source in a section row
KINDS = " / ".join(INSPECTION_KINDS)


@dataclass
class Sighting:
    """That something was found, as a row tells: by what, in which unit, on which days (None: not told whole)."""

    year: int
    name: str
    source: str
    kind: str | None
    methods: tuple[str, ...]
    unit: str
    days: tuple[date, date] | None
    month: tuple[int, int] | None
    place: Place
    code: str = ""  # of the inspection that it was put into


@dataclass(frozen=True)
class ListedInspection:
    """An inspection that stands in a list of its own."""

    code: str
    name: str
    kind: str | None
    days: tuple[date, date] | None
    units: tuple[str, ...]


@dataclass
class Inspections:
    """Inspections of all years, made of what rows tell."""

    vocabulary: Vocabulary
    listed: list[ListedInspection] = field(default_factory=list)
    entries: dict[int, list[YamlEntry]] = field(default_factory=dict)

    def listed_as(self, name: str, source: str, kind: str | None, unit: str, day: date | None) -> str:
        """The one inspection of the list that a row means: by its name or code, else by kind, day and unit; "" for none."""
        for word in (name, source):
            called = [own for own in self.listed if word and word in (own.name, own.code)]
            if called:
                return called[0].code
        fitting = [
            own
            for own in self.listed
            if day and own.days and own.days[0] <= day <= own.days[1]
            if kind == own.kind and (not own.units or unit in own.units)
        ]
        return fitting[0].code if len(fitting) == 1 and not name else ""

    def settle(self, sightings: Iterable[Sighting]) -> None:
        """Give each sighting its inspection, and make those that no list has."""
        groups: dict[tuple[int, str, str, str], list[Sighting]] = {}
        for sighting in sightings:
            if not sighting.code:
                kind = "" if sighting.name else sighting.kind or ""
                key = (sighting.year, sighting.name, "" if sighting.name else sighting.source, kind)
                groups.setdefault(key, []).append(sighting)
        for group in groups.values():
            parts = [group] if group[0].name else list(_parts(group))
            for number, part in enumerate(parts):
                self._make(part, several=len(parts) > 1, first=number == 0)

    def _make(self, part: list[Sighting], *, several: bool, first: bool) -> None:
        year, days = part[0].year, [sighting.days for sighting in part if sighting.days]
        own = self.entries.setdefault(year, [])
        taken = {str(entry.values["编号"]) for entry in own}
        code = next(c for n in range(1, len(own) + 2) if (c := f"LY{n:02d}") not in taken)
        for sighting in part:
            sighting.code = code
        begins = min((span[0] for span in days), default=None)
        ends = max((span[1] for span in days), default=None)
        values: dict[str, Value] = {
            "编号": code,
            "类型": _kind(part),
            "名称": _name(part, begins if several else None),
            "开始日期": str(begins) if begins else Open(_day_told(part)),
        }
        values |= {"结束日期": str(ends)} if begins != ends else {}
        units = list(dict.fromkeys(sighting.unit for sighting in part if sighting.unit))
        values["单位"] = units or Open("被检查单位的编号")
        methods = list(dict.fromkeys(method for sighting in part for method in sighting.methods))
        values |= {"方式": methods} if methods else {}
        places = [str(sighting.place.detail) for sighting in part]
        told = "、".join(places[:6]) + ("等" if len(places) > 6 else "")
        why = "" if part[0].name else "，按来源和日期归到一次检查，核对"
        own.append(
            YamlEntry(
                values, [f"原表 {part[0].place.file} {told} 的问题所属的检查{why}"], {"": part[0].place}
            )
        )


def _parts(group: list[Sighting]) -> Iterator[list[Sighting]]:
    """The findings of one source by inspection: those near one another in time; one without a day goes with the only
    one of its month, or with the only one that there is, else by itself.
    """
    dated = sorted((s for s in group if s.days), key=lambda sighting: sighting.days or ())
    runs: list[list[Sighting]] = []
    for sighting in dated:
        assert sighting.days is not None
        last = runs[-1][-1].days if runs else None
        if last is not None and sighting.days[0] - last[1] <= APART:
            runs[-1].append(sighting)
        else:
            runs.append([sighting])
    alone: dict[tuple[int, int] | None, list[Sighting]] = {}
    for sighting in group:
        if sighting.days is None:
            near = [run for run in runs if sighting.month is None or sighting.month in _months(run)]
            (near[0] if len(near) == 1 else alone.setdefault(sighting.month, [])).append(sighting)
    yield from runs
    yield from alone.values()


def _months(run: list[Sighting]) -> set[tuple[int, int]]:
    return {(day.year, day.month) for sighting in run if sighting.days for day in sighting.days}


def _kind(part: list[Sighting]) -> Value:
    kinds = {sighting.kind for sighting in part}
    kind = kinds.pop() if len(kinds) == 1 else None
    was = "、".join(dict.fromkeys(sighting.source for sighting in part if sighting.source))
    return kind or Open(KINDS + (f"；原表写的是「{was}」" if was else ""))


def _name(part: list[Sighting], begins: date | None) -> Value:
    first = part[0]
    if first.name:
        return first.name
    word = _FOUND.sub("", first.source) or first.kind or ""
    if not word:
        return Open("检查名称")
    day = f"（{begins.year}年{begins.month}月{begins.day}日起）" if begins else ""
    return Unsure(f"{word}{day}", "原表没有写检查名称，按来源写的")


def _day_told(part: list[Sighting]) -> str:
    months = {sighting.month for sighting in part if sighting.month}
    was = "、".join(f"{year}年{month}月" for year, month in sorted(months))
    return DAY + (f"；原表只写到{was}" if was else "；原表没有写")
