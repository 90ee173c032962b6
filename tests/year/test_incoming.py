"""收文: what came in is one register, whether it was entered or taken in as a form, and a reply answers its letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from random_year import Written, one_finding
from written_year import open_written

from liangqing.outputs.ledger import lists
from liangqing.outputs.ledger.columns import LedgerRow
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import facts
from liangqing.year.state.incoming import incoming_register
from liangqing.year.state.standing import Standing

NUMBER = "市纪驻某整〔2021〕1号"
LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 8, 9)}
REPLY = {
    "编号": "SW2021-001",
    "来文单位": "U1",
    "来文字号": "某支〔2021〕3号",
    "题名": "关于整改情况的回复",
    "收文日期": date(2021, 7, 1),
    "种类": "回复",
    "对应": NUMBER,
}


def written(**sections: list[dict[str, Any]]) -> Written:
    """A year of one finding with a letter that went out on 1 June, and more sections."""
    made = one_finding([], {})
    made.years[2021] |= {"整改函": [LETTER], **sections}
    made.lines.append(
        {"文种": "整改函", "对象": "ZG1", "年度": 2021, "成文日期": date(2021, 6, 1), "文号": NUMBER}
    )
    return made


def standing(root: Path, year: Written, day: date = date(2021, 8, 1)) -> Standing:
    return open_written(root, year, 2021, day).at


def answered(at: Standing) -> tuple[date, str | None] | None:
    reply = facts.reply_to(at, at.register.issued[0])
    return None if reply is None else (reply.day, reply.number)


def test_a_reply_among_incoming_papers_answers_the_letter_everywhere(tmp_path: Path) -> None:
    at = standing(tmp_path, written(收文=[REPLY]), date(2021, 8, 20))
    assert answered(at) == (date(2021, 7, 1), "某支〔2021〕3号")
    assert facts.reply_owed(at, at.year.letters[0]) is None
    assert list(facts.replies_overdue(at)) == []
    (column,) = (column for column in lists.LETTERS.columns if column.head == "回复日期")
    row = LedgerRow(at, at.register.issued[0], (), {}, "1")
    assert column.value(row) == date(2021, 7, 1)


def test_before_the_day_it_came_in_the_letter_is_not_answered(tmp_path: Path) -> None:
    at = standing(tmp_path, written(收文=[REPLY]), date(2021, 6, 30))
    assert answered(at) is None
    assert incoming_register(at) == []


def test_what_only_speaks_of_a_letter_does_not_answer_it(tmp_path: Path) -> None:
    at = standing(tmp_path, written(收文=[{**REPLY, "种类": "来函"}]))
    assert answered(at) is None


def test_forms_are_lines_of_the_register_without_a_second_entry(tmp_path: Path) -> None:
    forms = [
        {"编号": code, "整改函": "ZG1", "问题": "W1", "日期": date(2021, 7, day), "完成情况": "示例"}
        for code, day in (("FK1", 5), ("FK2", 20))
    ]
    at = standing(tmp_path, written(收文=[REPLY], 整改反馈=forms))
    told = [(line.code, line.kind, line.day.day, line.answers) for line in incoming_register(at)]
    assert told == [
        ("SW2021-001", "回复", 1, NUMBER),
        ("FK1", "表单", 5, NUMBER),
        ("FK2", "表单", 20, NUMBER),
    ]


def test_a_form_and_its_letter_entered_on_one_day_are_one_line(tmp_path: Path) -> None:
    form = {"编号": "FK1", "整改函": "ZG1", "问题": "W1", "日期": date(2021, 7, 1), "完成情况": "示例"}
    at = standing(tmp_path, written(收文=[REPLY], 整改反馈=[form]))
    assert [line.code for line in incoming_register(at)] == ["SW2021-001"]


def test_a_reply_written_in_the_letter_is_a_line_once(tmp_path: Path) -> None:
    year = written()
    year.years[2021]["整改函"] = [{**LETTER, "回复": {"日期": date(2021, 7, 1)}}]
    (line,) = incoming_register(standing(tmp_path / "一", year))
    assert (line.code, line.answers, line.title) == ("ZG1", NUMBER, f"关于{NUMBER}整改情况的回复")
    year.years[2021]["收文"] = [REPLY]
    assert [line.code for line in incoming_register(standing(tmp_path / "二", year))] == ["SW2021-001"]


def test_opinions_that_came_by_letter_are_no_longer_owed(sample_year: OpenWorkspace) -> None:
    at = sample_year.at
    assert {line.kind for line in incoming_register(at)} == {
        "征求意见回复",
        "表单",
        "回复",
        "通知",
        "请示报告",
    }
    codes = [line.code for line in incoming_register(at)]
    assert len(codes) == len(set(codes)) > 30
    days = [line.day for line in incoming_register(at)]
    assert days == sorted(days)


def test_an_answer_to_the_draft_counts_as_an_opinion_of_the_unit(tmp_path: Path) -> None:
    year = written()
    checklist = year.years[2021]["清单"]
    checklist["征求意见"] = {"截止日期": date(2021, 3, 1)}
    assert "U1" in standing(tmp_path / "一", year).silent
    year.years[2021]["收文"] = [{**REPLY, "种类": "征求意见回复", "收文日期": date(2021, 6, 2)}]
    assert "U1" not in standing(tmp_path / "二", year).silent
