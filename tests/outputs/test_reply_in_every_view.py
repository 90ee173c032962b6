"""One reply walked through every view: letters and forms, ledger, overview, status, 督办阶梯, 清欠单, figures, calendar.

What a unit returned in its 整改情况反馈表 is told as its own wherever a finding is shown, from the day on which it came;
only 核查 is typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_year import Written, one_finding
from views import Views, differences
from written_year import open_written

from liangqing.outputs import calendar_file
from liangqing.outputs.dashboard.due import ahead
from liangqing.outputs.search import search
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.story import events
from liangqing.variables.table import build
from liangqing.year.state.escalation import proposals
from liangqing.year.state.persons import persons

NUMBER = "市纪驻某整〔2021〕1号"
LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1", "W2"], "事由": "示例", "回复期限": date(2021, 7, 25)}
LINE = {"文种": "整改函", "对象": "ZG1", "年度": 2021, "成文日期": date(2021, 6, 1), "文号": NUMBER}
FORM: dict[str, Any] = {
    "编号": "FK1",
    "整改函": "ZG1",
    "问题": "W1",
    "日期": date(2021, 7, 30),
    "措施": "补齐记录。",
    "完成情况": "记录已补齐。",
    "完成日期": date(2021, 7, 28),
    "佐证": [
        {"名称": "补齐的记录", "日期": date(2021, 7, 27)},
        {"名称": "现场照片", "日期": date(2021, 7, 28)},
    ],
    "申请销号": "是",
}
OTHER = {"编号": "FK2", "整改函": "ZG1", "问题": "W2", "日期": date(2021, 7, 20), "完成情况": "正在采购。"}
AGAIN = {
    **FORM,
    "编号": "FK3",
    "日期": date(2021, 8, 20),
    "完成日期": date(2021, 8, 18),
    "完成情况": "又补了一遍。",
}
AGAIN["佐证"] = [{"名称": "抽查记录"}]
SENT_BACK = {
    "核查日期": date(2021, 8, 5),
    "核查人": "齐某某",
    "审批人": "组长",
    "结论": "退回",
}
AGREED = {
    **SENT_BACK,
    "核查日期": date(2021, 8, 25),
    "结论": "同意销号",
    "销号日期": date(2021, 8, 26),
}
OF_FORM = "（反馈表）"
TOLD = f"记录已补齐，2021年7月28日完成{OF_FORM}"
EVIDENCE = [f"补齐的记录{OF_FORM}", f"现场照片{OF_FORM}"]


def year(*forms: dict[str, Any], **finding: Any) -> Written:
    """W1 with 责任 and limit 20 July, and W2 with limit 30 September, in one letter."""
    common = {"整改类别": "限期整改", "责任": {"责任人": "丙某某"}}
    written = one_finding(["核查人", "核查日期"], {**common, "整改时限": date(2021, 7, 20), **finding})
    written.years[2021]["问题"].append(
        {**written.years[2021]["问题"][0], "编号": "W2", "名称": "另一个", "事实": "另一个。"}
        | {"整改时限": date(2021, 9, 30), "进展": [], "销号": []}
    )
    written.years[2021] |= {"整改函": [LETTER], "整改反馈": list(forms)}
    written.lines.append(LINE)
    return written


@dataclass(frozen=True)
class Told:
    """What every view says of W1, and of the letter, on a day."""

    state: str
    replied: date | None = None
    progress: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    applied: date | None = None
    status: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    urged: bool = False


LATE = ("逾期", "未签字", "建议发文")
MOMENTS: dict[str, tuple[Written, date, Told]] = {
    "before the form came": (
        year(OTHER, FORM),
        date(2021, 7, 29),
        Told("逾期", status=("逾期", "未签字", "未交反馈表", "建议发文"), owed=("双签字", "整改", "整改情况反馈表"), urged=True),
    ),
    "on the day of the form": (
        year(OTHER, FORM),
        date(2021, 7, 30),
        Told(
            "申请销号",
            date(2021, 7, 30),
            [TOLD],
            EVIDENCE,
            [f"补齐记录{OF_FORM}"],
            date(2021, 7, 30),
            ("未签字", "待核查"),
            ("双签字",),
        ),
    ),
    "a form on one of the two findings of the letter": (
        year(FORM),
        date(2021, 7, 30),
        Told(
            "申请销号",
            None,
            [TOLD],
            EVIDENCE,
            [f"补齐记录{OF_FORM}"],
            date(2021, 7, 30),
            ("未签字", "待核查"),
            ("双签字",),
        ),
    ),
    "a form that does not ask to close": (
        year(OTHER, {**FORM, "申请销号": "否"}),
        date(2021, 7, 30),
        Told(
            "逾期",
            date(2021, 7, 30),
            [TOLD],
            EVIDENCE,
            [f"补齐记录{OF_FORM}"],
            status=LATE,
            owed=("双签字", "整改"),
            urged=True,
        ),
    ),
    "sent back": (
        year(OTHER, FORM, AGAIN, 销号=[SENT_BACK]),
        date(2021, 8, 19),
        Told(
            "逾期",
            date(2021, 7, 30),
            [TOLD],
            EVIDENCE,
            [f"补齐记录{OF_FORM}"],
            date(2021, 7, 30),
            LATE,
            ("双签字", "整改"),
            urged=True,
        ),
    ),
    "asked again after it was sent back": (
        year(OTHER, FORM, AGAIN, 销号=[SENT_BACK, AGREED]),
        date(2021, 8, 20),
        Told(
            "申请销号",
            date(2021, 7, 30),
            [TOLD, f"又补了一遍，2021年8月18日完成{OF_FORM}"],
            [*EVIDENCE, f"抽查记录{OF_FORM}"],
            [f"补齐记录{OF_FORM}"],
            date(2021, 8, 20),
            ("未签字", "待核查"),
            ("双签字",),
        ),
    ),
    "closed, with only 核查 typed": (
        year(OTHER, FORM, AGAIN, 销号=[SENT_BACK, AGREED]),
        date(2021, 8, 26),
        Told(
            "已销号",
            date(2021, 7, 30),
            [TOLD, f"又补了一遍，2021年8月18日完成{OF_FORM}"],
            [*EVIDENCE, f"抽查记录{OF_FORM}"],
            [f"补齐记录{OF_FORM}"],
            date(2021, 8, 20),
        ),
    ),
    "a form after the close": (
        year(OTHER, AGAIN, 销号=[{**AGREED, "申请日期": date(2021, 8, 1), "核查日期": date(2021, 8, 2), "销号日期": date(2021, 8, 2)}]),
        date(2021, 8, 21),
        Told(
            "已销号",
            date(2021, 8, 20),
            [f"又补了一遍，2021年8月18日完成{OF_FORM}"],
            [f"抽查记录{OF_FORM}"],
            [f"补齐记录{OF_FORM}"],
            date(2021, 8, 1),
        ),
    ),
    "a finding closed without a form needs none for the reply": (
        year(OTHER, 销号=[{**AGREED, "申请日期": date(2021, 7, 10), "核查日期": date(2021, 7, 12), "销号日期": date(2021, 7, 12)}]),
        date(2021, 7, 20),
        Told("已销号", date(2021, 7, 20), applied=date(2021, 7, 10)),
    ),
    "what the group typed of another day stands beside the form": (
        year(OTHER, FORM, 进展=[{"日期": date(2021, 6, 20), "内容": "已督促", "佐证": [{"名称": "谈话记录"}]}]),
        date(2021, 7, 30),
        Told(
            "申请销号",
            date(2021, 7, 30),
            ["已督促", TOLD],
            ["谈话记录", *EVIDENCE],
            [f"补齐记录{OF_FORM}"],
            date(2021, 7, 30),
            ("未签字", "待核查"),
            ("双签字",),
        ),
    ),
    "what was typed of the form is not told twice, its evidence is": (
        year(OTHER, FORM, 进展=[{"日期": date(2021, 7, 28), "内容": "已补齐"}], 整改措施=["自己写的"]),
        date(2021, 7, 30),
        Told(
            "申请销号",
            date(2021, 7, 30),
            ["已补齐"],
            EVIDENCE,
            ["自己写的"],
            date(2021, 7, 30),
            ("未签字", "待核查"),
            ("双签字",),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_view_tells_the_reply(tmp_path: Path, moment: str) -> None:
    written, day, told = MOMENTS[moment]
    opened = open_written(tmp_path, written, 2021, day)
    seen, at = Views(opened), opened.at
    assert differences(seen.facts()) == []
    _papers(seen, told)
    _ledger(seen, told)
    _overview(seen, told)
    about = [item for item in seen.status if "W1" in item.what]
    assert tuple(item.kind for item in about) == told.status
    assert {row["类别"] for _, row in seen.owed if "W1" in row["事项"]} == set(told.owed)
    assert ["W1" in proposed.findings for proposed in proposals(at)].count(True) == told.urged
    assert seen.figures["申请销号数"] == (told.state == "申请销号")
    assert {matter.state for person in persons(at) for matter in person.matters if matter.code == "W1"} == (
        set() if told.state == "已销号" else {told.state}
    )
    assert (NUMBER in seen.replies(late=True)) == (told.replied is None and day > date(2021, 7, 25))
    assert not [deadline for deadline in ahead(at) if "W1" in deadline.what]
    _story(seen, told)


def _papers(seen: Views, told: Told) -> None:
    """销号审核表, 三张清单 and every other paper print the variables of a finding."""
    values = seen.papers["W1"]
    at = seen.at
    measures: Any = build(FINDING.rows, FindingOf(at, at.year.finding_by_code["W1"]), {"整改措施": {}})[
        "整改措施"
    ]
    assert [progress["内容"] for progress in values["进展"]] == told.progress
    assert [proof["名称"] for proof in values["佐证"]] == told.evidence
    assert [*measures] == told.measures
    applied = (values["本轮销号"] or {}).get("申请日期")
    day = told.applied
    assert applied == (f"{day.year}年{day.month}月{day.day}日" if day else None)


def _ledger(seen: Views, told: Told) -> None:
    row = seen.ledger["W1"]
    assert row["状态"] == told.state
    assert [words.split("：", 1)[1] for words in row["进展"].splitlines()] == told.progress
    assert row["证据材料"] == "、".join(told.evidence)
    assert row["销号申请日"] == told.applied
    shown = [words.removeprefix("整改措施：") for words in row["备注"].splitlines()] + row[
        "整改措施"
    ].splitlines()
    assert shown == told.measures
    assert [letter["回复日期"] for letter in seen.letters] == [told.replied]


def _overview(seen: Views, told: Told) -> None:
    assert seen.overview["W1"].state == told.state
    applied = told.applied if told.state in ("申请销号", "已销号") else None
    assert seen.step("W1", "申请") == (f"{applied.month}月{applied.day}日" if applied else None)
    assert (seen.step("W1", "整改") is None) == (not told.progress)


def _story(seen: Views, told: Told) -> None:
    """The form once, as 单位反馈; what a person typed as 进展."""
    at = seen.at
    found = [(event.kind, event.what) for event in events(FindingOf(at, at.year.finding_by_code["W1"]))]
    typed = [words for words in told.progress if OF_FORM not in words]
    assert [words.partition("；佐证")[0] for kind, words in found if kind == "进展"] == typed
    forms = [form for form in at.year.feedbacks if form.finding == "W1" and form.day <= at.day]
    assert len([words for kind, words in found if kind == "单位反馈"]) == len(forms)
    assert ("申请销号" in {kind for kind, _ in found}) == (told.applied is not None)


def test_only_verification_is_typed(tmp_path: Path) -> None:
    """A round without 申请日期 takes it from the form: in the state, the gates, 销号审核表, ledger and overview."""
    written = year(OTHER, FORM, 销号=[{**AGREED, "核查日期": date(2021, 8, 2), "销号日期": date(2021, 8, 3)}])
    seen = Views(open_written(tmp_path, written, 2021, date(2021, 8, 3)))
    assert seen.papers["W1"]["本轮销号"] == {
        "申请日期": "2021年7月30日",
        "核查人": "齐某某",
        "结论": "同意销号",
    }
    assert seen.papers["W1"]["状态"] == "已销号"
    assert seen.ledger["W1"]["销号申请日"] == date(2021, 7, 30)
    assert (seen.step("W1", "申请"), seen.step("W1", "销号")) == ("7月30日", "8月3日")


def test_evidence_of_a_form_that_is_too_old_keeps_the_finding_open(tmp_path: Path) -> None:
    old = {**FORM, "佐证": [{"名称": "旧照片", "日期": date(2021, 2, 1)}]}
    closing = {**AGREED, "核查日期": date(2021, 8, 2), "销号日期": date(2021, 8, 3)}
    opened = open_written(tmp_path / "旧", year(OTHER, old, 销号=[closing]), 2021, date(2021, 8, 3))
    assert Views(opened).papers["W1"]["状态"] == "申请销号"
    (found,) = [problem for problem in opened.judge(kept=False) if problem.code == "D403"]
    assert "旧照片" in found.message and "整改反馈" in opened.at.year.feedbacks[1].label
    said = {**old, "佐证": [{"名称": "旧照片", "日期": date(2021, 2, 1), "说明": "整改前拍的"}]}
    opened = open_written(tmp_path / "说明", year(OTHER, said, 销号=[closing]), 2021, date(2021, 8, 3))
    assert Views(opened).papers["W1"]["状态"] == "已销号"


def test_old_evidence_that_came_after_the_close_does_not_open_it(tmp_path: Path) -> None:
    old = {**FORM, "日期": date(2021, 8, 20), "佐证": [{"名称": "旧照片", "日期": date(2021, 2, 1)}]}
    closing = {
        **AGREED,
        "申请日期": date(2021, 8, 1),
        "核查日期": date(2021, 8, 2),
        "销号日期": date(2021, 8, 3),
    }
    opened = open_written(tmp_path, year(OTHER, old, 销号=[closing]), 2021, date(2021, 9, 1))
    assert Views(opened).papers["W1"]["状态"] == "已销号"
    assert not [problem for problem in opened.judge(kept=False) if problem.code == "D403"]


def test_the_calendar_and_find_know_the_form(tmp_path: Path) -> None:
    """A limit that is still to come leaves the calendar when the unit has applied; `find` finds the form."""
    written = year(OTHER, {**FORM, "日期": date(2021, 7, 10), "完成日期": date(2021, 7, 9), "佐证": []})
    before = open_written(tmp_path, written, 2021, date(2021, 7, 9)).at
    assert "W1 示例" in calendar_file.write(before).decode()
    after = before.on(date(2021, 7, 10))
    assert "W1 示例" not in calendar_file.write(after).decode()
    assert "W2 另一个" in calendar_file.write(after).decode()
    assert [hit.code for hit in search(tmp_path, ["记录已补齐"]).found] == ["FK1"]
