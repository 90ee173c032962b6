"""Templates that are compiled when a paper needs them, and what is noted of those that were found right.

The notes are data, never code: what a template reads. By them a build that changes nothing compiles nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeAlias

from liangqing.base.chinese import FILTERS
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, refuse
from liangqing.base.folders import OUTPUT
from liangqing.base.output_inputs import read_notes, write_notes
from liangqing.base.processes import mapped, worth
from liangqing.base.program_stamp import program_stamp
from liangqing.engine import (
    Breaker,
    PictureFolder,
    Reads,
    Template,
    WorkbookTemplate,
    compile_template,
    compile_workbook,
)
from liangqing.forms.mark import without_reference
from liangqing.papers.catalogue import Entry
from liangqing.variables.audience import internal_read
from liangqing.variables.subjects import schema

NOTES = f"{OUTPUT}/.templates.json"
AnyTemplate: TypeAlias = Template | WorkbookTemplate
PAYS_FROM = 8  # templates; below that, starting another process takes longer than it saves


class KeptTemplate:
    """A template that was found right: what it reads, and how it is compiled.

    `digest` stands for all that it was compiled from. `printed` is what it reads outside of what is shown for
    orientation alone (参考); of a template that is no form it is the same as `reads`.
    """

    def __init__(self, digest: str, reads: Reads, printed: Reads, make: Callable[[], AnyTemplate]) -> None:
        self.digest, self.reads, self.printed, self._make = digest, reads, printed, make

    @cached_property
    def template(self) -> AnyTemplate:
        """Compiled, once in a process."""
        return self._make()

    def render(
        self,
        values: Mapping[str, object],
        *,
        subject: str,
        pictures: PictureFolder | None = None,
        breaker: Breaker | None = None,
    ) -> bytes:
        """The bytes of a paper; see Template.render."""
        return self.template.render(values, subject=subject, pictures=pictures, breaker=breaker)


class TemplateNotes:
    """What is noted in a workspace of templates that were found right by this very program."""

    def __init__(self, root: Path) -> None:
        self._path = root / NOTES
        self._found: dict[str, tuple[Reads, Reads]] = {}
        self._new = False

    def load(self) -> TemplateNotes:
        """Reads the notes; there are none where they are damaged or another program's."""
        notes = read_notes(self._path)
        with suppress(TypeError, AttributeError, ValueError):
            if notes.get("program") == program_stamp():
                self._found = {
                    digest: (reads, printed)
                    for digest, (reads, printed) in notes["templates"].items()
                    if isinstance(reads, dict) and isinstance(printed, dict)
                }
        return self

    def get(self, digest: str) -> tuple[Reads, Reads] | None:
        """What the template reads, and what of it is printed; None for one that has to be compiled."""
        return self._found.get(digest)

    def put(self, digest: str, reads: Reads, printed: Reads) -> None:
        self._found[digest], self._new = (reads, printed), True

    def save(self) -> None:
        """Puts down what is new; where the folder can't be written, the next run compiles again."""
        if self._new:
            with suppress(OSError):
                write_notes(self._path, {"program": program_stamp(), "templates": self._found})


@dataclass(frozen=True)
class TemplateSource:
    """The template of a kind of paper as it stands in the folder; `fonts`: the names of faces to be replaced."""

    entry: Entry
    name: str
    data: bytes
    fonts: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """Stands for all that the compiled template follows from, this program included."""
        kind = self.entry.kind
        told: list[object] = [
            program_stamp(),
            self.name,
            dict(self.fonts),
            self.entry.name,
            self.entry.subject_kind,
        ]
        told += [kind.audience, kind.form is not None]
        data = hashlib.sha256(self.data).digest() + json.dumps(told, ensure_ascii=False).encode()
        return hashlib.sha256(data).hexdigest()

    def compile(self, data: bytes | None = None) -> AnyTemplate:
        """The template, or another version of it. Raises Problems with all that is wrong with it."""
        taken, shape = self.data if data is None else data, schema(self.entry.subject_kind)
        if not self.entry.kind.in_word:
            return compile_workbook(taken, name=self.name, schema=shape, filters=FILTERS)
        return compile_template(taken, name=self.name, schema=shape, filters=FILTERS, fonts=self.fonts)

    def judged(self) -> Judgement:
        """The template and what it prints, or all that is wrong with it; in any process."""
        kind = self.entry.kind
        try:
            made = self.compile()
            internal = internal_read(kind.audience, made.reads)
            if internal:
                message = f"{self.entry.name}的模板读到「{'、'.join(internal)}」，这是不出本组的内容"
                place, advice = self.entry.place("受众"), "从模板里去掉，或写 受众: 内部"
                raise refuse(Code.INTERNAL_TEXT_SENT_OUT, place, message, advice)
            reduced = self.data if kind.form is None else without_reference(self.data, self.name)
            return made, made.reads if reduced is self.data else self.compile(reduced).reads, ()
        except Problems as refused:
            return None, {}, refused.diagnostics


# A template, what of it is printed (not 参考), and what is wrong with it (then there is no template).
Judgement: TypeAlias = tuple[AnyTemplate | None, Reads, tuple[Diagnostic, ...]]


def ready_templates(
    sources: Mapping[str, TemplateSource],
    notes: TemplateNotes,
    problems: list[Diagnostic],
    processes: int | None,
) -> dict[str, KeptTemplate]:
    """The templates by the names of their kinds; those that are not noted as right are compiled here.

    What is wrong goes to `problems`, what is newly right to `notes`.
    """
    ready: dict[str, KeptTemplate] = {}
    unknown: list[TemplateSource] = []
    for name, source in sources.items():
        noted = notes.get(source.digest)
        if noted is None:
            unknown.append(source)
        else:
            ready[name] = KeptTemplate(source.digest, *noted, source.compile)
    workers = worth(len(unknown), PAYS_FROM) if processes is None else processes
    for source, (made, printed, wrong) in zip(
        unknown, mapped(TemplateSource.judged, unknown, workers), strict=True
    ):
        problems += wrong
        if made is not None:
            notes.put(source.digest, made.reads, printed)
            ready[source.entry.name] = KeptTemplate(source.digest, made.reads, printed, partial(_given, made))
    return ready


def _given(template: AnyTemplate) -> AnyTemplate:
    return template
