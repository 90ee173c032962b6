"""What a unit returned in its 反馈表 counts: as reply, progress, evidence, measures and application to close."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_year import Written, one_finding
from views import Views, differences
from written_year import open_written

LIMIT = date(2021, 7, 20)
LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 7, 25)}
LINE: dict[str, Any] = {
    "文种": "整改函",
    "对象": "ZG1",
    "年度": 2021,
    "成文日期": date(2021, 6, 1),
    "文号": "市纪驻某整〔2021〕1号",
}
FORM = {
    "编号": "FK1",
    "整改函": "ZG1",
    "问题": "W1",
    "日期": date(2021, 7, 30),
    "措施": "补齐记录。",
    "完成情况": "记录已补齐。",
    "完成日期": date(2021, 7, 28),
    "佐证": [{"名称": "补齐的记录", "日期": date(2021, 7, 27)}],
    "申请销号": "是",
}
DAY = date(2021, 8, 1)


def year(*forms: dict[str, Any], **finding: Any) -> Written:
    written = one_finding(finding.pop("门槛", []), {"整改类别": "限期整改", "整改时限": LIMIT, **finding})
    written.years[2021] |= {"整改函": [LETTER], "整改反馈": list(forms)}
    written.lines.append(LINE)
    return written


def views(root: Path, written: Written, day: date = DAY) -> Views:
    seen = Views(open_written(root, written, 2021, day))
    assert differences(seen.facts()) == []
    return seen


def kinds(seen: Views) -> list[str]:
    return [item.kind for item in seen.status if "W1" in item.what or LINE["文号"] in item.what]


def test_a_form_that_asks_to_close_is_verified_and_not_urged(tmp_path: Path) -> None:
    seen = views(tmp_path, year(FORM))
    assert kinds(seen) == ["未签字", "待核查"]
    assert [item.what for item in seen.status if item.kind == "待核查"] == [
        "W1 示例：反馈表申请销号，还没有登记核查"
    ]
    assert seen.papers["W1"]["状态"] == "申请销号"
    assert seen.papers["W1"]["本轮销号"]["申请日期"] == "2021年7月30日"
    before = views(tmp_path, year(FORM), date(2021, 7, 29))
    assert kinds(before) == ["逾期", "未签字", "未回复", "未交反馈表", "建议发文"]


def test_the_form_is_the_reply_of_its_day(tmp_path: Path) -> None:
    for day, late in ((date(2021, 7, 29), {LINE["文号"]}), (date(2021, 7, 30), set())):
        seen = views(tmp_path, year(FORM), day)
        assert seen.replies(late=True) == late
        assert [row["回复日期"] for row in seen.letters] == [None if late else date(2021, 7, 30)]


def test_a_reply_that_was_typed_goes_before_the_form(tmp_path: Path) -> None:
    written = year(FORM)
    written.years[2021]["整改函"] = [{**LETTER, "回复": {"日期": date(2021, 7, 31)}}]
    assert [row["回复日期"] for row in views(tmp_path, written).letters] == [date(2021, 7, 31)]
    assert [row["回复日期"] for row in views(tmp_path, written, date(2021, 7, 30)).letters] == [
        date(2021, 7, 30)
    ]


def test_a_letter_on_two_findings_is_answered_when_both_forms_are_in(tmp_path: Path) -> None:
    second = {**FORM, "编号": "FK2", "问题": "W2", "日期": date(2021, 8, 3)}
    written = year(FORM, second)
    (finding,) = written.years[2021]["问题"]
    written.years[2021]["问题"].append({**finding, "编号": "W2"})
    written.years[2021]["整改函"] = [{**LETTER, "问题": ["W1", "W2"]}]
    for day, late in ((date(2021, 8, 2), {LINE["文号"]}), (date(2021, 8, 3), set())):
        assert views(tmp_path, written, day).replies(late=True) == late


def test_a_form_on_a_letter_that_is_void_does_not_answer_its_reissue(tmp_path: Path) -> None:
    written = year({**FORM, "日期": date(2021, 7, 1), "申请销号": "否"})
    written.lines.append({"作废": LINE["文号"], "日期": date(2021, 7, 2)})
    again = {**LINE, "成文日期": date(2021, 7, 5), "文号": "市纪驻某整〔2021〕2号"}
    written.lines.append(again)
    opened = open_written(tmp_path, written, 2021, DAY)
    assert Views(opened).replies(late=True) == {again["文号"]}


def test_what_nobody_typed_is_told_as_taken_from_the_form(tmp_path: Path) -> None:
    seen = views(tmp_path, year(FORM))
    assert seen.papers["W1"]["进展"] == [
        {"日期": "2021年7月30日", "内容": "记录已补齐，2021年7月28日完成（反馈表）"}
    ]
    assert seen.papers["W1"]["佐证"] == [{"名称": "补齐的记录（反馈表）"}]
    assert seen.step("W1", "整改") == "7月30日"
    before = views(tmp_path, year(FORM), date(2021, 7, 29))
    assert before.papers["W1"]["进展"] == before.papers["W1"]["佐证"] == []


def test_what_was_typed_stands_alone(tmp_path: Path) -> None:
    proof = {"名称": "照片", "日期": date(2021, 7, 1)}
    typed = {"日期": date(2021, 7, 28), "内容": "补了", "佐证": [proof]}
    seen = views(tmp_path, year(FORM, 进展=[typed]))
    assert seen.papers["W1"]["进展"] == [{"日期": "2021年7月28日", "内容": "补了"}]
    assert seen.papers["W1"]["佐证"] == [{"名称": "照片"}]


def test_evidence_of_the_form_meets_the_gate_of_evidence(tmp_path: Path) -> None:
    closing = {
        "核查日期": date(2021, 7, 31),
        "核查人": "齐某某",
        "核查方式": "现场核查",
        "结论": "同意销号",
        "销号日期": date(2021, 7, 31),
    }
    assert views(tmp_path, year(FORM, 门槛=["佐证"], 销号=[closing])).papers["W1"]["状态"] == "已销号"
    bare = {key: value for key, value in FORM.items() if key != "佐证"}
    assert views(tmp_path, year(bare, 门槛=["佐证"], 销号=[closing])).papers["W1"]["状态"] == "申请销号"


def test_the_day_of_applying_is_that_of_the_form_where_none_was_typed(tmp_path: Path) -> None:
    closing = {"核查日期": date(2021, 7, 31), "核查人": "齐某某", "结论": "退回"}
    seen = views(tmp_path, year(FORM, 销号=[closing]))
    assert seen.papers["W1"]["本轮销号"] == {"申请日期": "2021年7月30日", "核查人": "齐某某", "结论": "退回"}
    assert seen.papers["W1"]["状态"] == "逾期"


@pytest.mark.parametrize(
    ("day", "state"), [("2021-07-30", "申请销号"), ("2021-07-31", "逾期"), ("2021-08-05", "申请销号")]
)
def test_after_it_was_sent_back_another_form_asks_again(tmp_path: Path, day: str, state: str) -> None:
    sent_back = {"申请日期": date(2021, 7, 30), "核查日期": date(2021, 7, 31), "结论": "退回"}
    again = {**FORM, "编号": "FK2", "日期": date(2021, 8, 5)}
    seen = views(tmp_path, year(FORM, again, 销号=[sent_back]), date.fromisoformat(day))
    assert seen.papers["W1"]["状态"] == state


def test_a_form_that_comes_after_the_close_out_opens_nothing(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 7, 28), "核查日期": date(2021, 7, 29), "结论": "同意销号"}
    closed = {**closing, "销号日期": date(2021, 7, 29)}
    assert views(tmp_path, year(FORM, 销号=[closed])).papers["W1"]["状态"] == "已销号"


def test_a_form_after_a_relapse_asks_anew(tmp_path: Path) -> None:
    closing = {"申请日期": date(2021, 7, 2), "核查日期": date(2021, 7, 3), "结论": "同意销号"}
    closed = {**closing, "销号日期": date(2021, 7, 3)}
    relapsed = {"销号": [closed], "回头看": [{"日期": date(2021, 7, 22), "结果": "反弹"}]}
    assert views(tmp_path, year(FORM, **relapsed)).papers["W1"]["状态"] == "申请销号"
    early = {**FORM, "日期": date(2021, 7, 21)}
    assert views(tmp_path, year(early, **relapsed)).papers["W1"]["状态"] == "逾期"


def test_measures_are_taken_from_the_form_where_none_was_typed(tmp_path: Path) -> None:
    at = open_written(tmp_path, year(FORM), 2021, DAY).at
    (finding,) = at.found
    assert at.measures(finding) == ("补齐记录（反馈表）",)
    assert at.on(date(2021, 7, 29)).measures(finding) == ()
    at = open_written(tmp_path, year(FORM, 整改措施=["自己写的"]), 2021, DAY).at
    assert at.measures(at.found[0]) == ("自己写的",)
