"""Page ends on paper: the rules of page_ends.py over all pages of some 300 papers, and each of them over a page that breaks it."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Sequence

import page_ends
import pytest
from conftest import Run
from lxml import etree
from many_papers import ManyPaper
from page_ends import RULES, Faults, Paper
from pdf_pages import Box, Page, Sign, read_pages
from sample import ROOT

from liangqing.base.docx_zip import W
from liangqing.gbt9704.line_breaks import NOT_FIRST, NOT_LAST
from liangqing.pdf import convert

MM_A_SIGN = 5.6
ORGAN = "某市纪委监委驻水利局纪检监察组"
Rule = Callable[[Paper], Faults]
Row = tuple[float, float, str]


# ------------------------------------------------------------ all pages of some 300 papers


@pytest.mark.office
@pytest.mark.xdist_group("many_papers")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_page_ends_wrongly(rule: Rule, many_papers: tuple[ManyPaper, ...]) -> None:
    papers = [Paper(paper.name, paper.pages, paper.docx) for paper in many_papers]
    seen = sum(len(paper.pages) for paper in papers)
    sys.stdout.write(f"{rule.__name__}：看了{len(papers)}份{seen}页\n")
    assert seen > 800
    faults = {f"{paper.name}：{fault}" for paper in papers for fault in rule(paper)}
    assert sorted(faults) == []


@pytest.mark.office
def test_a_report_of_any_month_ends_well(run: Run) -> None:
    """Ten months, whose comparison is of another length each: a heading below it never stands alone."""
    assert run("monthly")[0] == 0
    files = sorted((run.root / "output/2021/月报").glob("*.docx"))
    assert len(files) >= 10
    pdfs = convert(files, run.root)
    papers = [
        Paper(file.stem, read_pages(pdf.read_bytes()), file.read_bytes())
        for file, pdf in zip(files, pdfs, strict=True)
    ]
    assert [f"{paper.name}：{fault}" for paper in papers for rule in RULES for fault in rule(paper)] == []


# ------------------------------------------------------------ each rule, broken on purpose


def line(left: float, middle: float, text: str) -> list[Sign]:
    """A line of text, its signs `MM_A_SIGN` wide and 5 mm high."""
    return [
        Sign(
            text_sign,
            Box(left + number * MM_A_SIGN, middle - 2.5, left + (number + 1) * MM_A_SIGN, middle + 2.5),
            16,
        )
        for number, text_sign in enumerate(text)
    ]


def page(rows: Sequence[Row], rules: Sequence[Box] = ()) -> Page:
    return Page(210, 297, tuple(sign for row in rows for sign in line(*row)), tuple(rules))


def table(top: float, *heights: float, uprights: Sequence[float] = (28, 60, 184)) -> list[Box]:
    """The rules of a table of rows so high."""
    edges = [top + sum(heights[:number]) for number in range(len(heights) + 1)]
    flat = [Box(uprights[0], edge - 0.2, uprights[-1], edge + 0.2) for edge in edges]
    return flat + [Box(place - 0.2, top, place + 0.2, edges[-1]) for place in uprights]


def lines(first: float, count: int, left: float = 28) -> list[Row]:
    return [(left, first + 10.2 * number, "检查发现的问题要逐项整改到位") for number in range(count)]


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A Word file of paragraphs: style and text."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


def faults(rule: Rule, pages: Sequence[Page], *paragraphs: tuple[str, str]) -> list[str]:
    return list(rule(Paper("样张", tuple(pages), docx(*paragraphs))))


SIGNED: Row = (100, 200, ORGAN)


def test_a_page_a_third_empty_before_text_that_has_room_on_it() -> None:
    full = page(lines(42, 21))
    assert faults(page_ends.empty_third, [page(lines(42, 12)), full]) == [
        "第1页下面空105毫米，第2页的开头放得下"
    ]
    assert faults(page_ends.empty_third, [page(lines(42, 17)), full]) == []


def test_a_signature_that_takes_two_lines_along_may_leave_white() -> None:
    rows = [*lines(42, 2), (100, 72, ORGAN), (120, 82, "2021年4月20日"), (28, 240, "抄送：某局。")]
    first = page(lines(42, 12))
    assert faults(page_ends.empty_third, [first, page(rows)], ("署名", ORGAN)) == []
    rows = [*lines(42, 9, left=39.2), (100, 150, ORGAN)]  # nine paragraphs
    assert faults(page_ends.empty_third, [first, page(rows)], ("署名", ORGAN)) != []


def test_a_last_page_with_one_line() -> None:
    first, tail = page(lines(42, 21)), [(28.0, 42.0, "此函。"), SIGNED]
    assert faults(page_ends.lonely_line, [first, page(tail)], ("署名", ORGAN)) == ["最后一页只有1行文字"]
    assert faults(page_ends.lonely_line, [first, page([*lines(42, 2), SIGNED])], ("署名", ORGAN)) == []


def test_a_last_page_with_nothing_but_to_whom_it_goes() -> None:
    first = page(lines(42, 21))
    imprint: list[Row] = [
        (30, 240, "抄送：某局第一科室、"),
        (42, 247, "某局第二科室。"),
        (30, 254, "2021年4月20日印发"),
    ]
    assert faults(page_ends.lonely_line, [first, page(imprint)]) == ["最后一页只有0行文字"]
    assert faults(page_ends.lonely_line, [first, page([*lines(42, 2), *imprint])]) == []


def test_a_signature_without_two_lines_above_it() -> None:
    first = page(lines(42, 21))
    assert faults(page_ends.signature_alone, [first, page([SIGNED])], ("署名", ORGAN)) == [
        "第2页署名上面只有0行"
    ]
    assert faults(page_ends.signature_alone, [first, page([*lines(42, 2), SIGNED])], ("署名", ORGAN)) == []


def test_a_date_on_the_page_after_its_signature() -> None:
    rows = [*lines(42, 15), (100, 205, ORGAN)]
    written = (("表后署名", ORGAN), ("表后署名", "2021年4月20日"))
    dated = (120, 42, "2021年4月20日")
    assert faults(page_ends.date_apart, [page(rows), page([dated])], *written) == ["第1页署名下面没有日期"]
    assert (
        faults(page_ends.date_apart, [page([*rows, (120, 215, "2021年4月20日")]), page([])], *written) == []
    )


def test_a_form_signed_on_a_page_of_its_own() -> None:
    first = page(lines(42, 21))
    signing: list[Row] = [(30, 60, "签名"), (30, 70, "日期")]
    assert faults(page_ends.form_signed_alone, [first, page(signing)]) == ["第2页只有签名栏"]
    assert faults(page_ends.form_signed_alone, [first, page([*lines(38, 2), *signing])]) == []


def test_a_table_that_begins_with_one_row_or_ends_with_one() -> None:
    after = page([(70, 42, "序号")], table(37, 8, 8, 8, 8))
    begins = page(lines(42, 20), table(246, 8, 8))
    assert faults(page_ends.one_row_at_the_foot, [begins, after]) == ["第1页页末的表只有一行"]
    assert faults(page_ends.one_row_at_the_foot, [page(lines(42, 19), table(238, 8, 8, 8)), after]) == []
    ends = page([(70, 42, "序号")], table(37, 8, 8))
    before = page(lines(42, 19), table(238, 8, 8, 8))
    assert faults(page_ends.one_row_at_the_top, [before, ends]) == ["第2页只有表的最后一行"]
    assert faults(page_ends.one_row_at_the_top, [before, after]) == []


def test_a_name_that_stands_last_on_its_page() -> None:
    rows = [*lines(42, 20), (80.0, 252.0, "责任清单")]
    after = page(lines(42, 21))
    assert faults(page_ends.name_of_table_alone, [page(rows), after], ("表名", "责任清单")) == [
        "第1页末是“责任清单”"
    ]
    assert (
        faults(page_ends.name_of_table_alone, [page([*rows, (28, 259, "编号")]), after], ("表名", "责任清单"))
        == []
    )


@pytest.mark.parametrize(
    ("upper", "under", "told"),
    [
        ("整改时限为2021年10月31", "日以前", "数和单位分开了"),
        ("补助资金共5", "万元", "数和单位分开了"),
        ("整改时限为2021年10月", "31日以前", ""),  # LibreOffice breaks after 年 and 月, Word and WPS do not
        ("共检查6", "处排污口", ""),
    ],
)
def test_a_number_torn_from_its_unit(upper: str, under: str, told: str) -> None:
    found = faults(page_ends.torn, [page([(28, 50, upper), (28, 60, under)])])
    assert [fault for fault in found if told and told in fault] == found and bool(found) == bool(told)


@pytest.mark.parametrize(
    ("upper", "under", "told"),
    [
        ("2021年10月", "31日", "日期"),
        ("毛某某（科", "长）", "（科长）"),
        ("毛某某", "（科长）", ""),
        ("（水利工程", "管理科科长）", ""),
    ],
)
def test_a_date_or_a_short_bracket_torn_in_a_cell(upper: str, under: str, told: str) -> None:
    drawn = table(40, 30, uprights=(28, 80, 184))
    found = faults(page_ends.torn, [page([(30, 50, upper), (30, 57, under)], drawn)])
    assert bool(found) == bool(told) and all(told in fault for fault in found)


def test_a_single_item_with_a_number() -> None:
    one = [
        ("一级标题", "一、存在问题"),
        ("公文正文", "（一）台账不全。"),
        ("一级标题", "二、整改要求"),
        ("公文正文", "补齐。"),
    ]
    assert faults(page_ends.single_item_numbered, [], *one) == ["只有一项，还编了号：（一）台账不全。"]
    assert (
        faults(page_ends.single_item_numbered, [], *one[:2], ("公文正文", "（二）标牌缺失。"), *one[2:]) == []
    )
    assert (
        faults(page_ends.single_item_numbered, [], ("公文正文", "1.台账不全。"), ("公文正文", "以上。")) != []
    )


def test_every_template_tells_word_what_may_not_begin_a_line() -> None:
    templates = sorted((ROOT / "templates").glob("*.docx"))
    for template in templates:
        with zipfile.ZipFile(template) as package:
            settings = etree.fromstring(package.read("word/settings.xml"))
        told = {kind: settings.find(f"{W}noLineBreaks{kind}") for kind in ("Before", "After")}
        assert [None if row is None else row.get(f"{W}val") for row in told.values()] == [
            NOT_FIRST,
            NOT_LAST,
        ], template
    assert len(templates) > 30
