"""What a template may not hold, and what to write in its place: for each way of writing that is refused, an example.

Examples are whole tags, so that they can be copied; tests compile every one of them.
"""

from __future__ import annotations

from jinja2 import nodes

from liangqing.engine.language.allowed import FILTERS, METHODS

LOOP_FIELDS = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
TESTS = ("none", "defined", "undefined", "even", "odd")
_OVER_ITEMS = "{% for 项 in 清单 %}{{ 项.名称 }}{% endfor %}"
_FILTERED = "{% for 项 in 清单 if 项.名称 %}{{ 项.名称 }}{% endfor %}"
_ENUMERATED = "{% for 项 in 清单 %}{{ 项.名称 }}{{ '、' if not loop.last }}{% endfor %}"
_BY_TURNS = "{{ '单' if loop.index is odd else '双' }}"
_COUNTED = "在数据里算好，这里写成 {{ 合计 }}"
_LISTED = f"在数据里写成列表，这里写成 {_OVER_ITEMS}"
_SHOWN = "在数据里写成要印的样子，这里写成 {{ 日期 }}"
OTHERWISE = "把结果放进数据，这里写成 {{ 结果 }}"

# What stands for a kind of node in the message, and what to do.
KINDS: dict[type[nodes.Node], tuple[str, str]] = {
    nodes.Mul: ("乘号 *", _COUNTED),
    nodes.Pow: ("乘方 **", _COUNTED),
    nodes.Mod: (
        "取余 %",
        f"逢单、逢双的写成 {{% if loop.index is even %}}双{{% endif %}}；要算的{_COUNTED}",
    ),
    nodes.Div: ("除号 /", _COUNTED),
    nodes.FloorDiv: ("整除 //", _COUNTED),
    nodes.Pos: ("加号开头的数", "去掉加号，写成 {{ 数 }}"),
    nodes.Dict: ("字典", "在数据里写成一条记录，这里写成 {{ 记录.名称 }}"),
    nodes.Tuple: ("圆括号里的几个值", "用方括号，写成 {% if 名称 in ['一', '二'] %}是{% endif %}"),
    nodes.List: ("含变量的列表", "写成 {% if 名称 == 甲 or 名称 == 乙 %}是{% endif %}"),
    nodes.Getitem: ("变量作下标", f"逐项写成 {_OVER_ITEMS}；固定一项的写成 {{{{ 清单[0].名称 }}}}"),
    nodes.Call: ("调用", OTHERWISE),
    nodes.Concat: ("这种写法", "写成 {{ 甲 ~ 乙 }}"),
}
# Methods and functions that templates elsewhere use.
_CALLS: dict[str, str] = {
    **dict.fromkeys(("items", "keys", "values"), _LISTED),
    **dict.fromkeys(("strftime", "isoformat", "now", "today", "date"), _SHOWN),
    **dict.fromkeys(("len", "size"), "写成 {{ 清单 | length }}"),
    **dict.fromkeys(("range", "zip", "sorted", "reversed", "filter", "map", "dict", "list", "namespace"), _LISTED),
    **dict.fromkeys(("sum", "max", "min", "round", "abs", "int", "float"), _COUNTED),
    **dict.fromkeys(("append", "extend", "insert", "update", "pop"), _LISTED),
    "enumerate": "写成 {% for 项 in 清单 %}{{ loop.index }}{{ 项.名称 }}{% endfor %}",
    "get": "写成 {{ 记录.名称 or '无' }}",
    "str": "写成 {{ 数 }}",
    "format": "写成 {{ '共' ~ 数 ~ '项' }}",
    "cycle": f"写成 {_BY_TURNS}",
    "joiner": f"写成 {_ENUMERATED}",
    "cycler": f"写成 {_BY_TURNS}",
    "changed": "上下相同的合并成一格，在表格循环里写 {% vm %}",
    "super": "直接写要印的字",
}  # fmt: skip
# Filters of Jinja that are none of ours.
FILTER_ADVICE: dict[str, str] = {
    **dict.fromkeys(("map", "attr", "groupby", "batch", "dictsort", "items"), f"写成 {_ENUMERATED}"),
    **dict.fromkeys(("select", "selectattr", "reject", "rejectattr"), f"写成 {_FILTERED}"),
    **dict.fromkeys(("sort", "unique", "reverse", "shuffle", "slice", "list", "random"), _LISTED),
    **dict.fromkeys(("sum", "round", "abs", "int", "float", "min", "max"), _COUNTED),
    **dict.fromkeys(("string", "safe", "forceescape"), "去掉它，值照原样印，写成 {{ 名称 }}"),
    **dict.fromkeys(("format", "filesizeformat"), "写成 {{ '共' ~ 数 ~ '项' }}"),
    **dict.fromkeys(("strip", "striptags"), "写成 {{ 名称 | trim }}"),
    **dict.fromkeys(("len", "size"), "写成 {{ 清单 | length }}"),
    "truncate": "写成 {{ 名称[:20] }}",
    "split": "写成 {% for 项 in 名称.split('、') %}{{ 项 }}{% endfor %}",
    "date": _SHOWN,
    "strftime": _SHOWN,
}  # fmt: skip
_TEST_ADVICE: dict[str, str] = {
    **dict.fromkeys(("equalto", "eq", "sameas"), "写成 {% if 名称 == '一' %}是{% endif %}"),
    **dict.fromkeys(("ne",), "写成 {% if 名称 != '一' %}是{% endif %}"),
    **dict.fromkeys(("gt", "greaterthan"), "写成 {% if 数 > 1 %}是{% endif %}"),
    **dict.fromkeys(("ge",), "写成 {% if 数 >= 1 %}是{% endif %}"),
    **dict.fromkeys(("lt", "lessthan"), "写成 {% if 数 < 1 %}是{% endif %}"),
    **dict.fromkeys(("le",), "写成 {% if 数 <= 1 %}是{% endif %}"),
    **dict.fromkeys(("in",), "写成 {% if 名称 in ['一', '二'] %}是{% endif %}"),
    **dict.fromkeys(("true", "false", "boolean", "empty"), "写成 {% if 甲 %}是{% else %}否{% endif %}"),
    "divisibleby": KINDS[nodes.Mod][1],
}  # fmt: skip
_LOOP_ADVICE: dict[str, str] = {
    "cycle": _CALLS["cycle"],
    "changed": _CALLS["changed"],
    **dict.fromkeys(("previtem", "nextitem"), "在数据里放进这一项，这里写成 {{ 项.上一项 }}"),
    **dict.fromkeys(("counter", "counter1", "count", "number"), "写成 {{ loop.index }}"),
    "counter0": "写成 {{ loop.index0 }}",
}
# Tags of Jinja that are none of ours; `end…` goes with its beginning.
TAG_ADVICE: dict[str, str] = {
    "with": "写成 {% set 甲 = 1 %}，结尾的标记删去",
    "macro": f"每项都要的写成 {_OVER_ITEMS}；别的直接写在要印的地方",
    "call": f"每项都要的写成 {_OVER_ITEMS}；别的直接写在要印的地方",
    **dict.fromkeys(
        ("include", "import", "from", "extends", "block"), "把那个文件里的内容直接放进这个模板，删去这个标记"
    ),
    "raw": "要原样印的写成 {{ '{{ 名称 }}' }}",
    "filter": "写在要印的标记里，如写成 {{ 名称 | upper }}",
    "do": "只印出数据的，删去它；要记下一个值，写成 {% set 甲 = 1 %}",
    "autoescape": "值里的 < 和 & 照原样印，删去这个标记",
    "break": f"写成 {_FILTERED}",
    "continue": f"写成 {_FILTERED}",
    "set": "删去它；值写在一个标记里，写成 {% set 甲 = '一' %}",
}


def call_refusal(node: nodes.Call) -> tuple[str, str]:
    """How to call a function or method that is not allowed, and what to do; for one that is, what is wrong with its use."""
    target = node.node
    name = target.attr if isinstance(target, nodes.Getattr) else getattr(target, "name", "")
    what = f" {name}(…)" if isinstance(target, nodes.Name) else f" .{name}(…)"
    if isinstance(target, nodes.Getattr) and name in METHODS:
        return f"这样的 .{name}(…)", f"写法如 {METHODS[name].example}"
    advice = _CALLS.get(name) or (f"写成 {METHODS[name].example}" if name in METHODS else "")
    if not advice and name in FILTERS:
        advice = f"写成 {FILTERS[name].example}"
    return what, advice or f"去掉括号，写成变量，如 {{{{ 结果 }}}}；{OTHERWISE}"


def test_refusal(name: str) -> tuple[str, str]:
    """The same for `is …`."""
    known = "、".join(f"is {test}" for test in TESTS)
    return f" is {name}", _TEST_ADVICE.get(name, f"能用的有 {known}；别的{OTHERWISE}")


def loop_refusal(name: str) -> tuple[str, str]:
    """The same for a field of `loop`."""
    known = "、".join(f"loop.{field}" for field in LOOP_FIELDS)
    return f" loop.{name}", _LOOP_ADVICE.get(name, f"只有 {known}")


def tag_advice(keyword: str) -> str:
    """What to do about a tag of Jinja's that is not allowed."""
    if keyword.startswith("end") and keyword not in ("endset", "endraw"):
        return "连同它的开头一起删去"
    return TAG_ADVICE[keyword.removeprefix("end")]
