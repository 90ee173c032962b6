"""Rules over units that are dissolved: who takes over, what they leave, and that nobody writes to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, gate, warning
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Letter
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.types import ModelRecord, Spot
from liangqing.data.model.year import Year
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import CLOSED, Standing


def succession_ends(standing: Standing) -> Iterator[Diagnostic]:
    """承接单位 leads to a unit that goes on, never back to where it began; a circle is told once.

    A unit that names itself is told when it is read (OWN_REFERENCE).
    """
    told: set[str] = set()
    for unit in standing.year.units:
        chain = _chain(standing.year, unit)
        if chain[-1].successor is None or chain[-1].code in told or unit.code in told:
            continue
        first = standing.year.unit(chain[-1].successor)
        circle = chain[chain.index(first) :]
        told |= {unit.code for unit in chain}
        if len(circle) == 1:
            continue
        names = "→".join(unit.short_name for unit in (*circle, first))
        yield error(
            Code.SUCCESSION_IN_A_CIRCLE,
            circle[-1].place("承接单位"),
            f"「承接单位」绕了一圈：{names}（{first.place('承接单位')}），查不到谁接着负责",
            f"「承接单位」写接手的、还在的单位；{circle[-1].short_name}没有撤销的，删掉它的「承接单位」",
        )


def _chain(year: Year, unit: Unit) -> list[Unit]:
    """A unit and those that took over one from another; the last has no 承接单位, or one that is in the list."""
    chain = [unit]
    while chain[-1].successor is not None and (after := year.unit(chain[-1].successor)) not in chain:
        chain.append(after)
    return chain


def abolished_unit_is_succeeded(standing: Standing) -> Iterator[Diagnostic]:
    """A unit that was dissolved with open findings has a 承接单位, which answers for them (warning)."""
    for unit in standing.year.units if standing.left_by else ():
        left = standing.left_by.get(unit.code, ())
        open_ones = [finding.code for finding in left if standing.state(finding) != CLOSED]
        if open_ones and unit.successor is None:
            message = f"{unit.short_name}已撤销，还有没销号的问题 {'、'.join(open_ones)}，没有承接单位"
            yield warning(Code.ABOLISHED_UNIT_OWES, unit.place("撤销日期"), message, "补上「承接单位」")


def letter_to_a_unit_in_force(standing: Standing) -> Iterator[Diagnostic]:
    """A 整改函 or 文书 goes to no unit that is gone: a gate for a draft, a warning for one that went out and stands."""
    records: tuple[Letter | WrittenPaper, ...] = (*standing.year.letters, *standing.year.papers)
    for record in records:
        line = standing.register.in_use(_kind(record), record.code, standing.year.year)
        if line is None and not standing.register.issued_of(_kind(record), record.code, standing.year.year):
            yield from gone_units(standing, record)
        for spot, unit in _addressed(standing.year, record) if line else ():
            if line and _is_gone(standing, unit, line.issued):
                yield warning(
                    Code.LETTER_SENT_TO_A_UNIT_GONE,
                    spot.place,
                    f"{line.name}（{line.issued}）发给「{unit.short_name}」，到成文日期它已经撤销（{unit.place('撤销日期')}），"
                    + _taken_over(standing.stands_for(unit, line.issued)),
                    f"核对撤销日期；确是发错的，作废 {line.name}，另发给接手的单位",
                )


def gone_units(standing: Standing, record: ModelRecord) -> list[Diagnostic]:
    """What keeps a 整改函 or 文书 from going out on the day: a unit that it names is gone. [] for other records."""
    if not isinstance(record, Letter | WrittenPaper):
        return []
    return [
        gate(
            Code.LETTER_TO_A_UNIT_GONE,
            spot.place,
            f"{_kind(record)} {record.code} 发给「{unit.short_name}」，它已经撤销（{unit.place('撤销日期')}），"
            f"{_taken_over(now := standing.stands_for(unit))}，先不生成",
            f"「单位」改写「{now.short_name}」"
            if now
            else "在它的「承接单位」写上接手的单位，再发给接手的单位",
        )
        for spot, unit in _addressed(standing.year, record)
        if _is_gone(standing, unit, standing.day)
    ]


def _kind(record: Letter | WrittenPaper) -> str:
    return LETTER if isinstance(record, Letter) else record.kind


def _addressed(year: Year, record: Letter | WrittenPaper) -> Iterator[tuple[Spot, Unit]]:
    """The units that a paper names one by one, each with its place in the data."""
    if isinstance(record, Letter):
        yield Spot(record, ("单位",)), year.unit(record.unit)
        return
    for index, ref in enumerate(record.units):
        if ref in year.unit_by_ref:
            yield Spot(record, ("单位", index)), year.unit(ref)


def _is_gone(standing: Standing, unit: Unit, day: date) -> bool:
    now = standing.stands_for(unit, day)
    return now is None or now.code != unit.code


def _taken_over(now: Unit | None) -> str:
    return f"由「{now.short_name}」承接" if now else "没有写承接单位"
