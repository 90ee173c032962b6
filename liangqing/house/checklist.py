"""监督检查清单: the year's tasks in one table on A4 landscape."""

from __future__ import annotations

from liangqing.house.markup import control, paragraph, when
from liangqing.house.measures import LANDSCAPE
from liangqing.house.package import Section, pack
from liangqing.house.page import numbered
from liangqing.house.parts import full_stop
from liangqing.house.tables import Column, listing

COLUMNS = (
    Column("序号", 11, "{{ 任务.序号 }}", "表格居中"),
    Column("监督内容", 24, "{% vm %}{{ 项.监督内容 }}"),
    Column("具体任务", 52, "{{ 任务.具体任务 }}"),
    Column("责任主体", 36, "{{ 任务.责任主体 }}", "表格居中"),
    Column("监督方式", 28, "{{ 任务.监督方式 }}", "表格居中"),
    Column("完成时限", 32, "{{ 任务.完成时限 }}", "表格居中"),
    Column("佐证材料", 25, "{{ 任务.佐证材料 }}"),
    Column("备注", 17, "{{ 任务.备注 }}"),
)
DRAFT = "清单.阶段 == '征求意见稿'"


def checklist() -> bytes:
    """监督检查清单.docx"""
    deadline = (
        "{% if 清单.征求意见截止 %}请于{{ 清单.征求意见截止 }}前反馈书面意见，没有意见的也请反馈。{% endif %}"
    )
    body = [
        paragraph("表格标题", "{{ 清单.标题 }}"),
        *when(DRAFT, paragraph("表前居中", "（征求意见稿）")),
        paragraph("表前说明", "依据{{ 清单.依据 | 书名号 }}，制定本清单，共{{ 清单.任务数 }}项任务。"),
        paragraph("表间距"),
        listing(LANDSCAPE.text_width, COLUMNS, "项 in 清单.内容", "任务 in 项.任务"),
        paragraph("表间距"),
        *when(
            "清单.印发要求",
            paragraph("表后说明", "有关要求："),
            control("{% for 要求 in 清单.印发要求 %}"),
            paragraph("表后说明", f"{{{{ loop.index }}}}.{full_stop('要求')}"),
            control("{% endfor %}"),
        ),
        *when(DRAFT, paragraph("表后说明", deadline)),
        paragraph("表后署名", "{{ 机构.全称 }}"),
    ]
    return pack(Section(LANDSCAPE, body, *numbered()))
