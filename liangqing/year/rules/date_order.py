"""Dates held against the table of `date_table`: what belongs together is compared, what stands wrong is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity, error, warning
from liangqing.data.model.findings import DualSign, Finding, Letter
from liangqing.data.model.follow_up import Feedback
from liangqing.data.model.inspections import Portrait
from liangqing.data.model.types import ModelRecord, Spot
from liangqing.register import Line, place_of
from liangqing.year.rules.date_table import HAPPENED, ISSUED, OF_YEAR, ORDERS, Order
from liangqing.year.rules.dated_things import Dated, DatedThings
from liangqing.year.rules.derived_dates import DERIVED
from liangqing.year.state.standing import Standing

# What becomes of a row about a paper that is about to go out: its date is still to be chosen.
AT_ISSUE: Mapping[str, Any] = {
    "code": Code.ISSUED_BEFORE_ITS_GROUNDS,
    "severity": Severity.ERROR,
    "advice": "换成文日期；日期录错的，改这条记录",
}

# So many errors against one date are taken to be one mistake, made in that date.
MANY = 4
OF_A_CAUSE = "先核对这个日期，连年份：几处日期都和它对不上；它没有错的，再核对另外的日期"

# A row that is broken, by the date that is to be looked at and the other.
_Broken: TypeAlias = "tuple[Order, Dated, Dated]"

# From a record of the first section the records of the second that belong to it.
Link: TypeAlias = Callable[[Standing, ModelRecord], Iterable[ModelRecord]]


def _inspection(standing: Standing, record: ModelRecord) -> Iterator[ModelRecord]:
    if isinstance(record, Finding | DualSign | Portrait):
        yield standing.year.inspection_by_code[record.inspection]


def _findings(standing: Standing, record: ModelRecord) -> Iterator[ModelRecord]:
    named = record.findings if isinstance(record, DualSign | Letter) else ()
    codes = (record.finding,) if isinstance(record, Feedback) else named
    yield from filter(None, map(standing.year.finding_by_code.get, dict.fromkeys(codes)))


def _letter(standing: Standing, record: ModelRecord) -> Iterator[ModelRecord]:
    if isinstance(record, Feedback):
        yield standing.year.letter_by_code[record.letter]


def _checklist(standing: Standing, record: ModelRecord) -> Iterator[ModelRecord]:
    yield standing.year.checklist


LINKS: Mapping[tuple[str, str], Link] = {
    ("问题", "检查"): _inspection,
    ("双签", "检查"): _inspection,
    ("画像", "检查"): _inspection,
    ("双签", "问题"): _findings,
    ("整改反馈", "问题"): _findings,
    ("整改反馈", "整改函"): _letter,
    ("征求意见", "清单"): _checklist,
}


def _section(thing: str) -> str:
    return thing.partition(".")[0]


def pairs(things: DatedThings, order: Order) -> Iterator[tuple[Dated, Dated]]:
    """What may break a row in a year: each earlier date with each later one that it belongs to.

    Records whose days are in order anyway, the first of the one and the last of the other, are passed over.
    """
    first, last = _section(order.earlier), _section(order.later)
    here, there = (last, first) if first == last or (last, first) in LINKS else (first, last)
    earliest, latest = things.spans(order.earlier), things.spans(order.later)
    if not (earliest and latest):
        return
    for record, _ in things.within(order.later if here == last else order.earlier):
        others = [record] if here == there else LINKS[here, there](things.standing, record)
        for other in others:
            one, two = (other, record) if here == last else (record, other)
            if order.may_be_broken_by(earliest.get(id(one)), latest.get(id(two))):
                yield from _belonging(things, order, one, two)


def _belonging(
    things: DatedThings, order: Order, one: ModelRecord, two: ModelRecord
) -> Iterator[tuple[Dated, Dated]]:
    """The dates of two records, or of one and the same, that belong together."""
    for later in things.of(two, order.later):
        for earlier in things.of(one, order.earlier):
            if one is not two or earlier.beside(later):
                yield earlier, later


def dates_in_order(standing: Standing) -> Iterator[Diagnostic]:
    """Every pair of dates that a row of ORDERS names stands in that order; a warning on what is wrong already is not told."""
    things = DatedThings(standing, DERIVED)
    told: set[Spot | Place] = set()
    found: list[_Broken] = []
    for order in ORDERS:
        for spot, (here, there) in broken(things, order).items():
            if order.severity is Severity.ERROR or spot not in told:
                told.add(spot)
                found.append((order, here, there))
    yield from _each_cause_once(found)


def _each_cause_once(found: list[_Broken]) -> Iterator[Diagnostic]:
    """What breaks the rows: where many errors stand against one date, that date is told, and they are what follows."""
    against: dict[Spot | Place, list[_Broken]] = {}
    for order, here, there in found:
        if order.severity is Severity.ERROR and not there.is_fixed:
            against.setdefault(there.spot, []).append((order, here, there))
    causes = {spot: all_of for spot, all_of in against.items() if len(all_of) >= MANY}
    for order, here, there in found:
        if order.severity is not Severity.ERROR or there.spot not in causes:
            yield _told(order, here, there)
        elif (followers := causes[there.spot]) and followers[0][1] is here:
            first = _told(replace(order, advice=OF_A_CAUSE), there, here)
            yield first.with_more(tuple(follower.place for _, follower, _ in followers[1:]))


def before_its_grounds(standing: Standing, line: Line) -> Iterator[Diagnostic]:
    """What a paper that is about to bear `line` rests on and that is dated after it, where `check` would only warn."""
    things, place = DatedThings(standing, DERIVED), place_of(standing.register, line)
    for order in ORDERS:
        if order.severity is Severity.WARNING and order.later.endswith(ISSUED):
            for here, there in broken(things, order).values():
                if there.spot == place:
                    yield _told(replace(order, **AT_ISSUE), here, there)


def broken(things: DatedThings, order: Order) -> dict[Spot | Place, tuple[Dated, Dated]]:
    """What breaks one row: by its spot each date that is to be looked at, with the first other that it stands against."""
    found: dict[Spot | Place, tuple[Dated, Dated]] = {}
    for earlier, later in pairs(things, order):
        if order.broken_by(earlier, later) and not _is_explained(order, earlier, later):
            here, there = _looked_at(order, earlier, later)
            found.setdefault(here.spot, (here, there))
    return found


def _is_explained(order: Order, *dates: Dated) -> bool:
    """Whether a reason is written beside one of the dates."""
    return order.reason is not None and any(_written_beside(dated, order.reason) for dated in dates)


def _written_beside(dated: Dated, key: str) -> bool:
    if isinstance(dated.spot, Place):
        return False
    node: Any = dated.spot.record.tree
    for step in dated.path[:-1]:
        node = node[step]
    return isinstance(node, dict) and node.get(key) is not None


def _looked_at(order: Order, earlier: Dated, later: Dated) -> tuple[Dated, Dated]:
    """The date that is to be looked at, and the other: never one that stands in the register, which nobody changes."""
    turned = order.looks_at_earlier != (earlier if order.looks_at_earlier else later).is_fixed
    return (earlier, later) if turned else (later, earlier)


def _told(order: Order, here: Dated, there: Dated) -> Diagnostic:
    how = ("晚于" if here.day > there.day else "早于") if here.day != there.day else "不晚于"
    other = there.what if there.owner == here.owner else there.words
    message = f"{here.words}（{here.day}）{how}{other}（{there.day}，{there.place}）"
    say = error if order.severity is Severity.ERROR else warning
    return say(order.code, here.place, message, order.advice)


def dates_in_their_year(standing: Standing) -> Iterator[Diagnostic]:
    """What belongs to the year of its folder is dated in it (OF_YEAR)."""
    things, year = DatedThings(standing, DERIVED), standing.year.year
    for row in OF_YEAR:
        for record, (first, last) in things.within(row.thing):
            if first.year == last.year == year:
                continue
            for dated in things.of(record, row.thing):
                if dated.day.year < year or (row.whole and dated.day.year > year):
                    say = error if row.severity is Severity.ERROR else warning
                    advice = "改日期，或移到对应年度的文件夹" if row.whole else "核对年份；确是如此可不管"
                    code = Code.RECORD_OF_ANOTHER_YEAR if row.whole else Code.DATES_UNLIKELY
                    message = f"{dated.words}是 {dated.day}，却放在 {year} 文件夹里"
                    yield say(code, dated.place, message, advice)


def not_yet(standing: Standing, today: date) -> Iterator[Diagnostic]:
    """What is said to have happened is not dated after today (HAPPENED)."""
    things = DatedThings(standing, DERIVED)
    for thing in HAPPENED:
        for record, (_, last) in things.within(thing):
            for dated in things.of(record, thing) if last > today else ():
                if dated.day > today:
                    yield warning(
                        Code.DATE_NOT_YET_COME,
                        dated.place,
                        f"{dated.words}（{dated.day}）还没有到（今天 {today}），到那天以前都不算",
                        "核对日期和电脑的日期；是计划的，等办了再写",
                    )
