"""Columns from the data: repeated cells, hm, colspan, and the grid of the table around them."""

import pickle
import re

import pytest
from engine_docx import build, codes, p, part

from liangqing.base.diagnostics import Problems


def cell(text: str, width: int = 0) -> str:
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    return f"<w:tc><w:tcPr>{size}</w:tcPr>{p(text)}</w:tc>"


def table(widths: list[int], *rows: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


LOOP = [cell("{%tc for 项 in 甲 %}"), cell("{{ 项 }}", 1000), cell("{%tc endfor %}")]
VALUES = {"甲": ["一", "二", "三"], "数": 2}


def grid(out: bytes) -> list[int]:
    return [int(each) for each in re.findall('gridCol w:w="(.*?)"', part(out))]


def test_the_grid_follows_repeated_cells() -> None:
    out = build(table([1000, 2000], [cell("首", 1000), *LOOP], [cell("次", 1000), *LOOP])).render(VALUES)
    assert grid(out) == [750, 750, 750, 750]
    assert re.findall('tcW w:w="(.*?)"', part(out)) == ["750"] * 8


def test_no_turn_at_all() -> None:
    assert grid(build(table([1000, 2000], [cell("首", 1000), *LOOP])).render({"甲": []})) == [3000]


def test_hm_merges_the_turns() -> None:
    merged = [
        cell("{%tc for 项 in 甲 %}"),
        cell("{% hm %}共{{ loop.length }}项", 1000),
        cell("{%tc endfor %}"),
    ]
    out = build(table([1000, 2000], [cell("头", 1000), *merged], [cell("行", 1000), *LOOP])).render(VALUES)
    assert '<w:gridSpan w:val="3"/>' in part(out)
    assert part(out).count("共3项") == 1
    assert part(out).count("<w:tc>") == 6
    assert len(grid(out)) == 4


def test_hm_outside_its_loop() -> None:
    assert codes(table([1000], [cell("{% hm %}甲")])) == ["D535"]
    assert codes(p("{% hm %}")) == ["D537"]
    two = [cell("{%tc for 项 in 甲 %}"), cell("{% hm %}"), cell("乙"), cell("{%tc endfor %}")]
    assert codes(table([1000], two)) == ["D535"]


def test_a_colspan_that_fits() -> None:
    rows = [cell("甲"), cell("乙"), cell("丙")], [cell("{% colspan 数 %}甲"), cell("乙")]
    template = build(table([1, 1, 1], *rows))
    assert '<w:gridSpan w:val="2"/>' in part(template.render(VALUES))
    with pytest.raises(Problems) as caught:
        template.render({"数": 3}, subject="函")
    (found,) = caught.value.diagnostics
    assert (found.code, found.place.detail) == ("D569", "表1")
    assert found.message == "填好后第 2 行占 4 列，表格有 3 列（函）"


def test_a_table_that_is_ragged_already_is_not_judged() -> None:
    rows = [cell("甲"), cell("乙")], [cell("{% colspan 数 %}甲"), cell("乙")]
    build(table([1, 1, 1], *rows)).render({"数": 9})


def test_tables_in_tables_and_in_loops() -> None:
    inner = table([500], LOOP)
    outer = table([3000], [f"<w:tc>{inner}<w:p/></w:tc>"], LOOP)
    template = build(p("{% for 次 in 甲 %}") + outer + p("{% endfor %}"))
    out = template.render(VALUES)
    assert grid(out) == [1000, 1000, 1000, 167, 167, 167] * 3
    assert out == pickle.loads(pickle.dumps(template)).render(VALUES)


def test_a_table_of_which_nothing_is_left() -> None:
    rows = [[cell("{%tr for 次 in 乙 %}")], LOOP, [cell("{%tr endfor %}")]]
    assert "<w:tbl>" not in part(build(p("首") + table([1000], *rows) + p("末")).render({**VALUES, "乙": []}))
