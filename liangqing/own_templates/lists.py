"""三张清单: the findings of one unit, seen three ways: what is wrong, what is to be done, who does it by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liangqing.own_templates.markup import Element, on, paragraph
from liangqing.own_templates.measures import LANDSCAPE
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import demand_cell
from liangqing.own_templates.tables import Column, listing, or_dash

WIDTH = LANDSCAPE.text_width
NOTE = "整改时限是签字确认的时限，现时限是经批准延期以后的时限。没有登记的写“—”。"
NUMBER = Column("序号", 11, "{{ loop.index }}", "表格居中")
CODE = Column("编号", 25, "{{ 问题.编号 }}", "表格居中")
FINDINGS = (
    *(NUMBER, CODE),
    Column("问题", 42, "{{ 问题.名称 | 去句号 }}"),
    Column("事实", 74, "{{ 问题.事实 }}"),
    Column("依据", 45, or_dash("问题.依据")),
    Column("发现于", 36, "{{ 问题.检查.名称 }}（{{ 问题.发现日期 }}）"),
)
TASKS = (
    *(NUMBER, CODE),
    Column("问题", 42, "{{ 问题.名称 | 去句号 }}"),
    Column("整改类别", 20, or_dash("问题.整改类别"), "表格居中"),
    Column("整改目标", 40, or_dash("问题.整改目标")),
    Column("整改要求", 45, demand_cell),
    Column("整改措施", 50, or_dash("问题.整改措施", "{{ 问题.整改措施 | 分号 }}。")),
)
DUTIES = (
    *(NUMBER, CODE),
    Column("问题", 42, "{{ 问题.名称 | 去句号 }}"),
    Column("责任部门", 26, or_dash("问题.责任部门"), "表格居中"),
    Column("责任领导", 22, or_dash("问题.责任领导"), "表格居中"),
    Column("责任人", 28, or_dash("问题.责任人"), "表格居中"),
    Column("整改时限", 32, or_dash("问题.整改时限"), "表格居中"),
    Column("现时限", 32, or_dash("问题.现时限"), "表格居中"),
    Column("状态", 22, "{{ 问题.状态 }}{% if 问题.逾期天数 %}{{ 问题.逾期天数 }}天{% endif %}", "表格居中"),
)


def three_lists() -> bytes:
    """三张清单.docx"""
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("表前说明", "统计截止日期：{{ 截止日期 }}。三张清单列的是同一批问题，编号相同。"),
        *_list("问题清单", FINDINGS),
        *_list("任务清单", TASKS),
        *_list("责任清单", DUTIES, last=True),
        paragraph("表注", NOTE, properties=[on("keepNext")]),
        paragraph("表后署名", "{{ 机构.全称 }}"),
    ]
    return pack(Section(LANDSCAPE, body, *numbered(LANDSCAPE)))


def _list(name: str, columns: Sequence[Column], *, last: bool = False) -> Iterator[Element]:
    """A table under its name; the last stays on one page with the note and the signature under it."""
    yield paragraph("表名", name)
    yield listing(WIDTH, columns, "问题 in 问题清单", together=last)
    yield paragraph("表间距", properties=[on("keepNext")] if last else ())
