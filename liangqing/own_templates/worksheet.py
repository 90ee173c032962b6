"""检查底稿: what is to be looked at in one unit, to be taken along empty and filled in by hand or from the records."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, control, each, either, on, paragraph
from liangqing.own_templates.measures import LANDSCAPE
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.tables import Cell, Column, form, listing, or_dash

WIDTH = LANDSCAPE.text_width
BLANK_ROWS = 2  # for findings that are written by hand
HELP = "本底稿只记工作事实和佐证材料的名称，不记反映个人的内容。状态一栏没有印出的，现场选一项打勾。"


def worksheet() -> bytes:
    """检查底稿.docx"""
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", HELP),
        paragraph("表间距"),
        _about(),
        paragraph("表间距"),
        *either("检查单位.应查任务", [listing(WIDTH, _tasks(), "项 in 检查单位.应查任务")], [_no_task()]),
        paragraph("表间距"),
        *either(
            "检查单位.问题",
            [listing(WIDTH, _found(), "问题 in 检查单位.问题", together=True)],
            either("检查单位.已查任务数", [_nothing_found()], [_to_write()]),
        ),
        paragraph("表间距", properties=[on("keepNext")]),
        _signatures(),
        paragraph("细行"),
    ]
    return pack(Section(LANDSCAPE, body, *page_of_pages("检查底稿 {{ 对象编号 }}")))


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _about() -> Element:
    return form(
        WIDTH,
        (24, 58, 20, 46, 20, 57),
        (
            (
                _label("被检查单位"),
                Cell("{{ 单位.名称 }}", span=3),
                _label("检查时间"),
                Cell("{{ 检查.时间 }}"),
            ),
            (
                *(_label("检查名称"), Cell("{{ 检查.名称 }}", span=3)),
                *(_label("类型"), Cell("{{ 检查.类型 }}")),
            ),
            (
                *(_label("检查依据"), Cell(or_dash("检查.依据"), span=3)),
                *(_label("检查组"), Cell(or_dash("检查.检查组", "{{ 检查.检查组 | 顿号 }}"))),
            ),
        ),
    )


def _tasks() -> tuple[Column, ...]:
    return (
        Column("序号", 11, "{{ loop.index }}", "表格居中"),
        Column("检查任务", 56, "{{ 项.任务.具体任务 }}"),
        Column("应备材料", 26, or_dash("项.任务.佐证材料")),
        Column("自查状态", 18, "{{ 项.自查状态 }}", "表格居中"),
        Column("检查状态", 24, _state, "表格居中"),
        Column("检查情况", 42, "{{ 项.说明 }}"),
        Column("佐证材料", 26, "{{ 项.佐证 }}"),
        Column("检查人和日期", 30, _who, "表格居中"),
    )


def _state() -> Iterator[Element]:
    """What was seen; before that, the levels to choose from."""
    boxes = (
        *each("级 in 选项.四级状态", paragraph("表格文字", "□ {{ 级 }}")),
        paragraph("表格文字", "□ 不涉及"),
    )
    yield from either("项.检查状态 == '未查'", boxes, [paragraph("表格居中", "{{ 项.检查状态 }}")])


def _who() -> Iterator[Element]:
    yield paragraph("表格居中", "{{ 项.检查人 }}")
    yield control("{% if 项.检查日期 %}")
    yield paragraph("表格居中", "{{ 项.检查日期 }}")
    yield control("{% endif %}")


def _found() -> tuple[Column, ...]:
    return (
        Column("序号", 11, "{{ loop.index }}", "表格居中"),
        Column("发现的问题", 50, "{{ 问题.名称 | 去句号 }}"),
        Column("事实", 112, "{{ 问题.事实 }}"),
        Column("依据", 60, or_dash("问题.依据")),
    )


def _to_write() -> Element:
    """Rows for findings, high enough to write in."""
    heads = tuple(Cell(column.head, "表头") for column in _found())
    rows = [
        (Cell(str(number), "表格居中"), Cell(_lines), Cell(""), Cell(""))
        for number in range(1, BLANK_ROWS + 1)
    ]
    return form(WIDTH, [column.share for column in _found()], (heads, *rows), heads=1)


def _lines() -> Iterator[Element]:
    yield from (paragraph("签字区文字") for _ in range(2))


def _no_task() -> Element:
    return paragraph("表后说明", "清单里没有这个单位在检查时应当落实的任务。")


def _nothing_found() -> Element:
    return paragraph("表后说明", "本次检查没有登记问题。")


def _signatures() -> Element:
    """Who looked, and what the unit says of it: written by hand."""
    who = (_label("检查人签名"), Cell(_signed))
    return form(WIDTH, (36, 66, 36, 87), ((*who, _label("被检查单位\n意见和签名"), Cell(_opinion)),))


def _signed() -> Iterator[Element]:
    yield from (paragraph("签字区文字") for _ in range(2))
    yield paragraph("签字区文字", "　　　　　　　　年　　月　　日")


def _opinion() -> Iterator[Element]:
    yield paragraph("签字区文字", "□ 属实　　□ 有异议：")
    yield paragraph("签字区文字")
    yield paragraph("签字区文字", "　　　　　　　　　　　　年　　月　　日")
