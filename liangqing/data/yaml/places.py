"""YAML file → tree of text (docs/使用手册/数据.md, 怎样写数据).

Every scalar is text, and a plain empty value, `~` or `null` is None. Places cost nothing until a problem asks
for one: the file is then parsed a second time, with its marks kept.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from liangqing.base import bounds
from liangqing.base.characters import odd_in
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.data.yaml.careful import DEEPEST as DEEPEST
from liangqing.data.yaml.careful import EMPTY as EMPTY
from liangqing.data.yaml.careful import Builder, Parser, hidden_ends
from liangqing.data.yaml.careful import Step as Step
from liangqing.data.yaml.careful import Tree as Tree
from liangqing.data.yaml.marks import Marks

_SPLIT = "拆成几个文件，或检查是否放错了文件"
_BEGIN_VALUES = (b"\n", b",", b"[", b"{")  # at least one of them stands between two values
_Parser: Any = Parser
_Builder = Builder


# What was worked out of a tree alone, as plain data of JSON, by the name of who asks for it.
TreeNotes: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A file that was read: its name for people, its bytes and its tree; `notes` may be kept with the tree."""

    name: str
    data: bytes
    tree: Tree
    notes: TreeNotes = field(default_factory=dict, compare=False, repr=False, kw_only=True)

    @cached_property
    def _marks(self) -> Marks:
        return Marks(self.name, self.data)

    def place(self, *path: Step) -> Place:
        """The place of the value at `path`; of the nearest thing above it where it is not there.

        A step that counts into a list is passed over where the person wrote the only item without a list.
        """
        node, known = self.tree, ()  # type: tuple[Tree, tuple[Step, ...]]
        for step in path:
            if isinstance(step, int) and not isinstance(node, list):
                continue
            try:
                node = node[step]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                break
            known = (*known, step)
        return Place(self.name, *self._marks.of(known))

    def item_at(self, line: int) -> tuple[Step, ...]:
        """The section, or the item of a section's list, in which a line stands; () above all of them."""
        index = bisect_right(self._starts, line, key=lambda start: start[0])
        return self._starts[index - 1][2] if index else ()

    @cached_property
    def _starts(self) -> list[tuple[int, int, tuple[Step, ...]]]:
        """Line, depth and path of each section and each item of a section's list, in order of line."""
        found = [
            (line, len(path), path)
            for path, (line, _), of_key in self._marks.items()
            if not of_key and (len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)))
        ]
        return sorted(found, key=lambda start: start[:2])

    def path_at(self, line: int, column: int) -> tuple[Step, ...]:
        """The outermost thing that begins at a place, or whose key does; () where nothing does."""
        return self._paths.get((line, column), ())

    @cached_property
    def _paths(self) -> dict[tuple[int, int], tuple[Step, ...]]:
        found: dict[tuple[int, int], tuple[Step, ...]] = {}
        for path, mark, _ in self._marks.items():
            if mark not in found or len(path) < len(found[mark]):
                found[mark] = path
        return found

    def at(self, path: tuple[Step, ...]) -> Tree:
        """The value at a path that is there."""
        node: Any = self.tree
        for step in path:
            node = node[step]
        return node  # type: ignore[no-any-return]

    def key_place(self, *path: Step) -> Place:
        """The place of the key (not the value) at the end of `path`."""
        return Place(self.name, *self._marks.of_key(path))


def texts(tree: Tree) -> list[tuple[tuple[Step, ...], str]]:
    """Every text of a tree, with its path."""
    found: list[tuple[tuple[Step, ...], str]] = []
    _gather(tree, (), found)
    return found


def _gather(tree: Tree, path: tuple[Step, ...], found: list[tuple[tuple[Step, ...], str]]) -> None:
    if isinstance(tree, str):
        found.append((path, tree))
    elif isinstance(tree, dict):
        for key, below in tree.items():
            _gather(below, (*path, key), found)
    elif isinstance(tree, list):
        for index, below in enumerate(tree):
            _gather(below, (*path, index), found)


def load(
    path: Path,
    name: str,
    read: Callable[[bytes, str], tuple[Tree, TreeNotes]] | None = None,
    whole: Callable[[bytes], bytes] = bytes,
) -> Source:
    """Read one YAML file; `name` is how messages call it, `read` another way to a tree than `parse`, with its notes.

    `whole` is told the bytes of the file and gives those that count. Raises Problems when the file can't be read, is not UTF-8, is too large, or breaks a rule of the format.
    """
    data = _read(path, name, whole)
    tree, notes = read(data, name) if read else (parse(data, name), {})
    return Source(name, data, tree, notes=notes)


def parse(data: bytes, name: str) -> Tree:
    """The tree of a YAML text; raises Problems with all that can be said of it, also where it is no UTF-8."""
    _refuse_no_text(data, name)
    was_enabled = gc.isenabled()
    gc.disable()  # a large file makes millions of small containers and no garbage
    try:
        tree = _build_sound(data)
        return _Builder(name, data, keep_marks=False).build() if _looks_odd(data) else tree
    except (_NotSound, yaml.YAMLError):
        return _Builder(name, data, keep_marks=False).build()
    finally:
        if was_enabled:
            gc.enable()


def _looks_odd(data: bytes) -> bool:
    """Whether a text that can be read may say something else than it shows: signs that nobody sees, a # in a line."""
    return odd_in(data) or next(hidden_ends(data), None) is not None


class _NotSound(Exception):
    """Something is not as it should be: the builder with marks says what."""


def _build_sound(data: bytes) -> Tree:
    """The tree of a text without a fault, as fast as the parser's events come; raises _NotSound at any doubt."""
    parser = _Parser(data)
    get, scalar, mapping, sequence = (
        parser.get_event,
        yaml.ScalarEvent,
        yaml.MappingStartEvent,
        yaml.SequenceStartEvent,
    )
    root: list[Any] = []
    node: Any = root
    above: list[Any] = []
    keys: dict[str, str] = {}
    key: Any = None
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    while parser.check_event():
        event = get()
        kind = type(event)
        if kind is scalar:
            value, style = event.value, event.style
            if style == "|":
                value = value.rstrip("\n")
            elif style == ">" or event.start_mark.line != event.end_mark.line:
                raise _NotSound
            elif not style and value in EMPTY:
                value = None
        elif kind is mapping or kind is sequence:
            value = {} if kind is mapping else []
        elif kind in ends:
            node, key = above.pop()
            continue
        elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root):
            raise _NotSound
        else:
            continue
        if event.anchor is not None or event.tag is not None:
            raise _NotSound
        if type(node) is list:
            node.append(value)
        elif key is None:
            if type(value) is not str or value in node:
                raise _NotSound
            key = keys.setdefault(value, value)  # the same few words, thousands of times
            node[key] = None
            continue
        else:
            node[key] = value
            key = None
        if kind is not scalar:
            above.append((node, key))
            node, key = value, None
            if len(above) >= DEEPEST:
                raise _NotSound
    return root[0] if root else None


def _read(path: Path, name: str, whole: Callable[[bytes], bytes]) -> bytes:
    data = whole(
        bounds.read_file(
            path,
            Place(name),
            bounds.DATA_FILE,
            too_large=Code.DATA_FILE_TOO_LARGE,
            unreadable=Code.DATA_FILE_UNREADABLE,
            advice=_SPLIT,
        )
    )
    if sum(map(data.count, _BEGIN_VALUES)) > bounds.DATA_VALUES:
        message = f"文件里的内容超过 {bounds.DATA_VALUES} 项"
        raise refuse(Code.DATA_FILE_TOO_LARGE, Place(name), message, _SPLIT)
    return data


def _refuse_no_text(data: bytes, name: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise refuse(
            Code.NOT_UTF8, Place(name, line), "不是 UTF-8 编码的文字", "用记事本或 WPS 另存为，编码选 UTF-8"
        ) from None
