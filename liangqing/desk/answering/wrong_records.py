"""What is wrong with the data, by the record, or the entry of one, at which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeAlias

from liangqing.base.diagnostics import Diagnostic
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Step
from liangqing.year.open_workspace import OpenWorkspace

_Path: TypeAlias = tuple[Step, ...]
_AN_ENTRY = 2  # steps below a record: the list, and the number of the entry in it


class WrongRecords:
    """Everything that is wrong with the data of an opened workspace, looked through once."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self._opened = opened

    @cached_property
    def _by_item(self) -> Mapping[tuple[str, _Path], list[tuple[_Path, Diagnostic]]]:
        """By file and record (or section that is one), each with the path of the value at which it stands."""
        found: dict[tuple[str, _Path], list[tuple[_Path, Diagnostic]]] = {}
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
        return sum(
            len(told)
            for (file, item), told in self._by_item.items()
            if item[:1] == (section,) and (file.count("/") == 1 or file.split("/")[1] == str(year))
        )
