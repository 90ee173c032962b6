"""What is open stays in sight when a year ends: status, overview, 清欠单 and proposals, each marked with its year."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from random_year import Written, checklist, one_finding
from written_year import open_written

from liangqing.outputs.dashboard import shared
from liangqing.outputs.dashboard import units as lights
from liangqing.outputs.dashboard.due import due
from liangqing.outputs.waiting import WaitingItem, items
from liangqing.year.state.escalation import proposals
from liangqing.year.state.owed import Owed, owed
from liangqing.year.state.succession import NOBODY

LIMIT = date(2021, 11, 4)
LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 12, 20)}
LINE = {
    "文种": "整改函",
    "对象": "ZG1",
    "年度": 2021,
    "成文日期": date(2021, 9, 1),
    "文号": "市纪驻某整〔2021〕1号",
}
NOTICE = {
    "文种": "印发通知",
    "对象": "2021",
    "年度": 2021,
    "成文日期": date(2021, 1, 9),
    "文号": "市纪驻某发〔2021〕1号",
}
PROJECT = {
    "编号": "XM1",
    "项目": "示例项目",
    "来源": "示例",
    "目标": "示例",
    "责任单位": ["U1"],
    "开始日期": date(2021, 3, 1),
    "完成时限": date(2023, 12, 31),
    "状态": "推进中",
}


def cycle(*years: int, **finding: Any) -> Written:
    """Years of one unit, the finding and what became of it in 2021; the others begun and empty."""
    written = one_finding([], {"整改类别": "限期整改", "整改时限": LIMIT, **finding})
    first = written.years.pop(2021)
    for number in years:
        written.years[number] = (
            deepcopy(first)
            if number == 2021
            else {**first, "清单": checklist(number, []), "检查": [], "问题": []}
        )
        written.years[number]["清单"]["自查期次"] = [
            {"名称": "第一期", "报送截止日期": date(number, 6, 30)},
        ]
    if 2021 in years:
        written.years[2021] |= {"整改函": [LETTER], "项目": [PROJECT]}
        written.lines.extend([NOTICE, LINE])
    return written


def waiting(root: Path, written: Written, year: int, day: date) -> list[WaitingItem]:
    return items(open_written(root, written, year, day))


def told(found: list[WaitingItem], kind: str) -> list[str]:
    return [item.what for item in found if item.kind == kind]


def debts(root: Path, written: Written, year: int, day: date) -> list[Owed]:
    at = open_written(root, written, year, day).at
    return owed(at, at.year.unit("U1"))


def test_after_the_new_year_the_old_ones_open_matters_stand_beside_the_new(tmp_path: Path) -> None:
    found = waiting(tmp_path, cycle(2021, 2022), 2022, date(2022, 1, 1))
    assert told(found, "逾期") == ["2021年 W1 示例，时限2021年11月4日，已超58天"]
    assert told(found, "未签字") == ["2021年 W1 示例：未签字"]
    assert told(found, "未报自查") == ["2021年 第一期，截止2021年6月30日"]
    assert told(found, "未回复") == ["2021年 市纪驻某整〔2021〕1号，应于2021年12月20日前回复"]
    assert told(found, "未交反馈表") == ["2021年 市纪驻某整〔2021〕1号：问题 W1，期限2021年12月20日"]
    assert told(found, "未完成项目") == ["2021年 XM1 示例项目，完成时限2023年12月31日"]
    assert told(found, "建议发文") == ["2021年 督办函：W1 示例问题逾期未完成整改"]
    assert told(found, "往期未销号") == []
    assert {item.year for item in found if item.kind != "未印发"} == {2021}


@pytest.mark.parametrize(
    ("year", "day", "mark", "late"),
    [(2021, "2021-12-31", "", 57), (2022, "2021-12-31", "2021年 ", 57), (2022, "2022-01-01", "2021年 ", 58)],
)
def test_on_the_last_day_and_the_first_the_same_matters_wait(
    tmp_path: Path, year: int, day: str, mark: str, late: int
) -> None:
    found = waiting(tmp_path, cycle(2021, 2022), year, date.fromisoformat(day))
    assert told(found, "逾期") == [f"{mark}W1 示例，时限2021年11月4日，已超{late}天"]


def test_two_years_later_it_still_stands(tmp_path: Path) -> None:
    day = date(2023, 11, 4)
    found = waiting(tmp_path, cycle(2021, 2022, 2023), 2023, day)
    assert told(found, "逾期") == ["2021年 W1 示例，时限2021年11月4日，已超730天"]
    assert told(found, "未报自查") == [f"{mark}第一期，截止{year}年6月30日" for mark, year in PERIODS]
    rows = debts(tmp_path, cycle(2021, 2022, 2023), 2023, day)
    assert [(item.what, item.year) for item in rows if item.kind == "整改"] == [("2021年 W1 示例", 2021)]


PERIODS = (("", 2023), ("2022年 ", 2022), ("2021年 ", 2021))


def test_without_the_old_years_folder_nothing_of_it_is_told(tmp_path: Path) -> None:
    found = waiting(tmp_path, cycle(2022), 2022, date(2022, 1, 1))
    assert [(item.kind, item.year) for item in found] == [("未印发", 2022)]


def test_a_later_year_is_not_told_in_an_earlier_one(tmp_path: Path) -> None:
    written = cycle(2020, 2021)
    assert told(waiting(tmp_path, written, 2020, date(2021, 12, 31)), "逾期") == []


def test_a_unit_is_called_as_the_new_year_calls_it(tmp_path: Path) -> None:
    written = cycle(2021, 2022)
    (unit,) = written.years[2022]["单位"]
    written.years[2022]["单位"] = [{**unit, "名称": "改名党支部"}]
    found = waiting(tmp_path, written, 2022, date(2022, 1, 1))
    assert {item.units for item in found if item.kind == "逾期"} == {("改名党支部",)}


def test_the_list_of_what_a_unit_owes_holds_last_years_finding(tmp_path: Path) -> None:
    rows = debts(tmp_path, cycle(2021, 2022), 2022, date(2022, 1, 1))
    assert [(item.kind, item.what, item.due) for item in rows] == [
        ("自查情况", "2021年 第一期自查情况", date(2021, 6, 30)),
        ("双签字", "2021年 W1 示例：双签字确认表未签字", None),
        ("整改", "2021年 W1 示例", LIMIT),
        ("整改情况反馈表", "2021年 市纪驻某整〔2021〕1号：问题 W1", date(2021, 12, 20)),
        ("回复", "2021年 整改函 市纪驻某整〔2021〕1号", date(2021, 12, 20)),
        ("挂图作战项目", "2021年 XM1 示例项目", date(2023, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("day", "listed"), [("2022-06-19", False), ("2022-06-20", True), ("2022-07-01", True)]
)
def test_what_is_far_from_its_day_is_not_owed(tmp_path: Path, day: str, listed: bool) -> None:
    """选项.临期天数 is 10: a period to end on 30 June is listed from the 20th on."""
    rows = debts(tmp_path, cycle(2022), 2022, date.fromisoformat(day))
    assert bool(rows) is listed


def test_a_finding_that_is_far_from_its_limit_is_not_owed_yet(tmp_path: Path) -> None:
    kinds = {
        day: [item.kind for item in debts(tmp_path, cycle(2021), 2021, day)]
        for day in (date(2021, 10, 24), date(2021, 10, 25))
    }
    assert ["整改" in found for found in kinds.values()] == [False, True]


def test_the_overview_looks_ahead_over_all_years(tmp_path: Path) -> None:
    at = open_written(tmp_path, cycle(2021, 2022, 整改时限=date(2022, 1, 5)), 2022, date(2022, 1, 1)).at
    week, month = due(at)
    assert [item.what for item in week.items] == ["2021年 W1 示例"] and month.items == []


def test_the_light_of_a_unit_is_red_for_what_is_overdue_since_last_year(tmp_path: Path) -> None:
    opened = open_written(tmp_path, cycle(2021, 2022), 2022, date(2022, 1, 1))
    (light,) = lights.units(opened.at, items(opened))
    assert light.light == "红" and light.why.startswith("逾期 1")


def test_what_nobody_took_over_has_its_light_after_the_turn_of_the_year(tmp_path: Path) -> None:
    written = cycle(2021, 2022)
    gone = written.years[2021]["单位"][0] = {**written.years[2021]["单位"][0], "撤销日期": date(2021, 12, 1)}
    written.years[2022]["单位"] = [{**gone, "编号": "U2", "名称": "别的党支部", "撤销日期": None}]
    opened = open_written(tmp_path, written, 2022, date(2022, 1, 1))
    found = [(light.name, light.light) for light in lights.units(opened.at, items(opened))]
    assert found == [("别的党支部", "无"), (NOBODY.short_name, "红")]


def test_the_overview_is_filtered_by_one_unit_at_a_time(tmp_path: Path) -> None:
    written = cycle(2021)
    written.years[2021]["单位"].append({**written.years[2021]["单位"][0], "编号": "U2", "名称": "别的党支部"})
    written.years[2021]["项目"] = [{**PROJECT, "责任单位": ["U1", "U2"], "完成时限": date(2021, 12, 1)}]
    opened = open_written(tmp_path, written, 2021, date(2021, 12, 20))
    assert "示例党支部、别的党支部" in [item.unit for item in items(opened)]
    assert shared.facts(opened)["unit_names"] == ["示例党支部", "别的党支部"]


def test_a_project_of_this_year_waits_from_near_its_day_on(tmp_path: Path) -> None:
    written = cycle(2021)
    written.years[2021]["项目"] = [{**PROJECT, "完成时限": date(2021, 12, 31)}]
    for day, found in (("2021-12-20", []), ("2021-12-21", ["XM1 示例项目，完成时限2021年12月31日"])):
        assert told(waiting(tmp_path, written, 2021, date.fromisoformat(day)), "未完成项目") == found


def test_a_draft_of_last_year_waits_and_names_its_year_in_its_command(tmp_path: Path) -> None:
    written = cycle(2021, 2022)
    paper = {"编号": "DB1", "文种": "督办函", "单位": ["U1"], "问题": ["W1"], "事由": "示例"}
    written.years[2021]["文书"] = [paper]
    written.lines.remove(LINE)
    found = [item for item in waiting(tmp_path, written, 2022, date(2022, 1, 1)) if item.year == 2021]
    assert [(item.what, item.command) for item in found if item.kind == "未印发"] == [
        (
            "2021年 整改函 ZG1 示例：问题 W1 没有「整改要求」等2处，补上再印发；W1的整改时限已过，先改；回复期限2021年12月20日已过，先改",
            "",
        ),
        (
            "2021年 督办函 DB1 示例：等印发；约谈通知书的日子也到了",
            "issue 督办函 DB1 --year 2021 --date 2022-01-01",
        ),
    ]


def test_a_proposal_on_last_years_finding_is_of_its_year(tmp_path: Path) -> None:
    at = open_written(tmp_path, cycle(2021, 2022), 2022, date(2022, 1, 1)).at
    assert [(each.year, each.kind, each.findings) for each in proposals(at)] == [(2021, "督办函", ("W1",))]


def test_a_proposal_to_a_unit_that_only_the_new_year_knows_goes_into_the_new_years_folder(
    tmp_path: Path,
) -> None:
    written = cycle(2021, 2022)
    (unit,) = written.years[2022]["单位"]
    heir = {**unit, "编号": "U2", "名称": "承接党支部"}
    written.years[2022]["单位"] = [{**unit, "撤销日期": date(2021, 12, 31), "承接单位": "U2"}, heir]
    opened = open_written(tmp_path, written, 2022, date(2022, 1, 1))
    assert [(proposal.year, proposal.unit) for proposal in proposals(opened.at)] == [(2022, "U2")]
    assert {item.units for item in items(opened) if item.kind in ("逾期", "建议发文")} == {("承接党支部",)}


# by the commands


def test_what_last_year_left_is_acted_on_after_new_year(run: Run) -> None:
    assert run("new-year", "2022")[0] == 0
    day = ("--as-of", "2022-02-01")
    code, out, err = run("propose", *day, "--yes")
    assert code == 0, err
    assert "已写：checklists/2021/文书-拟办-2022-02-01.yaml，共 1 条" in out
    assert "已写：checklists/2020/文书-拟办-2022-02-01.yaml，共 1 条" in out
    assert "没有要提议的文书" in run("propose", *day)[1]
    out = run("status", *day)[1]
    assert "接着写在原来的文件夹里：checklists/2020、checklists/2021" in out
    command = "issue 督办函 督办函-U06-1 --year 2021 --date 2022-02-01"
    assert f"下一步：{run.again} {command}" in out
    code, _, err = run("issue", "督办函", "督办函-U06-1", "--date", "2022-02-01", "--force-date")
    assert code == 1 and "「督办函-U06-1」不是督办函的对象\n    建议：它是 2021 年的，加 --year 2021" in err
    code, out, err = run(*command.split(), "--force-date")
    assert code == 0, err
    assert "市纪驻环督〔2022〕1号" in out
    assert command not in run("status", *day)[1]


def test_the_new_years_folder_teaches_as_a_new_workspace_does(run: Run) -> None:
    assert run("new-year", "2022")[0] == 0
    new = run.root.parent / "新"
    assert run.in_folder(new)("init", str(new), "--year", "2022")[0] == 0
    made = {path.name: path for path in (run.root / "checklists/2022").glob("*.yaml")}
    taught = {path.name: path for path in (new / "checklists/2022").glob("*.yaml")}
    assert made.keys() == taught.keys() and len(made) == 18
    carried = {"清单.yaml", "单位.yaml"}
    assert all(made[name].read_bytes() == taught[name].read_bytes() for name in made.keys() - carried)
    assert "沿用" in made["清单.yaml"].read_text("utf-8")
    assert run("check", "--year", "2022", "--as-of", "2022-01-01")[0] == 0


DEMAND = {"编号": "DB1", "文种": "督办函", "单位": ["U1"], "问题": ["W1"], "事由": "示例"}
DEMANDED = {**LINE, "文种": "督办函", "对象": "DB1", "文号": "市纪驻某督〔2021〕1号"}


def taken_over(**ended: Any) -> Written:
    """The same, U1 dissolved on 1 January 2022; who took over was founded on that day, and 2021 knows nothing of it."""
    written = cycle(2021, 2022)
    (unit,) = written.years[2021]["单位"]
    after = {**unit, "编号": "U2", "名称": "接手党支部", "成立日期": date(2022, 1, 1)}
    gone = {**unit, "撤销日期": date(2022, 1, 1), "承接单位": "U2", **ended}
    written.years[2022]["单位"] = [gone, after]
    return written


def test_what_is_proposed_to_a_unit_that_only_the_new_year_knows_is_written_there_and_can_be_read(
    tmp_path: Path,
) -> None:
    written = taken_over()
    found = proposals(open_written(tmp_path, written, 2022, date(2022, 1, 10)).at)
    assert [(one.year, one.unit, one.findings) for one in found] == [(2022, "U2", ("W1",))]
    written.years[2022]["文书"] = [one.record() for one in found]
    opened = open_written(tmp_path, written, 2022, date(2022, 1, 10))  # no reference to nothing
    assert proposals(opened.at) == []


def test_the_old_year_alone_proposes_to_that_unit_too(tmp_path: Path) -> None:
    (found,) = proposals(open_written(tmp_path, taken_over(), 2021, date(2022, 1, 10)).at)
    assert (found.year, found.unit) == (2022, "U2")


def test_a_running_project_of_a_unit_that_is_gone_is_owed_by_who_took_over(tmp_path: Path) -> None:
    at = open_written(tmp_path, taken_over(), 2022, date(2022, 1, 10)).at
    by_unit = {
        unit.code: [item.what for item in owed(at, unit) if item.kind == "挂图作战项目"]
        for unit in (*at.year.units, NOBODY)
    }
    assert by_unit == {"U1": [], "U2": ["2021年 XM1 示例项目"], NOBODY.code: []}
    (row,) = [
        item for item in waiting(tmp_path, taken_over(), 2022, date(2022, 1, 10)) if item.kind == "未完成项目"
    ]
    assert row.units == ("接手党支部",)


def test_a_running_project_that_nobody_took_over_stands_under_the_units_that_are_gone(tmp_path: Path) -> None:
    written = cycle(2021, 2022)
    written.years[2022]["单位"] = [{**written.years[2021]["单位"][0], "撤销日期": date(2022, 1, 1)}]
    opened = open_written(tmp_path, written, 2022, date(2022, 1, 10))
    assert "2021年 XM1 示例项目" in [item.what for item in owed(opened.at, NOBODY)]
    assert [item.units for item in items(opened) if item.kind == "未完成项目"] == [("已撤销单位",)]


def test_a_project_of_all_units_is_not_owed_by_those_gone_before_it_began(tmp_path: Path) -> None:
    written = cycle(2021)
    (unit,) = written.years[2021]["单位"]
    before = {**unit, "编号": "U2", "名称": "先撤党支部", "撤销日期": date(2021, 2, 1)}
    written.years[2021] |= {
        "单位": [unit, before],
        "项目": [{**PROJECT, "责任单位": ["全体单位"], "完成时限": date(2021, 12, 31)}],
    }
    opened = open_written(tmp_path, written, 2021, date(2021, 12, 31))
    assert [item.kind for item in owed(opened.at, NOBODY)] == []
    assert [item.units for item in items(opened) if item.kind == "未完成项目"] == [("示例党支部",)]


def test_the_new_limit_of_a_paper_that_was_corrected_silences_nothing(tmp_path: Path) -> None:
    """督办函 gave time until March; its 更正 gives it until 20 December: 30 days past the limit the talk is due."""
    written = cycle(2021, 2022)
    shorter = {**DEMAND, "编号": "DB2", "新时限": date(2021, 12, 20), "更正": DEMANDED["文号"]}
    written.years[2021]["文书"] = [{**DEMAND, "新时限": date(2022, 3, 1)}, shorter]
    written.lines.append({**DEMANDED, "成文日期": date(2021, 11, 10)})
    day = date(2022, 1, 10)
    assert proposals(open_written(tmp_path, written, 2022, day).at) == []
    corrected = {"对象": "DB2", "文号": "市纪驻某督〔2021〕2号", "更正": DEMANDED["文号"]}
    written.lines.append({**DEMANDED, **corrected, "成文日期": date(2021, 11, 12)})
    found = proposals(open_written(tmp_path, written, 2022, day).at)
    assert [(one.kind, one.findings) for one in found] == [("约谈通知书", ("W1",))]
    assert proposals(open_written(tmp_path, written, 2021, date(2021, 12, 20)).at) == []
