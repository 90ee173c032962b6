"""The overview of a year with something planned: it stands on the page, and a narrow screen shows all of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from lxml import html
from planned_year import CLOSING, finding, opened, task, written

from liangqing.outputs import dashboard


def page_of(root: Path, day: date, *findings: dict[str, Any], **more: Any) -> Any:
    look = opened(root, written(*findings, tasks=(task("R1", "每季度"),), **more), day)
    return html.fromstring(dashboard.write(look).decode())


def test_what_is_planned_and_who_answers_stand_on_the_page(tmp_path: Path) -> None:
    closed = finding("W1", 销号=[{**CLOSING, "回头看计划": date(2021, 9, 25)}])
    page = page_of(tmp_path, date(2021, 9, 22), closed, finding("W2"), options={"未检查月数": "3"})
    due = [item.text_content() for item in page.xpath("//ul[@class='due']/li")]
    assert due[0].startswith("9月25日回头看W1 问题W1甲支部")
    assert due[1].startswith("9月30日定期任务R1 每季度（第三季度） 示例任务；2个单位都尚无记录")
    (row,) = page.xpath("//table[@id='persons']/tbody/tr")
    assert row.get("data-unit") == "甲支部"
    assert [cell.text_content() for cell in row][2:6] == ["1", "0", "0", "1"]
    assert row[6].text_content() == "W2 问题W22021-06-30，逾期，已超84天"
    (line,) = page.xpath("//p[@id='not-inspected']")
    assert line.text == "满3个月没有检查的单位2个：甲支部（上次2021年3月1日）、乙支部（上次2021年3月1日）。"


def test_each_unit_has_its_rates_and_the_foot_their_total(tmp_path: Path) -> None:
    page = page_of(tmp_path, date(2021, 7, 1), finding("W1", 销号=[CLOSING]), finding("W2"))
    table = page.get_element_by_id("lights")
    rows = {
        row[0].text_content(): [cell.text_content() for cell in row[-3:]] for row in table.xpath(".//tr[td]")
    }
    assert rows == {
        "甲支部": ["50%", "50%", "1"],
        "乙支部": ["—", "—", "0"],
        "合计": ["50%", "50%", "1"],
    }


def test_without_anything_open_there_is_nobody_to_list(tmp_path: Path) -> None:
    page = page_of(tmp_path, date(2021, 7, 1))
    assert page.xpath("//table[@id='persons']") == []
    assert "没有在办的。" in page.text_content()
    assert page.xpath("//p[@id='not-inspected']") == []
