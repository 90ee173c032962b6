"""反馈会纪要: what was told to the units when an inspection ended, and who answers for what by when."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.formats import minutes_paper
from liangqing.own_templates.markup import Element, blank, control, each, either, paragraph, run
from liangqing.own_templates.parts import attendance, full_stop, title_block
from liangqing.own_templates.word_styles import KAI_RUN

FINDINGS = "问题 in 会.问题"


def feedback_minutes() -> bytes:
    """反馈会纪要.docx"""
    return minutes_paper(_text(), "机构.抄送", "机构.标志 ~ '纪要'", "监督检查反馈会\t{{ 成文日期文字 }}")


def _text() -> Iterator[Element]:
    yield from title_block()
    yield paragraph(
        "公文正文",
        "{{ 检查.时间 }}，{{ 机构.简称 }}开展{{ 检查.名称 }}。检查结束后召开反馈会，现纪要如下：",
    )
    yield from each("会 in 检查.反馈会", _meeting())
    yield blank()
    yield control("{% for 会 in 检查.反馈会 %}")
    yield from attendance("出席", "会.出席")
    yield from attendance("列席", "会.列席")
    yield control("{% endfor %}")


def _meeting() -> Iterator[Element]:
    held = (
        "{{ 会.日期 }}{% if 会.地点 %}在{{ 会.地点 }}{% endif %}召开反馈会"
        "{% if 会.主持人 %}，主持人{{ 会.主持人 }}{% endif %}"
        "{% if 会.记录人 %}，记录人{{ 会.记录人 }}{% endif %}。"
    )
    yield paragraph("一级标题", "{{ loop.index | 汉字 }}、{{ 会.单位.名称 }}")
    yield _part("（一）会议情况。", held)
    yield from either("会.问题", _findings(), [_part("（二）反馈的问题。", "检查没有发现需要整改的问题。")])
    yield from either(
        "会.单位意见",
        [_part("{% if 会.问题 %}（四）{% else %}（三）{% endif %}单位意见。", full_stop("会.单位意见"))],
        [_part("{% if 会.问题 %}（四）{% else %}（三）{% endif %}单位意见。", "没有记录。")],
    )


def _findings() -> Iterator[Element]:
    yield paragraph("二级标题", "（二）反馈的问题")
    yield from each(
        FINDINGS,
        paragraph("公文正文", f"{{{{ loop.index }}}}.{full_stop('问题.名称')}{full_stop('问题.事实')}"),
    )
    yield paragraph("二级标题", "（三）整改责任和时限")
    duty = (
        "{{ loop.index }}.关于“{{ 问题.名称 | 去句号 }}”的问题。"
        f"{{% if 问题.整改要求 %}}{full_stop('问题.整改要求')}{{% endif %}}"
        "{% if 问题.责任人 %}责任人：{{ 问题.责任人 }}；{% else %}责任人待明确；{% endif %}"
        "{% if 问题.整改时限 %}整改时限：{{ 问题.整改时限 | 去句号 }}。{% else %}整改时限待明确。{% endif %}"
    )
    yield from each(FINDINGS, paragraph("公文正文", duty))


def _part(heading: str, text: str) -> Element:
    return paragraph("公文正文", run(heading, KAI_RUN), text)
