"""Tags as an input method and Word's own habits leave them: read where one meaning is possible, told where not."""

from __future__ import annotations

import pytest
from engine_docx import build, faults, lines, p
from lint_template import FILTERS, SCHEMA

from liangqing.base.diagnostics import Place
from liangqing.engine import compile_expression, compile_text

VALUES: dict[str, object] = {
    "单位": {"名称": "某局", "人数": 3, "属实": True, "名单": ["甲", "乙"]},
    "文号": None,
    "问题清单": [{"编号": "W1"}, {"编号": "W2"}],
}


def filled(text: str) -> str:
    """What becomes of a paragraph, its lines joined."""
    made = build(p(text.replace("<", "&lt;")), schema=SCHEMA, filters=FILTERS)
    return "/".join(lines(made.render(VALUES)))


@pytest.mark.parametrize("opening", ["{{", "｛｛", "{｛", "｛{"])
@pytest.mark.parametrize("closing", ["}}", "｝｝", "}｝", "｝}"])
def test_full_width_braces(opening: str, closing: str) -> None:
    assert filled(f"致{opening} 单位.名称 {closing}。") == "致某局。"


@pytest.mark.parametrize("opening", ["｛％", "{％", "｛%", "{%"])
@pytest.mark.parametrize("closing", ["％｝", "％}", "%｝"])
def test_full_width_control_tags(opening: str, closing: str) -> None:
    assert filled(f"{opening} if 文号 {closing}有{opening} else {closing}无{opening} endif {closing}") == "无"
    assert filled("甲｛＃ “说明”，不印 ＃｝乙") == "甲乙"


@pytest.mark.parametrize(
    ("typed", "out"),
    [
        ("{{ 文号 or “草稿” }}", "草稿"),
        ("{{ 文号 or ”草稿“ }}", "草稿"),
        ("{{ 文号 or “草稿“ }}", "草稿"),
        ("{{ 文号 or ‘草稿’ }}", "草稿"),
        ("{{ 文号 or ’草稿’ }}", "草稿"),
        ("{{ 文号 or '草稿’ }}", "草稿"),  # one straight, one curled
        ('{{ 文号 or “草稿" }}', "草稿"),
        ("{{ 文号 or ＂草稿＂ }}", "草稿"),
        ("{{ 文号 or “草稿，（未印发）。” }}", "草稿，（未印发）。"),  # printed as it is typed
        ("{{ 文号 or “‘草’稿” }}", "‘草’稿"),
        ("{{ 文号 or “甲“乙”丙” }}", "甲“乙”丙"),
        ("{{ 文号 or '（“无”，）' }}", "（“无”，）"),
        ("{{ 文号 or “甲'乙” }}", "甲'乙"),
        ("{{ 文号 or “甲'\"乙” }}", "甲'\"乙"),
        ("{{ 文号 or “}}” }}", "}}"),
        ("{{ 文号 or “甲” ~ “乙” }}", "甲乙"),
        ("{% if 单位.名称 ＝＝ “某局” %}是{% endif %}", "是"),
        ("{% if 单位.名称 ！＝ “某局” %}否{% else %}是{% endif %}", "是"),
        ("{% if 单位.人数 ＞ ２ %}多{% endif %}", "多"),
        ("{% if 单位.人数 ＜＝ 3 %}少{% endif %}", "少"),
        ("{% ｉｆ 单位．属实 %}是{% ｅｎｄｉｆ %}", "是"),
        ("{{ 单位。名称 }}{{ 单位．名称 }}{{ 单位｡名称 }}", "某局某局某局"),
        ("{{ 单位.名单｜顿号 }}", "甲、乙"),
        ("{{ （文号 or 单位.名称） }}", "某局"),
        ("{{ 问题清单【0】。编号 }}{{ 问题清单［－1］.编号 }}{{ 问题清单〔1〕.编号 }}", "W1W2W2"),
        ("{{ 单位.人数 ＋ 1 }}{{ 单位.人数 － 1 }}{{ 单位.人数 – 1 }}", "422"),
        ("{{ ‘共’ ～ 单位.人数 ～ ‘人’ }}", "共3人"),
        ("{{　单位.名称　}}{{\u200b单位.名称\u200b}}{{ 单位.\ufeff名称 }}", "某局某局某局"),
        ("{% for 项 in 问题清单 %}{{ 项。编号 }}，{% endfor %}", "W1，W2，"),
        ("“{{ 单位.名称 }}”，（见{{ 单位.人数 }}）。", "“某局”，（见3）。"),  # text beside tags stays
    ],
)
def test_one_meaning_is_read(typed: str, out: str) -> None:
    assert filled(typed) == out


@pytest.mark.parametrize(
    ("typed", "out", "meant"),
    [
        ("{{ 单位·名称 }}", "某局", "{{ 单位.名称 }}"),
        ("{% if 单位.人数 ≥ 3 %}甲{% endif %}", "甲", "{% if 单位.人数 >= 3 %}"),
        ("{% if 单位.人数 ≤ 2 %}甲{% else %}乙{% endif %}", "乙", "{% if 单位.人数 <= 2 %}"),
        ("{% if 单位.名称 ≠ “某局” %}甲{% else %}乙{% endif %}", "乙", "{% if 单位.名称 != '某局' %}"),
        ("{% if 单位.属实 和 单位.人数 %}甲{% endif %}", "甲", "{% if 单位.属实 and 单位.人数 %}"),
        ("{% if 文号 或者 单位.属实 %}甲{% endif %}", "甲", "{% if 文号 or 单位.属实 %}"),
        ("{% if 文号 且 （单位.属实） %}甲{% else %}乙{% endif %}", "乙", "{% if 文号 and (单位.属实) %}"),
    ],
)
def test_what_is_taken_for_something_else_is_told(typed: str, out: str, meant: str) -> None:
    assert filled(typed) == out
    (told,) = build(p(typed), schema=SCHEMA, filters=FILTERS).warnings
    assert told.code == "D548"
    assert told.advice.endswith(f"标准写法是 {meant}")
    assert filled(typed.replace(told.message[1:].partition("」")[0], meant)) == out


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("{{ 《单位.名称》 }}", "D522", "书名号写在标记外面"),
        ("{{ 「单位.名称」 }}", "D522", "变量名直接写"),
        ("{{ 文号、单位.名称 }}", "D522", "分开写成几个标记"),
        ("{{ 文号，单位.名称 }}", "D527", "分开写成几个标记"),
        ("{{ 文号 or “草稿 }}", "D522", "引号要成对"),
        ("{{ 文号 or '草稿 }}", "D527", "引号没有成对"),
        ("{{ 文号 或 “草稿” }}", "D527", "没有时印后面的写 or"),
        ("{{ 单位.名称 和 文号 }}", "D527", "{{ 甲 }}和{{ 乙 }}"),  # printed with 和 between, or a condition?
        ("{{ 单位.名称… }}", "D522", "删去"),
    ],
)
def test_what_may_mean_several_things_is_told(typed: str, code: str, said: str) -> None:
    (fault,) = faults(p(typed), schema=SCHEMA, filters=FILTERS)
    assert fault.code == code
    assert said in fault.message + fault.advice


def test_the_names_of_series_are_printed_as_they_are_typed() -> None:
    from liangqing.engine.language.habits import read

    typed = "图表 项 in 清单： 类别＝项。名称； 问题数（个）=项.数 ；“甲，乙”=项.数 if 项.数 == 1 else 0"
    assert read(typed).text == (
        "图表 项 in 清单: 类别=项.名称; '问题数（个）'=项.数 ;'甲，乙'=项.数 if 项.数 == 1 else 0"
    )


def test_lines_outside_of_word_are_read_the_same_way() -> None:
    place = Place("文种.yaml", 3)
    assert compile_text("｛｛ 文号 or “草稿” ｝｝（一）", place=place).render({"文号": None}) == "草稿（一）"
    assert (
        compile_expression("检查。类型 ＝＝ “日常”", place=place).evaluate({"检查": {"类型": "日常"}}) is True
    )


# ---------------------------------------------------------------- braces themselves


@pytest.mark.parametrize(
    ("typed", "out"),
    [
        ("{{ '{{' }}", "{{"),
        ("{{ “{{” }}甲{{ '}}' }}", "{{甲}}"),
        ("{{ '{%' }}{{ '%}' }}{{ '{#' }}", "{%%}{#"),
        ("{{ '{{ 名称 }}' }}和{{ 单位.名称 }}", "{{ 名称 }}和某局"),
        ("{% if 单位.名称 == '{{' %}甲{% else %}乙{% endif %}", "乙"),
    ],
)
def test_braces_in_a_quoted_text_are_printed(typed: str, out: str) -> None:
    assert filled(typed) == out


def test_a_missing_quote_does_not_swallow_the_next_tag() -> None:
    (fault,) = faults(p("{{ 文号 or '甲 }}和{{ 单位.名称 or '乙' }}"), schema=SCHEMA)
    assert "引号没有成对" in fault.message
