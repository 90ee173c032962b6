"""整改函 and its annex 问题清单."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, blank, each, either, paragraph, run
from liangqing.own_templates.measures import LANDSCAPE
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import (
    annex_mark,
    annex_note,
    contact_note,
    correction,
    demand_cell,
    full_stop,
    signature,
    title_block,
)
from liangqing.own_templates.tables import Column, listing, or_dash
from liangqing.own_templates.word_styles import KAI_RUN

FINDINGS = "问题 in 整改函.问题"
COPIES = "整改函.抄送"


def text() -> Iterator[Element]:
    """整改函 from its title to its note, the same in both layouts."""
    yield from title_block()
    yield paragraph("主送机关", "{{ 整改函.主送 }}：")
    yield paragraph("公文正文", _introduction())
    yield paragraph("一级标题", "一、存在问题")
    yield from each(FINDINGS, _numbered("{{ 问题.名称 | 去句号 }}。", _facts()))
    yield paragraph("一级标题", "二、整改要求")
    yield from each(FINDINGS, _numbered("关于“{{ 问题.名称 | 去句号 }}”的问题。", _demand()))
    yield paragraph("一级标题", "三、整改时限和反馈要求")
    yield from _feedback()
    yield from correction("整改函")
    yield paragraph("结束语", "此函。")
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def _introduction() -> str:
    inspections = (
        "{% for 检查 in 整改函.检查 %}{% if not loop.first %}、{% endif %}"
        "于{{ 检查.时间 }}开展{{ 检查.名称 }}{% endfor %}"
    )
    return (
        "{% if 整改函.依据 %}根据{{ 整改函.依据 | 去句号 }}，{% endif %}{{ 机构.简称 }}"
        f"{inspections}，发现{{{{ 单位.称谓 }}}}存在以下问题。现将有关问题及整改要求函告如下："
    )


def _numbered(heading: str, text: str) -> Element:
    return paragraph("公文正文", run(f"（{{{{ loop.index | 汉字 }}}}）{heading}", KAI_RUN), text)


def _facts() -> str:
    return f"{full_stop('问题.事实')}{{% if 问题.依据 %}}对照依据：{full_stop('问题.依据')}{{% endif %}}"


def _demand() -> str:
    return (
        f"{{% if 问题.整改要求 %}}{full_stop('问题.整改要求')}{{% endif %}}"
        "{% if 问题.整改类别 %}整改类别：{{ 问题.整改类别 }}；{% endif %}"
        "{% if 问题.责任人 %}责任人：{{ 问题.责任人 }}；{% endif %}"
        "{% if 问题.整改时限 %}整改时限：{{ 问题.整改时限 | 去句号 }}。{% endif %}"
        f"{{% for 句 in 问题.变更 %}}{full_stop('句')}{{% endfor %}}"
    )


def _feedback() -> Iterator[Element]:
    reply = (
        "请{{ 单位.称谓 }}按照上述责任和时限落实整改，于{{ 整改函.回复期限 }}前将整改情况"
        "书面报送{{ 机构.简称 }}，逐项说明整改措施和完成情况，并附佐证材料。"
    )
    further = f"（{{{{ (loop.index + 1) | 汉字 }}}}）{full_stop('要求')}"
    last = either("loop.last", [paragraph("结束语", further)], [paragraph("公文正文", further)])
    yield from either(
        "整改函.其他要求",
        [paragraph("公文正文", f"（一）{reply}"), *each("要求 in 整改函.其他要求", last)],
        [paragraph("结束语", reply)],
    )


def findings_list() -> bytes:
    """问题清单.docx: an annex that is a file of its own bears the number of its letter (7.3.7)."""
    columns = (
        Column("序号", 12, "{{ loop.index }}", "表格居中"),
        Column("问题", 32, "{{ 问题.名称 | 去句号 }}"),
        Column("事实", 60, "{{ 问题.事实 }}"),
        Column("依据", 32, or_dash("问题.依据")),
        Column("整改要求", 38, demand_cell),
        Column("责任人", 22, or_dash("问题.责任人"), "表格居中"),
        Column("整改时限", 35, or_dash("问题.整改时限"), "表格居中"),
    )
    body = [
        annex_mark(),
        blank(),
        paragraph("表格标题", "问题清单"),
        paragraph("表前说明", "单位：{{ 单位.名称 }}"),
        paragraph("表间距"),
        listing(LANDSCAPE.text_width, columns, FINDINGS),
        paragraph("表间距"),
    ]
    return pack(Section(LANDSCAPE, body, *numbered(LANDSCAPE)))
