"""Properties go where the schema has them, whatever stands there already; styles that run in a circle end."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from liangqing.base.docx_zip import W
from liangqing.base.word_styles import Styles, merged
from liangqing.base.wordprocessingml import (
    CELL_ORDER,
    PARAGRAPH_ORDER,
    RUN_ORDER,
    SECTION_ORDER,
    is_on,
    local,
    properties_of,
    put,
    rows_or_cells,
    value_of,
)

OPEN = f'xmlns:w="{W[1:-1]}"'
CIRCLE = (
    f'<w:styles {OPEN}><w:style w:type="paragraph" w:default="1" w:styleId="甲"><w:basedOn w:val="乙"/><w:rPr>'
    '<w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr></w:style><w:style w:styleId="乙"><w:name w:val="乙名"/>'
    '<w:basedOn w:val="甲"/><w:rPr><w:rFonts w:eastAsia="黑体" w:ascii="Arial"/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize("order", [PARAGRAPH_ORDER, RUN_ORDER, CELL_ORDER, SECTION_ORDER])
def test_a_property_stands_where_the_schema_has_it(order: list[str]) -> None:
    assert len(set(order)) == len(order)
    for seed in range(5):
        names = random.Random(seed).sample(order, len(order))
        properties = etree.Element(f"{W}x")
        made = {name: put(properties, name, order) for name in names}
        assert [local(child.tag) for child in properties] == order
        assert all(put(properties, name, order) is element for name, element in made.items())


def test_what_no_schema_knows_stays_where_it_is() -> None:
    properties = etree.fromstring(f'<w:rPr {OPEN}><w:b/><w:ours/><w:sz w:val="32"/></w:rPr>')
    put(properties, "rFonts", RUN_ORDER)
    put(properties, "color", RUN_ORDER)
    assert [local(child.tag) for child in properties] == ["rFonts", "b", "ours", "color", "sz"]


def test_a_property_element_is_the_first_child() -> None:
    paragraph = etree.fromstring(f"<w:p {OPEN}><w:r/></w:p>")
    made = properties_of(paragraph, "pPr")
    assert paragraph[0] is made and properties_of(paragraph, "pPr") is made


def test_values_and_switches() -> None:
    paragraph = etree.fromstring(f'<w:p {OPEN}><w:pPr><w:pStyle w:val="甲"/><w:b/></w:pPr></w:p>')
    assert value_of(paragraph, "pPr/pStyle") == "甲"
    assert value_of(paragraph, "pPr/b") == value_of(paragraph, "rPr/b") == value_of(None, "pPr") == ""
    assert [is_on(value) for value in (None, "1", "true", "on", "0", "False", "off")] == [True] * 4 + [
        False
    ] * 3


def test_cells_are_found_in_controls_but_not_in_tables_inside() -> None:
    row = etree.fromstring(
        f'<w:tr {OPEN}><w:tc w:n="1"><w:tbl><w:tr><w:tc w:n="inner"/></w:tr></w:tbl></w:tc>'
        '<w:sdt><w:sdtContent><w:tc w:n="2"/></w:sdtContent></w:sdt><w:ins><w:tc w:n="3"/></w:ins></w:tr>'
    )
    assert [cell.get(f"{W}n") for cell in rows_or_cells(row, f"{W}tc")] == ["1", "2", "3"]


def test_styles_that_rest_on_each_other_end_and_the_nearer_wins() -> None:
    styles = Styles(etree.fromstring(CIRCLE))
    assert [style.get(f"{W}styleId") for style in styles.chain("甲")] == ["乙", "甲"]
    assert (styles.default("paragraph"), styles.name("乙"), "丙" in styles) == ("甲", "乙名", False)
    fonts = {"ascii": "Arial", "eastAsiaTheme": "minorEastAsia"}
    assert styles.run_properties("甲", "", "")["rFonts"] == fonts
    direct = etree.fromstring(f'<w:rPr {OPEN}><w:rFonts w:eastAsia="楷体"/></w:rPr>')
    found = merged([direct], styles.run_properties("甲", "", ""))
    assert found["rFonts"] == {"ascii": "Arial", "eastAsia": "楷体"}
