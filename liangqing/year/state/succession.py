"""Which unit stands for another on a day: the one answer for lists, sums, letters and rules (撤销日期, 承接单位)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from liangqing.data.model.duties import Unit
from liangqing.data.model.year import Year
from liangqing.register import Register

# Under what name the lists by unit show what belongs to units that are gone and that nobody took over from.
NOBODY = Unit.model_validate(
    {"编号": "已撤销单位", "名称": "已撤销单位", "类型": "单位", "负责人": {"职务": "负责人"}}
)


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

    def stands_for(self, unit: Unit, day: date | None = None) -> Unit | None:
        """The unit that stands for a unit on the day (or on `day`): itself until its 撤销日期, then who took over.

        承接单位 is followed over as many steps as were taken by the day. None: it is gone and nobody took over (or,
        in data that `check` refuses, they took over from one another in a circle).
        """
        on = day or self.day
        last = self.last_of(unit, on)
        return None if self._ended(last.code, on) else last

    def last_of(self, unit: Unit, day: date | None = None) -> Unit:
        """The last unit that took over by the day, gone by then or not; of units in a circle the one asked for."""
        passed, last = {unit.code}, unit
        while ended := self._ended(last.code, day or self.day):
            after = next((successor for successor in ended if successor is not None), None)
            if after is None:
                return last
            if after.code in passed:
                return unit
            passed.add(after.code)
            last = self.year.unit_by_code.get(after.code, after)
        return last

    def is_in_force(self, unit: Unit, day: date | None = None) -> bool:
        """Whether a unit exists on the day (or on `day`): founded by then, and not dissolved."""
        on = day or self.day
        return unit.in_force(on) and not self._ended(unit.code, on)

    def units_meant(self, refs: Iterable[str], day: date | None = None) -> tuple[Unit, ...]:
        """The units of the year that a record means on the day (or on `day`), in the order of 单位.

        By 全体单位 or a 类型 it means those in force then; one that is called by its own name is meant in any case.
        """
        words = tuple(refs)
        return tuple(unit for unit in self.year.units_of(words) if self.is_meant(unit, words, day))

    def is_meant(self, unit: Unit, refs: Iterable[str], day: date | None = None) -> bool:
        """Whether a unit that stands among `refs`, by name or in a group, is one of those."""
        return self.is_in_force(unit, day) or any(self.year.unit_by_ref.get(word) == unit for word in refs)

    def followed_by(self, unit: str) -> list[str]:
        """The unit itself and whom it followed over any steps, on whatever day, each by its 编号."""
        if not self._taken_over:
            return [unit]
        found = {unit: None}
        waiting = [unit]
        while waiting:
            code = waiting.pop()
            before = (gone.code for year in self._tellers for gone in year.taken_over_by.get(code, ()))
            new = [one for one in before if one not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    def stood_for(self, unit: Unit) -> list[str]:
        """The units of the year (编号) of which all that is owed stands with a unit on the day.

        These are the unit itself and whom it took over from, as long as nobody took over from it; with NOBODY all that
        are gone and that nobody took over from.
        """
        if unit.code == NOBODY.code:
            return [gone.code for gone in self.year.units if self.stands_for(gone) is None]
        known = (self.year.unit_by_code.get(code) for code in self.followed_by(unit.code))
        return [one.code for one in known if one and self.last_of(one).code == unit.code]

    def _ended(self, unit: str, day: date) -> list[Unit | None]:
        """Who took over from a unit (编号) that is gone by a day, as each year that tells of its end says (None: nobody).

        [] while it goes on.
        """
        return [
            year.unit(told.successor) if told.successor else None
            for year in self._tellers
            if (told := year.dissolved.get(unit)) and told.abolished and told.abolished <= day
        ]

    @cached_property
    def _taken_over(self) -> bool:
        """Whether any unit is taken over by another, on whatever day."""
        return any(year.taken_over_by for year in self._tellers)

    @cached_property
    def _tellers(self) -> tuple[Year, ...]:
        """Who may tell of a unit's end: this year, then later ones from the last on."""
        later = (number for number in sorted(self.years, reverse=True) if number > self.year.year)
        return (self.year, *(self.years[number] for number in later))
