"""Footnotes and endnotes taken to their references when a template is compiled.

Word keeps notes in parts of their own, and the text names them by number. Where the text holds loops or conditions, each
note is filled where its reference stands, with the names of the loops around it: every copy of a reference gets a note of
its own, and one that is dropped takes its note along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.docx_zip import W
from liangqing.engine.filling.notes import END_NOTE, NOTE
from liangqing.engine.filling.program import own_filter
from liangqing.engine.language.join_runs import OPENINGS, take_out
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag, marker
from liangqing.engine.parts.relations import HEAD
from liangqing.engine.read_charts import Charts

_REFERENCES = {f"{W}footnotes": f"{W}footnoteReference", f"{W}endnotes": f"{W}endnoteReference"}
_NOTES = (f"{W}footnote", f"{W}endnote")
_ID = f"{W}id"
_SPACE = re.compile(r' xmlns:(\w+)="([^"]*)"')


@dataclass
class NotePart:
    """A part of notes with the places of its paragraphs. `moved`: its notes stand in the text, at their references."""

    name: str
    root: etree._Element
    places: Mapping[etree._Element, Place]
    charts: Charts
    moved: bool = False

    def wanted_by(self, text: etree._Element) -> bool:
        """Whether a text refers to notes of this part."""
        return next(text.iter(_REFERENCES[str(self.root.tag)]), None) is not None

    def move(self, text: etree._Element) -> None:
        """Takes each note to its reference in `text`; one that nothing refers to goes. Its tags must be marked."""
        self.moved = True
        notes = {note.get(_ID, ""): note for note in self.root if note.get(f"{W}type") in (None, "normal")}
        for note in notes.values():
            self.root.remove(note)
        for reference in list(text.iter(_REFERENCES[str(self.root.tag)])):
            number = reference.get(_ID, "")
            if number in notes:
                reference.append(notes.pop(number))
            else:
                take_out(reference)  # its note is not there, or is another's

    def halves(self) -> tuple[str, str, int]:
        """The part before and after its notes, and the first number that a note may have."""
        self.root.text = self.root.text or ""  # so that it is written with an end of its own
        before, closing, after = etree.tostring(self.root, encoding="unicode").rpartition("</")
        return HEAD + before, closing + after, self.next_number()

    def next_number(self) -> int:
        """The first number that no note of the part has."""
        return max(0, *(int(note.get(_ID, "0")) for note in self.root), 0) + 1

    def faults(self) -> Iterator[Diagnostic]:
        """Tags where none is filled: in the lines above the notes, and in charts of notes that were moved."""
        lines = (note for note in self.root if note.get(f"{W}type") not in (None, "normal"))
        if any(
            opening in "".join(map(str, line.itertext(f"{W}t"))) for line in lines for opening in OPENINGS
        ):
            message = "脚注、尾注上面的分隔线里有标记，这里不会填写"
            place = Place(self.charts.package.name)
            yield error(Code.TAG_MISPLACED, place, message, "把标记移到正文里")
        for drawing in self.charts.drawings if self.moved else ():
            message = "脚注、尾注里的图表不能填写"
            yield error(Code.CHART_TAG_UNFIT, drawing.tag.place, message, "把图表移到正文里")


def take_out_notes(
    root: etree._Element, parts: Iterable[NotePart], place: Place, add: Callable[[Tag, Statement], int]
) -> Iterator[tuple[str, str]]:
    """Takes the notes out of a text whose marks are written. Yields what stands in the place of each, and what is to stand
    there: the note, and around it the tags that make it one of its part.
    """
    spaces = {str(part.root.tag): (part.name, part.root.nsmap) for part in parts}
    for note in list(root.iter(*_NOTES)) if spaces else ():
        reference = note.getparent()
        assert reference is not None
        name, declared = spaces[f"{note.tag}s"]
        reference.remove(note)
        tag = Tag(0, "control", "", "", place)
        end = nodes.Filter(None, END_NOTE, [], [], None, None)
        opening = f"<{note.prefix}:{etree.QName(note).localname}"
        begin = own_filter(NOTE, name, opening)
        hole = marker(add(tag, Statement("gather", expression=begin, test=end)))
        reference.set(_ID, hole)
        del note.attrib[_ID]
        note.tail = None
        xml = etree.tostring(note, encoding="unicode").removeprefix(opening)
        yield hole, f"{hole}{_undeclared(xml, declared)}{marker(add(tag, Statement('endgather')))}"


def _undeclared(xml: str, declared: Mapping[str | None, str]) -> str:
    """Without the namespaces that the part declares already; `xml` is what follows the name of a note's tag."""
    head, end, rest = xml.partition(">")
    return _SPACE.sub(lambda found: "" if declared.get(found[1]) == found[2] else found[0], head) + end + rest
