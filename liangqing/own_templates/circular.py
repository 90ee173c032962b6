"""通报 of what several units have in common, and 纪检监察建议书 as it is sent up for approval."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.formats import file_paper
from liangqing.own_templates.letterhead import file_mark, file_number, imprint, imprint_rule
from liangqing.own_templates.markup import Element, blank, each, paragraph, run, w, when
from liangqing.own_templates.measures import PORTRAIT
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered
from liangqing.own_templates.parts import annex_note, contact_note, full_stop, signature, title_block
from liangqing.own_templates.reminders import COPIES, listed
from liangqing.own_templates.word_styles import KAI_RUN


def circular() -> bytes:
    """通报.docx"""
    return file_paper(_circular(), COPIES)


def _circular() -> Iterator[Element]:
    yield from title_block()
    yield paragraph("主送机关", "{{ 文书.主送 }}：")
    yield paragraph("公文正文", "现将{{ 文书.事由 | 去句号 }}的有关情况通报如下。")
    yield paragraph("一级标题", "一、总体情况")
    yield paragraph(
        "公文正文",
        "截至{{ 截止日期 }}，本次通报的问题{{ 文书.问题数 }}个，涉及单位{{ 文书.涉及单位数 }}家；"
        "其中已销号{{ 文书.已销号数 }}个，逾期{{ 文书.逾期数 }}个。",
    )
    yield from when("文书.原因", paragraph("公文正文", full_stop("文书.原因")))
    name = run("（{{ loop.index | 汉字 }}）{{ 类.名称 | 去句号 }}。", KAI_RUN)
    yield paragraph("一级标题", "二、存在问题")
    yield from each(
        "类 in 文书.归类",
        paragraph("公文正文", name, "涉及{{ 类.单位状态 }}。"),
    )
    yield from when("文书.未完成事项", *listed("文书.未完成事项"))
    yield paragraph("一级标题", "三、整改要求")
    yield from listed("文书.要求")
    yield paragraph("一级标题", "四、后续安排")
    yield from listed("文书.建议")
    yield paragraph(
        "结束语",
        "{% if 文书.新时限 %}请有关单位于{{ 文书.新时限 }}前将整改情况书面报送{{ 机构.简称 }}。{% endif %}"
        "{{ 机构.简称 }}将对整改情况开展回头看。",
    )
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def advice() -> bytes:
    """纪检监察建议书.docx: 送审稿 on every page and in the place of a number, which it never takes here."""
    mark = w("hdr", paragraph("草稿标记", "送　审　稿"))
    headers = {"even": mark, "default": w("hdr", paragraph("草稿标记", "送　审　稿"))}
    _, footers = numbered()
    head = [
        *file_mark("机构.标志 ~ '文件'"),
        *(blank(), blank()),
        file_number(run("（送审稿，批准后由派出机关统一编号）")),
    ]
    copied = paragraph("抄送", f"抄送：{{{{ {COPIES} | 顿号 }}}}。")
    rules = imprint_rule(thick=True), imprint_rule(thick=True)
    foot = when(COPIES, imprint(rules[0], copied, rules[1], lines=1, copies=COPIES))
    return pack(Section(PORTRAIT, [*head, *_advice(), *foot], headers, footers))


def _advice() -> Iterator[Element]:
    yield from title_block()
    yield paragraph("主送机关", "{{ 文书.主送 }}：")
    yield paragraph(
        "公文正文", "{{ 机构.简称 }}在监督检查中发现{{ 文书.称谓 }}存在有关问题，现提出如下建议。"
    )
    yield paragraph("一级标题", "一、问题来源")
    yield from each(
        "问题 in 文书.问题",
        paragraph("公文正文", "{{ 问题.编号 }}：{{ 问题.检查.时间 }}{{ 问题.检查.名称 }}发现。"),
    )
    yield paragraph("一级标题", "二、存在问题")
    name = run("（{{ loop.index | 汉字 }}）{{ 问题.名称 | 去句号 }}。", KAI_RUN)
    yield from each(
        "问题 in 文书.问题",
        paragraph(
            "公文正文",
            name,
            f"{full_stop('问题.事实')}{{% if 问题.依据 %}}对照依据：{full_stop('问题.依据')}{{% endif %}}",
        ),
    )
    yield from when(
        "文书.原因", paragraph("一级标题", "三、原因分析"), paragraph("公文正文", full_stop("文书.原因"))
    )
    yield paragraph("一级标题", "{{ '四' if 文书.原因 else '三' }}、建议")
    yield from listed("文书.建议")
    yield paragraph("一级标题", "{{ '五' if 文书.原因 else '四' }}、反馈要求")
    yield from listed("文书.要求")
    yield paragraph(
        "结束语",
        "请{{ 文书.称谓 }}"
        "{% if 文书.新时限 %}于{{ 文书.新时限 }}前{% else %}按照批准后确定的时限{% endif %}"
        "将采纳建议和整改的情况书面反馈{{ 机构.简称 }}。",
    )
    yield from annex_note()
    yield from signature()
