"""发文稿纸: the sheet that goes round with a draft before it takes its number."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, on, paragraph
from liangqing.own_templates.measures import FORM
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.tables import Cell, form, or_dash

BLANK_DATE = "　　　　年　　月　　日"


def cover() -> bytes:
    """发文稿纸.docx"""
    rows = (
        (_signed("签　　发", 2), _signed("会　　签", 2)),
        (_signed("核　　稿", 2), _signed("拟　　稿", 2)),
        (_label("标　　题"), Cell("{{ 稿件.标题 }}", span=3)),
        (_label("文　　种"), Cell("{{ 稿件.文种 }}"), _label("文　　号"), Cell("{{ 稿件.文号 }}")),
        (_label("主　　送"), Cell(or_dash("稿件.主送"), span=3)),
        (_label("抄　　送"), Cell(or_dash("稿件.抄送", "{{ 稿件.抄送 | 顿号 }}"), span=3)),
        (_label("附　　件"), Cell(or_dash("稿件.附件", "{{ 稿件.附件 | 顿号 }}"), span=3)),
        (_label("份　　数"), Cell("{{ 稿件.份数 }}"), _label("成文日期"), Cell("{{ 稿件.成文日期 }}")),
        (_label("备　　注"), Cell(_room, span=3)),
    )
    body = [
        paragraph("表格标题", "{{ 机构.全称 }}\n发文稿纸"),
        paragraph("表间距"),
        form(FORM.text_width, (26, 52, 26, 52), rows),
        paragraph("填表说明", "签发、核稿、会签、拟稿由本人手写签名和日期；文号在印发时由程序编。"),
    ]
    return pack(Section(FORM, body, *page_of_pages("发文稿纸 {{ 稿件.文种 }} {{ 稿件.编号 }}")))


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _signed(who: str, span: int) -> Cell:
    def content() -> Iterator[Element]:
        yield paragraph("签字区标题", who)
        yield paragraph("签字线", "\t")
        yield paragraph("签字日期", BLANK_DATE)

    return Cell(content, span=span, align="bottom")


def _room() -> Iterator[Element]:
    yield paragraph("意见线", "\t")
    yield paragraph("意见线", "\t")
    yield paragraph("表间距", properties=[on("keepNext")])
