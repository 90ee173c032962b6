"""Whatever the data hold or lack, the paper is a file that Word opens (`opens_in_word` in conftest.py looks at each one rendered here)."""

import itertools
import re

import ooxml_lint
import pytest
from engine_docx import W_NS, build, cell, p, part, row, table
from lxml import etree

from liangqing.base.diagnostics import Problems

NESTED = "<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>"
CELL_FOR, CELL_END = cell("{%tc for 项 in 单 %}"), cell("{%tc endfor %}")
ROW_FOR, ROW_END = row("{%tr for 项 in 单 %}"), row("{%tr endfor %}")
GROWING = f"<w:tr>{CELL_FOR}{cell('{{ 项 }}')}{CELL_END}</w:tr>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("body", "none", "two"),
    [
        (table(ROW_FOR, row("{{ 项 }}"), ROW_END), [], ["一", "二"]),
        (table(GROWING), [], ["一|二"]),
        (table(row("头"), GROWING), ["头"], ["头", "一|二"]),
        (table(ROW_FOR, GROWING, ROW_END), [], ["一|二", "一|二"]),
        (table(row(cell("头", NESTED.format(GROWING), ""))), ["头"], ["头", "一|二"]),
        (table(row(cell("{% if 单 %}", "文", "{% endif %}"))), [""], ["文"]),
        (table(row(cell("{{p 单 }}"))), [""], ["一/二"]),
        (table(control(ROW_FOR + row("{{ 项 }}") + ROW_END)), [], ["一", "二"]),
        (table(row("头"), control(ROW_FOR + row("{{ 项 }}") + ROW_END)), ["头"], ["头", "一", "二"]),
        (control(p("{% for 项 in 单 %}") + p("{{ 项 }}") + p("{% endfor %}")), [], ["一", "二"]),
        (table(row(cell(control(p("{{p 单 }}"))))), [""], ["一/二"]),
        (
            p("{% for 外 in [1, 2] %}") + table(ROW_FOR, row(cell(NESTED.format(GROWING), "尾")), ROW_END) + p("{% endfor %}"),
            [],
            ["一|二|尾"] * 4,
        ),
        (table(row(cell(NESTED.format(ROW_FOR + row(cell(NESTED.format(GROWING), "内")) + ROW_END), "外"))), ["外"], ["一|二|内"] * 2 + ["外"]),
    ],
    ids=range(13),
)  # fmt: skip
def test_nothing_is_left_without_what_it_must_hold(body: str, none: list[str], two: list[str]) -> None:
    template = build(p("首") + body)
    for values, expected in (([], none), (["一", "二"], two)):
        xml = part(template.render({"单": values}))
        assert not any("\U0010ff00" <= sign <= "\U0010ffff" for sign in xml)
        printed = "".join(re.findall("<w:t[ >].*?>?([^<>]*)</w:t>", xml))
        assert printed == "首" + "".join(expected).translate(dict.fromkeys(map(ord, "|/")))


def test_a_control_that_lost_all_it_held_goes() -> None:
    body = control(p("{% for 项 in 单 %}") + p("{{ 项 }}") + p("{% endfor %}"))
    assert "w:sdt" not in part(build(p("首") + body).render({"单": []}))
    assert part(build(p("首") + body).render({"单": ["一"]})).count("<w:sdt>") == 1


@pytest.mark.parametrize("number", [63, 64])
def test_no_more_columns_than_word_has(number: int) -> None:
    template = build(table(GROWING))
    values = {"单": [str(each) for each in range(number)]}
    if number <= 63:
        assert part(template.render(values)).count("<w:tc>") == number
        return
    with pytest.raises(Problems, match=r"D591.*64 列"):
        template.render(values, subject="函 1")


PERM = '<w:permStart w:id="3" w:edGrp="everyone"/>{}<w:permEnd w:id="3"/>'
SHAPE = f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="{ooxml_lint.WP[1:-1]}" id="4" name="图"/></w:drawing></w:r></w:p>'
MARKED = '<w:p><w:bookmarkStart w:id="5" w:name="名"/><w:r><w:t>{{ 项 }}</w:t></w:r><w:bookmarkEnd w:id="5"/></w:p>'
KINDS = {
    "perm": "<w:p>" + PERM.format("<w:r><w:t>{{ 项 }}</w:t></w:r>") + "</w:p>",
    "drawing": SHAPE,
    "bookmark": MARKED,
    "control": control(p("{{ 项 }}")),
    "paragraph": p("{{ 项 }}").replace(
        "<w:p>", f'<w:p xmlns:w14="{ooxml_lint.W14[1:-1]}" w14:paraId="12345678">'
    ),
}


@pytest.mark.parametrize("pair", list(itertools.product(KINDS, repeat=2)), ids="-".join)
def test_ids_of_every_kind_are_unique(pair: tuple[str, str]) -> None:
    inside = "".join(KINDS[kind] for kind in pair)
    body = inside.replace("{{ 项 }}", "外") + p("{% for 项 in 单 %}") + inside + p("{% endfor %}")
    out = part(build(body).render({"单": ["一", "二"]}))
    assert out.count("外") == out.count("一") == out.count("二") == 2 - pair.count("drawing")
    assert out.count("wp:docPr") == 3 * pair.count("drawing")


# ---------------------------------------------------------------- the rules themselves


def faults_of(xml: str) -> list[str]:
    space = f'xmlns:w="{W_NS}" xmlns:w14="{ooxml_lint.W14[1:-1]}"'
    root = etree.fromstring(f"<w:body {space}>{xml}</w:body>")
    return [*ooxml_lint.part_faults(root), *ooxml_lint.double_ids(root), *ooxml_lint.lost_notes(root)]


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        ("<w:tbl><w:tr/></w:tbl>", "tr 里没有 tc"),
        ("<w:tbl/>", "tbl 里没有 tr"),
        (f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 64}</w:tr></w:tbl>", "第 1 行占 64 列，Word 最多 63 列"),
        ('<w:p w14:paraId="1"/><w:p w14:paraId="1"/>', "段落编号 1 有 2 个"),
        ('<w:permStart w:id="1"/><w:permEnd w:id="1"/>' * 2, "权限区编号 1 有 2 个"),
        ('<w:footnoteReference w:id="2"/>', "脚注 2 没有内容"),
        ('<w:footnote w:id="2"/>' + '<w:footnoteReference w:id="2"/>' * 2, "脚注 2 被引用 2 次"),
        ('<w:comment w:id="2"/>' * 2, "批注编号 2 有 2 个"),
        ('<w:commentReference w:id="2"/>', "批注 2 没有内容"),
    ],
)
def test_the_rules_see_what_is_wrong(xml: str, fault: str) -> None:
    assert fault in faults_of(xml)


def test_the_rules_accuse_no_sound_document() -> None:
    assert (
        faults_of(table(row("甲")) + '<w:footnote w:id="2"/><w:p><w:footnoteReference w:id="2"/></w:p>') == []
    )
