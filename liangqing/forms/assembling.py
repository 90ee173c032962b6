"""Answers → records as they would stand in YAML, and where in the form each of their values stands.

A tag is a path of keys: `报送日期`; `责任.责任人`, a key of a mapping; `任务[].状态`, an item of a list; `[].意见`, a record
of its own; `处理=无意见`, a word that a tick puts there; `佐证、`, a list of texts in one cell. A key that comes again
begins the next item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from liangqing.data.yaml.places import Step, Tree
from liangqing.forms.answers import MUST, Answer
from liangqing.forms.meant import says_nothing

_BETWEEN = re.compile(r"[、；;\n]")
OWN = ""  # the list whose items are records


@dataclass
class FormItem:
    """A record, or an item of one of its lists, as it is put together.

    `filled`: a person wrote something into it; `empty`: fields that should have been and were not; `boxes`: those that
    were not ticked, by key, with the word that a tick would put there; `denials`: fields that say that there is nothing.
    """

    values: dict[str, Tree] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[FormItem]] = field(default_factory=dict)
    mappings: dict[str, FormItem] = field(default_factory=dict)
    ticks: dict[str, tuple[str, str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    denials: list[Answer] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    own_fill: bool = False
    empty: list[Answer] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        return self.own_fill or any(item.filled for item in self.below)

    @property
    def below(self) -> list[FormItem]:
        """The items of its lists, and its mappings."""
        return [*(item for items in self.lists.values() for item in items), *self.mappings.values()]

    def put(self, keys: list[str], answer: Answer) -> None:
        """Put an answer where its keys lead."""
        head, rest = keys[0], keys[1:]
        if head.endswith("[]"):
            items = self.lists.setdefault(head.removesuffix("[]"), [])
            if not items or ".".join(rest) in items[-1].seen:
                items.append(FormItem())
            items[-1].put(rest, answer)
            return
        self.seen.add(".".join(keys))
        if rest:
            self.mappings.setdefault(head, FormItem()).put(rest, answer)
            return
        key, equals, word = head.partition("=")
        if not answer.text:
            self._leave_out(answer, key, word)
            return
        self.own_fill = self.own_fill or not answer.fixed
        if equals:
            self.ticks[key] = (word, answer.place)
        elif key.endswith("、"):
            self.values[key[:-1]] = [part for part in map(_cleaned, _BETWEEN.split(answer.text)) if part]
            self.places[key[:-1]] = answer.place
        else:
            self.values[key], self.places[key] = answer.text, answer.place

    def _leave_out(self, answer: Answer, key: str, word: str) -> None:
        """Nothing was given: whether it should have been, and what says so."""
        self.empty += [answer] if answer.name.endswith(MUST) else []
        self.denials += [answer] if answer.denies else []
        if word:
            self.boxes[key] = word


def _cleaned(part: str) -> str:
    """One of several texts in a cell, without the full stop behind it; "" for 无."""
    return "" if says_nothing(part) else part.strip().rstrip("。")


@dataclass(frozen=True)
class Draft:
    """A record to be: its tree, and the place in the form of what stands at a path in it."""

    tree: dict[str, Tree]
    places: dict[tuple[Step, ...], str]


@dataclass(frozen=True)
class Assembled:
    """The records of a form, the required fields that were left empty, and the ticks that contradict them.

    `concluded`: boxes that were not ticked, each word with the place at which it was written instead.
    """

    drafts: tuple[Draft, ...]
    empty: tuple[Answer, ...] = ()
    contradicted: tuple[tuple[str, str], ...] = ()  # what was ticked, and where
    concluded: tuple[tuple[str, str], ...] = ()


def assemble(answers: Iterable[Answer]) -> Assembled:
    """The records that a form gives; none where nobody filled anything in."""
    root = FormItem()
    for answer in answers:
        root.put(answer.tag.split("."), answer)
    own = root.lists.pop(OWN, None)
    if own is None:
        empty = [*root.empty, *(blank for item in root.below for blank in item.empty)]
        return Assembled((draft(root),) if root.filled else (), tuple(empty))
    records = [item for item in own if item.filled]
    drafts = [_shared(root, draft(item)) for item in records]
    contradicted = tuple(root.ticks.values()) if records else ()
    denials = [denial for item in own for denial in item.denials]
    concluded = {key: (word, denials[0].place) for key, word in root.boxes.items() if denials and not records}
    root.ticks |= concluded
    if root.ticks and not records:
        ticked = Draft({key: word for key, (word, _) in root.ticks.items()}, {})
        places: dict[tuple[Step, ...], str] = {(key,): place for key, (_, place) in root.ticks.items()}
        drafts.append(_shared(root, Draft(ticked.tree, places)))
    return Assembled(tuple(drafts), tuple(root.empty), contradicted, tuple(concluded.values()))


def draft(item: FormItem) -> Draft:
    """The tree of an item; items of its lists into which nobody wrote are left out."""
    tree: dict[str, Tree] = dict(item.values)
    places: dict[tuple[Step, ...], str] = {(key,): place for key, place in item.places.items()}
    for key, (word, place) in item.ticks.items():
        tree[key], places[key,] = word, place
    for key, mapping in item.mappings.items():
        if mapping.filled:
            drafted = draft(mapping)
            tree[key] = drafted.tree
            places |= {(key, *path): place for path, place in drafted.places.items()}
    for key, items in item.lists.items():
        kept = [draft(row) for row in items if row.filled]
        if kept:
            tree[key] = [drafted.tree for drafted in kept]
        for index, drafted in enumerate(kept):
            places |= {(key, index, *path): place for path, place in drafted.places.items()}
    return Draft(tree, places)


def _shared(root: FormItem, own: Draft) -> Draft:
    """A record with what the head of the form says of all of them."""
    head: dict[str, Any] = root.values
    return Draft(
        {**head, **own.tree}, {**{(key,): place for key, place in root.places.items()}, **own.places}
    )
