"""What stands beside a tag that alone holds its paragraph: it stays, on its side of the tag, or is named."""

from __future__ import annotations

import pytest
from engine_docx import build, faults, part, rendered, row, table
from engine_docx import p as paragraph

PAGE = '<w:r><w:br w:type="page"/></w:r>'
COLUMN = '<w:r><w:br w:type="column"/></w:r>'
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FLOATING = (
    f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}"><wp:docPr id="1" name="章"/></wp:anchor></w:drawing></w:r>'
)
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph('框')}</w:txbxContent></w:pict></w:r>"
EQUATION = f'<m:oMath xmlns:m="{M}"><m:r><m:t>x=1</m:t></m:r></m:oMath>'
UNDERLINED = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">        </w:t></w:r>'
SECTION = '<w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>'
KEPT = {
    "page break": (PAGE, 'type="page"'),
    "column break": (COLUMN, 'type="column"'),
    "anchored picture": (FLOATING, "<wp:anchor"),
    "text box": (BOX, "框"),
    "equation": (EQUATION, "x=1"),
    "underlined blanks": (UNDERLINED, '"single"'),
}


def tag(text: str, before: str = "", after: str = "", properties: str = "") -> str:
    return f"<w:p>{properties}{before}<w:r><w:t>{text}</w:t></w:r>{after}</w:p>"


def order(body: str, sign: str, **values: object) -> str:
    """`·` for a paragraph's text, `#` for the thing, in the order in which they come out."""
    out = part(build(body).render(values)).partition("<w:body>")[2]
    for word in ("甲", "乙", "尾"):
        out = out.replace(f">{word}<", f">@{word}@<")
    pieces = out.replace(sign, "@#@").split("@")
    return "".join(piece for piece in pieces if piece in ("甲", "乙", "尾", "#"))


LOOP = {"项们": ["甲", "乙"]}


@pytest.mark.parametrize("name", KEPT)
def test_after_the_opening_it_comes_with_each_turn(name: str) -> None:
    thing, sign = KEPT[name]
    body = (
        tag("{% for 项 in 项们 %}", after=thing)
        + paragraph("{{ 项 }}")
        + tag("{% endfor %}")
        + paragraph("尾")
    )
    assert order(body, sign, **LOOP) == "#甲#乙尾"


@pytest.mark.parametrize("name", KEPT)
def test_before_the_opening_it_comes_once(name: str) -> None:
    thing, sign = KEPT[name]
    body = tag("{% for 项 in 项们 %}", thing) + paragraph("{{ 项 }}") + tag("{% endfor %}") + paragraph("尾")
    assert order(body, sign, **LOOP) == "#甲乙尾"
    assert order(body, sign, 项们=[]) == "#尾"


@pytest.mark.parametrize("name", KEPT)
def test_before_the_closing_it_comes_with_each_turn(name: str) -> None:
    thing, sign = KEPT[name]
    body = (
        tag("{%p for 项 in 项们 %}") + paragraph("{{ 项 }}") + tag("{%p endfor %}", thing) + paragraph("尾")
    )
    assert order(body, sign, **LOOP) == "甲#乙#尾"


@pytest.mark.parametrize("name", KEPT)
def test_after_the_closing_it_comes_once(name: str) -> None:
    thing, sign = KEPT[name]
    body = (
        tag("{% for 项 in 项们 %}")
        + paragraph("{{ 项 }}")
        + tag("{% endfor %}", after=thing)
        + paragraph("尾")
    )
    assert order(body, sign, **LOOP) == "甲乙#尾"


@pytest.mark.parametrize("name", KEPT)
def test_beside_paragraphs_that_are_put_in(name: str) -> None:
    thing, sign = KEPT[name]
    assert order(tag("{{p 项们 }}", thing) + paragraph("尾"), sign, **LOOP) == "#甲乙尾"
    assert order(tag("{{p 项们 }}", after=thing) + paragraph("尾"), sign, **LOOP) == "甲乙#尾"


def test_a_section_ends_outside_the_block() -> None:
    opening = tag("{% for 项 in 项们 %}", properties=SECTION) + paragraph("{{ 项 }}") + tag("{% endfor %}")
    closing = tag("{% for 项 in 项们 %}") + paragraph("{{ 项 }}") + tag("{% endfor %}", properties=SECTION)
    assert order(opening + paragraph("尾"), '"nextPage"', **LOOP) == "#甲乙尾"
    assert order(closing + paragraph("尾"), '"nextPage"', **LOOP) == "甲乙#尾"
    assert order(closing + paragraph("尾"), '"nextPage"', 项们=[]) == "#尾"
    assert order(tag("{{p 项们 }}", properties=SECTION) + paragraph("尾"), '"nextPage"', **LOOP) == "甲乙#尾"


def test_a_tag_alone_leaves_no_line() -> None:
    body = tag("{% for 项 in 项们 %}") + paragraph("{{ 项 }}") + tag("{% endfor %}")
    assert rendered(body, **LOOP) == ["甲", "乙"]


def test_a_tag_and_the_break_in_one_run() -> None:
    run = '<w:p><w:r><w:t>{% for 项 in 项们 %}</w:t><w:br w:type="page"/></w:r></w:p>'
    body = run + paragraph("{{ 项 }}") + tag("{% endfor %}") + paragraph("尾")
    assert order(body, 'type="page"', **LOOP) == "#甲#乙尾"


def test_the_paragraph_keeps_its_form_beside_the_tag() -> None:
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    body = tag("{% if 项们 %}", PAGE, properties=centred) + paragraph("甲") + tag("{% endif %}")
    assert f"<w:p>{centred}{PAGE}</w:p>" in part(build(body).render(LOOP))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("<w:r><w:t>合计</w:t></w:r>", "「合计」"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "脚注"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "域"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "符号"),
    ],
)
def test_what_must_be_refused_is_named(thing: str, said: str) -> None:
    body = tag("{% for 项 in 项们 %}", thing) + paragraph("{{ 项 }}") + tag("{% endfor %}")
    (fault,) = faults(body)
    assert (fault.code, fault.place.detail[:5]) == ("D534", "正文第1段")
    assert said in fault.message


def test_a_section_break_at_a_middle_is_named() -> None:
    body = tag("{% if 项们 %}") + paragraph("甲") + tag("{% else %}", properties=SECTION) + tag("{% endif %}")
    (fault,) = faults(body)
    assert fault.code == "D534"
    assert "分节符" in fault.message


def test_a_row_that_goes_names_what_stands_in_it() -> None:
    body = table(
        row("{%tr for 项 in 项们 %}", f"<w:tc><w:tcPr/><w:p>{PAGE}</w:p></w:tc>"),
        row("{{ 项 }}", ""),
        row("{%tr endfor %}", ""),
    )
    (fault,) = faults(body)
    assert "分页符" in fault.message
