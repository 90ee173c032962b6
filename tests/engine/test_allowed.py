"""What templates of other engines use: allowed where it does no harm, and where it is not, told with what to write instead."""

import re

import pytest
from engine_docx import build, codes, faults, lines, p, part, rendered, row, table

from liangqing.base.diagnostics import Place, Problems
from liangqing.engine import Flag, List, Number, Record, Text, compile_expression, compile_text
from liangqing.engine.language.allowed import FILTERS, LONGEST, METHODS
from liangqing.engine.language.refusals import FILTER_ADVICE, TAG_ADVICE

ITEM: Record = Record("项", lambda: {"名称": Text(), "数": Number()})
UNIT: Record = Record("单位", lambda: {"名称": Text(), "名单": List(Text())})
SCHEMA = Record(
    "函",
    lambda: {
        "名称": Text(), "空": Text(optional=True), "数": Number(), "真": Flag(), "清单": List(ITEM), "名单": List(Text()),
        "空单": List(ITEM), "甲方": UNIT, "乙方": UNIT,
    },
)  # fmt: skip
VALUES: dict[str, object] = {
    "名称": " 灵川局 ", "空": None, "空单": None, "数": 3, "真": True, "名单": ["甲", "乙", "丙", "丁"],
    "清单": [{"名称": "一", "数": 1}, {"名称": "二", "数": 2}, {"名称": "三", "数": 3}],
}  # fmt: skip


def printed(text: str) -> str:
    """What one paragraph prints over VALUES, its names checked against SCHEMA."""
    (line,) = lines(build(p(text), schema=SCHEMA).render(VALUES))
    return line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共{{ 清单 | length }}项", "共3项"),
        ("{{ 名单|count }}{{ 名称 | length }}", "45"),
        ("{% if 清单|length > 2 %}多{% endif %}", "多"),
        ("{{ 空 | default('无') }}{{ 名称 | d('无') | trim }}", "无灵川局"),
        ("{{ '' | default('无') }}{{ '' | default('无', true) }}", "无"),
        ("{% for 项 in 空单 | default([]) %}甲{% else %}没有{% endfor %}", "没有"),
        ("甲{{ '乙' if 真 }}{{ '丙' if not 真 }}", "甲乙"),
        ("{{ ('长' if 数 > 5) or '短' }}", "短"),
        ("{% for 项 in (清单 if not 真) %}甲{% else %}没有{% endfor %}", "没有"),
        (
            "{% for 人 in 名单 %}{{ '首' if loop.first }}{{ 人 }}{{ '、' if not loop.last }}{{ loop.length }}{% endfor %}",
            "首甲、4乙、4丙、4丁4",
        ),
        ("{% for 人 in 名单 %}{{ loop.index0 }}{{ '双' if loop.index is even else '单' }}{% endfor %}", "0单1双2单3双"),
        ("{% set 头 = 名称.strip() %}{{ 头 }}和{{ 头 }}", "灵川局和灵川局"),
        ("{% set 头 = '甲' %}{% if 真 %}{% set 头 = '乙' %}{% endif %}{{ 头 }}", "乙"),
        ("{% set 头 = '甲' %}{% for 人 in 名单 %}{% set 头 = 人 %}{{ 头 }}{% endfor %}{{ 头 }}", "甲乙丙丁甲"),
        ("{% set 少 = 清单[:2] %}{% for 项 in 少 %}{{ 项.名称 }}{% endfor %}共{{ 少|length }}", "一二共2"),
        ("{% for 人 in 名单[:3] %}{{ 人 }}{% endfor %}", "甲乙丙"),
        ("{% for 人 in 名单[1:] %}{{ 人 }}{% endfor %}{% for 人 in 名单[::2] %}{{ 人 }}{% endfor %}", "乙丙丁甲丙"),
        ("{{ 名称.strip()[:2] }}…{{ 清单[1:][0].名称 }}{{ 名单[-2:]|join('、') }}", "灵川…二丙、丁"),
        ("{{ 名单 | join('、') }}{{ '；'.join(名单) }}{{ 名单|first }}{{ (清单|last).名称 }}", "甲、乙、丙、丁甲；乙；丙；丁甲三"),
        ("{{ 'aB c'.upper() }}{{ 'aB'|lower }}{{ 'aB'.title() }}{{ 'ab'|capitalize }}", "AB CabAbAb"),
        ("{{ 名称.replace('局', '委').strip() }}{{ 名称|replace(' ', '') }}", "灵川委灵川局"),
        ("{% if 名称.strip().startswith('灵') and 名称.strip().endswith('局') %}是{% endif %}", "是"),
        ("{{ '7'.zfill(3) }}{{ '甲局'.removesuffix('局') }}{{ '甲甲'.count('甲') }}{{ '数' if '12'.isdigit() }}", "007甲2数"),
        ("{% for 字 in '甲、乙'.split('、') %}{{ loop.index }}{{ 字 }}{% endfor %}", "1甲2乙"),
        ("{{ 名称．strip（） }}{% set 甲 ＝ “乙” %}{{ 甲 }}{% for 人 in 名单［：1］ %}{{ 人 }}{% endfor %}", "灵川局乙甲"),
    ],
)  # fmt: skip
def test_it_is_understood(text: str, expected: str) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize("row", [*FILTERS.values(), *METHODS.values()], ids=[*FILTERS, *METHODS])
def test_examples_can_be_copied(row: object) -> None:
    assert build(p(row.example)).reads  # type: ignore[attr-defined]


def test_outside_word_too() -> None:
    place = Place("文种.yaml")
    assert compile_expression("清单|length > 1 and 名称.startswith('甲')", place=place).evaluate(
        {"清单": [1, 2], "名称": "甲方"}
    )
    text = compile_text("{% set 头 = 名称[:2] %}{{ 头 }}{{ '（草稿）' if 稿 }}", place=place)
    assert text.render({"名称": "甲乙丙", "稿": True}) == "甲乙（草稿）"


# ---------------------------------------------------------------- what is set, and where


def test_a_paragraph_with_nothing_but_set_goes() -> None:
    body = p("{% set 甲 = 1 %}{% set 乙 = 2 %}") + p("{{ 甲 }}{{ 乙 }}") + p("头{% set 丙 = 3 %}{{ 丙 }}")
    assert rendered(body) == ["12", "头3"]
    loop = p("{% for 项 in 单 %}") + p("{% set 甲 = 项 ~ '号' %}") + p("{{ 甲 }}") + p("{% endfor %}")
    assert rendered(loop, 单=["1", "2"]) == ["1号", "2号"]
    assert rendered(p("{%p set 甲 = '一' %}") + p("{{ 甲 }}")) == ["一"]
    assert rendered(p("{% set 甲 = 1 %}{% if 甲 %}有{% endif %}")) == ["有"]
    assert rendered(p("{% set 甲 = 1 %}{% for 项 in 单 %}") + p("{{ 甲 }}") + p("{% endfor %}"), 单=[1, 2]) == [
        "1", "1",
    ]  # fmt: skip


def test_set_in_tables_and_across_a_merged_cell() -> None:
    rows = row("{%tr for 项 in 单 %}"), row("{%tr set 甲 = 项 %}"), row("{{ 甲 }}"), row("{%tr endfor %}")
    assert rendered(table(*rows), 单=["1", "2"]) == ["1", "2"]
    merged = row("{% for 项 in 单 %}{% vm %}{% set 甲 = 项 %}{{ 甲 }}", "{{ 甲 }}{% endfor %}")
    template = build(table(merged), schema=Record("函", lambda: {"单": List(Text())}))
    assert lines(template.render({"单": ["1", "2"]})) == ["1|1", "2|2"]


def test_each_part_has_names_of_its_own() -> None:
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + p("{{ 甲 }}")
        + "</w:hdr>"
    )
    schema = Record("函", lambda: {"名称": Text()})
    assert codes(p("{% set 甲 = 1 %}{{ 甲 }}"), {"word/header1.xml": header}, schema=schema) == ["D540"]


@pytest.mark.parametrize(
    "text", ["{% for 项 in 清单 %}{% set 甲 = 1 %}{% endfor %}{{ 甲 }}", "{{ 甲 }}{% set 甲 = 1 %}"]
)
def test_what_is_set_is_known_from_there_to_the_end_of_its_loop(text: str) -> None:
    assert codes(p(text), schema=SCHEMA) == ["D540"]


@pytest.mark.parametrize(
    "text",
    [
        "{% if 真 %}{% set 某 = 甲方 %}{% else %}{% set 某 = 乙方 %}{% endif %}{{ 某.名称 }}",
        "{{ (甲方 if 真 else 乙方).名称 }}",
        "{% for 人 in 甲方.名单 or 乙方.名单 %}{{ 人 }}{% endfor %}{{ (甲方 or 乙方).名称 }}",
    ],
)
def test_what_is_read_of_one_is_read_of_the_other(text: str) -> None:
    reads = build(p(text), schema=SCHEMA).reads
    assert reads["甲方"] == reads["乙方"]
    assert "名称" in reads["乙方"]


def test_a_list_or_none_is_looked_into() -> None:
    assert build(p("{% for 项 in 清单 or [] %}{{ 项.名称 }}{% endfor %}"), schema=SCHEMA).reads == {
        "清单": {"[]": {"名称": {}}}
    }


def test_what_is_printed_is_judged_as_before() -> None:
    for text in (
        "{{ 清单 | default('') }}",
        "{{ 名称.startswith('甲') }}",
        "{% set 甲 = 清单 %}{{ 甲 }}",
        "{{ 清单[:2] }}",
    ):
        assert codes(p(text), schema=SCHEMA) == ["D543"]


# ---------------------------------------------------------------- what is refused, and what to write


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{{ 清单 | join('、') }}", "D545", "清单 是记录的列表"),
        ("{{ 名单.strip() }}", "D545", "名单 是列表，不能用「.strip()」"),
        ("{{ 数 | length }}", "D545", "数 是数字，不能用过滤器「length」"),
        ("{{ 真.upper() }}", "D545", "真 是是否值"),
        ("{{ 甲方 | first }}", "D545", "甲方 是一条记录"),
        ("{{ 甲方[:2] }}", "D545", "甲方 是一条记录，不能用「[…]」"),
        ("{{ 名称 | replace('局') }}", "D590", "{{ 名称 | replace('局', '委') }}"),
        ("{{ 名称 | default('无', boolean=true) }}", "D590", "{{ 名称 | default('无') }}"),
        ("{{ 名称.strip('甲', '乙') }}", "D528", "{{ 名称.strip() }}"),
        ("{{ 名称.replace(old='甲', new='乙') }}", "D528", "{{ 名称.replace('局', '委') }}"),
        ("{% set 甲, 乙 = 名称 %}", "D528", "{% set 甲 = 1 %}"),
        ("{% set _甲 = 名称 %}", "D528", "{% set 甲 = 1 %}"),
        ("{% set loop = 名称 %}", "D528", "{% set 甲 = 1 %}"),
        ("{% set 甲 %}", "D527", "{% set 甲 = '…' %}"),
        ("{% set 甲 == 1 %}", "D527", "{% set 甲 = 1 %}"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(text: str, code: str, words: str) -> None:
    (fault,) = faults(p(text), schema=SCHEMA)
    assert fault.code == code
    assert words in f"{fault.message}／{fault.advice}"


REFUSED = [
    "{{ 甲() }}", "{{ 清单.items() }}", "{{ 甲.keys() }}", "{{ 甲.get('乙') }}", "{{ 日期.strftime('%Y') }}", "{{ now() }}",
    "{{ len(清单) }}", "{{ range(3) }}", "{{ '{}'.format(甲) }}", "{{ str(甲) }}", "{{ sum(甲) }}", "{{ upper(甲) }}",
    "{% for 项 in 清单 %}{{ loop.cycle('甲', '乙') }}{% endfor %}", "{% for 项 in 清单 %}{{ loop.nextitem }}{% endfor %}",
    "{% for 项 in 清单 %}{{ loop.counter }}{% endfor %}", "{% for 键, 值 in 清单 %}{{ 值 }}{% endfor %}",
    "{{ 2 * 3 }}", "{{ 2 ** 3 }}", "{{ 7 // 2 }}", "{{ 7 / 2 }}", "{% if 数 % 2 == 0 %}双{% endif %}", "{{ +数 }}",
    "{{ {'a': 1} }}", "{% if 甲 in ('一', '二') %}是{% endif %}", "{% if 甲 in [乙, 丙] %}是{% endif %}", "{{ 清单[数] }}",
    "{% if 甲 is equalto '一' %}是{% endif %}", "{% if 数 is divisibleby 2 %}双{% endif %}", "{% if 甲 is empty %}无{% endif %}",
    "{{ 甲|trim(*乙) }}", "{{ _甲 }}", "{% with 甲 = 1 %}", "{% macro 甲() %}", "{% raw %}", "{% filter upper %}", "{% do 甲 %}",
    "{% break %}", "{% continue %}", "{% endset %}", "{% call 甲() %}",
    *(f"{{{{ 甲 | {name} }}}}" for name in FILTER_ADVICE),
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_says_what_to_write_in_its_place(text: str) -> None:
    advice = faults(p(text))[0].advice
    examples = re.findall(r"\{[{%].*[}%]\}", advice)
    assert examples, advice
    for example in re.split("；[^{]*", examples[0]):
        assert build(p(f"{{% for 项 in 外 %}}{example}{{% endfor %}}"))


def test_every_tag_of_jinja_has_an_advice() -> None:
    for keyword, advice in TAG_ADVICE.items():
        for tag in {f"{{% {keyword} 甲 %}}", f"{{% end{keyword} %}}"} - {"{% set 甲 %}"}:
            (fault,) = faults(p(tag))
            assert fault.code == "D529"
            assert fault.advice in (advice, "连同它的开头一起删去")


# ---------------------------------------------------------------- hostile templates and values


@pytest.mark.parametrize(
    ("text", "values", "code"),
    [
        ("{{ 甲.strip() }}", {"甲": None}, "D564"),
        ("{{ 甲.strip() }}", {"甲": ["一"]}, "D564"),
        ("{{ 甲.strip() }}", {"甲": {}}, "D564"),
        ("{{ 甲 | length }}", {"甲": 3}, "D564"),
        ("{{ 甲 | length }}", {}, "D562"),
        ("{{ 甲[:2] }}", {"甲": {"乙": 1}}, "D564"),
        ("{{ 甲[:乙] }}", {"甲": "一", "乙": "二"}, "D564"),
        ("{{ 甲[::0] }}", {"甲": "一"}, "D564"),
        ("{{ 甲[:2] }}", {}, "D562"),
        ("{{ 甲 | first }}", {"甲": []}, "D564"),
        ("{% for 项 in 甲.split('') %}{% endfor %}", {"甲": "一"}, "D564"),
        ("{{ 甲.zfill(1000000000) }}", {"甲": "一"}, "D564"),
        ("{{ 甲 | join('、') }}", {"甲": [None]}, "D564"),
        ("{{ 甲.乙 | default('无') }}", {}, "D562"),
        ("{% if 真 %}{% set 甲 = 1 %}{% endif %}{{ 甲 }}", {"真": False}, "D562"),
        ("{% set 甲 = 无 %}", {}, "D562"),
    ],
)
def test_values_that_cannot_be_used(text: str, values: dict[str, object], code: str) -> None:
    with pytest.raises(Problems) as caught:
        build(p("头") + p(text)).render(values, subject="函 1")
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert fault.place.detail.startswith("正文第2段")
    assert "函 1" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "{% set 甲 = '文' %}" + "{% set 甲 = 甲 ~ 甲 %}" * 40 + "{{ 甲 }}",
        "{% set 甲 = ['文'] %}" + "{% set 甲 = 甲 + 甲 %}" * 40,
        "{% set 甲 = '文' %}" + "{% set 甲 = 甲.replace('', 甲) %}" * 40,
        "{% set 甲 = 长.join(单) %}",
    ],
)
def test_nothing_grows_without_end(text: str) -> None:
    with pytest.raises(Problems, match="结果太长"):
        build(p(text)).render({"长": "文" * 1000, "单": ["一"] * (LONGEST // 1000 + 1)})


def test_values_are_not_changed_and_no_method_is_reached_otherwise() -> None:
    values = {"甲": {"strip": "键"}, "单": [1, 2]}
    assert lines(build(p("{{ 甲.strip }}{% for 项 in 单[:1] %}{{ 项 }}{% endfor %}")).render(values)) == [
        "键1"
    ]
    assert values == {"甲": {"strip": "键"}, "单": [1, 2]}
    with pytest.raises(Problems, match="D562"):
        build(p("{{ 甲.upper }}")).render({"甲": "文"})


def test_a_filter_of_the_callers_goes_first() -> None:
    assert lines(
        build(p("{{ 甲 | first }}"), filters={"first": lambda value: "我的"}).render({"甲": "x"})
    ) == ["我的"]


def test_charts_take_slices_and_lengths() -> None:
    from liangqing.engine.language.language import parse_statement
    from liangqing.engine.language.tags import Tag

    body = "图表 项 in 清单[:3]: 类别=项.名称; 数量=项.各项|length"
    statement = parse_statement(Tag(0, "control", "", body, Place("甲")))
    assert [name for name, _ in statement.fields] == ["类别", "数量"]


def test_nothing_of_it_is_left_in_the_paper() -> None:
    assert "set" not in part(build(p("头{% set 甲 = 1 %}尾")).render({}))
