"""数字: the overview live, the same numbers as on the page in output/; each opens what was counted for it."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import unquote

import httpx
import pytest
from desks import RunningDesk, errors_of, violations
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing.desk.pages import figures
from liangqing.outputs import dashboard
from liangqing.outputs.dashboard.shared import facts
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

PARTS = ("figures", *(f"figures/{key}" for key in figures.PARTS if key != "numbers"))
LISTS = tuple(f"figures/list/{key}" for key in ("self-checks", "inspections", "findings", "letters"))


def opened(desk: RunningDesk, as_of: date | None = None) -> OpenWorkspace:
    assert desk.settings.first is not None
    return open_workspace(desk.settings.first, 2021, as_of, date(2021, 11, 1))


def text_of(client: httpx.Client, desk: RunningDesk, path: str, *, day: str = "现在", **asked: str) -> str:
    answer = client.get(desk.of_workspace(path, day=day), params=asked)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def rows(text: str) -> int:
    return text.split("<tbody>", 1)[-1].split("</tbody>")[0].count("<tr ")


def links(text: str, beginning: str) -> list[str]:
    found = re.findall(r'href="([^"]+)"', text.split("<main", 1)[1])
    return [html.unescape(address) for address in found if beginning in unquote(address)]


def test_the_numbers_are_those_of_the_page_in_output(desk: RunningDesk) -> None:
    told = facts(opened(desk))
    with desk.client() as client:
        shown = text_of(client, desk, "figures")
        for figure in told["figures"]:  # type: ignore[attr-defined]
            assert f"<b>{figure.number}</b> {figure.measure}" in shown
            listed = text_of(client, desk, f"figures/list/{figure.key}")
            assert rows(listed) == len(figure.lines) > 0
        for name, value in told["rates"]:  # type: ignore[attr-defined]
            assert re.search(rf"<dt>{name}</dt><dd>(<a [^>]+>)?{re.escape(value)}<", shown), name


def test_every_number_of_the_chain_opens_as_many_records(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = text_of(client, desk, "figures")
        for name in ("双签字", "发整改函", "申请销号", "销号"):
            found = re.search(rf'<span class="name">{name}</span><b><a href="([^"]+)">(\d+) 条', shown)
            assert found is not None, name
            behind = client.get(html.unescape(found[1])).text
            assert rows(behind) == int(found[2]) > 0, name


def test_a_state_opens_the_findings_that_are_in_it(desk: RunningDesk) -> None:
    late = [going.code for going in facts(opened(desk))["progress"] if going.state == "逾期"]  # type: ignore[attr-defined]
    with desk.client() as client:
        (address,) = links(text_of(client, desk, "figures"), "state=逾期")
        shown = client.get(address).text
    found = [unquote(link).rpartition("/")[2] for link in links(shown, "/finding/")]
    assert found == late != []


def test_what_is_listed_leads_to_its_record(desk: RunningDesk) -> None:
    with desk.client() as client:
        for path, beginning in zip(
            LISTS, ("/records/自查/", "/records/检查/", "/finding/", "/papers/整改函~"), strict=True
        ):
            found = links(text_of(client, desk, path), beginning)
            assert found, path
            assert client.get(found[0]).status_code == 200, found[0]


def test_all_parts_can_be_seen_by_unit(desk: RunningDesk) -> None:
    unit = "执法支队党支部"
    with desk.client() as client:
        for path in PARTS:
            everything, own = text_of(client, desk, path), text_of(client, desk, path, unit=unit)
            if figures.PARTS[path.rpartition("/")[2] if "/" in path else "numbers"].rows:
                assert own.count('data-unit="资源局党支部"') == 0, path
                assert unit in own and len(own) < len(everything), path
        (address,) = links(text_of(client, desk, "figures/units"), f"progress?unit={unit}")
        assert set(re.findall(r'data-unit="([^"]+)"', client.get(address).text)) == {unit}


def test_another_day_is_counted_on_that_day(desk: RunningDesk) -> None:
    day = date(2021, 5, 20)
    with desk.client() as client:
        shown = text_of(client, desk, "figures", day=day.isoformat())
    assert "截至 2021年5月20日" in shown
    for figure in facts(opened(desk, day))["numbers"]:  # type: ignore[attr-defined]
        assert f"<b>{figure.number}</b> {figure.measure}" in shown


def test_long_lists_are_cut_into_pages(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "A_PAGE", 10)
    with desk.client() as client:
        first, last = (text_of(client, desk, "figures/list/self-checks", page=page) for page in ("1", "4"))
    assert rows(first) == 10 and "第 1 页，共 4 页" in first and rows(last) == 6 and "下一页" not in last


def test_what_is_no_part_is_not_there(desk: RunningDesk) -> None:
    with desk.client() as client:
        for path in ("figures/别的", "figures/list/别的"):
            assert client.get(desk.of_workspace(path)).status_code == 404


def test_the_page_in_output_has_no_links_of_the_desk(desk: RunningDesk) -> None:
    page = dashboard.write(opened(desk)).decode()
    assert re.findall(r'href="([^"]*)"', page) == ["#main"]


@pytest.mark.browser
def test_every_part_is_quiet_and_fits_a_phone(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    from chromium import sized

    driver.get(desk.entrance)
    try:
        for path in (*PARTS, *LISTS):
            sized(driver, 390, 900)
            driver.get(desk.site + desk.of_workspace(path))
            assert violations(driver) == [], path
            assert driver.execute_script("return document.documentElement.scrollWidth") <= 390, path
            if path in PARTS:
                assert len(driver.find_elements(By.CSS_SELECTOR, ".tabs [aria-current=page]")) == 1, path
        assert errors_of(driver) == []
    finally:
        sized(driver, 1280, 1000)
