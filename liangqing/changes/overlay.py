"""A file of records as it would be with the changes of a run: judged in its place before a byte is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from liangqing.base.diagnostics import Place
from liangqing.changes.proposed import Path
from liangqing.data.yaml.edited_trees import Edit, at_path, changed, whole
from liangqing.data.yaml.places import Source, Step, Tree


class Given(NamedTuple):
    """Where a value was handed over, and by which of the files of the run (its number)."""

    place: Place
    handed: int


@dataclass(frozen=True)
class ChangedSource(Source):
    """A file with changes in it: `tree` as it would be, `data` as it is.

    The place of a value that was handed over is the one there; of any other the line in the file as it is. `given` and
    `removed` count the items of lists as they were before any was taken out.
    """

    given: Mapping[Path, Given] = field(default_factory=dict)
    removed: Mapping[Path, frozenset[int]] = field(default_factory=dict)
    before: Source | None = None

    def place(self, *path: Step) -> Place:
        """Where the value at `path` was handed over, else where it stands in the file."""
        where = self._as_before(path)
        found = self._given_at(where)
        if found is not None:
            return found.place
        return self.before.place(*where) if self.before is not None else Place(self.name)

    def key_place(self, *path: Step) -> Place:
        """The same for the key at the end of `path`."""
        where = self._as_before(path)
        found = self._given_at(where)
        if found is not None or self.before is None:
            return self.place(*path)
        return self.before.key_place(*where)

    def giver(self, path: Path) -> Given | None:
        """Who handed over the value at a path in the tree as it would be; None: nobody."""
        return self._given_at(self._as_before(path))

    def taker(self, path: Path) -> Given | None:
        """Who handed over, or took out, what stood at a path before any item was taken out; None: nobody."""
        return self._given_at(path)

    def after(self, path: Path) -> Tree:
        """What became of the record at `path`, counted before any was taken out; None: it is gone."""
        gone = isinstance(path[-1], int) and path[-1] in self.removed.get(path[:-1], ())
        return None if gone else at_path(self.tree, self.path_after(path))

    def path_after(self, path: Path) -> Path:
        """Where the record at `path`, counted before any was taken out, stands in the end."""
        gone, last = self.removed.get(path[:-1], frozenset()), path[-1]
        return (*path[:-1], last - sum(number < last for number in gone)) if isinstance(last, int) else path

    def _as_before(self, path: Iterable[Step]) -> Path:
        """The path with its numbers as they were before items were taken out."""
        where: Path = ()
        for step in path:
            if isinstance(step, int):
                for gone in sorted(self.removed.get(where, ())):
                    step += gone <= step
            where = (*where, step)
        return where

    def _given_at(self, where: Path) -> Given | None:
        """The nearest thing at or above a path that was handed over, as long as nothing nearer stands in the file."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.given:
                return self.given[where[:end]]
        return None


@dataclass
class ChangingFile:
    """The edits of one file as they are gathered, and who gave what."""

    source: Source
    is_new: bool = False
    edits: list[Edit] = field(default_factory=list)
    going: dict[Path, Given] = field(default_factory=dict)
    given: dict[Path, Given] = field(default_factory=dict)
    tree: Tree = None

    def __post_init__(self) -> None:
        self.tree = self.source.tree

    def put(self, edit: Edit, places: Mapping[Path, Place], handed: int) -> None:
        """A value at a place; `places` are of what is in it."""
        for end in range(1, len(edit.path)):
            above = edit.path[:end]
            if end > 1 and above not in self.given and at_path(self.tree, above) is None:
                self.given[above] = Given(places[()], handed)
        self.edits.append(edit)
        self.tree = changed(self.tree, edit)
        self.given |= {(*edit.path, *path): Given(place, handed) for path, place in places.items()}

    def take_out(self, path: Path, place: Place, handed: int) -> None:
        """What stands at a path, when everything else is in its place."""
        self.going[path] = Given(place, handed)

    def finished(self) -> tuple[list[Edit], ChangedSource]:
        """All edits in the order in which they are to be made, and the file as it would be."""
        removed: dict[Path, set[int]] = {}
        tree, edits = self.tree, list(self.edits)
        for path in sorted(self.going, key=_order, reverse=True):
            gone = whole(tree, path)
            if isinstance(gone[-1], int):
                removed.setdefault(gone[:-1], set()).add(gone[-1])
            edits.append(Edit(path, gone=True))
            tree = changed(tree, edits[-1])
        return edits, ChangedSource(
            name=self.source.name,
            data=self.source.data,
            tree=tree,
            given={**self.given, **self.going},
            removed={path: frozenset(gone) for path, gone in removed.items()},
            before=None if self.is_new else self.source,
        )


def _order(path: Path) -> list[tuple[bool, int, str]]:
    """Later items of a list behind earlier ones, what is inside of a thing behind the thing."""
    return [(isinstance(step, str), step if isinstance(step, int) else 0, str(step)) for step in path]


def new_steps(tree: Tree, path: Path, added: dict[Path, int]) -> Path:
    """The path with each number at or beyond the end of its list as that of the item that is added there.

    `added` is by path with the number as it was given the one that it came to stand for.
    """
    made: Path = ()
    for at, step in enumerate(path):
        if isinstance(step, int):
            items = at_path(tree, made)
            length = len(items) if isinstance(items, list) else int(items is not None)
            if step >= length or (*made, step) in added:
                last = at == len(path) - 1
                key = (*made, step)
                if last or key not in added:
                    added[key] = length
                step = added[key]
        made = (*made, step)
    return made
