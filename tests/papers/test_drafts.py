"""Papers that wait to be issued stand in `status`, of every kind, with what they wait for; the ladder goes on past them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from random_year import Written, one_finding
from written_year import open_written

from liangqing.outputs.waiting import items
from liangqing.papers.drafts import WaitingPaper, drafts
from liangqing.year.state.escalation import proposals

LIMIT = date(2021, 7, 20)
NOTICE = {
    "文种": "印发通知",
    "对象": "2021",
    "年度": 2021,
    "成文日期": date(2021, 1, 9),
    "文号": "市纪驻某发〔2021〕1号",
}
LINE: dict[str, Any] = {
    "文种": "督办函",
    "对象": "D1",
    "年度": 2021,
    "成文日期": date(2021, 7, 22),
    "文号": "市纪驻某督〔2021〕1号",
}


def paper(kind: str, code: str, **more: Any) -> dict[str, Any]:
    return {"编号": code, "文种": kind, "单位": ["U1"], "问题": ["W1"], "事由": "示例", **more}


def year(*papers: dict[str, Any], lines: tuple[dict[str, Any], ...] = (), **finding: Any) -> Written:
    written = one_finding([], {"整改类别": "限期整改", "整改时限": LIMIT, **finding})
    written.years[2021]["文书"] = list(papers)
    written.lines.extend([NOTICE, *lines])
    return written


def waiting(root: Path, written: Written, day: date) -> dict[str, WaitingPaper]:
    return {
        f"{draft.kind} {draft.subject.code}": draft
        for draft in drafts(open_written(root, written, 2021, day))
    }


def proposed(root: Path, written: Written, day: date) -> list[str]:
    return [proposal.kind for proposal in proposals(open_written(root, written, 2021, day).at)]


COMING, PAST = date(2021, 12, 30), date(2021, 6, 20)
KINDS = {"提醒函": COMING, "督办函": PAST, "约谈通知书": PAST, "通报": COMING}


@pytest.mark.parametrize(("kind", "limit"), KINDS.items())
def test_a_written_paper_of_every_kind_waits_until_it_is_issued(
    tmp_path: Path, kind: str, limit: date
) -> None:
    written = year(paper(kind, "D1"), 整改时限=limit)
    (found,) = waiting(tmp_path, written, date(2021, 7, 1)).values()
    assert (found.kind, found.waits_for) == (kind, "等印发")
    assert found.command == f"issue {kind} D1 --date 2021-07-01"
    written.lines.append({**LINE, "文种": kind})
    assert [*waiting(tmp_path, written, date(2021, 7, 21))] == [f"{kind} D1"]
    assert waiting(tmp_path, written, date(2021, 7, 22)) == {}


def test_what_is_drawn_up_from_other_records_waits_too(tmp_path: Path) -> None:
    written = one_finding([], {})
    sections = written.years[2021]
    coming = {"编号": "JC2", "类型": "抽查", "名称": "第二次抽查", "单位": ["U1"], "准备材料": ["台账"]}
    sections["检查"].append({**coming, "开始日期": date(2021, 4, 1)})
    case = {"编号": "AL1", "来源": "通报", "名称": "示例案例", "案例": ["一"], "报送期限": date(2021, 3, 9)}
    sections["典型案例"] = [case]
    found = waiting(tmp_path, written, date(2021, 3, 10))
    assert {name: draft.waits_for for name, draft in found.items()} == {
        "印发通知 2021": "等印发",
        "以案促改通知 AL1": "报送期限2021年3月9日已过，先改",
        "监督检查通知 JC2": "检查2021年4月1日开始，等印发",
    }
    assert found["监督检查通知 JC2"].command == "issue 监督检查通知 JC2 --date 2021-03-10"
    late = waiting(tmp_path, written, date(2021, 4, 2))["监督检查通知 JC2"]
    assert late.too_late and late.command == "" and late.waits_for.startswith("检查已经开始")
    sections["清单"] |= {"阶段": "征求意见稿", "征求意见": {"截止日期": date(2021, 3, 20)}}
    assert "征求意见函 2021" in waiting(tmp_path, written, date(2021, 3, 10))


def test_what_is_not_numbered_here_waits_until_it_was_handed_over(tmp_path: Path) -> None:
    written = year(paper("纪检监察建议书", "J1"))
    (found,) = waiting(tmp_path, written, date(2021, 7, 21)).values()
    assert (
        found.command == "advice J1"
        and "送出后登记「送达」（文种: 纪检监察建议书，对象: J1）" in found.waits_for
    )
    handed = {"文种": "纪检监察建议书", "对象": "J1", "单位": "U1", "日期": date(2021, 7, 22)}
    written.years[2021]["送达"] = [handed]
    assert [*waiting(tmp_path, written, date(2021, 7, 21))] == ["纪检监察建议书 J1"]
    assert waiting(tmp_path, written, date(2021, 7, 22)) == {}


def test_a_reminder_that_was_never_sent_is_overtaken_and_the_next_step_is_proposed(tmp_path: Path) -> None:
    written = year(paper("提醒函", "D1"))
    assert proposed(tmp_path, written, LIMIT) == []
    assert waiting(tmp_path, written, LIMIT)["提醒函 D1"].waits_for == "等印发"
    late = date(2021, 7, 21)
    assert proposed(tmp_path, written, late) == ["督办函"]
    found = waiting(tmp_path, written, late)["提醒函 D1"]
    assert found.waits_for.startswith(
        "整改时限已过，该发督办函了；这份不再发，把 checklists/2021/全年.yaml 第"
    )
    assert found.command == ""


def test_a_paper_that_waits_is_not_proposed_again_and_the_step_after_it_is_said(tmp_path: Path) -> None:
    written = year(paper("督办函", "D1", 新时限=date(2021, 12, 1)))
    for day, words in ((date(2021, 8, 18), "等印发"), (date(2021, 8, 19), "等印发；约谈通知书的日子也到了")):
        assert proposed(tmp_path, written, day) == []
        assert waiting(tmp_path, written, day)["督办函 D1"].waits_for == words


def test_a_talk_that_is_drawn_up_does_not_keep_the_urging_from_being_proposed(tmp_path: Path) -> None:
    written = year(paper("约谈通知书", "Y1"))
    assert proposed(tmp_path, written, date(2021, 7, 21)) == ["督办函"]


def test_a_paper_behind_one_that_is_out_says_that_it_is_overtaken(tmp_path: Path) -> None:
    written = year(
        paper("约谈通知书", "Y1"),
        paper("督办函", "D2"),
        lines=({**LINE, "文种": "约谈通知书", "对象": "Y1"},),
    )
    found = waiting(tmp_path, written, date(2021, 7, 25))["督办函 D2"]
    assert found.waits_for.startswith("已过时，该发约谈通知书了；还要发的现在印发，不发的把 ")
    assert found.command == "issue 督办函 D2 --date 2021-07-25"


CLOSED = {
    "申请日期": date(2021, 7, 22),
    "核查日期": date(2021, 7, 23),
    "核查人": "甲",
    "核查方式": "现场核查",
}


def test_a_draft_on_a_finding_that_was_closed_is_without_object(tmp_path: Path) -> None:
    closing = {**CLOSED, "结论": "同意销号", "销号日期": date(2021, 7, 24)}
    written = year(paper("督办函", "D1", 新时限=date(2021, 7, 24)), 销号=[closing])
    found = waiting(tmp_path, written, date(2021, 7, 24))["督办函 D1"]
    assert found.waits_for.startswith("W1已经销号，没有对象了；把 checklists/2021/全年.yaml 第")
    assert found.waits_for.endswith("行起的这一条删掉")
    assert found.command == ""
    before = waiting(tmp_path, written, date(2021, 7, 23))["督办函 D1"]
    assert before.waits_for == "W1已申请销号，先核查；退回了再发" and before.command == ""


def test_who_applied_for_close_out_is_not_urged(tmp_path: Path) -> None:
    for day, kinds in ((date(2021, 7, 21), ["督办函"]), (date(2021, 7, 22), [])):
        assert proposed(tmp_path, year(销号=[CLOSED]), day) == kinds
    opened = open_written(tmp_path, year(销号=[CLOSED]), 2021, date(2021, 7, 22))
    assert [item.kind for item in items(opened) if "W1" in item.what] == ["未签字", "待核查"]


def test_a_paper_that_was_made_void_says_so(tmp_path: Path) -> None:
    void = {"作废": LINE["文号"], "日期": date(2021, 7, 23)}
    written = year(paper("督办函", "D1"), lines=(LINE, void))
    assert waiting(tmp_path, written, date(2021, 7, 22)) == {}
    found = waiting(tmp_path, written, date(2021, 7, 23))["督办函 D1"]
    assert found.waits_for == "作废后没有重新印发，等印发"


def test_a_new_limit_that_is_past_is_told_and_nothing_to_issue_is_named(tmp_path: Path) -> None:
    written = year(paper("督办函", "D1", 新时限=date(2021, 7, 30)))
    found = waiting(tmp_path, written, date(2021, 7, 31))["督办函 D1"]
    assert (found.waits_for, found.command) == ("新时限2021年7月30日已过，先改", "")


def test_a_new_limit_that_is_today_is_no_limit_any_more(tmp_path: Path) -> None:
    written = year(paper("督办函", "D1", 新时限=date(2021, 7, 30)))
    found = waiting(tmp_path, written, date(2021, 7, 30))["督办函 D1"]
    assert (found.waits_for, found.command) == ("新时限就是今天，先改", "")
    assert waiting(tmp_path, written, date(2021, 7, 29))["督办函 D1"].command


def test_no_next_step_is_named_that_issue_refuses_for_its_findings(tmp_path: Path) -> None:
    written = year(paper("督办函", "D1"))
    found = waiting(tmp_path, written, LIMIT)["督办函 D1"]
    assert (found.command, found.waits_for) == ("", "问题 W1 到 2021-07-20 是「临期」，督办函要的是「逾期」")
    after = waiting(tmp_path, written, date(2021, 7, 21))["督办函 D1"]
    assert after.command == "issue 督办函 D1 --date 2021-07-21"


def test_no_next_step_is_named_to_a_unit_that_is_gone(tmp_path: Path) -> None:
    written = year(整改要求="示例。", 责任={"部门": "示例科", "责任人": "甲", "职务": "科长"})
    units = written.years[2021]["单位"]
    units.append({**units[0], "编号": "U2", "名称": "另一党支部"})
    units[0] |= {"撤销日期": date(2021, 7, 10), "承接单位": "U2"}
    letter = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 8, 20)}
    written.years[2021]["整改函"] = [letter]
    before = waiting(tmp_path / "a", written, date(2021, 7, 9))["整改函 ZG1"]
    assert before.command == "issue 整改函 ZG1 --date 2021-07-09"
    found = waiting(tmp_path / "a", written, date(2021, 7, 12))["整改函 ZG1"]
    assert found.command == ""
    assert found.waits_for == "W1还没有双签字；发给的单位已经撤销，「单位」改写「另一党支部」"


def test_a_letter_on_a_limit_that_is_past_waits_for_another_limit(tmp_path: Path) -> None:
    written = year(整改要求="示例。", 责任={"部门": "示例科", "责任人": "甲", "职务": "科长"})
    letter = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 8, 20)}
    written.years[2021]["整改函"] = [letter]
    assert waiting(tmp_path, written, LIMIT)["整改函 ZG1"].command
    found = waiting(tmp_path, written, date(2021, 7, 21))["整改函 ZG1"]
    assert (found.waits_for, found.command) == ("W1还没有双签字；W1的整改时限已过，先改", "")


def test_notices_that_come_too_late_are_told_in_one_line(run: Run) -> None:
    out = run("status", "--as-of", "2021-10-31", "--unit", "局党组")[1]
    assert "未印发" not in out
    out = run("status", "--as-of", "2021-10-31", "--json")[1]
    assert out.count("检查已经开始，没有登记印发") == 1


def test_the_overview_lists_the_drafts(run: Run) -> None:
    assert run("dashboard")[0] == 0
    page = (run.root / "output/2021/总览/2021年总览.html").read_text("utf-8")
    assert "提醒函 TX1 交办事项复核整改即将到期：等印发" in page
    assert 'data-unit="资源局党支部|兴安局党支部" data-state="未印发"' in page
