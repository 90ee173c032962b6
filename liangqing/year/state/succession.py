"""Which unit stands for another on a day: the one answer for lists, sums, letters and rules (撤销日期, 承接单位)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from liangqing.data.model.duties import Unit
from liangqing.data.model.year import Year
from liangqing.register import Register

GONE = "已撤销单位"  # under what name the lists by unit tell of units that nobody took over


class _End(NamedTuple):
    """From when on a unit is gone, and who took over (None: nobody)."""

    day: date
    successor: Unit | None


@dataclass(frozen=True)
class UnitsOnDay:
    """A year at the end of a day, with the register and the years beside it, and its units as they are then.

    A unit is the same over the years by its 编号: its end may be told by its own year or by a later one, in whose
    单位 a person writes it. The successor's record is that of the own year, or of the later one where only that has it.
    """

    year: Year
    register: Register
    day: date
    years: Mapping[int, Year] = field(default_factory=dict)

    def stands_for(self, unit: Unit) -> Unit | None:
        """The unit that stands for a unit on the day: itself until its 撤销日期, from that day on who took over.

        承接单位 is followed over as many steps as were taken by the day. None: it is gone and nobody took over (or,
        in data that `check` refuses, they took over from one another in a circle).
        """
        passed: set[str] = set()
        while (end := self._end_of(unit.code)) is not None and end.day <= self.day:
            passed.add(unit.code)
            if end.successor is None or end.successor.code in passed:
                return None
            unit = self.year.unit_by_code.get(end.successor.code, end.successor)
        return unit

    def is_in_force(self, unit: Unit) -> bool:
        """Whether a unit exists on the day: founded by then, and not dissolved."""
        end = self._end_of(unit.code)
        return unit.in_force(self.day) and (end is None or self.day < end.day)

    def followed_by(self, unit: str) -> list[str]:
        """The unit itself and whom it followed over any steps, on whatever day, each by its 编号."""
        found = {unit: None}
        waiting = [unit]
        while waiting:
            code = waiting.pop()
            before = (gone.code for year in self._tellers for gone in year.taken_over_by.get(code, ()))
            new = [one for one in before if one not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    def _end_of(self, unit: str) -> _End | None:
        """The end of a unit (编号): as its own year tells it, else the last that does; who took over, as any tells."""
        known = ((year, year.unit_by_code.get(unit)) for year in self._tellers)
        ends = [
            _End(told.abolished, year.unit(told.successor) if told.successor else None)
            for year, told in known
            if told is not None and told.abolished is not None
        ]
        return next((end for end in ends if end.successor is not None), next(iter(ends), None))

    @cached_property
    def _tellers(self) -> tuple[Year, ...]:
        """Who may tell of a unit's end: this year, then the others from the last on."""
        others = (self.years[number] for number in sorted(self.years, reverse=True))
        return (self.year, *(year for year in others if year.year != self.year.year))
