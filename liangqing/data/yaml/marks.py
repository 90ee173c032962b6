"""Where each key and value of a YAML text stands, in eight bytes each: a large file has a million of them.

They are kept in the order in which they stand in the text; how far down the path leads, the tree tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liangqing.data.yaml.careful import Builder, Step, Tree

MANY = 50  # keys and values in a list or mapping, from which on it is remembered where each of them stands
_LAST = -1  # in place of a step: all that a list or mapping holds


class Marks:
    """The marks of a text in which nothing is wrong; raises Problems for any other."""

    def __init__(self, name: str, data: bytes) -> None:
        builder = Builder(name, data, keep_marks=True)
        self._tree = builder.build()
        self._lines, self._columns = builder.lines, builder.columns
        self._kept: dict[int, Mapping[Step, int]] = {}  # of what holds many, by its own number

    def of(self, path: tuple[Step, ...]) -> tuple[int, int]:
        """Line and column, from 1, of the value at a path that is there; of an empty text, of its beginning."""
        return self._mark(self._number(path))

    def of_key(self, path: tuple[Step, ...]) -> tuple[int, int]:
        """Line and column of the key at the end of a path that is there."""
        return self._mark(self._number(path) - 1)

    def items(self) -> Iterator[tuple[tuple[Step, ...], tuple[int, int], bool]]:
        """Each path with the mark of its value, and before it with that of its key (True) where it has one."""
        number = 0
        waiting: list[tuple[tuple[Step, ...], Tree, bool]] = [((), self._tree, False)]
        while waiting:
            path, node, keyed = waiting.pop()
            for of_key in (True, False) if keyed else (False,):
                yield path, self._mark(number), of_key
                number += 1
            below = [((*path, step), child, isinstance(node, dict)) for step, child in _children(node)]
            waiting += reversed(below)

    def _mark(self, number: int) -> tuple[int, int]:
        return (self._lines[number], self._columns[number]) if self._lines else (1, 1)

    def _number(self, path: tuple[Step, ...]) -> int:
        """The number of the value at a path among all keys and values."""
        number = 0
        node: Any = self._tree
        for step in path:
            numbers = self._kept.get(number) or _numbers(node)
            if numbers[_LAST] >= MANY:
                self._kept[number] = numbers
            number, node = number + numbers[step], node[step]
        return number


def _children(node: Tree) -> Iterator[tuple[Step, Tree]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _numbers(node: Tree) -> Mapping[Step, int]:
    """How many keys and values stand from a list or mapping to each of the values in it."""
    found: dict[Step, int] = {}
    number = 0
    for step, child in _children(node):
        found[step] = number + 1 + isinstance(node, dict)
        number += _size(child) + isinstance(node, dict)
    found[_LAST] = number
    return found


def _size(node: Tree) -> int:
    """How many keys and values a tree is, itself with them."""
    if isinstance(node, dict):
        return 1 + len(node) + sum(map(_size, node.values()))
    return 1 + sum(map(_size, node)) if isinstance(node, list) else 1
