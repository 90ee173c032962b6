"""The same template and values give the same text as docxtpl, the engine everybody knows."""

import io

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from engine_docx import build, lines, p, package, row, table, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

VALUE = st.text("甲乙丙12 &<>\"'，。\n\t", max_size=6)
VALUES = st.fixed_dictionaries(
    {
        "甲": VALUE,
        "真": st.booleans(),
        "单": st.lists(st.fixed_dictionaries({"n": VALUE, "真": st.booleans()}), max_size=3),
    }
)
INLINE = st.sampled_from(
    [
        "文字 ",
        "{{ 甲 }}",
        "{{甲}}",
        "{% if 真 %}是{{ 甲 }}{% else %}否{% endif %}",
        "{% for 项 in 单 %}{{ 项.n }}{% if 项.真 %}真{% endif %}、{% endfor %}",
        "{{ '有' if 单 else '无' }}",
    ]
)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A paragraph cut into runs anywhere, through tags too."""
    text = "".join(draw(st.lists(INLINE, min_size=1, max_size=3)))
    cuts = draw(st.sets(st.integers(1, len(text) - 1), max_size=3))  # docxtpl trips over empty runs
    for cut in sorted(cuts, reverse=True):
        text = f"{text[:cut]}¦{text[cut:]}"
    return p(text)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    loop = inner.map(lambda body: p("{%p for 项 in 单 %}") + body + p("{{ 项.n }}") + p("{%p endfor %}"))
    choice = inner.map(lambda body: p("{%p if 真 %}") + body + p("{%p else %}") + p("否") + p("{%p endif %}"))
    return st.one_of(inner, loop, choice, st.tuples(inner, inner).map("".join))


ROWS = [
    row("头", "头"),
    row("{%tr for 项 in 单 %}", "") + row("{{ loop.index }}", "{{ 项.n }}") + row("{%tr endfor %}", ""),
    row("{%tr if 真 %}", "") + row("{{ 甲 }}", "乙") + row("{%tr endif %}", ""),
]
TABLES = st.lists(st.sampled_from(ROWS), max_size=3).map(lambda rows: table(row("首", "首"), *rows))
BODIES = st.recursive(st.one_of(paragraphs(), TABLES), _wrapped, max_leaves=4)


@settings(max_examples=60, deadline=None)
@given(body=BODIES, values=VALUES)
def test_same_text_as_docxtpl(body: str, values: dict[str, object]) -> None:
    peer = DocxTemplate(io.BytesIO(zipped(package(body + p("末")))))
    peer.render(values, autoescape=True)
    expected = io.BytesIO()
    peer.save(expected)
    assert lines(build(body + p("末")).render(values)) == lines(expected.getvalue())


def test_what_stands_in_templates_of_others() -> None:
    """As docxtpl prints it: a break beside a trimmed tag goes, a row with a comment goes whole, `e` escapes no twice."""
    broken = (
        p("甲{%- if 真 -%}").replace("甲", "甲</w:t><w:br/><w:t>") + p(" 乙 ") + p("{%- endif -%}") + p("丙")
    )
    left_out = table(row("首"), row("{#tr 不要这一行 #}也不要"), row("{{ 甲 | e }}"))
    for body in (broken + p("末"), left_out + p("末")):
        peer = DocxTemplate(io.BytesIO(zipped(package(body))))
        peer.render({"真": True, "甲": "<1>"})
        expected = io.BytesIO()
        peer.save(expected)
        assert lines(build(body).render({"真": True, "甲": "<1>"})) == lines(expected.getvalue())
