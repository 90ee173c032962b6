"""挂图作战图: projects, goals, duties and limits on a sheet of A3, with bars of shaded cells that Word can change."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, control, each, paragraph, when
from liangqing.own_templates.measures import LANDSCAPE_A3
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.tables import Column, listing

WIDTH = LANDSCAPE_A3.text_width
MONTH = 8.6  # mm, of one month; what is left of BARS goes to the cells that only hold the loop
BARS = 112.0
SHADE = "{% cellbg 'F4B183' if 格.类 == '逾期' else ('C6E0B4' if 格.类 == '完成' else ('DDEBF7' if 格.类 == '工期' else 'auto')) %}"
LEGEND = (
    "图例：有底色的月份是工期，◆ 是已完成的里程碑，◇ 是未完成的里程碑，"
    "“逾”是超过完成时限的月份，“完”是完成的月份，▼ 是统计截止日期所在的月份。逾期天数按自然日算。"
)


def chart() -> bytes:
    """挂图作战图.docx"""
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph(
            "表前居中",
            "统计截止日期：{{ 截止日期 }}　共{{ 作战图.项目数 }}个项目：{{ 作战图.合计 }}",
        ),
        paragraph("表间距"),
        listing(WIDTH, _columns(), "来源 in 作战图.来源", "项 in 来源.项目"),
        paragraph("表间距"),
        paragraph("表注", LEGEND),
        paragraph(
            "表注",
            "按来源合计：{% for 来源 in 作战图.来源 %}{{ 来源.来源 }}{{ 来源.项目数 }}个"
            "（{{ 来源.合计 }}）{% if not loop.last %}；{% endif %}{% endfor %}。",
        ),
        paragraph("表后署名", "{{ 机构.全称 }}"),
    ]
    return pack(Section(LANDSCAPE_A3, body, *numbered()))


def _columns() -> tuple[Column, ...]:
    beside = (BARS - MONTH) / 2
    return (
        Column("来源", 18, "{% vm %}{{ 来源.来源 }}", "表格居中"),
        Column("项目", 31, "{{ 项.项目 }}"),
        Column("目标", 33, "{{ 项.目标 }}"),
        Column("责任", 38, _duty),
        Column("时限", 30, "{{ 项.开始日期 }}\n至\n{{ 项.完成时限 }}", "表格居中"),
        Column("{%tc for 月 in 作战图.月份 %}", beside, "{%tc for 格 in 项.工期 %}"),
        Column(_month, MONTH, f"{SHADE}{{{{ 格.字 }}}}", "图格文字"),
        Column("{%tc endfor %}", beside, "{%tc endfor %}"),
        Column("里程碑", 39, lambda: each("句 in 项.里程碑", paragraph("表格文字", "{{ 句 }}"))),
        Column("状态", 20, _state, "表格居中"),
        Column("进展", 27, "{{ 项.进展 }}"),
    )


def _duty() -> Iterator[Element]:
    yield paragraph("表格文字", "{{ 项.责任单位 }}")
    yield from when("项.配合单位", paragraph("表格文字", "配合：{{ 项.配合单位 }}"))
    yield from when("项.责任人", paragraph("表格文字", "责任人：{{ 项.责任人 }}"))


def _month() -> Iterator[Element]:
    yield from when("月.年首", paragraph("图格文字", "{{ 月.年 }}"))
    yield paragraph("图格文字", "{{ 月.月 }}月")
    yield from when("月.截止", paragraph("图格文字", "▼"))


def _state() -> Iterator[Element]:
    yield paragraph("表格居中", "{{ 项.状态 }}")
    yield control("{% if 项.逾期 %}")
    yield paragraph("表格居中", "逾期{{ 项.逾期天数 }}天")
    yield control("{% elif 项.逾期天数 %}")
    yield paragraph("表格居中", "超时限{{ 项.逾期天数 }}天")
    yield control("{% endif %}")
