"""`compile_template`: a Word file becomes a Template, or all of its problems at once."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from liangqing.engine.compiling import PartText, read_properties, read_story
from liangqing.engine.environment import Filter
from liangqing.engine.fonts import Styles, substitute_fonts
from liangqing.engine.lint import TextLint, lint_package
from liangqing.engine.names import Names
from liangqing.engine.program import Flavour, Program, compile_program
from liangqing.engine.running import sandbox_for
from liangqing.engine.shapes import Record
from liangqing.engine.template import Template, program_name
from liangqing.errors import Diagnostic, Place, Problems
from liangqing.ooxml import Entry, Package, parse_xml, read_package

_STORIES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml")
_NONE: Mapping[str, str] = {}
_NO_FILTERS: Mapping[str, Filter] = {}


def compile_template(
    path: Path,
    *,
    name: str,
    schema: Record | None = None,
    filters: Mapping[str, Filter] = _NO_FILTERS,
    fonts: Mapping[str, str] = _NONE,
) -> Template:
    """Compiles the .docx at `path`, which diagnostics call `name`.

    Raises Problems with every problem of the template. Names are checked against `schema` when there is one.
    `fonts` replaces font names (old → new) in every part.
    """
    package = substitute_fonts(read_package(path, name), fonts)
    return _Compilation(package, Names(schema, filters), filters).template()


@dataclass
class _Compilation:
    package: Package
    names: Names
    filters: Mapping[str, Filter]
    problems: list[Diagnostic] = field(default_factory=list)
    places: dict[Place, int] = field(default_factory=dict)
    texts: dict[str, tuple[PartText, Flavour]] = field(default_factory=dict)

    def template(self) -> Template:
        self._read_all()
        if self.problems:
            raise Problems(sorted(dict.fromkeys(self.problems), key=self._order))
        contents = [self._content(name) for name in self.package.parts]
        return Template(self.package.name, self.names.reads, self.filters, contents)

    def _read_all(self) -> None:
        stories = [name for name in self.package.parts if self._is_story(name)]
        self.problems += lint_package(self.package, (*stories, *_PROPERTIES))
        lint = TextLint(Styles(self._styles()))
        file = self.package.name
        for name in stories:
            self._keep(name, "word", read_story(self._root(name), file, self.names, lint))
        for name in _PROPERTIES:
            if name in self.package.parts:
                self._keep(name, "xml", read_properties(self._root(name), file, self.names))
        self.problems += [*lint.problems(), *self.names.problems]

    def _keep(self, name: str, flavour: Flavour, text: PartText) -> None:
        self.problems += text.problems
        for place in text.places:
            self.places.setdefault(place, len(self.places))
        if text.tags.tags:
            self.texts[name] = (text, flavour)

    def _order(self, problem: Diagnostic) -> int:
        """Where the problem's place comes in the document; what has no place comes first."""
        return self.places.get(problem.place, -1)

    def _content(self, part: str) -> Entry | Program:
        if part not in self.texts:
            return Entry(self.package.parts[part])
        text, flavour = self.texts[part]
        name = program_name(self.package.name, part)
        sandbox = sandbox_for(flavour, self.filters)
        program = compile_program(name, text.text, text.tags.tags, text.statements, flavour, sandbox)
        return Program(program.name, program.source, flavour, program.tags, text.closes_cells)

    def _is_story(self, name: str) -> bool:
        return name == self.package.main or self.package.types.get(name, "").endswith(_STORIES)

    def _root(self, name: str) -> etree._Element:
        return parse_xml(self.package.parts[name].data, Place(self.package.name, detail=name))

    def _styles(self) -> etree._Element | None:
        name = posixpath.join(posixpath.dirname(self.package.main), "styles.xml")
        return self._root(name) if name in self.package.parts else None
