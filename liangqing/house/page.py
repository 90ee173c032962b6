"""What stands around the text: the draft mark above it, the page number below it."""

from __future__ import annotations

from collections.abc import Mapping

from liangqing.house.markup import Element, Inline, field, paragraph, run, w

DRAFT = "{% if 草稿 %}草　稿{% endif %}"


def header(*drawings: Element) -> Element:
    """A header with the draft mark, in one line above the type area so that it moves nothing."""
    return w("hdr", paragraph("草稿标记", *drawings, DRAFT))


def footer(style: str, *content: Inline) -> Element:
    """A footer of one line."""
    return w("ftr", paragraph(style, *content))


def page_number(style: str) -> Element:
    """The number between two dashes, in 4号 宋体, one character from the edge (7.5)."""
    return footer(style, run("— "), *field("PAGE"), run(" —"))


def numbered() -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """Headers and footers of an ordinary paper: odd pages numbered at the right, even pages at the left."""
    headers = {"even": header(), "default": header()}
    return headers, {"even": page_number("页码居左"), "default": page_number("页码居右")}


def numbered_from_second(*drawings: Element) -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """The same for the letter (10.1): the first page has the red rules and no number."""
    headers, footers = numbered()
    return {**headers, "first": header(*drawings)}, {**footers, "first": footer("页码居右")}


def page_of_pages(before: str) -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """Headers and footers of a form whose pages belong together: text, then page x of y, on every page."""
    content = [run(f"{before}　第"), *field("PAGE"), run("页 共"), *field("NUMPAGES"), run("页")]
    return {"default": header()}, {"default": footer("页脚说明", *content)}
