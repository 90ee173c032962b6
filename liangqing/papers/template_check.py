"""The Word templates of a workspace, and all that is wrong with one: found by compiling it and filling it with samples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from liangqing.base.chinese import FILTERS
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.data.model.kinds import EXCEL
from liangqing.engine import Template, WorkbookTemplate, compile_template, compile_workbook
from liangqing.engine.trial import trial
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.variables.subjects import schema


def files_of(entry: Entry) -> list[str]:
    """The templates of a kind of document, for every layout."""
    given = entry.kind.template or {}
    return [given] if isinstance(given, str) else list(given.values())


def kinds_by_file(known: Catalogue) -> Mapping[str, list[Entry]]:
    """The kinds that each template of the catalogue is for, in the order of the catalogue."""
    found: dict[str, list[Entry]] = {}
    for entry in known.entries.values():
        for file in files_of(entry):
            found.setdefault(file, []).append(entry)
    return found


def template_faults(source: Path | bytes, name: str, subject: str) -> tuple[Diagnostic, ...]:
    """All that is wrong with a template for a kind of subject; `name` is what messages call it.

    Errors keep it from being used; warnings are of what goes wrong with sample values.
    """
    shape = schema(subject)
    try:
        template: Template | WorkbookTemplate = (
            compile_workbook(source, name=name, schema=shape, filters=FILTERS)
            if name.endswith(EXCEL)
            else compile_template(source, name=name, schema=shape, filters=FILTERS)
        )
    except Problems as problems:
        return problems.diagnostics
    return (*template.warnings, *trial(template, shape))
