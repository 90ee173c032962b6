"""Units: a light in words, what they owe, and what they said against what was seen, as a radar."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import CONCENTRATED, Inspection
from liangqing.outputs.waiting import OURS, WaitingItem
from liangqing.variables.about import InspectedUnitSubject
from liangqing.variables.breakdowns import closed_of, counted_twice, found_of, rated_of
from liangqing.variables.portrait import Compared, compared
from liangqing.variables.units import UnitOf
from liangqing.year.state.rates import Rated
from liangqing.year.state.standing import CLOSED, OVERDUE, Standing
from liangqing.year.state.succession import NOBODY

RED, YELLOW, GREEN, NONE = "红", "黄", "绿", "无"
WORDS = {RED: "有逾期", YELLOW: "要跟进", GREEN: "正常", NONE: "没有数据"}
RADIUS = 78.0  # of the highest level, in units of the drawing
FEWEST = 3  # axes without which there is no radar


class Axis(NamedTuple):
    """A task on the radar: where its axis ends, where its name stands, and what was said and seen."""

    name: str
    end: tuple[float, float]
    label: tuple[float, float]
    anchor: str
    said: str
    seen: str
    gap: str


class Radar(NamedTuple):
    """Rings of the levels, axes, and the two lines; a line has only the points for which there is data."""

    inspection: str
    rings: list[str]
    axes: list[Axis]
    said: list[tuple[float, float]]
    seen: list[tuple[float, float]]
    said_line: str
    seen_line: str


class RateCells(NamedTuple):
    """整改率, 按期率 and 逾期数 of a unit, or of all."""

    rate: str
    in_time: str
    overdue: int


class Light(NamedTuple):
    """A unit as it stands."""

    name: str
    light: str
    word: str
    why: str
    states: str
    self_checks: int
    periods: int
    inspections: int
    findings: int
    closed: int
    rates: RateCells
    radar: Radar | None


def units(at: Standing, waiting: Iterable[WaitingItem]) -> list[Light]:
    """Every unit in force and who else findings stand under, in the order of 单位.

    已撤销单位 too where only what an earlier year left stands under it.
    """
    owed: dict[str, list[str]] = {}
    for item in waiting:
        for unit in item.units if item.kind not in OURS else ():
            owed.setdefault(unit, []).append(item.kind)
    left = NOBODY.short_name in owed and NOBODY not in at.units_told
    told = (*at.units_told, *([NOBODY] if left else []))
    return [_unit(at, unit, owed.get(unit.short_name, [])) for unit in told]


def _unit(at: Standing, unit: Unit, owed: Sequence[str]) -> Light:
    own = at.answered_by(unit.code)
    states = [at.state(finding) for finding in own]
    checks, inspections = at.accepted_of(unit), at.inspections_of(unit)
    light = _light(owed, any((own, checks, inspections)))
    why = "、".join(f"{kind} {owed.count(kind)}" for kind in dict.fromkeys(owed))
    return Light(
        name=unit.short_name,
        light=light,
        word=WORDS[light],
        why=why or ("没有要跟进的" if light == GREEN else "没有自查、检查和问题"),
        states="|".join(dict.fromkeys(states)),
        self_checks=len(checks),
        periods=len(at.year.checklist.periods),
        inspections=len(inspections),
        findings=found_of(UnitOf(at, unit)),
        closed=closed_of(UnitOf(at, unit)),
        rates=_rates(rated_of(UnitOf(at, unit))),
        radar=_radar(at, unit),
    )


class LightTotal(NamedTuple):
    """The foot of the table: the figures of the year, and why those of the units may be more."""

    findings: int
    closed: int
    rates: RateCells
    note: str


def total(at: Standing) -> LightTotal:
    """What the year has in all, a 共性 finding as one."""
    closed = sum(at.group_state(group) == CLOSED for group in at.counted)
    return LightTotal(len(at.counted), closed, _rates(Rated(at, at.counted)), counted_twice(at))


def _rates(rated: Rated) -> RateCells:
    return RateCells(rated.rate, rated.rate_in_time, rated.overdue)


def _light(owed: Sequence[str], data: bool) -> str:
    if OVERDUE in owed:
        return RED
    if owed:
        return YELLOW
    return GREEN if data else NONE


def _last_seen(at: Standing, unit: Unit) -> Inspection | None:
    """The last inspection by the day that noted how far the unit is with its tasks, a concentrated one first."""
    looked = [inspection for inspection in at.inspections_of(unit) if at.results_in(inspection, unit)]
    return max(
        looked, key=lambda inspection: (inspection.kind == CONCENTRATED, inspection.begins), default=None
    )


def _radar(at: Standing, unit: Unit) -> Radar | None:
    inspection = _last_seen(at, unit)
    if inspection is None:
        return None
    subject = InspectedUnitSubject(at, unit.code, unit.short_name, unit, unit, inspection)
    tasks = [task for task in compared(subject) if task.has_data]
    return _drawn(inspection, tasks) if len(tasks) >= FEWEST else None


def _drawn(inspection: Inspection, tasks: Sequence[Compared]) -> Radar:
    count = len(tasks)
    levels = len(tasks[0].at.year.options.levels) - 1
    said = [_point(n, count, task.height(task.said), levels) for n, task in enumerate(tasks)]
    seen = [_point(n, count, task.height(task.seen), levels) for n, task in enumerate(tasks)]
    rings = [
        _line([_at(n, count, RADIUS * level / levels) for n in range(count)], closed=True)
        for level in range(1, levels + 1)
    ]
    return Radar(
        inspection=f"{inspection.code} {inspection.begins}",
        rings=rings,
        axes=[_axis(n, count, task) for n, task in enumerate(tasks)],
        said=[point for point in said if point],
        seen=[point for point in seen if point],
        said_line=_path(said),
        seen_line=_path(seen),
    )


def _axis(number: int, count: int, task: Compared) -> Axis:
    x, y = _at(number, count, RADIUS + 14)
    anchor = "middle" if abs(x) < 8 else ("start" if x > 0 else "end")
    told = task.said.stated.state if task.said else "未报"
    found = task.seen.stated.state if task.seen else "未查"
    return Axis(
        name=task.task.code,
        end=_at(number, count, RADIUS),
        label=(x, round(y + 4, 1)),
        anchor=anchor,
        said=told,
        seen=found,
        gap=task.gap,
    )


def _at(number: int, count: int, radius: float) -> tuple[float, float]:
    turn = 2 * math.pi * number / count
    return round(radius * math.sin(turn), 1), round(-radius * math.cos(turn), 1)


def _point(number: int, count: int, level: int | None, levels: int) -> tuple[float, float] | None:
    return None if level is None else _at(number, count, RADIUS * level / levels)


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A line from point to point that is broken where there is no data, and closed where there is all of it."""
    if all(points):
        return _line([point for point in points if point], closed=True)
    pieces: list[str] = []
    fresh = True
    for point in [*points, points[0]]:
        if point is None:
            fresh = True
            continue
        pieces.append(f"{'M' if fresh else 'L'}{point[0]} {point[1]}")
        fresh = False
    return " ".join(pieces)


def _line(points: Sequence[tuple[float, float]], *, closed: bool) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points) + (" Z" if closed else "")
