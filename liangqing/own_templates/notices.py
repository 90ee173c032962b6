"""征求意见函, 印发通知, 以案促改通知 and 监督检查通知: from the title to the note, in whatever layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liangqing.own_templates.markup import Element, each, either, paragraph, run, when
from liangqing.own_templates.parts import annex_note, contact_note, full_stop, signature, title_block
from liangqing.own_templates.word_styles import HEI_RUN

COPIES = "机构.抄送"
EVERYBODY = "各被监督单位"


def consultation() -> Iterator[Element]:
    """征求意见函"""
    body = (
        _text(
            "为做好{{ 年度 }}年度监督检查工作，{{ 机构.简称 }}依据{{ 清单.依据 | 书名号 }}，"
            "起草了《{{ 清单.标题 }}》（征求意见稿），共{{ 清单.任务数 }}项任务。"
            "现征求你们的意见，有关事项函告如下："
        ),
        _item(
            "一、征求意见的内容。", "任务内容、责任主体、监督方式、完成时限和佐证材料是否合适，以及其他意见。"
        ),
        _item(
            "二、反馈的方式。",
            "意见逐条写明针对哪项任务和理由，由党组织负责人签字；没有意见的，也请书面反馈。",
        ),
        _item(
            "三、反馈的期限。",
            "请{% if 清单.征求意见截止 %}于{{ 清单.征求意见截止 }}前{% endif %}将书面意见反馈{{ 机构.简称 }}。",
            "结束语",
        ),
    )
    to = f"{{% if 征求意见.单位名称 %}}{{{{ 征求意见.单位名称 }}}}{{% else %}}{EVERYBODY}{{% endif %}}"
    yield from _paper(to, body, "此函。")


def notice() -> Iterator[Element]:
    """印发通知"""
    asked = (
        "{% if 征求意见.意见数 or 征求意见.无意见单位 %}征求{{ 征求意见.单位数 }}家单位意见，"
        "收到意见{{ 征求意见.意见数 }}条，经研究修改，{% else %}经研究，{% endif %}"
    )
    first = (
        f"《{{{{ 清单.标题 }}}}》{asked}现印发给你们，请认真贯彻执行。"
        "{% if 清单.印发要求 or 清单.自查期次 %}有关要求通知如下：{% endif %}"
    )
    periods = (
        "{% for 期 in 清单.自查期次 %}{{ 期.名称 }}于{{ 期.报送截止日期 }}前报送"
        "{% if not loop.last %}，{% endif %}{% endfor %}。"
    )
    asks = f"{{{{ loop.index | 汉字 }}}}、{full_stop('要求')}"
    last = either("loop.last and not 清单.自查期次", [_last(asks)], [_text(asks)])
    body = (
        *either("清单.印发要求 or 清单.自查期次", [_text(first)], [_last(first)]),
        *each("要求 in 清单.印发要求", last),
        *when("清单.自查期次", _last(f"自查情况分期报送：{periods}")),
    )
    yield from _paper(EVERYBODY, body)


def case() -> Iterator[Element]:
    """以案促改通知"""
    told = (
        "{% if 典型案例.通报日期 %}{{ 典型案例.通报日期 }}，{% endif %}"
        "{{ 典型案例.来源 }}了{{ 典型案例.名称 }}。"
        "为以案为鉴，举一反三，现就学习典型案例、开展自查自纠有关事项通知如下："
    )
    study = "请组织全员学习上述案例{% if 典型案例.学习期限 %}，于{{ 典型案例.学习期限 }}前完成{% endif %}，做好学习记录。"
    check = (
        "{% if 典型案例.自查范围 %}{{ 典型案例.自查范围 | 去句号 }}。{% endif %}"
        "对查出的问题写明原因、整改措施、责任人和时限，立即整改；没有发现问题的，如实报告。"
    )
    hand_in = (
        "{% if 典型案例.报送期限 %}请于{{ 典型案例.报送期限 }}前报送自查情况。{% endif %}"
        "{% if 典型案例.报送方式 %}{{ 典型案例.报送方式 | 去句号 }}。{% endif %}"
    )
    body = (
        _text(told),
        _heading("一、学习的案例"),
        *each("例 in 典型案例.案例", _text(f"{{{{ loop.index }}}}.{full_stop('例')}")),
        _heading("二、学习要求"),
        _text(study),
        _heading("三、自查自纠"),
        *either(
            "典型案例.报送期限 or 典型案例.报送方式",
            [_text(check), _heading("四、情况报送"), _last(hand_in)],
            [_last(check)],
        ),
    )
    to = f"{{% if 典型案例.单位名称 %}}{{{{ 典型案例.单位名称 }}}}{{% else %}}{EVERYBODY}{{% endif %}}"
    yield from _paper(to, body, "特此通知。")


def inspection() -> Iterator[Element]:
    """监督检查通知"""
    intent = (
        "{% if 检查.依据 %}根据{{ 检查.依据 | 去句号 }}，{% endif %}{{ 机构.简称 }}定于{{ 检查.时间 }}"
        "开展{{ 检查.名称 }}，请{{ 检查.称谓 }}做好准备。现将有关事项通知如下："
    )
    whom = "{% for 单位 in 检查.单位 %}{{ 单位.名称 }}{% if not loop.last %}、{% endif %}{% endfor %}。"
    body = (
        _text(intent),
        _heading("一、检查对象"),
        _text(whom),
        _heading("二、检查内容"),
        *each("任务 in 检查.任务", _text(f"{{{{ loop.index }}}}.{full_stop('任务.具体任务')}")),
        _heading("三、检查方式和人员"),
        *when("检查.方式", _text("检查方式：{{ 检查.方式 | 顿号 }}。")),
        *when("检查.检查组", _text("检查组：{{ 检查.检查组 | 顿号 }}。")),
        *when("检查.配合单位", _text("配合单位：{{ 检查.配合单位 | 顿号 }}。")),
        _heading("四、准备工作"),
        *when("检查.准备材料", _text("请准备下列材料：{{ 检查.准备材料 | 分号 }}。")),
        _last("请安排专人联系，如实提供情况和材料；检查结束时现场反馈检查结果。"),
    )
    yield from _paper("{{ 检查.主送 }}", body, "特此通知。")


def _paper(to: str, body: Iterable[Element], closing: str = "") -> Iterator[Element]:
    """A text of the standard's parts around its body; with a closing phrase, or none."""
    yield from title_block()
    yield paragraph("主送机关", f"{to}：")
    yield from body
    if closing:
        yield paragraph("结束语", closing)
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def _heading(text: str) -> Element:
    return paragraph("一级标题", text)


def _text(text: str) -> Element:
    return paragraph("公文正文", text)


def _last(text: str) -> Element:
    """The last paragraph of the text, which stays on one page with the signature (7.3.5.5)."""
    return paragraph("结束语", text)


def _item(heading: str, text: str, style: str = "公文正文") -> Element:
    """A paragraph that begins with its own heading."""
    return paragraph(style, run(heading, HEI_RUN), text)
