"""意见采纳情况表: every opinion on the draft checklist, what became of it, and who said nothing."""

from __future__ import annotations

from liangqing.own_templates.markup import either, paragraph, when
from liangqing.own_templates.measures import LANDSCAPE
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.tables import Column, listing, or_dash

COLUMNS = (
    Column("序号", 11, "{{ loop.index }}", "表格居中"),
    Column("反馈单位", 32, "{{ 项.单位.简称 }}", "表格居中"),
    Column(
        "任务",
        60,
        "{% if 项.任务 %}{{ 项.任务.序号 }}.{{ 项.任务.具体任务 }}{% else %}清单整体{% endif %}",
    ),
    Column("意见", 50, or_dash("项.意见")),
    Column("是否采纳", 21, or_dash("项.处理"), "表格居中"),
    Column("理由", 51, "{{ 项.理由 or '—' }}"),
)
COUNTED = (
    "共征求{{ 征求意见.单位数 }}家（未反馈{{ 征求意见.未反馈数 }}家），收到意见{{ 征求意见.意见数 }}条，"
    "采纳{{ 征求意见.采纳数 }}条、部分采纳{{ 征求意见.部分采纳数 }}条、未采纳{{ 征求意见.未采纳数 }}条"
    "{% if 征求意见.未处理数 %}、尚未处理{{ 征求意见.未处理数 }}条{% endif %}。"
)


def opinions() -> bytes:
    """意见采纳情况表.docx"""
    rows = [
        paragraph("表间距"),
        listing(LANDSCAPE.text_width, COLUMNS, "项 in 征求意见.明细"),
        paragraph("表间距"),
    ]
    body = [
        paragraph("表格标题", "{{ 年度 }}年度监督检查清单\n意见采纳情况表"),
        paragraph("表前说明", "就《{{ 清单.标题 }}》征求意见，各单位反馈的意见和采纳情况如下。"),
        *either("征求意见.明细", rows, [paragraph("表后说明", "没有单位提出意见。")]),
        paragraph("表后说明", COUNTED),
        *when("征求意见.无意见单位", paragraph("表后说明", "反馈无意见的单位：{{ 征求意见.无意见单位 }}。")),
        *when("征求意见.未反馈单位", paragraph("表后说明", "没有反馈的单位：{{ 征求意见.未反馈单位 }}。")),
        *when(
            "清单.修改",
            paragraph("表后说明", "征求意见稿修改的地方：{{ 清单.修改 | 分号 }}。"),
        ),
        paragraph("表后署名", "{{ 机构.全称 }}"),
    ]
    return pack(Section(LANDSCAPE, body, *numbered(LANDSCAPE)))
