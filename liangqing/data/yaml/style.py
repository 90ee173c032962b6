"""How a person writes YAML: learned from files of theirs, so that what the program adds looks like what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple, TypeAlias

import yaml

from liangqing.data.yaml.places import Source, Step, Tree

Keys: TypeAlias = tuple[str, ...]  # a path without the indexes of lists: (问题, 责任)
LIST, MAPPING = "列表", "一组"
FLOW, BLOCK = "一行", "分行"  # in brackets, or line by line
MOST_BYTES = 1 << 19  # of files that are read for their style
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTES = (None, "'", '"')


@dataclass(frozen=True)
class YamlStyle:
    """How lists, mappings and texts are written; what is not known of a key, as most of the files have it.

    `offset`: columns of a list's dashes from its key; `gap` and `text_gap`: of an item that is a mapping or a text from its
    dash; `step`: of a mapping's keys from its key; `blank`: empty lines between the records of a section; `padded`: blanks inside {}; `newline`: what ends a
    line, and `ended` whether the last one has it; `literal` what stands before a text of several lines. By path of keys: `forms` of lists and mappings, `singles`: whether a
    list of one stands without its brackets, `quotes` (and () for all), `orders` of keys, `offsets` that differ.
    """

    offset: int = 2
    gap: int = 2
    text_gap: int = 2
    step: int = 2
    blank: int = 0
    padded: bool = False
    newline: str = "\n"
    ended: bool = True
    literal: str = "|"
    forms: Mapping[tuple[str, Keys], str] = field(default_factory=dict)
    singles: Mapping[Keys, bool] = field(default_factory=dict)
    quotes: Mapping[Keys, str | None] = field(default_factory=dict)
    orders: Mapping[Keys, tuple[str, ...]] = field(default_factory=dict)
    offsets: Mapping[Keys, int] = field(default_factory=dict)

    def offset_at(self, path: Keys) -> int:
        """Columns of the dashes of a list at a path from its key."""
        return self.offsets.get(path, self.offset)

    def form(self, kind: str, path: Keys) -> str | None:
        """FLOW or BLOCK for a LIST or a MAPPING at a path, else as the key stands elsewhere; None: nobody knows.

        A section is no such key: 征求意见 of 清单 says nothing of the records of 征求意见.
        """
        elsewhere = self.forms.get((kind, _anywhere(path))) if len(path) > 1 else None
        return self.forms.get((kind, path), elsewhere)

    def quote(self, path: Keys) -> str | None:
        """The quotes that a text at a path stands in, even where it needs none."""
        return self.quotes.get(path, self.quotes.get(()))

    def in_order(self, path: Keys, record: Mapping[str, Tree]) -> dict[str, Tree]:
        """The record with its keys as its siblings have them; a key that none of these has stays behind the one before it."""
        known = {key: place for place, key in enumerate(self.orders.get(path, ()))}
        placed: list[tuple[int, int, str]] = []
        before = -1
        for number, key in enumerate(record):
            before = known.get(key, before)
            placed.append((before, number, key))
        return {key: record[key] for _, _, key in sorted(placed)}

    def finished(self, text: str) -> str:
        """A text of a whole file, written with \\n, with the line ends of the style."""
        lines = text if self.ended else text.rstrip("\n")
        return lines.replace("\n", self.newline)


STANDARD = YamlStyle()


def _anywhere(path: Keys) -> Keys:
    """The last key of a path, wherever it stands."""
    return ("", *path[-1:])


def style_of(section: str, sources: Iterable[Source], folder: str = "") -> YamlStyle:
    """The style for a new file with records of a section: of the files that hold it, then of others, in `folder` first.

    A text of several lines ends there for every reader of YAML, not for this program alone.
    """
    near = [
        ((section not in source.tree, not source.name.startswith(folder)), source.data)
        for source in sources
        if isinstance(source.tree, dict)
    ]
    chosen: list[bytes] = []
    for _, data in sorted(near, key=lambda pair: pair[0]):
        if sum(map(len, chosen)) + len(data) <= MOST_BYTES:
            chosen.append(data)
    return replace(learn(chosen), literal="|-")


def learn(texts: Iterable[bytes]) -> YamlStyle:
    """The style of sound YAML files; what the first ones say stands over what the later ones do."""
    return _agreed([_seen(data) for data in texts])


@dataclass
class _Habits:
    """What was counted in one file: by what it is about, how often which way."""

    counts: dict[Any, Counter[Any]] = field(default_factory=dict)
    orders: dict[Keys, list[list[str]]] = field(default_factory=dict)

    def add(self, about: object, way: Any) -> None:
        self.counts.setdefault(about, Counter())[way] += 1


def _agreed(seen: Sequence[_Habits]) -> YamlStyle:
    """Each question answered by the first file that has an answer."""
    best: dict[Any, Any] = {}
    for habits in seen:
        for about, ways in habits.counts.items():
            if about[0] != "quote" or about[1] == () or ways.total() > 1:  # one text in quotes is no habit
                best.setdefault(about, ways.most_common(1)[0][0])
    plain = {
        name: best[name]
        for name in ("offset", "gap", "text_gap", "step", "blank", "padded", "newline", "ended")
        if name in best
    }
    singles = {about[1]: way for about, way in best.items() if about[0] == "single"}
    forms = {about[1:]: way for about, way in best.items() if about[0] == "form"}
    quotes = {about[1]: way for about, way in best.items() if about[0] == "quote"}
    offsets = {about[1]: way for about, way in best.items() if about[0] == "offset"}
    orders: dict[Keys, tuple[str, ...]] = {}
    for habits in seen:
        for path, siblings in habits.orders.items():
            orders.setdefault(path, _merged(siblings))
    return YamlStyle(**plain, forms=forms, singles=singles, quotes=quotes, orders=orders, offsets=offsets)


def _merged(siblings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One order of all keys: that of the last record, into which the others put what it does not have."""
    order: list[str] = []
    for keys in reversed(siblings):
        place = 0
        for key in keys:
            if key not in order:
                order.insert(place, key)
            place = order.index(key) + 1
    return tuple(order)


@lru_cache(maxsize=64)
def _seen(data: bytes) -> _Habits:
    """What was counted in a file; nobody changes it, so that it is counted once as long as the file stays."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    habits = _Habits()
    lines = text.count("\n")
    if lines:
        habits.add("newline", "\r\n" if text.count("\r\n") * 2 > lines else "\n")
    habits.add("ended", text.endswith("\n"))
    _Reader(text, habits).read()
    return habits


class _Node(NamedTuple):
    """A node on the way: its path, the column of its key, and whether it stands in brackets, or is an item of a list."""

    node: Any
    path: Keys = ()
    column: int = 0
    flow: bool = False
    item: bool = False


class _Reader:
    """Walks the nodes of one file and counts."""

    def __init__(self, text: str, habits: _Habits) -> None:
        self.text, self.habits, self.lines = text, habits, text.split("\n")

    def read(self) -> None:
        waiting = [_Node(yaml.compose(self.text, _Loader))]
        for here in waiting:  # grows while it is read
            if isinstance(here.node, yaml.MappingNode):
                waiting += self._mapping(here)
            elif isinstance(here.node, yaml.SequenceNode):
                waiting += self._list(here)
            elif isinstance(here.node, yaml.ScalarNode):
                self._text(here)

    def _form(self, kind: str, here: _Node) -> bool:
        """Whether a list or mapping stands in brackets; counted where that was free, and there is something in it."""
        inside = here.flow or bool(here.node.flow_style)
        if here.path and here.node.value and not here.flow:
            for path in (here.path, _anywhere(here.path)):
                self.habits.add(("form", kind, path), FLOW if inside else BLOCK)
        return inside

    def _mapping(self, here: _Node) -> Iterator[_Node]:
        inside, pairs = self._form(MAPPING, here), here.node.value
        if inside and pairs:
            self.habits.add("padded", self.text[here.node.start_mark.index + 1] == " ")
        self.habits.orders.setdefault(here.path, []).append([key.value for key, _ in pairs])
        column = pairs[0][0].start_mark.column if pairs and not inside else here.column
        for key, value in pairs:
            if not inside and isinstance(value, yaml.MappingNode) and not value.flow_style and value.value:
                self.habits.add("step", value.value[0][0].start_mark.column - column)
            yield _Node(value, (*here.path, key.value), column, inside)

    def _list(self, here: _Node) -> Iterator[_Node]:
        node, inside = here.node, self._form(LIST, here)
        if len(node.value) == 1 and isinstance(node.value[0], yaml.ScalarNode):
            self.habits.add(("single", here.path), False)
        if not inside:
            for about in ("offset", ("offset", here.path)):
                self.habits.add(about, node.start_mark.column - here.column)
            for item in node.value:
                name = "gap" if isinstance(item, yaml.MappingNode) and not item.flow_style else "text_gap"
                self.habits.add(name, item.start_mark.column - node.start_mark.column)
        if len(here.path) == 1 and not inside:
            self._gaps(node)
        for item in node.value:
            yield _Node(item, here.path, node.start_mark.column, inside, item=True)

    def _gaps(self, node: Any) -> None:
        """Empty lines between the records of a section, with or without a remark among them."""
        for record in node.value[1:]:
            above = reversed(self.lines[: record.start_mark.line])
            between = takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), above)
            self.habits.add("blank", sum(not line.strip() for line in between))

    def _text(self, here: _Node) -> None:
        node = here.node
        if not node.style and node.tag == "tag:yaml.org,2002:null":
            return
        if not here.item:
            self.habits.add(("single", here.path), True)
        if node.style == "|" and not here.item and node.value.strip():
            first = next(line for line in self.lines[node.start_mark.line + 1 :] if line.strip())
            self.habits.add("step", len(first) - len(first.lstrip(" ")) - here.column)
        if (node.style or None) in _QUOTES:
            for path in (here.path, ()):
                self.habits.add(("quote", path), node.style or None)


def keys_of(path: Iterable[Step]) -> Keys:
    """A path without the indexes of lists."""
    return tuple(step for step in path if isinstance(step, str))
