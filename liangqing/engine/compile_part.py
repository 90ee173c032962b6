"""One part of a template: from its XML to a program, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.docx_zip import W
from liangqing.base.word_places import property_place
from liangqing.engine.centred_paragraphs import mark_centred
from liangqing.engine.charts.chart_filling import Chart
from liangqing.engine.field_texts import aside_faults, describe, mark_asides
from liangqing.engine.filling.controls import fill_by_name, link_controls, mark_items, settle_controls
from liangqing.engine.filling.grids import Grid, mark_grids
from liangqing.engine.filling.ids import Ids, LoopIds
from liangqing.engine.filling.merging import merge_cells
from liangqing.engine.filling.numbering import ListNumbering, Restart, place_restarts, read_restart
from liangqing.engine.filling.program import pieces
from liangqing.engine.language.blocks import match_blocks
from liangqing.engine.language.join_runs import (
    MARK,
    drop_paragraph_ids,
    leftovers,
    mark_paragraph,
    tag_of,
    take_out,
)
from liangqing.engine.language.language import PROPERTIES, Statement, guessed_statement, parse_statement
from liangqing.engine.language.names import Names
from liangqing.engine.language.neighbours import content
from liangqing.engine.language.placing import (
    keep_containers,
    lift_blocks,
    merge_trimmed,
    place_marks,
    write_before,
)
from liangqing.engine.language.properties import MERGES, Merge, apply_property
from liangqing.engine.language.scopes import Scopes
from liangqing.engine.language.tags import RESERVED, Tag, TagList, marker
from liangqing.engine.lint import TextLint
from liangqing.engine.moved_notes import NotePart, take_out_notes
from liangqing.engine.odd_places import (
    ask_for_refresh,
    cut_field,
    has_equations,
    join_field_codes,
    loose_reference,
    mark_equations,
    mark_links,
    place_links,
)
from liangqing.engine.parts.relations import HEAD
from liangqing.engine.picture_rooms import note_rooms, with_growing_lines
from liangqing.engine.read_charts import Charts, fill_places
from liangqing.engine.rich_placement import beside_paragraphs, note_forms, paragraph_hosts, place_paragraphs

_STEPS = {"for": 1, "if": 1, "endfor": -1, "endif": -1}


@dataclass
class PartText:
    """A part as text with markers, its tags, their statements; without `problems` it can be compiled."""

    text: str = ""
    tags: TagList = field(default_factory=TagList)
    statements: dict[int, Statement] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    closes_cells: bool = False
    places: list[Place] = field(default_factory=list)
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    restarts: list[Restart] = field(default_factory=list)
    by_paragraph: dict[etree._Element, Place] = field(default_factory=dict)

    def parse(self) -> None:
        """Reads every tag on its own, so that all faults of grammar come at once."""
        self.problems += self.tags.problems
        for tag in self.tags.tags:
            try:
                self.statements[tag.number] = guessed_statement(tag) if tag.broken else parse_statement(tag)
            except Problems as exc:
                self.problems += exc.diagnostics
                self.statements[tag.number] = guessed_statement(tag)

    def add(self, tag: Tag, statement: Statement) -> int:
        """A tag that the compiler adds in the name of `tag`."""
        made = self.tags.add("control", tag.text, tag.body, tag.place)
        self.statements[made.number] = statement
        return made.number

    def in_order(self, numbers: Iterable[int]) -> list[tuple[Tag, Statement]]:
        return [(self.tags.tags[n], self.statements[n]) for n in numbers]


def read_story(
    root: etree._Element,
    file: str,
    names: Names,
    lint: TextLint,
    charts: Charts,
    ids: Ids,
    numbering: ListNumbering,
    places: dict[etree._Element, Place],
    notes: Iterable[NotePart] = (),
) -> PartText:
    """Body, header, footer or notes. Marks the tags, places the blocks, checks the names.

    `notes`: the parts of the notes that a body may refer to. What of them is `moved` is read with it.
    """
    part = PartText(problems=_unusable(root, Place(file)))
    if part.problems:
        return part
    _mark(part, root, places, file, lint, charts)
    moved = _move_notes(part, root, file, lint, notes)
    if part.problems:
        return part
    part.problems += settle_controls(root, part.tags)
    drop_paragraph_ids(root)
    if part.tags.tags:
        ask_for_refresh(root)
    ids.settle(root)
    part.parse()
    part.problems += _half_typed(part, names)
    for tag, statement in part.in_order(range(len(part.tags.tags))):
        part.problems += aside_faults(tag, statement, charts)
    part.problems += charts.problems
    _arrange(part, root, numbering)
    if root.tag == f"{W}document" and part.tags.tags and not part.problems:
        mark_centred(root, lint.styles, part.add, part.tags.tags[0])
    for drawing in charts.drawings:
        if drawing.filled:
            describe(drawing.properties, _series_names(part.statements[drawing.tag.number]))
    part.text = _serialise(root, take_out_notes(root, moved, Place(file), part.add))
    if not part.problems:
        _insert_charts(part, charts)
    names.walk(part.in_order(_running(part.text, part.tags.tags)), rich=True)
    part.problems += note_rooms(part.tags.tags)
    part.text = with_growing_lines(part.text, part.tags.tags)
    return part


def _running(text: str, tags: list[Tag]) -> Iterator[int]:
    """The numbers of the tags in the order in which they will run; those of a form come before what is printed in it."""
    for piece in pieces(text):
        if isinstance(piece, int):
            yield from _running(tags[piece].settings, tags)
            yield piece


def _half_typed(part: PartText, names: Names) -> list[Diagnostic]:
    """What looks like a tag and holds a name that there is."""
    targets = {statement.target for statement in part.statements.values()}
    return [fault for name, fault in part.tags.doubtful if name in targets or names.has(name)]


def _unusable(root: etree._Element, place: Place) -> list[Diagnostic]:
    """Why nothing can be done with a part; empty for the usual part."""
    if root.prefix != "w":
        message = "文件不是 Word 或 WPS 存出来的写法"
        return [error(Code.UNKNOWN_PREFIX, place, message, "用 Word 或 WPS 打开后另存一次")]
    found = RESERVED.search(etree.tostring(root, encoding="unicode"))
    if found is None:
        return []
    return [
        error(Code.RESERVED_CHARACTER, place, f"文件里有不能使用的字符 U+{ord(found[0]):X}", "删去这个字符")
    ]


def _mark(
    part: PartText,
    root: etree._Element,
    places: Mapping[etree._Element, Place],
    file: str,
    lint: TextLint,
    charts: Charts,
) -> None:
    fill_by_name(root)
    join_field_codes(root)
    part.by_paragraph.update(places)
    equations = has_equations(root)
    for paragraph, place in places.items():
        part.places += [place, *mark_asides(paragraph, place, part.tags, charts)]
        mark_paragraph(paragraph, place, part.tags)
        if equations:
            mark_equations(paragraph, place, part.tags)
        if charts.addresses:
            mark_links(paragraph, place, part.tags, charts)
        note_forms(paragraph, part.tags)
        lint.paragraph(paragraph, place)
    mark_items(root, places, file, part.tags)
    lint.table_styles(root, places)
    for element, text in leftovers(root):
        place = next(
            (places[ancestor] for ancestor in element.iterancestors(f"{W}p") if ancestor in places),
            Place(file),
        )
        message = f"「{text[:30]}」在域、书签或别的不能填写的地方"
        part.problems.append(error(Code.TAG_MISPLACED, place, message, "把标记移到文字里"))


def _move_notes(
    part: PartText, root: etree._Element, file: str, lint: TextLint, notes: Iterable[NotePart]
) -> list[NotePart]:
    """Takes notes to their references where some of these may be repeated or dropped."""
    if not any(tag.kind == "control" for tag in part.tags.tags):
        return []
    moved = [note for note in notes if note.wanted_by(root)]
    for note in moved:
        part.problems += _unusable(note.root, Place(file))
        _mark(part, note.root, note.places, file, lint, note.charts)
        note.move(root)
    return moved


def _insert_charts(part: PartText, charts: Charts) -> None:
    """Writes the XML of each chart where the id of its relationship will stand."""
    for number, drawing in enumerate(charts.drawings):
        tag = drawing.tag
        statement = part.statements[tag.number] if drawing.filled else Statement("chart")
        part.statements[tag.number] = replace(statement, number=number)
        xml = fill_places(drawing, _series_names(statement), part.add)
        whole = f"{marker(tag.number)}{HEAD}{xml}{marker(part.add(tag, Statement('endchart')))}"
        part.text = part.text.replace(marker(tag.number), whole, 1)
    part.charts = tuple(drawing.chart for drawing in charts.drawings)


def _series_names(statement: Statement) -> tuple[str, ...]:
    return tuple(name for name, _ in statement.fields[1:])


def read_properties(root: etree._Element, file: str, names: Names) -> PartText:
    """docProps: every element is a line of text of its own; in custom.xml the value of each property."""
    part = PartText()
    ends = [0]
    for element in root:
        part.places.append(Place(file, detail=property_place(element)))
        line = element[0] if element.get("pid") and len(element) else element
        line.text = mark_line(part.tags, line.text or "", part.places[-1])
        ends.append(len(part.tags.tags))
    part.parse()
    for start, end in pairwise(ends):
        _check_line(part, range(start, end), names)
    part.text = HEAD + etree.tostring(root, encoding="unicode")
    return part


def read_line(text: str, place: Place, names: Names) -> PartText:
    """A line of plain text."""
    part = PartText()
    part.text = mark_line(part.tags, text, place)
    part.parse()
    _check_line(part, range(len(part.tags.tags)), names)
    return part


def _check_line(part: PartText, numbers: range, names: Names) -> None:
    statements = part.in_order(numbers)
    part.problems += _half_typed(part, names)
    part.tags.doubtful.clear()
    part.problems += match_blocks(statements).problems
    for tag, statement in statements:
        if statement.keyword in (*PROPERTIES, *MERGES, "restart") or tag.prefix:
            message = f"「{tag.text}」只能用在 Word 正文里"
            part.problems.append(error(Code.PROPERTY_MISPLACED, tag.place, message, "删去它，或去掉前缀"))
    names.walk(statements)


def _arrange(part: PartText, root: etree._Element, numbering: ListNumbering) -> None:
    """Takes the control tags to where they belong in the tree; only a sound part is changed."""
    marks = {tag_of(mark): mark for mark in root.iter(MARK)}
    merges = _apply_properties(part, marks, numbering)
    matched = match_blocks(part.in_order(marks))
    part.problems += [*matched.problems, *beside_paragraphs(root, part.tags)]
    merge_trimmed(marks, part.tags.tags)
    scopes = Scopes(marks)
    scopes.decide(
        [block for block in matched.blocks if block.closed],
        [part.tags.tags[n] for n in marks if part.statements[n].keyword in ("comment", "set", "restart")],
    )
    part.problems += scopes.problems
    if part.problems:
        return
    place_marks(marks, scopes.anchors, {block.tags[-1].number for block in matched.blocks})
    part.problems += lift_blocks(matched.blocks, marks, scopes.anchors)
    part.problems += merge_cells(merges, matched.blocks, part.statements, part.add)
    hosts = paragraph_hosts(root, part.tags)
    place_restarts(root, part.restarts, numbering, part.statements, part.add, hosts)
    place_paragraphs(hosts)
    link_controls(root, part.tags, part.add)
    place_links(root, part.tags, part.add)
    ids = LoopIds(part.tags.tags, part.statements, part.add)
    ids.place(root)
    part.tags.warnings += [loose_reference(*found, part.by_paragraph) for found in ids.loose]
    part.problems += [cut_field(begin, part.by_paragraph) for begin in ids.cut]
    part.grids = mark_grids(root, part.by_paragraph)
    part.closes_cells = keep_containers(root, _steps(part))


def _apply_properties(
    part: PartText, marks: dict[int, etree._Element], numbering: ListNumbering
) -> list[Merge]:
    merges = []
    for number in list(marks):
        keyword, tag = part.statements[number].keyword, part.tags.tags[number]
        try:
            if keyword == "restart":
                paragraph = next(marks[number].iterancestors(f"{W}p"))
                apart = all(element.tag == MARK for element in content(paragraph))
                if not apart:
                    take_out(marks.pop(number))
                part.restarts.append(read_restart(tag, paragraph, numbering, apart=apart))
            elif keyword in (*PROPERTIES, *MERGES):
                merges.append(apply_property(tag, keyword, marks.pop(number)))
        except Problems as exc:
            part.problems += exc.diagnostics
    return [merge for merge in merges if merge is not None]


def _steps(part: PartText) -> dict[int, int]:
    """How each tag changes the depth of blocks."""
    return {number: _STEPS.get(statement.keyword, 0) for number, statement in part.statements.items()}


def _serialise(root: etree._Element, instead: Iterable[tuple[str, str]]) -> str:
    """The XML of a part, each mark written as its marker; `instead`: texts to be written in the place of others."""
    for mark in list(root.iter(MARK)):
        text = marker(tag_of(mark)) + (mark.tail or "")
        write_before(mark, text)
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
    holes = list(instead)
    text = HEAD + etree.tostring(root, encoding="unicode")
    for hole, xml in holes:
        text = text.replace(hole, xml, 1)
    return text


def mark_line(tags: TagList, text: str, place: Place) -> str:
    """A line of text with its tags replaced by markers."""
    out = []
    position = 0
    for span in tags.scan(text, place):
        out += [text[position : span.start], marker(span.tag.number) if span.tag.kind != "comment" else ""]
        position = span.end
    return "".join((*out, text[position:]))
