"""自查情况表, 征求意见反馈表 and 整改情况反馈表: forms that units fill in and `collect` reads back."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.controls import REFERENCE, Controls
from liangqing.own_templates.markup import Element, each, paragraph
from liangqing.own_templates.measures import FORM, LANDSCAPE, Page
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.parts import annex_mark
from liangqing.own_templates.tables import Cell, Column, form, listing

MARK = "表单识别"
LEVELS = ("{{ 选项.一级 }}", "{{ 选项.二级 }}", "{{ 选项.三级 }}", "{{ 选项.四级 }}", "不涉及")
CHOOSE, WRITE, PICK = "请选择", "请填写", "请选日期"
FREE_ROWS = 5  # for what a unit found of itself; it may add more
EVIDENCE_ROWS = 3  # per finding
REST = "其余空格有情况的才填，没有的空着。空格以外的文字是随表印好的，改动了就收不回来。"


def self_check() -> bytes:
    """自查情况表.docx, one per round of self-checks and unit."""
    controls = Controls()
    head = (
        (
            *(_label("填报单位"), Cell(controls.known("单位", "{{ 单位.名称 }}"))),
            *(_label("期次"), Cell(controls.known("期次", "{{ 期次.名称 }}"))),
        ),
        (
            *(_label("报送日期"), Cell(controls.day("报送日期", "报送日期（必填）", PICK))),
            *(_label("签字人"), Cell(controls.text("签字人", "签字人（必填）", WRITE))),
        ),
    )
    asked = (
        "本次仅需填写{{ 自查表.应填数 }}项：报送日期、签字人（党组织负责人）和{{ 自查表.任务数 }}项任务的本期状态。"
        f"{REST}请于{{{{ 期次.报送截止日期 }}}}前报送{{{{ 机构.全称 }}}}。"
    )
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", asked),
        paragraph("表间距"),
        form(LANDSCAPE.text_width, (24, 100, 22, 70), head),
        paragraph("表名", "一、任务落实情况"),
        listing(LANDSCAPE.text_width, _task_columns(controls), "项 in 自查表.任务"),
        paragraph("表名", "二、自查发现的问题（没有发现的空着；行不够时在最后一行后面加行）"),
        _free_rows(controls, LANDSCAPE.text_width),
    ]
    return _packed(LANDSCAPE, controls, body)


def _task_columns(controls: Controls) -> tuple[Column, ...]:
    return (
        Column("编号", 12, controls.known("任务[].任务", "{{ 项.编号 }}", "表格居中")),
        Column("具体任务", 66, "{{ 项.任务.具体任务 }}"),
        Column("完成时限", 32, "{{ 项.任务.完成时限 }}", "表格居中"),
        Column("上期状态", 19, controls.known(f"{REFERENCE}.上期状态", "{{ 项.上期状态 }}", "表格居中")),
        Column("本期状态", 20, controls.choice("任务[].状态", "本期状态（必填）", LEVELS, CHOOSE)),
        Column("说明", 37, controls.text("任务[].说明", "说明")),
        Column("佐证材料", 38, controls.text("任务[].佐证、", "佐证材料：几份的用顿号隔开，或每份一行")),
    )


def _free_rows(controls: Controls, width: int) -> Element:
    columns = (("描述", 62), ("原因", 42), ("措施", 42), ("责任人", 22), ("时限", 30), ("状态", 22))
    heads = tuple(_label("问题描述" if name == "描述" else name) for name, _ in columns)
    rows = (
        tuple(
            Cell((controls.day if name == "时限" else controls.text)(f"自查问题[].{name}", name))
            for name, _ in columns
        )
        for _ in range(FREE_ROWS)
    )
    return form(width, [size for _, size in columns], (heads, *rows), heads=1)


def opinion_form() -> bytes:
    """征求意见反馈表.docx, one per unit that is asked."""
    controls, width = Controls(), FORM.text_width
    head = (
        (_label("反馈单位"), Cell(controls.known("单位", "{{ 单位.名称 }}"), span=3)),
        (
            *(_label("反馈日期"), Cell(controls.day("日期", "反馈日期（必填）", PICK))),
            *(_label("没有意见的"), Cell(controls.tick("处理=无意见", "本单位没有意见"))),
        ),
    )
    columns = (
        Column("编号", 12, controls.known("[].任务", "{{ 任务.编号 }}", "表格居中")),
        Column("具体任务", 56, "{{ 任务.具体任务 }}"),
        Column("完成时限", 32, "{{ 任务.完成时限 }}", "表格居中"),
        Column("意见和建议", 56, controls.text("[].意见", "意见和建议")),
    )
    words = "清单整体的意见和建议"
    whole = ((_label(words), Cell(controls.text("[].意见", words))),)
    asked = (
        "本次仅需填写2项：反馈日期，以及意见（有意见的写在对应任务一行，没有意见的勾选“本单位没有意见”）。"
        f"{REST}请于{{{{ 清单.征求意见截止 or '' }}}}前反馈{{{{ 机构.全称 }}}}。"
    )
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", asked),
        paragraph("表间距"),
        form(width, (26, 52, 26, 52), head),
        paragraph("表间距"),
        listing(width, columns, "任务 in 清单.任务"),
        paragraph("表间距"),
        form(width, (44, 112), whole),
    ]
    return _packed(FORM, controls, body)


def feedback_form() -> bytes:
    """整改情况反馈表.docx, one per 整改函, with which it goes out."""
    controls, width = Controls(), FORM.text_width
    head = (
        (_label("反馈单位"), Cell("{{ 单位.名称 }}", span=3)),
        (
            *(_label("整改函"), Cell("{{ 文号文字 }}")),
            *(_label("函的编号"), Cell(controls.known("整改函", "{{ 整改函.编号 }}"))),
        ),
        (
            *(_label("回复期限"), Cell("{{ 整改函.回复期限 }}")),
            *(_label("反馈日期"), Cell(controls.day("日期", "反馈日期（必填）", PICK))),
        ),
    )
    asked = (
        "本次仅需填写{{ 整改反馈表.应填数 }}项：反馈日期和{{ 整改反馈表.问题数 }}个问题的完成情况。"
        f"{REST}本次没有进展的问题整个空着。"
    )
    body = [
        annex_mark(),
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", asked),
        paragraph("表间距"),
        form(width, (24, 60, 24, 48), head),
        *each("问题 in 整改函.问题", _finding(controls, width)),
    ]
    return _packed(FORM, controls, body)


def _finding(controls: Controls, width: int) -> Iterator[Element]:
    yield paragraph("表名", "{{ loop.index | 汉字 }}、{{ 问题.名称 | 去句号 }}")
    limit = "{% if 问题.整改时限 %}{{ 问题.整改时限 }}{% else %}—{% endif %}"
    demand = "{% if 问题.整改要求 %}{{ 问题.整改要求 }}{% else %}—{% endif %}"
    evidence = (
        (
            *(_label("佐证材料"), Cell(controls.text("[].佐证[].名称", "佐证材料的名称"))),
            *(_label("材料日期"), Cell(controls.day("[].佐证[].日期", "材料日期"))),
        )
        for _ in range(EVIDENCE_ROWS)
    )
    yield form(
        width,
        (24, 60, 24, 48),
        (
            (
                *(_label("问题编号"), Cell(controls.known("[].问题", "{{ 问题.编号 }}"))),
                *(_label("整改时限"), Cell(limit)),
            ),
            (_label("整改要求"), Cell(demand, span=3)),
            (_label("整改措施"), Cell(controls.text("[].措施", "整改措施"), span=3)),
            (_label("完成情况"), Cell(controls.text("[].完成情况", "完成情况（必填）", WRITE), span=3)),
            (
                *(_label("完成日期"), Cell(controls.day("[].完成日期", "完成日期"))),
                *(_label("申请销号"), Cell(controls.choice("[].申请销号", "申请销号", ("是", "否")))),
            ),
            *evidence,
        ),
    )


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _packed(page: Page, controls: Controls, body: list[Element]) -> bytes:
    """With what the form is known by: in a control, in the foot of each page and in a property of the file."""
    mark = controls.fixed(MARK, "{{ 表单识别 }}")
    body = [*body, paragraph("表注", "表单识别（请勿改动）：", mark)]
    return pack(
        Section(page, body, *page_of_pages("{{ 标题 }}　内容码{{ 表单内容码 }}")),
        properties={MARK: "{{ 表单识别 }}"},
    )
