"""A desk that runs beside a test: asked by httpx without a browser, or looked at in headless Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

import httpx
import pytest
from selenium import webdriver

from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.serving import address_of, listening, server

DAY = date(2021, 11, 1)  # on which the desks of the tests stand
AXE = (
    Path(os.environ.get("LIANGQING_AXE", "~/.cache/liangqing-axe")).expanduser()
    / "node_modules/axe-core/axe.min.js"
)


@dataclass(frozen=True)
class RunningDesk:
    """A desk that answers at `port`; `entrance` is the address that lets a browser in."""

    settings: DeskSettings
    port: int

    @property
    def site(self) -> str:
        """Its addresses begin with this."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def entrance(self) -> str:
        """The address that the program prints."""
        return address_of(self.port, self.settings.token)

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Someone who was let in, and whose posts bear what a page of the desk puts into them."""
        with httpx.Client(base_url=self.site, follow_redirects=True, trust_env=False, timeout=60) as client:
            client.get(self.entrance)
            client.headers.update({"origin": self.site, "x-form-token": self.settings.form_token})
            yield client

    def of_workspace(self, path: str, *, year: int | str = 2021, day: str = "现在") -> str:
        """The address of a page of the workspace that it was started with, below the site."""
        assert self.settings.first is not None
        return f"/w/{self.settings.name(self.settings.first)}/{year}/{day}/{path}"


@contextmanager
def running(
    root: Path | None, day: date | Callable[[], date], state: Path, *, sample: bool = False
) -> Iterator[RunningDesk]:
    """A desk started for a workspace (or for none) on a day; what it keeps for a person goes into `state`."""
    settings = DeskSettings(
        day if callable(day) else lambda: day, state / "home", state / "recent.json", root, sample
    )
    listener = listening(0)
    listener.listen(64)
    serving = server(settings)
    thread = Thread(target=serving.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield RunningDesk(settings, listener.getsockname()[1])
    finally:
        serving.should_exit = True
        thread.join(20)
        listener.close()
        assert not thread.is_alive()


def violations(driver: webdriver.Chrome) -> list[str]:
    """What axe-core finds wrong with the page that is open, a line each: rule, element."""
    if not AXE.is_file():
        assert not os.environ.get("CI"), f"CI must have axe-core: {AXE}"
        pytest.skip("没有 axe-core")
    driver.execute_script(AXE.read_text("utf-8"))
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done("
        "r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target + ' ' + n.html.slice(0, 120)))))"
    )
    return [str(line) for line in found]


def errors_of(driver: webdriver.Chrome) -> list[str]:
    """What the page said in the console, which is nothing where all is well."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]
