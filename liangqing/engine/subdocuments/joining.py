"""What a paper already has and what Word files put into it add: styles, lists, notes, each written once it is filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import OFFICE, W, parse_xml
from liangqing.engine.parts.added_parts import Additions
from liangqing.engine.parts.relations import HEAD, part_of_kind, relations_name, relations_of
from liangqing.engine.subdocuments.carried_lists import PaperLists
from liangqing.engine.subdocuments.carried_styles import PaperStyles
from liangqing.engine.subdocuments.style_sheet import StyleSheet

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_SPACE = f'xmlns:w="{W[1:-1]}"'
# Of a part that the paper does not have: what stands in it before anything is added.
_LINE = '<w:{0} w:type="{1}" w:id="{2}"><w:p><w:r><w:{1}/></w:r></w:p></w:{0}>'
_EMPTY = {
    "styles": f"<w:styles {_SPACE}></w:styles>",
    "numbering": f"<w:numbering {_SPACE}></w:numbering>",
    **{
        f"{note}s": f"<w:{note}s {_SPACE}>{_LINE.format(note, 'separator', 0)}"
        f"{_LINE.format(note, 'continuationSeparator', 1)}</w:{note}s>"
        for note in ("footnote", "endnote")
    },
}
_FIRST_NOTE = 2  # after the lines above them


@dataclass
class Joined:
    """Of one paper while it is filled; made when the first Word file is put in."""

    additions: Additions
    notes: dict[str, list[str]] = field(default_factory=dict)
    bookmarks: set[str] = field(default_factory=set)
    _parts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, additions: Additions) -> Joined:
        """The one of these additions."""
        if additions.joined is None:
            additions.joined = cls(additions)
        return cast(Joined, additions.joined)

    def __post_init__(self) -> None:
        main = self.additions.shell.main
        written = self.additions.kept(relations_name(main))
        self._relations = relations_of(written, Place(relations_name(main)))
        sheet = StyleSheet(self._root)
        self.styles = PaperStyles(sheet)
        self.bookmarks |= self.additions.shell.names
        root = self._root("numbering")
        used = [int(made.get(f"{W}numId", "0")) for made in root.iter(f"{W}num")] if root is not None else []
        first = max(used, default=0) + 1
        self.lists = PaperLists(root, lambda: self.additions.list_number(first))

    def changed(self, kind: str) -> None:
        """To be told that there are new styles (`styles`) or lists (`numbering`)."""
        changes: dict[str, Callable[[bytes | None], bytes]] = {
            "styles": self._with_styles,
            "numbering": self._with_lists,
        }
        self.additions.rewrites[self.part(kind)] = changes[kind]

    def part(self, kind: str) -> str:
        """The part of a kind; one that the paper does not have is made when the paper is written."""
        if kind not in self._parts:
            found = self._there(kind)
            if not found:
                found = self.additions.reserved(f"word/{kind}{{}}.xml", _TYPE.format(kind))
                self.additions.relate(self.additions.shell.main, f"{OFFICE}/{kind}", found)
            self._parts[kind] = found
        return self._parts[kind]

    def next_note(self, part: str) -> str:
        """The number of the note that comes next in a part of notes."""
        shell = self.additions.shell
        if part in shell.notes:
            return self.additions.next_note(part)
        return str(shell.next_notes.get(part, _FIRST_NOTE) + len(self.notes.get(part, ())))

    def add_note(self, part: str, kind: str, xml: str) -> None:
        """Adds a note that bears the number that `next_note` told; `kind` is that of its part."""
        if part in self.additions.shell.notes:
            self.additions.new_note(part, xml)
            return
        added = self.notes.setdefault(part, [])
        added.append(xml)

        def with_notes(data: bytes | None) -> bytes:
            before, closing, after = _text(data, kind).rpartition("</")
            return "".join((HEAD, before, *added, closing, after)).encode()

        self.additions.rewrites[part] = with_notes

    def bookmark(self, name: str, number: int) -> str:
        """A name that no bookmark of the paper has."""
        made, count = name, number
        while made in self.bookmarks:
            ending = f"_s{count}"
            made, count = name[: 40 - len(ending)] + ending, count + 1
        self.bookmarks.add(made)
        return made

    def _there(self, kind: str) -> str:
        folder = self.additions.shell.main.rpartition("/")[0]
        found = (
            part_of_kind(self.additions.shell.main, self._relations, f"{OFFICE}/{kind}")
            or f"{folder}/{kind}.xml"
        )
        return found if found.lower() in self.additions.shell.taken else ""

    def _root(self, kind: str) -> etree._Element | None:
        part = self._there(kind)
        data = self.additions.kept(part) if part else None
        return None if data is None else parse_xml(data, Place(part))

    def _with_styles(self, data: bytes | None) -> bytes:
        root = etree.fromstring(_text(data, "styles"))
        root.extend(self.styles.added)
        return _written(root)

    def _with_lists(self, data: bytes | None) -> bytes:
        root = etree.fromstring(_text(data, "numbering"))
        first = next(root.iterchildren(f"{W}num", f"{W}numIdMacAtCleanup"), None)
        last = next(root.iterchildren(f"{W}numIdMacAtCleanup"), None)
        for look in self.lists.looks:
            root.append(look) if first is None else first.addprevious(look)
        for made in self.lists.lists:
            root.append(made) if last is None else last.addprevious(made)
        return _written(root)


def _text(data: bytes | None, kind: str) -> str:
    """The part as it stands; of one that was not there, what it begins with."""
    root = etree.fromstring(_EMPTY[kind].encode() if data is None else data)
    root.text = root.text or ""  # so that it is written with an end of its own
    return etree.tostring(root, encoding="unicode")


def _written(root: etree._Element) -> bytes:
    return HEAD.encode() + etree.tostring(root, encoding="UTF-8")
