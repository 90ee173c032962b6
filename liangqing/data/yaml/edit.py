"""Changes put into a person's YAML at their exact places: everything else of the file stays, byte for byte.

What a value is written like follows what stood there: its quotes, or none where none are needed; a new key follows
the other keys of its mapping, a new item the other items of its list, and both look like their siblings in the file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from liangqing.data.yaml.places import Source, Step, Tree, parse
from liangqing.data.yaml.style import FLOW, LIST, Keys, YamlStyle, keys_of, learn
from liangqing.data.yaml.write import (
    block_lines,
    can_be_literal,
    in_flow,
    literal_lines,
    scalar,
    without_brackets,
)

Path: TypeAlias = tuple[Step, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = "\ufeff"


@dataclass(frozen=True)
class Edit:
    """What shall stand at `path`: a text, or nothing; where nothing stood, also a list or a mapping.

    A step one beyond the last item of a list appends to it.
    """

    path: Path
    value: Tree


@dataclass(frozen=True)
class _Patch:
    """`text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def apply_edits(source: Source, changes: Iterable[Edit]) -> bytes:
    """The bytes of the file with the changes in it, in their order; what they read as is proved.

    Raises KeyError or IndexError for a path that leads nowhere.
    """
    data, style = source.data, learn([source.data])
    for change in changes:
        data = _apply_one(data, change, style)
    wanted = copy.deepcopy(source.tree)
    for change in changes:
        wanted = changed(wanted, change.path, change.value)
    if without_brackets(parse(data, source.name)) != without_brackets(wanted):
        raise AssertionError(f"{source.name}: {changes}")
    return data


def changed(tree: Tree, path: Path, value: Tree) -> Tree:
    """The tree with a value in it; a step into a list that was written as a single text is passed over."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int) and not isinstance(tree, list):
        if step == 0 and tree is not None:
            return changed(tree, rest, value)
        tree = [] if tree is None else [tree]
    if isinstance(tree, list):
        assert isinstance(step, int)
        if step == len(tree):
            return [*tree, changed(None, rest, value)]
        return [changed(item, rest, value) if at == step else item for at, item in enumerate(tree)]
    assert isinstance(step, str)
    if tree is None:
        tree = {}
    assert isinstance(tree, dict)
    return {**tree, step: changed(tree.get(step), rest, value)}


def _apply_one(data: bytes, change: Edit, style: YamlStyle) -> bytes:
    text = data.decode("utf-8")
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    patch = _Splicer(body, style).patch(change)
    return (mark + body[: patch.start] + patch.text + body[patch.end :]).encode()


class _Splicer:
    """One change to one text."""

    def __init__(self, text: str, style: YamlStyle) -> None:
        self.text, self.style, self.newline = text, style, style.newline
        self.keys: Keys = ()  # on the way to the place of the change
        self.root: Any = yaml.compose(text, _Loader)

    def patch(self, change: Edit) -> _Patch:
        node, flow, column = self.root, False, 0
        for at, step in enumerate(change.path):
            self.keys = keys_of(change.path[:at])
            flow = flow or bool(node.flow_style) if not isinstance(node, yaml.ScalarNode) else flow
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == step), None)
                if found is None:
                    rest = _nested(change.path[at + 1 :], change.value)
                    return self._add_key(node, str(step), rest, flow=flow)
                column, node = found[0].start_mark.column, found[1]
            elif isinstance(node, yaml.SequenceNode):
                if step == len(node.value):
                    rest = _nested(change.path[at + 1 :], change.value)
                    return self._add_item(node, rest, flow=flow, column=column)
                column, node = node.start_mark.column, node.value[step]
            elif self._is_nothing(node):
                return self._fill(node, _nested(change.path[at:], change.value), flow=flow, column=column)
            elif step != 0:
                return self._make_list(node, change.value, flow=flow, column=column)
        self.keys = keys_of(change.path)
        if not isinstance(node, yaml.ScalarNode):
            raise KeyError(change.path)
        if self._is_nothing(node):
            return self._fill(node, change.value, flow=flow, column=column)
        return self._replace(node, change.value, flow=flow, column=column)

    @staticmethod
    def _is_nothing(node: Any) -> bool:
        return isinstance(node, yaml.ScalarNode) and not node.style and node.tag == "tag:yaml.org,2002:null"

    def _replace(self, node: Any, value: Tree, *, flow: bool, column: int) -> _Patch:
        start, end = node.start_mark.index, self._end(node)
        if value is None:
            return _Patch(start if flow else len(self.text[:start].rstrip(" ")), end, "")
        assert isinstance(value, str)
        if not flow and self._wants_block(value, end):
            return _Patch(start, end, self._literal(value, column))
        return _Patch(start, end, scalar(value, node.style if node.style in ("'", '"') else None))

    def _fill(self, node: Any, value: Tree, *, flow: bool, column: int) -> _Patch:
        """A value where a key stands with nothing after it."""
        at, end = node.start_mark.index, node.end_mark.index
        if value is None:
            return _Patch(at, at, "")
        if isinstance(value, str):
            if not flow and self._wants_block(value, end):
                return _Patch(at, end, " " + self._literal(value, column))
            written = scalar(value, self.style.quote(self.keys))
            return _Patch(at, end, self._blank(at) + written + self._after(end))
        if flow or self._has_brackets(value):
            return _Patch(at, end, self._blank(at) + self._in_flow(value) + self._after(end))
        below = self.style.offset_at(self.keys) if isinstance(value, list) else self.style.step
        lines = block_lines(value, column + below, self.style, self.keys)
        return _Patch(at, end, self.newline + self.newline.join(lines))

    def _wants_block(self, value: str, end: int) -> bool:
        """Whether several lines can follow here as a block: nothing else does in this line, not even a remark."""
        alone = not self.text[end:].partition("\n")[0].strip()
        return "\n" in value and alone and can_be_literal(value)

    def _blank(self, at: int) -> str:
        return "" if self.text[at - 1 : at] in (" ", "\t") else " "

    def _after(self, end: int) -> str:
        """A blank before a comment that follows at once."""
        return " " if self.text[end : end + 1] == "#" else ""

    def _add_key(self, node: Any, key: str, value: Tree, *, flow: bool) -> _Patch:
        if flow:
            at = self._end(node.value[-1][1]) if node.value else node.start_mark.index + 1
            comma = ", " if node.value else ""
            written = in_flow(value, self.style, (*self.keys, key))
            return _Patch(at, at, f"{comma}{key}: {written}")
        column = node.value[0][0].start_mark.column
        return self._after_line(node, block_lines({key: value}, column, self.style, self.keys))

    def _add_item(self, node: Any, value: Tree, *, flow: bool, column: int) -> _Patch:
        if flow:
            at = self._end(node.value[-1]) if node.value else node.start_mark.index + 1
            return _Patch(at, at, (", " if node.value else "") + self._in_flow(value))
        apart = [""] * (self.style.blank if len(self.keys) == 1 else 0)
        lines = block_lines([value], node.start_mark.column, self.style, self.keys)
        return self._after_line(node, [*apart, *lines])

    def _in_flow(self, value: Tree) -> str:
        return in_flow(value, self.style, self.keys)

    def _has_brackets(self, value: Tree) -> bool:
        """Whether lists at this place stand in brackets."""
        return isinstance(value, list) and self.style.form(LIST, self.keys) == FLOW

    def _make_list(self, node: Any, value: Tree, *, flow: bool, column: int) -> _Patch:
        """A list of two where a single text stood in place of a list."""
        both: list[Tree] = [node.value, value]
        start, end = node.start_mark.index, self._end(node)
        if flow or self._has_brackets(both):
            return _Patch(start, end, self._in_flow(both))
        lines = block_lines(both, column + self.style.offset_at(self.keys), self.style, self.keys)
        start = len(self.text[:start].rstrip(" "))
        return _Patch(start, end, self.newline + self.newline.join(lines))

    def _after_line(self, node: Any, lines: Sequence[str]) -> _Patch:
        """Lines below the last one of a node, with the remark that may end it."""
        at = self.text.find("\n", self._end(node))
        if at < 0:
            return _Patch(len(self.text), len(self.text), self.newline + self.newline.join(lines))
        return _Patch(at + 1, at + 1, "".join(line + self.newline for line in lines))

    def _end(self, node: Any) -> int:
        """Where what is written of a node ends: of a block, where its last leaf does."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            end: int = node.end_mark.index
            return len(self.text[:end].rstrip()) if getattr(node, "style", None) == "|" else end
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _literal(self, value: str, column: int) -> str:
        return self.newline.join([self.style.literal, *literal_lines(value, column + self.style.step)])


def _nested(path: Path, value: Tree) -> Tree:
    """The value inside the mappings and lists that `path` still asks for."""
    for step in reversed(path):
        value = {step: value} if isinstance(step, str) else [value]
    return value
