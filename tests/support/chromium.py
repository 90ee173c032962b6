"""Headless Chromium, started in one place: it keeps what pages say in the console and what they ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from programs import need
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)


@contextmanager
def browser(width: int = 1280, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """Headless Chromium with an empty profile."""
    need("chromium", "chromedriver")
    options = Options()
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        sized(found, width, height)
        yield found
    finally:
        found.quit()


def waits(driver: webdriver.Chrome, patience: float = 60) -> WebDriverWait[webdriver.Chrome]:
    """Waits until a look at the page finds something, `patience` seconds at most.

    A look that comes upon a page just being left looks again: its elements are stale, or the browser names none of them
    any more, for which it has several errors.
    """
    return WebDriverWait(driver, patience, 0.05, ignored_exceptions=[WebDriverException])


def sized(driver: webdriver.Chrome, width: int, height: int) -> None:
    """Give the page a size in CSS pixels, smaller than a window may be too."""
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
