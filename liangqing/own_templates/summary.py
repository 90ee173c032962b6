"""年度监督工作总结: the year's figures, the words of the group, and the lists behind every figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liangqing.own_templates.figures import Figure
from liangqing.own_templates.markup import Element, blank, either, paragraph, when
from liangqing.own_templates.measures import LANDSCAPE, PORTRAIT
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import numbered_sentences, signature
from liangqing.own_templates.tables import Cell, Column, form, listing, or_dash

WIDTH = PORTRAIT.text_width
WIDE = LANDSCAPE.text_width

KINDS = (
    Column("检查类型", 60, "{{ 类.类型 }}", "表格居中"),
    Column("次数", 48, "{{ 类.次数 }}", "表格居中"),
    Column("发现问题数", 48, "{{ 类.问题数 }}", "表格居中"),
)
UNITS = (
    Column("序号", 11, "{{ loop.index }}", "表格居中"),
    Column("单位", 55, "{{ 项.单位.名称 }}"),
    Column("自查份数", 18, "{{ 项.自查份数 }}", "表格居中"),
    Column("检查次数", 18, "{{ 项.检查次数 }}", "表格居中"),
    Column("问题数", 18, "{{ 项.问题数 }}", "表格居中"),
    Column("整改函", 18, "{{ 项.整改函份数 }}", "表格居中"),
    Column("已销号", 18, "{{ 项.已销号数 }}", "表格居中"),
)
TASKS = (
    Column("序号", 11, "{{ loop.index }}", "表格居中"),
    Column("任务", 70, "{{ 项.任务.具体任务 }}"),
    Column("问题数", 15, "{{ 项.问题数 }}", "表格居中"),
    *(
        Column(f"{{{{ 选项.{level} }}}}", 15, f"{{{{ 项.{level}数 }}}}", "表格居中")
        for level in ("四级", "三级", "二级", "一级")
    ),
)
SELF_CHECKS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("编号", 30, "{{ 项.编号 }}", "表格居中"),
    Column("单位", 83, "{{ 项.单位 }}"),
    Column("期次", 30, "{{ 项.期次 }}", "表格居中"),
    Column("报送日期", 35, "{{ 项.报送日期 }}", "表格居中"),
    Column("审核日期", 35, "{{ 项.审核日期 }}", "表格居中"),
)
INSPECTIONS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("编号", 24, "{{ 项.编号 }}", "表格居中"),
    Column("类型", 26, "{{ 项.类型 }}", "表格居中"),
    Column("名称", 52, "{{ 项.名称 }}"),
    Column("时间", 58, "{{ 项.时间 }}", "表格居中"),
    Column("单位", 53, "{{ 项.单位 }}"),
)
FINDINGS = (
    Column("序号", 12, "{{ 项.序号 }}", "表格居中"),
    Column("编号", 25, "{{ 项.编号 }}", "表格居中"),
    Column("涉及单位", 38, "{{ 项.涉及单位 }}"),
    Column("问题", 62, "{{ 项.名称 | 去句号 }}{% for 句 in 项.变更 %}；变更：{{ 句 }}{% endfor %}"),
    Column("责任人", 32, or_dash("项.责任人"), "表格居中"),
    Column("整改时限", 33, or_dash("项.整改时限"), "表格居中"),
    Column("状态", 24, "{{ 项.状态 }}", "表格居中"),
)
LETTERS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("文号", 50, "{{ 项.文号 }}", "表格居中"),
    Column("标题", 65, "{{ 项.标题 }}"),
    Column("主送", 46, "{{ 项.主送 }}"),
    Column("成文日期", 34, "{{ 项.成文日期 }}", "表格居中"),
    Column("问题数", 18, "{{ 项.问题数 }}", "表格居中"),
)
WAIVERS = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("问题", 78, "{{ 项.问题 }}"),
    Column("门槛", 28, "{{ 项.门槛 }}", "表格居中"),
    Column("理由", 77, "{{ 项.理由 }}"),
    Column("批准人", 30, "{{ 项.批准人 }}", "表格居中"),
)
# Figures: name, unit of counting, value, what is counted (domain 10.2).
FIGURES = (
    ("收到并审核自查情况", "份", "自查份数", "审核通过的自查情况；补正后重报的不重复计"),
    ("集中开展监督检查", "次", "集中监督检查次数", "一次组织计一次，不按单位数和天数计"),
    ("开展其他检查", "次", "其他检查次数", "单项体检、动态体检、专项监督和抽查"),
    ("发现并督促整改问题", "个", "发现问题数", "各类检查发现的问题；共性问题计一个；自查问题不计入"),
    ("问题涉及单位", "个", "涉及单位数", "被发现问题的单位，不重复计"),
    ("自查发现问题", "个", "自查问题数", "各单位自查报告的问题，与检查发现的问题不相加"),
    ("发出整改函", "份", "整改函份数", "已编号印发的整改函；作废和更正的不计"),
)
BY_UNIT = Figure(
    1,
    "column",
    "各单位问题数和已销号数{% 图表 项 in 各单位 if 项.问题数: 类别=项.单位.简称; 问题数=项.问题数; 已销号数=项.已销号数 %}",
    ("问题数", "已销号数"),
    ("甲", "乙", "丙", "丁", "戊"),
    height=65,
)


def summary() -> bytes:
    """年度监督工作总结.docx"""
    text = [
        paragraph("公文标题", "{{ 机构.全称 }}\n{{ 年度 }}年监督工作总结"),
        blank(),
        *_overview(),
        *_checks(),
        *_rectification(),
        *_by_unit_and_task(),
        *_words(),
        blank(),
        paragraph("附件说明", "附件：数字明细"),
        *signature(),
        paragraph("细行"),  # a section that ends in a content control loses its line in LibreOffice
    ]
    return pack(
        Section(PORTRAIT, text, *numbered()),
        Section(LANDSCAPE, _annex(), *numbered(LANDSCAPE)),
        figures=[BY_UNIT],
    )


def _heading(text: str) -> Element:
    return paragraph("一级标题", text)


def _text(text: str) -> Element:
    return paragraph("公文正文", text)


def _table(
    name: str, width: int, columns: Sequence[Column], loop: str, *, together: bool = False
) -> Iterator[Element]:
    yield paragraph("表名", name)
    yield listing(width, columns, loop, together=together)
    yield paragraph("表间距")


def _overview() -> Iterator[Element]:
    yield _heading("一、总体情况")
    yield _text(
        "{{ 年度 }}年度截至{{ 截止日期 }}，{{ 机构.简称 }}对{{ 数字.单位数 }}个单位开展监督，"
        "收到并审核自查情况{{ 数字.自查份数 }}份，集中开展监督检查{{ 数字.集中监督检查次数 }}次，"
        "发现并督促整改问题{{ 数字.发现问题数 }}个，发出整改函{{ 数字.整改函份数 }}份。"
    )
    yield _text("本总结的数字均按截止日期从台账记录统计，口径见下表，明细见附件。")
    yield paragraph("表名", "主要数字及统计口径")
    head = (Cell("项目", "表头"), Cell("数量", "表头"), Cell("统计口径", "表头"))
    rows = [
        (Cell(name), Cell(f"{{{{ 数字.{key} }}}}{unit}", "表格居中"), Cell(rule))
        for name, unit, key, rule in FIGURES
    ]
    yield form(WIDTH, (46, 24, 86), (head, *rows), heads=1)
    yield paragraph("表间距")


def _checks() -> Iterator[Element]:
    yield _heading("二、监督检查情况")
    shown = (
        _text(
            "集中开展监督检查{{ 数字.集中监督检查次数 }}次，开展其他检查{{ 数字.其他检查次数 }}次，"
            "发现的问题涉及{{ 数字.涉及单位数 }}个单位。按检查类型统计如下。"
        ),
        *_table("检查情况统计表", WIDTH, KINDS, "类 in 检查分类", together=True),
    )
    yield from either("检查分类", shown, [_text("截至统计日期，没有检查记录。")])


def _rectification() -> Iterator[Element]:
    yield _heading("三、问题整改情况")
    yield _text(
        "应整改问题{{ 数字.应整改数 }}个，已销号{{ 数字.已销号数 }}个"
        "，整改率{{ 数字.整改率 }}。"
        "未销号的问题中，未到期{{ 数字.未到期数 }}个，"
        "临期（{{ 选项.临期天数 }}日内到期）{{ 数字.临期数 }}个，"
        "逾期{{ 数字.逾期数 }}个，已申请销号{{ 数字.申请销号数 }}个，持续整改{{ 数字.持续整改数 }}个，"
        "整改时限待明确{{ 数字.待明确数 }}个。"
    )
    yield _text(
        "阶段性完成{{ 数字.阶段性完成数 }}个，不计入已销号；"
        "需要长期坚持的{{ 数字.长期坚持数 }}个，不计入应整改。"
        "经批准延期{{ 数字.延期数 }}个，超过原时限后销号{{ 数字.逾期销号数 }}个。"
        "{% if 数字.反弹数 %}回头看反弹、按原编号重新打开{{ 数字.反弹数 }}个。{% endif %}"
    )
    yield from when(
        "往期.问题数", _text("以前年度发现的问题另计：共{{ 往期.问题数 }}个，已销号{{ 往期.已销号数 }}个。")
    )
    yield from when(
        "典型案例",
        _text(
            "{% for 项 in 典型案例 %}运用{{ 项.来源 }}的{{ 项.案例数 }}起典型案例开展自查"
            "{% if 项.类似问题 %}，各单位摸排整改类似问题{{ 项.类似问题 }}{% endif %}。{% endfor %}"
            "单位自查发现的问题不计入上述数字。"
        ),
    )
    yield from when(
        "问责统计",
        _text(
            "跟进问责情况：{% for 项 in 问责统计 %}{{ 项.类别 }}{{ 项.数量 }}次"
            "{% if not loop.last %}，{% endif %}{% endfor %}。各类有交叉，不相加。"
        ),
    )


def _by_unit_and_task() -> Iterator[Element]:
    yield _heading("四、各单位和各项任务情况")
    units = _table("各单位情况统计表", WIDTH, UNITS, "项 in 各单位")
    yield from either("各单位", units, [_text("截至统计日期，没有单位记录。")])
    chart = (
        paragraph("表名", "各单位问题数和已销号数"),
        BY_UNIT.paragraph(),
        paragraph("表注", "没有发现问题的单位不画；共性问题在各单位分别计。"),
    )
    yield from when("数字.发现问题数", chart)
    tasks = _table("各项任务情况统计表", WIDTH, TASKS, "项 in 各任务")
    yield from either("各任务", tasks, [_text("截至统计日期，没有任务记录。")])


def _words() -> Iterator[Element]:
    """The group's own words; without them the figures stand alone."""
    yield from when(
        "总结",
        _heading("五、主要做法"),
        numbered_sentences("总结.主要做法", "本年度没有另作记录。"),
        _heading("六、存在不足"),
        numbered_sentences("总结.存在不足", "本年度没有另作记录。"),
        _heading("七、下一步工作"),
        numbered_sentences("总结.下一步", "本年度没有另作记录。", closing=True),
    )


def _annex() -> Iterator[Element]:
    note = "注：序号相同的，是涉及几个单位的同一个共性问题，按一个问题计。"
    yield paragraph("附件标识", "附件")
    yield blank()
    yield paragraph("表格标题", "数字明细")
    yield paragraph("表前说明", "统计截止日期：{{ 截止日期 }}")
    yield from _detail("自查明细", SELF_CHECKS, "没有审核通过的自查情况。")
    yield from _detail("检查明细", INSPECTIONS, "没有检查记录。")
    yield from _detail("问题明细", FINDINGS, "没有发现问题。", paragraph("表注", note))
    yield from _detail("整改函明细", LETTERS, "没有发出整改函。")
    yield from when("放行", _table("放行明细", WIDE, WAIVERS, "项 in 放行"))


def _detail(name: str, columns: Sequence[Column], nothing: str, *notes: Element) -> Iterator[Element]:
    table = (*_table(name, WIDE, columns, f"项 in {name}"), *notes)
    yield from either(name, table, [paragraph("表名", name), paragraph("表注", nothing)])
