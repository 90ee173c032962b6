"""Pieces of text that several papers share."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.house.markup import Element, content_control, control, either, on, paragraph, when


def number_control() -> Element:
    """发文字号, where a reader finds it again."""
    return content_control("文号", 1001, "{{ 文号文字 }}")


def date_control() -> Element:
    """成文日期, where a reader finds it again."""
    return content_control("成文日期", 1002, "{{ 成文日期文字 }}")


def full_stop(name: str) -> str:
    """A sentence of the data with exactly one 。"""
    return f"{{{{ {name} | 去句号 }}}}。"


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


def signature() -> Iterator[Element]:
    """The group and the date, one centred over the other, for papers without a red head."""
    yield paragraph("空行")
    yield paragraph("空行")
    yield paragraph("落款", "{{ 机构.全称 }}", properties=[on("keepNext")])
    yield paragraph("落款", "{{ 成文日期文字 }}")
