"""Tags in equations and in addresses of links; contents and captions that Word works out anew."""

from __future__ import annotations

import pytest
from engine_docx import OFFICE, XML, build, codes, p, part

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


def test_page_numbers_are_left_alone() -> None:
    assert "dirty" not in part(build(field("PAGE") + p("{{ 名 }}")).render({"名": "x"}))
