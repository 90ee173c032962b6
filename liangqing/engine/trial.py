"""A trial render: a template is filled once with everything there and once with nothing that may be missing.

So both sides of each plain `if`, and a loop with and without items, are really run before a paper rests on them.
"""

from __future__ import annotations

import base64
from dataclasses import replace

from liangqing.base.diagnostics import Diagnostic, Problems, Severity
from liangqing.engine.language.shapes import Flag, Image, List, Number, Reads, Record, Shape, Text
from liangqing.engine.parts.values import Picture
from liangqing.engine.template import Template
from liangqing.engine.workbook_template import WorkbookTemplate

SAMPLE = "示例"
# A grey dot.
DOT = Picture(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
    )
)


def trial(template: Template | WorkbookTemplate, schema: Record) -> tuple[Diagnostic, ...]:
    """Warnings of what goes wrong when the template is filled with sample values of its schema.

    Not errors: real values may never come in such a combination.
    """
    found: list[Diagnostic] = []
    for full in (True, False):
        values = {
            name: _value(schema.fields()[name], below, full=full) for name, below in template.reads.items()
        }
        try:
            template.render(values, subject="试填（什么都有）" if full else "试填（可空的都空着）")
        except Problems as problems:
            found += (replace(diagnostic, severity=Severity.WARNING) for diagnostic in problems.diagnostics)
    return tuple(found)


def _value(shape: Shape, reads: Reads, *, full: bool) -> object:
    """A sample of a shape; not `full`: None where it may be, no items, False."""
    if not full and getattr(shape, "optional", False):
        return None
    if isinstance(shape, Record):
        fields = shape.fields()
        below = {name: _value(fields[name], reads_below, full=full) for name, reads_below in reads.items()}
        return below or {"有": True}
    if isinstance(shape, List):
        return [_value(shape.item, reads.get("[]", {}), full=full)] * 2 if full else []
    return {Text: SAMPLE, Number: 1, Flag: full, Image: DOT}.get(type(shape))
