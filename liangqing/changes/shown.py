"""What a run changes, value by value: for people, and for the log of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.base.diagnostics import Place
from liangqing.changes.change_log import RecordChange, code_of, flat_with_paths, logged_on
from liangqing.changes.planning import Plan, TouchedRecord
from liangqing.changes.proposed import AlteredValue, NewRecord, Path, Proposal
from liangqing.data.yaml.edited_trees import at_path
from liangqing.data.yaml.places import Tree


@dataclass(frozen=True)
class ShownChange:
    """One value that would change: of which record, which, from what to what, where it was given, where it stands.

    `before` is "" where nothing stands, `after` where nothing shall stand any more. `handed` is the number of the file
    that gave it among the good ones, `proposal` that of the proposal in it.
    """

    record_label: str
    key: str
    before: str
    after: str
    given: Place
    place: Place
    handed: int
    proposal: int

    def record(self) -> dict[str, str]:
        """The same for a script."""
        names = ("记录", "列", "原", "新", "格", "位置")
        values = (self.record_label, self.key, self.before, self.after, str(self.given), str(self.place))
        return dict(zip(names, values, strict=True))

    def __str__(self) -> str:
        before, after = (f"「{text}」" if text else "（空）" for text in (self.before, self.after))
        return f"{self.record_label} {self.key}：{before} → {after}\n    {self.given} → {self.place}"


def label_of(section: str, tree: Tree) -> str:
    """What a list calls a record that is not there yet: its section and 编号, without one what it is of."""
    values = tree if isinstance(tree, dict) else {}
    named = (
        [str(values["编号"])] if values.get("编号") else [str(values[key]) for key in _OF if values.get(key)]
    )
    return " ".join([section, *named])


ADDED = "新增"
_OF = ("检查", "单位", "文号", "名称")


def shown(plan: Plan) -> Iterator[ShownChange]:
    """Every value that the proposals of a plan change, in their order."""
    homes = {touched.by: touched for touched in plan.touched}
    for handed, one in enumerate(plan.handed):
        for number, proposal in enumerate(one.proposals):
            sides = _sides(proposal, homes.get((handed, number)))
            for key, path, before, after in differences(sides.before, sides.after):
                yield ShownChange(
                    record_label=sides.label,
                    key=_named(proposal, key),
                    before=before,
                    after=after,
                    given=nearest(sides.places, path),
                    place=sides.where(path),
                    handed=handed,
                    proposal=number,
                )


class _Sides(NamedTuple):
    """What a proposal's record is called, what stands there and what would, and where each value is."""

    label: str
    before: Tree
    after: Tree
    places: Mapping[Path, Place]
    where: Callable[[Path], Place]


def _sides(proposal: Proposal, home: TouchedRecord | None) -> _Sides:
    if isinstance(proposal, NewRecord):
        assert home is not None
        file, tree = Place(home.file), dict(proposal.tree)
        return _Sides(label_of(proposal.section, tree), None, tree, proposal.places, lambda _: file)
    record, path = proposal.record, proposal.path
    after, places = None, dict[Path, Place]()
    if isinstance(proposal, AlteredValue):
        after, places = proposal.value, dict(proposal.places)
    else:
        places[()] = proposal.place
    before = at_path(record.tree, path)
    return _Sides(record.label, before, after, places, lambda below: record.place(*path, *below))


def differences(before: Tree, after: Tree) -> Iterator[tuple[str, Path, str, str]]:
    """The values in which two states differ: key in words, path (in the later state where it is there), old, new."""
    old = {key: (path, text) for key, path, text in flat_with_paths(before)}
    new = {key: (path, text) for key, path, text in flat_with_paths(after)}
    for key in dict.fromkeys([*old, *new]):
        path, was = old.get(key, ((), ""))
        path, becomes = new.get(key, (path, ""))
        if was != becomes:
            yield key, path, was, becomes


def _named(proposal: Proposal, key: str) -> str:
    """A key in words: as a person calls it where that is said."""
    if isinstance(proposal, NewRecord):
        return key
    tree, path = proposal.record.tree, proposal.path
    head = proposal.head if isinstance(proposal, AlteredValue) else ""
    words = [*entry_words(tree, path), head] if head else [words_of(tree, path)]
    return " ".join(filter(None, [*words, key]))


_KNOWN_BY = (("编号",), ("单位", "任务"), ("任务",), ("日期",), ("名称",))


def entry_words(tree: Tree, path: Path) -> list[str]:
    """Which entry of a list a value at `path` stands in: the list, and what the entry is known by; [] for no entry."""
    for at, step in enumerate(path[:-1]):
        items = at_path(tree, path[:at])
        if not isinstance(step, int) or not isinstance(items, list) or step >= len(items):
            continue
        entry = items[step]
        if isinstance(entry, dict):
            named = next((keys for keys in _KNOWN_BY if all(entry.get(key) for key in keys)), ())
            return [str(path[at - 1]), *([str(entry[key]) for key in named] or [str(step + 1)])]
    return []


def words_of(tree: Tree, path: Path) -> str:
    """A path below a record in words, with items counted from 1: 进展 2 内容; an item that is not there yet is 新增."""
    words: list[str] = []
    for at, step in enumerate(path):
        items = at_path(tree, path[:at])
        there = isinstance(step, int) and isinstance(items, list) and step < len(items)
        words.append(step if isinstance(step, str) else str(step + 1) if there else ADDED)
    return " ".join(words)


def nearest(places: Mapping[Path, Place], path: Path) -> Place:
    """Where a value stands in what was handed over, or the nearest thing above it."""
    while path not in places:
        path = path[:-1]
    return places[path]


def noted(plan: Plan, day: date) -> Iterator[RecordChange]:
    """The lines of the log: the differences of each record as a whole, each under the file that brought it."""
    for touched in plan.touched:
        if touched.file not in plan.sources:
            continue
        before: Tree = touched.record.tree if touched.record else None
        after = plan.sources[touched.file].after(touched.path)
        for key, path, old, new in differences(before, after):
            yield RecordChange(
                day=day.isoformat(),
                who=logged_on(),
                source=plan.origin(touched, path, gone=not new),
                file=touched.file,
                section=str(touched.path[0]),
                code=code_of(after if after is not None else before),
                key=key,
                before=old,
                after=new,
            )
