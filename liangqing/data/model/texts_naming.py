"""The texts of a year's records in which a name stands, to be found again within what a paper prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from liangqing.base.find_names import NameFinder
from liangqing.data.model.types import ModelRecord, Waivable
from liangqing.data.yaml.places import Step

# A text of a record: how many others of the year stand before it, and its path in the record.
TextPlace: TypeAlias = tuple[int, tuple[Step, ...]]


@dataclass
class NamingText:
    """A text, in however many records it stands: where it does first in each, and those with 放行, by 门槛."""

    places: dict[ModelRecord, TextPlace] = field(default_factory=dict)
    waiving: dict[str, list[Waivable]] = field(default_factory=dict)

    def first(self) -> tuple[int, ModelRecord, tuple[Step, ...]]:
        """Its place in the year: how many texts stand before it, the first record that has it, and the path there."""
        record, (before, steps) = next(iter(self.places.items()))
        return before, record, steps


class TextsNaming:
    """The texts that hold a name and more than it."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0
        self._passages: dict[str, NamingText] = {}

    def add(self, record: ModelRecord, path: tuple[Step, ...], words: str) -> None:
        """A text of the year, in the order of its records; all are added before one is looked for."""
        self._count += 1
        if says_more(words, self._name):
            passage = self._passages.setdefault(stem(words), NamingText())
            if record not in passage.places:
                passage.places[record] = (self._count, path)
                if isinstance(record, Waivable):
                    for waiver in record.waivers:
                        passage.waiving.setdefault(waiver.gate, []).append(record)

    def within(self, text: str) -> list[NamingText]:
        """Those that stand in `text`, but for the mark at their end."""
        return [self._passages[words] for words in self._finder.all(text)]

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self._passages)


def says_more(words: str, name: str) -> bool:
    """Whether a text that holds a name is more than the name."""
    return len(words) > len(name)


def stem(words: str) -> str:
    """A text as a template may print it: without blanks around it and without the mark at its end."""
    return words.strip().rstrip("。；")
