"""A template to begin with, in each format of the house: the styles are there, the words are for the group to write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from liangqing.own_templates.formats import file_paper, letter_paper, minutes_paper
from liangqing.own_templates.markup import Element, blank, paragraph, run
from liangqing.own_templates.measures import FORM, LANDSCAPE, PORTRAIT, Page
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered, page_of_pages
from liangqing.own_templates.parts import annex_note, contact_note, signature, title_block
from liangqing.own_templates.tables import Cell, Column, form, listing, or_dash
from liangqing.own_templates.word_styles import KAI_RUN

Names = Collection[str]  # the variables at the top of the kind of subject
# The lists that a table may be about, the first that the subject has: loop, name of a row, its text.
LISTS = (
    ("问题清单", "问题 in 问题清单", "{{ 问题.名称 | 去句号 }}", or_dash("问题.整改时限")),
    ("问题明细", "项 in 问题明细", "{{ 项.名称 | 去句号 }}", or_dash("项.整改时限")),
)
COPIES = "机构.抄送"


def starter(layout: str, names: Names) -> bytes:
    """A .docx for a format of FORMATS. It reads only what every paper has, and of `names` what is there.

    Raises KeyError for a format that we have not.
    """
    return FORMATS[layout](names)


def _text(names: Names) -> Iterator[Element]:
    yield from title_block()
    to = "{{ 单位.名称 }}" if "单位" in names else "（写主送机关）"
    yield paragraph("主送机关", f"{to}：")
    yield paragraph("公文正文", "（写缘由和依据。）现将有关事项函告如下：")
    yield from _levels()
    yield paragraph("结束语", "（写结束的话，它和署名排在同一面。）")
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def _levels() -> Iterator[Element]:
    yield paragraph("一级标题", "一、（写一级标题）")
    yield paragraph("二级标题", "（一）（写二级标题）")
    yield paragraph("公文正文", run("（二）二级标题也可以和正文同一段。", KAI_RUN), "（写正文。）")
    yield paragraph("三级标题", "1.（写三级标题）")
    yield paragraph("四级标题", "（1）（写四级标题）")
    yield paragraph("结束语", "（写正文。）")


def _minutes(names: Names) -> bytes:
    def text() -> Iterator[Element]:
        yield from title_block()
        yield paragraph("公文正文", "（写会议时间、地点、主持人和议题。）会议议定以下事项：")
        yield from _levels()
        yield blank()
        for label in ("出席", "请假", "列席"):
            yield paragraph("会议人员", run(f"{label}：", "黑体字"), "（写名单）")

    return minutes_paper(text(), COPIES)


def _listing(page: Page, names: Names) -> Iterator[Element]:
    yield paragraph("表格标题", "{{ 标题 }}")
    yield paragraph("表前说明", "（写本表的依据和说明。）")
    yield paragraph("表间距")
    known = next((rest for name, *rest in LISTS if name in names), None)
    if known:
        loop, what, limit = known
        columns = (
            Column("序号", 12, "{{ loop.index }}", "表格居中"),
            Column("内容", 90, what),
            Column("时限", 34, limit, "表格居中"),
            Column("备注", 20, ""),
        )
        yield listing(page.text_width, columns, loop)
    else:
        heads = tuple(Cell(each, "表头") for each in ("序号", "内容", "时限", "备注"))
        rows = [tuple(Cell(each) for each in (str(number), "", "", "")) for number in (1, 2, 3)]
        yield form(page.text_width, (12, 90, 34, 20), (heads, *rows), heads=1)
    yield paragraph("表间距")
    yield paragraph("表后说明", "（写填表说明。）")
    yield paragraph("表后署名", "{{ 机构.全称 }}")


def _table(page: Page) -> Callable[[Names], bytes]:
    return lambda names: pack(Section(page, _listing(page, names), *numbered(page)))


def _form(names: Names) -> bytes:
    unit = "{{ 单位.名称 }}" if "单位" in names else ""
    rows = (
        (Cell("单位", "表头"), Cell(unit), Cell("填表日期", "表头"), Cell("　　　年　　月　　日")),
        (Cell("填表人", "表头"), Cell(""), Cell("联系电话", "表头"), Cell("")),
        (Cell("情况", "表头"), Cell(_lines, span=3)),
        (Cell("负责人意见", "表头"), Cell(_signed, span=3)),
    )
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("填表说明", "（写填表说明。）"),
        paragraph("表间距"),
        form(FORM.text_width, (26, 56, 26, 48), rows),
        paragraph("细行"),
    ]
    return pack(Section(FORM, body, *page_of_pages("{{ 机构.简称 }}")))


def _lines() -> Iterator[Element]:
    yield from (paragraph("意见线", "\t") for _ in range(4))


def _signed() -> Iterator[Element]:
    yield from (paragraph("意见线", "\t") for _ in range(2))
    yield paragraph("签字线", "签名：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")


FORMATS: dict[str, Callable[[Names], bytes]] = {
    "信函": lambda names: letter_paper(_text(names), COPIES),
    "文件": lambda names: file_paper(_text(names), COPIES),
    "纪要": _minutes,
    "表格": _table(PORTRAIT),
    "横表": _table(LANDSCAPE),
    "表单": _form,
}
NUMBERED = ("信函", "文件", "纪要")
