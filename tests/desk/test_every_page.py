"""Every page of the desk: a link leads to it, it is sound, it can be used narrow and by a screen reader, and asks nothing outside."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

import chromium
import desks
import pytest
from desks import RunningDesk
from lxml import html
from page_crawl import CrawledPage, crawled
from pypdf import PdfReader
from sample import copy_workspace
from selenium import webdriver
from selenium.webdriver.common.print_page_options import PrintOptions

from liangqing.desk.application import pages

WIDTHS = (1280, 390)  # CSS pixels: a desktop, a phone
NO_PAGES = ("", "when", "open/{workspace}")  # they lead on to another
PIECES = (
    "papers/{paper}/shown",
    "papers/{paper}/checks",
    "days/{number}",
    "gaps",
)  # pages ask for them by script
# The sample has no such gate, no such file.
SELDOM = ("waive/{paper}", "finding/{code}/evidence/{number}", "incoming/{code}/file")
PRINTED = 1032  # CSS pixels between the margins of A4 on its side: 273 mm
LOOKED_AT = 2  # pages of a kind that are opened in the browser
# Words of programmers and of the terminal that no page speaks.
JARGON = re.compile(
    r"门槛(?!」|和放行)|漂移|--[a-z]|generate\.py|YAML|JSON|HTML|None\b|Traceback|\{\{ |checklists/|\bbuild\b|\bcollect\b|\bstatus\b|写成列表|\{[\u4e00-\u9fff]"
)
pytestmark = pytest.mark.xdist_group("every_page")  # the desk is walked through once

# Columns in which words stand one sign below the other, and fields that speak the language of the browser.
CROOKED = """
const seen = (selector) => [...document.querySelectorAll(selector)].filter((found) => found.offsetParent);
const room = (cell) => { const set = getComputedStyle(cell);
  return (cell.clientWidth - parseFloat(set.paddingLeft) - parseFloat(set.paddingRight)) / parseFloat(set.fontSize); };
return [
  ...seen("td, tbody th").filter((cell) => cell.innerText.trim().length > 4 && room(cell) < 3.5)
    .map((cell) => "narrow: " + cell.innerText),
  ...seen("input[type=file]").filter((field) => field.offsetWidth > 2).map((field) => "of the browser: " + field.name),
];
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningDesk, list[CrawledPage]]]:
    folder = tmp_path_factory.mktemp("desk")
    root = copy_workspace(folder / "工作", issued=True)
    with desks.running(root, desks.DAY, folder / "state") as desk, desk.client() as client:
        start = desk.site + desk.of_workspace("today")
        yield desk, list(crawled(client, start))


@pytest.mark.office
@pytest.mark.year
def test_links_lead_to_every_page_and_none_is_dead(whole: tuple[RunningDesk, list[CrawledPage]]) -> None:
    _, met = whole
    dead = [
        f"{page.answer.status_code} {page.address} on {page.found_on}"
        for page in met
        if page.answer.status_code != 200
    ]
    assert dead == []
    wanted = {row.path for row in pages() if not row.posts} - {*NO_PAGES, *PIECES, *SELDOM}
    assert wanted - {page.kind for page in met} == set()


@pytest.mark.office
@pytest.mark.year
def test_every_page_has_one_heading_a_title_and_no_word_of_a_programmer(
    whole: tuple[RunningDesk, list[CrawledPage]],
) -> None:
    _, met = whole
    wrong = []
    for page in met:
        if "text/html" not in page.answer.headers["content-type"]:
            continue
        tree: Any = html.fromstring(page.answer.text)
        for removed in tree.xpath("//script | //style | //textarea | //code | //pre | //*[@translate='no']"):
            removed.drop_tree()
        text = tree.text_content()
        if len(tree.xpath("//h1")) != 1 or not tree.findtext(".//title"):
            wrong.append(f"{page.address}: headings {len(tree.xpath('//h1'))}")
        wrong += [
            f"{page.kind} {page.address}: {text[max(0, found.start() - 20) : found.end() + 20]!r}"
            for found in JARGON.finditer(text)
        ]
    assert wrong == []


@pytest.mark.browser
@pytest.mark.year
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_in_a_browser(
    whole: tuple[RunningDesk, list[CrawledPage]], driver: webdriver.Chrome, width: int
) -> None:
    desk, met = whole
    driver.get(desk.entrance)
    chromium.sized(driver, width, 900)
    wrong, times = [], dict[str, int]()
    for page in met:
        if "text/html" not in page.answer.headers["content-type"] or times.get(page.kind, 0) >= LOOKED_AT:
            continue
        times[page.kind] = times.get(page.kind, 0) + 1
        driver.get(page.address)
        wide = driver.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        outside = driver.execute_script(
            "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin) && !n.startsWith('blob:') && !n.startsWith('data:'))"
        )
        found = [
            *desks.errors_of(driver),
            *desks.violations(driver),
            *outside,
            *driver.execute_script(CROOKED),
        ]
        wrong += [f"{page.kind} {page.address}: {one}" for one in found]
        if wide > 0:
            wrong.append(f"{page.kind} {page.address}: {wide} px wider than {width}")
    chromium.sized(driver, 1280, 1000)
    assert wrong == []
    assert len(times) > 20


@pytest.mark.browser
@pytest.mark.year
def test_on_paper_a_table_keeps_its_columns_and_a_month_its_page(
    whole: tuple[RunningDesk, list[CrawledPage]], driver: webdriver.Chrome
) -> None:
    desk, _ = whole
    driver.get(desk.entrance)
    paper = {}
    for path in ("records/问题", "calendar"):
        driver.get(desk.site + desk.of_workspace(path))
        paper[path] = PdfReader(io.BytesIO(base64.b64decode(driver.print_page(PrintOptions())))).pages
    assert len(paper["calendar"]) == 1
    driver.get(desk.site + desk.of_workspace("records/问题"))
    chromium.sized(driver, PRINTED, 700)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    over = driver.execute_script(
        "return [...document.querySelectorAll('.wide')].map(box => box.scrollWidth - box.clientWidth)"
    )
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    chromium.sized(driver, 1280, 1000)
    assert over == [0]
    assert len(paper["records/问题"]) == 1
