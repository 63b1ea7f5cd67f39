"""What Neo4j Browser is given follows from the metamodel, the texts and the store, and is for this machine only."""

from __future__ import annotations

import io
import json
import re
import threading
import urllib.error
import urllib.request
import zipfile
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphkb
from graphkb.browser.favorites import favorites
from graphkb.browser.guide import guide
from graphkb.browser.links import Place
from graphkb.browser.pages import FAVORITES, GUIDE, STYLE, find_browser, pages
from graphkb.browser.runnable import MOST_CHOICES, NOBODY, Choice, arguments, choices, first_look, literal, runnable
from graphkb.browser.serving import PORT, Page, PageServer
from graphkb.browser.style import style_sheet
from graphkb.errors import UsageError
from graphkb.example import BANK
from graphkb.exports.domains import domain_of, hues
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import ask_rows, catalog
from tests.support import runtime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb import KnowledgeBase
    from graphkb.store.protocol import GraphStore, Value

TEXTS = (*catalog.explorations(), *catalog.questions())
ADDRESSES = {"style": "http://localhost:8474/graphkb.grass", "links": "http://localhost:8474/", "server": "bolt://here"}
PLACE = Place("http://localhost:7474/browser/", "bolt://localhost:7687")
RULE = re.compile(r"node\.(\w+) \{\n(.*?)\n\}", re.DOTALL)


@pytest.fixture(scope="module")
def bank() -> Iterator[KnowledgeBase]:
    """The shipped example."""
    with graphkb.open(":memory:") as kb:
        kb.load([BANK], source="example")
        yield kb


@pytest.fixture(scope="module")
def made(bank: KnowledgeBase) -> dict[str, Page]:
    """All pages of the shipped example."""
    return pages(bank.store, bank.metamodel, further=(), place=PLACE, base="http://localhost:8474")


def elements(kb: KnowledgeBase) -> dict[tuple[str, ...], list[Choice]]:
    """Return what each text can start from."""
    kinds = {parameter.kinds for text in TEXTS for parameter in text.parameters if parameter.required}
    return {each: choices(kb.store, each) for each in kinds}


def plain(text: str) -> str:
    """Return a text without the names behind its values, which the embedded store does not read."""
    return re.sub(r" /\* \w+ \*/", "", text)


def luminance(color: str) -> float:
    """Return the relative luminance of a color such as ``#1B1B1B``, by the words of WCAG 2.2."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def styles() -> dict[str, dict[str, str]]:
    """Return the rule of each label as the style sheet has it."""
    return {
        label: dict(line.strip().rstrip(";").split(": ", 1) for line in body.splitlines())
        for label, body in RULE.findall(style_sheet(METAMODEL))
    }


def test_every_kind_has_a_style_and_is_called_by_its_title() -> None:
    """Nothing is left out, and nothing stands beside it; order and satisfaction stand in front."""
    found = styles()
    assert found.keys() == {*METAMODEL.kinds, "Element"}
    assert all(rule["caption"].endswith('{title}"') for rule in found.values())
    assert found["JourneyStage"]["caption"] == '"{sequenceNumber} {title}"'
    assert found["StageExperience"]["caption"] == '"{satisfactionScore} {title}"'


def test_text_on_every_circle_can_be_read() -> None:
    """The contrast of the caption to its circle is at least 4.5 to 1, which WCAG 2.2 asks of small text."""
    for label, rule in styles().items():
        if label == "Element":
            continue
        low, high = sorted(luminance(rule[each]) for each in ("color", "text-color-internal"))
        assert (high + 0.05) / (low + 0.05) >= 4.5, label


def test_no_two_kinds_have_one_color() -> None:
    """Kinds of a domain are shades of one color, and can be told apart all the same."""
    colors = [rule["color"] for label, rule in styles().items() if label != "Element"]
    assert len(set(colors)) == len(colors)


def test_the_domains_seen_together_most_lie_far_apart_on_the_color_circle() -> None:
    """Customers, journeys and capabilities meet in nearly every picture: at least 80 degrees lie between any two."""
    circle = hues(METAMODEL)
    places = [circle[domain_of(METAMODEL.kinds[label])] for label in ("CustomerSegment", "Journey", "Capability")]
    for index, one in enumerate(places):
        for other in places[index + 1 :]:
            apart = abs(one - other)
            assert min(apart, 1 - apart) * 360 >= 80


@pytest.mark.parametrize("text", catalog.questions(), ids=lambda text: text.name)
def test_a_text_with_its_values_in_it_gives_the_rows_that_the_question_gives(
    bank: KnowledgeBase, text: catalog.Question
) -> None:
    """Nothing is lost where parameters are replaced by what stands for them."""
    values = first_look(bank.store, text, elements(bank))
    asked = ask_rows(bank, text.name, values)
    assert bank.cypher(plain(runnable(text, values))) == [
        {column.name: row[column.name] for column in text.columns} for row in asked.to_dicts()
    ]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_a_text_needs_no_parameter_and_begins_with_its_name(bank: KnowledgeBase, text: catalog.Question) -> None:
    """The Browser lists a favorite by its first line, and runs it at a click."""
    written = runnable(text, next(arguments(text, elements(bank))))
    name = text.name.partition("/")[2]
    assert written.splitlines()[0].removeprefix("// ").lower().replace(" ", "_") == name
    assert all(f"/* {each.name} */" in written for each in text.parameters)
    assert "$" not in re.sub(r"'(?:\\.|[^'\\])*'|//[^\n]*", "", written)


def test_a_dollar_sign_in_a_string_or_a_remark_stays_what_it_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Only parameters are replaced."""
    body = "// question: Which?\n// param: limit integer = 3    1.., most\n// returns: path path\n"
    body += "MATCH path = (n) // $limit\nWHERE n.a = '$limit' AND n.b < $limit\nRETURN path AS path\n"
    path = tmp_path_factory.mktemp("explore") / "x.cypher"
    written = runnable(catalog.parse(path, "explore/x", body), {"limit": 3})
    assert "(n) // $limit\nWHERE n.a = '$limit' AND n.b < 3 /* limit */\n" in written


@given(st.text() | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none() | st.lists(st.text(), max_size=3))
def test_a_value_in_the_text_is_the_value(value: Value) -> None:
    """Quotes, backslashes, line breaks and letters of any script come back as they were, and no link ends early."""
    written = literal(value)
    assert not set("&#") & set(written)
    with graphkb.open(":memory:") as kb:
        assert kb.cypher(f"RETURN {written} AS value") == [{"value": value}]


@pytest.mark.parametrize(
    "value", ["it's", 'a "b"', "back\\slash", "line\nbreak", "a & b # c", "ß € 𝄞 \u2028", "\x00\x07"]
)
def test_a_value_in_the_text_is_the_value_on_both_stores(store: GraphStore, value: str) -> None:
    """Both read a text in the same way."""
    assert store.read(f"RETURN {literal(value)} AS value") == [{"value": value}]


def test_an_element_is_never_chosen_twice_for_one_text(bank: KnowledgeBase) -> None:
    """A text about two journeys gets two, and the best connected comes first."""
    text = catalog.find("explore/shared_capabilities")
    for values in arguments(text, elements(bank)):
        assert values["journey"] != values["other"]
    assert next(arguments(text, elements(bank)))["journey"] == choices(bank.store, ("Journey",))[0].id


@pytest.mark.parametrize("text", catalog.explorations(), ids=lambda text: text.name)
def test_the_first_picture_of_every_text_shows_something(bank: KnowledgeBase, text: catalog.Question) -> None:
    """What a favorite begins with is chosen so; only stubs has nothing to draw in the example, as it has none."""
    found = bank.store.read(text.text, first_look(bank.store, text, elements(bank)))
    assert bool(found) == (text.name != "explore/stubs")


def test_only_so_many_elements_are_offered(bank: KnowledgeBase) -> None:
    """A page lists a dozen of each kind; for another, its id is written into the editor."""
    assert len(choices(bank.store, ("Capability",))) == MOST_CHOICES < 52


def test_a_store_without_elements_still_gives_all_pages() -> None:
    """Texts then name no element, and the page says that there is nothing to start from."""
    with graphkb.open(":memory:") as kb:
        made = pages(kb.store, kb.metamodel, further=(), place=PLACE, base="http://localhost:1")
    page = made["/"].content.decode()
    assert "The store holds nothing that this could start from." in page
    assert NOBODY in runnable(TEXTS[0], next(arguments(TEXTS[0], {})))


def test_the_archive_has_a_folder_for_each_topic_and_is_always_the_same(bank: KnowledgeBase) -> None:
    """One file a text, the same bytes each time."""
    texts = [(text, next(arguments(text, elements(bank)))) for text in TEXTS]
    content = favorites(texts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    assert names == [f"graphkb {text.name}.cypher" for text in TEXTS]
    assert content == favorites(texts)


def test_every_link_holds_the_whole_text(made: dict[str, Page]) -> None:
    """What the Browser cuts out of the address is the text, from its name to its last line."""
    links = [unescape(each) for each in re.findall(r'href="([^"]*cmd=edit[^"]*)"', made["/"].content.decode())]
    assert len(links) > len(TEXTS)
    for link in links:
        # The Browser decodes the address first, and then looks for the end of the value.
        held = re.search(r"[?&]arg=([^&#]*)", unquote(link.replace("+", " ")))
        assert held
        assert held[1] == parse_qs(urlsplit(link).query)["arg"][0]


def test_whoever_signs_in_is_named_by_the_link_and_the_password_is_not() -> None:
    """A server that asks for a name gets it; one that asks nobody is told so."""
    link = Place("http://localhost:7474/browser/", "bolt+s://host:7687", "alice").link("edit", "RETURN 1")
    asked = parse_qs(urlsplit(link).query)
    assert asked["dbms"] == ["bolt+s://alice@host:7687"]
    assert asked["preselectAuthMethod"] == ["NATIVE"]
    assert parse_qs(urlsplit(PLACE.link("edit", "RETURN 1")).query)["preselectAuthMethod"] == ["NO_AUTH"]


def test_the_guide_is_opened_so_that_the_server_can_bring_the_colors() -> None:
    """A command in the address would keep the Browser from what the server tells it; without one, it is needed."""
    address = "http://localhost:8474/guide.html"
    told = Place("http://b/", "bolt://s", commands=f"style http://localhost:8474/graphkb.grass; guide {address}")
    assert "cmd" not in parse_qs(urlsplit(told.guide(address)).query)
    assert parse_qs(urlsplit(PLACE.guide(address)).query)["cmd"] == ["guide"]


def test_the_guide_has_eight_slides_and_each_a_text(bank: KnowledgeBase) -> None:
    """Every text of the guide finds something in the example, save the one that looks for what is missing."""
    slides = re.findall(r"<slide>.*?</slide>", guide(ADDRESSES), re.DOTALL)
    assert len(slides) == 8
    for slide in slides:
        text = unescape(re.findall(r"<pre[^>]*>(.*?)</pre>", slide, re.DOTALL)[0])
        found = bool(bank.store.read(plain(text)))
        assert found != text.startswith("// Stubs"), text


def test_the_figures_of_the_guide_are_those_of_the_example(bank: KnowledgeBase) -> None:
    """Its first heading counts the elements."""
    count = sum(bank.stats()["nodes"].values())
    assert f"A bank in {count} elements" in guide(ADDRESSES)


def test_the_browser_is_told_where_the_pages_are(made: dict[str, Page]) -> None:
    """The commands that Docker Compose and make neo4j give it name the port, the style and the guide."""
    told = runtime.BROWSER_SETTINGS["browser.post_connect_cmd"]
    assert told == f"style http://localhost:{PORT}/{STYLE}; guide http://localhost:{PORT}/{GUIDE}"
    assert made.keys() == {"/", f"/{STYLE}", f"/{GUIDE}", f"/{FAVORITES}"}


def test_an_embedded_store_has_no_browser(bank: KnowledgeBase) -> None:
    """The message says what to do."""
    with pytest.raises(UsageError, match="Start a server, load into it"):
        find_browser(bank.store, None)


@pytest.fixture(scope="module")
def server(made: dict[str, Page]) -> Iterator[PageServer]:
    """The pages, served."""
    with PageServer(0) as started:
        started.pages = made
        thread = threading.Thread(target=started.serve_forever)
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def ask(server: PageServer, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    """Return status and headers of an answer."""
    address = f"http://127.0.0.1:{server.server_port}{path}"
    request = urllib.request.Request(address, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # our own server
            answer.read()
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers)


@pytest.mark.parametrize("path", [f"/{STYLE}", f"/{GUIDE}"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_the_browser_may_read_style_and_guide(server: PageServer, path: str, method: str) -> None:
    """They say nothing of the store, and the Browser asks from another address, with headers of its own."""
    status, headers = ask(server, path, method)
    assert status in (200, 204)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("path", ["/", f"/{FAVORITES}"])
def test_no_other_page_may_read_what_names_elements_of_the_store(server: PageServer, path: str) -> None:
    """A web page from elsewhere that asks this server does not get to see the answer."""
    status, headers = ask(server, path)
    assert status == 200
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8474", ""])
def test_a_request_under_another_name_is_refused(server: PageServer, host: str) -> None:
    """Whoever gives this machine's address a name of their own reads nothing through it."""
    assert ask(server, "/", Host=host)[0] == 403


def test_what_is_not_there_is_not_found(server: PageServer) -> None:
    """No file of this machine is reached by any path."""
    assert ask(server, "/../../etc/passwd")[0] == 404
    assert ask(server, "/?a=b")[0] == 200


def test_a_port_that_is_taken_is_a_message(server: PageServer) -> None:
    """It names the option for another."""
    with pytest.raises(UsageError, match=rf"Port {server.server_port} cannot be served.*--port"):
        PageServer(server.server_port)


def test_titles_with_markup_do_not_become_markup(tmp_path: Path) -> None:
    """What people call their journeys is text on the page."""
    with graphkb.open(":memory:") as kb:
        file = tmp_path / "model.json"
        file.write_text(json.dumps({"journeys": [{"journeyTitle": "<script>alert('&')</script>"}]}), encoding="utf-8")
        kb.load([file], source="test")
        page = pages(kb.store, kb.metamodel, further=(), place=PLACE, base="http://localhost:1")["/"].content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in page
