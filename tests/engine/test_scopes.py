"""What a block repeats or drops, with and without prefix, and vm, colspan, cellbg, indents."""

import re

import pytest
from engine_docx import build, cell, codes, faults, p, part, rendered, row, table

ITEMS = [{"n": "1", "m": "甲"}, {"n": "2", "m": "乙"}]


# ---------------------------------------------------------------- inferred scopes


def test_inline() -> None:
    assert rendered(p("有{% for 项 in 清单 %}{{ 项.n }}、{% endfor %}等"), 清单=ITEMS) == ["有1、2、等"]


def test_inline_over_runs_keeps_each_run_whole() -> None:
    runs = "<w:r><w:t>{% for 项 in 清单 %}甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>乙{% endfor %}丙</w:t></w:r>"
    out = part(build(f"<w:p>{runs}</w:p>").render({"清单": ITEMS}))
    plain = '<w:r><w:t xml:space="preserve">甲</w:t></w:r>'
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    assert (plain + bold.format("乙")) * 2 + bold.format("丙") in out


def test_inline_through_a_hyperlink() -> None:
    link = "<w:hyperlink><w:r><w:t>乙{% endif %}丙</w:t></w:r></w:hyperlink>"
    body = f"<w:p><w:r><w:t>{{% if 真 %}}甲</w:t></w:r>{link}</w:p>"
    assert rendered(body, 真=True) == ["甲乙丙"]
    assert rendered(body, 真=False) == ["丙"]


def test_inline_into_a_content_control_is_refused() -> None:
    control = "<w:sdt><w:sdtContent><w:r><w:t>乙{% endif %}丙</w:t></w:r></w:sdtContent></w:sdt>"
    assert codes(f"<w:p><w:r><w:t>{{% if 真 %}}甲</w:t></w:r>{control}</w:p>") == ["D533"]


def test_paragraphs() -> None:
    body = (
        p("前")
        + p("{% for 项 in 清单 %}")
        + p("{{ 项.n }}")
        + p("{% else %}")
        + p("无")
        + p("{% endfor %}")
        + p("后")
    )
    assert rendered(body, 清单=ITEMS) == ["前", "1", "2", "后"]
    assert rendered(body, 清单=[]) == ["前", "无", "后"]


def test_if_elif_else() -> None:
    body = p("{% if 甲 == 1 %}一{% elif 甲 == 2 %}二{% elif 甲 == 3 %}三{% else %}他{% endif %}")
    assert [rendered(body, 甲=n) for n in (1, 2, 3, 4)] == [["一"], ["二"], ["三"], ["他"]]


def test_several_tags_in_one_paragraph() -> None:
    body = p("{% if 甲 %}{% for 项 in 清单 %}") + p("{{ 项.n }}") + p("{% endfor %}{% endif %}{% if 乙 %}")
    body += p("乙") + p("{% endif %}")
    assert rendered(body, 甲=1, 乙=1, 清单=ITEMS) == ["1", "2", "乙"]
    assert rendered(body, 甲=0, 乙=0, 清单=ITEMS) == []


def test_row_with_tags_in_its_first_and_last_cell() -> None:
    body = table(
        row("头", "头"),
        row("{% for 项 in 清单 %}{{ loop.index }}", "{{ 项.m }}{% endfor %}"),
        row("尾", "尾"),
    )
    assert rendered(body, 清单=ITEMS) == ["头|头", "1|甲", "2|乙", "尾|尾"]
    assert rendered(body, 清单=[]) == ["头|头", "尾|尾"]


def test_row_with_an_inner_block_first_too() -> None:
    body = table(
        row("{% for 项 in 清单 %}{% if 项.n == '2' %}{{ 项.n }}", "{{ 项.m }}{% endif %}{% endfor %}")
    )
    assert rendered(body, 清单=ITEMS) == ["2|乙"]


def test_table_with_rows_of_tags() -> None:
    body = table(
        row("头", ""),
        row("{% for 项 in 清单 %}", ""),
        row("{{ 项.n }}", "{{ 项.m }}"),
        row("", "{% endfor %}"),
    )
    assert rendered(body, 清单=ITEMS) == ["头|", "1|甲", "2|乙"]


def test_table_with_tags_first_and_last_in_their_rows() -> None:
    body = table(row("{% for 项 in 清单 %}{{ 项.n }}", "甲"), row("{{ 项.m }}", "乙{% endfor %}"))
    assert rendered(body, 清单=ITEMS) == ["1|甲", "甲|乙", "2|甲", "乙|乙"]


def test_table_with_an_else_row() -> None:
    body = table(
        row("头"),
        row("{% for 项 in 清单 %}"),
        row("{{ 项.n }}"),
        row("{% else %}"),
        row("无"),
        row("{% endfor %}"),
    )
    assert rendered(body, 清单=[]) == ["头", "无"]


def test_cell_scope_inside_a_row() -> None:
    body = table(row(cell("{% for 项 in 清单 %}", "{{ 项.n }}", "{% endfor %}"), "乙"))
    assert rendered(body, 清单=ITEMS) == ["1/2|乙"]


def test_nested_loops_over_tables() -> None:
    inner = table(row("{% for 项 in 组.项 %}{{ 项.n }}", "{{ 组.名 }}{% endfor %}"))
    body = p("{% for 组 in 组们 %}") + inner + p("{% endfor %}")
    assert rendered(body, 组们=[{"名": "A", "项": ITEMS}, {"名": "B", "项": ITEMS[:1]}]) == [
        "1|A",
        "2|A",
        "1|B",
    ]


# ---------------------------------------------------------------- prefixes


def test_paragraph_prefix() -> None:
    assert rendered(p("{%p if 甲 %}") + p("文") + p("{%p endif %}") + p("末"), 甲=None) == ["末"]


def test_row_prefix() -> None:
    body = table(
        row("{%tr for 项 in 清单 %}", ""), row("{{ 项.n }}", "{{ 项.m }}"), row("{%tr endfor %}", "")
    )
    assert rendered(body, 清单=ITEMS) == ["1|甲", "2|乙"]


def test_cell_prefix() -> None:
    body = table(row("{%tc for 项 in 清单 %}", "{{ 项.n }}", "{%tc endfor %}", "末"))
    assert rendered(body, 清单=ITEMS) == ["1|2|末"]


def test_run_prefix() -> None:
    assert rendered(p("甲{%r if 真 %}乙¦丙{%r endif %}丁"), 真=False) == ["甲丁"]


def test_prefix_on_one_end_is_enough() -> None:
    assert rendered(p("{%p if 甲 %}") + p("文") + p("{% endif %}") + p("末"), 甲=None) == ["末"]


def test_dashes_join_paragraphs() -> None:
    body = (
        p("我住")
        + p("{%- if 城 -%}")
        + p("城里")
        + p("{%- else -%}")
        + p("乡下")
        + p("{%- endif -%}")
        + p("。")
    )
    assert rendered(body, 城=True) == ["我住城里。"]
    assert rendered(body, 城=False) == ["我住乡下。"]


def test_dashes_take_blanks() -> None:
    assert rendered(p("甲 {{- 名 -}} 乙"), 名="丙") == ["甲丙乙"]


# ---------------------------------------------------------------- refused scopes


def test_opening_in_the_middle_of_a_row() -> None:
    (fault,) = faults(table(row("甲", "{% for 项 in 清单 %}乙", "丙{% endfor %}")))
    assert (fault.code, fault.place.detail) == ("D533", "表1 第1行 第2格")
    assert "{%tr … %}、{%tc … %}" in fault.advice


def test_text_before_the_opening_of_a_row() -> None:
    assert codes(table(row("甲{% for 项 in 清单 %}", "乙{% endfor %}"))) == ["D533"]


def test_else_inside_a_row() -> None:
    assert codes(table(row("{% if 甲 %}", "{% else %}", "{% endif %}"))) == ["D533"]


def test_rows_that_cannot_be_told() -> None:
    assert codes(table(row("甲{% for 项 in 清单 %}"), row("乙"), row("{% endfor %}"))) == ["D533"]


def test_body_and_table() -> None:
    assert codes(p("{% for 项 in 清单 %}") + table(row("甲{% endfor %}"))) == ["D533"]


def test_two_tables() -> None:
    assert codes(table(row("{% if 甲 %}甲")) + table(row("甲{% endif %}"))) == ["D533"]


def test_different_prefixes() -> None:
    assert codes(table(row("{%tr if 甲 %}"), row("{%p endif %}"))) == ["D533"]


def test_row_prefix_outside_a_table() -> None:
    assert codes(p("{%tr if 甲 %}") + p("{%tr endif %}")) == ["D533", "D533"]


def test_paragraph_prefix_over_a_table() -> None:
    assert codes(p("{%p if 甲 %}") + table(row(cell("{%p endif %}", "乙")))) == ["D533"]


def test_prefix_with_a_blank_before_it() -> None:
    (fault,) = faults(table(row("{% tr for 项 in 清单 %}"), row("{{ 项.n }}"), row("{%tr endfor %}")))
    assert fault.code == "D529"
    assert "{%tr for … %}" in fault.advice


@pytest.mark.parametrize(
    "body",
    [
        p("{% if 甲 %}文") + p("乙") + p("{% endif %}"),
        p("{%p if 甲 %}{{ 乙 }}") + p("{%p endif %}"),
        p("{%p if 甲 %}") + p("{%p endif %}文"),
        table(row("{%tr if 甲 %}", "文"), row("乙", "乙"), row("{%tr endif %}", "")),
        table(row("{%tc if 甲 %}文", "乙", "{%tc endif %}")),
        p("{#p 说明 #}文"),
    ],
)
def test_content_beside_a_tag_that_takes_its_paragraph(body: str) -> None:
    (fault,) = faults(body)
    assert fault.code == "D534"


# ---------------------------------------------------------------- comments


@pytest.mark.parametrize("line", ["{# 说明 #}", "{# 说明 #} ", "{#说#} {#又#}", "{#p 说明 #}", "{# 说¦明 #}"])
def test_a_paragraph_that_holds_nothing_but_comments_goes(line: str) -> None:
    assert rendered(p("甲") + p(line) + p("乙")) == ["甲", "乙"]


def test_a_comment_beside_anything_goes_alone() -> None:
    page = '<w:p><w:r><w:t>{# 说明 #}</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>'
    assert rendered(p("甲{# 说明 #}") + p("{# 说明 #}{{ 乙 }}"), 乙="乙") == ["甲", "乙"]
    assert 'w:type="page"' in part(build(p("甲") + page + p("乙")).render({}))


def test_a_cell_with_a_comment_keeps_a_paragraph() -> None:
    body = table(row(cell("{# 说明 #}"), "甲"), row(cell("{# 说明 #}", "乙"), cell("丙", "{# 说明 #}")))
    assert rendered(body) == ["|甲", "乙|丙"]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("{# 说明 #}", "{% for 项 in 清单 %}"), cell("{{ 项 }}", "{% endfor %}", "{# 说明 #}")),
        row("{% for 项 in 清单 %}", "{# 说明 #}") + row("", "{{ 项 }}") + row("{% endfor %}", "{# 说明 #}"),
        row("{%tr for 项 in 清单 %}", "{# 说明 #}")
        + row("", "{{ 项 }}")
        + row("{%tr endfor %}", "{# 说明 #}"),
        row(cell("{# 说明 #}", "{%tr for 项 in 清单 %}"), "")
        + row("", "{{ 项 }}")
        + row("{%tr endfor %}", ""),
    ],
)
def test_a_comment_says_nothing_of_the_rows_of_a_loop(rows: str) -> None:
    assert rendered(table(rows), 清单=["一", "二"]) == ["|一", "|二"]


# ---------------------------------------------------------------- what Word needs


def test_cell_keeps_a_paragraph() -> None:
    body = table(row(cell("{%p for 项 in 清单 %}", "{{ 项.n }}", "{%p endfor %}"), "乙"))
    assert "<w:tc><w:tcPr/><w:p/></w:tc>" in part(build(body).render({"清单": []}))
    assert "<w:p/>" not in part(build(body).render({"清单": ITEMS}))


def test_cell_with_an_empty_paragraph_gets_no_second() -> None:
    body = table(row(cell("{%p if 甲 %}", '<w:p w:rsidR="1"/>', "{%p endif %}")))
    assert part(build(body).render({"甲": 1})).count("<w:p") == 1


def test_table_without_rows_goes() -> None:
    body = table(row("{% for 项 in 清单 %}{{ 项.n }}", "{{ 项.m }}{% endfor %}")) + p("末")
    assert "w:tbl" not in part(build(body).render({"清单": []}))
    assert rendered(body, 清单=ITEMS) == ["1|甲", "2|乙", "末"]


def test_nested_table_without_rows_goes() -> None:
    inner = table(row("{%tr for 项 in 清单 %}"), row("{{ 项.n }}"), row("{%tr endfor %}"))
    body = table(row(f"<w:tc><w:tcPr/>{inner}{p('后')}</w:tc>")) + p("末")
    assert part(build(body).render({"清单": []})).count("<w:tbl>") == 1
    assert part(build(body).render({"清单": ITEMS})).count("<w:tbl>") == 2


def test_half_a_bookmark_outlives_its_paragraph() -> None:
    start, end = "<w:bookmarkStart w:id='1' w:name='a'/>", "<w:bookmarkEnd w:id='1'/>"
    opening = p("{%p if 甲 %}").replace("</w:p>", f"{start}</w:p>")
    out = part(build(opening + p("文") + p("{%p endif %}") + f"<w:p>{end}</w:p>").render({"甲": 0}))
    assert out.count("bookmarkStart") == out.count("bookmarkEnd") == 1


# ---------------------------------------------------------------- properties


def merged(body: str, **values: object) -> list[str]:
    out = part(build(body).render(values))
    return [each.split('"')[0] for each in out.split('<w:vMerge w:val="')[1:]]


def test_vertical_merge() -> None:
    body = table(row("{% for 项 in 清单 %}{% vm %}类", "{{ 项.m }}{% endfor %}"))
    assert merged(body, 清单=ITEMS) == ["restart", "continue"]
    assert rendered(body, 清单=ITEMS) == ["类|甲", "类|乙"]  # python-docx shows the merged cell twice
    assert part(build(body).render({"清单": ITEMS})).count("类") == 1


def test_vertical_merge_follows_the_innermost_loop() -> None:
    body = table(
        row("{%tr for 组 in 组们 %}", ""),
        row("{%tr for 项 in 组.项 %}", ""),
        row("{% vm %}{{ 组.名 }}", "{{ 项.m }}"),
        row("{%tr endfor %}", ""),
        row("{%tr endfor %}", ""),
    )
    groups = [{"名": "A", "项": ITEMS}, {"名": "B", "项": ITEMS[:1]}]
    assert merged(body, 组们=groups) == ["restart", "continue", "restart"]


def test_vertical_merge_of_equal_neighbours_only() -> None:
    body = table(row("{% for 项 in 清单 %}{% vm %}{{ 项 }}", "{{ loop.index }}{% endfor %}"))
    assert merged(body, 清单=["A", "A", "B", "A"]) == ["restart", "continue", "restart", "restart"]
    assert rendered(body, 清单=["A", "A", "B", "A"]) == ["A|1", "A|2", "B|3", "A|4"]


def test_vertical_merge_on_two_levels() -> None:
    body = table(
        row("{% for 项 in 清单 %}{% vm %}{{ 项.大 }}", "{% vm %}{{ 项.小 }}", "{{ loop.index }}{% endfor %}")
    )
    items = [{"大": large, "小": small} for large, small in ("Ax", "Ax", "Ay", "By", "Bx", "Bx")]
    rows = ["A|x|1", "A|x|2", "A|y|3", "B|y|4", "B|x|5", "B|x|6"]
    assert rendered(body, 清单=items) == rows
    out = part(build(body).render({"清单": items}))
    signs = [piece.split('"')[0][0] for piece in out.split('<w:vMerge w:val="')[1:]]
    assert list(zip(signs[::2], signs[1::2], strict=True)) == [
        ("r", "r"), ("c", "c"), ("c", "r"), ("r", "r"), ("c", "r"), ("c", "c"),
    ]  # fmt: skip


def test_vertical_merge_begins_anew_with_each_list() -> None:
    body = table(
        row("{%tr for 组 in 组们 %}", ""),
        row("{% for 项 in 组 %}{% vm %}{{ 项 }}", "x{% endfor %}"),
        row("{%tr endfor %}", ""),
    )
    assert merged(body, 组们=[["A", "A"], ["A"]]) == ["restart", "continue", "restart"]


def test_vertical_merge_with_a_block_or_paragraphs_in_the_cell() -> None:
    body = table(
        row("{%tr for 项 in 清单 %}", ""),
        row(cell("{% vm %}", "{%p if 项 %}", "{{ 项 }}", "{%p endif %}"), "{{ loop.index }}"),
        row("{%tr endfor %}", ""),
    )
    assert merged(body, 清单=["A", "A", "", ""]) == ["restart", "continue", "restart", "continue"]
    put = table(
        row("{%tr for 项 in 清单 %}", ""),
        row(cell("{% vm %}甲", "{{p 项 }}"), "x"),
        row("{%tr endfor %}", ""),
    )
    assert merged(put, 清单=[["A", "B"], ["A", "B"], ["C"]]) == ["restart", "continue", "restart"]


@pytest.mark.parametrize(
    "body",
    [
        table(row("{% vm %}甲", "乙")),
        table(
            row("{%tr for 项 in 清单 %}"),
            row("{%tr if 项.n %}"),
            row("{% vm %}甲"),
            row("{%tr endif %}"),
            row("{%tr endfor %}"),
        ),
        table(row("{%tr for 项 in 清单 %}"), row("{% vm %}甲"), row("乙"), row("{%tr endfor %}")),
        table(row("{% for 项 in 清单 %}{% vm %}甲{% endfor %}")),
    ],
)
def test_vertical_merge_outside_a_loop_of_single_rows(body: str) -> None:
    assert codes(body) == ["D535"]


def test_colspan_and_cell_background() -> None:
    out = part(build(table(row("{% colspan 宽 %}{% cellbg 色 %}甲"))).render({"宽": 3, "色": "FFFF00"}))
    assert '<w:gridSpan w:val="3"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>' in out


@pytest.mark.parametrize("tag", ["colspan 1", "cellbg 'FFFFFF'", "vm"])
def test_cell_properties_outside_a_table(tag: str) -> None:
    assert codes(p(f"{{% {tag} %}}")) == ["D537"]


def test_indents() -> None:
    properties = '<w:pPr><w:ind w:leftChars="200" w:left="1" w:rightChars="4" w:right="2" w:endChars="5"/><w:jc/></w:pPr>'
    out = part(build(p("{% rightind 右 %}甲", properties)).render({"右": 640}))
    assert '<w:ind w:leftChars="200" w:left="1" w:right="640"/><w:jc/>' in out
    out = part(build(p("{% leftind 320 %}甲", "<w:pPr><w:spacing/><w:jc/></w:pPr>")).render({}))
    assert '<w:spacing/><w:ind w:left="320"/><w:jc/>' in out


def test_keepnext_holds_a_paragraph_on_the_page_of_the_next() -> None:
    template = build(p("{% keepnext 甲 %}文", '<w:pPr><w:pStyle w:val="a"/><w:keepNext/><w:jc/></w:pPr>'))
    for value, written in (("有", "on"), ("", "off"), (None, "off"), (True, "on")):
        kept = f'<w:pPr><w:pStyle w:val="a"/><w:keepNext w:val="{written}"/><w:jc/></w:pPr>'
        assert kept in part(template.render({"甲": value}))


def test_keepnext_in_the_first_cell_of_a_repeated_row_is_asked_in_each_row() -> None:
    body = table(
        row("{% for 项 in 清单 %}{% keepnext loop.first or loop.revindex == 2 %}{{ 项 }}", "乙{% endfor %}")
    )
    out = part(build(body).render({"清单": ["一", "二", "三", "四"]}))
    assert re.findall(r'<w:keepNext w:val="(\w+)"/>', out) == ["on", "off", "on", "off"]


def test_cantsplit_holds_a_row_on_one_page_where_its_condition_is_met() -> None:
    body = table(row("{% for 项 in 清单 %}{% cantsplit 项 == '短' %}{{ 项 }}", "乙{% endfor %}"))
    out = part(build(body).render({"清单": ["短", "长"]}))
    assert re.findall(r'<w:trPr><w:cantSplit w:val="(\w+)"/></w:trPr>', out) == ["on", "off"]
    assert codes(p("{% cantsplit 1 %}文")) == ["D537"]
