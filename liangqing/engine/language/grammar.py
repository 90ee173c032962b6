"""The grammar of expressions: Jinja's parser, checked against an allow-list of its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Problems, refuse
from liangqing.engine.language.tags import Tag

T = TypeVar("T")

MAX_EXPRESSION = 1000
MAX_DEPTH = 40
LOOP_FIELDS = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
TESTS = ("none", "defined")
RESERVED_NAMES = {"loop", "self", "super", "caller", "varargs", "kwargs", "true", "false", "none"}

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.And, nodes.Or, nodes.Not, nodes.Compare,
    nodes.Operand, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.CondExpr, nodes.Filter, nodes.Keyword,
    nodes.Test, nodes.List,
)  # fmt: skip
_CHINESE: dict[type[nodes.Node], str] = {
    nodes.Call: "调用", nodes.Mul: "乘号 *", nodes.Pow: "乘方 **", nodes.Mod: "取余 %", nodes.Div: "除号 /",
    nodes.FloorDiv: "整除 //", nodes.Slice: "切片", nodes.Dict: "字典", nodes.Tuple: "逗号分开的几个值",
}  # fmt: skip
_SLIPS = {
    "=": "比较写 ==", "!": "“不是”写 not 或 !=", "&": "“并且”写 and", "?": "二选一写 甲 if 条件 else 乙",
    "'": "引号没有成对", '"': "引号没有成对", "$": "变量名前面什么都不加", ":": "这里不写冒号",
    ",": "几个值分开写成几个标记，如 {{ 甲 }}、{{ 乙 }}", "|": "过滤器只写一个 |，“或者”写 or",
    "或": "没有时印后面的写 or；要印出“或”字的，分开写成两个标记", "或者": "没有时印后面的写 or",
    "和": "要印出“和”字的，分开写成两个标记：{{ 甲 }}和{{ 乙 }}", "×": "模板里不做乘法", "÷": "模板里不做除法",
}  # fmt: skip
_SYNTAX = Environment()


def parse_expression(tag: Tag, text: str) -> nodes.Expr:
    """The expression in `text`, checked against the allow-list."""

    def parse(parser: Parser) -> nodes.Expr:
        return parser.parse_expression()

    expression = parse_rule(tag, text, parse)
    check_nodes(tag, expression)
    return expression


def parse_rule(tag: Tag, text: str, rule: Callable[[Parser], T]) -> T:
    """What Jinja's `rule` makes of the whole of `text`; its message in Chinese when it cannot."""
    if len(text) > MAX_EXPRESSION:
        raise refuse(
            Code.TEMPLATE_TOO_COMPLEX,
            tag.place,
            f"「{tag.text[:40]}…」太长",
            f"一个标记不超过 {MAX_EXPRESSION} 字",
        )
    if not text:
        raise refuse(
            Code.BAD_EXPRESSION, tag.place, f"「{tag.text}」里少了内容", "写上变量名，或删去这个标记"
        )
    try:
        parser = Parser(_SYNTAX, text, state="variable")
        found = rule(parser)
        if not parser.stream.eos:
            raise TemplateSyntaxError(f"unexpected {parser.stream.current.value!r}", 1)
    except TemplateSyntaxError as exc:
        raise refuse(
            Code.BAD_EXPRESSION, tag.place, f"「{tag.text}」写得不对：{_in_chinese(exc.message)}", _hint(tag)
        ) from None
    except RecursionError:
        raise _too_deep(tag) from None
    return found


_WRITTEN = tuple(
    (re.compile(words), sign)
    for words, sign in (
        (r"(=>|大于等于|大于或等于|不小于|不少于|不低于)", ">="),
        (r"(=<|小于等于|小于或等于|不大于|不多于|不超过)", "<="),
        (r"(不等于|不是)", "!="),
        (r"(等于)", "=="),
        (r"(大于|多于|超过)", ">"),
        (r"(小于|少于)", "<"),
        (r"^for\s+\S+\s+(of|属于|在|于)\s", "in"),
        (r"(?:^|[\s(])(非|没有)\s", "not"),
    )
)


def _in_chinese(message: str | None) -> str:
    """Jinja's message about syntax, in the words of an office."""
    message = message or ""
    quoted = message.partition("'")[2].rpartition("'")[0]
    if "end of template" in message:
        return f"没有写完，少了「{quoted}」" if quoted in (")", "]", "in") else "没有写完"
    if message.startswith("unexpected char"):
        return _slip(message.split(" ")[2][1:-1], "读不懂")
    if message.startswith("expected token"):
        return "少了东西，或次序不对"
    if message.startswith("unexpected") and quoted:
        return _slip(quoted, "不该在这里")
    if message.startswith("Invalid character"):
        return "名称里有不能用的字符"
    return "没有写完，或次序不对"


def _slip(found: str, fault: str) -> str:
    return f"「{found}」{fault}" + (f"，{_SLIPS[found]}" if found in _SLIPS else "")


def _hint(tag: Tag) -> str:
    """An example, and before it how to write what was meant by a word or a sign that is none here."""
    found = ((words.search(tag.body), sign) for words, sign in _WRITTEN)
    meant = next((f"「{word[1]}」写 {sign}；" for word, sign in found if word is not None), "")
    if tag.body.startswith("for"):
        return f"{meant}例：{{% for 问题 in 问题清单 %}}"
    return f"{meant}例：{{{{ 单位.名称 }}}}、{{{{ 文号 or '草稿' }}}}、{{% if 单位.问题 %}}"


# ---------------------------------------------------------------- the allow-list


def check_nodes(tag: Tag, expression: nodes.Expr) -> None:
    """Every node is of an allowed kind, in an allowed form, and not too deep."""
    pending: list[tuple[nodes.Node, int]] = [(expression, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise _too_deep(tag)
        fault = _fault(node)
        if fault:
            raise refuse(
                Code.UNSAFE_EXPRESSION,
                tag.place,
                f"「{tag.text}」：模板里不能用{fault}",
                "把结果放进数据，或用过滤器",
            )
        pending += [(child, depth + 1) for child in node.iter_child_nodes()]


def _fault(node: nodes.Node) -> str:
    """What is not allowed about this node, in Chinese; empty when all is well."""
    if not isinstance(node, _ALLOWED):
        return _CHINESE.get(type(node), "这种写法")
    if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Slice):
        return "" if _constant_key(node.arg) else "变量作下标"
    if isinstance(node, nodes.Getitem):
        return "切片"
    if isinstance(node, nodes.List):
        return "" if all(isinstance(item, nodes.Const) for item in node.items) else "含变量的列表"
    if isinstance(node, nodes.Filter):
        return "带 * 的参数" if node.dyn_args or node.dyn_kwargs or node.node is None else ""
    if isinstance(node, nodes.Test):
        return "" if node.name in TESTS and not node.args else f" is {node.name}"
    if isinstance(node, nodes.CondExpr):
        return "" if node.expr2 is not None else "没有 else 的 if（补上 else '' 或别的内容）"
    if isinstance(node, nodes.Name):
        return f"「{node.name}」这个名称" if _private(node.name) else ""
    return _loop_fault(node)


def _loop_fault(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return (
            ""
            if node.attr in LOOP_FIELDS
            else f" loop.{node.attr}（只有 loop.{'、loop.'.join(LOOP_FIELDS)}）"
        )
    return ""


def _private(name: str) -> bool:
    return name.startswith("_") or name in RESERVED_NAMES - {"loop"}


def _constant_key(argument: nodes.Expr) -> bool:
    if isinstance(argument, nodes.Neg):
        argument = argument.node
    return isinstance(argument, nodes.Const) and type(argument.value) in (str, int)


def _too_deep(tag: Tag) -> Problems:
    return refuse(
        Code.TEMPLATE_TOO_COMPLEX, tag.place, f"「{tag.text[:40]}」嵌套得太深", "拆成几个标记，或放进数据"
    )
