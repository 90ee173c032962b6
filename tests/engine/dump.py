"""A compiled template as a person can read it: one line a tag, the static XML between them abbreviated.

What is shown is the program that runs (the Python that Jinja made of our syntax tree), written back in the
words of tags; filters whose name ends in `!` are the compiler's own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from liangqing.base.diagnostics import Place
from liangqing.engine.filling.program import Program
from liangqing.engine.language.tags import CELL_EDGE, CELL_END, CONTROL_END, HOLDER_START, ROW_END, TABLE_END
from liangqing.engine.template import Template

SHOWN = 60  # characters of a static text at each end
_MARKS = {
    CELL_END: "⟨单元格末⟩",
    CELL_EDGE: "⟨分界⟩",
    HOLDER_START: "⟨始⟩",
    ROW_END: "⟨行末⟩",
    CONTROL_END: "⟨控件末⟩",
    TABLE_END: "⟨表格末⟩",
    "\n": "⏎",
}
_VARIABLE = re.compile(r"l_\d+_(.+)")
_TEMPORARY = re.compile(r"t_\d+")
_OPERATORS: dict[type[ast.AST], str] = {
    ast.And: "and", ast.Or: "or", ast.Not: "not ", ast.USub: "-", ast.Add: "+", ast.Sub: "-",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def source_of(template: Template) -> str:
    """The programs of a template, part by part; ends with a line break."""
    out: list[str] = []
    for program in template.programs:
        out += [f"# {program.part}", *_Listing(program).lines(), ""]
    return "\n".join(out)


class _Listing:
    def __init__(self, program: Program) -> None:
        tree = ast.parse(program.source)
        self._body = next(each for each in tree.body if isinstance(each, ast.FunctionDef)).body
        self._tags = program.tags
        self._tag_lines = dict(_debug_info(tree))
        self._named: dict[str, str] = {}  # t_1 → the filter or test behind it
        self._tests: dict[str, ast.expr] = {}  # t_2 → the condition of a loop

    def lines(self) -> Iterator[str]:
        return self._block(self._body, "")

    def _block(self, body: list[ast.stmt], indent: str) -> Iterator[str]:
        for each in body:
            match each:
                case ast.FunctionDef(body=[ast.For(body=[ast.If(test=test)])]):
                    self._tests[each.name] = test
                case ast.Try(body=[ast.Assign(targets=[ast.Name(id=name)], value=value)]):
                    assert isinstance(value, ast.Subscript)
                    self._named[name] = str(ast.literal_eval(value.slice))
                case ast.For():
                    yield from self._for(each, _otherwise(body, each), indent)
                case ast.If(test=ast.Name(id=name)) if _TEMPORARY.fullmatch(name):
                    pass  # the else of a for, shown there
                case ast.If(test=ast.Constant()):
                    pass
                case ast.If():
                    yield from self._if(each, indent, "if")
                    yield indent + "{% endif %}"
                case ast.Expr(value=ast.Yield(value=value)) if value is not None:
                    yield self._output(value, indent)
                case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append" | "extend"), args=[value])):
                    for piece in value.elts if isinstance(value, ast.Tuple) else [value]:
                        yield self._output(piece, indent)
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=[])):
                    self._named[name] = "⟨以上⟩"

    def _for(self, loop: ast.For, otherwise: list[ast.stmt], indent: str) -> Iterator[str]:
        target = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else loop.target
        yield self._line(indent, f"{{% for {self._say(target)} in {self._say(loop.iter)} %}}", loop)
        yield from self._block(loop.body, indent + "  ")
        if otherwise:
            yield indent + "{% else %}"
            yield from self._block(otherwise, indent + "  ")
        yield indent + "{% endfor %}"

    def _if(self, branch: ast.If, indent: str, keyword: str) -> Iterator[str]:
        yield self._line(indent, f"{{% {keyword} {self._say(branch.test)} %}}", branch)
        yield from self._block(branch.body, indent + "  ")
        match branch.orelse:
            case [ast.If() as following]:
                yield from self._if(following, indent, "elif")
            case [_, *_]:
                yield indent + "{% else %}"
                yield from self._block(branch.orelse, indent + "  ")

    def _output(self, value: ast.expr, indent: str) -> str:
        if isinstance(value, ast.Constant):
            text = value.value
            return indent + _abbreviated(text.decode() if isinstance(text, bytes) else str(text))
        return self._line(indent, f"{{{{ {self._say(value)} }}}}", value)

    def _line(self, indent: str, text: str, node: ast.stmt | ast.expr) -> str:
        tag = max((line for line in self._tag_lines if line <= node.lineno), default=0)
        _, place = self._tags[self._tag_lines[tag] - 1] if tag else ("", Place(""))
        return f"{indent}{text}   ← {place.detail}"

    # ------------------------------------------------------------ expressions

    def _say(self, node: ast.expr) -> str:
        """An expression of the program in the words of a tag."""
        match node:
            case ast.Name(id=name):
                variable = _VARIABLE.fullmatch(name)
                return variable[1] if variable is not None else self._named.get(name, name)
            case ast.IfExp(test=ast.Compare(ops=[ast.Is()]), orelse=known):
                return self._say(known)  # undefined if … is missing else …
            case ast.IfExp():
                return f"{self._say(node.body)} if {self._say(node.test)} else {self._say(node.orelse)}"
            case ast.BoolOp():
                return f" {_OPERATORS[type(node.op)]} ".join(map(self._part, node.values))
            case ast.UnaryOp():
                return f"{_OPERATORS[type(node.op)]}{self._part(node.operand)}"
            case ast.BinOp() if type(node.op) in _OPERATORS:
                return f"{self._part(node.left)} {_OPERATORS[type(node.op)]} {self._part(node.right)}"
            case ast.Compare(ops=[operator], comparators=[right]) if type(operator) in _OPERATORS:
                return f"{self._part(node.left)} {_OPERATORS[type(operator)]} {self._part(right)}"
            case ast.Call():
                return self._call(node)
        return ast.unparse(node)

    def _part(self, node: ast.expr) -> str:
        """The same as a part of a larger expression."""
        said = self._say(node)
        compound = isinstance(node, ast.BoolOp) or (isinstance(node, ast.IfExp) and " if " in said)
        return f"({said})" if compound else said

    def _call(self, call: ast.Call) -> str:
        match call.func, call.args:
            case (ast.Attribute(value=inner, attr="encode" | "decode"), []):
                return self._say(inner)
            case (ast.Attribute(attr="getattr"), [owner, ast.Constant(value=str(name))]):
                return f"{self._say(owner)}.{name}"
            case (ast.Attribute(attr="getitem"), [owner, key]):
                return f"{self._say(owner)}[{self._say(key)}]"
            case (
                ast.Attribute(attr="finalize") | ast.Name(id="str" | "LoopContext" | "concat"),
                [first, *_],
            ):
                return self._say(first)
            case (ast.Name(id="str_join"), [ast.Tuple(elts=pieces)]):
                return " ~ ".join(map(self._say, pieces))
            case (ast.Name(id=name), [items]) if name in self._tests:
                return f"{self._say(items)} if {self._say(self._tests[name])}"
            case (ast.Name(id=name), [first, *rest]) if name in self._named:
                shown = ", ".join(self._say(each) for each in rest if not _is_plumbing(each))
                return f"{self._say(first)}|{self._named[name]}" + (f"({shown})" if shown else "")
        return ast.unparse(call)


def _debug_info(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Line of the program → line of the template, which is the number of a tag plus one."""
    for each in tree.body:
        match each:
            case ast.Assign(targets=[ast.Name(id="debug_info")], value=ast.Constant(value=text)):
                for pair in filter(None, str(text).split("&")):
                    template, _, python = pair.partition("=")
                    yield int(python), int(template)


def _otherwise(body: list[ast.stmt], loop: ast.For) -> list[ast.stmt]:
    """What Jinja runs when a loop had no turn."""
    for each in body[body.index(loop) + 1 :]:
        match each:
            case ast.Assign():
                continue
            case ast.If(test=ast.Name(id=name)) if _TEMPORARY.fullmatch(name):
                return each.body
        break
    return []


def _is_plumbing(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("context", "environment")


def _abbreviated(text: str) -> str:
    for mark, shown in _MARKS.items():
        text = text.replace(mark, shown)
    return text if len(text) <= 2 * SHOWN else f"{text[:SHOWN]} …{len(text) - 2 * SHOWN}字… {text[-SHOWN:]}"
