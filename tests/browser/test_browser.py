"""A person in Neo4j Browser: the real one, on a real server, in a real Chromium, with what `graphkb browser` serves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By

import graphkb
from graphkb.browser.guide import guide
from graphkb.browser.runnable import title
from graphkb.browser.style import style_sheet
from graphkb.example import BANK
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import catalog
from tests.support import runtime
from tests.support.chromium import BrowserPage, NoChromium, chromium
from tests.support.runtime import NoServer
from tests.support.server import Server, start_server, without_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webelement import WebElement

TITLES = re.findall(r"<h3>(.*?)</h3>", guide(dict.fromkeys(("style", "links", "server"), "")))


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of what the command serves, for a server with the example and with the Browser's settings."""
    try:
        with chromium():
            pass
    except NoChromium as reason:
        pytest.skip(f"no Chromium: {reason}")
    port = runtime.free_port()
    settings = {key: value.replace("8474", str(port)) for key, value in runtime.BROWSER_SETTINGS.items()}
    try:
        server = start_server(settings=settings)
    except NoServer as reason:
        without_server(reason)
    with server:
        with graphkb.open(server.uri, username=server.username, password=server.password) as kb:
            kb.load([BANK], source="example")
        yield from serving(server, port)


def serving(server: Server, port: int) -> Iterator[str]:
    """Run the command until it is no longer needed."""
    graphkb_command = Path(sys.executable).with_name("graphkb")
    command = (graphkb_command, "browser", "--no-open", "--port", str(port), "--db", server.uri)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHKB_"))}
    with subprocess.Popen(command, env=kept, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert address == f"http://localhost:{port}/"
            yield address
        finally:
            process.terminate()


@pytest.fixture
def page(served: str) -> Iterator[BrowserPage]:
    """A Chromium with an empty profile."""
    assert served
    with chromium() as driver:
        yield BrowserPage(driver)


def colors() -> dict[str, str]:
    """Return the color of each kind in the style sheet."""
    return dict(re.findall(r"node\.(\w+) \{[^}]*?\bcolor: (#\w+);", style_sheet(METAMODEL)))


def start(page: BrowserPage, served: str, text: str, element: str) -> None:
    """Follow a link of the page of links, as a person does."""
    page.driver.get(served)
    link = page.wait_for(f'section[id="{text}"]').find_element(By.LINK_TEXT, element)
    page.open(str(link.get_attribute("href")))


def play(page: BrowserPage, heading: str) -> WebElement:
    """Do what a slide of the guide says: click its text, and press the play button."""
    page.wait(lambda: page.test_id("guidesDrawer").find_element(By.TAG_NAME, "h3").text == heading)
    text = page.wait_for("#guide-drawer pre.runnable")
    first = text.text.splitlines()[0]
    page.click(text)
    page.wait(lambda: page.editor.startswith(first))
    frame = page.run()
    assert "ERROR" not in frame.text
    return frame


def test_the_browser_connects_and_plays_the_guide_by_itself(page: BrowserPage, served: str) -> None:
    """Whoever opens it sees the guide; every slide has its text, which a click and the play button answer."""
    page.driver.get(served)
    page.open(str(page.driver.find_element(By.LINK_TEXT, "open the guide").get_attribute("href")))
    assert len(TITLES) == 8
    for number, heading in enumerate(TITLES, 1):
        drawn = page.nodes(play(page, heading))
        assert set(drawn.values()) <= set(colors().values())
        page.shoot(f"guide-{number}")
        if number < len(TITLES):
            page.test_id("guideNextSlide").click()


def test_a_link_fills_the_editor_and_the_graph_has_the_colors_of_the_style(page: BrowserPage, served: str) -> None:
    """A journey is drawn with its stages, and every circle has the color of its kind."""
    start(page, served, "explore/journey_map", "Buy a First Home")
    page.wait(lambda: page.editor.startswith("// Journey map"))
    page.shoot("link-fills-the-editor")
    frame = page.run()
    drawn = page.nodes(frame)
    page.shoot("journey-map")
    page.enlarge(frame)
    page.shoot("journey-map-alone")
    known = colors()
    assert drawn["Buy a First Home"] == known["Journey"]
    assert drawn["5 Wait for the Decision"] == known["JourneyStage"]
    assert drawn["Credit Decisioning"] == known["Capability"]
    assert set(drawn.values()) <= set(known.values())


def test_a_gap_is_drawn_with_all_that_it_touches(page: BrowserPage, served: str) -> None:
    """Its capability, the stage that rests on it by way of a value stream, and who feels it."""
    start(page, served, "explore/gap_neighbourhood", "Maturity gap in Credit Decisioning")
    frame = page.run()
    page.enlarge(frame)
    page.shoot("gap-neighbourhood")
    drawn = page.nodes(frame).keys()
    assert drawn >= {"Credit Decisioning", "3 Decide", "5 Wait for the Decision", "Buy a First Home", "Ines Ferreira"}


def test_a_text_of_any_length_fits_into_a_link(page: BrowserPage, served: str) -> None:
    """The longest link still fills the editor, to its last line."""
    page.driver.get(served)
    links = {str(link.get_attribute("href")) for link in page.all("section a")}
    longest = max(links, key=len)
    page.open(longest)
    assert page.editor
    frame = page.run()
    assert "ERROR" not in frame.text


def test_the_favorites_are_imported_with_a_folder_for_each_topic(
    page: BrowserPage, served: str, tmp_path: Path
) -> None:
    """The archive, saved and dropped onto the window, gives every text its place, and one of them its picture."""
    archive = tmp_path / "graphkb-favorites.zip"
    with urllib.request.urlopen(f"{served}graphkb-favorites.zip", timeout=10) as answer:  # noqa: S310  # our own server
        archive.write_bytes(answer.read())
    start(page, served, "explore/gap_neighbourhood", "Maturity gap in Credit Decisioning")
    page.drop(archive)
    page.test_id("navigationFavorites").click()
    topics = {text.topic for text in (*catalog.questions(), *catalog.explorations())}
    shown = {f"graphkb {topic}" for topic in topics}
    page.wait(lambda: shown <= set(page.driver.find_element(By.TAG_NAME, "body").text.splitlines()))
    page.click(page.driver.find_element(By.XPATH, "//*[text()='graphkb explore']"))
    names = {title(text) for text in catalog.explorations()}
    page.wait(lambda: names <= set(page.driver.find_element(By.TAG_NAME, "body").text.splitlines()))
    page.shoot("favorites")
    page.click(page.driver.find_element(By.XPATH, "//*[text()='Initiative reach']"))
    page.wait(lambda: page.editor.startswith("// Initiative reach"))
    assert page.nodes(page.run())
    page.shoot("favorite-played")
