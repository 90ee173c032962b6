"""A fact has one answer: letters, forms, ledger, overview, 清欠单, status, summary and check say the same of it."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_year import Count, Written, generate, one_finding
from views import Views, differences
from written_year import open_written

from liangqing.outputs.dashboard import progress
from liangqing.outputs.dashboard.units import units as lights
from liangqing.variables.breakdowns import UNIT_ROW, units
from liangqing.variables.checklist import CHECKLIST
from liangqing.variables.table import build

YEARS = 1000 if os.environ.get("LIANGQING_THOROUGH") else 60
PARTS = 2  # so that the work can be shared by two processes
DAYS = 3
DAY = date(2021, 8, 1)


def views_of(root: Path, written: Written, day: date = DAY) -> Views:
    return Views(open_written(root, written, 2021, day))


def year_of(**sections: list[dict[str, Any]]) -> Written:
    """A year of one finding, with more sections."""
    written = one_finding([], {})
    written.years[2021] |= sections
    return written


# what was once answered differently


LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 8, 9)}
CORRECTION = {**LETTER, "编号": "ZG2", "更正": "市纪驻某整〔2021〕1号", "回复期限": date(2021, 8, 11)}


def _line(serial: int, code: str, day: date, **more: str) -> dict[str, Any]:
    number = f"市纪驻某整〔2021〕{serial}号"
    return {"文种": "整改函", "对象": code, "年度": 2021, "成文日期": day, "文号": number, **more}


@pytest.mark.parametrize("order", [(LETTER, CORRECTION), (CORRECTION, LETTER)], ids=["旧函在前", "新函在前"])
def test_the_reply_is_owed_to_the_correction_alone(tmp_path: Path, order: Any) -> None:
    written = year_of(整改函=list(order))
    written.lines.append(_line(1, "ZG1", date(2021, 6, 1)))
    written.lines.append(_line(2, "ZG2", date(2021, 7, 20), 更正="市纪驻某整〔2021〕1号"))
    views = views_of(tmp_path, written)
    assert [row["事项"] for _, row in views.owed if row["类别"] == "回复"] == ["整改函 市纪驻某整〔2021〕2号"]
    assert [item.what for item in views.due if item.kind == "回函"] == ["市纪驻某整〔2021〕2号 回复"]
    assert differences(views.facts()) == []
    assert {row["整改函号"] for row in views.ledger.values()} == {"市纪驻某整〔2021〕1号"}
    before = views_of(tmp_path, written, date(2021, 7, 19))
    assert [item.what for item in before.due if item.kind == "回函"] == ["市纪驻某整〔2021〕1号 回复"]
    late = views_of(tmp_path, written, date(2021, 9, 1))
    assert late.replies(late=True) == {"市纪驻某整〔2021〕2号"}
    assert differences(before.facts()) == differences(late.facts()) == []


def test_after_a_correction_the_old_letter_is_owed_no_form_either(tmp_path: Path) -> None:
    written = year_of(整改函=[{**LETTER, "问题": ["W1", "W2"]}, CORRECTION])
    (finding,) = written.years[2021]["问题"]
    written.years[2021]["问题"].append({**finding, "编号": "W2"})
    written.lines.append(_line(1, "ZG1", date(2021, 6, 1)))
    written.lines.append(_line(2, "ZG2", date(2021, 8, 2), 更正="市纪驻某整〔2021〕1号"))
    forms = {
        date(2021, 8, 1): ["市纪驻某整〔2021〕1号：问题 W1、W2"],
        date(2021, 8, 2): ["市纪驻某整〔2021〕2号：问题 W1"],
    }
    for day, said in forms.items():
        views = views_of(tmp_path, written, day)
        assert [row["事项"] for _, row in views.owed if row["类别"] == "整改情况反馈表"] == said
        assert [item.what.split("，")[0] for item in views.status if item.kind == "未交反馈表"] == said


def test_a_reply_is_owed_until_the_day_on_which_it_comes(tmp_path: Path) -> None:
    written = year_of(整改函=[{**LETTER, "回复": {"日期": date(2021, 8, 15)}}])
    written.lines.append(_line(1, "ZG1", date(2021, 6, 1)))
    for day, owed in ((date(2021, 8, 14), {"市纪驻某整〔2021〕1号"}), (date(2021, 8, 15), set())):
        views = views_of(tmp_path, written, day)
        assert views.replies(late=True) == owed
        assert differences(views.facts()) == []


def test_a_project_of_which_nobody_said_how_it_stands(tmp_path: Path) -> None:
    project = {"编号": "XM1", "项目": "示例", "来源": "示例", "目标": "示例", "责任单位": ["U1"]}
    dates = {"开始日期": date(2021, 3, 1), "完成时限": date(2021, 9, 30)}
    views = views_of(tmp_path, year_of(项目=[{**project, **dates}]))
    assert set(views.facts()["项目状态"]) == {"作战图", "台账", "总览"}
    for view, said in views.facts()["项目状态"].items():
        assert said == {"XM1": "未登记"}, view
    early = views_of(tmp_path, year_of(项目=[{**project, **dates}]), date(2021, 2, 1))
    assert early.facts()["项目状态"]["台账"] == {"XM1": "未启动"}
    assert differences(early.facts()) == []


def test_a_final_checklist_is_the_draft_until_opinions_close(tmp_path: Path) -> None:
    written = one_finding([], {})
    written.years[2021]["清单"] |= {"阶段": "正式稿", "征求意见": {"截止日期": date(2021, 2, 5)}}
    for day, stage in ((date(2021, 2, 5), "征求意见稿"), (date(2021, 2, 6), "正式稿")):
        views = views_of(tmp_path, written, day)
        said = build(CHECKLIST.rows, views.at, {"阶段": {}})["阶段"]
        (link,) = [link for link in progress.chain(views.at) if link.name == "清单任务"]
        assert said == link.remark == stage
        for waits in (
            any(row["类别"] == "征求意见反馈" for _, row in views.owed),
            any(item.kind == "未反馈意见" for item in views.status),
        ):
            assert waits == (stage == "征求意见稿")


def test_rounds_of_close_out_are_told_by_their_dates(tmp_path: Path) -> None:
    first = {
        "申请日期": date(2021, 5, 1),
        "核查日期": date(2021, 5, 3),
        "核查人": "丙",
        "结论": "退回",
    }
    second = {"申请日期": date(2021, 6, 1), "核查日期": date(2021, 6, 3), "核查人": "丁"}
    for rounds in ([first, second], [second, first]):
        views = views_of(tmp_path, one_finding([], {"销号": rounds}))
        assert views.ledger["W1"]["销号申请日"] == date(2021, 6, 1)
        assert views.ledger["W1"]["验收人"] == "丁"
        assert differences(views.facts()) == []


def test_a_verdict_is_told_from_its_day_on(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 7, 1), "核查日期": date(2021, 7, 3), "结论": "同意销号"}
    written = one_finding([], {"销号": [{**closing, "销号日期": date(2021, 8, 2)}]})
    assert views_of(tmp_path, written).ledger["W1"]["验收意见"] == ""
    assert views_of(tmp_path, written, date(2021, 8, 2)).ledger["W1"]["验收意见"] == "同意销号"


def test_what_broke_open_again_is_no_longer_done_in_part(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 5, 9), "核查日期": date(2021, 5, 13), "结论": "阶段性完成"}
    more = {"整改类别": "长期坚持", "销号": [closing]}
    assert views_of(tmp_path, one_finding([], more)).figures["阶段性完成数"] == 1
    relapsed = {**more, "回头看": [{"日期": date(2021, 6, 20), "结果": "反弹"}]}
    views = views_of(tmp_path, one_finding([], relapsed))
    assert views.papers["W1"]["状态"] == "持续整改"
    assert views.figures["阶段性完成数"] == 0


def test_records_of_one_finding_in_one_unit_are_counted_as_one(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 5, 9), "核查日期": date(2021, 5, 13), "结论": "同意销号"}
    written = one_finding([], {"共性": "甲", "销号": [{**closing, "销号日期": date(2021, 5, 21)}]})
    (finding,) = written.years[2021]["问题"]
    still = {key: value for key, value in finding.items() if key != "销号"} | {"编号": "W2"}
    for other, closed in ((still, 0), ({**finding, "编号": "W2"}, 1)):
        written.years[2021]["问题"] = [finding, other]
        views = views_of(tmp_path, written)
        (row,) = [build(UNIT_ROW.rows, office, {"问题数": {}, "已销号数": {}}) for office in units(views.at)]
        (light,) = lights(views.at, views.status)
        assert row == {"问题数": 1, "已销号数": closed}
        assert (light.findings, light.closed) == (1, closed)
        assert views.figures["已销号数"] == closed


def test_of_one_finding_in_several_units_one_closed_late_is_enough(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 5, 9), "核查日期": date(2021, 5, 13), "结论": "同意销号"}
    more = {"共性": "甲", "整改类别": "限期整改", "整改时限": date(2021, 5, 20)}
    written = one_finding([], {**more, "销号": [{**closing, "销号日期": date(2021, 5, 21)}]})
    (late,) = written.years[2021]["问题"]
    in_time = {**late, "编号": "W2", "销号": [{**closing, "销号日期": date(2021, 5, 20)}]}
    written.years[2021]["问题"].append(in_time)
    views = views_of(tmp_path, written)
    assert views.figures["逾期销号数"] == 1
    assert differences(views.facts()) == []


# all of them, over random years


@pytest.mark.parametrize("part", range(PARTS))
def test_every_view_says_the_same(tmp_path: Path, part: int) -> None:
    judged = 0
    for seed in range(part, YEARS, PARTS):
        written, rng = generate(seed), random.Random(seed)
        for number in written.years:
            opened = open_written(tmp_path / str(seed), written, number, DAY)
            for day in rng.sample(written.days(number), DAYS):
                facts = Views(replace(opened, at=opened.at.on(day))).facts()
                for fact, said in _counted(Count(written, number, day)).items():
                    facts[fact]["记录"] = said
                assert differences(facts) == [], f"seed {seed}, {number} as of {day}"
                judged += 1
    assert judged >= YEARS // PARTS * DAYS


def _counted(count: Count) -> dict[str, object]:
    """What an independent reading of the records says (random_year.py)."""
    states = {p["编号"]: count.project_state(p) for p in count.sections["项目"]}
    late = {p["编号"] for p in count.sections["项目"] if p["完成时限"] < count.day}
    owed = count.replies_owed()
    return {
        "过期没有回复": {number for number, due in owed.items() if due < count.day},
        "项目状态": {
            code: "逾期" if code in late and state != "已完成" else state for code, state in states.items()
        },
        "状态": {finding["编号"]: count.state(finding) for group in count.found() for finding in group},
    }


def test_the_random_years_hold_what_the_views_are_to_agree_on() -> None:
    """Each of what once was answered differently occurs often."""
    seen: dict[str, int] = {}
    for seed in range(YEARS):
        written = generate(seed)
        for number, sections in written.years.items():
            count = Count(written, number, date(number, 10, 15))
            found = [finding for group in count.found() for finding in group]
            names = ["更正" for line in written.lines if "更正" in line]
            names += ["欠回复" for _ in count.replies_owed()]
            names += ["回复" for letter in sections["整改函"] if "回复" in letter]
            names += [count.project_state(project) for project in sections["项目"]]
            names += ["多轮" for finding in found if len(finding.get("销号", ())) > 1]
            names += ["倒序" for finding in found if _out_of_order(finding)]
            names += ["延期" for finding in found if "延期" in finding]
            names += ["反弹" for finding in found for r in finding.get("回头看", ()) if r["结果"] == "反弹"]
            for name in names:
                seen[name] = seen.get(name, 0) + 1
    wanted = "更正 欠回复 回复 未登记 未启动 推进中 已完成 多轮 倒序 延期 反弹"
    assert {name: seen.get(name, 0) for name in wanted.split() if seen.get(name, 0) < 8} == {}


def _out_of_order(finding: dict[str, Any]) -> bool:
    rounds = finding.get("销号", ())
    days = [next(day for day in closing.values() if isinstance(day, date)) for closing in rounds]
    return days != sorted(days)
