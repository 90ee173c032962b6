"""Tags that Word has split, typed in full width, or put where none can stand."""

import pytest
from engine_docx import CORE, W_NS, build, cell, codes, faults, p, part, rendered, row, story, table

SPLIT = [
    p("请于{¦{¦ 期限 ¦}¦}前"),
    "<w:p><w:r><w:t>请于{{ 期</w:t></w:r><w:proofErr w:type='spellStart'/><w:bookmarkStart w:id='1' w:name='a'/>"
    "<w:r w:rsidR='1'><w:t>限</w:t></w:r><w:bookmarkEnd w:id='1'/><w:r><w:t xml:space='preserve'> }}前</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>请于{</w:t></w:r><w:ins w:id='2' w:author='a'><w:r><w:t>{ 期限</w:t></w:r></w:ins>"
    "<w:r><w:t>}</w:t><w:t>}前</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>请于{{</w:t><w:tab/><w:t>期限</w:t><w:br/><w:t>}}前</w:t></w:r></w:p>",
    "<w:p><w:hyperlink><w:r><w:t>请于{{ 期限 }</w:t></w:r></w:hyperlink><w:r><w:t>}前</w:t></w:r></w:p>",
]


@pytest.mark.parametrize("body", SPLIT)
def test_split_tag_is_one(body: str) -> None:
    assert rendered(body, 期限="9月30日") == ["请于9月30日前"]


def test_tag_takes_the_formatting_of_the_run_it_starts_in() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ 期</w:t></w:r>"
    out = part(build(f"<w:p>{bold}<w:r><w:t>限 }}}}前</w:t></w:r></w:p>").render({"期限": "即日"}))
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">即日</w:t>' in out
    assert '<w:r><w:t xml:space="preserve">前</w:t></w:r>' in out


def test_blanks_around_a_value_are_kept() -> None:
    assert rendered("<w:p><w:r><w:t>甲 {{ 名 }}</w:t></w:r></w:p>", 名=" 乙 ") == ["甲  乙 "]


def test_braces_that_are_no_tags_stay() -> None:
    assert rendered(p("{甲} { } 100% } {")) == ["{甲} { } 100% } {"]


def test_tag_over_two_paragraphs() -> None:
    found = faults(p("期限：{{ 期限") + p("}}前"))
    assert [(each.code, each.place.detail) for each in found] == [
        ("D520", "正文第1段「期限：{{ 期限」"),
        ("D521", "正文第2段「}}前」"),
    ]


def test_one_unclosed_tag_does_not_swallow_the_next() -> None:
    (fault,) = faults(p("{{ 甲 和 {{ 乙 }}"))
    assert fault.code == "D520"


def test_chinese_punctuation_in_a_quoted_text_is_fine() -> None:
    assert rendered(p("{{ 甲 or '（“无”，）}}' }}"), 甲=None) == ["（“无”，）}}"]


def test_chinese_blanks_inside_are_understood() -> None:
    assert rendered(p("{{　甲\u00a0or　乙　}}"), 甲=None, 乙="丙") == ["丙"]


def test_reserved_character_in_a_template() -> None:
    assert codes(p("\U0010ff00 {{ 甲 }}")) == ["D524"]


@pytest.mark.parametrize(
    "content",
    [
        "<w:r><w:instrText> HYPERLINK {{ 址 }} </w:instrText></w:r>",
        f"<w:r><w:drawing><docPr xmlns='{W_NS}' descr='{{{{ 图 }}}}'/></w:drawing></w:r>",
    ],
)
def test_tag_in_a_field_or_a_description(content: str) -> None:
    (fault,) = faults(f"<w:p>{content}</w:p>")
    assert (fault.code, fault.place.detail) == ("D525", "正文第1段「」")


def test_tag_in_another_part() -> None:
    assert codes(p("文"), {"word/charts/chart1.xml": "<a>{{ 甲 }}</a>"}) == ["D525"]


def test_tag_in_a_hidden_cell() -> None:
    hidden = cell("{{ 甲 }}").replace("<w:tcPr/>", "<w:tcPr><w:vMerge/></w:tcPr>")
    start = cell("甲").replace("<w:tcPr/>", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>')
    (fault,) = faults(table(row(start), row(hidden)))
    assert (fault.code, fault.place.detail) == ("D526", "表1 第2行 第1格")


def test_header_footer_footnote_text_box_and_properties_are_filled() -> None:
    parts = {
        "word/header1.xml": story("header", p("头{{ 甲 }}")).replace("w:header", "w:hdr"),
        "word/footer1.xml": story("footer", p("脚{{ 甲 }}")).replace("w:footer", "w:ftr"),
        "word/footnotes.xml": story("footnotes", f'<w:footnote w:id="1">{p("注{{ 甲 }}")}</w:footnote>'),
        "docProps/core.xml": CORE.replace("TITLE", "题{{ 甲 }}{% if 乙 %}乙{% endif %}"),
    }
    box = f"<w:p><w:r><w:txbxContent>{p('框{{ 甲 }}')}</w:txbxContent></w:r></w:p>"
    template = build(box, parts)
    out = template.render({"甲": "<&>\n", "乙": None})
    assert template.reads == {"甲": {}, "乙": {}}
    assert "框</w:t>" not in part(out)
    assert '框&lt;&amp;&gt;</w:t><w:br/><w:t xml:space="preserve">' in part(out)
    assert "头&lt;&amp;&gt;" in part(out, "word/header1.xml")
    assert "脚&lt;&amp;&gt;" in part(out, "word/footer1.xml")
    assert "注&lt;&amp;&gt;" in part(out, "word/footnotes.xml")
    assert "<dc:title>题&lt;&amp;&gt;\n</dc:title>" in part(out, "docProps/core.xml")


def test_places_in_other_parts() -> None:
    parts = {
        "word/header1.xml": story("header", p("{{ 甲")).replace("w:header", "w:hdr"),
        "docProps/core.xml": CORE.replace("TITLE", "{% if 乙 %}"),
    }
    box = f"<w:p><w:r><w:txbxContent>{p('{{ 框')}</w:txbxContent></w:r></w:p>"
    assert {each.place.detail for each in faults(box, parts)} == {
        "页眉第1段「{{ 甲」",
        "文档属性「标题」",
        "文本框1第1段「{{ 框」",
    }


def test_comments_go() -> None:
    assert rendered(p("{#p 整段，“说明” #}") + p("甲{# 说明 }} #}乙")) == ["甲乙"]
