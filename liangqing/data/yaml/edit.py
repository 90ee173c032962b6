"""Changes put into a person's YAML at their exact places: everything else of the file stays, byte for byte.

What a value is written like follows what stood there: its quotes, or none where none are needed; a new key follows
the other keys of its mapping, a new item the other items of its list, and both look like their siblings in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.data.yaml.edited_trees import Edit, Path, at_path, begun, changed, narrowed, whole
from liangqing.data.yaml.places import Source, Tree, parse
from liangqing.data.yaml.style import FLOW, LIST, Keys, YamlStyle, keys_of, learn
from liangqing.data.yaml.write import (
    block_lines,
    can_be_literal,
    in_flow,
    literal_lines,
    scalar,
    without_brackets,
)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = "\ufeff"


@dataclass(frozen=True)
class _Patch:
    """`text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str = ""


def apply_edits(source: Source, changes: Iterable[Edit], style: YamlStyle | None = None) -> bytes:
    """The bytes of the file with the changes in it, in their order; what they read as is proved.

    What goes takes along the remark on its lines; a record or an item also the comments directly above it. A list
    or mapping inside a record that loses its last value goes with its key; a section stays, as []. `style` is how new
    things are written; None: as the file itself has it.

    Raises KeyError or IndexError for a path that leads nowhere, and Problems where the result would not read as meant.
    """
    style, wanted = style or learn([source.data]), source.tree
    steps: list[_EditStep] = []
    for change in changes:
        for narrow in narrowed(wanted, change):
            path = whole(wanted, narrow.path) if narrow.gone else begun(wanted, narrow.path)
            steps.append(_EditStep(narrow, path, added=at_path(wanted, path) is None))
            wanted = changed(wanted, narrow)
    for runs in (list(_together(steps)), [[step] for step in steps]):
        data = _written(source.data, runs, style)
        if data is not None and _reads_as(data, source.name, wanted):
            return data
    raise refuse(
        Code.RECORD_NOT_WRITABLE,
        Place(source.name),
        "改动写不成读得回来的文字，什么也没有写",
        "把这个文件和交来的文件一起发给维护程序的人",
    )


class _EditStep(NamedTuple):
    """A change, the path of all that is touched by it, and whether something stands there now where nothing did."""

    change: Edit
    path: Path
    added: bool


def _together(steps: Iterable[_EditStep]) -> Iterator[list[_EditStep]]:
    """The steps in runs, in each of which none needs to see what another did: the text is read once for a run."""
    run: list[_EditStep] = []
    seen: set[Path] = set()
    above_seen: set[Path] = set()
    larger: set[Path] = (
        set()
    )  # what has more in it now than in the text: nothing of it can be the last one that goes
    for step in steps:
        prefixes = [step.path[:end] for end in range(1, len(step.path) + 1)]
        left_over = step.change.gone and step.path[:-1] in larger
        if left_over or step.path in above_seen or not seen.isdisjoint(prefixes):
            yield run
            run, seen, above_seen, larger = [], set(), set(), set()
        run.append(step)
        if step.added:
            larger.add(step.path[:-1])
        seen.add(step.path[:-1] if step.change.gone else step.path)
        above_seen.update(prefixes)
    if run:
        yield run


def _written(data: bytes, runs: Iterable[Sequence[_EditStep]], style: YamlStyle) -> bytes | None:
    """The text with the steps in it; None where that leads to what is no YAML."""
    text = data.decode("utf-8")
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    for run in runs:
        try:
            splicer = _Splicer(body, style)
        except yaml.YAMLError:
            return None
        patches = [
            patch
            for step in run
            for patch in (splicer.taken_out(step.path) if step.change.gone else splicer.patches(step.change))
        ]
        in_place = sorted(enumerate(patches), key=lambda pair: (pair[1].start, pair[0]), reverse=True)
        for _, patch in in_place:  # from behind, so that places in front of it stay
            body = body[: patch.start] + patch.text + body[patch.end :]
    return (mark + body).encode()


def _reads_as(data: bytes, name: str, wanted: Tree) -> bool:
    try:
        return without_brackets(parse(data, name)) == without_brackets(wanted)
    except Problems:
        return False


class _Splicer:
    """One change to one text."""

    def __init__(self, text: str, style: YamlStyle) -> None:
        self.text, self.style, self.newline = text, style, style.newline
        self.keys: Keys = ()  # on the way to the place of the change
        self.root: Any = yaml.compose(text, _Loader)
        self.added: dict[int, int] = {}  # by list, how many items the run has added to it

    # ---------------------------------------------------------------- something put in

    def patches(self, change: Edit) -> list[_Patch]:
        """What puts a value in its place."""
        node, key, flow, column = self.root, None, False, 0
        if node is None or self._is_nothing(node):
            return [self._at_the_end(block_lines(_nested(change.path, change.value), 0, self.style))]
        for at, step in enumerate(change.path):
            self.keys = keys_of(change.path[:at])
            flow = flow or bool(node.flow_style) if not isinstance(node, yaml.ScalarNode) else flow
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == step), None)
                if found is None:
                    rest = _nested(change.path[at + 1 :], change.value)
                    return [self._add_key(node, str(step), rest, flow=flow)]
                (key, node), column = found, found[0].start_mark.column
            elif isinstance(node, yaml.SequenceNode):
                if step == len(node.value) + self.added.get(id(node), 0):
                    self.added[id(node)] = self.added.get(id(node), 0) + 1
                    return self._add_item(node, change, at, column)
                key, column, node = None, node.start_mark.column, node.value[step]
            elif self._is_nothing(node):
                rest = _nested(change.path[at:], change.value)
                return [self._fill(node, rest, change.remark, flow=flow, column=column)]
            elif step != 0:
                both: list[Tree] = [node.value, _nested(change.path[at + 1 :], change.value)]
                return [self._replace(key, node, both, flow=flow, column=column)]
        self.keys = keys_of(change.path)
        if self._is_nothing(node):
            return [self._fill(node, change.value, change.remark, flow=flow, column=column)]
        return [self._replace(key, node, change.value, flow=flow, column=column)]

    @staticmethod
    def _is_nothing(node: Any) -> bool:
        return isinstance(node, yaml.ScalarNode) and not node.style and node.tag == "tag:yaml.org,2002:null"

    def _replace(self, key: Any, node: Any, value: Tree, *, flow: bool, column: int) -> _Patch:
        """Another value where one stands; `key` is None for an item of a list."""
        start, end = node.start_mark.index, self._end(node)
        texts = isinstance(node, yaml.ScalarNode) and isinstance(value, str)
        if value is None:
            return _Patch(start if flow else len(self.text[:start].rstrip(" ")), end)
        if flow or (self._has_brackets(value) and key is not None):
            quote = getattr(node, "style", None) if texts else None
            written = (
                scalar(str(value), quote if quote in ("'", '"') else None) if texts else self._in_flow(value)
            )
            return _Patch(start, end, written)
        if not texts:
            return self._replace_lines(key, start, end, value, column)
        text = str(value)
        if self._wants_block(text, end):
            return _Patch(start, end, self._literal(text, column))
        return _Patch(start, end, scalar(text, node.style if node.style in ("'", '"') else None))

    def _replace_lines(self, key: Any, start: int, end: int, value: Tree, column: int) -> _Patch:
        """A list or mapping, line by line, for a text, or the other way round; with its key, or behind its dash."""
        if key is None:
            first, *more = block_lines([value], column, self.style, self.keys)
            first = first.lstrip(" ").removeprefix("-").lstrip(" ")
        else:
            first, *more = block_lines({self.keys[-1]: value}, column, self.style, self.keys[:-1])
            start, first = key.end_mark.index, first.lstrip(" ").partition(":")[2]
            first = ":" + first
        return _Patch(start, end, self.newline.join([first, *more]))

    def _fill(self, node: Any, value: Tree, remark: str, *, flow: bool, column: int) -> _Patch:
        """A value where a key stands with nothing after it."""
        at, end = node.start_mark.index, node.end_mark.index
        if value is None:
            return _Patch(at, at)
        if isinstance(value, str):
            if not flow and self._wants_block(value, end):
                return _Patch(at, end, " " + self._literal(value, column))
            written = scalar(value, self.style.quote(self.keys))
            return _Patch(at, end, self._blank(at) + written + self._after(end))
        if flow or self._has_brackets(value) or not value:
            return _Patch(at, end, self._blank(at) + self._in_flow(value) + self._after(end))
        below = self.style.offset_at(self.keys) if isinstance(value, list) else self.style.step
        lines = block_lines(value, column + below, self.style, self.keys)
        above = [f"{' ' * (column + below)}# {remark}"] if remark else []
        eol = self._line_end(at)
        rest = self.text[end:eol]
        return _Patch(at, eol, rest + self.newline + self.newline.join([*above, *lines]))

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
        apart = [] if self.keys else [""]
        return self._after_line(node, [*apart, *block_lines({key: value}, column, self.style, self.keys)])

    def _add_item(self, node: Any, change: Edit, at: int, column: int) -> list[_Patch]:
        value = _nested(change.path[at + 1 :], change.value)
        inside = self._in_brackets(change.path[:at])
        if bool(node.flow_style) and not node.value and not inside and not self._has_brackets([value]):
            return self._instead_of_brackets(node, value, change.remark, column)
        if node.flow_style or inside:
            spot = self._end(node.value[-1]) if node.value else node.start_mark.index + 1
            return [_Patch(spot, spot, (", " if node.value else "") + self._in_flow(value))]
        return [self._after_line(node, self._record_lines(value, change.remark, node.start_mark.column))]

    def _record_lines(self, value: Tree, remark: str, column: int) -> list[str]:
        """A further item, apart from the one before it as records of a section are."""
        apart = [""] * (self.style.blank if len(self.keys) == 1 else 0)
        above = [f"{' ' * column}# {line}" for line in remark.splitlines()]
        return [*apart, *above, *block_lines([value], column, self.style, self.keys)]

    def _instead_of_brackets(self, node: Any, value: Tree, remark: str, column: int) -> list[_Patch]:
        """The first item of an empty list, line by line below its key."""
        start, end = node.start_mark.index, node.end_mark.index
        lines = block_lines([value], column + self.style.offset_at(self.keys), self.style, self.keys)
        above = [f"{' ' * (len(lines[0]) - len(lines[0].lstrip()))}# {line}" for line in remark.splitlines()]
        eol = self._line_end(end)
        new = self.newline + self.newline.join([*above, *lines])
        return [_Patch(len(self.text[:start].rstrip(" ")), end), _Patch(eol, eol, new)]

    def _in_brackets(self, path: Path) -> bool:
        """Whether what stands at a path stands inside of brackets."""
        node, flow = self.root, False
        for step in path:
            if isinstance(node, yaml.ScalarNode):
                continue
            flow = flow or bool(node.flow_style)
            if isinstance(node, yaml.MappingNode):
                node = next(value for key, value in node.value if key.value == step)
            else:
                node = node.value[step]
        return flow

    def _in_flow(self, value: Tree) -> str:
        return in_flow(value, self.style, self.keys)

    def _has_brackets(self, value: Tree) -> bool:
        """Whether lists at this place stand in brackets."""
        return isinstance(value, list) and self.style.form(LIST, self.keys) == FLOW

    def _after_line(self, node: Any, lines: Sequence[str]) -> _Patch:
        """Lines below the last one of a node, with the remark that may end it."""
        at = self.text.find("\n", self._end(node))
        if at < 0:
            return _Patch(len(self.text), len(self.text), self.newline + self.newline.join(lines))
        return _Patch(at + 1, at + 1, "".join(line + self.newline for line in lines))

    def _at_the_end(self, lines: Sequence[str]) -> _Patch:
        """Lines behind everything that the file holds, an empty line between."""
        at, text = len(self.text), self.text
        ends = next((number for number in (2, 1) if text.endswith((self.newline * number))), 0)
        gap = self.newline * (2 - ends) if text.strip() else ""
        return _Patch(at, at, gap + "".join(line + self.newline for line in lines))

    def _line_end(self, at: int) -> int:
        """Where the line ends in which `at` stands, before its line end."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" and end > at else end

    def _end(self, node: Any) -> int:
        """Where what is written of a node ends: of a block, where its last leaf does."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            end: int = node.end_mark.index
            return len(self.text[:end].rstrip()) if getattr(node, "style", None) == "|" else end
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _literal(self, value: str, column: int) -> str:
        return self.newline.join([self.style.literal, *literal_lines(value, column + self.style.step)])

    # ---------------------------------------------------------------- something taken out

    def taken_out(self, path: Path) -> list[_Patch]:
        """What takes the value at `path` out, with its key or dash."""
        above: Any = None
        owner = self.root
        for step in path[:-1]:
            if isinstance(owner, yaml.MappingNode):
                above, owner = next(pair for pair in owner.value if pair[0].value == step)
            else:
                above, owner = None, owner.value[step]
        items = [self._span(owner, item) for item in owner.value]
        at = self._number(owner, path[-1])
        if owner.flow_style or self._in_brackets(path[:-1]):
            return self._out_of_brackets(items, at)
        if len(items) == 1 and isinstance(owner, yaml.SequenceNode):
            colon = above.end_mark.index + self.text[above.end_mark.index :].index(":") + 1
            return [_Patch(colon, colon, " []"), self._lines_out(owner, items, 0)]
        return [self._lines_out(owner, items, at)]

    @staticmethod
    def _number(owner: Any, step: Any) -> int:
        if isinstance(owner, yaml.SequenceNode):
            return int(step)
        return next(at for at, (key, _) in enumerate(owner.value) if key.value == step)

    def _span(self, owner: Any, item: Any) -> tuple[int, int]:
        """From where to where an item of a list or mapping is written, with its dash or its key."""
        if isinstance(owner, yaml.MappingNode):
            key, value = item
            return key.start_mark.index, max(self._end(value), key.end_mark.index + 1)
        start, end = item.start_mark.index, self._end(item)
        return (start, end) if owner.flow_style else (self.text.rindex("-", 0, start), end)

    def _out_of_brackets(self, items: Sequence[tuple[int, int]], at: int) -> list[_Patch]:
        start, end = items[at]
        if at + 1 < len(items):
            following = items[at + 1][0]
            between = self.text[end:following]
            if "#" in between or "\n" in between:
                following = end + _comma(between) + 1
            return [_Patch(start, following)]
        if at == 0:
            return [_Patch(start, end)]
        before = items[at - 1][1]
        between = self.text[before:start]
        if "#" not in between and "\n" not in between:
            return [_Patch(before, end)]
        comma = before + _comma(between)
        return [_Patch(comma, comma + 1), _Patch(start, end)]

    def _lines_out(self, owner: Any, items: Sequence[tuple[int, int]], at: int) -> _Patch:
        """The lines of an item of a block; where another thing stands before it on its line, only what is its own."""
        start, end = items[at]
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():
            following = items[at + 1][0]
            own = self._line_end(end)
            return _Patch(start, own if "#" in self.text[own:following] else following)
        if isinstance(owner, yaml.SequenceNode):
            line = self._with_remarks(line, start - line, first=at == 0)
        below = self.text.find("\n", end) + 1
        if not below:
            return _Patch(len(self.text[:line].rstrip("\r\n")) if line else 0, len(self.text))
        if at == 0 and len(items) > 1:
            below += len(self.text[below:]) - len(self.text[below:].lstrip("\r\n"))
        return _Patch(line, below)

    def _with_remarks(self, line: int, column: int, *, first: bool) -> int:
        """Where an item begins with the comments directly above it, and the empty lines that keep it from the one before."""
        while line:
            above = self.text.rfind("\n", 0, line - 1) + 1
            text = self.text[above:line]
            if not text.startswith(f"{' ' * column}#"):
                break
            line = above
        while line and not first:
            above = self.text.rfind("\n", 0, line - 1) + 1
            if self.text[above:line].strip():
                break
            line = above
        return line


def _comma(between: str) -> int:
    """Where the comma stands in what is written between two items, in brackets; comments have none."""
    at = 0
    while between[at] != ",":
        at = between.index("\n", at) if between[at] == "#" else at
        at += 1
    return at


def _nested(path: Path, value: Tree) -> Tree:
    """The value inside the mappings and lists that `path` still asks for."""
    for step in reversed(path):
        value = {step: value} if isinstance(step, str) else [value]
    return value
