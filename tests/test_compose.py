"""docker-compose.yml is safe to start on a laptop, and its server is the one that the tests run on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import runtime

FILE = Path(__file__).parent.parent / "docker-compose.yml"
NO_SETTINGS = {"NEO4J_AUTH"}
"""Variables that the image reads itself."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def service(compose: dict[str, Any]) -> dict[str, Any]:
    """Its only service."""
    assert list(compose["services"]) == ["neo4j"]
    neo4j: dict[str, Any] = compose["services"]["neo4j"]
    return neo4j


def setting(variable: str) -> str:
    """Return the setting that the image takes from an environment variable."""
    return re.sub("__|_", lambda match: "_" if match[0] == "__" else ".", variable.removeprefix("NEO4J_"))


def test_the_image_is_pinned_to_the_version_that_the_tests_run_on(service: dict[str, Any]) -> None:
    """One version of Neo4j, down to its patch."""
    assert service["image"] == f"neo4j:{runtime.NEO4J_VERSION}-community"


def test_the_ports_are_open_to_this_machine_only(service: dict[str, Any]) -> None:
    """Browser and Bolt, on their standard ports of 127.0.0.1."""
    assert service["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]


def test_data_and_logs_stand_on_named_volumes(compose: dict[str, Any], service: dict[str, Any]) -> None:
    """They outlive the container, and no folder of the checkout is mounted."""
    volumes = dict(entry.split(":") for entry in service["volumes"])
    assert set(volumes.values()) == {"/data", "/logs"}
    assert set(volumes) == set(compose["volumes"])


def test_a_health_check_asks_the_server_with_what_the_image_has(service: dict[str, Any]) -> None:
    """The image has wget and no curl; a slow first start is not ill."""
    check = service["healthcheck"]
    kind, command = check["test"]
    assert kind == "CMD-SHELL"
    assert re.fullmatch(r"wget .*--spider http://localhost:7474 \|\| exit 1", command)
    assert check["start_period"] == "30s"


def test_the_password_is_the_users_or_a_stated_default(service: dict[str, Any]) -> None:
    """Authentication is never off, and the default is long enough for Neo4j to take it."""
    match = re.fullmatch(r"\$\{NEO4J_AUTH:-neo4j/(.+)\}", service["environment"]["NEO4J_AUTH"])
    assert match
    assert len(match[1]) >= 8
    assert f"NEO4J_PASSWORD={match[1]}" in FILE.read_text(encoding="utf-8")


def test_every_setting_is_one_that_the_tests_start_a_server_with(service: dict[str, Any]) -> None:
    """The server refuses to start on an unknown setting, so those that the tests' own server took are right."""
    known = runtime.process_settings(Path("home"), 7687, 7474, heap="1g", with_auth=True)
    settings = {setting(variable) for variable in service["environment"] if variable not in NO_SETTINGS}
    assert len(settings) == 5
    assert settings <= set(known)


@pytest.mark.parametrize("key", runtime.SHARED_SETTINGS)
def test_the_name_of_a_variable_gives_its_setting_back(key: str) -> None:
    """The image's rule, both ways: a dot is one underscore, an underscore two."""
    assert setting(runtime.environment_name(key)) == key
