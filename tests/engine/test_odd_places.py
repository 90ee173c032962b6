"""Tags in equations and in addresses of links; contents and captions that Word works out anew."""

from __future__ import annotations

import re

import pytest
from engine_docx import OFFICE, XML, build, codes, faults, p, part, story

from liangqing.base.diagnostics import Problems

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = "word/_rels/document.xml.rels"


def equation(*texts: str) -> str:
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return f'<w:p><m:oMath xmlns:m="{M}">{runs}</m:oMath></w:p>'


@pytest.mark.parametrize("texts", [("x={{ 数 }}+1",), ("x={", "{ 数", " }", "}+1")], ids=["whole", "split"])
def test_a_tag_in_an_equation_is_filled(texts: tuple[str, ...]) -> None:
    out = part(build(equation(*texts)).render({"数": "a<b\n"}))
    words = "".join(piece.split("</m:t>")[0] for piece in out.split("<m:t>")[1:])
    assert words == "x=a&lt;b\n+1"


def test_a_control_tag_in_an_equation_is_refused_with_its_place() -> None:
    assert set(codes(equation("{% if 数 %}", "x", "{% endif %}"))) == {"D525"}


# ---------------------------------------------------------------- addresses


def link(address: str) -> tuple[str, dict[str, str]]:
    relation = f'<Relationship Id="rId5" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
    body = '<w:p><w:hyperlink r:id="rId5"><w:r><w:t>见{{ 名 }}</w:t></w:r></w:hyperlink></w:p>'
    return body, {RELS: f'{XML}<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'}


@pytest.mark.parametrize(
    "address",
    [
        "https://a.cn/{{ 号 }}?x=1&amp;y={{ 名 }}",
        "https://a.cn/%7B%7B%20号%20%7D%7D?x=1&amp;y=%7B%7B名%7D%7D",
    ],
)
def test_a_tag_in_an_address_is_filled(address: str) -> None:
    body, parts = link(address)
    template = build(body, parts)
    assert template.reads == {"号": {}, "名": {}}
    out = template.render({"号": 7, "名": "q&r"})
    assert 'Target="https://a.cn/7?x=1&amp;y=q&amp;r" TargetMode="External"' in part(out, RELS)
    assert "{{" not in part(out, RELS) and "%7B" not in part(out, RELS)
    (used,) = (piece.split('"')[0] for piece in part(out).split('r:id="')[1:])
    assert f'Id="{used}"' in part(out, RELS)


def test_what_is_quoted_beside_a_tag_stays_quoted() -> None:
    body, parts = link("https://a.cn/a%20b%2Fc/%7B%7B%20%E5%8F%B7%20%7D%7D/{{ 名 }}?q=100%25")
    out = build(body, parts).render({"号": 7, "名": "x"})
    assert 'Target="https://a.cn/a%20b%2Fc/7/x?q=100%25"' in part(out, RELS)


def test_an_address_with_braces_that_are_no_tag_stays() -> None:
    body, parts = link("https://a.cn/[[1]]/%7Bx%7D")
    out = build(body, parts).render({"名": "x"})
    assert 'r:id="rId5"' in part(out)
    assert 'Target="https://a.cn/[[1]]/%7Bx%7D"' in part(out, RELS)


def test_a_link_on_a_picture_and_one_in_a_header_are_filled() -> None:
    drawn = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="图"><a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="rId5"/>'
        "</wp:docPr></wp:inline></w:drawing></w:r></w:p>"
    )
    words, parts = link("https://a.cn/{{ 名 }}")
    header = {
        "word/header1.xml": story("header", words).replace("w:header", "w:hdr"),
        "word/_rels/header1.xml.rels": parts[RELS],
    }
    out = build(drawn, {**parts, **header}).render({"名": "x"})
    for name in ("document", "header1"):
        relations = part(out, f"word/_rels/{name}.xml.rels")
        assert 'Target="https://a.cn/x"' in relations and "{{" not in relations
        (used,) = re.findall('r:id="(.*?)"', part(out, f"word/{name}.xml"))
        assert f'Id="{used}"' in relations


def test_each_turn_of_a_loop_has_its_address() -> None:
    body, parts = link("mailto:{{ 项 }}")
    whole = p("{% for 项 in 项们 %}") + body.replace("{{ 名 }}", "") + p("{% endfor %}")
    out = build(whole, parts).render({"项们": ["a@b.cn", "c@d.cn"]})
    assert part(out, RELS).count("mailto:") == 2
    assert len({piece.split('"')[0] for piece in part(out).split('r:id="')[1:]}) == 2
    none = build(whole, parts).render({"项们": []})
    assert "{{" not in part(none, RELS)


@pytest.mark.parametrize("value", ["file:///etc/passwd", "javascript:x", "https://a b.cn"])
def test_other_addresses_are_refused_with_the_place(value: str) -> None:
    body, parts = link("{{ 址 }}")
    with pytest.raises(Problems) as caught:
        build(body, parts).render({"址": value, "名": ""})
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.place.detail) == ("D561", "正文第1段「见{{ 名 }}」")


def test_a_block_in_an_address_is_refused() -> None:
    body, parts = link("https://a.cn/{% if 号 %}x{% endif %}")
    assert set(codes(body, parts)) == {"D525"}


# ---------------------------------------------------------------- fields


def field(code: str) -> str:
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


@pytest.mark.parametrize("code", ["TOC \\o", "SEQ 图", "PAGEREF _Toc1", "REF _Ref1"])
def test_what_word_keeps_is_worked_out_anew(code: str) -> None:
    assert part(build(field(code) + p("{{ 名 }}")).render({"名": "x"})).count('w:dirty="true"') == 1
    simple = f'<w:p><w:fldSimple w:instr="{code}"/></w:p>'
    assert 'w:dirty="true"' in part(build(simple + p("{{ 名 }}")).render({"名": "x"}))


def split_field(*codes: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    whole = f"<w:r><w:instrText> {''.join(codes)} </w:instrText></w:r>"
    return field("".join(codes)).replace(whole, runs)


@pytest.mark.parametrize("codes", [(" T", "OC ", "\\o"), (" ", "SE", "Q 图"), (" re", "f _Ref1")])
def test_a_code_that_word_has_cut_is_one_code(codes: tuple[str, ...]) -> None:
    out = part(build(split_field(*codes) + p("{{ 名 }}")).render({"名": "x"}))
    assert out.count('w:dirty="true"') == 1
    assert "".join(re.findall("<w:instrText[^>]*>([^<]*)", out)) == "".join(codes)


def test_a_tag_in_a_code_that_word_has_cut_is_refused() -> None:
    (fault,) = faults(split_field(' HYPERLINK "https://{', "{ 名 }", '}"'))
    assert (fault.code, fault.place.detail) == ("D525", "正文第1段「1」")


def test_page_numbers_are_left_alone() -> None:
    assert "dirty" not in part(build(field("PAGE") + p("{{ 名 }}")).render({"名": "x"}))


# ---------------------------------------------------------------- references


def target(name: str, text: str) -> str:
    return f'<w:p><w:bookmarkStart w:id="1" w:name="{name}"/><w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'


BLOCKS = [(p("{% if 有 %}"), p("{% endif %}")), (p("{% for 项 in 有 %}"), p("{% endfor %}"))]
ANCHOR = '<w:p><w:hyperlink w:anchor="_Ref1"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>'


@pytest.mark.parametrize(("opening", "closing"), BLOCKS, ids=["if", "for"])
@pytest.mark.parametrize(
    ("reference", "what"),
    [(field("REF _Ref1 \\h"), "交叉引用"), (field("PAGEREF _Ref1"), "交叉引用"), (ANCHOR, "链接")],
)
def test_a_reference_to_what_may_not_be_printed_is_told(
    reference: str, what: str, opening: str, closing: str
) -> None:
    (told,) = build(reference + opening + target("_Ref1", "甲") + closing).warnings
    assert told.code == "D556"
    assert told.place.detail == f"正文第1段「{'见' if what == '链接' else '1'}」"
    assert told.message.startswith(f"{what}指着「_Ref1」，那里在 {{% if %}} 或 {{% for %}} 里面")
    assert told.severity == "警告"
    obeyed = build(opening + reference + target("_Ref1", "甲") + closing)
    assert obeyed.warnings == ()


def test_a_reference_in_another_branch_is_told() -> None:
    body = BLOCKS[0][0] + target("_Ref1", "甲") + p("{% else %}") + ANCHOR + BLOCKS[0][1]
    assert [told.code for told in build(body).warnings] == ["D556"]


def test_references_to_what_is_always_there_and_contents_are_not_told() -> None:
    inside = BLOCKS[0][0] + ANCHOR + target("_Toc7", "题") + BLOCKS[0][1]
    contents = field("PAGEREF _Toc7")
    out = build(target("_Ref1", "甲") + inside + contents)
    assert out.warnings == ()
    assert part(out.render({"有": True})).count('w:dirty="true"') == 1


# ---------------------------------------------------------------- halves of fields

BEGIN, CODE, MIDDLE, END = (
    f"<w:r>{content}</w:r>"
    for content in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> TOC </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    )
)


def beside(text: str, before: str = "", after: str = "") -> str:
    return p(text).replace("<w:p>", f"<w:p>{before}").replace("</w:p>", f"{after}</w:p>")


@pytest.mark.parametrize(("opening", "closing"), BLOCKS, ids=["if", "for"])
def test_a_field_of_which_a_block_holds_a_half_is_refused(opening: str, closing: str) -> None:
    first, last = beside("一", BEGIN + CODE + MIDDLE), beside("二", after=END)
    (fault,) = faults(first + opening + last + closing)
    assert (fault.code, fault.place.detail) == ("D533", "正文第1段「一」")
    assert "域" in fault.message and fault.advice == "把整个域都移到里面，或都移到外面"
    (fault,) = faults(opening + first + closing + last)
    assert (fault.code, fault.place.detail) == ("D533", "正文第2段「一」")
    for whole in (opening + first + last + closing, first + opening + p("中") + closing + last):
        assert part(build(whole).render({"有": [1]})).count("fldChar ") == 3


def test_a_field_cut_by_a_condition_in_words_is_refused() -> None:
    words = [f"<w:r><w:t>{text}</w:t></w:r>" for text in ("{% if 有 %}", "甲{% endif %}")]
    (fault,) = faults(f"<w:p>{words[0]}{BEGIN}{CODE}{MIDDLE}{words[1]}{END}</w:p>")
    assert fault.code == "D533"
