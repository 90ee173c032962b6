"""What stands around the text: the draft mark above it, the page number below it."""

from __future__ import annotations

from collections.abc import Mapping

from template_sources.builder.letterhead import letter_rules
from template_sources.builder.ooxml import Place, box, paragraph, run, word_field, x
from template_sources.builder.units import NUMBER_LINE, PORTRAIT, Page, in_mm, mm

DRAFT = "{% if 草稿 %}草　稿{% endif %}"
SIDES = {"even": "页码居左", "default": "页码居右"}


def around(page: Page, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Headers with the draft mark, and footers: 页脚 and page x of y on every page, or the numbers of the standard.

    Those (7.5) stand at the right of odd pages and at the left of even ones. On a page that is bound turned they
    stand where they stand on the upright ones (8): a footer would be at what is their right side.
    """
    mark = run(given.get("页眉", DRAFT))
    if "页脚" in given:
        words = (
            run(f"{given['页脚']}　第"),
            word_field("PAGE"),
            run("页 共"),
            word_field("NUMPAGES"),
            run("页"),
        )
        return {"default": _header(mark)}, {"default": _footer("页脚说明", *words)}
    if page.turned:
        numbers = [_turned_number(number, page, style) for number, style in enumerate(SIDES.values(), 10)]
        headers = {kind: _header(number + mark) for kind, number in zip(SIDES, numbers, strict=True)}
        return headers, {kind: _footer(style) for kind, style in SIDES.items()}
    headers = dict.fromkeys(SIDES, _header(mark))
    footers = {kind: _footer(style, _page_number()) for kind, style in SIDES.items()}
    if "首页" in given:  # 10.1: the first page of a letter has the red rules and no number
        return {**headers, "first": _header(letter_rules() + mark)}, {**footers, "first": _footer("页码居右")}
    return headers, footers


def _header(content: str) -> str:
    """One line above the type area, so that the draft mark moves nothing."""
    return x("w:hdr", paragraph("草稿标记", content))


def _footer(style: str, *content: str) -> str:
    return x("w:ftr", paragraph(style, *content))


def _page_number() -> str:
    return run("— ") + word_field("PAGE") + run(" —")


def _turned_number(number: int, page: Page, style: str) -> str:
    """The line of the number, as it stands on an upright sheet when that is turned to read this one."""
    foot, depth = PORTRAIT.footer + NUMBER_LINE, mm(10)
    length = page.height - page.top - page.bottom
    place = Place(*map(in_mm, (foot - depth, page.top, depth, length)))
    return box(number, "页码", place, paragraph(style, _page_number()), turned=True)
