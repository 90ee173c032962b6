"""The overview page: its figures are the counted ones; in a real browser it works, says nothing and asks for nothing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chromium import browser
from conftest import Run
from lxml import html
from sample import copy_workspace
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from liangqing.outputs import dashboard, waiting
from liangqing.outputs.dashboard.due import due
from liangqing.variables import figures
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.state.standing import STATES

DAY = date(2021, 11, 1)
FILE = "output/2021/总览/2021年总览.html"
FIGURES = {
    "self-checks": "自查份数",
    "inspections": "集中监督检查次数",
    "findings": "发现问题数",
    "letters": "整改函份数",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenWorkspace:
    root = copy_workspace(tmp_path_factory.mktemp("dashboard") / "工作", issued=True)
    return open_workspace(root, None, None, DAY)


@pytest.fixture(scope="module")
def page(opened: OpenWorkspace) -> Any:
    return html.fromstring(dashboard.write(opened).decode())


def words_of(run: Run) -> str:
    """What the page of a workspace says."""
    page: Any = html.fromstring(dashboard.write(open_workspace(run.root, None, None, DAY)).decode())
    return str(page.text_content())


# ---------------------------------------------------------------- the page as it is written


def test_the_figures_are_the_counted_ones(opened: OpenWorkspace, page: Any) -> None:
    counted = build(figures.FIGURES.rows, opened.at, {name: {} for name in figures.FIGURES.rows})
    told = {key: int(page.get_element_by_id(f"open-{key}").findtext(".//b")) for key in FIGURES}
    assert told == {key: counted[name] for key, name in FIGURES.items()}
    assert list(told.values()) == [36, 12, 7, 4]
    rates = {each.findtext("dt"): each.findtext("dd") for each in page.find_class("rates")[0]}
    assert rates["整改率"] == counted["整改率"]
    assert {name: int(rates[name]) for name in STATES} == {name: counted[f"{name}数"] for name in STATES} | {
        "已销号": counted["已销号数"]
    }


def test_behind_each_figure_stands_its_list(page: Any) -> None:
    rows = {key: page.get_element_by_id(f"list-{key}").findall(".//tbody/tr") for key in FIGURES}
    assert {key: len(each) for key, each in rows.items()} == {
        "self-checks": 36,
        "inspections": 12,
        "findings": 8,
        "letters": 4,
    }
    assert len({row.findtext("td") for row in rows["findings"]}) == 7


def test_every_finding_is_shown_on_its_way(opened: OpenWorkspace, page: Any) -> None:
    rows = page.get_element_by_id("progress").findall("tbody/tr")
    assert [row.get("data-state") for row in rows] == [
        opened.at.state(each) for group in opened.at.counted for each in group
    ]
    steps = [[cell.text_content() for cell in row.find_class("step")] for row in rows]
    assert steps[0] == ["●3月31日", "●3月31日", "●3月31日", "●4月20日", "●6月15日", "●6月18日", "●6月25日"]
    assert steps[1][3] == "○未列入"
    assert steps[4][2] == "○已失效"
    assert "已超 16 天" in rows[4].text_content()


def test_what_is_owed_is_what_status_tells(opened: OpenWorkspace, page: Any) -> None:
    rows = page.get_element_by_id("owed").findall("tbody/tr")
    told = [tuple(cell.text_content() for cell in row) for row in rows]
    assert told == [(each.kind, each.unit, each.what) for each in waiting.items(opened)]
    assert "没有：印发的文书" in page.text_content()


def test_drift_is_told(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-10-20", "回复期限: 2021-10-22")
    text = words_of(run)
    assert "市纪驻环整〔2021〕3号 印发后数据改过" in text and "没有：印发的文书" not in text


def test_lights_are_words(page: Any) -> None:
    rows = page.get_element_by_id("lights").findall("tbody/tr")
    told = {row.findtext("th"): [row[1].text_content().strip(), row[2].text_content()] for row in rows}
    assert len(told) == 12
    assert told["兴安局党支部"] == ["有逾期", "逾期 1、未签字 1、未回复 1、未交反馈表 1、未完成项目 1"]
    assert told["执法支队党支部"] == ["要跟进", "临期 1、未签字 1、缺佐证 1、往期未销号 1"]
    assert told["局党组"] == ["正常", "没有要跟进的"]


def test_the_wall_chart_and_the_radars(page: Any) -> None:
    bars = page.get_element_by_id("gantt").findall("g")
    assert [bar.get("data-state") for bar in bars] == [
        "已完成",
        "逾期",
        "推进中",
        "已完成",
        "推进中",
        "未启动",
    ]
    assert "已超 31 天" in bars[1].text_content()
    figures = page.find_class("radars")[0].findall("figure")
    assert len(figures) == 12
    assert all(len(each.findall(".//circle")) > 3 for each in figures)
    cells = [cell.text_content() for cell in figures[0].findall(".//td")]
    assert cells[:4] == ["R1", "已见效", "已见效", "一致"]


def test_what_is_due(opened: OpenWorkspace) -> None:
    at = opened.at.on(date(2021, 9, 24))
    week, month = due(at)
    assert [(str(each.day), each.kind, each.what[:4]) for each in week.items] == [
        ("2021-09-30", "定期任务", "R1 每"),
        ("2021-09-30", "定期任务", "R5 每"),
        ("2021-09-30", "自查", "第三期，"),
        ("2021-09-30", "里程碑", "XM05"),
        ("2021-09-30", "项目", "XM02"),
    ]
    assert [(str(each.day), each.kind, each.unit) for each in month.items] == [
        ("2021-10-12", "检查", "局党组"),
        ("2021-10-15", "整改时限", "兴安局党支部"),
        ("2021-10-20", "回函", "兴安局党支部"),
        ("2021-10-20", "检查", "阳朔局党支部"),
    ]
    assert month.until == "其后至2021年10月23日，共 30 天"


def test_no_data_is_no_data(run: Run) -> None:
    for name in ("问题", "双签", "画像", "整改函", "检查", "项目", "整改反馈", "文书", "送达"):
        (run.root / f"checklists/2021/{name}.yaml").unlink(missing_ok=True)
    shutil.rmtree(run.root / "checklists/2021/自查")
    (run.root / "checklists/发文登记.yaml").unlink()
    shutil.rmtree(run.root / "checklists/发文")
    text = words_of(run)
    assert "还没有发现问题" in text and "没有挂图作战的项目" in text
    assert text.count("没有可以对照的检查数据") == 12
    assert "整改率—" in re.sub(r"\s", "", text)


def test_nothing_is_asked_of_a_network(opened: OpenWorkspace) -> None:
    text = dashboard.write(opened).decode()
    assert "http:" not in text and "https:" not in text and "url(//" not in text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert " style=" not in text and " onclick=" not in text


def test_the_same_bytes(opened: OpenWorkspace) -> None:
    assert dashboard.write(opened) == dashboard.write(open_workspace(opened.root, None, None, DAY))


def test_what_a_record_says_is_never_markup(run: Run) -> None:
    evil = "<script>alert(1)</script><b>\"'&"
    run.edit(
        "checklists/2021/问题.yaml",
        "名称: 交办事项复核不及时",
        f"名称: '{evil.replace(chr(39), chr(39) * 2)}'",
    )
    text = dashboard.write(open_workspace(run.root, None, None, DAY)).decode()
    assert "<script>alert" not in text
    assert evil in words_of(run)


def test_the_command(run: Run) -> None:
    assert run("dashboard", "--dry-run")[0] == 3
    assert run("dashboard")[0] == 0
    path = run.root / FILE
    assert run("dashboard", "--dry-run")[0] == 0
    path.write_text(path.read_text("utf-8") + "<!-- 改过 -->", "utf-8")
    code, out, _ = run("dashboard")
    assert code == 1 and f"没有覆盖：{FILE} 被人改过" in out


# ---------------------------------------------------------------- the page in a browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium that keeps what is said and asked."""
    with browser() as started:
        yield started


@pytest.fixture
def shown(chromium: Any, opened: OpenWorkspace, tmp_path: Path) -> Any:
    """The page of the sample, opened from disk; afterwards nothing was said and nothing else asked for."""
    path = tmp_path / "总览.html"
    path.write_bytes(dashboard.write(opened))
    chromium.get_log("performance"), chromium.get_log("browser")
    chromium.get(path.as_uri())
    yield chromium
    assert chromium.get_log("browser") == []
    assert asked(chromium, path.as_uri()) == {path.as_uri()}


def asked(chromium: Any, page: str) -> set[str]:
    """Whatever the page made the browser ask for, from disk or anywhere else."""
    told = [json.loads(each["message"])["message"] for each in chromium.get_log("performance")]
    sent = [each["params"] for each in told if each["method"] == "Network.requestWillBeSent"]
    return {each["request"]["url"] for each in sent if each["documentURL"] == page}


@pytest.mark.browser
def test_the_watch_over_requests_sees_one(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "不守规矩.html"
    path.write_text('<meta charset="utf-8"><img src="picture.png">', "utf-8")
    chromium.get(path.as_uri())
    assert asked(chromium, path.as_uri()) == {path.as_uri(), (tmp_path / "picture.png").as_uri()}
    assert chromium.get_log("browser") != []


def visible(shown: Any, what: str) -> list[Any]:
    return [each for each in shown.find_elements(By.CSS_SELECTOR, what) if each.is_displayed()]


@pytest.mark.browser
def test_a_figure_opens_its_list(shown: Any) -> None:
    assert visible(shown, ".behind") == []
    for key, rows in (("self-checks", 36), ("inspections", 12), ("findings", 8), ("letters", 4)):
        shown.find_element(By.ID, f"open-{key}").click()
        (panel,) = visible(shown, ".behind")
        assert panel.get_attribute("id") == f"list-{key}"
        assert len(visible(shown, f"#list-{key} tbody tr")) == rows
    shown.find_element(By.ID, "open-letters").click()
    assert visible(shown, ".behind") == []


@pytest.mark.browser
def test_it_works_by_keyboard(shown: Any) -> None:
    body = shown.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB, Keys.TAB)
    focused = shown.switch_to.active_element
    assert focused.get_attribute("id") == "open-self-checks"
    focused.send_keys(Keys.ENTER)
    assert [each.get_attribute("id") for each in visible(shown, ".behind")] == ["list-self-checks"]
    shown.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert visible(shown, ".behind") == []
    assert shown.switch_to.active_element.get_attribute("id") == "open-self-checks"


@pytest.mark.browser
def test_filters(shown: Any) -> None:
    unit, state = (Select(shown.find_element(By.ID, name)) for name in ("unit", "state"))
    unit.select_by_visible_text("灵川局党支部")
    units = {each.get_attribute("data-unit") for each in visible(shown, "#progress tbody tr")}
    assert units == {"灵川局党支部"}
    assert len(visible(shown, "#lights tbody tr")) == len(visible(shown, ".radars figure")) == 1
    state.select_by_visible_text("持续整改")
    (row,) = visible(shown, "#progress tbody tr")
    assert row.find_element(By.TAG_NAME, "td").text == "W2021-03"
    assert "四个数字不变" in shown.find_element(By.ID, "told").text
    shown.find_element(By.ID, "reset").click()
    assert len(visible(shown, "#progress tbody tr")) == 8
    state.select_by_visible_text("逾期")
    assert len(visible(shown, "#progress tbody tr")) == 1
    assert len(visible(shown, "#owed tbody tr")) == 1
    assert [each.text for each in visible(shown, "#lights tbody th")] == ["兴安局党支部"]
    shown.find_element(By.ID, "reset").click()


@pytest.mark.browser
def test_it_prints_with_its_lists(shown: Any) -> None:
    shown.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert len(visible(shown, ".behind")) == 4
    assert visible(shown, ".filter") == []
    shown.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    paper = shown.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert len(paper["data"]) > 50_000


@pytest.mark.browser
def test_nothing_hangs_over_on_a_narrow_screen(shown: Any) -> None:
    size = {"width": 420, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    shown.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert shown.execute_script("return document.documentElement.scrollWidth") <= 420
    shown.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
