"""查找: words of all years, typed in any way, from the box that stands on every page; each hit leads to its record."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from chromium import waits
from desks import RunningDesk, errors_of, violations
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from liangqing.desk.pages import searching


def looked_up(client: httpx.Client, desk: RunningDesk, words: str, **asked: str) -> str:
    answer = client.get(desk.of_workspace("search"), params={"words": words, **asked})
    assert answer.status_code == 200
    return answer.text


def hits(text: str) -> list[tuple[str, str]]:
    """The address and the name of each hit."""
    found = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', text)
    return [(html.unescape(address), name) for address, name in found]


@pytest.mark.parametrize(
    "typed",
    [
        "市纪驻环整〔2021〕2号",
        "市纪驻环整[2021]2号",
        "市纪驻环整（２０２１）２号",
        "整〔2021〕 2 号",
        "市纪驻环整2021年第2号",
        "整2021第02号",
    ],
)
def test_a_number_is_found_however_it_is_typed(desk: RunningDesk, typed: str) -> None:
    with desk.client() as client:
        found = hits(looked_up(client, desk, typed))
        (address,) = [address for address, name in found if name == "市纪驻环整〔2021〕2号"][:1]
        assert unquote(address).endswith("/2021/现在/papers/整改函~ZG2")
        assert client.get(address).status_code == 200


def test_each_hit_leads_to_its_record_in_its_year(desk: RunningDesk) -> None:
    with desk.client() as client:
        found = hits(looked_up(client, desk, "张某某"))
        assert len(found) > 20
        for address, name in found:
            answer = client.get(address)
            assert answer.status_code == 200, (address, name)
        pages = [unquote(address) for address, _ in found]
    assert any("/2020/现在/finding/W2020-01" in address for address in pages)
    assert any("/2021/现在/finding/W2021-01" in address for address in pages)
    assert any("/records/机构/全部" in address for address in pages)


def test_hits_of_every_kind_of_record_can_be_opened(desk: RunningDesk) -> None:
    """A word that is everywhere: whatever is found leads somewhere."""
    with desk.client() as client:
        first = looked_up(client, desk, "2021")
        kinds = set(re.findall(r"kind=([^&\"]+)", first))
        assert len(kinds) > 12
        for kind in sorted(kinds):
            shown = looked_up(client, desk, "2021", kind=unquote(kind))
            address, name = hits(shown)[0]
            assert client.get(address).status_code == 200, (unquote(kind), address, name)


def test_words_must_all_be_there_and_are_chosen_by_kind_and_year(desk: RunningDesk) -> None:
    with desk.client() as client:
        both = looked_up(client, desk, "张某某 资源局")
        assert "有「张某某 资源局」的" in both
        assert len(hits(both)) < len(hits(looked_up(client, desk, "张某某")))
        findings = hits(looked_up(client, desk, "张某某", kind="问题", of="2020"))
        assert findings and all(name.startswith("W2020-") for _, name in findings)
        assert "没有找到「不会有的词」" in looked_up(client, desk, "不会有的词")
        assert "查找" in looked_up(client, desk, "  ")


def test_long_lists_are_cut_into_pages(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "A_PAGE", 10)
    with desk.client() as client:
        first, last = (looked_up(client, desk, "张某某", page=page) for page in ("1", "4"))
    assert len(hits(first)) == 10 and "第 1 页，共 4 页" in first
    assert not set(hits(first)) & set(hits(last)) and "下一页" not in last


def test_what_is_asked_is_shown_as_text(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = looked_up(client, desk, "<script>alert(1)</script>")
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_searched(desk: RunningDesk) -> None:
    assert desk.settings.first is not None
    Path(desk.settings.first / "checklists/2020/问题.yaml").write_text("问题: [", "utf-8")
    with desk.client() as client:
        shown = looked_up(client, desk, "张某某")
    assert "读不出来、没有查的：checklists/2020/问题.yaml" in shown and "W2021-01" in shown


@pytest.mark.browser
def test_search_by_keyboard(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    wait = waits(driver)
    driver.get(desk.entrance)
    driver.find_element(By.TAG_NAME, "body").send_keys("/")
    box = driver.switch_to.active_element
    assert box.get_attribute("name") == "words" and box.get_attribute("value") == ""
    box.send_keys("a/b", Keys.BACKSPACE * 3, "整[2021]2号", Keys.ENTER)  # a slash that is typed is a slash
    wait.until(lambda page: page.find_elements(By.CLASS_NAME, "hits"))
    assert violations(driver) == []
    driver.find_element(By.LINK_TEXT, "市纪驻环整〔2021〕2号").send_keys(Keys.ENTER)
    wait.until(lambda page: "/papers/" in unquote(page.current_url))
    assert errors_of(driver) == []
