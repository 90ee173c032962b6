"""What stands on one page adds up: figures, units, days; held against a count by hand and over random years."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from looking_back import enrich
from random_year import Count, generate, limit_on
from test_standing import at, finding, inspection
from written_year import open_written

from liangqing.data.model.findings import Finding
from liangqing.outputs.dashboard.units import units as lights
from liangqing.variables import breakdowns
from liangqing.variables.about import InspectedUnitSubject
from liangqing.variables.figures import DUE_STATES, FIGURES
from liangqing.variables.inspected_units import INSPECTED
from liangqing.variables.table import build
from liangqing.year.state import facts
from liangqing.year.state.owed import owed
from liangqing.year.state.standing import CLOSED, OVERDUE, Standing

pytestmark = pytest.mark.many

YEARS, DAYS = 60, 4
OPEN = ("逾期", "临期", "未到期", "待明确", "申请销号", "持续整改")


def agreed(applied: str, closed: str) -> dict[str, str]:
    """A round of 销号 that was agreed."""
    checked = {"核查日期": closed, "核查人": "甲", "核查方式": "乙"}
    return {"申请日期": applied, **checked, "结论": "同意销号", "销号日期": closed}


def broken_open(**more: Any) -> Finding:
    """A finding due by 30 June, closed on 10 July, that broke open again on 1 September."""
    again = [{"日期": "2021-09-01", "结果": "反弹"}]
    closed = [agreed("2021-07-05", "2021-07-10")]
    return finding(整改时限="2021-06-30", 销号=closed, 回头看=again, **more)


def test_days_for_which_a_finding_was_closed_are_not_days_overdue() -> None:
    """9 days from 1 to 9 July, and 11 from 1 to 11 September."""
    standing = at("2021-09-11", broken_open())
    assert standing.days_overdue(standing.year.findings[0]) == 9 + 11
    (rectification,) = [item for item in owed(standing, standing.year.units[0]) if item.kind == "整改"]
    assert rectification.late == 20


def test_an_extension_after_a_relapse_starts_the_count_anew() -> None:
    extended = {"批准日期": "2021-09-02", "新时限": "2021-09-20", "理由": "丙", "批准人": "丁"}
    standing = at("2021-09-25", broken_open(延期=[extended]))
    assert standing.days_overdue(standing.year.findings[0]) == 5


def test_a_finding_that_was_closed_in_time_is_late_from_its_relapse_on() -> None:
    again = [{"日期": "2021-09-01", "结果": "反弹"}]
    found = finding(整改时限="2021-06-30", 销号=[agreed("2021-06-05", "2021-06-10")], 回头看=again)
    standing = at("2021-09-11", found)
    assert standing.days_overdue(standing.year.findings[0]) == 11


def test_a_closed_finding_without_signature_is_demanded_nowhere() -> None:
    closed = finding("W1", 整改时限="2021-06-30", 销号=[agreed("2021-06-05", "2021-06-10")])
    standing = at("2021-09-11", closed, finding("W2", 整改时限="2021-12-30"))
    assert [each.code for each, _ in facts.unsigned(standing, standing.found)] == ["W2"]


def test_findings_of_one_mark_are_one_among_earlier_ones_too() -> None:
    inspections = (inspection("JZ1"), inspection("JZ2", "2021-06-01"))
    marked = [finding(code, 共性="甲") for code in ("W1", "W2")]
    standing = at("2021-09-11", *marked, finding("W3"), inspections=inspections)
    unit = standing.year.units[0]
    subject = InspectedUnitSubject(standing, "JZ2/U1", "", unit, unit, inspections[1])
    assert INSPECTED.rows["往期说明"].read(subject, {}) == "此前反馈的问题2个，均未销号"


def test_what_is_open_and_what_is_closed_add_up_on_every_page(tmp_path: Path) -> None:
    seen = {"长期坚持已销号数": 0, "已撤销单位": 0, "承接": 0}
    for seed in range(YEARS):
        written, rng = enrich(generate(seed), seed), random.Random(seed)
        number = max(written.years)
        opened = open_written(tmp_path / str(seed), written, number, date(number, 12, 31))
        for day in rng.sample(written.days(number), DAYS):
            standing = opened.at.on(day)
            _figures_add_up(standing, seen)
            _units_add_up(standing, seen)
    assert min(seen.values()) > 5, seen


def _figures_add_up(standing: Standing, seen: dict[str, int]) -> None:
    told: dict[str, Any] = build(FIGURES.rows, standing, {name: {} for name in FIGURES.rows})
    assert told["应整改数"] - told["已销号数"] == told["未销号数"]
    assert told["未销号数"] == sum(told[f"应整改{state}数"] for state in DUE_STATES)
    closed = told["已销号数"] + told["长期坚持已销号数"]
    assert told["发现问题数"] == closed + sum(told[f"{state}数"] for state in OPEN)
    assert told["发现问题数"] == told["应整改数"] + told["长期坚持数"]
    assert told["长期坚持数"] == told["长期坚持已销号数"] + told["长期坚持未销号数"]
    seen["长期坚持已销号数"] += told["长期坚持已销号数"]


def _units_add_up(standing: Standing, seen: dict[str, int]) -> None:
    """Each finding stands under one unit, and each list by unit shows them all."""
    every = [each.code for unit in standing.units_told for each in standing.answered_by(unit.code)]
    assert sorted(every) == sorted(each.code for each in standing.found)
    rows = [row.unit for row in breakdowns.units(standing)]
    assert sum(len(standing.answered_by(unit.code)) for unit in rows) == len(standing.found)
    alone = [each for each in standing.found if not each.common]
    shown = lights(standing, [])
    if len(alone) == len(standing.found):
        assert sum(light.findings for light in shown) == len(standing.found)
        assert sum(light.closed for light in shown) == sum(standing.state(each) == CLOSED for each in alone)
    seen["已撤销单位"] += len(standing.answered_by_none)
    seen["承接"] += sum(
        standing.stands_under(each).code not in (standing.year.unit(each.unit).code, "已撤销单位")
        for each in standing.found
    )


def test_days_overdue_are_the_days_that_were_open_past_the_limit(tmp_path: Path) -> None:
    broke_open = 0
    for seed in range(YEARS):
        written, rng = generate(seed), random.Random(seed)
        number = max(written.years)
        opened = open_written(tmp_path / str(seed), written, number, date(number, 12, 31))
        raw = {each["编号"]: each for each in written.years[number]["问题"]}
        days = written.days(number)
        for day in rng.sample(days, min(2 * DAYS, len(days))):
            standing = opened.at.on(day)
            for each in standing.found:
                if standing.state(each) == OVERDUE:
                    limit = limit_on(raw[each.code], day)
                    assert isinstance(limit, date)
                    past = [limit + timedelta(step) for step in range(1, (day - limit).days + 1)]
                    states = [Count(written, number, one).state(raw[each.code]) for one in past]
                    wanted = sum(state != CLOSED for state in states)
                    assert standing.days_overdue(each) == wanted, f"seed {seed}, {each.code} as of {day}"
                    broke_open += wanted < len(past)
    assert broke_open >= 3
