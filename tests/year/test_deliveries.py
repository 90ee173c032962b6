"""A 送达 by its number alone: whom the paper went to is known; and which letter a person means by what they type."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_year import Written, one_finding
from written_year import open_written

from liangqing.base.chinese import paper_number
from liangqing.outputs.ledger.columns import LedgerRow
from liangqing.outputs.ledger.lists import LETTERS
from liangqing.variables.owners import FindingOf
from liangqing.variables.story import events
from liangqing.year.state.deliveries import delivered_to, letter_by
from liangqing.year.state.standing import Standing

LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 7, 25)}
DAY = date(2021, 8, 1)


def line(kind: str, subject: str, number: str) -> dict[str, Any]:
    issued = {"成文日期": date(2021, 6, 1), "年度": 2021}
    return {"文种": kind, "对象": subject, "文号": number, **issued}


def year(root: Path, delivery: dict[str, Any], *lines: dict[str, Any]) -> Standing:
    written = one_finding([], {})
    written.years[2021] |= {"整改函": [LETTER], "送达": [{"日期": date(2021, 6, 2), **delivery}]}
    written.years[2021]["文书"] = [
        {"编号": "TB1", "文种": "通报", "单位": ["U1", "U2"], "问题": ["W1"], "事由": "示例"},
        {"编号": "TX1", "文种": "提醒函", "单位": ["U2"], "问题": ["W1"], "事由": "示例"},
    ]
    written.years[2021]["单位"].append({**written.years[2021]["单位"][0], "编号": "U2", "名称": "二支部"})
    written.years[2021]["单位"][1].pop("简称", None)
    written.lines.extend(lines)
    return open_written(root, written, 2021, DAY).at


ZG, TX, TB = "市纪驻某整〔2021〕1号", "市纪驻某提〔2021〕1号", "市纪驻某通〔2021〕1号"


@pytest.mark.parametrize(
    ("kind", "subject", "number", "unit"),
    [
        ("整改函", "ZG1", ZG, "U1"),
        ("提醒函", "TX1", TX, "U2"),
        ("体检报告", "JC1/U2", "市纪驻某报〔2021〕1号", "U2"),
        ("单位责任清单", "U2", "市纪驻某单〔2021〕1号", "U2"),
        ("一问一档", "W1", "市纪驻某档〔2021〕1号", "U1"),
        ("通报", "TB1", TB, None),
        ("征求意见函", "2021", "市纪驻某函〔2021〕1号", None),
    ],
)
def test_the_number_tells_whom_a_paper_went_to(
    tmp_path: Path, kind: str, subject: str, number: str, unit: str | None
) -> None:
    at = year(tmp_path, {"文号": number}, line(kind, subject, number))
    (delivery,) = at.year.deliveries
    to = delivered_to(at, delivery)
    assert (to.code if to else None) == unit


def test_a_unit_that_is_written_stands(tmp_path: Path) -> None:
    at = year(tmp_path, {"文号": TB, "单位": "二支部"}, line("通报", "TB1", TB))
    to = delivered_to(at, at.year.deliveries[0])
    assert to is not None and to.code == "U2"


def test_a_number_that_never_went_out_tells_no_unit(tmp_path: Path) -> None:
    at = year(tmp_path, {"文号": "市纪驻某整〔2021〕9号"}, line("整改函", "ZG1", ZG))
    assert delivered_to(at, at.year.deliveries[0]) is None


@pytest.mark.parametrize(
    "typed", [ZG, "市纪驻某整[2021]1号", "市纪驻某整（２０２１） １ 号", "市纪驻某整〔2021〕01号"]
)
def test_story_and_ledger_tell_a_delivery_by_its_number_as_people_type_it(tmp_path: Path, typed: str) -> None:
    at = year(tmp_path, {"文号": typed, "签收人": "戊某某"}, line("整改函", "ZG1", ZG))
    told = [event for event in events(FindingOf(at, at.found[0])) if event.kind == "送达"]
    name = at.year.unit("U1").short_name
    assert [(event.day, event.what, event.source) for event in told] == [
        (date(2021, 6, 2), f"送达{name}，戊某某签收", ZG)
    ]
    (row,) = (LedgerRow(at, record) for record in LETTERS.rows(at))
    cells = {column.head: column.value(row) for column in LETTERS.columns}
    assert (cells["送达日期"], cells["签收人"]) == (date(2021, 6, 2), "戊某某")


@pytest.mark.parametrize(
    "typed",
    [
        "ZG1",
        " zg1",
        "ＺＧ１",
        ZG,
        "市纪驻某整[2021]1号",
        "市纪驻某整(2021)1",
        "市纪驻某整【2021】第1号",
        f" {ZG}\u3000",
    ],
)
def test_a_letter_is_found_by_its_code_or_number_as_people_type_them(tmp_path: Path, typed: str) -> None:
    at = year(tmp_path, {"文号": ZG}, line("整改函", "ZG1", ZG), line("提醒函", "TX1", TX))
    letter = letter_by(at, typed)
    assert letter is not None and letter.code == "ZG1"


@pytest.mark.parametrize("typed", ["ZG2", "市纪驻某整〔2021〕2号", TX, "", "2021"])
def test_what_names_no_letter_finds_none(tmp_path: Path, typed: str) -> None:
    at = year(tmp_path, {"文号": ZG}, line("整改函", "ZG1", ZG), line("提醒函", "TX1", TX))
    assert letter_by(at, typed) is None


def test_a_letter_of_last_year_is_found_by_its_number(tmp_path: Path) -> None:
    written = one_finding([], {})
    written.years[2021] |= {"整改函": [LETTER]}
    later = {**written.years[2021], "清单": {**written.years[2021]["清单"], "年度": "2022"}}
    written = Written(written.group, {**written.years, 2022: {**later, "问题": [], "检查": [], "整改函": []}})
    written.lines.append(line("整改函", "ZG1", ZG))
    letter = letter_by(open_written(tmp_path, written, 2022, date(2022, 2, 1)).at, "市纪驻某整[2021]1号")
    assert letter is not None and letter.code == "ZG1"


@pytest.mark.parametrize("text", ["复函〔二〇二一〕1号", "某办函第3期", "1号", ""])
def test_what_does_not_read_like_a_number_stays(text: str) -> None:
    assert paper_number(text) == text
