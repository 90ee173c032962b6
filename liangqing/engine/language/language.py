"""What a tag may say: its keyword, and the expressions that go with it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.parser import Parser

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Problems, refuse
from liangqing.engine.language.grammar import (
    RESERVED_NAMES,
    is_private,
    parse_expression,
    parse_rule,
    read_nodes,
)
from liangqing.engine.language.refusals import TAG_ADVICE, tag_advice
from liangqing.engine.language.suggestions import suggestion
from liangqing.engine.language.tags import Tag

PROPERTIES = ("colspan", "cellbg", "rightind", "leftind", "keepnext", "cantsplit")
CATEGORY = "类别"
CHART = ("chart", "图表")
MAX_SERIES = 50
_BARE = ("else", "endif", "endfor", "vm", "hm", "restart")
_BLOCKS = ("for", "if", "elif", "else", "endfor", "endif")
_KEYWORDS = ("for", "if", "elif", "set", *_BARE, *PROPERTIES, *CHART)
_MEANT = {
    "如果": "if", "若": "if", "否则": "else", "否则如果": "elif", "循环": "for", "如果结束": "endif",
    "结束如果": "endif", "循环结束": "endfor", "结束循环": "endfor", "elseif": "elif", "elsif": "elif",
    "elsf": "elif", "foreach": "for", "each": "for", "fi": "if", "endforeach": "endfor", "end_if": "endif",
    "end_for": "endfor", "/if": "endif", "/for": "endfor",
}  # fmt: skip
_ENDS = {"if": "endif", "for": "endfor"}
_PREFIXES = ("", "p", "tr", "tc", "r")
_ANY_END = ("end", "结束", "完", "完毕")
_GLUED = re.compile(r"(if|elif|for|set)(?=[^\x00-\x7f])")
_SPACED_PREFIX = re.compile(r"(p|tr|tc|r)\s+(for|if|elif|else|endfor|endif|set)\b")
_ROW_VALUE = re.compile(r"(?:tr|tc)\s+[^\s|+\-]")
_QUOTED = r"'[^']*'|\"[^\"]*\""
_HEAD_END = re.compile(rf"(?:[^:'\"\[]|\[[^\]]*\]|{_QUOTED})*:")
_FIELD = re.compile(rf"(?:[^;'\"]|{_QUOTED})+")
_NAME = re.compile(rf"\s*({_QUOTED}|[^=;'\"]+?)\s*=(?!=)\s*")
_PAIRS = "在数据里写成列表，每项几样，这里写成 {% for 项 in 清单 %}{{ 项.名称 }}{% endfor %}"
_CHART_EXAMPLE = "例：{% 图表 项 in 清单: 类别=项.名称; 数量=项.数量 %}"


@dataclass(frozen=True)
class Statement:
    """A tag's meaning. `expression`: a for's list, an if's condition, a value; `target`: the variable of a for or a set.

    `fields`: the names of a chart's category and series with their expressions. A statement `own` is the
    compiler's: an expression of its filters, not to be checked; so is `gather`, whose `test` is the filter that all up to
    its `endgather` goes through.
    """

    keyword: str
    expression: nodes.Expr | None = None
    target: str = ""
    test: nodes.Expr | None = None
    fields: tuple[tuple[str, nodes.Expr], ...] = ()
    number: int = 0  # of the chart that a `chart` fills


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
        return _for(tag, keyword, tag.body)
    if keyword == "set":
        return _set(tag)
    if keyword in CHART:
        return _chart(tag, rest)
    return Statement(keyword, parse_expression(tag, rest))


def guessed_statement(tag: Tag) -> Statement:
    """What a tag that was refused was meant to be, so that its closing is not reported as well."""
    if tag.kind == "value":
        return Statement("value")
    words = _SPACED_PREFIX.sub(r"\2", unicodedata.normalize("NFKC", tag.body)).split()
    near = _near_block(words[0]) if words else []
    if words and words[0].lower() in _ANY_END:
        return Statement(_ENDS.get(" ".join(words[1:]).lower(), "end"))
    if not near:
        return Statement("unknown")
    return Statement(near[0], target=words[1] if near[0] == "for" and len(words) > 1 else "")


def _near_block(word: str) -> list[str]:
    meant = _MEANT.get(word, word.lower())
    if meant.removeprefix("end") in TAG_ADVICE:
        return []
    return difflib.get_close_matches(meant, _BLOCKS, n=1, cutoff=0.5)


def _value(tag: Tag) -> nodes.Expr:
    if _ROW_VALUE.match(tag.body) and tag.text[2] != " ":
        advice = "写成 {{ 名称 }}、{{r 名称 }} 或 {{p 名称 }}"
        raise refuse(Code.BAD_KEYWORD, tag.place, f"「{tag.text}」：值前面不能加 tr、tc", advice)
    return parse_expression(tag, tag.body)


def _bare(tag: Tag, keyword: str, rest: str) -> Statement:
    if rest:
        message = f"「{tag.text}」里 {keyword} 后面多了「{rest}」"
        advice = f"写成 {{% elif {rest[3:]} %}}" if rest.startswith("if ") else f"只写 {keyword}"
        raise refuse(Code.BAD_EXPRESSION, tag.place, message, advice)
    return Statement(keyword)


def _for(tag: Tag, keyword: str, text: str) -> Statement:
    def parse(parser: Parser) -> tuple[nodes.Node, nodes.Expr, nodes.Expr | None]:
        stream = parser.stream
        stream.expect("name:for")
        target = parser.parse_assign_target(extra_end_rules=("name:in",))
        stream.expect("name:in")
        items = parser.parse_expression(with_condexpr=False)
        test = parser.parse_expression() if stream.skip_if("name:if") else None
        return target, items, test

    target, items, test = parse_rule(tag, text, parse)
    if not isinstance(target, nodes.Name) or target.name in RESERVED_NAMES:
        advice = "例：{% for 问题 in 问题清单 %}" if keyword == "for" else _CHART_EXAMPLE
        advice = _PAIRS if isinstance(target, nodes.Tuple) else advice
        raise refuse(Code.UNSAFE_EXPRESSION, tag.place, f"「{tag.text}」：循环变量只能是一个名称", advice)
    checked = None if test is None else read_nodes(tag, test)
    return Statement(keyword, read_nodes(tag, items, nodes.List([])), target.name, checked)


def _set(tag: Tag) -> Statement:
    def parse(parser: Parser) -> tuple[nodes.Node, nodes.Expr | None]:
        parser.stream.expect("name:set")
        target = parser.parse_assign_target()
        return target, parser.parse_expression() if parser.stream.skip_if("assign") else None

    target, value = parse_rule(tag, tag.body, parse)
    if not isinstance(target, nodes.Name) or target.name == "loop" or is_private(target.name):
        message = f"「{tag.text}」：set 后面只能是一个名称，不以下划线开头"
        raise refuse(Code.UNSAFE_EXPRESSION, tag.place, message, "例：{% set 甲 = 1 %}")
    if value is None:
        message = f"「{tag.text}」里少了等号和值"
        raise refuse(Code.BAD_EXPRESSION, tag.place, message, f"写成 {{% set {target.name} = '…' %}}")
    return Statement("set", read_nodes(tag, value), target.name)


# ---------------------------------------------------------------- charts


def _chart(tag: Tag, text: str) -> Statement:
    """`项 in 清单 if 项.有效: 类别=项.名称; 数量=项.数量`."""
    head = _HEAD_END.match(text)
    if head is None:
        raise _chart_fault(tag, "列表后面少了冒号和各项内容")
    loop = _for(tag, "chart", f"for {head[0][:-1]}")
    fields = tuple(
        _field(tag, field_text) for field_text in _FIELD.findall(text[head.end() :]) if field_text.strip()
    )
    names = [name for name, _ in fields]
    if names[:1] != [CATEGORY]:
        raise _chart_fault(tag, f"冒号后面先写「{CATEGORY}=…」")
    if len(names) < 2:
        raise _chart_fault(tag, "少了数据，至少一个系列")
    if len(names) > MAX_SERIES:
        raise _chart_fault(tag, f"系列多于 {MAX_SERIES} 个")
    if len(set(names)) < len(names):
        raise _chart_fault(tag, "两个系列同名")
    return Statement("chart", loop.expression, loop.target, loop.test, fields)


def _field(tag: Tag, text: str) -> tuple[str, nodes.Expr]:
    named = _NAME.match(text)
    if named is None:
        raise _chart_fault(tag, f"「{text.strip()}」不是「名称=内容」")
    name = named[1]
    return name[1:-1] if name[0] in "'\"" else name, parse_expression(tag, text[named.end() :].strip())


def _chart_fault(tag: Tag, message: str) -> Problems:
    return refuse(Code.BAD_EXPRESSION, tag.place, f"「{tag.text}」写得不对：{message}", _CHART_EXAMPLE)


# ---------------------------------------------------------------- what is none of these


def _unknown_keyword(tag: Tag, keyword: str) -> Problems:
    if (spaced := _SPACED_PREFIX.match(tag.body)) is not None:
        good = f"{{%{spaced[1]} {spaced[2]}{'' if spaced[2] in _BARE else ' …'} %}}"
        return refuse(
            Code.BAD_KEYWORD, tag.place, f"「{tag.text}」：% 和 {spaced[1]} 之间不能有空格", f"写成 {good}"
        )
    if keyword in _PREFIXES:
        return refuse(
            Code.BAD_EXPRESSION, tag.place, f"「{tag.text}」里少了内容", "写上 for、if 等，或删去这个标记"
        )
    if keyword.removeprefix("end") in TAG_ADVICE:
        message = f"「{tag.text}」：模板里不能用 {keyword}"
        return refuse(Code.BAD_KEYWORD, tag.place, message, tag_advice(keyword))
    if (glued := _GLUED.match(keyword)) is not None:
        message = f"「{tag.text}」：{glued[1]} 后面要空一格"
        good = f"{{%{tag.prefix} {glued[1]} {tag.body[glued.end() :]} %}}"
        return refuse(Code.BAD_KEYWORD, tag.place, message, f"写成 {good}")
    if keyword.lower() in _ANY_END and not tag.body[len(keyword) :].strip():
        message = f"「{tag.text}」：没有说是哪一个的结尾"
        advice = "前面是 {% if … %} 的，写成 {% endif %}；是 {% for … %} 的，写成 {% endfor %}"
        return refuse(Code.BAD_KEYWORD, tag.place, message, advice)
    near, advice = suggestion(_MEANT.get(keyword, keyword.lower()), _KEYWORDS)
    if (wanted := _meant(keyword, tag.body[len(keyword) :].strip())) is not None:
        near, advice = f"，是否 {wanted.split()[0]}？", f"写成 {{%{tag.prefix} {wanted} %}}"
    elif not near and not (keyword.isascii() and keyword.isalpha()):
        advice = f"要印出来的，写成 {{{{ {tag.body.lstrip('=$@#*. ')} }}}}"
    return refuse(Code.BAD_KEYWORD, tag.place, f"「{tag.text}」：没有「{keyword}」这种标记{near}", advice)


def _meant(keyword: str, rest: str) -> str | None:
    """What a tag should say whose keyword is one of another language, or cut in two; None for any other."""
    if keyword.lower() in _ANY_END:
        return _ENDS.get(rest.lower())
    meant = _MEANT.get(keyword.lower())
    if meant is None:
        return None
    return meant if meant in _BARE else f"{meant} {rest}".rstrip()
