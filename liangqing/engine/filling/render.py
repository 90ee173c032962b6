"""Running a program over plain data; what goes wrong is told with the tag's place and the subject."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from itertools import islice
from types import TracebackType
from typing import Any, AnyStr, cast

from jinja2 import Template as JinjaTemplate
from jinja2 import Undefined, UndefinedError

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.engine.charts.chart_filling import CHART_FILTERS
from liangqing.engine.filling.centred import CENTRED_FILTERS
from liangqing.engine.filling.controls import CONTROL_FILTERS
from liangqing.engine.filling.ids import ID_FILTERS
from liangqing.engine.filling.links import LINK_FILTERS
from liangqing.engine.filling.merging import MERGE_FILTERS
from liangqing.engine.filling.notes import NOTE_FILTERS
from liangqing.engine.filling.numbering import NUMBERING_FILTERS
from liangqing.engine.filling.program import Flavour, Program
from liangqing.engine.filling.rich import RICH_FILTERS
from liangqing.engine.parts.environment import (
    FILLING,
    LOOPS,
    ByteSandbox,
    Fault,
    Filter,
    LoopSteps,
    Sandbox,
    print_plain,
    write_word,
    write_xml,
)

MAX_OUTPUT = 200_000_000
_CHUNK = 4096

_OWN: dict[str, Filter] = {
    **CHART_FILTERS,
    **ID_FILTERS,
    **RICH_FILTERS,
    **CONTROL_FILTERS,
    **NUMBERING_FILTERS,
    **MERGE_FILTERS,
    **LINK_FILTERS,
    **NOTE_FILTERS,
    **CENTRED_FILTERS,
}


def sandbox_for(flavour: Flavour, filters: Mapping[str, Filter]) -> Sandbox:
    """The environment for programs that write Word text (`word`), other XML (`xml`), or plain text (`plain`)."""
    if flavour == "plain":
        return Sandbox(filters, print_plain, _OWN)
    return ByteSandbox(filters, write_word if flavour == "word" else write_xml, _OWN)


class Runner:
    """A program made ready in this process; `rich`: the one that prints more than text, where it has one."""

    def __init__(self, program: Program, sandbox: Sandbox, *, rich: bool = False) -> None:
        source = program.rich.text if rich and program.rich else program.source
        code = compile(source, program.name, "exec")
        self._program = program
        self._template = JinjaTemplate.from_code(sandbox, code, {})  # {}: none of Jinja's global functions

    def text(self, values: Mapping[str, object]) -> str:
        """What a program of plain text prints."""
        return "".join(self._pieces({**values, FILLING: None, LOOPS: LoopSteps()}, "", ""))

    def write(self, scope: dict[str, object], subject: str) -> Iterator[bytes]:
        """What any other program prints, in pieces of some hundred KB.

        `scope`: the values, and under FILLING the PartFilling to which goes what is added to the package.
        """
        return self._pieces(scope, subject, b"")

    def value(self, values: Mapping[str, object]) -> object:
        """The `result` of a program made by `compile_value`."""
        context = self._template.new_context(dict(values))
        try:
            for _ in self._template.root_render_func(context):
                pass
            result: object = context.vars["result"]
            return str(result) if isinstance(result, Undefined) else result
        except (Fault, UndefinedError, TypeError) as exc:
            raise self._problems(exc, "") from exc

    def _pieces(self, scope: dict[str, object], subject: str, nothing: AnyStr) -> Iterator[AnyStr]:
        context = self._template.new_context(scope, shared=True)
        size = 0
        try:
            stream: Iterator[Any] = self._template.root_render_func(context)
            while chunks := list(islice(stream, _CHUNK)):
                piece = nothing.join(chunks)
                size += len(piece)
                if size > MAX_OUTPUT:
                    _stop(stream)
                yield piece
        except (Fault, UndefinedError, TypeError) as exc:
            raise self._problems(exc, subject) from exc

    def _problems(self, exc: Exception, subject: str) -> Problems:
        line, inside = self._line(exc.__traceback__)
        if isinstance(exc, TypeError) and not inside:
            raise exc  # a mistake of ours or of a filter's, not of the template's
        text, place = self._tag(line)
        about = f"（{subject}）" if subject else ""
        if isinstance(exc, Fault):
            advice = self._instead(line) if exc.code is Code.NO_VALUE else ""
            return refuse(exc.code, place, f"「{text}」{exc.message}{about}", advice or exc.advice)
        if isinstance(exc, UndefinedError):
            return refuse(
                Code.UNDEFINED, place, f"「{text}」{exc.message}{about}", "在数据里补上，或改正名称"
            )
        message = f"「{text}」算不出来：几个值的种类不同，或没有值{about}"
        return refuse(Code.CANNOT_COMPUTE, place, message, "补上数据，或先用 {% if … %} 判断")

    def _line(self, traceback: TracebackType | None) -> tuple[int, bool]:
        """The tag's line, and whether the error arose in the program itself."""
        found, inside = 1, False
        while traceback is not None:
            inside = traceback.tb_frame.f_code.co_filename == self._program.name
            if inside:
                found = self._template.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        return found, inside

    def _instead(self, line: int) -> str:
        """What to write for a tag whose value comes later on its own, such as a number; "" for any other."""
        name = self._program.instead[min(line, len(self._program.tags)) - 1]
        return f"还没有印发的文书没有这一项，写成 {{{{ {name} }}}}" if name else ""

    def _tag(self, line: int) -> tuple[str, Place]:
        return self._program.tags[min(line, len(self._program.tags)) - 1]


def _stop(stream: Iterator[Any]) -> None:
    """Raises inside the program, so that the traceback tells which tag it had come to."""
    cast(Generator[Any], stream).throw(
        Fault(Code.PAPER_TOO_LARGE, "之前印出的内容大得不正常", "看循环是否套得太多")
    )
