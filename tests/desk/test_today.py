"""Today and the calendar: what waits stands under its week, and each thing leads to where it is done."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from chromium import sized
from desks import RunningDesk, errors_of, violations
from icalendar import Calendar
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing.desk.answering.item_ways import PLACES_OF, WAYS
from liangqing.outputs.waiting import KINDS

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)


def rows(text: str) -> list[tuple[str, str]]:
    """What each row of the lists says, and the address that it leads to."""
    found = []
    for row in ROW.findall(text.partition("<main")[2]):
        link = re.search(r'href="([^"]+)"', row)
        if link is not None:
            told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
            found.append((told, unquote(link[1]).replace("&amp;", "&")))
    return found


def leads_to(text: str, *words: str) -> str:
    """The address that the one row with these words leads to."""
    (address,) = [address for told, address in rows(text) if all(word in told for word in words)]
    return address.partition("/现在/")[2]


def test_each_thing_that_waits_leads_to_where_it_is_done(desk: RunningDesk) -> None:
    with desk.client() as client:
        text = client.get(desk.of_workspace("today")).text
    assert leads_to(text, "逾期", "W2021-06", "过了17天") == "finding/W2021-06"
    assert leads_to(text, "未签字", "W2021-08") == "records/双签/new?单位=执法支队党支部&问题=W2021-08"
    assert leads_to(text, "未回复", "市纪驻环整〔2021〕3号") == "records/整改函/ZG3"
    assert leads_to(text, "未交反馈表") == "take"
    assert leads_to(text, "督办函 DB1") == "issue/督办函~DB1"
    assert leads_to(text, "纪检监察建议书 JY1") == "papers/纪检监察建议书~JY1"
    assert leads_to(text, "XM02") == "records/项目/XM02"
    assert leads_to(text, "计划检查", "CC02") == "records/检查/CC02"
    assert leads_to(text, "监督检查通知", "JZ03") == "issue"


def test_what_is_of_last_year_leads_into_its_year(desk: RunningDesk) -> None:
    with desk.client() as client:
        text = client.get(desk.of_workspace("today")).text
    (address,) = [address for told, address in rows(text) if "W2020-03" in told]
    assert "/2020/现在/finding/W2020-03" in address


def test_every_kind_that_waits_has_a_way(desk: RunningDesk) -> None:
    assert {*WAYS} <= {*KINDS}
    assert {"问题", "任务", "期次"} == {*PLACES_OF}
    with desk.client() as client:
        text = client.get(desk.of_workspace("today", day="2021-07-01")).text
    assert rows(text)
    assert all(address.startswith("/w/") for _, address in rows(text))


def test_groups_are_counted_and_filtered_by_unit_and_person(desk: RunningDesk) -> None:
    with desk.client() as client:
        every = client.get(desk.of_workspace("today")).text
        unit = client.get(desk.of_workspace("today?unit=执法支队党支部")).text
        person = client.get(desk.of_workspace("today?person=丁某某")).text
        none = client.get(desk.of_workspace("today?unit=没有这个")).text
    assert '<b class="n">5</b> 已经过期' in every
    assert all("执法支队党支部" in told for told, _ in rows(unit))
    assert len(rows(unit)) < len(rows(every))
    assert [address.rpartition("/")[2] for _, address in rows(person)] == ["W2021-07"]
    assert "没有要办的" in none


def test_another_day_is_told_as_it_was(desk: RunningDesk) -> None:
    with desk.client() as client:
        text = client.get(desk.of_workspace("today", day="2021-10-15")).text
    assert "就是今天" in text
    assert "今天要办" in text


def test_data_with_errors_come_first_and_lead_to_the_record(desk: RunningDesk) -> None:
    assert desk.settings.first is not None
    path = desk.settings.first / "checklists/2021/问题.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("整改时限: 2021-11-05", "整改时限: 2021-08-05", 1), "utf-8")
    with desk.client() as client:
        answer = client.get(desk.of_workspace("today"))
    assert answer.status_code == 200
    assert "要先改" in answer.text
    assert "records/问题/W2021-07" in unquote(answer.text)
    assert not rows(answer.text)


def test_gates_and_warnings_stand_below_and_lead_to_the_record(desk: RunningDesk) -> None:
    with desk.client() as client:
        text = unquote(client.get(desk.of_workspace("today")).text)
    below = text.partition('id="wrong"')[2]
    assert "records/双签/SQ3" in below
    assert "records/整改函/ZG3" in below


def test_a_long_group_is_cut_into_pages(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liangqing.desk.pages.today.ROWS", 3)
    seen: list[str] = []
    with desk.client() as client:
        address = desk.of_workspace("today?group=没有期限")
        while address:
            text = client.get(address).text
            told = [told for told, _ in rows(text)]
            assert 0 < len(told) <= 3
            seen += told
            more = re.search(r'<a href="([^"]+)">再看后面的', text)
            address = more[1].replace("&amp;", "&") if more else ""
    assert len(seen) == len({*seen}) == 14


def test_the_calendar_of_a_month_marks_rest_days_and_leads_on(desk: RunningDesk) -> None:
    with desk.client() as client:
        text = client.get(desk.of_workspace("calendar")).text
        april = client.get(desk.of_workspace("calendar?month=2021-04")).text
        wrong = [
            client.get(desk.of_workspace(f"calendar?month={month}")) for month in ("2021-13", "x", "0001-01")
        ]
    assert "2021年11月 期限日历" in text
    assert text.count(">休<") == 8
    assert "finding/W2021-07" in text
    assert "month=2021-10" in text
    assert "month=2021-12" in text
    assert "反馈会：" in april
    assert [answer.status_code for answer in wrong] == [404, 404, 404]


def test_the_calendar_is_taken_along_as_a_file(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace("calendar.ics"))
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="2021.ics"'
    told = [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert any("W2021-07" in words for words in told)


@pytest.mark.browser
def test_today_and_calendar_are_quiet_and_fit_a_phone(
    desk: RunningDesk, driver: webdriver.Chrome, tmp_path: Path
) -> None:
    driver.get(desk.entrance)
    for path in ("today", "calendar", "issue", "verify", "propose", "templates", "templates/整改函.docx"):
        driver.get(desk.site + desk.of_workspace(path))
        assert violations(driver) == [], path
        assert errors_of(driver) == [], path
        sized(driver, 390, 1000)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 390, path
        sized(driver, 1280, 1000)
    driver.get(desk.site + desk.of_workspace("today"))
    choice = driver.find_element(By.NAME, "unit")
    choice.find_element(By.XPATH, "option[text()='执法支队党支部']").click()
    assert "unit=" in driver.current_url


@pytest.mark.parametrize(
    "path", ["today", "calendar", "calendar?month=2021-04", "issue", "issue/督办函~DB1", "issued/7"]
)
def test_every_link_of_a_page_leads_to_a_page(desk: RunningDesk, path: str) -> None:
    with desk.client() as client:
        text = client.get(desk.of_workspace(path)).text.partition("<main")[2]
        links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/w/[^"#]+)', text)}
        assert links
        missing = {unquote(link) for link in links if client.get(link).status_code != 200}
    assert missing == set()
