"""What is wrong with the data, by the record, or the entry of one, at which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from liangqing.base.diagnostics import Diagnostic
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Step
from liangqing.year.open_workspace import OpenWorkspace

_Path: TypeAlias = tuple[Step, ...]
_Item: TypeAlias = tuple[str, _Path]  # file, and the path of a record in it
_AN_ENTRY = 2  # steps below a record: the list, and the number of the entry in it


class WrongRecords:
    """Everything that is wrong with the data of an opened workspace, looked through once."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self._opened = opened

    @cached_property
    def _by_item(self) -> Mapping[_Item, list[tuple[_Path, Diagnostic]]]:
        """By file and record (or section that is one), each with the path of the value at which it stands."""
        found: dict[_Item, list[tuple[_Path, Diagnostic]]] = {}
        for problem in self._opened.found:
            source = self._opened.data.sources.get(problem.place.file)
            if source is not None and problem.place.line is not None:
                item = source.item_at(problem.place.line)
                path = source.path_at(problem.place.line, problem.place.column or 0)
                found.setdefault((source.name, item), []).append((path, problem))
        return found

    def of(self, record: ModelRecord, path: _Path = ()) -> tuple[Diagnostic, ...]:
        """What is wrong with a record, or with the entry at `path` below it."""
        told = self._by_item.get((record.written_in.name, record.written_at), ())
        whole = (*record.written_at, *path[:_AN_ENTRY])
        return tuple(problem for at, problem in told if not path or at[: len(whole)] == whole)

    def count(self, section: str, year: int) -> int:
        """How much is wrong in a section of a year, records that could not be read included."""
        return sum(len(told) for _, told in self._in_section(section, year))

    def of_no_record(self, section: str, year: int, records: Iterable[ModelRecord]) -> tuple[Diagnostic, ...]:
        """What is wrong in a section at none of its `records`: what could not be read."""
        known = {(record.written_in.name, record.written_at) for record in records}
        told = (told for item, told in self._in_section(section, year) if item not in known)
        return tuple(problem for some in told for _, problem in some)

    def _in_section(self, section: str, year: int) -> Iterator[tuple[_Item, list[tuple[_Path, Diagnostic]]]]:
        """By record of a section, of the year's files and of those above the years."""
        for (file, path), told in self._by_item.items():
            above_years = file.count("/") == 1
            if path[:1] == (section,) and (above_years or file.split("/")[1] == str(year)):
                yield (file, path), told
