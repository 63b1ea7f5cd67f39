"""docker-compose.yml is what Docker Compose takes, safe to start on a laptop, and the server that the tests run on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import neo4j
import pytest
import yaml

from tests.support import compose, runtime
from tests.support.compose import NoParser, Parser, Refused, resolve
from tests.support.runtime import BROWSER_SETTINGS, NoServer
from tests.support.server import ProcessServer, Server, ServerFailed, start_server, without_server

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
NO_SETTINGS = {"NEO4J_AUTH"}
"""Variables that the image reads itself."""
COMMAND = "NEO4J_browser_post__connect__cmd"


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Parser:
    """Docker Compose's own reading of a file; without it skip, or fail where tests must not skip."""
    try:
        return compose.find_parser(tmp_path_factory.mktemp("parser"))
    except NoParser as reason:
        compose.without_parser(reason)


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """The whole file as it stands there."""
    content: dict[str, Any] = yaml.safe_load(TEXT)
    return content


@pytest.fixture(scope="module", params=["as written", "as Docker Compose reads it"])
def project(request: pytest.FixtureRequest, written: dict[str, Any]) -> dict[str, Any]:
    """The whole file, ports and volumes in their short form."""
    if request.param == "as written":
        return written
    read = resolve(request.getfixturevalue("parser"), TEXT)
    for each in read["services"].values():
        each["ports"] = [f"{port['host_ip']}:{port['published']}:{port['target']}" for port in each["ports"]]
        each["volumes"] = [f"{volume['source']}:{volume['target']}" for volume in each["volumes"]]
    return read


@pytest.fixture(scope="module")
def service(project: dict[str, Any]) -> dict[str, Any]:
    """Its only service."""
    assert list(project["services"]) == ["neo4j"]
    only: dict[str, Any] = project["services"]["neo4j"]
    return only


@pytest.fixture(scope="module")
def environment(written: dict[str, Any]) -> dict[str, str]:
    """The variables of the service, each with the default that the file states for it."""
    variables = written["services"]["neo4j"]["environment"]
    return {name: re.sub(r"\$\{\w+:?-(.*)\}", r"\1", value) for name, value in variables.items()}


@pytest.fixture(scope="module")
def settings(environment: dict[str, str]) -> dict[str, str]:
    """The settings of Neo4j that the image makes of those variables."""
    return {setting(name): value for name, value in environment.items() if name not in NO_SETTINGS}


@pytest.fixture(scope="module")
def server(environment: dict[str, str], settings: dict[str, str]) -> Iterator[Server]:
    """A server with the password and the settings of the file."""
    user, password = environment["NEO4J_AUTH"].split("/")
    try:
        started = start_server(auth=(user, password), settings=settings)
    except NoServer as reason:
        without_server(reason)
    with started:
        yield started


def setting(variable: str) -> str:
    """Return the setting that the image takes from an environment variable."""
    return re.sub("__|_", lambda match: "_" if match[0] == "__" else ".", variable.removeprefix("NEO4J_"))


def client_settings(uri: str, auth: tuple[str, str] | None) -> ItemsView[str, str]:
    """Return what a server tells Neo4j Browser, which asks for it once it is connected."""
    with neo4j.GraphDatabase.driver(uri, auth=auth) as driver:
        rows = driver.execute_query("CALL dbms.clientConfig() YIELD name, value")[0]
    return {row["name"]: row["value"] for row in rows}.items()


def size(value: str) -> float | str:
    """Return how many bytes a value says, ``1g`` or ``1.00GiB``; any other value as it is."""
    match = re.fullmatch(r"([\d.]+)([kmg])(ib)?", value.lower())
    return float(match[1]) * 1024 ** (" kmg".index(match[2])) if match else value


def test_the_image_is_pinned_to_the_version_that_the_tests_run_on(service: dict[str, Any]) -> None:
    """One version of Neo4j, down to its patch."""
    assert service["image"] == f"neo4j:{runtime.NEO4J_VERSION}-community"


def test_the_ports_are_open_to_this_machine_only(service: dict[str, Any]) -> None:
    """Browser and Bolt, on their standard ports of 127.0.0.1."""
    assert service["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]


def test_data_and_logs_stand_on_named_volumes(project: dict[str, Any], service: dict[str, Any]) -> None:
    """They outlive the container, and no folder of the checkout is mounted."""
    volumes = dict(entry.split(":") for entry in service["volumes"])
    assert set(volumes.values()) == {"/data", "/logs"}
    assert set(volumes) == set(project["volumes"])


def test_a_health_check_asks_the_server_with_what_the_image_has(service: dict[str, Any]) -> None:
    """The image has wget and no curl; a slow first start is not ill."""
    check = service["healthcheck"]
    kind, command = check["test"]
    assert kind == "CMD-SHELL"
    assert re.fullmatch(r"wget .*--spider http://localhost:7474 \|\| exit 1", command)
    assert check["start_period"] == "30s"


def test_a_stopped_machine_brings_the_server_back(service: dict[str, Any]) -> None:
    """Unless its user stopped it; Docker Compose takes any word here, and Docker only some."""
    assert service["restart"] == "unless-stopped"


def test_the_volumes_are_the_same_from_every_checkout(parser: Parser) -> None:
    """They are named after the project, not after the folder that the file stands in."""
    volumes = resolve(parser, TEXT)["volumes"].values()
    assert {volume["name"] for volume in volumes} == {"graphkb_neo4j-data", "graphkb_neo4j-logs"}


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("restart:", "restarts:", "restarts"),
        ("- neo4j-logs:/logs", "- logs:/logs", "undefined volume"),
        (":7474:7474", ":7474:http", "http"),
        (":7474:7474", ":7474:74740", "74740"),
        ("retries: 20", "retries: often", "often"),
        ("interval: 5s", "interval: soon", "duration"),
        ("restart: unless-stopped", "restart: [always]", "restart"),
        ("${NEO4J_AUTH:-neo4j/graphkb-local}", "${NEO4J_AUTH", "NEO4J_AUTH"),
        ("    restart:", "\trestart:", "tab|cannot start any token"),
        ("    restart:", "    restart: always\n    restart:", "already defined"),
        ("    image:", "    # image:", "image"),
    ],
    ids=[
        "unknown key",
        "undefined volume",
        "port that is none",
        "port out of range",
        "text for a number",
        "text for a duration",
        "list for a text",
        "open variable",
        "tab",
        "key twice",
        "no image",
    ],
)
def test_docker_compose_refuses_a_broken_file(parser: Parser, right: str, wrong: str, message: str) -> None:
    """So a file that it takes is none of these."""
    assert right in TEXT
    with pytest.raises(Refused, match=message):
        resolve(parser, TEXT.replace(right, wrong, 1))


def test_docker_compose_fills_in_the_stated_defaults(parser: Parser, environment: dict[str, str]) -> None:
    """Where none of the file's variables is set, each has the value that is read here without Docker Compose."""
    assert resolve(parser, TEXT)["services"]["neo4j"]["environment"] == environment


@pytest.mark.parametrize(
    ("variable", "value", "changed"),
    [
        ("NEO4J_AUTH", "neo4j/a-password", ["NEO4J_AUTH"]),
        (
            "GRAPHKB_NEO4J_HEAP",
            "4g",
            ["NEO4J_server_memory_heap_initial__size", "NEO4J_server_memory_heap_max__size"],
        ),
        ("GRAPHKB_NEO4J_PAGECACHE", "2g", ["NEO4J_server_memory_pagecache_size"]),
        ("GRAPHKB_BROWSER_COMMAND", "play movies", [COMMAND]),
        ("GRAPHKB_BROWSER_COMMAND", "", [COMMAND]),
    ],
)
def test_a_variable_that_is_set_counts(
    parser: Parser, environment: dict[str, str], variable: str, value: str, changed: list[str]
) -> None:
    """It changes what it is for and nothing else; no command for the Browser is a command as well."""
    read = resolve(parser, TEXT, **{variable: value})["services"]["neo4j"]["environment"]
    assert read == environment | dict.fromkeys(changed, value)


@pytest.mark.parametrize("variable", ["NEO4J_AUTH", "GRAPHKB_NEO4J_HEAP", "GRAPHKB_NEO4J_PAGECACHE"])
def test_a_variable_that_is_empty_counts_as_unset(parser: Parser, environment: dict[str, str], variable: str) -> None:
    """There is no server without a password or without memory."""
    assert resolve(parser, TEXT, **{variable: ""})["services"]["neo4j"]["environment"] == environment


def test_the_password_is_stated_and_long_enough(environment: dict[str, str]) -> None:
    """Authentication is never off, and Neo4j takes eight characters and more."""
    user, password = environment["NEO4J_AUTH"].split("/")
    assert user == "neo4j"
    assert len(password) >= 8
    assert f"NEO4J_PASSWORD={password}" in TEXT


def test_a_server_with_the_files_settings_starts_and_has_them(server: Server, settings: dict[str, str]) -> None:
    """All of them, with the values of the file; the password is the file's as well."""
    with server.driver() as driver:
        rows = driver.execute_query("SHOW SETTINGS YIELD name, value, isExplicitlySet WHERE isExplicitlySet")[0]
    effective = {row["name"]: size(row["value"]) for row in rows}
    assert len(settings) == 7
    assert {name: effective.get(name) for name in settings} == {name: size(settings[name]) for name in settings}


def test_a_misspelt_variable_stops_a_server() -> None:
    """One underscore for two names another setting, and the server does not start on one that it does not know."""
    wrong = setting(COMMAND.replace("__", "_"))
    try:
        with pytest.raises(ServerFailed, match=r"No declared setting with name: browser\.post\.connect\.cmd"):
            start_server(settings={wrong: "play movies"})
    except NoServer as reason:
        without_server(reason)


def test_neo4j_browser_is_told_what_the_file_says(server: Server) -> None:
    """Which guide to open, and where it may be fetched from."""
    assert client_settings(server.uri, server.auth) >= BROWSER_SETTINGS.items()


def test_the_file_has_the_tests_settings_for_the_browser(settings: dict[str, str]) -> None:
    """Those of ``make neo4j`` are the same, so the Browser shows the same guide on both."""
    assert {name: value for name, value in settings.items() if name.startswith("browser.")} == BROWSER_SETTINGS


def test_what_the_file_sets_the_tests_set_too(settings: dict[str, str]) -> None:
    """Under every setting of the file the tests run as well, and save for memory with its value."""
    tested = runtime.process_settings(Path("home"), 7687, 7474, heap="1g", with_auth=True) | BROWSER_SETTINGS
    assert set(settings) <= set(tested)
    alike = {name: value for name, value in settings.items() if not name.startswith("server.memory.")}
    assert alike.items() <= tested.items()


@pytest.mark.parametrize("key", [*runtime.SHARED_SETTINGS, *BROWSER_SETTINGS])
def test_the_name_of_a_variable_gives_its_setting_back(key: str) -> None:
    """The image's rule, both ways: a dot is one underscore, an underscore two."""
    assert setting(runtime.environment_name(key)) == key


def test_make_neo4j_starts_a_server_with_the_same_settings_for_the_browser(server: Server, tmp_path: Path) -> None:
    """Until Ctrl-C, which ends it without an error."""
    if not isinstance(server, ProcessServer):
        pytest.skip("make neo4j runs a Java process, and the tests run a container")
    command = (*runtime.ended_with_parent(), sys.executable, "-m", "tests.support.server")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout
        assert said
        try:
            uri = next(line.split()[1] for line in said if line.startswith("Bolt"))
            told = client_settings(uri, None)
        finally:
            process.send_signal(signal.SIGINT)
        said.read()
    assert process.returncode == 0
    assert told >= BROWSER_SETTINGS.items()
