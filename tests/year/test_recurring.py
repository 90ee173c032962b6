"""Tasks of 每月, 每季度, 每半年 and 每年 as dated rounds, with what records show of each; no record is 尚无记录."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planned_year import Entry, opened, task, unit, written

from liangqing.outputs import waiting
from liangqing.outputs.dashboard.due import ahead
from liangqing.outputs.dashboard.units import units
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import recurring
from liangqing.year.state.recurring import occurrences

QUARTERS = ["第一季度", "第二季度", "第三季度", "第四季度"]
PERIOD = {"名称": "第一期", "报送截止日期": date(2021, 3, 31)}


def rounds(look: OpenWorkspace) -> list[tuple[str, date, list[str]]]:
    """Each round: its name, its last day and the units without a record."""
    return [(each.name, each.due, [one.short_name for one in each.silent]) for each in occurrences(look.at)]


def silent(root: Path, day: date, **more: Any) -> dict[str, list[str]]:
    """By round of a quarterly task the units without a record."""
    look = opened(root, written(tasks=(task("R1", "每季度"),), **more), day)
    return {name: lacking for name, _, lacking in rounds(look)}


def told(look: OpenWorkspace) -> list[tuple[tuple[str, ...], str]]:
    return [(item.units, item.what) for item in waiting.items(look) if item.kind == "定期任务"]


def self_check(code: str = "ZC1", **keys: Any) -> Entry:
    stated = [{"任务": "R1", "状态": "已落实"}]
    return {
        "编号": code,
        "单位": "U1",
        "期次": "第一期",
        "报送日期": date(2021, 3, 20),
        "任务": stated,
        **keys,
    }


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (
            "每月",
            [(month, last) for month, last in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)],
        ),
        ("每季度", [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("每半年", [(6, 30), (12, 31)]),
        ("每年", [(12, 31)]),
        ("长期坚持", []),
        ("每季度末前", []),
        ("每周", []),
    ],
)
def test_what_comes_round_is_due_at_the_end_of_each_round_and_other_words_stay_words(
    tmp_path: Path, words: str, ends: list[tuple[int, int]]
) -> None:
    look = opened(tmp_path, written(tasks=(task("R1", words),)), date(2021, 1, 1))
    assert [(due.month, due.day) for _, due, _ in rounds(look)] == ends
    assert [due.day for due in ahead(look.at) if due.kind == "定期任务"] == [
        date(2021, *each) for each in ends
    ]


def test_a_task_with_a_date_is_no_recurring_one(tmp_path: Path) -> None:
    look = opened(tmp_path, written(tasks=(task("R1", date(2021, 6, 30)),)), date(2021, 6, 1))
    assert rounds(look) == []
    assert [due.kind for due in ahead(look.at)] == ["任务"]


def test_a_round_without_a_record_is_not_called_undone(tmp_path: Path) -> None:
    look = opened(tmp_path, written(tasks=(task("R1", "每季度"),)), date(2021, 7, 1))
    words = "R1 每季度，第一季度（2021年3月31日止）、第二季度（2021年6月30日止）尚无记录：示例任务"
    assert told(look) == [(("甲支部", "乙支部"), words)]
    assert [due.what for due in ahead(look.at) if due.kind == "定期任务"] == [
        "R1 每季度（第三季度） 示例任务；2个单位都尚无记录",
        "R1 每季度（第四季度） 示例任务",
    ]


def test_a_round_is_told_from_some_days_before_its_end(tmp_path: Path) -> None:
    made = written(tasks=(task("R1", "每季度"),))
    assert told(opened(tmp_path, made, date(2021, 3, 20))) == []
    assert len(told(opened(tmp_path, made, date(2021, 3, 21)))) == 1


def test_an_inspection_a_self_check_and_a_note_show_a_round_each_in_its_own(tmp_path: Path) -> None:
    seen = {"单位": "U1", "任务": "R1", "状态": "未部署"}
    visits = [
        {
            "编号": "JC1", "类型": "抽查", "名称": "抽查", "开始日期": date(2021, 6, 29), "结束日期": date(2021, 7, 2),
            "单位": ["U1"], "任务落实": [{**seen, "日期": date(2021, 7, 1)}],
        }
    ]  # fmt: skip
    noted = [
        {
            "日期": date(2021, 11, 1),
            "单位": "U1",
            "方式": "谈心谈话",
            "性质": "了解",
            "内容": "甲",
            "任务": "R1",
        },
        {"日期": date(2021, 4, 1), "单位": "U1", "方式": "谈心谈话", "性质": "了解", "内容": "与任务无关"},
    ]
    more: dict[str, Any] = {"期次": [PERIOD], "自查": [self_check()], "检查": visits, "监督记录": noted}
    assert silent(tmp_path, date(2021, 12, 31), **more) == {
        "第一季度": ["乙支部"],
        "第二季度": ["甲支部", "乙支部"],
        "第三季度": ["乙支部"],
        "第四季度": ["乙支部"],
    }
    # on an earlier day what is dated later is not there
    assert silent(tmp_path, date(2021, 6, 30), **more)["第三季度"] == ["甲支部", "乙支部"]
    look = opened(tmp_path, written(tasks=(task("R1", "每季度"),), **more), date(2021, 8, 1))
    third = list(occurrences(look.at))[2]
    assert (
        recurring.told(look.at, third)
        == "2个单位里1个有记录（甲支部：检查JC1看到未部署），1个尚无记录：乙支部"
    )


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"报送日期": date(2021, 4, 6)}, "第一季度"),  # late: it is of the period all the same
        ({"审核日期": date(2021, 3, 25), "审核结果": "退回补充", "退回理由": "缺"}, None),
        ({"审核日期": date(2021, 3, 25), "审核结果": "通过"}, "第一季度"),
        ({"任务": []}, None),
    ],
)
def test_of_a_self_check_the_period_decides_and_one_sent_back_shows_nothing(
    tmp_path: Path, keys: Entry, shown: str | None
) -> None:
    found = silent(tmp_path, date(2021, 12, 31), 期次=[PERIOD], 自查=[self_check(**keys)])
    assert [name for name in QUARTERS if "甲支部" not in found[name]] == ([shown] if shown else [])


def test_a_task_stopped_or_added_within_the_year_has_the_rounds_that_end_while_it_holds(
    tmp_path: Path,
) -> None:
    added = task("R1", "每季度", 增补日期=date(2021, 5, 1))
    stopped = task("R2", "每季度", 停止日期=date(2021, 9, 30))
    look = opened(tmp_path, written(tasks=(added, stopped)), date(2021, 6, 1))
    assert [(each.task.code, each.name) for each in occurrences(look.at)] == [
        *(("R1", name) for name in QUARTERS[1:]),
        *(("R2", name) for name in QUARTERS[:2]),
    ]
    assert list(occurrences(opened(tmp_path, written(tasks=(added,)), date(2021, 4, 30)).at)) == []


def test_who_took_over_carries_the_rounds_since_and_what_the_unit_before_did_counts(tmp_path: Path) -> None:
    gone = [unit("U1", "甲支部", 撤销日期=date(2021, 5, 1), 承接单位="U2"), unit("U2", "乙支部")]
    noted = [
        {"日期": date(2021, 4, 1), "单位": "U1", "方式": "抽查", "性质": "了解", "内容": "甲", "任务": "R1"}
    ]
    of_one = (task("R1", "每季度", 责任主体=["U1"]),)
    look = opened(tmp_path, written(tasks=of_one, 单位=gone, 监督记录=noted), date(2021, 12, 30))
    assert rounds(look) == [
        ("第一季度", date(2021, 3, 31), ["甲支部"]),
        ("第二季度", date(2021, 6, 30), []),
        ("第三季度", date(2021, 9, 30), ["乙支部"]),
        ("第四季度", date(2021, 12, 31), ["乙支部"]),
    ]
    (one,) = told(look)
    assert one[0] == ("乙支部",)
    assert one[1].startswith("R1 每季度，第一季度（2021年3月31日止）、第三季度")


def test_the_last_round_of_last_year_is_told_until_the_next_one_is_over(tmp_path: Path) -> None:
    made = written(tasks=(task("R1", "每季度"),))
    made.years[2022] = {
        **written(检查=[]).years[2021],
        "清单": {**written().years[2021]["清单"], "年度": "2022"},
    }
    words = "2021年 R1 每季度，第四季度（2021年12月31日止）尚无记录：示例任务"
    for day, wanted in ((date(2022, 3, 31), [(("甲支部", "乙支部"), words)]), (date(2022, 4, 1), [])):
        assert told(opened(tmp_path, made, day, 2022)) == wanted


def test_a_round_that_ends_on_a_day_off_says_the_last_working_day(tmp_path: Path) -> None:
    look = opened(tmp_path, written(tasks=(task("R1", "每月"),)), date(2021, 10, 1))
    (october,) = [due for due in ahead(look.at) if due.day == date(2021, 10, 31) and due.kind == "定期任务"]
    assert october.what.endswith("；当天休息，前一个工作日是10月29日")


def test_no_record_makes_no_light(tmp_path: Path) -> None:
    look = opened(tmp_path, written(tasks=(task("R1", "每季度"),)), date(2021, 7, 1))
    assert {light.light for light in units(look.at, waiting.items(look))} == {"绿"}
