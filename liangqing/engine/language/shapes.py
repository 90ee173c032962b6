"""Shapes: what a caller says about its variables, and what a template was found to read.

`optional`: the value may be None. A template may then ask whether it is there, and print it only with something
else to print, as in `{{ 文号 or '草稿' }}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """Prints as text; a new line becomes a line break, a tab a tab.

    `instead`: the name of what can be printed where an optional text is not there, for the advice.
    """

    optional: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Number:
    """An int or a float; prints as digits."""

    optional: bool = False


@dataclass(frozen=True)
class Flag:
    """A bool: may be tested, never printed."""


@dataclass(frozen=True)
class Image:
    """A `Picture`."""

    optional: bool = False


@dataclass(frozen=True)
class Inset:
    """A `SubDocument` or a `SubDocumentFile`; prints with `{{p }}` alone."""

    optional: bool = False


@dataclass(frozen=True)
class RichText:
    """A text, a `Rich`, a `Run` or a `Link`; with `{{p }}`, `Paragraphs` too."""

    optional: bool = False


@dataclass(frozen=True)
class List:
    """May be looped over and tested; a list of texts or numbers may be given to a filter too."""

    item: Shape


@dataclass(frozen=True)
class Record:
    """A mapping with known keys. `fields` is called when needed, so that records may refer to each other."""

    name: str
    fields: Callable[[], Mapping[str, Shape]]
    optional: bool = False


Shape: TypeAlias = Text | Number | Flag | Image | Inset | RichText | List | Record

# What is read: {"单位": {"名称": {}}, "问题清单": {"[]": {"名称": {}}}}. "[]" stands for the elements of a
# list, {} for the whole value; a list of texts is a whole value.
Reads: TypeAlias = dict[str, "Reads"]

ITEMS = "[]"


def merge_reads(*reads: Reads) -> Reads:
    """One tree that holds whatever any of `reads` holds; the given trees stay as they are."""
    merged: Reads = {}
    for tree in reads:
        for name, below in tree.items():
            merged[name] = merge_reads(merged.get(name, {}), below)
    return merged
