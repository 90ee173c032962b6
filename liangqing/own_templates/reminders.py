"""提醒函 before a limit and 督办函 after it: the letter and the limit it began with, what is late, what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, each, either, paragraph, run, when
from liangqing.own_templates.parts import (
    annex_note,
    contact_note,
    correction,
    full_stop,
    signature,
    title_block,
)
from liangqing.own_templates.word_styles import KAI_RUN

FINDINGS = "问题 in 文书.问题"
COPIES = "文书.抄送"
LATE = (
    "截至{{ 截止日期 }}，{% if 问题.逾期天数 %}已逾期{{ 问题.逾期天数 }}天"
    "（{{ 问题.逾期工作日 }}个工作日），{% elif 问题.剩余天数 is not none %}距时限还有{{ 问题.剩余天数 }}天，{% endif %}"
    "问题状态为{{ 问题.状态 }}。{% if 问题.反弹 %}{{ 问题.反弹 }}。{% endif %}"
)
DUTY = (
    "{% if 问题.文号 %}{{ 问题.原函日期 }}印发的{{ 问题.文号 }}整改函已就此提出整改要求。{% endif %}"
    "{% if 问题.整改时限 %}整改时限：{{ 问题.整改时限 | 去句号 }}"
    "{% if 问题.现时限 != 问题.整改时限 %}，经批准延期至{{ 问题.现时限 | 去句号 }}{% endif %}；{% endif %}"
    "{% if 问题.责任人 %}责任人：{{ 问题.责任人 }}。{% endif %}"
    f"{{% for 句 in 问题.变更 %}}{full_stop('句')}{{% endfor %}}"
)


def reminder() -> Iterator[Element]:
    """提醒函 from its title to its note."""
    yield from title_block()
    yield paragraph("主送机关", "{{ 文书.主送 }}：")
    yield paragraph(
        "公文正文",
        "{{ 机构.简称 }}对照监督检查清单和整改台账进行了梳理，现就{{ 文书.称谓 }}有关事项提醒如下：",
    )
    yield from _about()
    yield paragraph("结束语", _by("请{{ 文书.称谓 }}按期完成整改"))
    yield paragraph("结束语", "特此提醒。")
    yield from _end()


def urging() -> Iterator[Element]:
    """督办函 from its title to its note."""
    yield from title_block()
    yield paragraph("主送机关", "{{ 文书.主送 }}：")
    yield paragraph("公文正文", "{{ 文书.称谓 }}下列问题超过整改时限尚未完成整改，现予督办：")
    yield from _about()
    yield paragraph("结束语", _by("请{{ 文书.称谓 }}抓紧完成整改"))
    yield from when(
        "文书.下一步",
        paragraph("结束语", "到期仍未完成的，{{ 机构.简称 }}将印发下一步文书：{{ 文书.下一步 }}。"),
    )
    yield from correction("文书")
    yield paragraph("结束语", "此函。")
    yield from _end()


def cases() -> Iterator[Element]:
    """Each finding with what began it and how late it is."""
    name = run("（{{ loop.index | 汉字 }}）{{ 问题.名称 | 去句号 }}。", KAI_RUN)
    yield from each(FINDINGS, paragraph("公文正文", name, DUTY, LATE))


def _about() -> Iterator[Element]:
    yield from when("文书.问题", paragraph("一级标题", "一、有关问题"), *cases())
    yield from when(
        "文书.未完成事项",
        paragraph("一级标题", "{{ '二' if 文书.问题 else '一' }}、尚未完成的事项"),
        *listed("文书.未完成事项"),
    )
    number = (
        "{{ '三' if 文书.问题 and 文书.未完成事项 else ('二' if 文书.问题 or 文书.未完成事项 else '一') }}"
    )
    yield paragraph("一级标题", f"{number}、有关要求")
    yield from listed("文书.要求")


def listed(items: str, *, closing: bool = False) -> Iterator[Element]:
    """（一）… for several texts; a single one without a number.

    `closing`: the last of them stays on one page with the signature (7.3.5.5).
    """
    number = "{% if not (loop.first and loop.last) %}（{{ loop.index | 汉字 }}）{% endif %}"
    sentence = (number, full_stop("句"))
    one = [paragraph("公文正文", *sentence)]
    if closing:
        one = list(either("loop.last", [paragraph("结束语", *sentence)], one))
    yield from each(f"句 in {items}", one)


def _by(please: str) -> str:
    return (
        f"{please}{{% if 文书.新时限 %}}，于{{{{ 文书.新时限 }}}}前{{% else %}}，并{{% endif %}}"
        "将完成情况和佐证材料书面报送{{ 机构.简称 }}。"
    )


def _end() -> Iterator[Element]:
    yield from annex_note()
    yield from signature()
    yield from contact_note()
