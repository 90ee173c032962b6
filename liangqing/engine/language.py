"""What a tag may say: statements and expressions, checked against an allow-list of Jinja's nodes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from liangqing.engine.codes import Code, suggestion
from liangqing.engine.tags import Tag
from liangqing.errors import Problems, refuse

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
PROPERTIES = ("colspan", "cellbg", "rightind", "leftind")
_BARE = ("else", "endif", "endfor", "vm")
_BLOCKS = ("for", "if", "elif", "else", "endfor", "endif")
_KEYWORDS = ("for", "if", "elif", *_BARE, *PROPERTIES)
_SPACED_PREFIX = re.compile(r"(p|tr|tc|r)\s+(for|if|elif|else|endfor|endif)\b")
_RICH = re.compile(r"(?:p|tr|tc|r)\s+[^\s|+\-]")
_SYNTAX = Environment()


@dataclass(frozen=True)
class Statement:
    """A tag's meaning. `expression`: a for's list, an if's condition, a value; `target`: a for's variable."""

    keyword: str
    expression: nodes.Expr | None = None
    target: str = ""
    test: nodes.Expr | None = None


def parse_statement(tag: Tag) -> Statement:
    """Raises Problems with one diagnostic when the tag cannot be read or says what is not allowed."""
    if tag.kind == "value":
        return Statement("value", _value(tag))
    if tag.kind == "comment":
        return Statement("comment")
    keyword = re.split(r"[\s(]", tag.body, maxsplit=1)[0]
    rest = tag.body[len(keyword) :].strip()
    if keyword not in _KEYWORDS:
        raise _unknown_keyword(tag, keyword)
    if keyword in _BARE:
        return _bare(tag, keyword, rest)
    if keyword == "for":
        return _for(tag)
    return Statement(keyword, parse_expression(tag, rest))


def guessed_statement(tag: Tag) -> Statement:
    """What a tag that was refused was meant to be, so that its closing is not reported as well."""
    if tag.kind == "value":
        return Statement("value")
    words = _SPACED_PREFIX.sub(r"\2", tag.body).split()
    near = difflib.get_close_matches(words[0], _BLOCKS, n=1) if words else []
    if not near:
        return Statement("unknown")
    return Statement(near[0], target=words[1] if near[0] == "for" and len(words) > 1 else "")


def parse_expression(tag: Tag, text: str) -> nodes.Expr:
    """The expression in `text`, checked against the allow-list."""

    def parse(parser: Parser) -> nodes.Expr:
        return parser.parse_expression()

    expression = _parse(tag, text, parse)
    _check(tag, expression)
    return expression


def _value(tag: Tag) -> nodes.Expr:
    if _RICH.match(tag.body) and tag.text[2] != " ":
        advice = "写成 {{ 名称 }}，前面不加 r、p"
        raise refuse(Code.KEYWORD, tag.place, f"「{tag.text}」：不支持带格式的值", advice)
    return parse_expression(tag, tag.body)


def _bare(tag: Tag, keyword: str, rest: str) -> Statement:
    if rest:
        message = f"「{tag.text}」里 {keyword} 后面多了「{rest}」"
        advice = "改用 elif" if rest.startswith("if ") else f"只写 {keyword}"
        raise refuse(Code.SYNTAX, tag.place, message, advice)
    return Statement(keyword)


def _for(tag: Tag) -> Statement:
    def parse(parser: Parser) -> tuple[nodes.Node, nodes.Expr, nodes.Expr | None]:
        stream = parser.stream
        stream.expect("name:for")
        target = parser.parse_assign_target(extra_end_rules=("name:in",))
        stream.expect("name:in")
        items = parser.parse_expression(with_condexpr=False)
        test = parser.parse_expression() if stream.skip_if("name:if") else None
        return target, items, test

    target, items, test = _parse(tag, tag.body, parse)
    if not isinstance(target, nodes.Name) or target.name in RESERVED_NAMES:
        raise refuse(
            Code.UNSAFE,
            tag.place,
            f"「{tag.text}」：循环变量只能是一个名称",
            "例：{% for 问题 in 问题清单 %}",
        )
    for expression in (items, test):
        if expression is not None:
            _check(tag, expression)
    return Statement("for", items, target.name, test)


def _parse(tag: Tag, text: str, rule: Callable[[Parser], T]) -> T:
    if len(text) > MAX_EXPRESSION:
        raise refuse(
            Code.TOO_DEEP, tag.place, f"「{tag.text[:40]}…」太长", f"一个标记不超过 {MAX_EXPRESSION} 字"
        )
    if not text:
        raise refuse(Code.SYNTAX, tag.place, f"「{tag.text}」里少了内容", "写上变量名，或删去这个标记")
    try:
        parser = Parser(_SYNTAX, text, state="variable")
        found = rule(parser)
        if not parser.stream.eos:
            raise TemplateSyntaxError(f"unexpected {parser.stream.current.value!r}", 1)
    except TemplateSyntaxError as exc:
        raise refuse(
            Code.SYNTAX, tag.place, f"「{tag.text}」写得不对：{_in_chinese(exc.message)}", _hint(tag)
        ) from None
    except RecursionError:
        raise _too_deep(tag) from None
    return found


def _in_chinese(message: str | None) -> str:
    """Jinja's message about syntax, in the words of an office."""
    message = message or ""
    quoted = message.partition("'")[2].rpartition("'")[0]
    if message.startswith("unexpected char"):
        return f"「{message.split(' ')[2]}」读不懂，引号、括号是否成对？"
    if message.startswith("expected token"):
        return "少了东西，或次序不对"
    if message.startswith("unexpected") and quoted:
        return f"「{quoted}」不该在这里"
    if message.startswith("Invalid character"):
        return "名称里有不能用的字符"
    return "没有写完，或次序不对"


def _hint(tag: Tag) -> str:
    if tag.body.startswith("for"):
        return "例：{% for 问题 in 问题清单 %}"
    return "例：{{ 单位.名称 }}、{{ 文号 or '草稿' }}、{% if 单位.问题 %}"


def _unknown_keyword(tag: Tag, keyword: str) -> Problems:
    if (spaced := _SPACED_PREFIX.match(tag.body)) is not None:
        good = f"{{%{spaced[1]} {spaced[2]} … %}}"
        return refuse(
            Code.KEYWORD, tag.place, f"「{tag.text}」：% 和 {spaced[1]} 之间不能有空格", f"写成 {good}"
        )
    near, advice = suggestion(keyword, _KEYWORDS)
    return refuse(Code.KEYWORD, tag.place, f"「{tag.text}」：没有「{keyword}」这种标记{near}", advice)


# ---------------------------------------------------------------- the allow-list


def _check(tag: Tag, expression: nodes.Expr) -> None:
    """Every node is of an allowed kind, in an allowed form, and not too deep."""
    pending: list[tuple[nodes.Node, int]] = [(expression, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise _too_deep(tag)
        fault = _fault(node)
        if fault:
            raise refuse(
                Code.UNSAFE, tag.place, f"「{tag.text}」：模板里不能用{fault}", "把结果放进数据，或用过滤器"
            )
        pending += [(child, depth + 1) for child in node.iter_child_nodes()]


def _fault(node: nodes.Node) -> str:
    """What is not allowed about this node, in Chinese; empty when all is well."""
    if not isinstance(node, _ALLOWED):
        return _CHINESE.get(type(node), "这种写法")
    if isinstance(node, nodes.Getitem):
        return "" if _constant_key(node.arg) else "变量作下标"
    if isinstance(node, nodes.List):
        return "" if all(isinstance(item, nodes.Const) for item in node.items) else "含变量的列表"
    if isinstance(node, nodes.Filter):
        return "* 参数" if node.dyn_args or node.dyn_kwargs or node.node is None else ""
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
    return refuse(Code.TOO_DEEP, tag.place, f"「{tag.text[:40]}」嵌套得太深", "拆成几个标记，或放进数据")
