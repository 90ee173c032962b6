"""Dates as records name them, each with its place: what the table of `date_order` compares.

A thing is called by the section and the keys that lead to it, 问题.销号.申请日期. What no key says (the day on which
a letter went out, the limit that an extension moves) is called likewise and has its reader in `derived_dates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TypeAlias

from pydantic import BaseModel

from liangqing.base.diagnostics import Place
from liangqing.data.model.types import ModelRecord, Spot
from liangqing.data.model.validate import SECTIONS
from liangqing.data.model.year import Year
from liangqing.data.yaml.places import Step
from liangqing.year.state.standing import Standing

FIELDS = {section.key: section for section in SECTIONS}
# Keys that say little without the one above them, and one that is no word.
_TOO_SHORT = frozenset({"日期", "批准日期", "截止日期", "时间"})
_SAID = {"起": "任职起始日期"}


@dataclass(frozen=True)
class Dated:
    """A day on record: `owner` and `what` are words (问题 W2, 核查日期), `spot` is where a person would change it.

    `path` are the keys and indexes below the record, by which dates of one entry of a list belong together. A spot
    that is a Place already is a line of the register, which nobody changes.
    """

    day: date
    owner: str
    what: str
    spot: Spot | Place
    path: tuple[Step, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether it stands in the register."""
        return isinstance(self.spot, Place)

    @property
    def place(self) -> Place:
        return self.spot if isinstance(self.spot, Place) else self.spot.place

    @property
    def words(self) -> str:
        """问题 W2 的核查日期."""
        return f"{self.owner} 的{self.what}" if self.owner[-1:].isascii() else f"{self.owner}的{self.what}"

    def beside(self, other: Dated) -> bool:
        """Whether both are of the same entries of the lists that they share."""
        for step, its in zip(self.path, other.path, strict=False):
            if step != its:
                return not isinstance(step, int)
        return True


# The first and the last of several days.
DaySpan: TypeAlias = tuple[date, date]

# What reads the dates of a thing that no key says, from one record.
Reader: TypeAlias = Callable[[Standing, ModelRecord], Iterable[Dated]]


class DatedThings:
    """The dates of the records of one year as it stands on a day; each thing of a record is read once."""

    def __init__(self, standing: Standing, derived: Mapping[str, Reader]) -> None:
        self.standing, self._derived = standing, derived
        self._read: dict[tuple[ModelRecord, str], tuple[Dated, ...]] = {}
        self._spans: dict[str, Mapping[int, DaySpan]] = {}

    def of(self, record: ModelRecord, thing: str) -> tuple[Dated, ...]:
        """The dates that a record, or what follows from it, has for a thing of its section."""
        known = self._read.get((record, thing))
        if known is None:
            derived = self._derived.get(thing)
            found = written(record, thing) if derived is None else derived(self.standing, record)
            known = self._read[record, thing] = tuple(found)
        return known

    def spans(self, thing: str) -> Mapping[int, DaySpan]:
        """Of each record that has dates for a thing, by its id, the first and the last of them.

        It is what most rows need to know, and costs little: nothing is told of a date but the day.
        """
        known = self._spans.get(thing)
        if known is None:
            found = ((record, days) for record, days in self._days_of(thing) if days)
            known = self._spans[thing] = {id(record): (min(days), max(days)) for record, days in found}
        return known

    def _days_of(self, thing: str) -> Iterator[tuple[ModelRecord, Sequence[date]]]:
        """Each record of its section that may have dates for a thing, with their days."""
        section, *keys = thing.split(".")
        records = records_of(self.standing.year, section)
        if thing in self._derived:
            return ((record, [dated.day for dated in self.of(record, thing)]) for record in records)
        values = map(attrgetter(_fields(FIELDS[section].model)[keys[0]]), records)
        pairs = zip(records, values, strict=True)
        return ((record, _days(value, keys[1:])) for record, value in pairs if value)

    def within(self, thing: str) -> Iterator[tuple[ModelRecord, DaySpan]]:
        """The records of its section that have dates for a thing, in their order, with the first and the last."""
        spans = self.spans(thing)
        for record in records_of(self.standing.year, thing.partition(".")[0]) if spans else ():
            if id(record) in spans:
                yield record, spans[id(record)]


def records_of(year: Year, section: str) -> tuple[ModelRecord, ...]:
    """The records of a section, by its key; of one that is written once, that record where it is there."""
    found = getattr(year, FIELDS[section].field)
    if FIELDS[section].many:
        return tuple(found)
    return () if found is None else (found,)


def written(record: ModelRecord, thing: str) -> Iterator[Dated]:
    """The dates that stand in a record under the keys of a thing; words in their place (每季度) are no dates."""
    _, *keys = thing.split(".")
    yield from _below(record, record, tuple(keys), (), record.label)


def _below(
    record: ModelRecord, node: BaseModel, keys: tuple[str, ...], path: tuple[Step, ...], owner: str
) -> Iterator[Dated]:
    value, path = getattr(node, _fields(type(node))[keys[0]]), (*path, keys[0])
    if isinstance(value, date):
        what = words_of(path[-1:] if owner.endswith("」") else path)
        yield Dated(value, owner, what, Spot(record, path), path)
    elif isinstance(value, BaseModel):
        yield from _below(record, value, keys[1:], path, owner)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            called = owner + _called(keys[0], entry)
            yield from _below(record, entry, keys[1:], (*path, index), called)


def _days(value: object, keys: Sequence[str]) -> Sequence[date]:
    """The days that `written` finds below a value, without their places."""
    if isinstance(value, date):
        return (value,)
    if isinstance(value, BaseModel):
        return _days(getattr(value, _fields(type(value))[keys[0]]), keys[1:])
    return [day for entry in value for day in _days(entry, keys)] if isinstance(value, tuple) else ()


def _called(key: str, entry: object) -> str:
    """任务 R2, for an entry of a list that has a 编号 or a 名称; else ""."""
    code, name = getattr(entry, "code", None), getattr(entry, "name", None)
    if code:
        return f" {key} {code}"
    return f" {key}「{name}」" if name and not hasattr(entry, "since") else ""


def words_of(path: tuple[Step, ...]) -> str:
    """What a person calls the date at a path: 核查日期, and 进展日期 where the key is 日期 alone."""
    keys = [str(step) for step in path if not isinstance(step, int)]
    return "".join(keys[-2:]) if keys[-1] in _TOO_SHORT else _SAID.get(keys[-1], keys[-1])


@cache
def _fields(model: type[BaseModel]) -> dict[str, str]:
    """Key → name of the field."""
    return {field.alias or name: name for name, field in model.model_fields.items()}
