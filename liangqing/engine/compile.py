"""`compile_template`: a Word file becomes a Template, or all of its problems at once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liangqing.base.diagnostics import Diagnostic, Place, Problems
from liangqing.base.docx_zip import OFFICE, Package, Part, ZipEntry, packed, read_package
from liangqing.engine.admission.admit import admitted
from liangqing.engine.comment_anchors import story_places
from liangqing.engine.compile_part import PartText, read_properties, read_story
from liangqing.engine.filling.ids import Ids
from liangqing.engine.filling.numbering import ListNumbering
from liangqing.engine.filling.program import Flavour, Program, compile_program
from liangqing.engine.filling.render import sandbox_for
from liangqing.engine.fonts import TemplateStyles, substitute_fonts
from liangqing.engine.language.names import Names
from liangqing.engine.language.shapes import Record
from liangqing.engine.lint import TextLint, misplaced_tags
from liangqing.engine.moved_notes import NotePart
from liangqing.engine.parts.added_parts import Shell
from liangqing.engine.parts.environment import Filter
from liangqing.engine.parts.relations import (
    TYPES_PART,
    Relation,
    next_number,
    open_relations,
    open_types,
    read_relations,
    relations_data,
    relations_name,
    target_part,
)
from liangqing.engine.read_charts import Charts
from liangqing.engine.remarks import Remarks, without_remarks
from liangqing.engine.strip_authors import without_traces
from liangqing.engine.template import Template, program_name

_STORIES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_THEMED = b"eastAsiaTheme"
_NONE: Mapping[str, str] = {}
_NO_FILTERS: Mapping[str, Filter] = {}


def compile_template(
    source: Path | bytes,
    *,
    name: str,
    schema: Record | None = None,
    filters: Mapping[str, Filter] = _NO_FILTERS,
    fonts: Mapping[str, str] = _NONE,
) -> Template:
    """Compiles a .docx, or the one at a path, which diagnostics call `name`.

    Raises Problems with every problem of the template, in the order of the document. Names are checked against
    `schema`; without one any name may be read, and what is not among the values is told when a paper is rendered.
    `filters`: name → function of a value and constants, which refuses by TypeError or ValueError. `fonts` replaces
    font names (old → new) in every part. Who worked on the file, and when, is left behind, and so are comments; tracked
    changes are accepted. What a person should know of a template that can be filled stands in its `warnings`.
    """
    found = admitted(read_package(source, name), called="模板", tags=True)
    remarks = without_remarks(without_traces(substitute_fonts(found.package, fonts)))
    told = [*found.told, *remarks.warnings]
    return _Compilation(remarks, Names(schema, filters), filters, [*found.refused], told).template()


@dataclass
class _Compilation:
    remarks: Remarks
    names: Names
    filters: Mapping[str, Filter]
    problems: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    places: dict[Place, int] = field(default_factory=dict)
    texts: dict[str, tuple[PartText, Flavour]] = field(default_factory=dict)
    charts: dict[str, Charts] = field(default_factory=dict)
    notes: dict[str, NotePart] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)
    numbering: ListNumbering = field(default_factory=ListNumbering)

    def __post_init__(self) -> None:
        self.package: Package = self.remarks.package
        self.main_relations = read_relations(self.package, self.package.main)

    def template(self) -> Template:
        self._read_all()
        if self.problems:
            raise Problems(self._told([*self.problems, *self.warnings]))
        dropped = {name for charts in self.charts.values() for name in charts.dropped}
        contents = [self._content(name) for name in self.package.parts if name not in dropped]
        shell = self._shell(dropped)
        told = self._told(self.warnings)
        return Template(self.package.name, self.names.reads, self.filters, contents, shell, warnings=told)

    def _told(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """Each once, in the order of the document."""
        return sorted(dict.fromkeys(found), key=self._order)

    def _shell(self, dropped: set[str]) -> Shell:
        moved = {name: note.halves() for name, note in self.notes.items() if note.moved}
        kept = {name: self._relations(name) for name in dict.fromkeys((*self.texts, *self.notes))}
        return Shell(
            open_types(self.package, dropped),
            {name: open_relations(relations) for name, relations in kept.items()},
            {name: next_number(read_relations(self.package, name)) for name in kept},
            frozenset(name.lower() for name in self.package.parts if name not in dropped),
            self.ids.next,
            (self.numbering.part, *self.numbering.halves()) if self.numbering.used else None,
            notes=moved,
            main=self.package.main,
            names=frozenset(self.ids.names),
            next_notes={name: note.next_number() for name, note in self.notes.items()},
        )

    def _relations(self, story: str) -> list[Relation]:
        """The relationships of a story without those of the charts that are added anew."""
        gone = self.charts[story].ids if story in self.charts else ()
        return [relation for relation in read_relations(self.package, story) if relation.id not in gone]

    def _read_all(self) -> None:
        stories = sorted(filter(self._is_story, self.package.parts), key=self._is_notes)
        roots = {
            name: self.remarks.roots[name] if name in self.remarks.roots else self.package.root(name)
            for name in stories
        }
        self.ids = Ids.of(roots.values())
        self.numbering = ListNumbering.of(self.package)
        lint = TextLint(self._styles(stories))
        file = self.package.name
        self.charts = {name: Charts(self.package, name) for name in stories}
        places = {
            name: self.remarks.places.get(name) or story_places(roots[name], self.package, name)
            for name in stories
        }
        self.notes = {
            name: NotePart(name, roots[name], places[name], self.charts[name])
            for name in filter(self._is_notes, stories)
        }
        for name in stories:
            if name in self.notes and self.notes[name].moved:
                continue
            text = read_story(
                root=roots[name],
                file=file,
                names=self.names,
                lint=lint,
                charts=self.charts[name],
                ids=self.ids,
                numbering=self.numbering,
                places=places[name],
                notes=self.notes.values() if name == self.package.main else (),
            )
            self._keep(name, "word", text)
        for note in self.notes.values():
            self.problems += note.faults()
        self.problems += misplaced_tags(self.package, self._filled(stories))
        for name in _PROPERTIES:
            if name in self.package.parts:
                self._keep(name, "xml", read_properties(self.package.root(name), file, self.names))
        self.problems += self.names.problems
        self.warnings += lint.warnings()

    def _filled(self, stories: list[str]) -> set[str]:
        """The parts whose tags are filled in."""
        return {*stories, *_PROPERTIES, *(name for charts in self.charts.values() for name in charts.dropped)}

    def _keep(self, name: str, flavour: Flavour, text: PartText) -> None:
        self.problems += text.problems
        self.warnings += text.tags.warnings
        for place in text.places:
            self.places.setdefault(place, len(self.places))
        if text.tags.tags:
            self.texts[name] = (text, flavour)

    def _order(self, problem: Diagnostic) -> int:
        """Where the problem's place comes in the document; what has no place comes first."""
        return self.places.get(problem.place, -1)

    def _content(self, part: str) -> ZipEntry | Program:
        if part not in self.texts:
            return ZipEntry(self._static(part))
        text, flavour = self.texts[part]
        name = program_name(self.package.name, part)
        sandbox = sandbox_for(flavour, self.filters)
        program = compile_program(name, text.text, text.tags.tags, text.statements, flavour, sandbox)
        return replace(
            program, part=part, closes_cells=text.closes_cells, charts=text.charts, grids=text.grids
        )

    def _static(self, part: str) -> Part:
        """A part as it stands in the file, but for the charts and notes that were taken out of it."""
        if part in self.notes and self.notes[part].moved:
            return packed(part, "".join(self.notes[part].halves()[:2]).encode())
        if not any(charts.dropped or charts.ids for charts in self.charts.values()):
            return self.package.parts[part]
        if part == TYPES_PART:
            dropped = {name for charts in self.charts.values() for name in charts.dropped}
            return packed(part, f"{open_types(self.package, dropped)}</Types>".encode())
        story = next(
            (
                name
                for name, story_charts in self.charts.items()
                if story_charts.ids and relations_name(name) == part
            ),
            "",
        )
        return packed(part, relations_data(self._relations(story))) if story else self.package.parts[part]

    def _is_story(self, name: str) -> bool:
        return name == self.package.main or self.package.types.get(name, "").endswith(_STORIES)

    def _is_notes(self, name: str) -> bool:
        """Footnotes or endnotes, which are read after the text that they may be taken to."""
        return self.package.types.get(name, "").endswith(("footnotes+xml", "endnotes+xml"))

    def _styles(self, stories: Iterable[str]) -> TemplateStyles:
        """The styles, with the theme where a font is taken from it."""
        named = [self._name_beside_main(kind) for kind in ("styles", "theme", "settings")]
        parts = [self.package.parts[name] for name in (named[0], *stories) if name in self.package.parts]
        wanted = named if any(_THEMED in part.data for part in parts) else named[:1]
        return TemplateStyles(
            *(self.package.root(name) if name in self.package.parts else None for name in wanted)
        )

    def _name_beside_main(self, kind: str) -> str:
        """The name of the part of styles, settings or the theme, whether it is there or not."""
        found = (
            target_part(self.package.main, relation)
            for relation in self.main_relations
            if relation.kind == f"{OFFICE}/{kind}"
        )
        usual = posixpath.join(posixpath.dirname(self.package.main), f"{kind}.xml")
        return next((part for part in found if part in self.package.parts), usual)
