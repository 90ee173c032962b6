"""Names against the schema: unknown ones, loops over no list, printing of records; and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from liangqing.engine.codes import Code, listing, suggestion
from liangqing.engine.language import Statement
from liangqing.engine.shapes import ITEMS, Flag, List, Number, Reads, Record, Shape, Text
from liangqing.engine.tags import Tag
from liangqing.errors import Diagnostic, error


@dataclass(frozen=True)
class Value:
    """What an expression stands for: its shape (None: unknown) and where in `reads` it is noted."""

    shape: Shape | None
    reads: Reads = field(default_factory=dict)
    path: str = ""


class Names:
    """Walks the statements of a part in the order in which they will run; collects `reads` and `problems`."""

    def __init__(self, schema: Record | None, filters: Iterable[str]) -> None:
        self.schema = schema
        self.filters = list(filters)
        self.reads: Reads = {}
        self.problems: list[Diagnostic] = []
        self._scopes: list[tuple[str, Mapping[str, Value]]] = []
        self._tag: Tag

    def walk(self, statements: Iterable[tuple[Tag, Statement]]) -> None:
        """One part; a broken order of blocks does no harm here, it is reported elsewhere."""
        self._scopes = []
        for tag, statement in statements:
            self._tag = tag
            self._enter(statement)

    def _enter(self, statement: Statement) -> None:
        match statement.keyword:
            case "for":
                self._for(statement)
            case "if":
                self._scopes.append(("if", {}))
                self._visit(statement.expression)
            case "else" if self._scopes and self._scopes[-1][0] == "for":
                self._scopes[-1] = ("for", {})
            case "endfor" | "endif" if self._scopes and self._scopes[-1][0] == statement.keyword[3:]:
                self._scopes.pop()
            case "value":
                self._print(statement.expression)
            case _:
                self._visit(statement.expression)

    def _for(self, statement: Statement) -> None:
        items = self._visit(statement.expression)
        item = replace(self._item(items), path=statement.target)
        self._scopes.append(("for", {statement.target: item, "loop": Value(None)}))
        self._visit(statement.test)

    def _item(self, items: Value) -> Value:
        if items.shape is None:
            return Value(None, items.reads.setdefault(ITEMS, {}), f"{items.path}的一项")
        if not isinstance(items.shape, List):
            self._report(Code.NOT_A_LIST, f"{items.path} 不是列表，不能用 for", "for 只能用于列表")
            return Value(None)
        return _element(items, items.shape)

    # ------------------------------------------------------------ printing

    def _print(self, node: nodes.Node | None) -> None:
        """Checks that whatever `node` may become can be printed."""
        if isinstance(node, nodes.Or | nodes.And):
            self._print(node.left)
            self._print(node.right)
        elif isinstance(node, nodes.CondExpr):
            self._visit(node.test)
            self._print(node.expr1)
            self._print(node.expr2)
        else:
            self._printable(self._visit(node))

    def _printable(self, value: Value) -> None:
        if isinstance(value.shape, Record):
            advice = listing(f"{value.path}.{name}" for name in value.shape.fields())
            self._report(Code.NOT_PRINTABLE, f"{value.path} 是一条记录，不能直接印出", advice)
        elif isinstance(value.shape, List):
            self._report(
                Code.NOT_PRINTABLE, f"{value.path} 是列表，不能直接印出", "用 {% for %} 逐项印出，或用过滤器"
            )
        elif isinstance(value.shape, Flag):
            what = value.path or "判断的结果"
            self._report(Code.NOT_PRINTABLE, f"{what} 只有是和否，不能直接印出", "用 {% if … %} 判断")

    # ------------------------------------------------------------ expressions

    def _visit(self, node: nodes.Node | None) -> Value:
        match node:
            case nodes.Name():
                return self._name(node.name)
            case nodes.Getattr():
                return self._attribute(node.node, node.attr)
            case nodes.Getitem():
                return self._item_of(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Concat():
                for part in node.nodes:
                    self._print(part)
                return Value(Text())
            case nodes.Or() | nodes.And():
                return _either(self._visit(node.left), self._visit(node.right))
            case nodes.CondExpr():
                self._visit(node.test)
                return _either(self._visit(node.expr1), self._visit(node.expr2))
        for child in node.iter_child_nodes() if node is not None else ():
            self._visit(child)
        return Value(Flag()) if isinstance(node, nodes.Not | nodes.Compare | nodes.Test) else Value(None)

    def _name(self, name: str) -> Value:
        for _, variables in reversed(self._scopes):
            if name in variables:
                return variables[name]
        if name == "loop":
            self._report(Code.UNKNOWN_NAME, "loop 只能用在 for 里面", "移到 {% for %} 和 {% endfor %} 之间")
            return Value(None)
        fields = self.schema.fields() if self.schema is not None else {name: None}
        if name not in fields:
            known = [
                *(each for _, scope in reversed(self._scopes) for each in scope if each != "loop"),
                *fields,
            ]
            near, advice = suggestion(name, known)
            self._report(Code.UNKNOWN_NAME, f"没有 {name}{near}", advice)
            return Value(None)
        return _noted(self.reads, name, fields[name], name)

    def _attribute(self, owner: nodes.Node, name: str) -> Value:
        if isinstance(owner, nodes.Name) and owner.name == "loop":
            self._name("loop")
            return Value(Flag()) if name in ("first", "last") else Value(Number())
        value = self._visit(owner)
        if value.shape is None:
            return _noted(value.reads, name, None, f"{value.path}.{name}")
        if not isinstance(value.shape, Record):
            return self._no_attribute(value, name)
        fields = value.shape.fields()
        if name not in fields:
            near, advice = suggestion(name, fields, f"{value.path}.")
            self._report(Code.UNKNOWN_NAME, f"没有 {value.path}.{name}{near}", advice)
            return Value(None)
        return _noted(value.reads, name, fields[name], f"{value.path}.{name}")

    def _no_attribute(self, value: Value, name: str) -> Value:
        kind = {List: "列表", Flag: "是否值", Number: "数字"}.get(type(value.shape), "文字")
        advice = "用 {% for %} 逐项取" if kind == "列表" else f"写 {value.path}"
        self._report(Code.NO_ATTRIBUTES, f"{value.path} 是{kind}，没有 {value.path}.{name}", advice)
        return Value(None)

    def _item_of(self, node: nodes.Getitem) -> Value:
        key = node.arg.value if isinstance(node.arg, nodes.Const) else -1
        if isinstance(key, str):
            return self._attribute(node.node, key)
        value = self._visit(node.node)
        if value.shape is not None and not isinstance(value.shape, List):
            self._report(Code.NOT_A_LIST, f"{value.path} 不是列表，不能取第几项", "只有列表可以用 [0]")
            return Value(None)
        return self._item(value)

    def _filter(self, node: nodes.Filter) -> Value:
        value = self._visit(node.node)
        for argument in (*node.args, *(each.value for each in node.kwargs)):
            self._visit(argument)
        if node.name not in self.filters:
            near, advice = suggestion(node.name, self.filters)
            self._report(Code.UNKNOWN_FILTER, f"没有过滤器「{node.name}」{near}", advice)
        shape = value.shape
        plain = not isinstance(shape, List) or isinstance(shape.item, Text | Number)
        if isinstance(shape, Record) or not plain:
            kind = "一条记录" if isinstance(shape, Record) else "记录的列表"
            self._report(
                Code.FILTER_INPUT, f"{value.path} 是{kind}，不能交给过滤器「{node.name}」", "交给它其中的一项"
            )
        return Value(None)

    def _report(self, code: Code, message: str, advice: str) -> None:
        self.problems.append(error(code, self._tag.place, f"「{self._tag.text}」：{message}", advice))


def _noted(reads: Reads, name: str, shape: Shape | None, path: str) -> Value:
    """Notes that `name` is read; a list of records is noted by its items."""
    below = reads.setdefault(name, {})
    if isinstance(shape, List):
        _element(Value(shape, below, path), shape)
    return Value(shape, below, path)


def _element(items: Value, shape: List) -> Value:
    if isinstance(shape.item, Record | List):
        return Value(shape.item, items.reads.setdefault(ITEMS, {}), f"{items.path}的一项")
    return Value(shape.item, {}, f"{items.path}的一项")


def _either(first: Value, second: Value) -> Value:
    """What `a or b` and `a if c else b` stand for: known when both are alike."""
    return first if first.shape == second.shape else Value(None)
