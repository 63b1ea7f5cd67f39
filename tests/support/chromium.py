"""A Chromium without a window, driven by its own driver, and what tests do in Neo4j Browser with it."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.chrome.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

SCREENSHOTS: Final = Path(__file__).parents[2] / "screenshots"
"""Where every run leaves what it saw."""

_WINDOW: Final = "1400,1000"
_SECONDS: Final = 40
_OPTIONS: Final = (
    "--headless=new",
    "--no-sandbox",  # root, as in a container, has none
    "--disable-dev-shm-usage",
    f"--window-size={_WINDOW}",
    "--no-first-run",
    # Nothing but the test's own pages is to be asked for.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# The file is made known to the page by an input of its own, and dropped from there as a person would from a folder.
_DROP: Final = """
const [input, target] = arguments;
const carried = new DataTransfer();
carried.items.add(input.files[0]);
for (const name of ['dragenter', 'dragover', 'drop'])
  target.dispatchEvent(new DragEvent(name, {dataTransfer: carried, bubbles: true, cancelable: true}));
input.remove();
"""
_NEW_INPUT: Final = """
const input = document.createElement('input');
input.type = 'file';
document.body.append(input);
return input;
"""


class NoChromium(Exception):
    """This machine has no Chromium or no driver for it; the message says which."""


def find_chromium() -> tuple[str, str]:
    """Return the paths of Chromium and its driver. Raises NoChromium."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        missing = " and ".join(name for name, found in (("Chromium", browser), ("chromedriver", driver)) if not found)
        raise NoChromium(f"{missing} not installed; on Debian: apt install chromium chromium-driver")
    return browser, driver


def report_header() -> str:
    """Return a line that says with what the pages are looked at, or why they are not."""
    try:
        return f"chromium: {find_chromium()[0]}"
    except NoChromium as reason:
        return f"chromium: none, and tests of Neo4j Browser are skipped ({reason})"


@contextmanager
def chromium() -> Iterator[WebDriver]:
    """Start Chromium with an empty profile, and end it. Raises NoChromium."""
    browser, driver = find_chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in _OPTIONS:
        options.add_argument(option)
    started = webdriver.Chrome(options=options, service=Service(driver, log_output=os.devnull))
    try:
        yield started
    finally:
        started.quit()


class BrowserPage:
    """Neo4j Browser as a person meets it: an editor, frames with answers, drawers at the left."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go to an address, and wait until the Browser has connected there and done what the server tells it to."""
        self.driver.get(address)
        self.wait_for('[data-testid="guidesDrawer"] h3')

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds. Raises selenium's TimeoutException."""
        # The Browser draws its page anew while it is looked at; the next look finds what is there then.
        patient = WebDriverWait(self.driver, _SECONDS, ignored_exceptions=[StaleElementReferenceException])
        patient.until(lambda _: condition())

    def wait_for(self, selector: str) -> WebElement:
        """Wait until an element is there, and return it."""
        self.wait(lambda: self.all(selector))
        return self.all(selector)[0]

    def all(self, selector: str) -> list[WebElement]:
        """Return all elements that a CSS selector finds now."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def test_id(self, name: str) -> WebElement:
        """Wait for the element that the Browser's own tests know by a name."""
        return self.wait_for(f'[data-testid="{name}"]')

    def click(self, element: WebElement) -> None:
        """Click an element, wherever it has been scrolled to."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    @property
    def editor(self) -> str:
        """What stands in the editor, in one line."""
        lines = self.all('[data-testid="activeEditor"] .view-line')
        return " ".join(" ".join(line.text.replace("\u00a0", " ") for line in lines).split())

    def run(self) -> WebElement:
        """Press the play button, and return the frame with the answer when it is there."""
        before = len(self.all('[data-testid="frame"]'))
        self.test_id("editor-Run").click()
        self.wait(lambda: len(self.all('[data-testid="frame"]')) > before)
        frame = self.all('[data-testid="frame"]')[0]
        self.wait(lambda: frame.find_elements(By.CSS_SELECTOR, "[data-testid=frame-loaded-contents]"))
        self.wait(lambda: self._is_still(frame))
        return frame

    def _is_still(self, frame: WebElement) -> bool:
        """Tell whether the circles have found their places."""
        places = "return [...arguments[0].querySelectorAll('g.node')].map(it => it.getAttribute('transform')).join()"
        before = self.driver.execute_script(places, frame)
        time.sleep(0.3)
        return bool(before == self.driver.execute_script(places, frame))

    def enlarge(self, frame: WebElement) -> None:
        """Close what stands beside a drawing, and let it fill its frame."""
        self.test_id("navigationGuides").click()
        for label in ("Collapse the node properties display", "zoom-to-fit"):
            frame.find_element(By.CSS_SELECTOR, f'[aria-label="{label}"]').click()
        self.wait(lambda: not self.all('[data-testid="guidesDrawer"]'))
        self.wait(lambda: self._is_still(frame))

    def nodes(self, frame: WebElement) -> dict[str, str]:
        """Return the fill color of each node that a frame draws, by its caption."""
        drawn: list[list[str]] = self.driver.execute_script(
            "return [...arguments[0].querySelectorAll('g.node')].map(node => ["
            "  [...node.querySelectorAll('text.caption')].map(line => line.textContent.trim()).join(' '),"
            "  node.querySelector('circle.b-outline').getAttribute('fill')])",
            frame,
        )
        return dict(drawn)

    def drop(self, file: Path) -> None:
        """Drop a file onto the window."""
        carrier = self.driver.execute_script(_NEW_INPUT)
        carrier.send_keys(str(file))
        self.driver.execute_script(_DROP, carrier, self.wait_for(".filedrop"))

    def shoot(self, name: str) -> None:
        """Keep what is to be seen now."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))
