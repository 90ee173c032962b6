"""A clerk at the desk in headless Chromium: finds things by the words on the page, and counts clicks and typed signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from chromium import waits
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

PATIENCE = 60  # seconds that a busy machine may take
_Found = TypeVar("_Found")

# The field with a label of just these words, within the part of the page that is given, seen or folded away.
_FIELD = """
const [words, within] = arguments;
const bare = text => text.replace(/\\s+/g, '').replace(/必填$/, '');
const root = within || document;
const named = [...root.querySelectorAll('label, legend, [aria-label]')].filter(
  e => bare(e.getAttribute('aria-label') || labelText(e)) === bare(words));
function labelText(e) {
  const copy = e.cloneNode(true);
  copy.querySelectorAll('input, select, textarea, .help, small, .told').forEach(x => x.remove());
  return copy.textContent;
}
const fields = named.map(e => e.matches('input, select, textarea') ? e : e.control ||
  (e.parentElement && e.parentElement.querySelector('input, select, textarea'))).filter(Boolean);
for (const field of fields) for (let e = field; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
return fields;
"""


class PageClerk:
    """Somebody who reads the page: `clicks` and `signs` count what was done since the beginning."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver, self.clicks, self.signs = driver, 0, 0

    def goes(self, address: str) -> None:
        """Open an address, as the program does at the start."""
        self.driver.get(address)

    def sees(self, words: str) -> None:
        """Wait until these words stand on the page; what stands there instead is told."""
        self._until(lambda: words in self.text(), f"「{words}」 is not on the page")

    def text(self) -> str:
        """What can be read on the page."""
        return str(self.driver.execute_script("return document.body.innerText"))

    def presses(self, words: str, *, within: str = "") -> None:
        """Click the button, link or summary that says just these words, on a card its heading; the first that can be seen."""
        self._until(lambda: self._pressed(words, within), f"nothing to press says 「{words}」")
        self.clicks += 1

    def _pressed(self, words: str, within: str) -> bool:
        element = self._named(words, within)
        if element is not None:
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            element.click()
        return element is not None

    def _named(self, words: str, within: str) -> WebElement | None:
        area = self.driver.find_element(By.CSS_SELECTOR, within) if within else self.driver
        for element in area.find_elements(
            By.CSS_SELECTOR, "button, a, summary, [role=button], input[type=submit]"
        ):
            said = element.text or element.get_attribute("value") or element.get_attribute("aria-label") or ""
            if (
                words in (said.strip(), said.strip().split("\n")[0])
                and element.is_displayed()
                and element.is_enabled()
            ):
                return element
        return None

    def types(self, label: str, text: str, *, within: str = "", number: int = -1) -> None:
        """Type into the field with this label, in the place of what stands there; the last such field where there are several."""
        field = self.field(label, within, number)
        if field.tag_name == "select":
            self.chooses(label, text, within=within, number=number)
            return
        self.signs += len(text)
        if field.get_attribute("type") == "date":
            script = "arguments[0].value = arguments[1]; for (const e of ['input', 'change']) arguments[0].dispatchEvent(new Event(e, {bubbles: true}))"
            self.driver.execute_script(script, field, text)
            return
        field.clear()
        field.send_keys(text)

    def chooses(self, label: str, option: str, *, within: str = "", number: int = -1) -> None:
        """Choose from a list: the option that says this, or begins with it."""
        field = self.field(label, within, number)
        self.clicks += 1
        select = Select(field)
        texts = [entry.text.strip() for entry in select.options]
        exact = [text for text in texts if text == option] or [
            text for text in texts if text.startswith(option)
        ]
        assert exact, f"{label} offers {texts}, not {option}"
        select.select_by_visible_text(exact[0])

    def fills(self, texts: Mapping[str, str], *, within: str = "") -> None:
        """Type or choose for several labels, one after the other."""
        for label, text in texts.items():
            self.types(label, text, within=within)

    def says(self, label: str) -> str:
        """What stands in a field."""
        return self.field(label).get_attribute("value") or ""

    def saves(self) -> None:
        """Save the form of a record once the page has said what would be written, and once more where it asks."""
        self._until(
            lambda: "要写入" in self.driver.find_element(By.ID, "counted").text, "nothing to be written"
        )
        self.presses("保存")
        self._until(lambda: self._asks_or_saved(), "neither saved nor asked again")
        if "已保存" not in self.text():
            self.presses("确认保存")
            self.sees("已保存")

    def _asks_or_saved(self) -> bool:
        return any(words in self.text() for words in ("已保存", "确认保存"))

    def downloads(self, words: str) -> bytes:
        """Press what fetches a file, and read the file."""
        with TemporaryDirectory() as folder:
            allowed = {"behavior": "allow", "downloadPath": folder}
            self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
            self.presses(words)
            done = self._until(
                lambda: [path for path in Path(folder).iterdir() if path.suffix != ".crdownload"],
                "nothing was downloaded",
            )
            return done[0].read_bytes()

    def ticks(self, label: str, *, within: str = "") -> None:
        """Click a box or a choice."""
        self.clicks += 1
        self.field(label, within, -1).click()

    def gives(self, label: str, files: Sequence[Path], *, within: str = "") -> None:
        """Choose files for a field."""
        self.clicks += 1
        self.field(label, within, -1).send_keys("\n".join(map(str, files)))

    def field(self, label: str, within: str = "", number: int = -1) -> WebElement:
        """The field with a label."""

        def found() -> WebElement | None:
            area = self.driver.find_element(By.CSS_SELECTOR, within) if within else None
            fields = self.driver.execute_script(_FIELD, label, area)
            return fields[number] if fields else None

        return self._until(found, f"no field 「{label}」")

    def _until(self, look: Callable[[], _Found | None], otherwise: str) -> _Found:
        try:
            found = waits(self.driver, PATIENCE).until(lambda _: look())
        except TimeoutException as missing:
            raise AssertionError(f"{otherwise}: {self.driver.current_url}\n{self.text()[:3000]}") from missing
        assert found is not None
        return found
