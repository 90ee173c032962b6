"""整改率, 按期率 and 逾期数, of a unit and of all: held against a count by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from conftest import Run
from planned_year import CLOSING, Entry, finding, opened, written

from liangqing.outputs import waiting
from liangqing.outputs.dashboard.units import RateCells, total, units
from liangqing.variables.breakdowns import UNIT_ROW
from liangqing.variables.breakdowns import units as offices
from liangqing.variables.figures import FIGURES
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

DAY = date(2021, 7, 31)
RATES = ("应整改数", "应整改已销号数", "整改率", "按期率", "逾期数")
LATE = {**CLOSING, "核查日期": date(2021, 7, 5), "销号日期": date(2021, 7, 5)}


def of_units(look: OpenWorkspace) -> dict[str, list[object]]:
    wanted: dict[str, Any] = {name: {} for name in RATES}
    return {row.unit.short_name: [*build(UNIT_ROW.rows, row, wanted).values()] for row in offices(look.at)}


def of_all(look: OpenWorkspace) -> list[object]:
    names = ("应整改数", "已销号数", "整改率", "按期率", "逾期数")
    return [*build(FIGURES.rows, look.at, {name: {} for name in names}).values()]


def in_time(code: str, **keys: object) -> Entry:
    return finding(code, 销号=[CLOSING], **keys)


def test_the_rates_of_each_unit_are_those_counted_by_hand(tmp_path: Path) -> None:
    findings = [
        in_time("W1"),
        finding("W2", 销号=[LATE]),  # closed, but later than 30 June
        finding("W3"),  # open and overdue
        finding("W4", 整改时限=date(2021, 12, 1)),  # open, its limit still to come
        finding("W5", 整改类别="长期坚持", 整改时限="长期坚持"),
        finding("W6", 单位="U2", 整改时限=date(2021, 12, 1)),
    ]
    look = opened(tmp_path, written(*findings), DAY)
    assert of_units(look) == {"甲支部": [4, 2, "50%", "33.33%", 1], "乙支部": [1, 0, "0%", "—", 0]}
    assert of_all(look) == [5, 2, "40%", "33.33%", 1]
    lights = {light.name: light.rates for light in units(look.at, waiting.items(look))}
    assert lights == {"甲支部": RateCells("50%", "33.33%", 1), "乙支部": RateCells("0%", "—", 0)}
    assert total(look.at) == (6, 2, RateCells("40%", "33.33%", 1), "")


def test_nothing_to_put_right_has_no_rate(tmp_path: Path) -> None:
    look = opened(tmp_path, written(finding("W1", 整改类别="长期坚持", 整改时限="长期坚持")), DAY)
    assert of_units(look) == {"甲支部": [0, 0, "—", "—", 0], "乙支部": [0, 0, "—", "—", 0]}
    assert of_all(look) == [0, 0, "—", "—", 0]


def test_an_extension_does_not_make_a_late_closing_one_in_time(tmp_path: Path) -> None:
    extension = {"批准日期": date(2021, 6, 20), "新时限": date(2021, 7, 30), "理由": "汛期", "批准人": "组长"}
    look = opened(tmp_path, written(finding("W1", 延期=[extension], 销号=[LATE])), DAY)
    assert of_units(look)["甲支部"] == [1, 1, "100%", "0%", 0]


def test_an_earlier_day_has_the_rates_of_that_day(tmp_path: Path) -> None:
    made = written(finding("W1", 销号=[LATE]))
    assert of_units(opened(tmp_path, made, date(2021, 7, 4)))["甲支部"] == [1, 0, "0%", "—", 0]  # applied for
    assert of_units(opened(tmp_path, made, date(2021, 7, 5)))["甲支部"] == [1, 1, "100%", "0%", 0]


def test_the_units_add_up_to_the_total_but_for_what_several_share_and_the_page_says_so(
    tmp_path: Path,
) -> None:
    shared = [in_time("W1", 共性="甲类"), finding("W2", 单位="U2", 共性="甲类"), in_time("W3", 单位="U2")]
    look = opened(tmp_path, written(*shared), DAY)
    assert of_units(look) == {"甲支部": [1, 1, "100%", "100%", 0], "乙支部": [2, 1, "50%", "50%", 1]}
    assert of_all(look) == [2, 1, "50%", "50%", 1]
    assert total(look.at).note.endswith("各单位的问题数相加比合计多 1 个。")


def test_the_ledger_has_the_rates_with_their_total(run: Run) -> None:
    import io

    import openpyxl

    from liangqing.outputs import ledger

    look = open_workspace(run.root, None, None, date(2021, 11, 1))
    book = openpyxl.load_workbook(io.BytesIO(ledger.write(look.at)))
    rows = [[*row] for row in book["统计"].iter_rows(values_only=True, max_col=6)]
    head = rows.index(["单位", *RATES])
    end = next(index for index, row in enumerate(rows) if row[0] == "合计")
    assert {row[0]: row[1:] for row in rows[head + 1 : end]} == of_units(look)
    assert rows[end][1:] == of_all(look)
    assert str(rows[end + 1][0]).startswith("共性问题在各有关单位各算一个")
