"""The form of a record in a browser: by keyboard alone, messages while typing, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chromium import sized, waits
from desks import RunningDesk, errors_of, violations
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from liangqing.data.yaml.places import parse

pytestmark = pytest.mark.browser


def _open(desk: RunningDesk, driver: webdriver.Chrome, path: str) -> None:
    driver.get(desk.entrance)
    driver.get(desk.site + desk.of_workspace(path))


def _field(driver: webdriver.Chrome, name: str) -> WebElement:
    return driver.find_element(By.ID, f"v.{name}")


def _told(driver: webdriver.Chrome, name: str) -> str:
    return driver.find_element(By.ID, f"m-v.{name}").text


def _wait(driver: webdriver.Chrome, condition: Any) -> Any:
    return waits(driver).until(condition)


def _typed(driver: webdriver.Chrome, *keys: str) -> None:
    webdriver.ActionChains(driver).send_keys(*keys).perform()


def _finding(desk: RunningDesk, code: str) -> Any:
    assert desk.settings.first is not None
    tree: Any = parse((desk.settings.first / "checklists/2021/问题.yaml").read_bytes(), "问题")
    return next(one for one in tree["问题"] if one["编号"] == code)


def test_messages_stand_at_their_fields_while_typing_and_the_cursor_stays(
    desk: RunningDesk, driver: webdriver.Chrome
) -> None:
    _open(desk, driver, "records/检查/new?名称=窗口抽查")
    day = _field(driver, "开始日期")
    day.send_keys("2021-02-30")
    _wait(driver, lambda page: "应为真实的日期" in _told(page, "开始日期"))
    assert driver.switch_to.active_element == day
    assert day.get_attribute("aria-invalid") == "true"
    assert "m-v.开始日期" in (day.get_attribute("aria-describedby") or "")
    day.send_keys(Keys.BACKSPACE, Keys.BACKSPACE, "20")
    _wait(driver, lambda page: _told(page, "开始日期") == "")
    assert day.get_attribute("aria-invalid") is None
    assert day.get_attribute("value") == "2021-02-20"
    assert violations(driver) == []
    sized(driver, 390, 1000)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
    assert errors_of(driver) == []


def test_a_row_is_filled_in_and_saved_by_keyboard_alone(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    _open(desk, driver, "records/问题/W2021-05")
    before = _finding(desk, "W2021-05")["进展"]
    add = driver.find_element(By.CSS_SELECTOR, '[data-rows="v.进展."] ~ [data-row=add]')
    driver.execute_script("arguments[0].focus()", add)
    _typed(driver, Keys.ENTER)  # a row, its first field has the focus
    _typed(driver, "2021-08-25", Keys.TAB)
    while driver.switch_to.active_element.tag_name != "textarea":  # by the button of the calendar
        _typed(driver, Keys.TAB)
    _typed(driver, "已全部\n核对")
    _wait(driver, lambda page: "要写入 2 处" in page.find_element(By.ID, "counted").text)
    webdriver.ActionChains(driver).key_down(Keys.CONTROL).send_keys("s").key_up(Keys.CONTROL).perform()
    _wait(driver, lambda page: page.find_elements(By.CSS_SELECTOR, "[data-saved]"))
    assert _finding(desk, "W2021-05")["进展"] == [*before, {"日期": "2021-08-25", "内容": "已全部\n核对"}]
    row = driver.find_element(By.CSS_SELECTOR, '[data-rows="v.进展."] > .row:last-child')
    driver.execute_script("arguments[0].focus()", row.find_elements(By.CSS_SELECTOR, "[data-row=up]")[-1])
    _typed(driver, Keys.ENTER)
    moved = driver.find_elements(By.CSS_SELECTOR, '[data-rows="v.进展."] > .row')[len(before) - 1]
    assert moved.find_element(By.CSS_SELECTOR, "textarea").get_attribute("value") == "已全部\n核对"
    assert driver.switch_to.active_element.get_attribute("data-row") in ("up", "down")
    assert violations(driver) == []
    assert errors_of(driver) == []


def test_enter_twice_saves(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    _open(desk, driver, "records/问题/W2021-05")
    field = _field(driver, "依据")
    field.clear()
    field.send_keys("甲", Keys.ENTER)
    _wait(
        driver, lambda page: page.find_elements(By.CSS_SELECTOR, "[data-saved]") or "确认" in page.page_source
    )
    if not driver.find_elements(By.CSS_SELECTOR, "[data-saved]"):
        assert driver.switch_to.active_element.get_attribute("id") == "save"
        assert "要写入的" in driver.page_source
        _typed(driver, Keys.ENTER)
    _wait(driver, lambda page: page.find_elements(By.CSS_SELECTOR, "[data-saved]"))
    assert _finding(desk, "W2021-05")["依据"] == "甲"


def test_what_was_typed_and_not_saved_is_offered_again(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    _open(desk, driver, "records/问题/W2021-05")
    _field(driver, "依据").send_keys("还没有保存的话")
    typed = _field(driver, "依据").get_attribute("value")
    _open(desk, driver, "records/问题/W2021-06")  # the page is gone, as after a crash
    assert not driver.find_element(By.ID, "kept").is_displayed()
    _open(desk, driver, "records/问题/W2021-05")
    kept = driver.find_element(By.ID, "kept")
    _wait(driver, lambda _: kept.is_displayed())
    assert _field(driver, "依据").get_attribute("value") != typed
    kept.find_element(By.CSS_SELECTOR, "button").click()
    _wait(driver, lambda page: _field(page, "依据").get_attribute("value") == typed)
    assert _finding(desk, "W2021-05").get("依据", "") != typed
    driver.find_element(By.ID, "save").click()
    _wait(driver, lambda page: page.find_elements(By.CSS_SELECTOR, "[data-saved]"))
    assert _finding(desk, "W2021-05")["依据"] == typed
    _open(desk, driver, "records/问题/W2021-05")
    assert not driver.find_element(By.ID, "kept").is_displayed()
    assert errors_of(driver) == []


def test_two_tabs_on_one_record_are_shown_side_by_side(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    _open(desk, driver, "records/问题/W2021-05")
    file = Path(str(desk.settings.first)) / "checklists/2021/问题.yaml"
    name = _finding(desk, "W2021-05")["名称"]
    field = _field(driver, "名称")
    field.send_keys("（页面）")
    file.write_text(file.read_text("utf-8").replace(name, f"{name}（编辑器）"), "utf-8")
    driver.find_element(By.ID, "save").click()
    _wait(driver, lambda page: "两边都改了" in page.page_source)
    assert _finding(desk, "W2021-05")["名称"] == f"{name}（编辑器）"
    assert violations(driver) == []
    driver.find_element(By.CSS_SELECTOR, '[data-put="v.名称"]').click()
    assert _field(driver, "名称").get_attribute("value") == f"{name}（编辑器）"
