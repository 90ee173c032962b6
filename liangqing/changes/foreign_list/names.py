"""What columns and values are called in lists that others made: the table 叫法.yaml, and what a user adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from liangqing.data.yaml import places

TABLE = Path(__file__).parent / "叫法.yaml"
NOWHERE = "不带入"
REMARK = "说明"  # a key of any section: stands as a comment above the record
FINDING, PROJECT, INSPECTION, UNIT, LETTER = "问题", "项目", "检查", "单位", "发文"
ENOUGH = 3  # signs that a name has at least to be found at the end of a head
LIKE = 0.8  # likeness from which a head may mean a name

SURE, LIKELY = "叫法", "相像"


@dataclass(frozen=True)
class Meaning:
    """What a head may mean: a key, how sure that is (SURE, LIKELY), and the name that it was told by."""

    key: str
    how: str
    name: str
    doubt: str = ""

    @property
    def why(self) -> str:
        """As a clerk is told."""
        if self.doubt:
            return f"{self.doubt}，请核对"
        if self.name == self.key:
            return "名称相同"
        return "常见的叫法" if self.how == SURE else f"与「{self.name}」相像，请核对"


@lru_cache(
    maxsize=1 << 12
)  # the same heads are looked at for each section, in each row where one could begin
def plain(head: str) -> str:
    """A head as it is looked up: no blanks, no brackets and what is in them, no colon or star."""
    return re.sub(r"[\s:：*＊△▲、，,]", "", re.sub(r"[（(【\[〔].*?[）)】\]〕]", "", head))


@dataclass(frozen=True)
class Vocabulary:
    """The names of keys by section, of 类型 and 整改类别; `own` are those that the user added: section, name, key."""

    own: tuple[tuple[str, str, str], ...] = ()
    _known: dict[str, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _judged: dict[tuple[str, str], Meaning | None] = field(default_factory=dict, compare=False, repr=False)
    _meant: dict[tuple[str, tuple[str, ...]], Meaning | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def _table(self) -> Any:
        return _shipped()

    def sections(self) -> tuple[str, ...]:
        """The sections that a sheet may be of."""
        return tuple(self._table["列"])

    def keys(self, section: str) -> tuple[str, ...]:
        """The keys that a column of a section may have, in their usual order."""
        keys = list(self._table["列"].get(section, ()))
        return (*keys, *([] if REMARK in keys or not keys else [REMARK]))

    def needed(self, section: str) -> list[list[str]]:
        """Groups of keys, of each of which a sheet of the section has one at least."""
        found: list[list[str]] = self._table["要有"][section]
        return found

    def names(self, section: str) -> Mapping[str, str]:
        """By name its key; what the user added goes before what is shipped."""
        if section not in self._known:
            shipped = {
                name: key for key, listed in self._table["列"].get(section, {}).items() for name in listed
            }
            own = {plain(name): key for of, name, key in self.own if of == section}
            self._known[section] = {**shipped, **own}
        return self._known[section]

    def rank(self, section: str, meaning: Meaning) -> int:
        """How early the name stands among those of its key: of two columns the earlier one is meant."""
        listed = self._table["列"].get(section, {}).get(meaning.key, [])
        return listed.index(meaning.name) if meaning.name in listed else 0

    def meaning(self, heads: Sequence[str], section: str) -> Meaning | None:
        """What a column means by the heads over it, from the outer to the inner one; None: nothing that is known.

        The innermost head counts, alone or together with those above it; an outer one alone only where the inner one
        says 姓名 or the like, which every column of persons has.
        """
        over = section, tuple(heads)
        if over not in self._meant:
            self._meant[over] = self._meaning(heads, section)
        return self._meant[over]

    def _meaning(self, heads: Sequence[str], section: str) -> Meaning | None:
        texts = [text for text in dict.fromkeys(map(plain, heads)) if text]
        if not texts:
            return None
        joined, inner = "".join(texts), texts[-1]
        names = self.names(section)
        tried = [joined, *(("".join(texts[-2:]),) if len(texts) > 2 else ()), inner]
        if len(texts) > 1 and inner in self._table["随上"]:
            tried = [joined, texts[-2], inner]
        for text in tried:
            if text in names and not self._clash(texts, names, names[text]):
                return Meaning(names[text], SURE, text, self._table["两可"].get(text, ""))
        if (
            section,
            inner,
        ) not in self._judged:  # a head is tried in many places, and the comparing takes long
            self._judged[section, inner] = self._alike(inner, names)
        found = self._judged[section, inner]
        return None if found is None or self._clash(texts, names, found.key) else found

    def _clash(self, texts: Sequence[str], names: Mapping[str, str], key: str) -> bool:
        """Whether a key can't be meant below the outer heads."""
        return any(key in self._table["上下不合"].get(names.get(outer), ()) for outer in texts[:-1])

    def _alike(self, inner: str, names: Mapping[str, str]) -> Meaning | None:
        """A name at the end of a head (存在的主要问题), else one that is nearly the head."""
        if any(word in inner for word in self._table["不是"]) or inner.endswith("数"):
            return None
        ending = [name for name in names if len(name) >= ENOUGH and inner.endswith(name)]
        if ending:
            name = max(ending, key=len)
            return Meaning(names[name], LIKELY, name)
        if len(inner) <= ENOUGH:
            return None
        possible = (name for name in names if len(name) > ENOUGH and _may_be_like(inner, name))
        near = [(SequenceMatcher(None, inner, name).ratio(), name) for name in possible]
        best = max(near, default=(0.0, ""))
        return Meaning(names[best[1]], LIKELY, best[1]) if best[0] >= LIKE else None

    def inspection_kind(self, text: str) -> str | None:
        """The 类型 of an inspection that a text names; None where it names none, or several."""
        return _one_of(self._table["检查类型"], text)

    def category(self, text: str) -> str | None:
        """The 整改类别 that a text says; None where it says none, or several."""
        return _one_of(self._table["整改类别"], text)


def _may_be_like(inner: str, name: str) -> bool:
    """Whether a head could be as like a name as LIKE, by the signs that both have; comparing in order takes long."""
    least = LIKE * (len(inner) + len(name)) / 2
    return min(len(inner), len(name)) >= least and sum(sign in name for sign in inner) >= least


@lru_cache(maxsize=1)
def _shipped() -> Any:
    return places.load(TABLE, TABLE.name).tree


def _one_of(table: Mapping[str, Iterable[str]], text: str) -> str | None:
    """The one word of a table whose names stand in a text, the longer names first; None for none and for several."""
    rest, found = plain(text), set[str]()
    for name, word in sorted(_pairs(table), key=lambda pair: -len(pair[0])):
        if name in rest:
            found.add(word)
            rest = rest.replace(name, "\n")
    return found.pop() if len(found) == 1 else None


def _pairs(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((name, word) for word, names in table.items() for name in names)
