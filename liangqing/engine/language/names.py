"""Names against the schema: unknown ones, loops over no list, printing of records; and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.engine.language.allowed import FILTERS, FUNCTIONS, Allowed, called
from liangqing.engine.language.language import Statement
from liangqing.engine.language.name_advice import (
    Wanted,
    advise,
    anything,
    loop_over,
    loopable,
    owner_of,
    printable,
)
from liangqing.engine.language.refusals import FILTER_ADVICE
from liangqing.engine.language.shapes import (
    ITEMS,
    Flag,
    Image,
    Inset,
    List,
    Number,
    Reads,
    Record,
    RichText,
    Shape,
    Text,
    merge_reads,
)
from liangqing.engine.language.suggestions import listing, suggestion
from liangqing.engine.language.tags import Tag

_TESTED, _PRINTED, _LOOPED = Wanted(anything), Wanted(printable), Wanted(loopable)
_KINDS: dict[type[object], str] = {
    Record: "一条记录", Image: "图片", List: "列表", Text: "文字", Number: "数字", Flag: "是否值", RichText: "带格式的文字",
    Inset: "Word 文件",
}  # fmt: skip
_TAKEN: dict[str, tuple[type[object], ...]] = {
    "text": (Text, Number), "sized": (Text, List), "words": (List,), "anything": tuple(_KINDS), "picture": (Image,),
}  # fmt: skip
_GIVEN: dict[str, Shape] = {
    "text": Text(), "number": Number(), "flag": Flag(), "texts": List(Text()),
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """What an expression stands for: its shape (None: unknown, so that nothing is said of it), where in `reads` what
    is read below it is noted, and how a message calls it.
    """

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
        self._alike: list[tuple[Reads, Reads]] = []  # what is read of one is read of the other
        self._scopes: list[tuple[str, dict[str, Value]]] = [("", {})]
        self._tag: Tag
        self._rich = False
        self._wanted = _TESTED

    def has(self, name: str) -> bool:
        """Whether the schema has a variable of this name; without a schema no name is known."""
        return self.schema is not None and name in self.schema.fields()

    def walk(self, statements: Iterable[tuple[Tag, Statement]], *, rich: bool = False) -> None:
        """One part; a broken order of blocks does no harm here, it is reported elsewhere.

        `rich`: whether its text can hold more than text; a tag that may print such a value is marked `typed`.
        """
        self._scopes = [("", {})]
        self._rich = rich
        for tag, statement in statements:
            self._tag = tag
            self._enter(statement)
        for first, second in reversed(self._alike):
            for one, other in ((first, second), (second, first)):
                one.update(merge_reads(one, other))
        self._alike.clear()

    def _enter(self, statement: Statement) -> None:
        match statement.keyword:
            case "for":
                self._for(statement)
            case "if":
                self._scopes.append(("if", {}))
                self._visit(statement.expression)
            case "else" if self._scopes[-1][0] == "for":
                self._scopes[-1] = ("for", {})
            case "endfor" if self._scopes[-1][0] == "for":
                self._scopes.pop()
            case "endif" if self._scopes[-1][0] == "if":
                _, kept = self._scopes.pop()
                self._scopes[-1][1].update(kept)
            case "set":
                self._set(statement)
            case "value":
                self._print(statement.expression)
            case "chart":
                self._chart(statement)
            case "gather":
                self._scopes.append(("gather", {}))
            case "endgather":
                self._scopes.pop()
            case "own":
                pass
            case _:
                self._visit(statement.expression)

    def _for(self, statement: Statement) -> None:
        items = self._as(_LOOPED, statement.expression)
        item = replace(self._item(items), path=statement.target)
        self._scopes.append(("for", {statement.target: item, "loop": Value(None)}))
        self._visit(statement.test)

    def _set(self, statement: Statement) -> None:
        """A variable of the template's own: to the end of the loop around it, if there is one."""
        kind, variables = self._scopes[-1]
        value = replace(self._visit(statement.expression), path=statement.target)
        before = variables.get(statement.target) if kind == "if" else None
        variables[statement.target] = value if before is None else self._either(before, value)

    def _item(self, items: Value) -> Value:
        if items.shape is None:
            return Value(None, items.reads.setdefault(ITEMS, {}), f"{items.path}的一项")
        if not isinstance(items.shape, List):
            self._report(Code.NOT_A_LIST, f"{items.path} 不是列表，不能用 for", "for 只能用于列表")
            return Value(None)
        return _element(items, items.shape)

    def _chart(self, statement: Statement) -> None:
        items = self._visit(statement.expression)
        item = replace(self._item(items), path=statement.target)
        self._scopes.append(("chart", {statement.target: item, "loop": Value(None)}))
        self._visit(statement.test)
        for number, (name, expression) in enumerate(statement.fields):
            if number == 0:
                self._print(expression)
            else:
                self._number(name, expression)
        self._scopes.pop()

    def _number(self, name: str, node: nodes.Node) -> None:
        """Checks that whatever `node` may become is a number or nothing."""
        if isinstance(node, nodes.Or | nodes.And):
            self._number(name, node.left)
            self._number(name, node.right)
        elif isinstance(node, nodes.CondExpr):
            self._visit(node.test)
            self._number(name, node.expr1)
            if node.expr2 is not None:
                self._number(name, node.expr2)
        else:
            value = self._visit(node)
            if value.shape is not None and not isinstance(value.shape, Number):
                message = f"「{name}」的 {value.path or '值'} 不是数字"
                self._report(Code.NOT_A_NUMBER, message, "图表的数据只能是数字")

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
        elif isinstance(node, nodes.Filter) and self._row(node) is FILTERS["default"]:
            self._print(node.node)
            self._check_arguments(node)
            for otherwise in node.args[:1]:
                self._print(otherwise)
        else:
            self._printable(self._as(_PRINTED, node))
            return
        self._tag.instead = ""

    def _as(self, wanted: Wanted, node: nodes.Node | None) -> Value:
        """What a node stands for where something of a kind is wanted; only of a name itself."""
        outer, self._wanted = (
            self._wanted,
            wanted if isinstance(node, nodes.Name | nodes.Getattr) else _TESTED,
        )
        value = self._visit(node)
        self._wanted = outer
        return value

    def _printable(self, value: Value) -> None:
        if isinstance(value.shape, Text):
            self._tag.instead = value.shape.instead
        elif value.shape is None:
            self._tag.unknown = self._rich and self._tag.form == "text"
        elif isinstance(value.shape, Image | RichText):
            self._typed(value)
        elif isinstance(value.shape, Inset):
            self._word_file(value)
        elif (
            isinstance(value.shape, List)
            and self._tag.prefix
            and not isinstance(value.shape.item, Record | List)
        ):
            pass  # one item a line, or a paragraph
        elif isinstance(value.shape, Record):
            advice = listing(f"{value.path}.{name}" for name in value.shape.fields())
            self._report(Code.NOT_PRINTABLE, f"{value.path} 是一条记录，不能直接印出", advice)
        elif isinstance(value.shape, List):
            advice = f"写成 {loop_over(value.path, value.shape)}"
            self._report(Code.NOT_PRINTABLE, f"{value.path} 是列表，不能直接印出", advice)
        elif isinstance(value.shape, Flag) and self._tag.form != "tick":
            what = value.path or "判断的结果"
            self._report(Code.NOT_PRINTABLE, f"{what} 只有是和否，不能直接印出", "用 {% if … %} 判断")

    def _typed(self, value: Value) -> None:
        if self._rich and self._tag.form == "text":
            self._tag.typed = True
            self._tag.pictured = isinstance(value.shape, Image)
            return
        kind = "图片" if isinstance(value.shape, Image) else "带格式的文字"
        self._report(Code.NOT_PRINTABLE, f"{value.path} 是{kind}，不能用在这里", "只能在正文里单独印出")

    def _word_file(self, value: Value) -> None:
        """Prints paragraphs of its own, so that it takes the place of one; of the text itself, not beside it."""
        if self._rich and self._tag.prefix == "p" and not self._tag.inside:
            self._tag.typed = True
            return
        where = f"，{self._tag.inside}里放不下" if self._tag.inside else "，要单独占一段"
        advice = f"在正文里单独占一段，写成 {{{{p {value.path} }}}}"
        self._report(Code.WORD_FILE_MISPLACED, f"{value.path} 是一个 Word 文件{where}", advice)

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
                rich, self._rich = self._rich, False
                for part in node.nodes:
                    self._print(part)
                self._rich = rich
                return Value(Text())
            case nodes.Or() | nodes.And():
                return self._either(self._visit(node.left), self._visit(node.right))
            case nodes.CondExpr():
                self._visit(node.test)
                return self._either(self._visit(node.expr1), self._visit(node.expr2))
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
            near, advice = advise(name, self._known(fields), self._wanted)
            self._report(Code.UNKNOWN_NAME, f"没有 {name}{near}", advice)
            return Value(None)
        return _noted(self.reads, name, fields[name], name)

    def _known(self, fields: Mapping[str, Shape | None]) -> dict[str, Shape | None]:
        """All names that may be used here, the innermost loop's first."""
        loops = [scope for _, scope in reversed(self._scopes)]
        inner = {name: value.shape for scope in loops for name, value in scope.items() if name != "loop"}
        return {**inner, **fields}

    def _attribute(self, owner: nodes.Node, name: str) -> Value:
        if isinstance(owner, nodes.Name) and owner.name == "loop":
            self._name("loop")
            return Value(Flag()) if name in ("first", "last") else Value(Number())
        wanted = self._wanted
        value = self._as(Wanted(owner_of(name), name), owner)
        if value.shape is None:
            return _noted(value.reads, name, None, f"{value.path}.{name}")
        if not isinstance(value.shape, Record):
            return self._no_attribute(value, name)
        fields = value.shape.fields()
        if name not in fields:
            fitting = [other for other, shape in fields.items() if wanted.fits(shape)]
            near, advice = suggestion(name, fitting, f"{value.path}.")
            advice = advice if near else listing(f"{value.path}.{field}" for field in fields)
            self._report(Code.UNKNOWN_NAME, f"没有 {value.path}.{name}{near}", advice)
            return Value(None)
        return _noted(value.reads, name, fields[name], f"{value.path}.{name}")

    def _no_attribute(self, value: Value, name: str) -> Value:
        kind = _KINDS.get(type(value.shape), "文字")
        advice = f"写 {value.path}"
        if isinstance(value.shape, List):
            item = value.shape.item
            there = name if isinstance(item, Record) and printable(item.fields().get(name, Flag())) else ""
            advice = f"写成 {loop_over(value.path, value.shape, there)}"
        self._report(Code.NO_ATTRIBUTES, f"{value.path} 是{kind}，没有 {value.path}.{name}", advice)
        return Value(None)

    def _item_of(self, node: nodes.Getitem) -> Value:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._attribute(node.node, node.arg.value)
        value = self._visit(node.node)
        if value.shape is not None and not isinstance(value.shape, List):
            self._report(Code.NOT_A_LIST, f"{value.path} 不是列表，不能取第几项", "只有列表可以用 [0]")
            return Value(None)
        return replace(self._item(value), path=f"{value.path}[{_number(node.arg)}]")

    def _row(self, node: nodes.Filter) -> Allowed | None:
        """What is known of a filter that is none of the caller's."""
        return None if node.name in self.filters else FUNCTIONS.get(node.name)

    def _filter(self, node: nodes.Filter) -> Value:
        row = self._row(node)
        wanted = _PRINTED if row is not None and row.takes == "text" else self._wanted
        value = self._as(wanted, node.node)
        arguments = [
            self._visit(argument) for argument in (*node.args, *(keyword.value for keyword in node.kwargs))
        ]
        if row is None:
            return self._filter_of_caller(node.name, value)
        self._check_arguments(node)
        if value.shape is not None and not _takes(row, value.shape):
            return self._unfit(node.name, row, value)
        match row.gives:
            case "same":
                return value
            case "item":
                return self._item(value) if isinstance(value.shape, List | None) else Value(Text())
            case "either":
                return self._either(value, arguments[0]) if arguments else value
        return Value(_GIVEN[row.gives])

    def _filter_of_caller(self, name: str, value: Value) -> Value:
        if name not in self.filters:
            near, advice = "", FILTER_ADVICE.get(name, "")
            if not advice:
                near, advice = suggestion(name, (*self.filters, *FILTERS))
            self._report(Code.UNKNOWN_FILTER, f"没有过滤器「{name}」{near}", advice)
        shape = value.shape
        plain = not isinstance(shape, List) or isinstance(shape.item, Text | Number)
        if isinstance(shape, Record | Image | Inset) or not plain:
            kind = "记录的列表" if isinstance(shape, List) else _KINDS[type(shape)]
            message = f"{value.path} 是{kind}，不能交给过滤器「{name}」"
            self._report(Code.UNFIT_FOR_FILTER, message, "交给它其中的一项")
        return Value(None)

    def _check_arguments(self, node: nodes.Filter) -> None:
        row = self._row(node)
        unknown = row is not None and {keyword.key for keyword in node.kwargs}.difference(row.named)
        if row is not None and (unknown or not row.least <= len(node.args) <= row.most):
            message = f"{called(node.name)}后面括号里写的不对"
            self._report(Code.BAD_ARGUMENTS, message, f"写法如 {row.example}")

    def _unfit(self, name: str, row: Allowed, value: Value) -> Value:
        """A value that a function can do nothing with; a list of records is to be looped over."""
        item = value.shape.item if isinstance(value.shape, List) else None
        kind = "记录的列表" if isinstance(item, Record) else _KINDS[type(value.shape)]
        advice = f"写法如 {row.example}"
        if isinstance(value.shape, List):
            advice = f"写成 {loop_over(value.path, value.shape)}"
        message = f"{value.path or '前面的值'} 是{kind}，不能用{called(name)}"
        self._report(Code.UNFIT_FOR_FILTER, message, advice)
        return Value(None)

    def _either(self, first: Value, second: Value) -> Value:
        """What `a or b` and `a if c else b` stand for: known when both are alike, or one of them is written out."""
        if second.shape is None and not second.path:
            return first
        if first.shape is None and not first.path:
            return second
        if first.shape != second.shape:
            return Value(None)
        self._alike.append((first.reads, second.reads))
        return first

    def _report(self, code: Code, message: str, advice: str) -> None:
        self.problems.append(error(code, self._tag.place, f"「{self._tag.text}」：{message}", advice))


def _number(argument: nodes.Node) -> str:
    """The number between the brackets."""
    if isinstance(argument, nodes.Neg):
        return f"-{_number(argument.node)}"
    return str(argument.value) if isinstance(argument, nodes.Const) else ""


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


def _takes(row: Allowed, shape: Shape) -> bool:
    plain = row.takes != "words" or not isinstance(shape, List) or isinstance(shape.item, Text | Number)
    return plain and isinstance(shape, _TAKEN[row.takes])
