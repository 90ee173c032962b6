"""What the group has before it: planned 回头看, planned inspections, units that it has not been to for long."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planned_year import CLOSING, Entry, finding, opened, unit, written

from liangqing.outputs import waiting
from liangqing.outputs.dashboard.due import ahead
from liangqing.outputs.ledger.columns import LedgerRow
from liangqing.outputs.ledger.findings import FINDINGS
from liangqing.variables import story
from liangqing.variables.owners import FindingOf
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.planned import not_inspected, recheck_planned

PLANNED = date(2021, 9, 1)


def closed(**keys: Any) -> Entry:
    """A finding closed on 1 June, whose round of 销号 has these keys too."""
    return finding("W1", 销号=[{**CLOSING, **keys}])


def looked(day: date, result: str = "巩固", **keys: Any) -> Entry:
    return {"日期": day, "结果": result, **keys}


def plan(root: Path, entry: Entry, day: date, **options: Any) -> date | None:
    at = opened(root, written(entry, options=options), day).at
    return recheck_planned(at, at.year.findings[0])


def told(look: OpenWorkspace, kind: str) -> list[tuple[str, str]]:
    return [(item.unit, item.what) for item in waiting.items(look) if item.kind == kind]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 8, 20), None),
        (date(2021, 8, 25), "还有7天"),
        (PLANNED, "就是今天"),
        (date(2021, 9, 4), "已过3天，没有登记回头看"),
    ],
)
def test_a_planned_recheck_is_a_to_do_before_and_after_its_day(
    tmp_path: Path, day: date, words: str | None
) -> None:
    look = opened(tmp_path, written(closed(回头看计划=PLANNED)), day)
    wanted = [("甲支部", f"W1 问题W1，计划2021年9月1日回头看，{words}")] if words else []
    assert told(look, "待回头看") == wanted


def test_a_planned_recheck_stands_among_what_is_due_in_the_ledger_and_in_the_story(tmp_path: Path) -> None:
    at = opened(tmp_path, written(closed(回头看计划=PLANNED)), date(2021, 6, 2)).at
    (due,) = [deadline for deadline in ahead(at) if deadline.kind == "回头看"]
    assert due == (PLANNED, "回头看", "甲支部", "W1 问题W1", "2021/W1")
    column = next(column for column in FINDINGS.columns if column.head == "计划回头看")
    assert column.value(LedgerRow(at, at.year.findings[0])) == PLANNED
    events = story.events(FindingOf(at, at.year.findings[0]))
    assert [event.what for event in events if "计划2021年9月1日回头看" in event.what] != []


def test_a_recheck_that_was_done_ends_the_plan_and_an_earlier_day_still_shows_it(tmp_path: Path) -> None:
    entry = {**closed(回头看计划=PLANNED), "回头看": [looked(date(2021, 9, 3))]}
    assert plan(tmp_path, entry, date(2021, 9, 2)) == PLANNED
    assert plan(tmp_path, entry, date(2021, 9, 3)) is None


def test_a_recheck_may_plan_the_next(tmp_path: Path) -> None:
    again = looked(date(2021, 9, 3), 回头看计划=date(2022, 3, 1))
    entry = {**closed(回头看计划=PLANNED), "回头看": [again]}
    assert plan(tmp_path, entry, date(2021, 9, 3)) == date(2022, 3, 1)


def test_a_relapse_ends_the_plan_and_the_next_closing_has_its_own(tmp_path: Path) -> None:
    relapse = looked(date(2021, 8, 10), "反弹", 回头看计划=date(2022, 3, 1))
    second = {
        **CLOSING,
        "申请日期": date(2021, 10, 8),
        "核查日期": date(2021, 10, 9),
        "销号日期": date(2021, 10, 9),
    }
    entry = {**closed(回头看计划=PLANNED), "回头看": [relapse]}
    assert plan(tmp_path, entry, date(2021, 8, 10)) is None
    entry["销号"] = [*entry["销号"], {**second, "回头看计划": date(2022, 1, 9)}]
    assert plan(tmp_path, entry, date(2021, 8, 10)) is None
    assert plan(tmp_path, entry, date(2021, 10, 9)) == date(2022, 1, 9)


def test_a_recheck_before_the_closing_does_not_stand_for_the_planned_one(tmp_path: Path) -> None:
    entry = {**closed(回头看计划=PLANNED), "回头看": [looked(date(2021, 5, 29))]}
    assert plan(tmp_path, entry, date(2021, 6, 1)) == PLANNED


def test_a_recheck_long_before_the_planned_day_does_not_swallow_the_plan(tmp_path: Path) -> None:
    early = {**closed(回头看计划=PLANNED), "回头看": [looked(date(2021, 8, 21))]}
    assert plan(tmp_path, early, PLANNED) == PLANNED
    look = opened(tmp_path, written(early), PLANNED)
    words = "W1 问题W1，计划2021年9月1日回头看（上次2021年8月21日），就是今天"
    assert told(look, "待回头看") == [("甲支部", words)]
    near = {**early, "回头看": [looked(date(2021, 8, 22))]}  # 10 days before: 选项.临期天数
    assert plan(tmp_path, near, PLANNED) is None


def test_a_round_that_was_sent_back_plans_nothing(tmp_path: Path) -> None:
    sent_back = {**CLOSING, "结论": "退回", "回头看计划": PLANNED}
    del sent_back["销号日期"]
    assert plan(tmp_path, finding("W1", 销号=[sent_back]), date(2021, 6, 2)) is None


def test_days_after_closing_are_planned_only_where_the_option_says_so(tmp_path: Path) -> None:
    day = date(2021, 6, 2)
    assert plan(tmp_path, closed(), day) is None
    assert plan(tmp_path, closed(), day, 回头看天数="90") == date(2021, 8, 30)
    assert plan(tmp_path, closed(回头看计划=PLANNED), day, 回头看天数="90") == PLANNED
    seen = {**closed(), "回头看": [looked(date(2021, 7, 1))]}  # whenever it was: nobody wrote a day
    assert plan(tmp_path, seen, date(2021, 7, 1), 回头看天数="90") is None
    partly = closed(结论="阶段性完成")
    assert plan(tmp_path, partly, day, 回头看天数="90") is None


def test_a_planned_recheck_of_a_unit_that_is_gone_is_at_its_successor(tmp_path: Path) -> None:
    units = [unit("U1", "甲支部", 撤销日期=date(2021, 8, 1), 承接单位="U2"), unit("U2", "乙支部")]
    look = opened(tmp_path, written(closed(回头看计划=PLANNED), 单位=units), PLANNED)
    assert told(look, "待回头看") == [("乙支部", "W1 问题W1（原甲支部），计划2021年9月1日回头看，就是今天")]


def test_a_planned_recheck_of_last_year_stays_in_sight(tmp_path: Path) -> None:
    made = written(closed(回头看计划=date(2022, 1, 10)))
    made.years[2022] = {**written(检查=[]).years[2021], "清单": {**made.years[2021]["清单"], "年度": "2022"}}
    look = opened(tmp_path, made, date(2022, 1, 5), 2022)
    assert told(look, "待回头看") == [("甲支部", "2021年 W1 问题W1，计划2022年1月10日回头看，还有5天")]
    assert [due.what for due in ahead(look.at) if due.kind == "回头看"] == ["2021年 W1 问题W1"]


# ---------------------------------------------------------------- inspections


def visit(code: str, day: date, *units: str, **keys: Any) -> Entry:
    return {
        "编号": code,
        "类型": "集中清查",
        "名称": f"{code}清查",
        "开始日期": day,
        "单位": list(units),
        **keys,
    }


AHEAD = visit("JC2", date(2021, 11, 30), "U1", 准备材料=["台账"])


def test_a_planned_inspection_is_due_with_its_notice_still_to_be_issued(tmp_path: Path) -> None:
    made = written(检查=[visit("JC1", date(2021, 3, 1), "U2"), AHEAD])
    look = opened(tmp_path, made, date(2021, 11, 27))
    words = "JC2 JC2清查（集中清查），监督检查通知还没有印发"
    assert [due[:4] for due in ahead(look.at) if due.kind == "检查"] == [
        (AHEAD["开始日期"], "检查", "甲支部", words)
    ]
    assert told(look, "计划检查") == [("甲支部", f"2021年11月30日开始，{words}")]


def test_a_planned_inspection_names_the_notice_that_is_out_and_is_gone_once_begun(tmp_path: Path) -> None:
    made = written(检查=[AHEAD])
    line = {"文号": "市纪驻某函〔2021〕1号", "文种": "监督检查通知", "对象": "JC2", "年度": 2021}
    made.lines.append({**line, "成文日期": date(2021, 11, 20)})
    look = opened(tmp_path, made, date(2021, 11, 27))
    assert "监督检查通知已印发（市纪驻某函〔2021〕1号）" in told(look, "计划检查")[0][1]
    assert "还没有印发" in told(opened(tmp_path, made, date(2021, 11, 19)), "计划检查")[0][1]
    assert told(opened(tmp_path, made, date(2021, 12, 1)), "计划检查") == []


def test_units_not_inspected_for_months_are_told_in_one_line(tmp_path: Path) -> None:
    made = written(检查=[visit("JC1", date(2021, 3, 1), "U2"), AHEAD], options={"未检查月数": "6"})
    day = date(2021, 9, 1)
    assert waiting.not_inspected(opened(tmp_path, made, day).at) == (
        "满6个月没有检查的单位2个：甲支部（没有检查记录，计划2021年11月30日检查）、乙支部（上次2021年3月1日）"
    )
    assert waiting.not_inspected(opened(tmp_path, made, date(2021, 8, 31)).at) == (
        "满6个月没有检查的单位1个：甲支部（没有检查记录，计划2021年11月30日检查）"
    )
    assert waiting.not_inspected(opened(tmp_path, made, day).at, "乙支部").endswith(
        "1个：乙支部（上次2021年3月1日）"
    )
    assert waiting.not_inspected(opened(tmp_path, made, date(2021, 11, 30)).at).count("甲支部") == 0


def test_what_was_inspected_last_year_counts_and_records_that_do_not_reach_back_say_so(
    tmp_path: Path,
) -> None:
    made = written(检查=[visit("JC1", date(2021, 10, 8), "U1")])
    made.years[2022] = {**written(检查=[]).years[2021], "清单": {**made.years[2021]["清单"], "年度": "2022"}}
    day = date(2022, 9, 1)
    assert waiting.not_inspected(opened(tmp_path, made, day, 2022).at) == (
        "满12个月没有检查的单位1个：乙支部（没有检查记录）"
    )
    early = opened(tmp_path, made, date(2021, 12, 1))
    assert "（记录从2021年1月1日起）：乙支部" in waiting.not_inspected(early.at)


def test_units_that_are_gone_or_new_are_not_told_as_not_inspected(tmp_path: Path) -> None:
    units = [unit("U1", "甲支部", 撤销日期=date(2021, 8, 1)), unit("U2", "乙支部", 成立日期=date(2021, 2, 1))]
    made = written(检查=[visit("JC1", date(2021, 9, 30), "U1")], 单位=units)
    assert not_inspected(opened(tmp_path, made, date(2021, 9, 1)).at).units == ()
    assert not_inspected(opened(tmp_path, made, date(2022, 2, 1)).at).units != ()


def test_it_is_no_fault_of_a_unit_that_nobody_went_there(tmp_path: Path) -> None:
    look = opened(tmp_path, written(检查=[AHEAD]), date(2021, 11, 27))
    kinds = {item.kind for item in waiting.items(look)}
    assert kinds <= {"计划检查", "未印发"} <= set(waiting.OURS)
