"""Marks that are not quite tags: told as such with the tag that was meant, never printed; and what is no slip is printed."""

from __future__ import annotations

import pytest
from engine_docx import CORE, build, faults, lines, p, story
from lint_template import FILTERS, SCHEMA

VALUE = "{{ 文号 }}"
IF, ENDIF = "{% if 文号 %}", "{% endif %}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("{ {文号} }", VALUE),
        ("{ { 文号 } }", VALUE),
        ("{　{文号}　}", VALUE),
        ("｛ ｛文号｝ ｝", VALUE),
        ("{ {文号}}", VALUE),
        ("{ ¦{文号}¦ }", VALUE),  # cut by Word
        ("{{ 文号 }", VALUE),
        ("{{ 文号 } }", VALUE),
        ("{{ 文号 %}", VALUE),
        ("{文号}}", VALUE),
        ("{文号}", VALUE),
        ("｛文号｝", VALUE),
        ("${文号}", VALUE),
        ("{ 单位.名称 }", "{{ 单位.名称 }}"),
        ("{单位.名单|顿号}", "{{ 单位.名单|顿号 }}"),
        ("{文号", VALUE),
        ("{{{文号}}}", VALUE),
        ("{{{{ 文号 }}}}", VALUE),
        ("{{ 文号 }}}", VALUE),
        ("｛｛ 文号 ｝｝｝", "｛｛ 文号 ｝｝"),
        ("{%{ 文号 }%}", VALUE),
        ("「「文号」」", VALUE),
        ("【【文号】】", VALUE),
        ("『『文号』』", VALUE),
        ("〖〖文号〗〗", VALUE),
        ("[[文号]]", VALUE),
        ("［［文号］］", VALUE),
        ("《《文号》》", VALUE),
        ("&lt;&lt;文号>>", VALUE),
        ("＜＜文号＞＞", VALUE),
        ("«文号»", VALUE),  # how Word shows the field of a mail merge
        ("((文号))", VALUE),
        ("（（文号））", VALUE),
        ("{ % if 文号 % }", IF),
        ("{ %if 文号 %}", IF),
        ("｛ ％ if 文号 ％ ｝", IF),
        ("{{% if 文号 %}}", IF),
        ("{if 文号}", IF),
        ("{% if 文号 }", IF),
        ("（% if 文号 %）", IF),
        ("【% if 文号 %】", IF),
        ("「「% if 文号 %」」", IF),
        ("% if 文号 %", IF),
        ("{endif}", ENDIF),
        ("{ % endif % }", ENDIF),
        ("%endif%", ENDIF),
        ("{for 项 in 问题清单}", "{% for 项 in 问题清单 %}"),
        ("{else}", "{% else %}"),
        ("{{ if 文号 }}", IF),
        ("{{ endif }}", ENDIF),
        ("{{% if 文号 %}", IF),
        ("{{ if 文号 %}", IF),
        ("{% if 文号 }}", IF),
        ("{% 文号 }}", VALUE),
        ("{ % tr for 项 in 问题清单 % }", "{%tr for 项 in 问题清单 %}"),
        ("{%p if 文号 }", "{%p if 文号 %}"),
    ],
)
def test_told_with_the_tag_that_was_meant(typed: str, meant: str) -> None:
    found = faults(p(f"甲，{typed}，乙"), schema=SCHEMA, filters=FILTERS)
    (fault,) = [each for each in found if each.code not in ("D530", "D531")]  # of a half without the other
    assert fault.code in ("D547", "D520")
    assert f"写成 {meant}" in fault.advice
    assert fault.place.detail.startswith("正文第1段")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{ % if 文号 %}", ENDIF),
        (IF, "{ % endif % }"),
        ("{ % if 文号 % }", "{ % endif % }"),
        ("{{% if 文号 %}", ENDIF),
        ("{{ if 文号 }}", "{{ endif }}"),
        ("%if 文号%", "%endif%"),
        ("{% for 项 in 问题清单 %}", "{ % endfor %}"),
        ("{ % for 项 in 问题清单 %}", "{% endfor %}"),
        ("{{ for 项 in 问题清单 }}", "{% endfor %}"),
    ],
)
@pytest.mark.parametrize("paragraphs", [False, True], ids=["in words", "in paragraphs"])
def test_told_once_and_the_sound_half_not_at_all(opening: str, closing: str, paragraphs: bool) -> None:
    words = "{{ 项.编号 }}" if "项" in opening else "甲"
    body = p(opening) + p(words) + p(closing) if paragraphs else p(f"{opening}{words}{closing}")
    found = faults(body, schema=SCHEMA, filters=FILTERS)
    sound = (IF, ENDIF, "{% endfor %}", "{% for 项 in 问题清单 %}")
    assert len(found) == sum(half not in sound for half in (opening, closing))
    assert {fault.code for fault in found} <= {"D520", "D547"}


def test_advice_that_is_obeyed_leads_to_a_template_that_can_be_filled() -> None:
    typed = "{ {文号} }、「「文号」」、{单位.名称}、{ % if 文号 % }有{endif}"
    good = typed
    for fault in faults(p(typed), schema=SCHEMA, filters=FILTERS):
        shown, meant = fault.message[1:].partition("」像标记")[0], fault.advice[3:].partition("；要原样印")[0]
        assert shown in good
        good = good.replace(shown, meant)
    made = build(p(good), schema=SCHEMA, filters=FILTERS)
    assert lines(made.render({"文号": "1号", "单位": {"名称": "某局"}})) == ["1号、1号、某局、有"]
    for fault in faults(p(typed), schema=SCHEMA, filters=FILTERS):
        printed = fault.advice.partition("要原样印的写 ")[2]
        assert lines(build(p(printed)).render({})) == [fault.message[1:].partition("」像标记")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "{甲} { } 100% } {",
        "｛甲｝ 100％",
        "[[1]]、((一))、（（一）甲）、《《甲》乙》",
        "他说：「「甲，乙」，丙」",
        "完成率100%，其中98% if any",
        "{单位甲}",  # another name
        "【文号】",
        "集合{1，2}",
    ],
)
def test_text_that_is_no_slip_is_printed(text: str) -> None:
    assert lines(build(p(text), schema=SCHEMA, filters=FILTERS).render({})) == [text]


def test_braces_around_a_tag_that_belong_together_are_printed() -> None:
    body = p("集合{甲，{{ 文号 }}}")
    assert lines(build(body, schema=SCHEMA, filters=FILTERS).render({"文号": "1号"})) == ["集合{甲，1号}"]


def test_a_variable_of_a_loop_is_a_name_that_there_is() -> None:
    body = p("{% for 项 in 问题清单 %}{项.编号}{% endfor %}")
    (fault,) = faults(body, schema=SCHEMA, filters=FILTERS)
    assert "写成 {{ 项.编号 }}" in fault.advice
    assert lines(build(p("{项.编号}"), schema=SCHEMA).render({})) == ["{项.编号}"]


def test_told_wherever_text_stands() -> None:
    parts = {
        "word/header1.xml": story("header", p("「「文号」」")).replace("w:header", "w:hdr"),
        "docProps/core.xml": CORE.replace("TITLE", "{文号}"),
    }
    box = f"<w:p><w:r><w:txbxContent>{p('{ {文号} }')}</w:txbxContent></w:r></w:p>"
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="图" descr="【【文号】】"/></wp:inline></w:drawing></w:r></w:p>'
    )
    found = faults(box + drawing, parts, schema=SCHEMA)
    assert [each.code for each in found] == ["D547"] * 4
    assert {each.place.detail.partition("「")[0] for each in found} == {
        "文本框1第1段",
        "正文第2段 图片说明",
        "页眉第1段",
        "文档属性",
    }
