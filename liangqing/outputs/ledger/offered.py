"""What the drop-downs of the ledger offer: words of the model, and the names of the year's records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest

from liangqing.data.fields import LEVELS
from liangqing.data.model.duties import UNIT_KINDS
from liangqing.data.model.types import EVERY_UNIT, NOT_CONCERNED
from liangqing.outputs.ledger.columns import Column
from liangqing.outputs.ledger.entered import called, records
from liangqing.year.state.standing import Standing

AFTER_CODE = "　"  # between a 编号 and what it is called
_SHOWN = 24  # signs of what it is called


def _units(at: Standing) -> Iterator[str]:
    return (unit.short_name for unit in at.year.units)


def _bearers(at: Standing) -> Iterator[str]:
    yield from (EVERY_UNIT, *UNIT_KINDS, *_units(at))


def _coded(section: str) -> Callable[[Standing], Iterable[str]]:
    return lambda at: (
        f"{record.code}{AFTER_CODE}{called(at, record, section)[:_SHOWN]}" for record in records(at, section)
    )


_LISTS: Mapping[str, Callable[[Standing], Iterable[str]]] = {
    "单位": _units,
    "责任主体": _bearers,
    "任务": lambda at: (f"{task.code}{AFTER_CODE}{task.task[:_SHOWN]}" for task in at.year.checklist.tasks),
    "期次": lambda at: (period.name for period in at.year.checklist.periods),
    LEVELS: lambda at: (*at.year.options.levels, NOT_CONCERNED),
    **{key: _coded(key) for key in ("检查", "问题", "整改函", "典型案例", "自查", "项目")},
}


class Offered:
    """The lists of all drop-downs, each once: by words, or by what kind of record they name."""

    def __init__(self, at: Standing) -> None:
        self._at = at
        self._lists: list[tuple[str, ...]] = []
        self._places: dict[str | tuple[str, ...], int] = {}

    def where(self, column: Column) -> tuple[int, int] | None:
        """The number of the list (from 0) that a column offers, and how many words it has; None where it offers none."""
        refers = column.field.refers if column.field else ""
        key = column.choices or refers
        if not key:
            return None
        if key not in self._places:
            words = column.choices or tuple(_LISTS[refers](self._at))
            self._places[key] = len(self._lists)
            self._lists.append(words)
        place = self._places[key]
        return (place, len(self._lists[place])) if self._lists[place] else None

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The lists beside one another, row by row, "" below the end of a short one."""
        return zip_longest(*self._lists, fillvalue="")
