"""Advice about a tag: it names what was meant, and a template in which it is obeyed passes."""

from __future__ import annotations

import pytest
from engine_docx import build, faults, p

from liangqing.base.chinese import FILTERS
from liangqing.base.diagnostics import Problems
from liangqing.engine import List, Number, Record, Text
from liangqing.variables.subjects import schema

SCHEMA = schema("整改函")
LOOP = "{% for 问题 in 问题清单 %}"


def said(text: str) -> tuple[str, str]:
    """What the one diagnostic about a paragraph says, and its advice."""
    (fault,) = faults(p(text), schema=SCHEMA, filters=FILTERS)
    return fault.message, fault.advice


@pytest.mark.parametrize(
    ("typed", "wrong", "right"),
    [
        ("{{ 单位名称 }}", "单位名称", "单位.名称"),
        ("{{ 单位的名称 }}", "单位的名称", "单位.名称"),
        ("{{ 单位_名称 }}", "单位_名称", "单位.名称"),
        ("{{ 标提 }}", "标提", "标题"),
        ("{{ 单位.名成 }}", "单位.名成", "单位.名称"),
        (LOOP + "{{ 责任人 }}{% endfor %}", "责任人", "问题.责任人"),
        ("{% for 项 in 问题青单 %}{{ 项.名称 }}{% endfor %}", "问题青单", "问题清单"),
    ],
)
def test_a_name_is_proposed_of_the_same_kind(typed: str, wrong: str, right: str) -> None:
    message, advice = said(typed)
    assert f"是否 {right}？" in message
    assert advice.startswith(f"改成 {right}")
    assert build(p(typed.replace(wrong, right)), schema=SCHEMA, filters=FILTERS)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("{{ 问题.名称 }}", LOOP + "{{ 问题.名称 }}{% endfor %}"),
        ("{{ 责任人 }}", LOOP + "{{ 问题.责任人 }}{% endfor %}"),
        ("{{ 问题清单.名称 }}", LOOP + "{{ 问题.名称 }}{% endfor %}"),
        ("{{ 问题清单 }}", LOOP + "{{ 问题.序号 }}{% endfor %}"),
        ("{{ 附件 }}", "{% for 项 in 附件 %}{{ 项 }}{% endfor %}"),
        ("{% 文号 %}", "{{ 文号 }}"),
    ],
)
def test_the_whole_tag_is_told_and_passes(typed: str, right: str) -> None:
    assert said(typed)[1].endswith(f"写成 {right}")
    assert build(p(right), schema=SCHEMA, filters=FILTERS)


@pytest.mark.parametrize(
    ("typed", "wrong", "right"),
    [
        ("{% if 文号 %}甲{% elseif 标题 %}乙{% endif %}", "{% elseif 标题 %}", "{% elif 标题 %}"),
        ("{% if 文号 %}甲{% else if 标题 %}乙{% endif %}", "{% else if 标题 %}", "{% elif 标题 %}"),
        ("{% if 文号 %}甲{% end if %}", "{% end if %}", "{% endif %}"),
        (LOOP + "{{ 问题.名称 }}{% end for %}", "{% end for %}", "{% endfor %}"),
        (LOOP + "{{ 问题.名称 }}{% 循环结束 %}", "{% 循环结束 %}", "{% endfor %}"),
        ("{% 如果 文号 %}甲{% endif %}", "{% 如果 文号 %}", "{% if 文号 %}"),
        ("{% foreach 问题 in 问题清单 %}{{ 问题.名称 }}{% endfor %}", "foreach", "for"),
    ],
)
def test_a_keyword_of_another_language(typed: str, wrong: str, right: str) -> None:
    _, advice = said(typed)
    meant = LOOP if right == "for" else right
    assert advice == f"写成 {meant}"
    assert build(p(typed.replace(wrong, right)), schema=SCHEMA, filters=FILTERS)


@pytest.mark.parametrize(
    ("condition", "wrong", "right"),
    [
        ("单位.人数 => 3", "=>", ">="),
        ("单位.人数 ⇒ 3", "⇒", ">="),
        ("单位.人数 =&lt; 3", "=&lt;", "<="),
        ("单位.人数 &lt;> 3", "&lt;>", "!="),
        ("单位.人数 === 3", "===", "=="),
        ("单位.人数 大于等于 3", "大于等于", ">="),
        ("单位.人数 不超过 3", "不超过", "<="),
        ("单位.人数 小于 3", "小于", "<"),
        ("文号 等于 '甲'", "等于", "=="),
        ("文号 不等于 '甲'", "不等于", "!="),
        ("非 文号", "非", "not"),
    ],
)
def test_a_condition_in_words_is_told_by_its_sign(condition: str, wrong: str, right: str) -> None:
    sign = right.replace("<", "&lt;")
    small = Record("函", lambda: {"文号": Text(), "单位": Record("单位", lambda: {"人数": Number()})})
    (fault,) = faults(p(f"{{% if {condition} %}}甲{{% endif %}}"), schema=small)
    typed = wrong.replace("&lt;", "<")
    assert fault.advice.startswith(f"「{typed}」写 {right}；例：")
    assert typed.isalpha() or fault.message.endswith(f"写得不对：「{typed}」应为 {right}")
    obeyed = condition.replace(wrong, sign)
    assert build(p(f"{{% if {obeyed} %}}甲{{% endif %}}"), schema=small)
    example = fault.advice.partition("例：")[2].replace("<", "&lt;")
    assert build(p(f"{example}甲{{% endif %}}"), schema=small)


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("{% if 文号 = '甲=乙' %}甲{% endif %}", "{% if 文号 == '甲=乙' %}"),
        ("{% if 文号 === '甲' %}甲{% endif %}", "「===」写 ==；例：{% if 文号 == '甲' %}"),
        ("{% if 文号 &amp;&amp; 标题 %}甲{% endif %}", "{% if 文号 and 标题 %}"),
        ("{% if 文号 || !标题 %}甲{% endif %}", "{% if 文号 or not 标题 %}"),
        ("{% if 文号 then %}甲{% endif %}", "{% if 文号 %}"),
        ("{% for 问题 in 问题清单: %}{{ 问题.名称 }}{% endfor %}", LOOP),
        ("{{ =文号 }}", "{{ 文号 }}"),
        ("{{ 文号; }}", "{{ 文号 }}"),
    ],
)
def test_the_example_is_the_tag_itself_where_it_is_clear_what_was_meant(typed: str, good: str) -> None:
    sign, _, example = good.rpartition("例：")
    assert said(typed)[1] == f"{sign}例：{example}"
    wrong = typed.partition("%}" if "%}" in typed else "}}")
    assert build(p(example + wrong[2]), schema=SCHEMA, filters=FILTERS)


@pytest.mark.parametrize("typed", ["{{ 文号 标题 }}", "{{ 单位. }}", "{{ 文号 '=' }}"])
def test_what_is_not_clear_is_told_by_other_examples(typed: str) -> None:
    assert said(typed)[1].startswith("例：{{ 单位.名称 }}")


@pytest.mark.parametrize("end", ["{% endif", "{% endif 甲"])
def test_the_end_of_a_block_without_its_own_end_is_told_once(end: str) -> None:
    assert [fault.code for fault in faults(p("{% if 文号 %}甲" + end))] == ["D520"]


def test_what_each_item_of_a_list_has_is_not_taken_for_another_name() -> None:
    small = Record("函", lambda: {"文号": Text(), "问题清单": List(Record("问题", lambda: {"编号": Text()}))})
    (fault,) = faults(p("{{ 编号 }}"), schema=small)
    assert fault.advice == "写成 {% for 问题 in 问题清单 %}{{ 问题.编号 }}{% endfor %}"


@pytest.mark.parametrize(
    "typed", ["{{ 检查日期 }}", "{{ 发文机关 }}", "{{ 单位.电话 }}", "{{ 标提.名称 }}", "{{ 选向 }}"]
)
def test_another_thing_is_not_proposed(typed: str) -> None:
    message, advice = said(typed)
    assert "是否" not in message
    assert advice.startswith("可用的有：")


@pytest.mark.parametrize(("name", "instead"), [("文号", "文号文字"), ("成文日期", "成文日期文字")])
def test_what_a_draft_has_not_is_told_with_what_it_has(name: str, instead: str) -> None:
    tag = f"{{{{ {name} }}}}"
    with pytest.raises(Problems) as caught:
        build(p(tag), schema=SCHEMA).render({name: None})
    assert caught.value.diagnostics[0].advice.endswith(f"写成 {{{{ {instead} }}}}")
    assert "数据里补上" not in caught.value.diagnostics[0].advice
    assert build(p(f"{{{{ {instead} }}}}"), schema=SCHEMA)
    with pytest.raises(Problems, match="在数据里补上"):  # the other half of an or is not the number
        build(p(f"{{{{ {name} or 对象编号 }}}}"), schema=SCHEMA).render({name: None, "对象编号": None})
