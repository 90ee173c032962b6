"""体检报告: what one inspection saw at one unit, in nine chapters."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.figures import Figure
from liangqing.own_templates.markup import Element, blank, either, paragraph, when
from liangqing.own_templates.measures import PORTRAIT
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import demand_cell, full_stop, numbered_sentences, signature
from liangqing.own_templates.tables import Column, listing, or_dash

WIDTH = PORTRAIT.text_width
FINDINGS = "问题 in 检查单位.问题"

HANDED_IN = (
    Column("期次", 24, "{{ 项.期次 }}", "表格居中"),
    Column("自查编号", 24, "{{ 项.编号 }}", "表格居中"),
    Column("报送日期", 32, "{{ 项.报送日期 }}", "表格居中"),
    Column("审核日期", 32, "{{ 项.审核日期 }}", "表格居中"),
    Column("审核情况", 44, "{{ 项.审核 }}"),
)
INSPECTIONS = (
    Column("编号", 20, "{{ 项.编号 }}", "表格居中"),
    Column("类型", 24, "{{ 项.类型 }}", "表格居中"),
    Column("名称", 64, "{{ 项.名称 }}"),
    Column("时间", 48, "{{ 项.时间 }}", "表格居中"),
)
OBSERVATIONS = (
    Column("日期", 32, "{{ 项.日期 }}", "表格居中"),
    Column("方式", 28, "{{ 项.方式 }}", "表格居中"),
    Column("性质", 16, "{{ 项.性质 }}", "表格居中"),
    Column("内容", 64, "{{ 项.内容 }}"),
    Column("任务", 16, or_dash("项.任务", "{{ 项.任务.编号 }}"), "表格居中"),
)
SOURCES = (
    Column("图中", 16, "任务{{ loop.index }}", "表格居中"),
    Column("自查出处", 46, "{{ 项.自查出处 }}"),
    Column("检查出处", 52, "{{ 项.检查出处 }}"),
    Column("上年出处", 42, "{{ 项.上年出处 }}"),
)
TASKS = (
    Column("序号", 9, "{{ loop.index }}", "表格居中"),
    Column("任务", 38, "{{ 项.任务.具体任务 }}"),
    Column("自查状态", 17, "{{ 项.自查状态 }}", "表格居中"),
    Column("检查状态", 17, "{{ 项.检查状态 }}", "表格居中"),
    Column("差距", 17, "{{ 项.差距 }}", "表格居中"),
    Column("上年状态", 17, "{{ 项.上年状态 }}", "表格居中"),
    Column("变化", 13, "{{ 项.变化 }}", "表格居中"),
    Column("说明", 28, "{{ 项.说明 }}"),
)
FOUND = (
    Column("序号", 11, "{{ loop.index }}", "表格居中"),
    Column("问题", 36, "{{ 问题.名称 | 去句号 }}"),
    Column("事实", 68, "{{ 问题.事实 }}"),
    Column("依据", 41, or_dash("问题.依据")),
)
DUTIES = (
    Column("序号", 11, "{{ loop.index }}", "表格居中"),
    Column("问题", 32, "{{ 问题.名称 | 去句号 }}"),
    Column("整改要求", 41, demand_cell),
    Column("责任部门", 18, or_dash("问题.责任部门"), "表格居中"),
    Column("责任人", 22, or_dash("问题.责任人"), "表格居中"),
    Column("整改时限", 32, or_dash("问题.整改时限"), "表格居中"),
)
EARLIER = (
    Column("编号", 24, "{{ 问题.编号 }}", "表格居中"),
    Column("问题", 48, "{{ 问题.名称 | 去句号 }}{% for 句 in 问题.回头看 %}；{{ 句 }}{% endfor %}"),
    Column("现时限", 32, or_dash("问题.现时限"), "表格居中"),
    Column("状态", 20, "{{ 问题.状态 }}", "表格居中"),
    Column("销号日期", 32, or_dash("问题.销号日期"), "表格居中"),
)
RADAR_TAG = "任务落实状态雷达图{% 图表 项 in 检查单位.任务落实: 类别='任务' ~ loop.index; 自查=项.自查值; 检查=项.检查值"
AXES = tuple(f"任务{number}" for number in range(1, 7))
# All series on the four levels; fewer than three tasks with data make no figure. Last year only where there is one.
RADAR = Figure(1, "radar", f"{RADAR_TAG} %}}", ("自查", "检查"), AXES, height=82, scale=(0, 3))
RADAR_OF_YEARS = Figure(
    2,
    "radar",
    f"{RADAR_TAG}; 上年检查=项.上年值 %}}",
    ("自查", "检查", "上年检查"),
    AXES,
    height=82,
    scale=(0, 3),
)
LEVELS = (
    "图中0为{{ 选项.一级 }}，1为{{ 选项.二级 }}，2为{{ 选项.三级 }}，3为{{ 选项.四级 }}；"
    "没有数据的（未报、未查、不涉及或上年没有记录）不画。任务的序号同任务落实情况表。"
)


def report() -> bytes:
    """体检报告.docx"""
    body = [
        paragraph("公文标题", "{{ 单位.名称 }}\n体检报告"),
        blank(),
        *_subject(),
        *_checks(),
        *_portrait(),
        *_tasks(),
        *_merits(),
        *_findings(),
        *_duties(),
        *_earlier(),
        *_advice(),
        *signature(),
    ]
    return pack(Section(PORTRAIT, body, *numbered()), figures=[RADAR, RADAR_OF_YEARS])


def _heading(text: str) -> Element:
    return paragraph("一级标题", text)


def _text(text: str) -> Element:
    return paragraph("公文正文", text)


def _subject() -> Iterator[Element]:
    yield _heading("一、基本情况")
    yield _text(
        "被检查单位为{{ 单位.名称 }}，负责人"
        "{% if 单位.负责人.姓名 %}{{ 单位.负责人.姓名 }}（{{ 单位.负责人.职务 }}）"
        "{% else %}职务为{{ 单位.负责人.职务 }}{% endif %}。"
        f"{{% if 单位.基本情况 %}}{full_stop('单位.基本情况')}{{% endif %}}"
    )
    yield _text(
        "{% if 检查.依据 %}依据{{ 检查.依据 | 去句号 }}，{% endif %}{{ 机构.简称 }}于{{ 检查.时间 }}"
        "开展{{ 检查.名称 }}，检查类型为{{ 检查.类型 }}。"
        "{% if 检查.方式 %}检查方式：{{ 检查.方式 | 顿号 }}。{% endif %}"
        "{% if 检查.检查组 %}检查组成员：{{ 检查.检查组 | 顿号 }}。{% endif %}"
        "{% if 检查.配合单位 %}配合单位：{{ 检查.配合单位 | 顿号 }}。{% endif %}"
    )


def _checks() -> Iterator[Element]:
    yield _heading("二、体检开展情况")
    yield _text(
        "{{ 年度 }}年度截至{{ 截止日期 }}，收到并审核该单位自查情况{{ 检查单位.自查份数 }}份；对该单位开展"
        "单项体检{{ 检查单位.单项体检次数 }}次、动态体检{{ 检查单位.动态体检次数 }}次、"
        "集中清查{{ 检查单位.集中清查次数 }}次、专项监督{{ 检查单位.专项监督次数 }}次、"
        "抽查{{ 检查单位.抽查次数 }}次；平时动态监督记录{{ 检查单位.监督记录数 }}条。"
    )
    for name, record, columns, nothing in (
        ("自查审核情况表", "自查记录", HANDED_IN, "没有自查的记录。"),
        ("各类检查一览表", "检查记录", INSPECTIONS, "没有检查的记录。"),
        ("动态监督记录表", "监督记录", OBSERVATIONS, "没有平时动态监督的记录。"),
    ):
        rows = (
            paragraph("表名", name),
            listing(WIDTH, columns, f"项 in 检查单位.{record}"),
            paragraph("表间距"),
        )
        yield from either(f"检查单位.{record}", rows, [_text(nothing)])


def _portrait() -> Iterator[Element]:
    yield _heading("三、总体评价")
    words = (
        _text("{{ 检查单位.画像.总体评价 }}"),
        *when("检查单位.画像.短板", _text("主要短板：{{ 检查单位.画像.短板 | 分号 }}。")),
        *when("检查单位.画像.风险", _text("需要关注的风险：{{ 检查单位.画像.风险 | 分号 }}。")),
    )
    yield from either("检查单位.画像", words, [_text("本次检查尚未形成画像，暂不作总体评价。")])
    yield from either(
        "检查单位.有数据任务数 >= 3", _radar(), [_text("自查和检查有数据的任务不足3项，不画图。")]
    )
    sources = (
        paragraph("表名", "各项状态的出处"),
        listing(WIDTH, SOURCES, "项 in 检查单位.任务落实"),
        paragraph("表间距"),
    )
    yield from when("检查单位.任务落实", sources)


def _radar() -> Iterator[Element]:
    yield from when(
        "检查单位.有上年数据任务数", paragraph("表名", "任务落实状态雷达图"), RADAR_OF_YEARS.paragraph()
    )
    yield from when(
        "not 检查单位.有上年数据任务数", paragraph("表名", "任务落实状态雷达图"), RADAR.paragraph()
    )
    yield paragraph("表注", LEVELS)


def _tasks() -> Iterator[Element]:
    yield _heading("四、任务落实情况")
    counted = _text(
        "自查与检查对照：状态一致的任务{{ 检查单位.一致数 }}项，自查高于检查的{{ 检查单位.高报数 }}项，"
        "自查低于检查的{{ 检查单位.低报数 }}项。未报自查或者没有检查的任务不作比对，不代表已经落实。"
        "{% if 检查单位.有上年数据任务数 %}与上年检查对照：上升{{ 检查单位.上升数 }}项，"
        "持平{{ 检查单位.持平数 }}项，下降{{ 检查单位.下降数 }}项，其余没有可比的记录。"
        "{% else %}上年检查没有可比的记录。{% endif %}"
    )
    rows = listing(WIDTH, TASKS, "项 in 检查单位.任务落实")
    shown = (counted, paragraph("表名", "任务落实情况表"), rows, paragraph("表间距"))
    yield from either("检查单位.任务落实", shown, [_text("没有任务落实情况的记录。没有记录不代表已经落实。")])


def _merits() -> Iterator[Element]:
    yield _heading("五、主要成效")
    merits = numbered_sentences("检查单位.画像.优点", "本次检查没有记录主要成效。")
    yield from either("检查单位.画像", merits, [_text("本次检查没有记录主要成效。")])


def _findings() -> Iterator[Element]:
    yield _heading("六、发现的问题")
    found = (
        _text("本次检查发现问题{{ 检查单位.问题数 }}个。"),
        paragraph("表名", "发现问题表"),
        listing(WIDTH, FOUND, FINDINGS),
        paragraph("表间距"),
    )
    yield from either("检查单位.问题", found, [_text("本次检查未发现问题。")])


def _duties() -> Iterator[Element]:
    yield _heading("七、整改责任和时限")
    duties = (
        paragraph("表名", "整改责任和时限表"),
        listing(WIDTH, DUTIES, FINDINGS),
        paragraph("表间距"),
    )
    yield from either("检查单位.问题", duties, [_text("本次检查没有需要明确整改责任和时限的问题。")])


def _earlier() -> Iterator[Element]:
    yield _heading("八、往期问题回头看")
    yield from when("检查单位.往期说明", _text(full_stop("检查单位.往期说明")))
    rows = listing(WIDTH, EARLIER, "问题 in 检查单位.往期问题")
    yield from when("检查单位.往期问题", paragraph("表名", "往期问题表"), rows, paragraph("表间距"))
    nothing = "not 检查单位.往期问题 and not 检查单位.往期说明"
    yield from when(nothing, _text("没有往期问题。"))


def _advice() -> Iterator[Element]:
    yield _heading("九、建议")
    nothing = "本次检查没有提出其他建议。"
    advice = numbered_sentences("检查单位.画像.建议", nothing, closing=True)
    yield from either("检查单位.画像", advice, [paragraph("结束语", nothing)])
