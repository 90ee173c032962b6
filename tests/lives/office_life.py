"""An office, its clerk, the day and the dice: what every act of a random life is done with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from office import Office, Sight
from office_clerk import Clerk
from random_year import Entry, in_force

T = TypeVar("T")
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑"  # by which units are told apart


class Life:
    """An office, its clerk, the day, and the dice."""

    def __init__(self, office: Office, clerk: Clerk, rng: Random) -> None:
        self.office, self.clerk, self.rng = office, clerk, rng
        self.count = 0  # of records made by now, for their 编号

    @property
    def today(self) -> date:
        return self.clerk.today

    @property
    def year(self) -> int:
        """The latest year that has a folder: where new records are written."""
        return max(self.office.years)

    @property
    def sections(self) -> Entry:
        return self.office.years[self.year]

    @property
    def sight(self) -> Sight:
        return Sight(self.office, self.year, self.today)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, some: Iterable[T]) -> T | None:
        listed = list(some)
        return self.rng.choice(listed) if listed else None

    def some(self, listed: Sequence[T], most: int) -> list[T]:
        return self.rng.sample(listed, self.rng.randint(1, min(most, len(listed))))

    def code(self, head: str) -> str:
        self.count += 1
        return f"{head}{self.year}-{self.count:03}"

    def later(self, least: int, most: int) -> date:
        return self.today + timedelta(self.rng.randint(least, most))

    def named(self, year: int) -> list[str]:
        """The units that the folder of a year knows."""
        return [unit["编号"] for unit in self.office.years[year]["单位"]]

    def units(self) -> list[str]:
        """The units in force today."""
        return [unit["编号"] for unit in self.sections["单位"] if in_force(unit, self.today)]


def new_unit(number: int) -> Entry:
    sign = SIGNS[number - 1]
    names = {"编号": f"U{number}", "名称": f"示例市{sign}站党支部", "简称": f"{sign}站党支部"}
    return {**names, "称谓": "你支部", "类型": "党支部", "负责人": {"姓名": "乙某某", "职务": "党支部书记"}}
