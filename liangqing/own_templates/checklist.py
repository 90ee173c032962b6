"""监督检查清单 and 单位责任清单: the year's tasks, all or those of one unit, in one table on A4 landscape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liangqing.own_templates.markup import Element, control, paragraph, when
from liangqing.own_templates.measures import LANDSCAPE
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import annex_mark, full_stop
from liangqing.own_templates.tables import Cell, Column, form, listing

WIDTH = LANDSCAPE.text_width
# What stands in each column of both lists; the shares of the width differ.
CELLS = {
    "序号": ("{{ 任务.序号 }}", "表格居中"),
    "监督内容": ("{% vm %}{{ 项.监督内容 }}", "表格文字"),
    "具体任务": ("{{ 任务.具体任务 }}", "表格文字"),
    "责任主体": ("{{ 任务.责任主体 }}", "表格居中"),
    "监督方式": ("{{ 任务.监督方式 }}", "表格居中"),
    "完成时限": ("{{ 任务.完成时限 }}", "表格居中"),
    "佐证材料": ("{{ 任务.佐证材料 }}", "表格文字"),
    "备注": ("{{ 任务.备注 }}", "表格文字"),
}
OF_YEAR = {
    "序号": 11,
    "监督内容": 24,
    "具体任务": 52,
    "责任主体": 36,
    "监督方式": 28,
    "完成时限": 32,
    "佐证材料": 25,
    "备注": 17,
}
OF_UNIT = {
    "序号": 10,
    "监督内容": 21,
    "具体任务": 69,
    "监督方式": 36,
    "完成时限": 32,
    "佐证材料": 32,
    "备注": 25,
}
DRAFT = "清单.阶段 == '征求意见稿'"


def checklist() -> bytes:
    """监督检查清单.docx"""
    deadline = (
        "{% if 清单.征求意见截止 %}请于{{ 清单.征求意见截止 }}前反馈书面意见，没有意见的也请反馈。{% endif %}"
    )
    body = [
        *when("文号", annex_mark()),
        paragraph("表格标题", "{{ 清单.标题 }}"),
        *_draft_mark(),
        paragraph("表前说明", "依据{{ 清单.依据 | 书名号 }}，制定本清单，共{{ 清单.任务数 }}项任务。"),
        *_tasks("清单.内容", OF_YEAR),
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
    return pack(Section(LANDSCAPE, body, *numbered(LANDSCAPE)))


def unit_checklist() -> bytes:
    """单位责任清单.docx"""
    body = [
        paragraph("表格标题", "{{ 单位.名称 }}\n{{ 年度 }}年度责任清单"),
        *_draft_mark(),
        paragraph("表前说明", "依据《{{ 清单.标题 }}》制定，共{{ 单位.任务数 }}项任务。"),
        *_tasks("单位.内容", OF_UNIT),
        _receipt(),
        paragraph("细行"),
    ]
    return pack(Section(LANDSCAPE, body, *numbered(LANDSCAPE)))


def _draft_mark() -> Iterator[Element]:
    yield from when(DRAFT, paragraph("表前居中", "（征求意见稿）"))


def _tasks(groups: str, sizes: Mapping[str, float]) -> Iterator[Element]:
    columns = [Column(head, share, *CELLS[head]) for head, share in sizes.items()]
    yield paragraph("表间距")
    yield listing(WIDTH, columns, f"项 in {groups}", "任务 in 项.任务")
    yield paragraph("表间距")


def _receipt() -> Element:
    """From whom, and who took it: written by hand on the copy that comes back."""
    cells = (
        *(Cell("发出单位", "表头"), Cell("{{ 机构.全称 }}")),
        *(Cell("签收单位", "表头"), Cell("", "签字区文字")),
        *(Cell("签收人", "表头"), Cell("", "签字区文字")),
        *(Cell("签收日期", "表头"), Cell("　　　年　　月　　日", "签字区文字")),
    )
    return form(WIDTH, (20, 43, 20, 40, 16, 25, 20, 41), (cells,))
