"""单位清欠单: on one page, what a unit still owes."""

from __future__ import annotations

from liangqing.own_templates.markup import either, paragraph
from liangqing.own_templates.measures import FORM
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.parts import contact_note
from liangqing.own_templates.tables import Column, listing, or_dash

COLUMNS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("类别", 28, "{{ 项.类别 }}", "表格居中"),
    Column("事项", 62, "{{ 项.事项 | 去句号 }}"),
    Column("期限", 32, or_dash("项.期限"), "表格居中"),
    Column("余天", 22, "{{ 项.余天 }}", "表格居中"),
)


def owed() -> bytes:
    """单位清欠单.docx"""
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("表前说明", "截至{{ 截止日期 }}，{{ 单位.名称 }}尚有下列事项没有完成或者没有报送。"),
        paragraph("表间距"),
        *either(
            "单位.欠项",
            [listing(FORM.text_width, COLUMNS, "项 in 单位.欠项")],
            [paragraph("表后说明", "没有尚未完成或者尚未报送的事项。")],
        ),
        paragraph("表间距"),
        paragraph("表后署名", "{{ 机构.全称 }}"),
        paragraph("表后署名", "{{ 截止日期 }}"),
        *contact_note(),
    ]
    return pack(Section(FORM, body, *page_of_pages("{{ 单位.简称 }}清欠单")))
