"""From text with markers to a program: Jinja's syntax tree, built by us, compiled by Jinja to Python.

A node's line is the number of its tag plus one; so an error at run time leads back to the tag and its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from jinja2 import nodes

from liangqing.base.diagnostics import Place
from liangqing.engine.charts.chart_filling import CHART_BEGIN, CHART_END, CHART_ROW, Chart
from liangqing.engine.filling.controls import CHOICE, TICK
from liangqing.engine.filling.grids import Grid
from liangqing.engine.filling.rich import PARAGRAPHS, TYPED
from liangqing.engine.language.allowed import KEPT
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import CLOSE, OPEN, Tag
from liangqing.engine.parts.environment import (
    ATTRIBUTE,
    COLOUR,
    EACH,
    ELEMENT,
    PIECE,
    SPAN,
    SWITCH,
    TWIPS,
    Sandbox,
)

Flavour = Literal["word", "xml", "plain"]
_PRINTED = {
    "colspan": SPAN,
    "cellbg": COLOUR,
    "rightind": TWIPS,
    "leftind": TWIPS,
    "keepnext": SWITCH,
    "cantsplit": SWITCH,
}
_FORMS = {"attribute": ATTRIBUTE, "element": ELEMENT, "choice": CHOICE, "tick": TICK}


class LaterSource:
    """Python source that may never be needed: made when it is first asked for, or sent to another process."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    @cached_property
    def text(self) -> str:
        """The source itself."""
        return self._make()

    def __getstate__(self) -> dict[str, str]:
        return {"text": self.text}


@dataclass(frozen=True)
class Program:
    """Python source of one part, and the text and place of each of its tags. Travels between processes.

    `part` is the part's name in the package. `closes_cells`: cells or tables may have lost all they had. `grids`: tables
    whose columns are fitted once the rows are there.
    """

    name: str
    plain: LaterSource
    flavour: Flavour
    tags: tuple[tuple[str, Place], ...]
    instead: tuple[str, ...] = ()  # of each tag: the name to print where its value may be missing; "" mostly
    part: str = ""
    closes_cells: bool = False
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    rich: LaterSource | None = None  # the same for values that turn out to be more than text

    @property
    def source(self) -> str:
        """The Python source that prints values that are text."""
        return self.plain.text


def pieces(text: str) -> Iterator[str | int]:
    """Static texts and tag numbers, in order."""
    head, *rest = text.split(OPEN)
    yield head
    for piece in rest:
        number, _, static = piece.partition(CLOSE)
        yield int(number)
        yield static


def compile_program(
    name: str,
    text: str,
    tags: list[Tag],
    statements: Mapping[int, Statement],
    flavour: Flavour,
    sandbox: Sandbox,
) -> Program:
    """`text` is static text with markers; its blocks are known to match."""
    special = {tag.number: tag for tag in tags if tag.typed or tag.form in _FORMS}

    def written(special: Mapping[int, Tag]) -> LaterSource:
        return LaterSource(
            lambda: _source(name, _ProgramBuilder(statements, special).build(pieces(text)), sandbox)
        )

    program = _program(name, written(special), tags, flavour)
    unknown = {tag.number: tag for tag in tags if tag.unknown}
    return replace(program, rich=written({**unknown, **special})) if unknown else program


def compile_value(name: str, expression: nodes.Expr, tag: Tag, sandbox: Sandbox) -> Program:
    """A program that leaves the value of `expression` in the variable `result`."""
    target = nodes.Name("result", "store", lineno=1)
    tree = nodes.Template([nodes.Assign(target, _prepared(expression, 1), lineno=1)], lineno=1)
    return _program(name, LaterSource(lambda: _source(name, tree, sandbox)), [tag], "plain")


def _source(name: str, tree: nodes.Template, sandbox: Sandbox) -> str:
    tree.set_environment(sandbox)
    return sandbox.compile(tree, name=name, filename=name, raw=True)


def _program(name: str, source: LaterSource, tags: list[Tag], flavour: Flavour) -> Program:
    told = tuple((tag.text, tag.place) for tag in tags)
    return Program(name, source, flavour, told, tuple(tag.instead for tag in tags))


class _ProgramBuilder:
    """Nests the statements; `_bodies` holds the lists of nodes that are open, innermost last."""

    def __init__(self, statements: Mapping[int, Statement], special: Mapping[int, Tag]) -> None:
        self.statements = statements
        self.special = special  # tags that do not print plain text
        self._bodies: list[list[nodes.Node]] = [[]]
        self._blocks: list[nodes.For | nodes.If | nodes.FilterBlock] = []

    def build(self, stream: Iterator[str | int]) -> nodes.Template:
        """The syntax tree of static texts and tag numbers, in order."""
        for piece in stream:
            if isinstance(piece, int):
                self._statement(self.statements[piece], piece)
            elif piece:
                self._output(nodes.TemplateData(piece))
        return nodes.Template(self._bodies[0], lineno=1)

    def _statement(self, statement: Statement, number: int) -> None:
        line = number + 1
        match statement.keyword:
            case "for":
                self._open(_for(statement, line))
            case "if":
                self._open(nodes.If(_needed(statement, line), [], [], [], lineno=line))
            case "elif":
                self._elif(nodes.If(_needed(statement, line), [], [], [], lineno=line))
            case "else":
                block = self._blocks[-1]
                assert not isinstance(block, nodes.FilterBlock)
                self._bodies[-1] = block.else_
            case "chart":
                self._open(_chart(statement, line))
            case "gather":
                self._open(_gather(statement, line))
            case "endfor" | "endif" | "endchart" | "endgather":
                self._bodies.pop()
                self._blocks.pop()
            case "comment":
                pass
            case "set":
                self._bodies[-1].append(_set(statement, line))
            case "value" if number in self.special:
                tag = self.special[number]
                self._output(_special(_needed(statement, line), tag, self._settings(tag, line)))
            case _:
                self._output(_printed(statement, line))

    def _settings(self, tag: Tag, line: int) -> nodes.Expr:
        """The form of the paragraphs that a tag prints; what the template computes in it, it computes once for all of them."""
        if OPEN not in tag.settings:
            return nodes.Const(tag.settings, lineno=line)
        found = [
            _printed(self.statements[piece], piece + 1) if isinstance(piece, int) else nodes.Const(piece)
            for piece in pieces(tag.settings)
        ]
        return nodes.Concat(found, lineno=line)

    def _open(self, block: nodes.For | nodes.If | nodes.FilterBlock) -> None:
        self._bodies[-1].append(block)
        self._blocks.append(block)
        self._bodies.append(block.body)

    def _elif(self, branch: nodes.If) -> None:
        block = self._blocks[-1]
        assert isinstance(block, nodes.If)
        block.elif_.append(branch)
        self._bodies[-1] = branch.body

    def _output(self, node: nodes.Expr) -> None:
        body = self._bodies[-1]
        if body and isinstance(body[-1], nodes.Output):
            body[-1].nodes.append(node)
        else:
            body.append(nodes.Output([node], lineno=node.lineno or 1))


def _for(statement: Statement, line: int, body: list[nodes.Node] | None = None) -> nodes.For:
    target = nodes.Name(statement.target, "store", lineno=line)
    test = _prepared(statement.test, line) if statement.test is not None else None
    items = _filter(_needed(statement, line), EACH)
    return nodes.For(target, items, body or [], [], test, False, lineno=line)


def _set(statement: Statement, line: int) -> nodes.Assign:
    target = nodes.Name(statement.target, "store", lineno=line)
    return nodes.Assign(target, _filter(_needed(statement, line), KEPT), lineno=line)


def _chart(statement: Statement, line: int) -> nodes.FilterBlock:
    """Gathers the rows, prints the XML that follows, and hands it to the filter that makes the part."""
    names = tuple(name for name, _ in statement.fields[1:])
    begin = own_filter(CHART_BEGIN, names, lineno=line)
    body: list[nodes.Node] = [nodes.Output([begin], lineno=line)]
    if statement.fields:
        values = [_prepared(expression, line) for _, expression in statement.fields]
        row = nodes.Filter(nodes.List(values, lineno=line), CHART_ROW, [], [], None, None, lineno=line)
        body.append(_for(statement, line, [nodes.Output([row], lineno=line)]))
    end = nodes.Filter(None, CHART_END, [nodes.Const(statement.number)], [], None, None, lineno=line)
    return nodes.FilterBlock(body, end, lineno=line)


def _gather(statement: Statement, line: int) -> nodes.FilterBlock:
    """Hands all that is printed up to its end to the filter `statement.test`; first prints `statement.expression`."""
    end = statement.test
    assert isinstance(end, nodes.Filter)
    body: list[nodes.Node] = []
    if statement.expression is not None:
        body.append(nodes.Output([_prepared(statement.expression, line)], lineno=line))
    return nodes.FilterBlock(body, end, lineno=line)


def _special(value: nodes.Expr, tag: Tag, settings: nodes.Expr) -> nodes.Filter:
    """The value through the filter that prints it where its tag stands."""
    form: nodes.Expr = nodes.Const(tag.run, lineno=value.lineno)
    room: nodes.Expr = nodes.Const(tag.room, lineno=value.lineno)
    name, arguments = TYPED, [form, room]
    if tag.form != "text":
        name, arguments = _FORMS[tag.form], [nodes.Const(tag.options)] if tag.options else []
    elif tag.prefix == "p":
        name, arguments = PARAGRAPHS, [settings, form, room, nodes.Const(tag.inside, lineno=value.lineno)]
    return nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno)


def _printed(statement: Statement, line: int) -> nodes.Expr:
    """What a tag prints as text, or as the value of a property."""
    value = _needed(statement, line)
    return _filter(value, _PRINTED[statement.keyword]) if statement.keyword in _PRINTED else value


def own_filter(name: str, *values: object, lineno: int = 1) -> nodes.Filter:
    """A filter of our own with constants."""
    first, *rest = (nodes.Const(value, lineno=lineno) for value in values)
    return nodes.Filter(first, name, rest, [], None, None, lineno=lineno)


def _needed(statement: Statement, line: int) -> nodes.Expr:
    assert statement.expression is not None
    return _prepared(statement.expression, line)


def _prepared(expression: nodes.Expr, line: int) -> nodes.Expr:
    """Gives the expression its line, and refuses None and the like inside `~`, which Jinja would print."""
    expression.lineno = line
    if isinstance(expression, nodes.Name | nodes.Const):
        return expression
    for concat in (
        *expression.find_all(nodes.Concat),
        *([expression] if isinstance(expression, nodes.Concat) else []),
    ):
        concat.nodes = [part if _is_text(part) else _filter(part, PIECE) for part in concat.nodes]
    return expression


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _filter(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
