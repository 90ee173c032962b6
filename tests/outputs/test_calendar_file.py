"""calendar: what falls due as an .ics that other programs take in, the same list as everywhere, stable over runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from conftest import Run
from icalendar import Calendar
from random_year import one_finding
from written_year import open_written

from liangqing.outputs import calendar_file
from liangqing.outputs.dashboard.due import ahead
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing

DAY = date(2021, 6, 1)


def events(data: bytes) -> list[dict[str, Any]]:
    """Each event by the names of its properties, with its reminders, as the library reads them."""
    return [
        {
            "uid": str(event["uid"]),
            "day": event.decoded("dtstart"),
            "until": event.decoded("dtend"),
            "stamp": event.decoded("dtstamp"),
            "summary": str(event["summary"]),
            "alarms": [alarm.decoded("trigger") for alarm in event.walk("VALARM")],
        }
        for event in Calendar.from_ical(data).walk("VEVENT")
    ]


def limits(data: bytes) -> list[dict[str, Any]]:
    """The events of the limits of findings."""
    return [event for event in events(data) if event["summary"].startswith("整改时限：")]


def on(opened: OpenWorkspace, day: date) -> Standing:
    return opened.at.on(day)


def test_it_is_the_list_of_what_is_due(sample_year: OpenWorkspace) -> None:
    at = on(sample_year, DAY)
    listed, made = ahead(at), events(calendar_file.write(at))
    assert len(made) == len(listed) > 10
    for deadline, event in zip(listed, made, strict=True):
        assert (event["day"], event["until"]) == (deadline.day, deadline.day + timedelta(1))
        assert not isinstance(event["day"], datetime)  # a whole day
        assert event["summary"].startswith(f"{deadline.kind}：{deadline.what}")
        assert all(unit in event["summary"] for unit in deadline.unit.split("|"))
    assert min(event["day"] for event in made) >= DAY


def test_lines_are_folded_and_end_as_the_standard_says(sample_year: OpenWorkspace) -> None:
    data = calendar_file.write(on(sample_year, DAY))
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)  # no sign is cut in two
    assert [line for line in lines if line.startswith(b" ")]


def test_commas_semicolons_and_line_ends_do_not_break_it(tmp_path: Path) -> None:
    name = "甲,乙;丙\\丁\n戊"
    written = one_finding([], {"整改时限": date(2021, 7, 1), "名称": name})
    at = open_written(tmp_path, written, 2021, DAY).at
    data = calendar_file.write(at)
    assert b"\\," in data and b"\\;" in data
    assert name in limits(data)[0]["summary"]


def test_the_reminder_comes_days_before_in_the_morning(tmp_path: Path) -> None:
    written = one_finding([], {"整改时限": date(2021, 7, 1)})  # 临期天数 10
    (event,) = limits(calendar_file.write(open_written(tmp_path, written, 2021, DAY).at))
    at_nine = datetime.combine(event["day"], datetime.min.time()) + event["alarms"][0]
    assert at_nine == datetime(2021, 6, 21, 9)


def test_a_limit_that_is_moved_stays_the_same_event(tmp_path: Path) -> None:
    moved = [{"批准日期": date(2021, 6, 10), "新时限": date(2021, 8, 1), "理由": "汛期", "批准人": "组长"}]
    written = one_finding([], {"整改时限": date(2021, 7, 1), "延期": moved})
    opened = open_written(tmp_path, written, 2021, DAY)
    ((before,), (after,)) = (limits(calendar_file.write(on(opened, day))) for day in (DAY, date(2021, 6, 11)))
    assert (before["day"], after["day"]) == (date(2021, 7, 1), date(2021, 8, 1))
    assert before["uid"] == after["uid"]
    assert before["stamp"] < after["stamp"]


def test_no_two_events_are_taken_for_one(tmp_path: Path, sample_year: OpenWorkspace) -> None:
    written = one_finding([], {})
    twice = [{"日期": date(2021, 7, day), "名称": "例会"} for day in (1, 2)]
    written.years[2021]["项目"] = [
        {
            "编号": "XM1", "项目": "甲", "来源": "交办", "目标": "成", "责任单位": ["U1"],
            "开始日期": date(2021, 3, 1), "完成时限": date(2021, 9, 1), "里程碑": twice,
        }
    ]  # fmt: skip
    for at in (open_written(tmp_path, written, 2021, DAY).at, on(sample_year, DAY)):
        uids = [event["uid"] for event in events(calendar_file.write(at))]
        assert len(set(uids)) == len(uids) > 2


def test_the_same_data_gives_the_same_bytes_and_another_group_other_events(
    sample_year: OpenWorkspace,
) -> None:
    at = on(sample_year, DAY)
    assert calendar_file.write(at) == calendar_file.write(Standing(at.year, at.register, DAY, at.years))
    other = replace(at, year=replace(at.year, group=at.year.group.model_copy(update={"name": "别的组"})))
    mine, theirs = (
        {event["uid"] for event in events(calendar_file.write(standing))} for standing in (at, other)
    )
    assert not mine & theirs


def test_the_command_writes_it_as_of_today_and_leaves_it_where_nothing_changed(run: Run) -> None:
    assert run("calendar")[0] == 0
    (path,) = (run.root / "output").rglob("*.ics")
    assert path.name == "2021年到期事项.ics"
    assert {event["stamp"].date() for event in events(path.read_bytes())} == {date(2021, 11, 1)}
    code, out, _ = run("calendar", "--dry-run")
    assert code == 0 and "未变" in out
