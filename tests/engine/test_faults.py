"""What is wrong with a template: all of it in one run, each with its place and what to do."""

import time

import pytest
from engine_docx import STYLES, XML, build, codes, faults, p, rendered, row, story, table

from liangqing.base.diagnostics import Place, Problems, Severity
from liangqing.engine import Flag, List, Number, Record, Text, compile_template
from liangqing.engine.expressions import compile_text

UNIT: Record = Record(
    "单位",
    lambda: {"名称": Text(), "问题": List(FINDING), "上级": UNIT, "属实": Flag(), "名单": List(Text())},
)
FINDING: Record = Record("问题", lambda: {"编号": Text(), "单位": UNIT, "数": Number()})
PERSON = Record("联系人", lambda: {"姓名": Text()}, optional=True)
SCHEMA = Record(
    "整改函",
    lambda: {"单位": UNIT, "回复期限": Text(optional=True), "问题清单": List(FINDING), "联系人": PERSON},
)
FILTERS = {"连接": "、".join, "大写": str.upper}


def said(text: str) -> str:
    """The one diagnostic about a paragraph `text`, checked against SCHEMA."""
    (fault,) = faults(p(text), schema=SCHEMA, filters=FILTERS)
    assert fault.severity is Severity.ERROR
    assert fault.place.file == "templates/模板.docx"
    return f"{fault.code} {fault.message}／{fault.advice}"


# ---------------------------------------------------------------- names


def test_near_miss() -> None:
    assert (
        said("请于{{ 回复期线 }}前")
        == "D540 「{{ 回复期线 }}」：没有 回复期线，是否 回复期限？／改成 回复期限"
    )


def test_near_miss_of_an_attribute() -> None:
    assert "没有 单位.名成，是否 单位.名称？" in said("{{ 单位.名成 }}")
    assert "没有 问题.编码，是否 问题.编号？" in said("{% for 问题 in 问题清单 %}{{ 问题.编码 }}{% endfor %}")
    assert "没有 单位.名成，是否 单位.名称？" in said("{{ 单位['名成'] }}")


def test_no_near_name_lists_what_there_is() -> None:
    assert said("{{ zzz }}").endswith("可用的有：单位、回复期限、问题清单、联系人")
    many = Record("多", lambda: {f"名{n}甲乙丙丁": Text() for n in range(20)})
    (fault,) = faults(p("{{ zzz }}"), schema=many)
    assert fault.advice.count("、") == 7
    assert fault.advice.endswith("等 20 个")


def test_loop_variable_ends_with_its_loop() -> None:
    assert "没有 项" in said("{% for 项 in 问题清单 %}{{ 项.编号 }}{% endfor %}{{ 项.编号 }}")
    assert "没有 项" in said("{% for 项 in 问题清单 %}甲{% else %}{{ 项.编号 }}{% endfor %}")


def test_loop_outside_a_loop() -> None:
    assert said("{{ loop.index }}").startswith("D540")


def test_filter_misspelt() -> None:
    assert "没有过滤器「大写字」，是否 大写？" in said("{{ 单位.名称|大写字 }}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{% for 项 in 单位.名称 %}甲{% endfor %}", "D542"),
        ("{% for 项 in 联系人 %}甲{% endfor %}", "D542"),
        ("{{ 单位 }}", "D543"),
        ("{{ 单位.问题 }}", "D543"),
        ("{{ 单位.属实 }}", "D543"),
        ("{{ 单位.名称 == '甲' }}", "D543"),
        ("{{ 单位.属实 or '无' }}", "D543"),
        ("{{ 单位.名称 if 单位.属实 else 单位 }}", "D543"),
        ("{{ '共' ~ 问题清单 }}", "D543"),
        ("{% for 项 in 问题清单 %}{{ loop.first }}{% endfor %}", "D543"),
        ("{{ 单位.名称.长 }}", "D544"),
        ("{{ 单位.问题.编号 }}", "D544"),
        ("{{ 单位.问题|连接 }}", "D545"),
        ("{{ 单位|连接 }}", "D545"),
        ("{{ 单位.名称[0] }}", "D542"),
    ],
)
def test_shapes(text: str, code: str) -> None:
    assert said(text).startswith(code)


def test_reads() -> None:
    text = (
        "{{ 单位.名称 }}{{ 单位.名单|连接 }}{% if 单位.问题 %}有{% endif %}{% if 联系人 %}{{ 联系人.姓名 }}{% endif %}"
        "{% for 项 in 问题清单 if 项.数 > 1 %}{{ 项.单位.上级.名称 }}{{ loop.index }}{% endfor %}{{ 问题清单[0].编号 }}"
        "{% for 名 in 单位.上级.名单 %}{{ 名 }}{% endfor %}{{ 回复期限 or '草稿' ~ 单位.名称 }}"
    )
    assert build(p(text), schema=SCHEMA, filters=FILTERS).reads == {
        "单位": {"名称": {}, "名单": {}, "问题": {"[]": {}}, "上级": {"名单": {}}},
        "联系人": {"姓名": {}},
        "问题清单": {"[]": {"数": {}, "单位": {"上级": {"名称": {}}}, "编号": {}}},
        "回复期限": {},
    }


def test_reads_without_a_schema() -> None:
    body = table(row("{% for 项 in 清单 %}{{ 项.甲 }}", "{{ 乙 }}{% endfor %}"))
    assert build(body).reads == {"清单": {"[]": {"甲": {}}}, "乙": {}}


# ---------------------------------------------------------------- blocks


def test_all_faults_in_one_run() -> None:
    body = (
        p("{{ 回复期线 }}")
        + p("{% for 项 in 问题清单 %}{{ 项.名 }}")
        + p("{ {单位.名称} }{{ 单位.名称")
        + p("{{ 1 + }}")
    )
    body += table(row("甲{% if 联系人 %}", "乙{% endif %}"))
    parts = {"word/header1.xml": story("header", p("{% fi 联系人 %}{{ 无 }}")).replace("w:header", "w:hdr")}
    found = faults(body, parts, schema=SCHEMA, filters=FILTERS)
    assert sorted(each.code for each in found) == sorted(
        ["D540", "D530", "D540", "D547", "D520", "D527", "D533", "D529", "D530", "D540"]
    )
    assert [each.place.detail[:5] for each in found] == [
        "正文第1段", "正文第2段", "正文第2段", "正文第3段", "正文第3段", "正文第4段", "表1 第1", "页眉第1段", "页眉第1段", "页眉第1段",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% if 甲 %}", ["D530"]),
        ("{% if 甲 %}{% for 乙 in 丙 %}", ["D530", "D530"]),
        ("{% endif %}", ["D531"]),
        ("{% else %}", ["D531"]),
        ("{% for 乙 in 丙 %}{% elif 甲 %}{% endfor %}", ["D531"]),
        ("{% if 甲 %}{% else %}{% else %}{% endif %}", ["D531"]),
        ("{% if 甲 %}{% else %}{% elif 甲 %}{% endif %}", ["D531"]),
        ("{% for 乙 in 丙 %}{% if 甲 %}{% endfor %}{% endif %}", ["D532", "D531"]),
        ("{% if 甲 %}{% endfor %}{% endif %}", ["D531"]),
    ],
)
def test_blocks_that_do_not_match(text: str, expected: list[str]) -> None:
    assert codes(p(text)) == expected


def test_an_unclosed_block_beside_a_sound_one() -> None:
    assert codes(p("{% if 甲 %}{% for 项 in 单 %}") + p("{{ 项 }}") + p("{% endfor %}")) == ["D530"]


def test_a_broken_opening_does_not_accuse_its_closing() -> None:
    assert codes(p("{% for 乙 of 丙 %}{{ 乙.丁 }}{% endfor %}"), schema=SCHEMA) == ["D527"]
    assert codes(p("{% fro 乙 in 丙 %}{{ 乙.丁 }}{% endfor %}"), schema=SCHEMA) == ["D529"]
    assert codes(p("{% if 「甲」 %}文{% endif %}")) == ["D522"]
    assert codes(p("{% if 甲 }文{% endif %}")) == ["D520"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ }}",
        "{{ 甲 乙 }}",
        "{{ (甲 }}",
        "{{ 甲. }}",
        "{{ '甲 }}",
        "{% for 甲 %}{% endfor %}",
        "{% else 甲 %}",
    ],
)
def test_grammar(text: str) -> None:
    assert "D527" in codes(p(text))


def test_blocks_in_a_property_must_end_there() -> None:
    from engine_docx import CORE

    assert codes(p("{% endif %}"), {"docProps/core.xml": CORE.replace("TITLE", "{% if 甲 %}")}) == [
        "D531",
        "D530",
    ]


# ---------------------------------------------------------------- safety


@pytest.mark.parametrize(
    "text",
    [
        "{{ 甲() }}",
        "{{ 甲.format() }}",
        "{{ 甲.strip(*乙) }}",
        "{{ 甲.replace('一') }}",
        "{{ 'a' * 100000000 }}",
        "{{ 2 ** 99 }}",
        "{{ '%1000000d' % 1 }}",
        "{{ 7 // 2 }}",
        "{{ 甲[乙] }}",
        "{{ {'a': 1} }}",
        "{{ (1, 2) }}",
        "{{ [甲] }}",
        "{{ self }}",
        "{{ _甲 }}",
        "{% for 甲, 乙 in 丙 %}{% endfor %}",
        "{% for loop in 丙 %}{% endfor %}",
        "{% for 甲 in 丙 %}{{ loop.cycle }}{% endfor %}",
        "{% for 甲 in 丙 %}{{ loop.__class__ }}{% endfor %}",
        "{{ 甲 is callable }}",
        "{{ 甲|滤(*乙) }}",
    ],
)
def test_unsafe_expressions(text: str) -> None:
    assert "D528" in codes(p(text), filters={"滤": str})


@pytest.mark.parametrize(
    "tag",
    [
        "macro 甲()",
        "include '甲'",
        "import '甲' as 乙",
        "extends '甲'",
        "raw",
        "with 甲 = 1",
        "block 甲",
        "call 甲()",
        "filter 滤",
        "do 甲",
    ],
)
def test_unsafe_statements(tag: str) -> None:
    assert codes(p(f"{{% {tag} %}}")) == ["D529"]


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace"])
def test_no_global_functions(name: str) -> None:
    with pytest.raises(Problems, match="D562"):
        build(p(f"{{{{ {name} }}}}")).render({})


@pytest.mark.parametrize("name", ["items", "keys", "__class__", "format", "upper", "append"])
def test_no_methods(name: str) -> None:
    values: list[object] = [{}, "文", [], 1]
    for value in values:
        with pytest.raises(Problems, match="D562"):
            build(p(f"{{{{ 甲.{name} }}}}")).render({"甲": value})


def test_no_filters_of_jinja() -> None:
    assert codes(p("{{ 甲|map }}{{ 甲|format }}{{ 甲|attr('x') }}")) == ["D541"] * 3


def test_key_named_like_a_method_is_a_key() -> None:
    assert rendered(p("{{ 甲.items }}"), 甲={"items": "项"}) == ["项"]


# ---------------------------------------------------------------- the file around the tags

NO_FONT = STYLES.replace(' w:eastAsia="仿宋"', "")
THEME = STYLES.replace('w:eastAsia="仿宋"', 'w:eastAsiaTheme="minorEastAsia"')


def told(body: str, styles: str, parts: dict[str, str] | None = None) -> list[str]:
    """The codes of what is told of a template that can be filled."""
    warnings = build(body, parts, styles).warnings
    assert {each.severity for each in warnings} <= {Severity.WARNING}
    return [each.code for each in warnings]


def test_missing_chinese_font_is_told_once_per_style() -> None:
    (fault,) = build(p("甲") + p("{{ 乙 }}") + p("abc"), styles=NO_FONT).warnings
    assert (fault.code, fault.place.detail) == ("D551", "正文第1段「甲」")
    assert "共 2 处" in fault.message
    assert "样式「正文」" in fault.message


def test_theme_without_a_chinese_font_counts_as_none() -> None:
    assert told(p("甲"), THEME) == ["D551"]


def test_chinese_font_of_run_or_style_is_enough() -> None:
    own = '<w:p><w:r><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr><w:t>{{ 甲 }}</w:t></w:r></w:p>'
    assert not told(own, NO_FONT)
    style = (
        '<w:style w:type="paragraph" w:styleId="b"><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/></w:style></w:styles>'
    )
    styles = NO_FONT.replace("</w:styles>", style)
    assert not told(p("{{ 甲 }}", '<w:pPr><w:pStyle w:val="c"/></w:pPr>'), styles)


def test_theme_font_of_a_style_hides_the_documents_font() -> None:
    style = '<w:style w:styleId="b"><w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/></w:rPr></w:style></w:styles>'
    heading = p("甲", '<w:pPr><w:pStyle w:val="b"/></w:pPr>')
    assert told(heading, STYLES.replace("</w:styles>", style)) == ["D551"]


def test_styles_in_a_circle() -> None:
    circle = '<w:style w:styleId="b"><w:basedOn w:val="b"/></w:style></w:styles>'
    styles = NO_FONT.replace("</w:styles>", circle)
    assert told(p("{{ 甲 }}", '<w:pPr><w:pStyle w:val="b"/></w:pPr>'), styles) == ["D551"]


def test_text_without_chinese_needs_no_chinese_font() -> None:
    assert not told(p("abc 1"), NO_FONT)


def test_missing_styles() -> None:
    paragraph = p("甲", '<w:pPr><w:pStyle w:val="无"/></w:pPr>')
    run = '<w:p><w:r><w:rPr><w:rStyle w:val="缺"/></w:rPr><w:t>甲</w:t></w:r></w:p>'
    styled = table(row("甲")).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="少"/></w:tblPr>')
    found = build(paragraph + run + styled).warnings
    assert [(each.code, each.place.detail) for each in found] == [
        ("D550", "正文第1段「甲」"),
        ("D550", "正文第2段「甲」"),
        ("D550", "表1 第1行 第1格"),
    ]


def relations(kind: str, target: str, mode: str = "") -> dict[str, str]:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    external = f' TargetMode="{mode}"' if mode else ""
    row = f'<Relationship Id="r" Type="{office}/{kind}" Target="{target}"{external}/>'
    return {"word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{space}">{row}</Relationships>'}


def test_macros_objects_and_links() -> None:
    assert codes(p("文"), {"word/vbaProject.bin": "x"}) == ["D552"]
    assert codes(p("文"), relations("oleObject", "embeddings/a.bin")) == ["D553"]
    assert codes(p("文"), relations("image", "http://example.com/a.png", "External")) == ["D554"]
    assert build(p("文"), relations("hyperlink", "http://example.com", "External"))


def test_other_prefix_than_w() -> None:
    body = (
        story("document", f"<w:body>{p('{{ 甲 }}')}</w:body>")
        .replace("w:", "x:")
        .replace("xmlns:w=", "xmlns:x=")
    )
    assert codes("", {"word/document.xml": body}) == ["D555"]


# ---------------------------------------------------------------- hostile templates


@pytest.mark.parametrize(
    "body",
    [
        p("{% if 甲 %}" * 10_000 + "{% endif %}" * 10_000),
        p("{% for 甲 in 乙 %}" * 10_000),
        p("{% endif %}" * 10_000),
        p("{{ " * 10_000),
        p("{{ a" + "}" * 1 + " }" * 10_000),
        p("{{ '" + "}} " * 10_000),
        p("{{ " + "(" * 400 + "甲" + ")" * 400 + " }}"),
        p("{{ 甲" + ".乙" * 450 + " }}"),
        p("{{ " + "not " * 240 + "甲 }}"),
        p("{{ 甲" + " or 甲" * 5000 + " }}"),
        "<w:sdt><w:sdtContent>" * 120 + p("{{ 甲") + "</w:sdtContent></w:sdt>" * 120,
    ],
    ids=range(11),
)
def test_hostile_template_ends_in_a_diagnostic_soon(body: str) -> None:
    start = time.perf_counter()
    assert codes(body)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "body",
    [
        p("{% if 甲 %}" * 17 + "{% endif %}" * 17),
        p("{{ 甲 }}" * 5001),
        p("{{ '" + "文" * 1000 + "' }}"),
        p("{{ " + "not " * 50 + "甲 }}"),
    ],
    ids=range(4),
)
def test_limits(body: str) -> None:
    assert codes(body) == ["D536"]


def test_many_levels_of_elements() -> None:
    assert codes("<w:sdt>" * 5000 + "</w:sdt>" * 5000) == ["D511"]


def test_missing_file_is_a_diagnostic() -> None:
    from pathlib import Path

    with pytest.raises(Problems, match="D501"):
        compile_template(Path("/nowhere/甲.docx"), name="甲.docx")


# ---------------------------------------------------------------- loops that do not end


@pytest.mark.parametrize("deep", [4, 6, 16])
def test_loops_in_loops_that_print_nothing_end_too(deep: int) -> None:
    tags = "".join(f"{{% for 项{level} in 名单 %}}" for level in range(deep)) + "{% endfor %}" * deep
    began = time.process_time()
    with pytest.raises(Problems, match=r"D566 .*循环转了"):
        build(p(tags)).render({"名单": list(range(100))})
    with pytest.raises(Problems, match=r"D566 .*循环转了"):
        compile_text(tags, place=Place("甲")).render({"名单": list(range(100))})
    assert time.process_time() - began < 10


def test_a_number_without_end_is_refused_where_it_is_written() -> None:
    assert said("{{ 单位.名称 if 单位.问题[0].数 == 1e400 }}").startswith("D528")
    assert said("{% if 单位.问题[0].数 > 1e999 %}甲{% endif %}").startswith("D528")


@pytest.mark.parametrize(
    "text",
    ["{{ 没 if 有 }}", "{{ 没.甲 if 有.乙 else 无 }}", "{% if 没 if 有 %}甲{% endif %}", "{% set 甲 = 没 if 有 %}{{ 甲 }}",
     "{% for 项 in 没 if 有 %}{{ 项 }}{% endfor %}", "{{ 单位.名称 if … }}", "{{ (没 if 有).名称 }}", "{{ 没[0] if 没[1:2] }}"],
)  # fmt: skip
def test_an_if_on_a_name_that_is_not_there_is_told(text: str) -> None:
    assert faults(p(text), schema=SCHEMA, filters=FILTERS)
    with pytest.raises(Problems):
        compile_text(text, place=Place("甲"), schema=SCHEMA, filters=FILTERS)
    with pytest.raises(Problems):
        build(p(text)).render({})
