"""Templates outside Word: a bare expression, and a line of text with tags."""

from __future__ import annotations

from collections.abc import Mapping

from liangqing.base.diagnostics import Place, Problems
from liangqing.engine.compile_part import read_line
from liangqing.engine.filling.program import Program, compile_program, compile_value
from liangqing.engine.filling.render import Runner, sandbox_for
from liangqing.engine.language.grammar import parse_expression
from liangqing.engine.language.language import Statement
from liangqing.engine.language.names import Names
from liangqing.engine.language.shapes import Reads, Record
from liangqing.engine.language.tags import Tag, marker, straighten
from liangqing.engine.parts.environment import Filter

_NO_FILTERS: Mapping[str, Filter] = {}


class _Compiled:
    """A program of plain text and what it reads; travels between processes by pickle."""

    def __init__(self, program: Program, reads: Reads, filters: Mapping[str, Filter]) -> None:
        self.reads = reads
        self._program = program
        self._filters = dict(filters)
        self._runner: Runner | None = None

    def _ready(self) -> Runner:
        if self._runner is None:
            self._runner = Runner(self._program, sandbox_for("plain", self._filters))
        return self._runner

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_runner": None}


class Expression(_Compiled):
    """What `compile_expression` makes."""

    def evaluate(self, values: Mapping[str, object]) -> object:
        """The expression's value; Problems when something in it is missing."""
        return self._ready().value(values)


class TextTemplate(_Compiled):
    """What `compile_text` makes.

    `tags`: how many it holds. `alone`: the expression, where the line is nothing but one `{{ … }}`; else None.
    """

    def __init__(
        self, program: Program, reads: Reads, filters: Mapping[str, Filter], tags: int, alone: str | None
    ) -> None:
        super().__init__(program, reads, filters)
        self.tags, self.alone = tags, alone

    def render(self, values: Mapping[str, object]) -> str:
        """The line with its tags filled in, nothing escaped; Problems when a value cannot be printed."""
        return self._ready().text(values)


def compile_expression(
    text: str, *, place: Place, schema: Record | None = None, filters: Mapping[str, Filter] = _NO_FILTERS
) -> Expression:
    """A bare expression such as `检查.类型 == '集中清查'`; raises Problems with all that is wrong with it."""
    tag = Tag(0, "value", text, text.strip(), place)
    if slips := straighten(tag):
        raise Problems(slips)
    expression = parse_expression(tag, tag.body)
    names = Names(schema, filters)
    names.walk([(tag, Statement("test", expression))])
    if names.problems:
        raise Problems(names.problems)
    program = compile_value(f"<{place}>", expression, tag, sandbox_for("plain", filters))
    return Expression(program, names.reads, filters)


def compile_text(
    text: str, *, place: Place, schema: Record | None = None, filters: Mapping[str, Filter] = _NO_FILTERS
) -> TextTemplate:
    """A line such as `{{ 文号 or '草稿' }}-{{ 单位.简称 }}`; Problems with all that is wrong with it."""
    names = Names(schema, filters)
    part = read_line(text, place, names)
    if part.problems or names.problems:
        raise Problems([*part.problems, *names.problems])
    sandbox = sandbox_for("plain", filters)
    program = compile_program(f"<{place}>", part.text, part.tags.tags, part.statements, "plain", sandbox)
    tags = part.tags.tags
    whole = len(tags) == 1 and tags[0].kind == "value" and part.text.strip() == marker(tags[0].number)
    return TextTemplate(program, names.reads, filters, len(tags), tags[0].body if whole else None)
