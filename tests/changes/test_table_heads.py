"""The head of a table in a sheet that people have worked on."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.changes.table_heads import TableHead, heads_in, heads_over, values_of

MEANINGS = {"单位": "单位", "责任/单位": "单位", "事实": "事实"}


def sheet(*rows: tuple[str | None, ...]) -> Worksheet:
    page = Workbook().active
    assert isinstance(page, Worksheet)
    for row in rows:
        page.append(row)
    return page


def found(page: Worksheet, heights: tuple[int, ...] = (1,)) -> list[TableHead]:
    return list(
        heads_in(
            values_of(page),
            rows=range(1, page.max_row + 1),
            width=page.max_column,
            heights=heights,
            meaning=lambda texts: MEANINGS.get("/".join(texts)),
            needed=(("单位",), ("事实", "名称")),
        )
    )


def test_a_head_stands_below_other_rows_and_names_each_key_once() -> None:
    page = sheet(("问题台账",), (None,), (" 单位 ", "事实", "单位"), ("甲局", "某事", "乙局"))
    assert found(page) == [TableHead(3, 1, {1: "单位", 2: "事实"})]


def test_a_head_of_two_rows_is_read_from_the_outer_to_the_inner_one() -> None:
    page = sheet(("责任", None), ("单位", "事实"))
    assert heads_over(values_of(page), 1, 2, 1) == ("责任", "单位")
    assert TableHead(1, 2, {1: "单位", 2: "事实"}) in found(page, (1, 2))


def test_without_a_key_of_each_group_there_is_no_head() -> None:
    assert found(sheet(("单位", "责任人"), ("事实", "日期"))) == []


def test_cells_of_blanks_and_rows_beyond_the_last_do_not_count() -> None:
    assert values_of(sheet(("甲", "  "), ("乙", "丙")), last_row=1) == {(1, 1): "甲"}
