"""What one rendering adds to the package: parts, relationships, numbers for ids.

`Shell` is what a template keeps for that; nothing of it is touched by a document that adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from liangqing.base.codes import Code
from liangqing.base.docx_zip import ZipEntry, packed, stored
from liangqing.engine.parts.environment import Fault
from liangqing.engine.parts.picture_folder import PictureFolder
from liangqing.engine.parts.relations import (
    TYPES_PART,
    Relation,
    open_relations,
    override_xml,
    relation_xml,
    relations_name,
    relative,
)

MAX_ADDED = 100_000_000
# (a text in one line, how many signs fit into a line) → the places where it breaks, in order; none where it fits
Breaker: TypeAlias = Callable[[str, float], Sequence[int]]


@dataclass(frozen=True)
class Shell:
    """What a template knows of its package, for documents that add to it.

    `main` is the part of the text, `names` its bookmarks, `next_notes` the first free number in a part of notes that stays as it is. `types` ([Content_Types].xml) and `relations` (by story part) are XML without its end, to which lines are added.
    `next_ids`: story part → the first n for which `rId<n>` is free; `taken`: names of parts, lower case, as Word does
    not tell case apart; `first_number`: free for ids of drawings, bookmarks and controls. `numbering` is None where the
    template begins no list anew. `notes` has the parts whose notes are written with their references.
    """

    types: str
    relations: Mapping[str, str]
    next_ids: Mapping[str, int]
    taken: frozenset[str]
    first_number: int
    numbering: tuple[str, str, str, int] | None = (
        None  # part, XML before and after new lists, first free number
    )
    notes: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)  # by part, as for numbering
    main: str = ""
    names: frozenset[str] = frozenset()
    next_notes: Mapping[str, int] = field(default_factory=dict)

    def complete(self, entries: list[ZipEntry], additions: Additions) -> list[ZipEntry]:
        """The entries with their relationships and content types completed, and the new parts."""
        fresh = {relations_name(part): text for part, text in additions.relations(self.relations).items()}
        fresh[TYPES_PART] = f"{self.types}{''.join(additions.overrides)}</Types>"
        if self.numbering is not None and additions.lists:
            part, before, after, _ = self.numbering
            fresh[part] = f"{before}{''.join(additions.lists)}{after}"
        for part, notes in additions.notes.items():
            before, after, _ = self.notes[part]
            fresh[part] = f"{before}{''.join(notes)}{after}"
        made = {name: ZipEntry(packed(name, text.encode())) for name, text in fresh.items()}
        out = [made.pop(entry.name.decode(), entry) for entry in entries]
        return additions.rewritten([*out, *made.values(), *additions.entries])


@dataclass
class Additions:
    """Filled while the parts of one document are rendered, in their order."""

    shell: Shell
    pictures: PictureFolder | None = None  # where the files of pictures, and Word files, stand
    kept: Callable[[str], bytes | None] = lambda part: None  # a part of the template that holds no tag
    documents: Callable[[bytes, str], object] | None = None  # makes a Word file ready, by its bytes and name
    joined: object | None = None  # what Word files add to parts that there are
    rewrites: dict[str, Callable[[bytes | None], bytes]] = field(
        default_factory=dict
    )  # of parts, once all is filled
    entries: list[ZipEntry] = field(default_factory=list)
    overrides: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)
    _once: dict[bytes, str] = field(default_factory=dict)
    drawn: dict[str, list[tuple[int, str]]] = field(
        default_factory=dict
    )  # by picture: how wide in pixels, and its part
    _related: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    _numbers: int = 0
    _lists: int = 0
    _size: int = 0

    def __bool__(self) -> bool:
        return bool(self.entries or self._related or self.lists or self.notes or self.rewrites)

    def number(self) -> int:
        """A number no id of this document has."""
        self._numbers += 1
        return self.shell.first_number + self._numbers - 1

    def new_list(self, before: str, after: str) -> str:
        """The number of a new list, whose w:num is `before`, the number, `after`."""
        assert self.shell.numbering is not None
        number = self.list_number(self.shell.numbering[3])
        self.lists.append(f"{before}{number}{after}")
        return number

    def list_number(self, first: int) -> str:
        """The number of the next new list; `first` is the first that was free."""
        self._lists += 1
        return str(first + self._lists - 1)

    def next_note(self, part: str) -> str:
        """The number of the note that comes next in a part of notes."""
        return str(self.shell.notes[part][2] + len(self.notes.get(part, ())))

    def new_note(self, part: str, xml: str) -> str:
        """Adds a note, which bears the number that `next_note` told; returns it."""
        number = self.next_note(part)
        self._count(len(xml))
        self.notes.setdefault(part, []).append(xml)
        return number

    def part(self, pattern: str, data: bytes, content_type: str, *, compressed: bool = False) -> str:
        """A new part; its name is `pattern` with the first free number. `compressed`: not to be deflated."""
        name = self.reserved(pattern, content_type)
        self._add(name, data, compressed=compressed)
        return name

    def reserved(self, pattern: str, content_type: str) -> str:
        """The name of a new part that is written later: by `rewrites`."""
        number = self._next.get(pattern, 1)
        while (name := pattern.format(number)).lower() in self.shell.taken:
            number += 1
        self._next[pattern] = number + 1
        self.overrides.append(override_xml(name, content_type))
        return name

    def rewritten(self, entries: Iterable[ZipEntry]) -> list[ZipEntry]:
        """The parts of the document, with those that `rewrites` are for written anew, or made."""
        left = dict(self.rewrites)
        out = []
        for entry in entries:
            change = left.pop(entry.name.decode(), None)
            out.append(entry if change is None else _entry(entry.name.decode(), change(entry.unpacked())))
        return [*out, *(_entry(name, change(None)) for name, change in left.items())]

    def part_once(self, pattern: str, data: bytes, content_type: str) -> str:
        """As `part`, for data that is compressed by itself; equal data is stored once."""
        if data not in self._once:
            self._once[data] = self.part(pattern, data, content_type, compressed=True)
        return self._once[data]

    def relations_of(self, part: str, data: bytes) -> None:
        """The relationships of a part that was added."""
        self._add(relations_name(part), data, compressed=False)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship of a story part; the same one for the same target."""
        related = self._related.setdefault(part, {})
        key = (kind, target if external else relative(part, target))
        if key not in related:
            related[key] = f"rId{self.shell.next_ids.get(part, 1) + len(related)}"
        return related[key]

    def relations(self, existing: Mapping[str, str]) -> dict[str, str]:
        """The relationships of each story part that got new ones, with those that it has."""
        found = {}
        for part, related in self._related.items():
            new = [
                Relation(id, kind, target, kind.endswith("/hyperlink"))
                for (kind, target), id in related.items()
            ]
            head = existing.get(part) or open_relations(())
            found[part] = f"{head}{''.join(map(relation_xml, new))}</Relationships>"
        return found

    def _add(self, name: str, data: bytes, *, compressed: bool) -> None:
        self._count(len(data))
        self.entries.append(ZipEntry(stored(name, data) if compressed else packed(name, data)))

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MAX_ADDED:
            raise Fault(
                Code.PAPER_TOO_LARGE, "之前加进的图片、图表大得不正常", "看循环是否套得太多，图片是否太大"
            )


def _entry(name: str, data: bytes) -> ZipEntry:
    return ZipEntry(packed(name, data))


class PartFilling:
    """Where the filters of one part work while it is rendered: the additions, the chart at hand, ids."""

    __slots__ = (
        "above",
        "additions",
        "breaker",
        "charts",
        "lists",
        "numbers",
        "outside",
        "part",
        "room",
        "table",
        "turns",
    )

    def __init__(
        self, additions: Additions, part: str, charts: tuple[object, ...], breaker: Breaker | None = None
    ) -> None:
        self.additions = additions
        self.part = part
        self.outside = part  # while a note is filled: the part of its reference
        self.charts = charts
        self.breaker = breaker
        self.room: tuple[float, float] | None = (
            None  # of the tag at hand: how large a picture may be there, in mm
        )
        self.table: object = None
        self.numbers: dict[str, int] = {}
        self.turns: dict[str, int] = {}
        self.lists: dict[str, str] = {}
        self.above: dict[
            int, tuple[str, bool]
        ] = {}  # by cell: its words, and whether they were merged upwards
