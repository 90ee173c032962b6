"""Units: a light in words, what they owe, and what they said against what was seen, as a radar."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import CONCENTRATED, Inspection
from liangqing.outputs.waiting import OURS, WaitingItem
from liangqing.variables.about import InspectedUnitSubject
from liangqing.variables.portrait import Compared, compared
from liangqing.year.state.standing import CLOSED, OVERDUE, Standing

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
    radar: Radar | None


def units(at: Standing, waiting: Iterable[WaitingItem]) -> list[Light]:
    """Every unit in force, in the order of 单位."""
    owed: dict[str, list[str]] = {}
    for each in waiting:
        if each.kind not in OURS:
            owed.setdefault(each.unit, []).append(each.kind)
    return [_unit(at, unit, owed.get(unit.short_name, [])) for unit in at.year.units if unit.in_force(at.day)]


def _unit(at: Standing, unit: Unit, owed: Sequence[str]) -> Light:
    own = at.found_in.get(("", unit.code), ())
    states = [at.state(each) for each in own]
    checks, inspections = at.accepted_of.get(unit.code, ()), at.inspections_of.get(unit.code, ())
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
        findings=len(own),
        closed=states.count(CLOSED),
        radar=_radar(at, unit),
    )


def _light(owed: Sequence[str], data: bool) -> str:
    if OVERDUE in owed:
        return RED
    if owed:
        return YELLOW
    return GREEN if data else NONE


def _last_seen(at: Standing, unit: Unit) -> Inspection | None:
    """The last inspection by the day that noted how far the unit is with its tasks, a concentrated one first."""
    looked = [
        each
        for each in at.inspections_of.get(unit.code, ())
        if any(at.year.unit(found.unit) == unit for found in each.results)
    ]
    return max(looked, key=lambda each: (each.kind == CONCENTRATED, each.begins), default=None)


def _radar(at: Standing, unit: Unit) -> Radar | None:
    inspection = _last_seen(at, unit)
    if inspection is None:
        return None
    subject = InspectedUnitSubject(at, unit.code, unit.short_name, unit, unit, inspection)
    tasks = [each for each in compared(subject) if each.has_data]
    return _drawn(inspection, tasks) if len(tasks) >= FEWEST else None


def _drawn(inspection: Inspection, tasks: Sequence[Compared]) -> Radar:
    count = len(tasks)
    levels = len(tasks[0].at.year.options.levels) - 1
    said = [_point(n, count, each.height(each.said), levels) for n, each in enumerate(tasks)]
    seen = [_point(n, count, each.height(each.seen), levels) for n, each in enumerate(tasks)]
    rings = [
        _line([_at(n, count, RADIUS * level / levels) for n in range(count)], closed=True)
        for level in range(1, levels + 1)
    ]
    return Radar(
        inspection=f"{inspection.code} {inspection.begins}",
        rings=rings,
        axes=[_axis(n, count, each) for n, each in enumerate(tasks)],
        said=[each for each in said if each],
        seen=[each for each in seen if each],
        said_line=_path(said),
        seen_line=_path(seen),
    )


def _axis(number: int, count: int, each: Compared) -> Axis:
    x, y = _at(number, count, RADIUS + 14)
    anchor = "middle" if abs(x) < 8 else ("start" if x > 0 else "end")
    told = each.said.stated.state if each.said else "未报"
    found = each.seen.stated.state if each.seen else "未查"
    return Axis(
        each.task.code, _at(number, count, RADIUS), (x, round(y + 4, 1)), anchor, told, found, each.gap
    )


def _at(number: int, count: int, radius: float) -> tuple[float, float]:
    turn = 2 * math.pi * number / count
    return round(radius * math.sin(turn), 1), round(-radius * math.cos(turn), 1)


def _point(number: int, count: int, level: int | None, levels: int) -> tuple[float, float] | None:
    return None if level is None else _at(number, count, RADIUS * level / levels)


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A line from point to point that is broken where there is no data, and closed where there is all of it."""
    if all(points):
        return _line([each for each in points if each], closed=True)
    pieces: list[str] = []
    fresh = True
    for each in [*points, points[0]]:
        if each is None:
            fresh = True
            continue
        pieces.append(f"{'M' if fresh else 'L'}{each[0]} {each[1]}")
        fresh = False
    return " ".join(pieces)


def _line(points: Sequence[tuple[float, float]], *, closed: bool) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points) + (" Z" if closed else "")
