"""The pictures of the desk for the manual: pages of the sample year, as a browser shows them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import chromium
import desks
from PIL import Image
from sample import copy_workspace
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait


@dataclass(frozen=True)
class DeskPicture:
    """A page below the workspace, and how much of its upper part is seen, in CSS pixels."""

    path: str
    height: int = 720
    width: int = 1000


PICTURES = {
    "工作台-今天": DeskPicture("today"),
    "工作台-表单": DeskPicture("records/问题/W2021-07", 780),
    "工作台-全过程": DeskPicture("finding/W2021-06", 900),
    "工作台-预览": DeskPicture("papers/督办函~DB1", 860),
    "工作台-收回": DeskPicture("take", 620),
    "工作台-手机": DeskPicture("today", 760, 390),
}


def drawn(work: Path) -> dict[str, Image.Image]:
    """The pictures by their names; `work` is a new folder for a copy of the sample year."""
    root = copy_workspace(work / "两清两跟", issued=True)
    with desks.running(root, desks.DAY, work / "本机") as desk, chromium.browser() as driver:
        driver.get(desk.entrance)
        return {
            name: _seen(driver, desk.site + desk.of_workspace(picture.path), picture)
            for name, picture in PICTURES.items()
        }


def _seen(driver: webdriver.Chrome, address: str, picture: DeskPicture) -> Image.Image:
    chromium.sized(driver, picture.width, picture.height)
    driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    driver.get(address)
    laid_out = "return document.readyState === 'complete' && !document.querySelector('[aria-busy=true]')"
    WebDriverWait(driver, 30).until(lambda page: page.execute_script(laid_out))
    return Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
