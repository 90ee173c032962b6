"""Pieces of text that several papers share."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import (
    Element,
    blank,
    content_control,
    control,
    either,
    paragraph,
    run,
    when,
)
from liangqing.own_templates.word_styles import HEI_RUN


def number_control() -> Element:
    """发文字号, where a reader finds it again."""
    return content_control("文号", 1001, "{{ 文号文字 }}")


def date_control() -> Element:
    """成文日期, where a reader finds it again."""
    return content_control("成文日期", 1002, "{{ 成文日期文字 }}")


def full_stop(name: str) -> str:
    """A sentence of the data with exactly one 。"""
    return f"{{{{ {name} | 去句号 }}}}。"


def correction(record: str) -> list[Element]:
    """The sentence of a letter that corrects another (更正), which it names; `record`: 整改函 or 文书."""
    words = f"本函更正{{{{ {record}.更正 }}}}，两函不一致的，以本函为准。"
    return list(when(f"{record}.更正", paragraph("结束语", words)))


def numbered_sentences(items: str, otherwise: str, *, closing: bool = False) -> Iterator[Element]:
    """（一）… （二）… for a list of texts, or a sentence that says there are none.

    `closing`: the last of them stays on one page with the signature (7.3.5.5).
    """
    sentence = f"（{{{{ loop.index | 汉字 }}}}）{full_stop('句')}"
    yield control(f"{{% for 句 in {items} %}}")
    if closing:
        yield from either("loop.last", [paragraph("结束语", sentence)], [paragraph("公文正文", sentence)])
    else:
        yield paragraph("公文正文", sentence)
    yield control("{% endfor %}")
    yield from when(f"not {items}", paragraph("结束语" if closing else "公文正文", otherwise))


def changes() -> Iterator[Element]:
    """Extensions and changes of responsibility, in a cell: the original stays beside them."""
    yield control("{% for 句 in 问题.变更 %}")
    yield paragraph("表格文字", f"变更：{full_stop('句')}")
    yield control("{% endfor %}")


def demand_cell() -> Iterator[Element]:
    """整改要求 with what was changed since."""
    yield paragraph("表格文字", "{% if 问题.整改要求 %}{{ 问题.整改要求 }}{% else %}—{% endif %}")
    yield from changes()


def title_block() -> Iterator[Element]:
    """标题, two blank lines under what stands above it and one above what follows (7.3.1, 7.3.2)."""
    yield from (blank(), blank())
    yield paragraph("公文标题", "{{ 标题 }}")
    yield blank()


def annex_note() -> Iterator[Element]:
    """附件说明 (7.3.4): one annex has no number; names of several stand under each other."""
    yield from when("附件", blank())
    yield control("{% for 名称 in 附件 %}")
    yield control("{% if loop.first and loop.last %}")
    yield paragraph("附件说明", "附件：{{ 名称 }}")
    yield control("{% elif loop.first %}")
    yield paragraph("附件说明首项", "附件：{{ loop.index }}.{{ 名称 }}")
    yield control("{% else %}")
    yield paragraph("附件说明续项", "{{ loop.index }}.{{ 名称 }}")
    yield control("{% endif %}")
    yield control("{% endfor %}")


def annex_mark() -> Element:
    """附件 with the number of its paper (7.3.7), and which of several it is; for an annex that is a file of its own."""
    which = (
        "{% for 名称 in 附件 %}{% if 名称 == 标题 and not (loop.first and loop.last) %}"
        "{{ loop.index }}{% endif %}{% endfor %}"
    )
    return paragraph("附件标识", "{{ 文号文字 }}附件", which)


def signature() -> Iterator[Element]:
    """署名 and 成文日期 (7.3.5), with the room of a seal where the kind of paper has one; it is set by hand."""
    yield blank()
    yield from when("盖章", blank())
    yield paragraph("署名", "{% rightind 署名右空 %}{{ 机构.全称 }}")
    yield paragraph("成文日期", "{% rightind 成文日期右空 %}", date_control())


def contact_note() -> Iterator[Element]:
    """附注 (7.3.6): whom to ask; nothing where nobody is named."""
    words = (
        "（{% if 机构.联系人.姓名 %}联系人：{{ 机构.联系人.姓名 }}{% endif %}"
        "{% if 机构.联系人.姓名 and 机构.联系人.电话 %}，{% endif %}"
        "{% if 机构.联系人.电话 %}电话：{{ 机构.联系人.电话 }}{% endif %}）"
    )
    yield from when("机构.联系人", paragraph("附注", words))


def attendance(label: str, names: str) -> Iterator[Element]:
    """出席, 请假 or 列席 of minutes (10.3): `names` is the variable with the list; nothing where it is empty.

    The first of them stands one blank line under the text.
    """
    yield from when(names, paragraph("会议人员", run(f"{label}：", HEI_RUN), f"{{{{ {names} | 顿号 }}}}"))
