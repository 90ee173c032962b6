"""双签字确认表: two sides confirm by hand the responsibility and the time limit of each finding."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, either, on, paragraph, when
from liangqing.own_templates.measures import FORM
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.parts import demand_cell
from liangqing.own_templates.tables import Cell, Column, form, listing, or_dash

WIDTH = FORM.text_width
COPIES = "{% if 选项.一式份数 == 2 %}两{% else %}{{ 选项.一式份数 | 汉字 }}{% endif %}"
HELP = (
    "本表的双签字，是被检查单位党组织负责人和纪检监察组负责人共同确认整改责任和整改时限，"
    "不是领导干部廉洁自律意见的双签字。签名和日期须本人手写。"
)
COLUMNS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("问题", 38, "{{ 问题.名称 | 去句号 }}"),
    Column("整改要求", 50, demand_cell),
    Column("责任人", 24, or_dash("问题.责任人"), "表格居中"),
    Column("整改时限", 32, or_dash("问题.整改时限"), "表格居中"),
)


def signoff() -> bytes:
    """双签字确认表.docx"""
    foot = f"内容码 {{{{ 检查单位.内容码 }}}}　本表一式{COPIES}份"
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", HELP),
        paragraph("表间距"),
        _about(),
        paragraph("表间距"),
        *either(
            "检查单位.问题",
            [listing(WIDTH, COLUMNS, "问题 in 检查单位.问题")],
            [paragraph("表后说明", "本次检查未发现问题，没有需要确认的整改责任和整改时限。")],
        ),
        paragraph("表间距"),
        _signatures(),
        paragraph("细行"),
    ]
    return pack(Section(FORM, body, *page_of_pages(foot)))


def _about() -> Element:
    meeting = "检查单位.反馈会"
    place = f"{{% if {meeting}.地点 %}}，{{{{ {meeting}.地点 }}}}{{% endif %}}"
    held = f"{{% if {meeting} %}}{{{{ {meeting}.日期 }}}}{place}{{% else %}}—{{% endif %}}"
    return form(
        WIDTH,
        (26, 66, 24, 40),
        (
            (_label("被检查单位"), Cell("{{ 单位.名称 }}", span=3)),
            (_label("检查名称"), Cell("{{ 检查.名称 }}"), _label("检查编号"), Cell("{{ 检查.编号 }}")),
            (_label("检查时间"), Cell("{{ 检查.时间 }}"), _label("检查类型"), Cell("{{ 检查.类型 }}")),
            (_label("反馈会"), Cell(held, span=3)),
            (_label("主持人"), _of_meeting("主持人"), _label("记录人"), _of_meeting("记录人")),
        ),
    )


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _of_meeting(who: str) -> Cell:
    name = f"检查单位.反馈会.{who}"
    return Cell(f"{{% if 检查单位.反馈会 and {name} %}}{{{{ {name} }}}}{{% else %}}—{{% endif %}}")


def _signatures() -> Element:
    return form(
        WIDTH,
        (30, 48, 78),
        (
            (_label("被检查单位意见"), Cell(_opinion, span=2)),
            (Cell(_party, span=2, align="bottom"), Cell(_group, align="bottom")),
        ),
    )


def _opinion() -> Iterator[Element]:
    meeting = "检查单位.反馈会"
    said = paragraph("表格意见", f"反馈会上的意见：{{{{ {meeting}.单位意见 }}}}")
    yield from when(f"{meeting} and {meeting}.单位意见", said)
    yield paragraph("表格意见", "□ 无异议")
    yield paragraph("表格意见", "□ 有异议，说明如下：")
    yield paragraph("意见线", "\t")
    yield paragraph("意见线", "\t")
    yield paragraph("表间距", properties=[on("keepNext")])


def _party() -> Iterator[Element]:
    yield from _area("党组织负责人", "{{ 检查单位.签字单位 }}", "{{ 检查单位.签字职务 }}")


def _group() -> Iterator[Element]:
    yield from _area("纪检监察组负责人", "{{ 机构.全称 }}", "{{ 机构.负责人.职务 }}")


def _area(who: str, where: str, post: str) -> Iterator[Element]:
    yield paragraph("签字区标题", who)
    yield paragraph("签字区文字", where)
    yield paragraph("签字区文字", f"职务：{post}")
    yield paragraph("签字线", "签名：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")
