"""Names found in texts: all names in one pass over each text, whatever their number (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind


class NameFinder:
    """Finds any of `names` (none of them empty); made once, asked for every text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._longest = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)
        self._all: AhoCorasick | None = None

    def longest(self, text: str) -> list[str]:
        """The names in a text, from its beginning; of names that overlap the first, of these the longest."""
        return self._longest.find_matches_as_strings(text)

    def all(self, text: str) -> set[str]:
        """Every name that stands in a text, also one within another."""
        if self._all is None:
            self._all = AhoCorasick(self._names, matchkind=MatchKind.Standard)
        return set(self._all.find_matches_as_strings(text, overlapping=True))
