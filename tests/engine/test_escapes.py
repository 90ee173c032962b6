"""Code in templates: none runs, none leaks what is not a value of the paper, and none takes the machine's time or memory."""

from __future__ import annotations

import html
import io
import os
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest
from campaign import size
from engine_docx import build, p, row, story, table

from liangqing.base.diagnostics import Place, Problems
from liangqing.engine import Number, Record, Text, compile_expression, compile_text

STAGE = "模板里的代码"
SECRET = "紫藤萝瀑布"  # in the environment, where no template may look
VALUES: dict[str, object] = {"名称": "灵川局", "数": 3}
SCHEMA = Record("函", lambda: {"名称": Text(), "数": Number()})
SECONDS = 5  # for a case, on a busy machine
# What would be seen of a way out: objects of Python, the file of passwords, the secret.
LEAKS = (
    "<class",
    "<function",
    "<built-in",
    "<module",
    "<bound",
    " object at 0x",
    "<generator",
    "root:",
    SECRET,
    "jinja2",
)

# From what a way out sets off: a value, a text, numbers, what other engines have by themselves.
STARTS = (
    "名称", "''", "'甲'", "数", "1", "[]", "{}", "()", "loop", "self", "cycler", "joiner", "namespace", "lipsum", "range", "dict",
    "config", "request", "g", "名称.upper", "名称|upper", "none", "true", "caller", "varargs",
)  # fmt: skip
STEPS = (
    "{}.__class__", "{}.__class__.__mro__[1].__subclasses__()", "{}['__class__']", "{}|attr('__class__')",
    "{}.__init__.__globals__", "{}['\\x5f\\x5fclass\\x5f\\x5f']", "{}|map(attribute='__class__')|list",
    "{}.__getattribute__('__class__')", "{}.__doc__", "({}).__class__.__base__",
)  # fmt: skip
OTHERS = (
    "{{ '{0.__class__}'.format(名称) }}", "{{ '{0.__init__.__globals__}'.format(名称) }}", "{{ '%s' % 名称.__class__ }}",
    "{{ '甲'.format_map({'甲': 名称}) }}", "{{ 'a' * 10 ** 10 }}", "{{ 10 ** 10 ** 10 }}", "{{ range(10 ** 12)|list }}",
    "{% for 甲 in range(10 ** 9) %}{% endfor %}", "{% for 甲 in range(10 ** 9) %}甲{% endfor %}", "{{ 名称.ljust(10 ** 10) }}",
    "{{ 名称.center(10 ** 10) }}", "{{ 名称.zfill(10 ** 10) }}", "{{ 名称|center(10 ** 10) }}", "{{ 'a'|indent(10 ** 9) }}",
    "{{ 名称.replace('', 'a' * 10 ** 9) }}", "{{ [[1] * 10 ** 9] }}", "{% import 'os' as 甲 %}{{ 甲 }}",
    "{% from 'os' import environ %}", "{% include '/etc/passwd' %}", "{% extends '/etc/passwd' %}", "{{ include('/etc/passwd') }}",
    "{% macro 甲() %}{{ caller }}{% endmacro %}{{ 甲() }}", "{% call 名称() %}{% endcall %}", "{% filter upper %}甲{% endfilter %}",
    "{% set 甲 = 名称.__class__ %}{{ 甲 }}", "{% set 名称.甲 = 1 %}", "{% with 甲 = 名称.__class__ %}{{ 甲 }}{% endwith %}",
    "{% block 甲 %}{{ self.甲 }}{% endblock %}", "{% do 名称.__class__ %}", "{% debug %}", "{% trans %}甲{% endtrans %}",
    "{% autoescape false %}{{ 名称 }}{% endautoescape %}", "{% raw %}{{ 名称 }}{% endraw %}", "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os').environ }}", "{{ eval('1') }}", "{{ exec('1') }}", "{{ getattr(名称, '__class__') }}", "{{ globals() }}",
    "{{ locals() }}", "{{ vars() }}", "{{ dir(名称) }}", "{{ super() }}", "{{ _self }}", "{{ __name__ }}", "{{ _TemplateReference__context }}",
    "{{ 名称|pprint }}", "{{ 名称|tojson }}", "{{ 名称|safe }}", "{{ '<w:p/>'|safe }}", "{{ 名称|xmlattr }}", "{{ 名称|urlize }}",
    "{{ 名称|random }}", "{{ 名称|filesizeformat }}", "{{ 名称|groupby('__class__') }}", "{{ [名称]|sort(attribute='__class__') }}",
    "{{ [名称]|selectattr('__class__')|list }}", "{{ [名称]|sum(attribute='__class__') }}", "{{ 名称 is sameas 名称.__class__ }}",
    "{{ (名称, 数)|map('attr', '__class__')|list }}", "{{ 名称.encode('utf-16') }}", "{{ 名称.maketrans({}) }}", "{{ 名称.__add__('甲') }}",
    "{% for 甲 in 名称.__class__.__mro__ %}{{ 甲 }}{% endfor %}", "{% if 名称.__class__ %}甲{% endif %}", "{{ loop.__init__ }}",
    "{% for 甲 in 名称 %}{{ loop.__class__ }}{% endfor %}", "{% for 甲 in 名称 %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{% for 甲 in 名称 recursive %}{{ loop(甲) }}{% endfor %}", "{{ ({'甲': 名称})['甲'].__class__ }}", "{{ (lambda: 1)() }}",
    "{{ [甲 for 甲 in 名称] }}", "{{ 名称 if 名称.__class__ }}", "{{ {{ 名称.__class__ }} }}", "{{ '{{ 名称.__class__ }}' }}",
)  # fmt: skip


def payloads() -> list[str]:
    """Each step from each start, and what is a way of its own."""
    return [f"{{{{ {step.format(start)} }}}}" for start in STARTS for step in STEPS] + list(OTHERS)


def _inner(payload: str) -> str:
    return payload.removeprefix("{{").removesuffix("}}").strip()


# Where a template may say something: how a payload is printed there. A file's name and a condition stand in the catalogue.
PLACES: dict[str, Callable[[str], str]] = {
    "正文": lambda payload: _of_word(p(_escaped(payload))),
    "表格": lambda payload: _of_word(table(row("甲", _escaped(payload)))),
    "页眉": lambda payload: _of_word(p("甲"), {"word/header1.xml": story("hdr", p(_escaped(payload)))}),
    "循环": lambda payload: _of_word(p("{% for 字 in [1] %}") + p(_escaped(payload)) + p("{% endfor %}")),
    "文件名": lambda payload: compile_text(payload, place=Place("文种.yaml"), schema=SCHEMA).render(VALUES),
    "条件": lambda payload: str(
        compile_expression(_inner(payload), place=Place("文种.yaml"), schema=SCHEMA).evaluate(VALUES)
    ),
}


def _escaped(payload: str) -> str:
    return payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _of_word(body: str, parts: dict[str, str] | None = None) -> str:
    made = zipfile.ZipFile(io.BytesIO(build(body, parts, schema=SCHEMA).render(VALUES)))
    return html.unescape("".join(made.read(name).decode("utf-8") for name in made.namelist()))


def outcomes(place: str) -> Iterator[tuple[str, str]]:
    """A fault of each payload in a place: its name and what went wrong; "" where it is refused or harmless."""
    for payload in payloads():
        began = time.monotonic()
        try:
            printed = PLACES[place](payload)
        except Problems as refused:
            assert refused.diagnostics
            printed = ""
        leaks = [leak for leak in LEAKS if leak in printed]
        took = time.monotonic() - began
        yield payload, "、".join(leaks) or (f"{took:.0f} seconds" if took > SECONDS else "")


@pytest.mark.campaign(STAGE)
@pytest.mark.parametrize("place", PLACES)
def test_code_in_a_template_is_refused_or_a_text(
    place: str, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setitem(os.environ, "LIANGQING_SECRET", SECRET)
    found = dict(outcomes(place))
    record_property("tried", len(found))
    assert len(found) >= size(STAGE)
    assert {payload: why for payload, why in found.items() if why} == {}


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_would_be_seen(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VALUES, "名称", SECRET)
    assert SECRET in PLACES[place]("{{ 名称 }}")
