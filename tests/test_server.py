"""The servers that the tests start are what the other tests take them for."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import neo4j
import pytest
from neo4j.exceptions import AuthError

from tests.support import runtime
from tests.support.runtime import NoServer
from tests.support.server import (
    GivenServer,
    Server,
    ServerFailed,
    empty,
    find_server,
    start_server,
    without_server,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTH = ("neo4j", "a-password")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server with a password, of these tests' own: they stop it."""
    try:
        started = start_server(auth=AUTH)
    except NoServer as reason:
        without_server(reason)
    with started:
        yield started


def count(server: Server) -> int:
    """Return how many nodes the server holds."""
    with server.driver() as driver:
        nodes: int = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0]["nodes"]
        return nodes


def test_a_started_server_is_neo4j_community_5_26(server: Server) -> None:
    """Bolt answers, and the server calls itself Community in the version that the package supports."""
    with server.driver() as driver:
        answer = driver.execute_query("CALL dbms.components() YIELD name, versions, edition RETURN versions, edition")
        assert driver.get_server_info().agent.startswith("Neo4j/5.26.")
    assert answer.records[0]["versions"] == [runtime.NEO4J_VERSION]
    assert answer.records[0]["edition"] == "community"


def test_a_started_server_serves_neo4j_browser(server: Server) -> None:
    """The page that people open in their web browser is there."""
    with urllib.request.urlopen(f"{server.http_url}/browser/", timeout=10) as response:  # noqa: S310 - our own server, over HTTP
        assert response.status == 200
        assert b"Neo4j Browser" in response.read()


@pytest.mark.parametrize("auth", [("neo4j", "another-password"), None], ids=["wrong password", "no password"])
def test_a_server_with_a_password_refuses_any_other(server: Server, auth: tuple[str, str] | None) -> None:
    """Only the credentials that the server was started with open it."""
    with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_emptying_deletes_all_nodes_whatever_the_size_of_a_chunk(server: Server) -> None:
    """Chunks that divide the number of nodes, that do not, and one that holds them all leave nothing."""
    for chunk in (5, 4, 100):
        with server.driver() as driver:
            driver.execute_query("UNWIND range(1, 10) AS i CREATE (:A {i: i})-[:R]->(:B {i: i})")
            assert count(server) == 20
            empty(driver, chunk)
        assert count(server) == 0


def test_a_database_that_holds_data_is_refused_and_left_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What GRAPHKB_TEST_NEO4J_URI names may be somebody's data: it stays, and the session ends."""
    monkeypatch.setenv("GRAPHKB_TEST_NEO4J_URI", server.uri)
    monkeypatch.setenv("GRAPHKB_TEST_NEO4J_PASSWORD", AUTH[1])
    with server.driver() as driver:
        empty(driver)
        driver.execute_query("CREATE (:Customer)")
    with pytest.raises(pytest.exit.Exception, match="holds 1 nodes"):
        find_server()
    assert count(server) == 1


def test_a_database_that_a_test_session_left_is_used_again(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session leaves one marker node, and the next one takes the database for its own."""
    monkeypatch.setenv("GRAPHKB_TEST_NEO4J_URI", server.uri)
    monkeypatch.setenv("GRAPHKB_TEST_NEO4J_PASSWORD", AUTH[1])
    with server.driver() as driver:
        empty(driver)
    for _ in range(2):
        with find_server() as found:
            assert isinstance(found, GivenServer)
            with pytest.raises(ServerFailed, match="not the tests' own"):
                found.stop()
        assert count(server) == 1


def test_a_stopped_server_is_gone_and_comes_back_with_its_data(server: Server) -> None:
    """The same addresses fall silent and answer again with what was stored."""
    with server.driver() as driver:
        empty(driver)
        driver.execute_query("CREATE (:Kept)")
    server.stop()
    assert not runtime.is_taken(int(server.uri.rpartition(":")[2]))
    server.stop()
    server.start()
    assert count(server) == 1


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_a_server_a_pipeline_fails_and_a_person_sees_a_skip(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipeline must not pass on tests that did not run."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no Neo4j server: nothing to run it with"):
        without_server(NoServer("nothing to run it with"))
