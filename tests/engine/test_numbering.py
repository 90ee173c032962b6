"""Automatic numbers that begin anew."""

import pickle
import re

import pytest
from engine_docx import STYLES, W_NS, XML, build, cell, faults, p, part, row, table

from liangqing.base.diagnostics import Problems
from liangqing.engine import List, Record, Text

NUMBERING = (
    f'{XML}<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="5"/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    '<w:numIdMacAtCleanup w:val="9"/></w:numbering>'
)
STYLED = STYLES.replace(
    "</w:styles>",
    '<w:style w:type="paragraph" w:styleId="基"><w:name w:val="基"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="项"><w:name w:val="项"/><w:basedOn w:val="基"/>'
    "</w:style></w:styles>",
)
PARTS = {"word/numbering.xml": NUMBERING}
LISTED = Record("函", lambda: {"项": List(Text())})
VALUES = {"单位": [{"项": ["a", "b"]}, {"项": ["c"]}, {"项": []}]}


def numbered(text: str, number: int = 2, level: int = 0) -> str:
    return p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def nested(*content: str) -> str:
    inner = p("{% for 甲 in 户.项 %}") + "".join(content) + p("{% endfor %}")
    return p("{% for 户 in 单位 %}") + p("户") + inner + p("{% endfor %}")


def used(out: bytes) -> list[str]:
    return re.findall('numId w:val="(.*?)"', part(out))


def test_each_turn_of_the_outer_loop_begins_anew() -> None:
    out = build(nested(numbered("{% restart %}{{ 甲 }}")), PARTS).render(VALUES)
    assert used(out) == ["8", "8", "9"]
    made = '<w:num w:numId="8"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    xml = part(out, "word/numbering.xml")
    assert made in xml
    assert re.findall('w:num w:numId="(.*?)"', xml) == ["2", "7", "8", "9", "10"]
    assert xml.index('"10"') < xml.index("numIdMacAtCleanup")
    assert "restart" not in part(out)


def test_without_the_tag_numbers_go_on_and_the_part_stays() -> None:
    out = build(nested(numbered("{{ 甲 }}")), PARTS).render(VALUES)
    assert used(out) == ["2", "2", "2"]
    assert part(out, "word/numbering.xml") == NUMBERING


def test_other_levels_and_later_paragraphs_follow() -> None:
    body = (
        numbered("前") + nested(numbered("{% restart %}{{ 甲 }}"), numbered("细", level=1)) + numbered("后")
    )
    assert used(build(body, PARTS).render(VALUES)) == ["2", "8", "8", "8", "8", "9", "9", "10"]


def test_numbers_from_a_style() -> None:
    styled = p("{% restart %}{{ 甲 }}", '<w:pPr><w:pStyle w:val="项"/><w:jc w:val="left"/></w:pPr>')
    out = build(nested(styled), PARTS, STYLED).render(VALUES)
    assert used(out) == ["8", "8", "9"]
    assert '<w:pStyle w:val="项"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr><w:jc' in part(
        out
    )


def test_outside_loops() -> None:
    assert used(build(numbered("一") + numbered("{% restart %}二") + numbered("三"), PARTS).render({})) == [
        "2",
        "8",
        "8",
    ]


def test_a_paragraph_without_a_number() -> None:
    (found,) = faults(p("首") + p("{% restart %}甲"), PARTS)
    assert (found.code, found.place.detail) == ("D537", "正文第2段「{% restart %}甲」")
    assert found.message == "「{% restart %}」所在的段落没有自动编号"
    assert [each.code for each in faults(numbered("{% restart %}甲"))] == ["D537"]
    assert [each.code for each in faults(numbered("{% restart %}甲", 99), PARTS)] == ["D537"]


def test_same_values_same_bytes_and_pickle() -> None:
    template = build(nested(numbered("{% restart %}{{ 甲 }}")), PARTS)
    assert (
        template.render(VALUES)
        == template.render(VALUES)
        == pickle.loads(pickle.dumps(template)).render(VALUES)
    )


def test_styles_in_a_circle_have_no_number() -> None:
    circle = STYLES.replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="甲"><w:name w:val="甲"/><w:basedOn w:val="乙"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="乙"><w:name w:val="乙"/><w:basedOn w:val="甲"/></w:style></w:styles>',
    )
    text = p("{% restart %}一", '<w:pPr><w:pStyle w:val="甲"/></w:pPr>')
    found = faults(text, {**PARTS, "word/styles.xml": circle})
    assert [fault.code for fault in found] == ["D537"]


# ---------------------------------------------------------------- lists that a turn of a loop holds

HOUSES = {"户": [{"名": "甲", "项": ["a", "b"]}, {"名": "乙", "项": ["c", "d"]}]}
EACH = p("{% for 户 in 户 %}")
END = p("{% endfor %}")


@pytest.mark.parametrize(
    "body",
    [
        EACH + p("{{ 户.名 }}") + numbered("{% restart %}{{p 户.项 }}") + END,
        EACH + p("{{ 户.名 }}") + numbered("{{p 户.项 }}{% restart %}") + END,
        EACH + p("{{ 户.名 }}") + p("{% restart %}") + numbered("{{p 户.项 }}") + END,
        EACH + numbered("{% restart %}{{ 户.名 }}") + numbered("细") + END,
        p("{% for 户 in 户 %}{% restart %}") + numbered("{{ 户.名 }}") + numbered("细") + END,
        EACH + numbered("{% restart %}{% for 项 in 户.项 %}") + numbered("{{ 项 }}") + END + END,
        EACH + p("{% restart %}{% for 项 in 户.项 %}") + numbered("{{ 项 }}") + END + END,
        table(row("{% for 户 in 户 %}{{ 户.名 }}", cell(numbered("{% restart %}{{p 户.项 }}"), "{% endfor %}"))),
    ],
    ids=range(8),
)  # fmt: skip
def test_every_turn_begins_anew(body: str) -> None:
    assert used(build(body, PARTS).render(HOUSES)) == ["8", "8", "9", "9"]


def test_an_inner_loop_goes_on_with_the_list_that_its_turn_began() -> None:
    inner = p("{% for 项 in 户.项 %}") + numbered("{{ 项 }}") + END
    out = build(EACH + numbered("{% restart %}{{ 户.名 }}") + inner + END, PARTS).render(HOUSES)
    assert used(out) == ["8", "8", "8", "9", "9", "9"]


def test_a_restart_before_the_loop_begins_it_once() -> None:
    body = numbered("前") + numbered("{% restart %}{% for 户 in 户 %}") + numbered("{{ 户.名 }}") + END
    assert used(build(body, PARTS).render(HOUSES)) == ["2", "8", "8"]


def test_a_list_in_paragraphs_outside_loops() -> None:
    body = numbered("前") + numbered("{% restart %}{{p 项 }}") + numbered("后")
    assert used(build(body, PARTS).render({"项": ["a", "b"]})) == ["2", "8", "8", "8"]
    assert used(build(numbered("{{p 项 }}"), PARTS).render({"项": ["a", "b"]})) == ["2", "2"]


def test_a_line_of_tags_that_no_numbered_paragraph_follows() -> None:
    (found,) = faults(numbered("前") + p("{% restart %}") + p("后"), PARTS)
    assert (found.code, found.message) == ("D537", "「{% restart %}」后面没有自动编号的段落")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% leftind 480 %}{{p 项 }}", 'w:left="480"'),
        ("{{p 项 }}{% rightind 宽 %}", 'w:right="120"'),
    ],
)
def test_indents_hold_with_paragraphs_from_a_list(text: str, expected: str) -> None:
    template = build(p(text))
    out = part(template.render({"项": ["a", "b"], "宽": 120}))
    assert re.findall("<w:ind (.*?)/>", out) == [expected] * 2
    assert out.index("<w:pPr>") < out.index(">a<")
    assert template.reads == {"项": {}} | ({"宽": {}} if "宽" in text else {})
    assert (
        part(build(p(text.replace("项", "项 or ['x']"))).render({"项": [], "宽": 120})).count(expected) == 1
    )


def test_an_indent_of_a_list_is_checked_like_any_other() -> None:
    assert [each.code for each in faults(p("{% leftind 无 %}{{p 项 }}"), schema=LISTED)] == ["D540"]
    with pytest.raises(Problems, match="D561"):
        build(p("{% leftind 宽 %}{{p 项 }}")).render({"项": ["a"], "宽": "很宽"})
