"""The grammar of expressions: Jinja's parser, checked against an allow-list of its nodes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Problems, refuse
from liangqing.engine.language.allowed import METHODS, SLICE, spelled
from liangqing.engine.language.habits import quoted_texts
from liangqing.engine.language.refusals import (
    KINDS,
    LOOP_FIELDS,
    OTHERWISE,
    TESTS,
    call_refusal,
    loop_refusal,
    test_refusal,
)
from liangqing.engine.language.tags import Tag

T = TypeVar("T")

MAX_EXPRESSION = 1000
MAX_DEPTH = 40
RESERVED_NAMES = {"loop", "self", "super", "caller", "varargs", "kwargs", "true", "false", "none"}

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.And, nodes.Or, nodes.Not, nodes.Compare,
    nodes.Operand, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.CondExpr, nodes.Filter, nodes.Keyword,
    nodes.Test, nodes.List, nodes.Slice, nodes.Call,
)  # fmt: skip
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

    return read_nodes(tag, parse_rule(tag, text, parse))


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
        return _parsed(text, rule)
    except TemplateSyntaxError as exc:
        word, sign = _meant(tag)
        reversed_sign = word and not word.isalpha()  # its own words, since Jinja stumbles over a half of it
        said = f"「{word}」应为 {sign}" if reversed_sign else _in_chinese(exc.message)
        message = f"「{tag.text}」写得不对：{said}"
        raise refuse(Code.BAD_EXPRESSION, tag.place, message, _hint(tag, text, rule)) from None
    except RecursionError:
        raise _too_deep(tag) from None


def _parsed(text: str, rule: Callable[[Parser], T]) -> T:
    """What Jinja's `rule` makes of the whole of `text`; raises TemplateSyntaxError, RecursionError."""
    parser = Parser(_SYNTAX, text, state="variable")
    found = rule(parser)
    if not parser.stream.eos:
        raise TemplateSyntaxError(f"unexpected {parser.stream.current.value!r}", 1)
    return found


_WRITTEN = tuple(
    (re.compile(words), sign)
    for words, sign in (
        (r"(=>|⇒|大于等于|大于或等于|不小于|不少于|不低于)", ">="),
        (r"(=<|⇐|小于等于|小于或等于|不大于|不多于|不超过)", "<="),
        (r"(<>|!==|不等于|不是)", "!="),
        (r"(===|等于)", "=="),
        (r"(大于|多于|超过)", ">"),
        (r"(小于|少于)", "<"),
        (r"^for\s+\S+\s+(of|属于|在|于)\s", "in"),
        (r"(?:^|[\s(])(非|没有)\s", "not"),
    )
)


# What is written otherwise in other languages, and what stands around a name that is none of it.
_ELSEWHERE = (
    *_WRITTEN,
    *(
        (re.compile(words), sign)
        for words, sign in (
            (r"^\s*([=@$.*#&]+)", ""),
            (r"(\s+(?:then|do)|[!:;,])\s*$", ""),
            (r"(\s*&&?\s*)", " and "),
            (r"(\s*\|\|\s*)", " or "),
            (r"(!)(?!=)", "not "),
            (r"(?<![=!<>])(={3}|=)(?!=)", "=="),
            (r"(!==)", "!="),
        )
    ),
)


def _mended(text: str) -> str:
    """An expression as it was probably meant; texts in quotes stay as they are."""
    for words, sign in _ELSEWHERE:
        found = words.search(text)
        if found is not None and not any(
            start < found.end(1) and found.start(1) < end for start, end in quoted_texts(text)
        ):
            text = f"{text[: found.start(1)]}{sign}{text[found.end(1) :]}"
    return text


def _sound(text: str, rule: Callable[[Parser], T]) -> bool:
    """Whether it can be read."""
    try:
        _parsed(text, rule)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


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


def _meant(tag: Tag) -> tuple[str, str]:
    """A word or a sign that is none here, and what to write in its place; "" where there is none."""
    found = ((words.search(tag.body), sign) for words, sign in _WRITTEN)
    return next(((word[1], sign) for word, sign in found if word is not None), ("", ""))


def _hint(tag: Tag, text: str, rule: Callable[[Parser], T]) -> str:
    """An example, the tag itself where it is clear what was meant, and before it the word or sign that is none here."""
    word, sign = _meant(tag)
    meant = f"「{word}」写 {sign}；" if word else ""
    if (good := _mended(text)) != text and _sound(good, rule):
        whole = tag.body.replace(text, good)
        return f"{meant}例：" + (
            f"{{{{{tag.prefix} {whole} }}}}" if tag.kind == "value" else f"{{%{tag.prefix} {whole} %}}"
        )
    if tag.body.startswith("for"):
        return f"{meant}例：{{% for 问题 in 问题清单 %}}"
    if tag.body.startswith("set"):
        return f"{meant}例：{{% set 甲 = 1 %}}"
    return f"{meant}例：{{{{ 单位.名称 }}}}、{{{{ 文号 or '草稿' }}}}、{{% if 单位.问题 %}}"


# ---------------------------------------------------------------- the allow-list


def read_nodes(tag: Tag, expression: nodes.Expr, otherwise: nodes.Expr | None = None) -> nodes.Expr:
    """The expression in the words of the sandbox; every node is of an allowed kind, in an allowed form, and not too deep.

    Methods and slices become filters of ours (`allowed`); an `if` without `else` gives `otherwise`, an empty text when
    that is None.
    """
    pending: list[tuple[nodes.Node, int]] = [(expression, 1)]
    short = False
    while pending:
        node, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise _too_deep(tag)
        if (found := _fault(node)) is not None:
            message = f"「{tag.text}」：模板里不能用{found[0]}"
            raise refuse(Code.UNSAFE_EXPRESSION, tag.place, message, found[1])
        short = short or isinstance(node, nodes.Call | nodes.Slice | nodes.CondExpr)
        pending += [(child, depth + 1) for child in _parts(node)]
    if not short:
        return expression
    whole: nodes.Expr = _Shortened(otherwise or nodes.Const("")).visit(expression)
    return whole


def _parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """What is to be checked below a node: of a call the text and the arguments, since its method has been."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        return iter((node.node.node, *node.args))
    return node.iter_child_nodes()


class _Shortened(NodeTransformer):
    """Takes calls, slices and an `if` without `else` for what they stand for."""

    def __init__(self, otherwise: nodes.Expr) -> None:
        self._otherwise = otherwise

    def visit_Call(self, node: nodes.Call) -> nodes.Filter:
        """`甲.strip()`."""
        method = node.node
        assert isinstance(method, nodes.Getattr)
        return self._filter(method.node, spelled(method.attr), node.args)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        """`甲[:3]`."""
        if not isinstance(node.arg, nodes.Slice):
            return self.generic_visit(node)
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        return self._filter(node.node, SLICE, [nodes.Const(None) if end is None else end for end in ends])

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:
        """`甲 if 乙`."""
        node.expr2 = node.expr2 or self._otherwise
        return self.generic_visit(node)

    def _filter(self, value: nodes.Expr, name: str, arguments: list[nodes.Expr]) -> nodes.Filter:
        made = nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno)
        self.generic_visit(made)
        return made


def _fault(node: nodes.Node) -> tuple[str, str] | None:
    """What is not allowed about this node, in Chinese, and what to write in its place; None when all is well."""
    check = _CHECKS.get(type(node))
    if check is not None:
        return check(node)
    if isinstance(node, _ALLOWED):
        return None
    return KINDS.get(type(node), ("这种写法", OTHERWISE))


def _getitem_fault(node: nodes.Getitem) -> tuple[str, str] | None:
    sound = isinstance(node.arg, nodes.Slice) or _constant_key(node.arg)
    return None if sound else KINDS[nodes.Getitem]


def _list_fault(node: nodes.List) -> tuple[str, str] | None:
    sound = all(isinstance(item, nodes.Const) for item in node.items)
    return None if sound else KINDS[nodes.List]


def _filter_fault(node: nodes.Filter) -> tuple[str, str] | None:
    if node.dyn_args or node.dyn_kwargs or node.node is None:
        return "带 * 的参数", "把各个值分开写，如 {{ 名称 | replace('一', '二') }}"
    return None


def _test_fault(node: nodes.Test) -> tuple[str, str] | None:
    return None if node.name in TESTS and not node.args else test_refusal(node.name)


def _name_fault(node: nodes.Name) -> tuple[str, str] | None:
    if not is_private(node.name):
        return None
    return f"「{node.name}」这个名称", "换成数据里的名称，如 {{ 名称 }}"


def _call_fault(node: nodes.Call) -> tuple[str, str] | None:
    method = METHODS.get(node.node.attr) if isinstance(node.node, nodes.Getattr) else None
    sound = method is not None and method.least <= len(node.args) <= method.most
    return None if sound and not (node.kwargs or node.dyn_args or node.dyn_kwargs) else call_refusal(node)


def _getattr_fault(node: nodes.Getattr) -> tuple[str, str] | None:
    of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
    return loop_refusal(node.attr) if of_loop and node.attr not in LOOP_FIELDS else None


def _const_fault(node: nodes.Const) -> tuple[str, str] | None:
    """1e400 is no number that anything can be reckoned or compared with."""
    endless = isinstance(node.value, float) and not math.isfinite(node.value)
    return ("这么大的数", "写 1e300 以内的数") if endless else None


_CHECKS: dict[type[nodes.Node], Callable[[Any], tuple[str, str] | None]] = {
    nodes.Getitem: _getitem_fault, nodes.List: _list_fault, nodes.Filter: _filter_fault, nodes.Test: _test_fault,
    nodes.Name: _name_fault, nodes.Call: _call_fault, nodes.Getattr: _getattr_fault,
    nodes.Const: _const_fault,
}  # fmt: skip


def is_private(name: str) -> bool:
    """Whether no variable may be called so."""
    return name.startswith("_") or name in RESERVED_NAMES - {"loop"}


def _constant_key(argument: nodes.Expr) -> bool:
    if isinstance(argument, nodes.Neg):
        argument = argument.node
    return isinstance(argument, nodes.Const) and type(argument.value) in (str, int)


def _too_deep(tag: Tag) -> Problems:
    return refuse(
        Code.TEMPLATE_TOO_COMPLEX, tag.place, f"「{tag.text[:40]}」嵌套得太深", "拆成几个标记，或放进数据"
    )
