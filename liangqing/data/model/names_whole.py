"""The names of a year that a title should not be broken in."""

from __future__ import annotations

from collections.abc import Iterable

from liangqing.base.find_names import NameFinder
from liangqing.base.title_lines import title_breaks, width


class NamesWhole:
    """`names` never break where a line has room for them, `phrases` (what an inspection or a case is called) rather not."""

    def __init__(self, names: Iterable[str], phrases: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._finder = NameFinder(filter(None, (*self._names, *phrases)))

    def within(self, text: str) -> list[str]:
        """Those that stand in a text, in the order of their signs."""
        return sorted(self._finder.all(text))

    def breaks(self, text: str, room: float) -> tuple[int, ...]:
        """Where a title breaks whose lines have room for so many signs; see title_breaks."""
        if width(text) <= room:
            return ()
        found = self.within(text)
        phrases = [name for name in found if name not in self._names]
        return title_breaks(text, room, self._names.intersection(found), phrases)
