"""约谈通知书, and 约谈记录 of what was then said, with room to write by hand."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, each, on, paragraph, when
from liangqing.own_templates.measures import FORM
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.parts import annex_note, contact_note, full_stop, signature, title_block
from liangqing.own_templates.reminders import cases, listed
from liangqing.own_templates.tables import Cell, form

WHEN = "{{ 文书.时间 or '　　　年　　月　　日　　时' }}"
WHERE = "{{ 文书.地点 or '　　　　　　　　　　' }}"
POST = "{{ 文书.对象职务 or '主要负责人' }}"


def notice() -> Iterator[Element]:
    """约谈通知书 from its title to its note."""
    yield from title_block()
    yield paragraph("主送机关", "{{ 文书.主送 }}：")
    yield paragraph(
        "公文正文", "{{ 机构.简称 }}决定就{{ 文书.事由 | 去句号 }}进行约谈。现将有关事项通知如下："
    )
    yield paragraph("一级标题", "一、约谈对象")
    yield paragraph("公文正文", f"{{{{ 文书.单位名称 }}}}（{POST}）。")
    yield paragraph("一级标题", "二、时间和地点")
    yield paragraph("公文正文", f"时间：{WHEN}")
    yield paragraph("公文正文", f"地点：{WHERE}")
    yield from when("文书.约谈人", paragraph("公文正文", "约谈人：{{ 文书.约谈人 }}。"))
    yield from when("文书.问题", paragraph("一级标题", "三、约谈涉及的问题"), *cases())
    yield from when(
        "文书.要求",
        paragraph("一级标题", "{{ '四' if 文书.问题 else '三' }}、有关要求"),
        *listed("文书.要求", closing=True),
    )
    yield paragraph("结束语", "特此通知。")
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def record() -> bytes:
    """约谈记录.docx"""
    rows = (
        (_label("约谈对象"), Cell(f"{{{{ 文书.单位名称 }}}}（{POST}）", span=3)),
        (_label("约谈时间"), Cell(WHEN), _label("约谈地点"), Cell(WHERE)),
        (
            _label("约谈人"),
            Cell("{{ 文书.约谈人 or '' }}"),
            _label("记录人"),
            Cell("{{ 文书.记录人 or '' }}"),
        ),
        (_label("事　　由"), Cell("{{ 文书.事由 | 去句号 }}", span=3)),
        (_label("涉及的问题"), Cell(_findings, span=3)),
        (_label("约谈要求"), Cell(_demands, span=3)),
        (_label("约谈对象\n说明情况"), Cell(_lines, span=3)),
        (_label("约谈对象\n表态"), Cell(_lines, span=3)),
        (Cell(_subject, span=2, align="bottom"), Cell(_group, span=2, align="bottom")),
    )
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", "说明和表态由记录人当场记录，约谈对象核对后签名；签名和日期须本人手写。"),
        paragraph("表间距"),
        form(FORM.text_width, (26, 52, 24, 54), rows),
        paragraph("细行"),
    ]
    return pack(Section(FORM, body, *page_of_pages("约谈记录 {{ 文书.编号 }}")))


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _findings() -> Iterator[Element]:
    late = "{% if 问题.逾期天数 %}，已逾期{{ 问题.逾期天数 }}天{% endif %}"
    text = (
        f"{{{{ loop.index }}}}. {{{{ 问题.名称 | 去句号 }}}}（{{{{ 问题.编号 }}}}"
        f"{{% if 问题.文号 %}}，{{{{ 问题.文号 }}}}{{% endif %}}，{{{{ 问题.状态 }}}}{late}）"
    )
    yield from each("问题 in 文书.问题", paragraph("表格文字", text))
    yield from when("not 文书.问题", paragraph("表格文字", "—"))


def _demands() -> Iterator[Element]:
    yield from each("句 in 文书.要求", paragraph("表格文字", f"{{{{ loop.index }}}}. {full_stop('句')}"))
    for _ in range(2):
        yield paragraph("意见线", "\t")
    yield paragraph("表间距", properties=[on("keepNext")])


def _lines() -> Iterator[Element]:
    for _ in range(4):
        yield paragraph("意见线", "\t")
    yield paragraph("表间距", properties=[on("keepNext")])


def _subject() -> Iterator[Element]:
    yield paragraph("签字线", "约谈对象：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")


def _group() -> Iterator[Element]:
    yield paragraph("签字线", "约谈人：\t")
    yield paragraph("签字线", "记录人：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")
