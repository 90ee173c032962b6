"""What stands around the text: the draft mark above it, the page number below it."""

from __future__ import annotations

from collections.abc import Mapping

from liangqing.own_templates.drawing import Place, box
from liangqing.own_templates.markup import Element, Inline, field, paragraph, run, w
from liangqing.own_templates.measures import NUMBER_LINE, PORTRAIT, Page, in_mm, mm

DRAFT = "{% if 草稿 %}草　稿{% endif %}"


def header(*drawings: Element) -> Element:
    """A header with the draft mark, in one line above the type area so that it moves nothing."""
    return w("hdr", paragraph("草稿标记", *drawings, DRAFT))


def footer(style: str, *content: Inline) -> Element:
    """A footer of one line."""
    return w("ftr", paragraph(style, *content))


def page_number() -> list[Inline]:
    """The number between two dashes (7.5)."""
    return [run("— "), *field("PAGE"), run(" —")]


def numbered(page: Page = PORTRAIT) -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """Headers and footers: odd pages numbered at the right, even pages at the left, in 4号 宋体 (7.5).

    On a `page` that is bound turned, the number stands where it stands on the upright ones (8): a footer would be
    at what is their right side.
    """
    styles = {"even": "页码居左", "default": "页码居右"}
    if page.turned:
        headers = {
            kind: header(_turned_number(number, page, style))
            for number, (kind, style) in enumerate(styles.items(), 10)
        }
        return headers, {kind: footer(style) for kind, style in styles.items()}
    headers = {kind: header() for kind in styles}
    return headers, {kind: footer(style, *page_number()) for kind, style in styles.items()}


def _turned_number(number: int, page: Page, style: str) -> Element:
    """The line of the number, as it stands on an upright sheet when that is turned to read this one."""
    foot, depth = PORTRAIT.footer + NUMBER_LINE, mm(10)
    length = page.height - page.top - page.bottom
    place = Place(*map(in_mm, (foot - depth, page.top, depth, length)))
    return box(number, "页码", place, [paragraph(style, *page_number())], turned=True)


def numbered_from_second(*drawings: Element) -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """The same for the letter (10.1): the first page has the red rules and no number."""
    headers, footers = numbered()
    return {**headers, "first": header(*drawings)}, {**footers, "first": footer("页码居右")}


def page_of_pages(before: str) -> tuple[Mapping[str, Element], Mapping[str, Element]]:
    """Headers and footers of a form whose pages belong together: text, then page x of y, on every page."""
    content = [run(f"{before}　第"), *field("PAGE"), run("页 共"), *field("NUMPAGES"), run("页")]
    return {"default": header()}, {"default": footer("页脚说明", *content)}
