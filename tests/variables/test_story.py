"""一问一档: what happened to one finding, told in order of date, by a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
from conftest import Run
from random_year import Written, one_finding
from written_year import open_written

from liangqing.variables.owners import FindingOf
from liangqing.variables.story import events

END = date(2022, 12, 31)
EVERYTHING: dict[str, Any] = {
    "责任": {"责任人": "甲", "职务": "科长"},
    "整改类别": "限期整改",
    "整改要求": "改。",
    "整改时限": date(2021, 5, 1),
    "进展": [
        {"日期": date(2021, 4, 20), "内容": "后记的。"},
        {"日期": date(2021, 4, 2), "内容": "先做的。", "佐证": [{"名称": "照片", "日期": date(2021, 4, 1)}]},
    ],
    "延期": [{"批准日期": date(2021, 4, 25), "新时限": date(2021, 6, 1), "理由": "汛期", "批准人": "组长"}],
    "责任变更": [{"日期": date(2021, 5, 10), "责任人": "丙", "理由": "调离"}],
    "销号": [
        {
            "申请日期": date(2021, 5, 20),
            "核查日期": date(2021, 5, 21),
            "结论": "退回",
            "核查情况": "没有改完",
        },
        {
            "申请日期": date(2021, 6, 10),
            "核查日期": date(2021, 6, 12),
            "核查人": "丁",
            "核查方式": "现场",
            "结论": "同意销号",
            "销号日期": date(2021, 6, 15),
            "审批人": "组长",
        },
    ],
    "回头看": [{"日期": date(2021, 9, 1), "结果": "巩固"}],
}
LETTER = {"编号": "ZG1", "单位": "U1", "问题": ["W1"], "事由": "示例", "回复期限": date(2021, 6, 9)}
NUMBER = "市纪驻某整〔2021〕{}号"


def letter(serial: int, code: str, day: date, **more: str) -> dict[str, Any]:
    return {
        "文种": "整改函",
        "对象": code,
        "年度": 2021,
        "成文日期": day,
        "文号": NUMBER.format(serial),
        **more,
    }


def told(root: Path, written: Written, day: date = END) -> list[tuple[date, str, str, str]]:
    at = open_written(root, written, 2021, day).at
    return [
        (event.day, event.kind, event.what, event.source)
        for event in events(FindingOf(at, at.year.finding_by_code["W1"]))
    ]


def full_year() -> Written:
    """A finding to which everything happened that can: a letter sent again, a paper of the next year too."""
    written = one_finding([], EVERYTHING)
    year = written.years[2021]
    year["整改函"] = [{**LETTER, "回复": {"日期": date(2021, 6, 11), "文号": "复1"}}]
    year["双签"] = [
        {
            "编号": "SQ1", "检查": "JC1", "单位": "U1", "问题": ["W1"], "内容码": "AAAAAA", "日期": date(2021, 3, 2),
            "党组织签字人": "乙", "纪检监察组签字人": "组长",
        }
    ]  # fmt: skip
    year["送达"] = [{"文号": NUMBER.format(2), "单位": "U1", "日期": date(2021, 3, 12), "签收人": "戊"}]
    year["整改反馈"] = [
        {
            "编号": "FK1",
            "整改函": "ZG1",
            "问题": "W1",
            "日期": date(2021, 6, 10),
            "完成情况": "改完",
            "申请销号": "是",
        }
    ]
    later = {**year, "清单": {**year["清单"], "年度": "2022"}, "问题": [], "检查": []}
    for section in ("整改函", "双签", "送达", "整改反馈"):
        later.pop(section, None)
    later["文书"] = [{"编号": "TX1", "文种": "提醒函", "单位": ["U1"], "问题": ["W1"], "事由": "巩固成果"}]
    written.years[2022] = later
    written.lines.extend(
        [
            letter(1, "ZG1", date(2021, 3, 9)),
            {"作废": NUMBER.format(1), "日期": date(2021, 3, 10)},
            letter(2, "ZG1", date(2021, 3, 11)),
            {
                **letter(3, "TX1", date(2022, 2, 1)),
                "文种": "提醒函",
                "年度": 2022,
                "文号": "市纪驻某提〔2022〕1号",
            },
        ]
    )
    return written


def test_everything_on_record_is_told_in_order_of_date(tmp_path: Path) -> None:
    found = told(tmp_path, full_year())
    assert [(day.isoformat(), kind) for day, kind, _, _ in found] == [
        ("2021-03-01", "发现"),
        ("2021-03-02", "双签字"),
        ("2021-03-09", "印发"),
        ("2021-03-10", "作废"),
        ("2021-03-11", "印发"),
        ("2021-03-12", "送达"),
        ("2021-04-02", "进展"),
        ("2021-04-20", "进展"),
        ("2021-04-25", "延期"),
        ("2021-05-10", "责任变更"),
        ("2021-05-20", "申请销号"),
        ("2021-05-21", "核查"),
        ("2021-05-21", "退回"),
        ("2021-06-10", "单位反馈"),
        ("2021-06-10", "申请销号"),
        ("2021-06-11", "回复"),
        ("2021-06-12", "核查"),
        ("2021-06-15", "同意销号"),
        ("2021-09-01", "回头看"),
        ("2022-02-01", "印发"),
    ]


def test_each_event_says_what_and_where_it_is_on_record(tmp_path: Path) -> None:
    said = {
        (day.isoformat(), kind): (what, source) for day, kind, what, source in told(tmp_path, full_year())
    }
    assert said["2021-04-02", "进展"] == ("先做的；佐证：照片（2021年4月1日）", "")
    assert said["2021-04-25", "延期"] == ("延期至2021年6月1日；理由：汛期；组长批准", "")
    assert said["2021-05-10", "责任变更"] == ("责任人变更为丙；理由：调离", "")
    assert said["2021-03-12", "送达"] == ("送达示例党支部，戊签收", NUMBER.format(2))
    assert said["2021-06-11", "回复"] == ("单位回复整改函，文号复1，超过回复期限", "ZG1")
    assert said["2021-06-10", "单位反馈"] == ("完成情况：改完；申请销号", "FK1")
    assert said["2021-05-21", "核查"] == ("没有改完", "")
    assert said["2021-06-15", "同意销号"] == ("第2轮：组长审批；超过原时限45天", "")
    assert said["2022-02-01", "印发"] == ("提醒函", "市纪驻某提〔2022〕1号")


def test_looking_back_tells_what_stood_then(tmp_path: Path) -> None:
    everything = told(tmp_path, full_year())
    for number, (day, *_) in enumerate(everything):
        then = told(tmp_path, full_year(), day)
        assert then == [event for event in everything if event[0] <= day], number


def test_a_notice_from_before_it_was_found_is_no_part_of_it(tmp_path: Path) -> None:
    written = one_finding([], {"发现日期": date(2021, 3, 5)})
    written.lines.extend(
        [
            {**letter(1, "JC1", date(2021, 2, 20)), "文种": "监督检查通知"},
            {**letter(2, "JC1", date(2021, 3, 8)), "文种": "反馈会纪要"},
        ]
    )
    assert [(kind, source) for _, kind, _, source in told(tmp_path, written)] == [
        ("发现", "JC1"),
        ("印发", NUMBER.format(2)),
    ]


# ---------------------------------------------------------------- the paper


def paper_of(run: Run, *words: str) -> list[str]:
    """Every text of the one page that is made."""
    code, _, err = run("story", *words)
    assert code == 0, err
    (path,) = (run.root / "output").rglob("一问一档/*.docx")
    made = docx.Document(str(path))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in made.paragraphs), *cells]


def test_the_page_tells_of_today_and_of_any_day(run: Run) -> None:
    assert any("截至2021年11月1日，已超过整改时限17天" in text for text in paper_of(run, "W2021-06"))
    then = paper_of(run, "W2021-06", "--as-of", "2021-06-30")
    assert any("截至2021年6月30日，距整改时限还有107天" in text for text in then)
    assert not any("9月运行维护记录" in text for text in then)


def test_a_finding_of_another_year_needs_no_year_named(run: Run) -> None:
    texts = paper_of(run, "W2020-01")
    assert "W2020-01" in texts
    assert any(text.startswith("截至2021年11月1日，") for text in texts)


def test_it_is_made_only_when_it_is_asked_for(run: Run) -> None:
    assert run("build", "--jobs", "1")[0] == 0
    assert not [*(run.root / "output").rglob("一问一档/*.docx")]
